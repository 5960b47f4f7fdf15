"""A value of a published record changes: key and feedback follow, and nothing that the educator wrote is touched."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest

from itbkg.building import build_in_memory
from itbkg.settings import Corpus
from itbkg.teaching.drafting import draft_case
from itbkg.teaching.lesson import Lesson, Question
from itbkg.teaching.making import Workshop
from itbkg.teaching.reading import read_teaching
from itbkg.teaching.writing import write_case
from tests.conftest import PROJECT

CASE = "mohammed-2004/1"
#: Reports that give the questions their other options; the whole corpus would only take longer.
BESIDE = ("salazar-2008", "samson-fang-2000", "saveika-2007", "cardoso-2014", "awuor-2016", "hansen-2007", "kao-2003")
_PROMPT = "prompt: 'What was tried: oral baclofen. How did increased spasticity respond?'"
#: What the educator wrote, by what stood there before.
EDITS = {
    "title: What came before": "title: At home, in my words",
    "text: Read what is told so far, and decide before you go on.": "text: I tell it in my own way.",
    _PROMPT: "prompt: What did the tablets do?",
    "text: Let the learners say what they see": "text: My own note. Let the learners say what they see",
    "minutes: ": "minutes: 1",
}
#: What a later reading of the report changes in its record.
CHANGES = {
    "dose: 260 ug/d": "dose: 288 ug/d",
    "response: {increased spasticity: worse}": "response: {increased spasticity: unchanged}",
}


@pytest.fixture(scope="module")
def corpus(tmp_path_factory: pytest.TempPathFactory) -> Corpus:
    """Copy some real records beside the project's ontology and guidance."""
    root = tmp_path_factory.mktemp("real")
    for kind in ("cases", "guidance", "published"):
        (root / "data" / kind).mkdir(parents=True)
    (root / "ontology").symlink_to(PROJECT / "ontology", target_is_directory=True)
    for name in (*(f"cases/{one}" for one in ("mohammed-2004", *BESIDE)), "guidance/emergency-procedure"):
        path = Path("data", f"{name}.yaml")
        (root / path).write_bytes((PROJECT / path).read_bytes())
    return Corpus(root)


def opened(corpus: Corpus) -> Workshop:
    """Build the records as they stand."""
    return Workshop(build_in_memory(corpus), PROJECT / "ontology" / "questions")


def replaced(path: Path, pairs: dict[str, str]) -> None:
    """Write other words into a file; each of the old ones must be there."""
    text = path.read_text("utf-8")
    for old, new in pairs.items():
        assert old in text, old
        text = text.replace(old, new, 1)
    path.write_text(text, "utf-8")


def asked(lesson: Lesson, holds: Callable[[Question], bool]) -> Question:
    """Find a question."""
    return next(one for stage in lesson.stages for one in stage.questions if holds(one))


def about_tablets(question: Question) -> bool:
    """Say whether a question is the one that the educator worded anew."""
    return question.prompt == "What did the tablets do?"


def test_a_changed_value_changes_key_and_feedback_and_no_edit(corpus: Corpus, tmp_path: Path) -> None:
    """The key would stay behind the record, a feedback keep its old count, or an edit be lost or overwritten."""
    workshop = opened(corpus)
    written = write_case(draft_case(workshop, CASE), tmp_path)
    replaced(written.path, EDITS)
    edited = written.path.read_text("utf-8")
    before = read_teaching(written.path, workshop)[1]

    replaced(corpus.cases / "mohammed-2004.yaml", CHANGES)
    workshop = opened(corpus)
    again = write_case(draft_case(workshop, CASE), tmp_path)
    after = read_teaching(again.path, workshop)[1]

    assert again.path == written.path
    assert not again.conflicts
    assert all(new in again.path.read_text("utf-8") for new in EDITS.values())
    assert _without_options(again.path.read_text("utf-8")) == _without_options(edited)

    old, new = (asked(lesson, about_tablets) for lesson in (before, after))
    assert (old.answer, new.answer) == ("worsened", "unchanged")
    feedback = [{option.id: option.feedback for option in one.options} for one in (old, new)]
    assert feedback[0]["worsened"] != feedback[1]["worsened"]
    assert feedback[0]["unchanged"] != feedback[1]["unchanged"]

    doses = [asked(lesson, lambda one: one.kind == "numeric") for lesson in (before, after)]
    assert [(one.number, one.unit) for one in doses] == [(10.83, "ug/h"), (12, "ug/h")]
    assert "288 ug/d" in doses[1].prompt
    assert "260 ug/d" not in repr(after.stages[0])
    for lesson in (before, after):
        assert lesson.stages[0].title == "At home, in my words"
        assert lesson.stages[0].text == "I tell it in my own way."
        assert lesson.stages[0].notes[0].startswith("My own note.")


def _without_options(text: str) -> list[str]:
    """Leave out the options, which the graph gives: another answer may bring another wrong one beside it."""
    return [line for line in text.splitlines() if not re.match(r"\s+- word: ", line)]

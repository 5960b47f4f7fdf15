"""The deck in Anki itself (AGPL, for tests alone, in an environment of its own): new, then the same, then updated."""

import io
import json
import re
from dataclasses import replace
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from itbkg.teaching.formats import anki
from itbkg.teaching.formats.ankideck import change_of
from itbkg.teaching.lesson import Lesson
from tests.consumers import consume, consumer
from tests.full_lesson import full_lesson, squash, text_of

REQUIREMENTS = ("anki==26.9.3",)
#: Imports packages one after the other into one collection, and tells what was new, updated and left.
SCRIPT = """
import json, sys
from anki.collection import Collection, ImportAnkiPackageOptions, ImportAnkiPackageRequest
from anki.import_export_pb2 import IMPORT_ANKI_PACKAGE_UPDATE_CONDITION_ALWAYS as always
from anki.import_export_pb2 import IMPORT_ANKI_PACKAGE_UPDATE_CONDITION_IF_NEWER as newer
collection, condition, *packages = sys.argv[1:]
collection = Collection(collection)
told = []
for package in packages:
    options = ImportAnkiPackageOptions(update_notes=always if condition == "always" else newer)
    log = collection.import_anki_package(ImportAnkiPackageRequest(package_path=package, options=options)).log
    if not told:
        learned = collection.get_card(min(collection.find_cards("")))
        learned.ivl, learned.reps, learned.type, learned.queue, learned.due = 33, 7, 2, 2, 50
        collection.update_card(learned)
    told.append({kind: len(getattr(log, kind)) for kind in ("new", "updated", "duplicate", "conflicting")})
cards = [collection.get_card(one) for one in sorted(collection.find_cards(""))]
print(json.dumps({
    "imports": told,
    "sound": collection.fix_integrity(),
    "notes": collection.note_count(),
    "kinds": sorted({one.note().note_type()["name"] for one in cards}),
    "decks": sorted({collection.decks.name(one.did) for one in cards}),
    "learned": [[one.ivl, one.reps] for one in cards if one.reps],
    "cards": [[one.question(), one.answer(), len(one.question_av_tags() + one.answer_av_tags())] for one in cards],
    "fields": [list(collection.get_note(one).fields) for one in collection.find_notes("")],
}))
"""


def package(folder: Path, name: str, *lessons: Lesson, moment: int | None = None) -> Path:
    """Write lessons as a package."""
    path = folder / f"{name}.apkg"
    with path.open("wb") as file:
        anki.write_many(lessons, file, moment)
    return path


def imported(folder: Path, condition: str, *packages: Path) -> dict[str, Any]:
    """Import packages into a new collection."""
    told_by_anki = consume(consumer("anki", *REQUIREMENTS), SCRIPT, folder / "collection.anki2", condition, *packages)
    document: dict[str, Any] = json.loads(told_by_anki.splitlines()[-1])
    return document


def changed(lesson: Lesson) -> Lesson:
    """Change a count in the feedback for an option, as a changed record does."""
    stages = list(lesson.stages)
    question = stages[1].questions[0]
    first = replace(question.options[0], feedback="Reported for 12 of 100 cases that say.")
    asked = replace(question, options=(first, *question.options[1:]))
    stages[1] = replace(stages[1], questions=(asked,))
    return replace(lesson, stages=tuple(stages))


@pytest.fixture(scope="module")
def first(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """Import a lesson, the same again, and the lesson after its record has changed."""
    folder = tmp_path_factory.mktemp("anki")
    lesson = full_lesson()
    paths = [package(folder, str(number), one) for number, one in enumerate((lesson, lesson, changed(lesson)))]
    return imported(folder, "always", *paths)


def test_a_deck_is_new_then_updated(first: dict[str, Any]) -> None:
    """Ids move, so that an update makes second notes beside the first, or loses what was learned."""
    count = first["notes"]
    assert first["imports"] == [
        {"new": count, "updated": 0, "duplicate": 0, "conflicting": 0},
        {"new": 0, "updated": 0, "duplicate": count, "conflicting": 0},
        {"new": 0, "updated": 1, "duplicate": count - 1, "conflicting": 0},
    ]
    assert "12 of 100 cases" in str(first["fields"])
    assert "Reported for 12 of 99" not in str(first["fields"])
    assert first["learned"] == [[33, 7]]


def test_anki_finds_the_collection_sound(first: dict[str, Any]) -> None:
    """The package's tables contradict each other, or a note type has no cards."""
    assert first["sound"] == ["Database rebuilt and optimized.", True]
    assert first["kinds"] == ["itbkg fact", "itbkg question"]
    assert first["decks"] == ["itbkg teaching cases::doe-1901-1"]
    assert len(first["cards"]) == first["notes"]


def test_a_later_moment_updates_by_default(tmp_path: Path) -> None:
    """Anki's own setting, "if newer", leaves the notes of a deck that says it is later as they were."""
    packages = [package(tmp_path, str(moment), full_lesson(), moment=moment) for moment in (2000, 1000, 3000)]
    told_by_anki = imported(tmp_path, "newer", *packages)
    kinds = [max(one, key=lambda kind: one[kind]) for one in told_by_anki["imports"]]
    assert kinds == ["new", "duplicate", "updated"]


def test_versions_count_upward() -> None:
    """A later version would count as an older one, so that old feedback stays; or the number is too long for Anki."""
    versions = ("0.1.0", "0.1.1", "0.2.0rc1", "0.10", "1.0.0", "1.0.1", "9.99.99")
    changes = [change_of(version, [text]) for version in versions for text in ("a", "b")]
    assert sorted(changes[0::2]) == changes[0::2]
    assert all(max(pair) < min(later) for pair, later in pairwise(batched(changes)))
    assert max(changes) < 1 << 32
    assert len(set(changes)) == len(changes)


def batched(numbers: list[int]) -> list[tuple[int, int]]:
    """Return numbers two by two."""
    return list(zip(numbers[0::2], numbers[1::2], strict=True))


def test_everything_arrives_on_the_cards(first: dict[str, Any]) -> None:
    """A question, its answer, a reason, a count or a source is on no card, or stands on the front."""
    lesson = changed(full_lesson())
    backs = " ".join(text_of(_bare(str(answer))) for _, answer, _ in first["cards"])
    for question in (question for stage in lesson.stages for question in stage.questions):
        texts = [question.prompt, question.answer, question.explanation, *question.sources]
        for one in question.options:
            texts += [one.text, one.feedback, one.harm, *one.sources]
        assert not [text for text in texts if squash(text) not in backs]
    fronts = [str(front) for front, *_ in first["cards"]]
    assert not [front for front in fronts if "Reported for" in front or "Dangerous" in front]
    assert sum("the patient may die of it" in str(back) for _, back, _ in first["cards"]) == 1
    for reference in lesson.references:
        assert squash(reference.text) in backs


def test_key_facts_are_hidden_on_the_front(first: dict[str, Any]) -> None:
    """The cloze of a fact shows what it asks, or hides nothing."""
    cards = [(text_of(_bare(str(front))), text_of(_bare(str(back)))) for front, back, _ in first["cards"]]
    cause = [(front, back) for front, back in cards if "Cause:" in front]
    assert len(cause) == 1
    assert "pump stopped" not in cause[0][0]
    assert "[...]" in cause[0][0]
    assert "pump stopped" in cause[0][1]


def test_every_back_bears_the_safety_line(first: dict[str, Any]) -> None:
    """A card would be learned without the line."""
    assert all(squash(full_lesson().safety) in text_of(_bare(str(back))) for _, back, _ in first["cards"])


def test_hostile_text_is_only_text(first: dict[str, Any]) -> None:
    """Text of a report begins a cloze, plays a sound or becomes markup; text_of refuses any tag that is not ours."""
    assert not [count for *_, count in first["cards"] if count]
    openings = "".join(field for fields in first["fields"] for field in fields).count("{{")
    assert openings == sum("fact" in fields[0] for fields in first["fields"])
    hostile = [str(back) for _, back, _ in first["cards"] if "ünïcode" in str(back)]
    assert hostile
    for back in hostile:
        assert "{{c2::y}} {{Front}}" in text_of(_bare(back))


def test_several_lessons_are_decks_of_one_package(tmp_path: Path) -> None:
    """Decks of a course overwrite each other."""
    one, other = full_lesson(), replace(full_lesson(), id="roe-1902-1")
    told_by_anki = imported(tmp_path, "newer", package(tmp_path, "both", one, other))
    assert told_by_anki["decks"] == ["itbkg teaching cases::doe-1901-1", "itbkg teaching cases::roe-1902-1"]
    assert told_by_anki["imports"][0]["duplicate"] == 0


def test_bytes_are_always_the_same() -> None:
    """Two decks of one lesson differ, so that no digest can be given."""
    packed = [io.BytesIO(), io.BytesIO()]
    for file in packed:
        anki.write(full_lesson(), file)
    assert packed[0].getvalue() == packed[1].getvalue()


def _bare(card: str) -> str:
    """Take off what the templates and Anki put around the fields."""
    body = card.rpartition("</style>")[2]
    for own in ('<p class="case">', '<p class="safety">'):
        body = body.replace(own, "<p>")
    body = body.replace('<hr id="answer">', "<br>").replace("<hr id=answer>", "<br>")
    return _CLOZE.sub(r"\1", body)


_CLOZE = re.compile(r'<span class="cloze"[^>]*>(.*?)</span>', re.DOTALL)

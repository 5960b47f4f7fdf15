"""Teaching cases: facts and keys come from the graph, nothing shows too early, faults have a line and a mend."""

import json
from copy import deepcopy
from dataclasses import asdict
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from itbkg.building import build_in_memory
from itbkg.errors import NotFoundError, RecordError, TeachingError, ThinCaseError
from itbkg.settings import Corpus
from itbkg.store import Store
from itbkg.teaching.drafting import draft_case
from itbkg.teaching.lesson import FACT_KINDS, Lesson, Option, Question
from itbkg.teaching.making import Workshop, make_lesson
from itbkg.teaching.reading import SCHEMA_PATH, examine, read_teaching, teaching_schema
from itbkg.teaching.record import TeachingCase
from itbkg.teaching.writing import draft_text
from tests.conftest import PROJECT, fictional_corpus

QUESTIONS = PROJECT / "ontology" / "questions"
Draft = dict[str, Any]


@pytest.fixture(scope="module")
def small(store: Store) -> Workshop:
    """Make lessons of the fictional cases."""
    return Workshop(store, QUESTIONS)


@pytest.fixture(scope="module")
def drafted(small: Workshop) -> Draft:
    """Draft the fictional withdrawal once."""
    return draft_case(small, "doe-1901/1")


@pytest.fixture
def draft(drafted: Draft) -> Draft:
    """Give a draft that a test may edit."""
    return deepcopy(drafted)


def lesson_of(workshop: Workshop, draft: Draft) -> Lesson:
    """Make the lesson of a draft."""
    return workshop.lesson(TeachingCase.model_validate(draft))


def found_in(workshop: Workshop, draft: Draft) -> list[str]:
    """Say what does not fit in a draft."""
    return [found.message for found in examine(workshop, TeachingCase.model_validate(draft))[1]]


def stage(draft: Draft, name: str) -> Draft:
    """Find a stage of a draft."""
    found: Draft = next(one for one in draft["stages"] if one["id"] == name)
    return found


def question(lesson: Lesson, name: str) -> Question:
    """Find a question of a lesson."""
    return next(one for stage in lesson.stages for one in stage.questions if one.id == name)


def option(asked: Question, name: str) -> Option:
    """Find an option of a question."""
    return next(one for one in asked.options if one.id == name)


# --- the draft ---------------------------------------------------------------------------------


def test_a_draft_tells_the_whole_story_in_order(small: Workshop, drafted: Draft) -> None:
    """A statement of the record would be lost, told twice, or told after the cause."""
    lesson = lesson_of(small, drafted)
    assert [stage.kind for stage in lesson.stages][-1] == "debrief"
    shown = [fact.id for stage in lesson.stages for fact in stage.facts]
    assert len(shown) == len(set(shown))
    kinds = ("finding/", "absence/", "measurement/", "treatment/", "investigation/", "diagnosis/", "outcome/")
    account = {name for name in small.material(TeachingCase.model_validate(drafted)).pieces if name.startswith(kinds)}
    assert {name for name in account if name.count("/") == 1} <= set(shown)
    assert {fact.kind for stage in lesson.stages for fact in stage.facts} <= set(FACT_KINDS)


def test_a_draft_has_nothing_to_mend(small: Workshop, drafted: Draft) -> None:
    """The command would write a file that its own check refuses."""
    assert found_in(small, drafted) == []


def test_a_draft_asks_before_it_tells(small: Workshop, drafted: Draft) -> None:
    """The cause would be shown before learners are asked for it, or a response before it is guessed."""
    lesson = lesson_of(small, drafted)
    place = {stage.id: index for index, stage in enumerate(lesson.stages)}
    first = {fact.id: index for index, stage in reversed(list(enumerate(lesson.stages))) for fact in stage.facts}
    assert place["looking"] < first["investigation/pump-interrogation-12-h/shows"]
    assert place["story"] < first["treatment/oral-baclofen-2-h/response"]
    assert first["event/withdrawal"] == place["cause"]


def test_a_pattern_takes_what_is_still_to_be_shown(small: Workshop, draft: Draft) -> None:
    """A pattern in a later stage would tell again what was told, or bring a part that nobody named."""
    stage(draft, "debrief")["shows"] = ["implied/*", "finding/*"]
    assert any("'finding/*' fits no statement" in message for message in found_in(small, draft))
    stage(draft, "story")["shows"].remove("finding/increased-spasticity-0-h")
    shown = [fact.id for fact in lesson_of(small, draft).stages[-1].facts]
    assert shown[-1] == "finding/increased-spasticity-0-h"
    assert not any(name.endswith("/detail") for name in shown)


def test_a_thin_case_is_refused_with_what_is_missing(small: Workshop) -> None:
    """An educator would get an exercise of two lines, or not learn what the record lacks."""
    with pytest.raises(ThinCaseError) as caught:
        draft_case(small, "moe-1904/1")
    assert any("a treatment" in one for one in caught.value.missing)
    assert any("statements in its course" in one for one in caught.value.missing)
    assert "moe-1904/1" in str(caught.value)


def test_an_unknown_case_is_told_with_those_like_it(small: Workshop) -> None:
    """A slip in the id would not be mended."""
    with pytest.raises(NotFoundError, match="doe-1901/1"):
        draft_case(small, "doe-1901/2")


def test_the_same_draft_each_time(store: Store, drafted: Draft) -> None:
    """Making a case again would show differences that nobody made."""
    assert draft_text(draft_case(Workshop(store, QUESTIONS), "doe-1901/1")) == draft_text(drafted)


# --- keys and feedback -------------------------------------------------------------------------


def test_the_key_is_what_the_saved_question_answers(small: Workshop, drafted: Draft) -> None:
    """The key would be typed, and go stale."""
    lesson = lesson_of(small, drafted)
    thoughts = question(lesson, "first-thoughts")
    assert {one.text for one in thoughts.options if one.correct} == {"meningitis", "sepsis"}
    assert question(lesson, "response-oral-baclofen-2-h").answer == "unchanged"


def test_feedback_counts_and_names_its_cases(small: Workshop, drafted: Draft) -> None:
    """A number would stand without its base, or nobody could look the cases up."""
    sepsis = option(question(lesson_of(small, drafted), "first-thoughts"), "sepsis")
    assert "Considered in 1 of" in sepsis.feedback
    assert sepsis.sources == ("this case",)


def test_silence_is_said(small: Workshop, draft: Draft) -> None:
    """Nothing reported would look like nothing found."""
    stage(draft, "looking")["questions"][-1]["options"].append({"word": "diathermy exposure"})
    cause = question(lesson_of(small, draft), "cause")
    said = option(cause, "diathermy-exposure").feedback
    assert said.startswith(f"None of the {small.desk.counted()} cases")
    assert said.endswith("the corpus is silent.")


def test_an_order_follows_the_document(real_store: Store, lesson: Lesson) -> None:
    """Steps would be ranked otherwise than the document ranks them; alternatives share a rank."""
    del real_store
    order = question(lesson, "order")
    ranks = {one.text: one.rank for one in order.options}
    assert ranks["contact with an ITB physician"] == 1
    assert ranks["restoration of intrathecal baclofen"] == ranks["benzodiazepine treatment"] == 2
    assert all("emergency-procedure has it as its step" in one.feedback for one in order.options)


def test_a_dangerous_option_is_marked_with_its_harm(lesson: Lesson) -> None:
    """A learner would take oral baclofen alone for safe."""
    now = question(lesson, "what-now")
    oral = option(now, "oral-baclofen")
    assert not oral.correct
    assert "emergency-procedure advises against oral baclofen" in oral.harm
    assert option(now, "contact-with-an-itb-physician").harm == ""


def test_a_temperature_is_converted_exactly(lesson: Lesson) -> None:
    """The learner's right answer would be marked wrong, or the report's slip taken over."""
    degrees = question(lesson, "degrees")
    assert (degrees.number, degrees.unit, degrees.tolerance) == (41.67, "Cel", 0.05)
    assert "41.6 " in degrees.explanation


def test_advice_for_a_narrower_act_is_none_for_the_wider(lesson: Lesson) -> None:
    """High-dose oral baclofen among other options would make oral baclofen alone a right answer."""
    assert "oral baclofen" not in question(lesson, "what-now").answer.split("; ")


# --- what must not pass --------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("place", "text"),
    [("title", "A woman in withdrawal"), ("title", "A woman with an empty pump"), ("stage", "Baclofen withdrawal"),
     ("text", "She would recover, though 500 U/L was measured"), ("objective", "Recognise a missed refill"),
     ("prompt", "Why was the reservoir empty? It was an empty reservoir.")],
)  # fmt: skip
def test_a_spoiler_is_found_where_it_stands(small: Workshop, draft: Draft, place: str, text: str) -> None:
    """Diagnosis, cause (by any of its names) or a later value would show too early."""
    story = stage(draft, "story")
    if place == "title":
        draft["title"] = text
    elif place == "objective":
        draft["objectives"][0]["text"] = text
    elif place == "prompt":
        story["questions"][0]["prompt"] = text
    else:
        story["title" if place == "stage" else "text"] = text
    assert any("shows too early" in message for message in found_in(small, draft))


def test_a_fact_that_is_shown_too_early_is_found(small: Workshop, draft: Draft) -> None:
    """Moving a line to an earlier stage would give the cause away unnoticed."""
    stage(draft, "cause")["shows"].remove("investigation/pump-interrogation-12-h/shows")
    stage(draft, "debrief")["shows"].append("assertion/empty-reservoir--withdrawal")
    stage(draft, "story")["title"] = "The empty reservoir"
    assert any("'empty reservoir' shows too early" in message for message in found_in(small, draft))


def test_a_typed_value_is_found(small: Workshop, draft: Draft) -> None:
    """A value would stand twice, and one of them go stale."""
    stage(draft, "debrief")["text"] = "The creatine kinase of 500 was high."
    assert any("'500' is a value of the record" in message for message in found_in(small, draft))
    stage(draft, "debrief")["text"] = "It was {{measurement/creatine-kinase-6-12-h}}."
    assert found_in(small, draft) == []
    assert lesson_of(small, draft).stages[-1].text == "It was 500 U/L."


def test_a_figure_comes_from_a_saved_question(small: Workshop, draft: Draft) -> None:
    """A count in a text would be typed."""
    draft["figures"] = {"cases": {"question": "counted-cases", "column": "N", "where": {"event": "event of therapy"}}}
    stage(draft, "debrief")["text"] = "There are {{cases}} cases."
    text = lesson_of(small, draft).stages[-1].text
    assert text == f"There are {small.desk.counted()} cases."


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        (
            "finding/increased-spasticity-0-h",
            "finding/increased-spasticty-0-h",
            "no statement 'finding/increased-spast",
        ),
        ("- word: sepsis", "- word: sepssis", "'sepssis' is no known diagnosis; did you mean 'sepsis'"),
        ("level: intermediate", "level: hard", "'hard' is not allowed"),
        ("question: diagnoses-considered", "question: diagnosis-considered", "is no known question; did you mean"),
        ("column: diagnosis", "column: diagnose", "has no column 'diagnose'"),
        ("kind: several", "kind: single", "of the options are right by the key, and one must be"),
        ("id: thoughts", "id: story", "the id 'story' is taken"),
        ("audience:", "audiences:", "'audiences' is no known key here"),
        ("case: doe-1901/1\ntitle", "case: doe-1901/9\ntitle", "does not bear the name of its case"),
    ],
)
def test_a_fault_is_told_with_file_line_and_mend(
    small: Workshop, drafted: Draft, tmp_path: Path, old: str, new: str, message: str
) -> None:
    """An educator would have to hunt for the mistake."""
    path = tmp_path / "doe-1901-1.yaml"
    text = draft_text(drafted)
    assert old in text
    path.write_text(text.replace(old, new, 1), "utf-8")
    with pytest.raises(RecordError) as caught:
        read_teaching(path, small)
    problem = next(one for one in caught.value.problems if message in one.message)
    assert problem.path == str(path)
    assert problem.mend or problem.message.endswith("?")
    lines = path.read_text("utf-8").splitlines()
    assert 1 <= problem.line <= len(lines)


def test_a_lesson_that_does_not_fit_is_not_made(store: Store, draft: Draft) -> None:
    """A lesson with holes would be handed out."""
    stage(draft, "story")["shows"].append("finding/nothing-of-the-kind")
    with pytest.raises(TeachingError, match=r"stages\[1\].shows"):
        make_lesson(store, TeachingCase.model_validate(draft), QUESTIONS)


# --- the record changes --------------------------------------------------------------------------


def test_a_changed_record_changes_key_and_feedback_alone(
    small: Workshop, draft: Draft, tmp_path: Path, store: Store
) -> None:
    """The key would stay behind the record, or the educator's words would be touched."""
    stage(draft, "story")["title"] = "In my own words"
    question_of(draft, "response-oral-baclofen-2-h")["prompt"] = "What came of it? I ask in my own way."
    before = lesson_of(small, draft)
    corpus = fictional_corpus(tmp_path)
    _edit(corpus, "response: {increased spasticity: unchanged}", "response: {increased spasticity: worse}")
    _edit(corpus, "value: 39.0 Cel, printed: 39.0 °C", "value: 39.6 Cel, printed: 39.6 °C")
    after = lesson_of(Workshop(build_in_memory(corpus), QUESTIONS), draft)
    asked = question(after, "response-oral-baclofen-2-h")
    assert (question(before, asked.id).answer, asked.answer) == ("unchanged", "worsened")
    assert option(asked, "worsened").feedback != option(question(before, asked.id), "worsened").feedback
    assert any(fact.text == "body temperature 39.6 °C" for stage in after.stages for fact in stage.facts)
    assert asked.prompt == "What came of it? I ask in my own way."
    assert [stage.title for stage in after.stages] == [stage.title for stage in before.stages]
    assert [stage.notes for stage in after.stages] == [stage.notes for stage in before.stages]
    assert store.manifest.digest != ""


def question_of(draft: Draft, name: str) -> Draft:
    """Find a question of a draft."""
    found: Draft = next(one for stage in draft["stages"] for one in stage.get("questions", ()) if one["id"] == name)
    return found


def _edit(corpus: Corpus, old: str, new: str) -> None:
    path = corpus.cases / "doe-1901.yaml"
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new), "utf-8")


# --- the format ------------------------------------------------------------------------------------


def test_the_kept_schema_is_current() -> None:
    """An editor would complete keys that the format does not have."""
    assert (PROJECT / SCHEMA_PATH).read_text("utf-8") == teaching_schema()


def test_a_draft_fits_the_schema(drafted: Draft) -> None:
    """An editor would draw red lines under a file that the command wrote."""
    Draft202012Validator(json.loads(teaching_schema())).validate(drafted)


def test_a_lesson_is_plain_data(lesson: Lesson) -> None:
    """A lesson could not be handed out as JSON."""
    assert json.loads(json.dumps(asdict(lesson)))["case"] == "mohammed-2004/1"

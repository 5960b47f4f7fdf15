"""The curated teaching cases: each fits its record, together they cover the corpus, and the Pittsburgh case unfolds."""

from pathlib import Path

import pytest

from itbkg.teaching.checking import check_teaching, problems_of
from itbkg.teaching.course import Candidate, Wishes, candidate, choose_course
from itbkg.teaching.coursepage import coverage_csv, index_page
from itbkg.teaching.lesson import SAFETY, Lesson, Stage
from itbkg.teaching.making import Workshop
from itbkg.teaching.reading import read_form, read_teaching, teaching_paths
from itbkg.teaching.writing import BASE
from tests.conftest import PROJECT

FOLDER = PROJECT / "data" / "teaching"
PATHS = teaching_paths(FOLDER)
NAMES = [path.stem for path in PATHS]
#: Groups of causes for which no case holds enough to teach from: without outcome or treatment in their reports.
TOO_THIN = {"cause by fields or radiation", "environmental cause"}


@pytest.fixture(scope="module")
def candidates(workshop: Workshop) -> list[Candidate]:
    """Make every curated lesson once, with what it covers."""
    return [candidate(workshop, *read_teaching(path, workshop)) for path in PATHS]


@pytest.mark.parametrize("path", PATHS, ids=NAMES)
def test_a_curated_case_has_nothing_to_mend(path: Path, workshop: Workshop) -> None:
    """A name, a key or the order of the story would be wrong: `itbkg teach FILE` says where."""
    assert problems_of([path], workshop) == ()


@pytest.mark.parametrize("path", PATHS, ids=NAMES)
def test_a_curated_case_was_drafted_and_then_edited(path: Path, workshop: Workshop) -> None:
    """Making it again could not tell the edits from the draft, or nobody read the draft."""
    teaching, _ = read_form(path)
    draft, _ = read_form(FOLDER / BASE / path.name)
    assert draft.case == teaching.case
    assert draft.objectives != teaching.objectives
    assert teaching.title != workshop.material(teaching).account.title
    assert any(note.id == "case" for stage in teaching.stages for note in stage.notes)


def test_the_check_of_the_corpus_passes(workshop: Workshop, tmp_path: Path) -> None:
    """`itbkg check` would not hold the teaching cases, or would fail where there are none."""
    assert not check_teaching(FOLDER, workshop).failed
    assert not check_teaching(tmp_path, workshop).failed
    broken = tmp_path / "mohammed-2004-1.yaml"
    text = (FOLDER / broken.name).read_text("utf-8")
    broken.write_text(text.replace("finding/seizure-m48-0-h", "finding/seizure-m4-0-h"), "utf-8")
    assert check_teaching(tmp_path, workshop).failed


def test_they_cover_the_groups_of_causes(candidates: list[Candidate], workshop: Workshop) -> None:
    """A part of the therapy that goes wrong would never be taught."""
    assert len(candidates) >= 12
    groups = {
        "cause at the pump", "cause at the catheter", "cause at the reservoir", "cause at the programmer",
        "cause at the implant site", "cause in the drug", "cause in concurrent medication", "dosing cause", "procedure",
        "patient factor", "planned removal or stop", "cause in cerebrospinal fluid or anatomy",
    }  # fmt: skip
    covered = {name for one in candidates for kind, name in one.covers if kind == "cause"}
    assert groups <= covered
    for group in TOO_THIN:
        assert workshop.words.knows("cause", group)


def test_they_cover_outcomes_and_levels(candidates: list[Candidate]) -> None:
    """Learners would see recoveries alone, or one level."""
    outcomes = {name for one in candidates for kind, name in one.covers if kind == "outcome"}
    assert {"recovery", "recovery to baseline", "death", "living in a nursing home", "improved outcome"} <= outcomes
    assert {one.teaching.level for one in candidates} == {"basic", "intermediate", "advanced"}


def test_every_lesson_carries_safety_references_and_provenance(candidates: list[Candidate]) -> None:
    """A product could be passed on without its warning or without its source."""
    for one in candidates:
        assert one.lesson.safety == SAFETY
        assert one.lesson.references[0].url.startswith("http")
        assert one.lesson.provenance[0].startswith("dataset SHA-256 ")
        assert one.lesson.licence == "CC BY 4.0"


def test_every_option_says_why(candidates: list[Candidate]) -> None:
    """An option would be right or wrong without a reason."""
    options = [
        option
        for one in candidates
        for stage in one.lesson.stages
        for question in stage.questions
        for option in question.options
    ]
    assert len(options) > 100
    assert all(option.feedback and (option.sources or "silent" in option.feedback or "0 of" in option.feedback)
               for option in options)  # fmt: skip


# --- the Pittsburgh case -----------------------------------------------------------------------


def test_pittsburgh_has_its_stages(lesson: Lesson) -> None:
    """The story would not unfold."""
    assert len(lesson.stages) >= 6
    assert [stage.kind for stage in lesson.stages[-2:]] == ["outcome", "debrief"]


def test_pittsburgh_asks_before_it_tells_that_the_pump_was_stopped(lesson: Lesson) -> None:
    """The answer would stand before the question."""
    asked = _place(lesson, lambda stage: any(one.id == "cause" for one in stage.questions))
    told = _place(lesson, lambda stage: any("pump stopped" in fact.text for fact in stage.facts))
    assert asked < told
    before = " ".join(f"{stage.title} {stage.text}" for stage in lesson.stages[: asked + 1])
    assert "stopped" not in before


def test_pittsburgh_shows_the_thoughts_of_the_time(lesson: Lesson) -> None:
    """The mimics, for which the case is taught, would be missing."""
    thoughts = next(stage for stage in lesson.stages if stage.kind == "first thoughts")
    shown = {fact.label.removeprefix("diagnosis of ") for fact in thoughts.facts if fact.kind == "considered"}
    assert {"sepsis", "septic shock", "meningitis", "neuroleptic malignant syndrome", "malignant hyperthermia"} <= shown


def test_pittsburgh_shows_what_oral_baclofen_did(lesson: Lesson) -> None:
    """Learners would not see that it failed, or see it before they were asked."""
    asked = _place(lesson, lambda stage: any("oral baclofen" in one.prompt for one in stage.questions))
    told = _place(lesson, lambda stage: any("after oral baclofen" in fact.text for fact in stage.facts))
    assert asked < told
    assert any("worsened" in fact.text for fact in lesson.stages[told].facts)


def test_pittsburgh_lays_the_procedure_beside_what_was_done(lesson: Lesson) -> None:
    """What was done, and what is not reported, could not be compared with the steps."""
    rows = [fact for fact in lesson.stages[-1].facts if fact.kind == "guidance"]
    assert {fact.place for fact in rows} == {"emergency-procedure"}
    states = {fact.label: fact.value for fact in rows}
    assert states["restoration of intrathecal baclofen"] == "done"
    assert states["contact with an ITB physician"] == "not reported"


def test_pittsburgh_ends_with_six_months(lesson: Lesson) -> None:
    """The story would stop in the intensive care unit."""
    outcome = lesson.stages[-2]
    assert any(fact.time == "6 mo" and fact.label == "recovery to baseline" for fact in outcome.facts)


def _place(lesson: Lesson, holds: object) -> int:
    assert callable(holds)
    return next(index for index, stage in enumerate(lesson.stages) if holds(stage))


# --- the course ------------------------------------------------------------------------------------


def test_a_course_covers_what_is_wished_first(workshop: Workshop, candidates: list[Candidate]) -> None:
    """A course would pass by what the teacher asked for."""
    wishes = Wishes(causes=("pocket fill", "catheter leak"), outcomes=("death",))
    course = choose_course(workshop, candidates, 3, wishes)
    assert {one.teaching.case for one in course.chosen} == {"muntinga-2022/1", "cardoso-2014/1", "ncse-overdose-2014/1"}
    assert course.uncovered == ()


def test_a_course_is_the_same_each_time_and_grows(workshop: Workshop, candidates: list[Candidate]) -> None:
    """The order of the files would change the choice, or a longer course cover less."""
    whole = choose_course(workshop, candidates, 6, Wishes())
    again = choose_course(workshop, candidates[::-1], 6, Wishes())
    assert [one.teaching.id for one in whole.chosen] == [one.teaching.id for one in again.chosen]
    left = [len(choose_course(workshop, candidates, number, Wishes()).uncovered) for number in (1, 3, 6, 15)]
    assert left == sorted(left, reverse=True)
    assert left[-1] == 0


def test_a_course_has_an_index_and_a_table(workshop: Workshop, candidates: list[Candidate]) -> None:
    """A teacher could not open the cases, or see what they cover; what could run would not be escaped."""
    course = choose_course(workshop, candidates, 2, Wishes())
    page = index_page(course, ["a.html", "<b>.html"])
    assert "&lt;b&gt;.html" in page
    assert "<b>.html" not in page
    assert SAFETY in page
    head, *rows = coverage_csv(course).splitlines()
    assert head == "kind,topic," + ",".join(one.teaching.case for one in course.chosen) + ",covered"
    assert len(rows) == len(course.topics)


def _has(stage: Stage, kind: str) -> bool:
    return any(fact.kind == kind for fact in stage.facts)


def test_no_stage_before_the_cause_shows_event_or_cause(candidates: list[Candidate]) -> None:
    """A fact of kind event, cause or outcome would stand in an early stage."""
    for one in candidates:
        found = next(index for index, stage in enumerate(one.lesson.stages) if stage.kind == "cause found")
        for stage in one.lesson.stages[:found]:
            assert not any(_has(stage, kind) for kind in ("event", "cause", "outcome")), one.teaching.id

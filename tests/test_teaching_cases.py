"""The curated teaching cases: each fits its record, and together they cover the corpus."""

from pathlib import Path

import pytest
from ruamel.yaml import YAML

from itbkg.store import PREFIX_LINES
from itbkg.teaching.checking import check_teaching, problems_of
from itbkg.teaching.course import Candidate, Wishes, candidate, choose_course
from itbkg.teaching.coursepage import coverage_csv, coverage_page, index_page
from itbkg.teaching.drafting import missing_in
from itbkg.teaching.lesson import LEVELS, SAFETY, Stage
from itbkg.teaching.making import Workshop
from itbkg.teaching.reading import read_form, read_teaching, teaching_paths
from itbkg.teaching.record import TeachingCase
from itbkg.teaching.writing import base_of
from tests.conftest import PROJECT

FOLDER = PROJECT / "data" / "teaching"
PATHS = teaching_paths(FOLDER)
NAMES = [path.stem for path in PATHS]


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
    draft = TeachingCase.model_validate(YAML(typ="safe").load(base_of(FOLDER, teaching.case)))
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


def test_they_cover_every_group_of_causes_and_every_outcome(candidates: list[Candidate], workshop: Workshop) -> None:
    """A part of the therapy that goes wrong, or a way in which it ends, would never be taught though a case could."""
    assert len(candidates) >= 12
    covered = {topic for one in candidates for topic in one.covers}
    missed = {topic: cases for topic, cases in _topics(workshop).items() if topic not in covered}
    account = workshop.desk.account
    assert not {topic for topic, cases in missed.items() if any(not missing_in(account(case)) for case in cases)}
    assert len(missed) < len(_topics(workshop)) / 3


def _topics(workshop: Workshop) -> dict[tuple[str, str], list[str]]:
    """Return the groups of causes right below the top, and all outcomes, each with the cases that have it."""
    table = workshop.store.select(_TOPICS)
    return {(kind, label): cases.split("|") for kind, label, cases in table.texts()}


_TOPICS = f"""{PREFIX_LINES}
SELECT ?kind ?label (GROUP_CONCAT(DISTINCT ?case; SEPARATOR="|") AS ?cases) WHERE {{
  VALUES (?property ?kind ?top) {{ (itb:hasCause "cause" itb:Cause) (itb:hasOutcome "outcome" itb:Outcome) }}
  ?iri ?property ?thing ; rdfs:label ?case . ?thing a ?class .
  ?class rdfs:subClassOf ?top ; rdfs:label ?label .
  FILTER(?class != ?top)
  FILTER(?kind = "outcome" || NOT EXISTS {{
    ?class rdfs:subClassOf ?between . ?between rdfs:subClassOf ?top .
    FILTER(?between != ?class && ?between != ?top)
  }})
}} GROUP BY ?kind ?label ORDER BY ?kind ?label
"""


def test_they_have_every_level(candidates: list[Candidate]) -> None:
    """Beginners, or those who know much, would find nothing."""
    assert {one.teaching.level for one in candidates} == set(LEVELS)


def test_every_stage_is_told(candidates: list[Candidate]) -> None:
    """Learners would read a list of facts and no story."""
    assert not [
        (one.lesson.id, stage.id)
        for one in candidates
        for stage in one.lesson.stages
        if len(stage.text.split()) < 4 or "that is told so far" in stage.text
    ]


def test_what_is_advised_is_asked_before_its_order_is_shown(candidates: list[Candidate]) -> None:
    """The steps to be put in order would stand as the answer to the question before, or the step in its feedback."""
    seen = 0
    for one in candidates:
        for stage in one.lesson.stages:
            ids = [question.id for question in stage.questions]
            if "order" in ids and "what-now" in ids:
                seen += 1
                assert ids.index("what-now") < ids.index("order"), one.lesson.id
                asked = stage.questions[ids.index("what-now")]
                document = next(fact.place for fact in one.lesson.stages[-1].facts if fact.kind == "guidance")
                assert not [option for option in asked.options if f"{document}, step" in option.feedback]
    assert seen > 5


def test_harm_is_told_of_wrong_options_and_not_of_what_is_advised(candidates: list[Candidate]) -> None:
    """What documents advise for the event would be called dangerous, or what they warn of would not."""
    asked = [
        question
        for one in candidates
        for stage in one.lesson.stages
        for question in stage.questions
        if question.id == "what-now"
    ]
    assert not [option for question in asked for option in question.options if option.correct and option.harm]
    dangerous = {option.text: option.harm for question in asked for option in question.options if option.harm}
    assert {"oral baclofen", "physostigmine"} <= dangerous.keys()
    assert "advises against oral baclofen" in dangerous["oral baclofen"]


def test_the_case_is_not_named_before_its_event(candidates: list[Candidate]) -> None:
    """The id of a case, such as one that ends in -overdose, would stand among the sources of the first feedback."""
    for one in candidates:
        told = next(place for place, stage in enumerate(one.lesson.stages) if _has(stage, "event"))
        early = [
            source
            for stage in one.lesson.stages[:told]
            for question in stage.questions
            for source in (*question.sources, *(name for option in question.options for name in option.sources))
        ]
        assert one.lesson.case not in early


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
    assert not [name for kind, name in course.topics if kind in ("cause", "outcome", "event") and f">{name}<" in page]
    table = coverage_page(course)
    assert SAFETY in table
    assert all(f">{name}<" in table for _, name in course.topics)
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

"""Names of nodes: readable, safe, and unmoved by what is inserted beside them."""

import re
from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rdflib import URIRef

from itbkg.curation import read_publication
from itbkg.naming import line_names, place_iri, slug, time_slug
from itbkg.records import Absence, Case, FindingLine, Line
from itbkg.records.place import PATTERN, parse_place
from itbkg.triples import case_triples
from itbkg.vocabulary import Vocabulary
from tests.conftest import FICTIONAL, PROJECT

VOCABULARY = Vocabulary.read(PROJECT / "ontology")
CASE = read_publication(FICTIONAL / "doe-1901.yaml", VOCABULARY).cases[0]
INSERTED = FindingLine.model_validate({"finding": "seizure", "at": "-9..90 h", "where": "Case, 9"})


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("CT head", "ct-head"),
        ("-72..-24 h", "m72-m24-h"),
        ("<0.5 h", "lt0p5-h"),
        (">3 d", "gt3-d"),
        ("author's opinion", "authors-opinion"),
        ("Guillain-Barré", "guillain-barre"),
        ("  --  ", ""),
    ],
)
def test_a_slug_is_readable(text: str, expected: str) -> None:
    """A name in an address would not tell what it names."""
    assert slug(text) == expected


@given(st.text(max_size=40))
def test_a_slug_is_safe_and_stays_itself(text: str) -> None:
    """A character of a record would get into an IRI."""
    made = slug(text)
    assert re.fullmatch(r"(?:[a-z0-9]+(?:-[a-z0-9]+)*)?", made)
    assert slug(made) == made


def test_two_times_make_two_names() -> None:
    """Statements an hour before and an hour after would become one."""
    times = ["-1 h", "1 h", "<1 h", ">1 h", "1.5 h", "15 h", "1..5 h", "-1..5 h", "1 d", "-1..-0.5 h"]
    lines = [INSERTED.model_validate(INSERTED.model_dump() | {"at": time}) for time in times]
    assert len({time_slug(line) for line in lines}) == len(times)


def test_a_time_names_hospital_days_and_nothing() -> None:
    """A day and an hour of one number would become one."""
    given_day = FindingLine.model_validate({"finding": "seizure", "hospital_day": 3, "where": "Case, 1"})
    timeless = FindingLine.model_validate({"finding": "seizure", "where": "Case, 1"})
    assert (time_slug(given_day), time_slug(timeless)) == ("day-3", "")
    assert list(line_names(timeless)) == ["finding/seizure"]


def test_presence_absence_and_own_ids_are_apart() -> None:
    """A finding and its absence would become one node."""
    absent = Absence.model_validate({"absent": "seizure", "at": "0 h", "where": "Case, 1"})
    named = FindingLine.model_validate({"finding": "seizure", "id": "second-fit", "at": "0 h", "where": "Case, 1"})
    assert [*line_names(absent), *line_names(named)] == ["absence/seizure-0-h", "finding/second-fit"]


PLACES = st.from_regex(PATTERN, fullmatch=True, alphabet=st.sampled_from("Case 12,"))


def test_heading_with_a_number_and_paragraph_are_two_places() -> None:
    """'Case 1' as a heading and the first paragraph of 'Case' would become one place."""
    places = [parse_place(text) for text in ("Case 1", "Case, 1", "Case 1, 1", "Case, 11")]
    assert len({place_iri("doe-1901", place) for place in places}) == len(places)


@given(PLACES)
def test_a_place_reads_back_from_its_text(text: str) -> None:
    """A heading or paragraph would be lost."""
    assert str(parse_place(text)) == text


@pytest.mark.parametrize("text", ["", "Case; 2", "Case, 0", "Case, two", "Case, 1, 2", " ", " Case", "x" * 81, 7])
def test_other_text_is_no_place(text: object) -> None:
    """A slip would become a heading that nobody finds."""
    with pytest.raises(ValueError, match="is no place in a report"):
        parse_place(text)


def nodes(course: Sequence[Line]) -> set[URIRef]:
    """Name every node of the case with another course."""
    case: Case = CASE.model_copy(update={"course": tuple(course)})
    return {subject for subject, _, _ in case_triples("doe-1901", case, VOCABULARY)}


@given(st.integers(0, len(CASE.course)))
def test_an_inserted_line_moves_no_other_name(position: int) -> None:
    """A link to a statement would lead to another one after an edit."""
    course = [*CASE.course[:position], INSERTED, *CASE.course[position:]]
    added = nodes(course) - nodes(CASE.course)
    assert nodes(CASE.course) < nodes(course)
    assert {node.split("doe-1901/")[-1] for node in added} == {"1/finding/seizure-m9-90-h", "place/case/9"}


@given(st.permutations(CASE.course))
def test_no_name_hangs_on_the_order_of_lines(course: list[Line]) -> None:
    """A link to a statement would lead to another one after lines are put in order."""
    assert nodes(course) == nodes(CASE.course)

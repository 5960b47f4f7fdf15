"""The template for a record, and how CONTRIBUTING explains it: whoever follows them has a record without problems."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from pydantic import BaseModel

from itbkg.curation import read_publication, record_paths
from itbkg.curation.reading import TEMPLATE
from itbkg.errors import RecordError
from itbkg.records import Case, Patient, Publication, Report, Therapy
from itbkg.records.case import CauseLink, OutcomeLine
from itbkg.records.lines import LINE_KINDS
from itbkg.vocabulary import Vocabulary
from tests.conftest import PROJECT

PATH = PROJECT / "data" / TEMPLATE
MODELS: tuple[type[BaseModel], ...] = (
    *(Publication, Report, Case, Patient, Therapy, CauseLink, OutcomeLine),
    *LINE_KINDS.values(),
)
#: What is written behind a colon of the template: its comment may give an example, or it does not need one.
PLACE = re.compile(r"(?P<key>\s*(?:- )?(?P<name>[a-z_]+):) +# (?P<comment>.*)")
EXAMPLE = re.compile(r"e\.g\. (?P<example>.+)$")
#: What a curator may write where the template gives no example.
WRITTEN = {
    "title": "An invented report",
    "authors": "[Doe J, Roe R]",
    "year": "1971",
    "journal": "Journal of Invented Cases",
    "volume": '"1"',
    "issue": '"2"',
    "pages": '"3-4"',
    "doi": "10.1234/invented",
    "pmid": '"123"',
    "pmcid": "PMC123",
    "url": "https://example.org/invented",
    "license": "CC BY 4.0",
    "citation": "verified",
    "status": "corrected",
    "read_as": "secondary source",
    "secondary_source": "A review of invented cases",
    "note": "Nothing odd",
    "narrative": "word " * 70,
    "detail": "In own words",
    "hospital_day": "2",
    "printed": "5250 IU",
    "discrepancy": "The unit is odd",
    "same_patient_as": "roe-1902/1",
    "distinct_from": "[roe-1902/2]",
}


def filled(without: frozenset[str] = frozenset()) -> Iterator[str]:
    """Write behind every colon what the comment gives as an example; leave out lines that are not needed."""
    for line in PATH.read_text("utf-8").splitlines():
        place = PLACE.fullmatch(line)
        if place is None:
            yield line
        elif place["name"] not in without:
            example = EXAMPLE.search(place["comment"])
            yield f"{place['key']} {example['example'] if example else WRITTEN.get(place['name'], '')}".rstrip()


def record(folder: Path, lines: Iterator[str]) -> Path:
    """Write a record."""
    path = folder / "doe-1971.yaml"
    path.write_text("".join(f"{line}\n" for line in lines), "utf-8")
    return path


def keys(*models: type[BaseModel]) -> set[str]:
    """Name the keys of parts of a record."""
    return {name for model in models for name in model.model_fields}


def test_the_template_is_a_record_once_it_is_filled_in(tmp_path: Path, vocabulary: Vocabulary) -> None:
    """Who follows the examples would be refused; a word of an example would be gone from the ontology."""
    # A clock that is no admission has no hospital days.
    (case,) = read_publication(record(tmp_path, filled(frozenset({"hospital_day"}))), vocabulary).cases
    assert {type(line) for line in case.course} == set(LINE_KINDS.values())
    assert case.events == ("withdrawal", "underdose")


def test_what_is_not_needed_can_be_left_out(tmp_path: Path, vocabulary: Vocabulary) -> None:
    """The shortest record would be refused."""
    needed = {name for model in MODELS for name, field in model.model_fields.items() if field.is_required()}
    optional = keys(*MODELS) - needed - {"also", "therapy", "causes", "outcomes"}
    (case,) = read_publication(record(tmp_path, filled(frozenset(optional))), vocabulary).cases
    assert case.therapy is not None


def test_what_is_left_empty_is_said(tmp_path: Path, vocabulary: Vocabulary) -> None:
    """A record with a forgotten line would pass."""
    with pytest.raises(RecordError) as raised:
        read_publication(record(tmp_path, iter(PATH.read_text("utf-8").splitlines())), vocabulary)
    said = {problem.field: str(problem) for problem in raised.value.problems}
    assert "'title' is empty. Write it, or take the line out." in said["report.title"]
    assert {
        "cases[1].narrative",
        "cases[1].event",
        "cases[1].course[1].finding",
        "cases[1].causes[1].basis",
    } <= said.keys()


def test_the_template_is_no_record_itself(tmp_path: Path) -> None:
    """`itbkg validate data` would list all that the template leaves open."""
    (tmp_path / TEMPLATE).write_bytes(PATH.read_bytes())
    (tmp_path / "doe-1971.yaml").write_text("", "utf-8")
    assert record_paths([tmp_path]) == [tmp_path / "doe-1971.yaml"]
    assert record_paths([tmp_path / TEMPLATE]) == [tmp_path / TEMPLATE]


def test_every_key_is_explained() -> None:
    """A curator would meet a key of which nobody says what it holds."""
    text = (PROJECT / "CONTRIBUTING.md").read_text("utf-8")
    own = text[text.index("## Add a report") : text.index("## Add guidance")]
    assert keys(*MODELS) - set(re.findall(r"`([a-z_]+)(?:: [^`]+)?`", own)) == set()


def test_every_key_of_the_template_is_one_of_the_format() -> None:
    """The template would hold a key that the build refuses, or lack one that most records need."""
    named = set(re.findall(r"^\s*(?:- )?([a-z_]+):", PATH.read_text("utf-8"), re.MULTILINE))
    assert named <= keys(*MODELS)
    assert keys(*MODELS) - named == {"approach", "may_be"}

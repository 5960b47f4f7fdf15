"""The records of the corpus: one test per file, named by the file."""

import json
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator
from pydantic import BaseModel

from itbkg.curation import SCHEMA_PATH, read_publication, record_schema
from itbkg.curation.nodes import Node, read_nodes
from itbkg.naming import slug
from itbkg.records import Case, Patient, Publication, Report, Sourced, Therapy
from itbkg.records.model import LINE_KINDS
from itbkg.vocabulary import Vocabulary
from tests.conftest import FICTIONAL, PROJECT

RECORDS = sorted((PROJECT / "data" / "cases").glob("*.yaml"))
each_record = pytest.mark.parametrize("path", RECORDS, ids=[path.stem for path in RECORDS])


def keys(node: Node | None) -> list[str]:
    """List the keys of a mapping in the order of the file."""
    assert node is not None
    assert isinstance(node.value, dict)
    return list(node.value)


def items(node: Node | None) -> list[Node]:
    """List the nodes of a list; none where it is left out."""
    value = node.value if node else []
    assert isinstance(value, list)
    return value


def in_order(given: list[str], model: type[BaseModel]) -> bool:
    """Say whether keys stand in the order of the format, those of every statement (where, detail ...) at the end."""
    own = [field for field in model.model_fields if field in given and field not in Sourced.model_fields]
    return given[: len(own)] == own


def test_there_are_records() -> None:
    """The tests of this file would pass over nothing."""
    assert RECORDS


@each_record
def test_a_record_has_no_problem(path: Path, vocabulary: Vocabulary) -> None:
    """The build would be refused; the words of a record would have lost their class."""
    record = read_publication(path, vocabulary)
    assert path.stem == slug(path.stem)
    assert record.cases


@each_record
def test_keys_stand_in_canonical_order(path: Path) -> None:
    """Two records would be hard to read side by side."""
    root = read_nodes(path, path.name)
    assert in_order(keys(root), Publication)
    assert in_order(keys(root.child("report")), Report)
    for case in items(root.child("cases")):
        assert in_order(keys(case), Case)
        assert in_order(keys(case.child("patient")), Patient)
        assert in_order(keys(case.child("therapy")), Therapy)


@each_record
def test_a_line_begins_with_what_it_states(path: Path) -> None:
    """A reader would have to search a line of the course for its subject."""
    for case in items(read_nodes(path, path.name).child("cases")):
        assert {keys(line)[0] for line in items(case.child("course"))} <= set(LINE_KINDS)
        assert {keys(line)[0] for line in items(case.child("causes"))} <= {"cause"}
        assert {keys(line)[0] for line in items(case.child("outcomes"))} <= {"outcome"}


@each_record
def test_a_file_is_plain_text_that_ends_with_a_newline(path: Path) -> None:
    """Two editors would show changes where there are none."""
    raw = path.read_bytes()
    assert raw.endswith(b"\n")
    assert not raw.endswith(b"\n\n")
    assert b"\r" not in raw
    assert b"\t" not in raw
    assert not any(line.endswith(b" ") for line in raw.split(b"\n"))


def test_the_schema_is_that_of_the_format() -> None:
    """An editor would show red what the build takes, or the other way round."""
    kept = (PROJECT / SCHEMA_PATH).read_text("utf-8")
    assert kept == record_schema()
    Draft202012Validator.check_schema(json.loads(kept))


@pytest.mark.parametrize(
    "path", [*RECORDS, *sorted(FICTIONAL.glob("*.yaml"))], ids=lambda path: path.stem if isinstance(path, Path) else ""
)
def test_a_record_fits_the_schema(path: Path) -> None:
    """A curator's editor would underline a good record."""
    validator = Draft202012Validator(json.loads(record_schema()))
    assert [error.message for error in validator.iter_errors(read_nodes(path, path.name).plain())] == []


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("severity: severe", "severty: severe"),
        ("lasted: 12 h", "lasted: 12 hours long"),
        ("basis: author's opinion", "basis: []"),
        ("    event: withdrawal\n", ""),
        ("{absent: seizure", "{abscent: seizure"),
        ('where: "Case, 2"', 'where: "page; 2"'),
    ],
)
def test_the_schema_shows_a_slip(old: str, new: str, tmp_path: Path) -> None:
    """A curator's editor would stay silent."""
    path = tmp_path / "doe-1901.yaml"
    path.write_text((FICTIONAL / path.name).read_text("utf-8").replace(old, new, 1), "utf-8")
    validator = Draft202012Validator(json.loads(record_schema()))
    assert not validator.is_valid(read_nodes(path, path.name).plain())

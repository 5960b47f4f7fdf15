"""The records of the corpus: one test per file, named by the file."""

import json
import re
from collections.abc import Iterator
from decimal import Decimal
from functools import cache
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator
from pydantic import BaseModel

from itbkg.building import record_files
from itbkg.curation import SCHEMA_PATH, Records, read_publication, read_records, record_schema
from itbkg.curation.form import check_form
from itbkg.curation.gathered import printed
from itbkg.curation.kinds import kind_of
from itbkg.curation.nodes import Node, read_nodes
from itbkg.curation.privacy import free_texts
from itbkg.curation.sense import NARRATIVE_WORDS
from itbkg.naming import case_iri, slug
from itbkg.records import (
    Case,
    Document,
    Observation,
    Patient,
    Publication,
    Quantity,
    Report,
    Source,
    Sourced,
    Therapy,
)
from itbkg.records.guidance import STATEMENT_KINDS
from itbkg.records.lines import LINE_KINDS
from itbkg.settings import Corpus
from itbkg.vocabulary import Vocabulary
from tests.conftest import FICTIONAL, PROJECT
from tests.shingles import kept, readings, shingles

RECORDS = sorted((PROJECT / "data" / "cases").glob("*.yaml"))
each_record = pytest.mark.parametrize("path", RECORDS, ids=[path.stem for path in RECORDS])
FILES = record_files(Corpus(PROJECT))
each_file = pytest.mark.parametrize("path", FILES, ids=[f"{path.parent.name}/{path.stem}" for path in FILES])
OTHERS = [path for path in FILES if path not in RECORDS and path.stem != "overlaps"]
#: Baclofen was first given into the spinal canal by a pump in 1984 (Penn and Kroin, Lancet).
FIRST_YEAR = 1984


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
    names = [field.alias or name for name, field in model.model_fields.items() if name not in Sourced.model_fields]
    own = [name for name in names if name in given]
    return given[: len(own)] == own


def test_there_are_records() -> None:
    """The tests of this file would pass over nothing."""
    assert RECORDS


@cache
def publication(path: Path, vocabulary: Vocabulary) -> Publication:
    """Read a record of cases once for all tests."""
    return read_publication(path, vocabulary)


@cache
def validator() -> Draft202012Validator:
    """Make the validator of the records of cases once."""
    return Draft202012Validator(json.loads(record_schema()))


@each_record
def test_a_record_has_no_problem(path: Path, vocabulary: Vocabulary) -> None:
    """The build would be refused; the words of a record would have lost their class."""
    record = publication(path, vocabulary)
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
        therapy = case.child("therapy")
        assert therapy is None or in_order(keys(therapy), Therapy)


#: The parts of the other kinds of record: the key of the head and of the list, and the formats of both.
PARTS: dict[str, tuple[str, type[BaseModel], str, type[BaseModel] | None]] = {
    "guidance": ("document", Document, "statements", None),
    "published": ("source", Source, "observations", Observation),
}


@pytest.mark.parametrize("path", OTHERS, ids=[f"{path.parent.name}/{path.stem}" for path in OTHERS])
def test_the_keys_of_the_other_kinds_stand_in_canonical_order(path: Path) -> None:
    """Two documents would be hard to read side by side, or a line to be known by its beginning."""
    root = read_nodes(path, path.name)
    head, model, lines, line = PARTS[path.parent.name]
    assert keys(root) == ["format", head, lines]
    assert in_order(keys(root.child(head)), model)
    for node in items(root.child(lines)):
        assert in_order(keys(node), line) if line else keys(node)[0] in STATEMENT_KINDS


@each_record
def test_a_line_begins_with_what_it_states(path: Path) -> None:
    """A reader would have to search a line of the course for its subject."""
    for case in items(read_nodes(path, path.name).child("cases")):
        assert {keys(line)[0] for line in items(case.child("course"))} <= set(LINE_KINDS)
        assert {keys(line)[0] for line in items(case.child("causes"))} <= {"cause"}
        assert {keys(line)[0] for line in items(case.child("outcomes"))} <= {"outcome"}


@each_file
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
    assert [error.message for error in validator().iter_errors(read_nodes(path, path.name).plain())] == []


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
    assert not validator().is_valid(read_nodes(path, path.name).plain())


@pytest.fixture(scope="module")
def corpus_records(vocabulary: Vocabulary) -> Records:
    """Read all records of the corpus together."""
    return read_records(FILES, vocabulary, complete=True)


def test_the_corpus_is_whole(corpus_records: Records) -> None:
    """A record would point to another that is not there, tell of a person, or tell what another tells."""
    told = len(corpus_records.cases) + len(corpus_records.guidance)
    assert told + len(corpus_records.published) + len(corpus_records.overlaps) == len(FILES)


def test_every_name_is_its_own(corpus_records: Records) -> None:
    """Two cases would be one node of the graph."""
    names = [case_iri(name, case.id) for name, record in corpus_records.cases.items() for case in record.cases]
    assert len(names) == len(set(names))
    assert all(path.stem == slug(path.stem) for path in FILES)


@each_record
def test_a_narrative_tells_enough_and_no_more(path: Path, vocabulary: Vocabulary) -> None:
    """A reader would find a title where a story should be, or the report again."""
    least, most = NARRATIVE_WORDS
    assert (least, most) == (60, 200)
    for case in publication(path, vocabulary).cases:
        assert least <= len(case.narrative.split()) <= most


#: The form of each part of a citation: https://www.doi.org/the-identifier/resources/handbook (2.2), and what the
#: National Library of Medicine gives out: PMIDs have at most eight figures.
FORMS = {
    "doi": re.compile(r"10\.[0-9]{4,9}/[A-Za-z0-9.()/:;<>_-]*[A-Za-z0-9)]"),
    "pmid": re.compile(r"[1-9][0-9]{0,7}"),
    "pmcid": re.compile(r"PMC[1-9][0-9]{2,7}"),
    "url": re.compile(r"https?://[a-z0-9.-]+\.[a-z]{2,}\.?(?::[0-9]+)?(?:/\S*)?"),
    "volume": re.compile(r"[A-Za-z0-9][A-Za-z0-9 ()/.-]*"),
    "issue": re.compile(r"[A-Za-z0-9][A-Za-z0-9 ()/.-]*"),
    "pages": re.compile(
        r"[A-Za-z]*[0-9.]+[A-Za-z]?(?:-[A-Za-z]*[0-9.]+[A-Za-z]?)?(?:, ?[A-Za-z]*[0-9.]+(?:-[0-9]+)?)*"
    ),
}


@each_file
def test_a_citation_is_well_formed(path: Path, vocabulary: Vocabulary) -> None:
    """A reader could not follow it, or would be led to another paper than the one that is named."""
    for report in reports(path, vocabulary):
        for key, form in FORMS.items():
            given = getattr(report, key)
            assert given is None or form.fullmatch(given), f"{key}: {given}"
        assert report.year is None or FIRST_YEAR <= report.year <= 2100
        shown = re.fullmatch(r"https?://(?:dx\.)?doi\.org/(.+)", report.url or "")
        assert not (report.doi and shown) or shown[1].casefold() == report.doi.casefold()
        shown = re.search(r"ncbi\.nlm\.nih\.gov/(?:pubmed/|pmc/articles/)(\w+)", report.url or "")
        assert not shown or shown[1] in (report.pmid, report.pmcid) or not (report.pmid or report.pmcid)
        assert all(re.search(r"[^\W\d_]", author) and author == author.strip() for author in report.authors)


def reports(path: Path, vocabulary: Vocabulary) -> list[Report]:
    """Return what a file cites: one publication, or none."""
    return [citation.report for citation in printed(read_records([path], vocabulary))]


@each_record
def test_a_file_is_named_by_its_year(path: Path, vocabulary: Vocabulary) -> None:
    """A file would be looked for under another year."""
    year = publication(path, vocabulary).report.year
    assert path.stem.endswith(f"-{year}" if year else "-nd") or f"-{year}-" in path.stem


#: What no value of the therapy surpasses, with the unit: reported are doses up to some 3000 ug/d.
LIMITS = {"dose": (1, 5000, "ug/d"), "concentration": (10, 10000, "ug/mL"), "implanted_before": (0, 40, "a")}


def ends(given: Quantity, unit: str, vocabulary: Vocabulary) -> Iterator[Decimal]:
    """Yield the known ends of a quantity in another unit."""
    for end in (given.minimum, given.maximum):
        if end is not None:
            yield vocabulary.units.convert(end, given.unit, unit)


@each_record
def test_values_are_plausible(path: Path, vocabulary: Vocabulary) -> None:
    """A slip of the decimal point or of the unit would be published; measurements are held to the ontology's limits."""
    for case in publication(path, vocabulary).cases:
        for key, (least, most, unit) in LIMITS.items():
            given: Quantity | None = getattr(case.therapy, key) if case.therapy else None
            assert given is None or all(least <= end <= most for end in ends(given, unit, vocabulary)), f"{key} {given}"
        for line in (*case.course, *case.outcomes):
            assert line.at is None or all(abs(end) <= 40 for end in ends(line.at, "a", vocabulary)), f"at {line.at}"


#: Words that say nothing of a cause or an event: small ones, and what every patient of the corpus has.
COMMON = frozenset(
    (
        *("a", "an", "and", "at", "by", "for", "from", "in", "of", "on", "or", "the", "to", "with", "without"),
        *("after", "before", "baclofen", "intrathecal", "pump", "therapy"),
    )
)


def title_words(text: str) -> set[str]:
    """Split into words of letters."""
    return set(re.findall(r"[a-z]+", text.casefold())) - COMMON


def giveaways(case: Case, vocabulary: Vocabulary) -> set[str]:
    """Return the words of the labels of a case's events and causes."""
    terms = [vocabulary.words.resolve(event, ("TherapyEvent",)) for event in case.events]
    terms += [vocabulary.words.resolve(link.cause, ("Cause",)) for link in case.causes]
    terms += [vocabulary.words.resolve(link.leads_to, ("Cause", "TherapyEvent")) for link in case.causes]
    return set().union(*(title_words(term.label) for term in terms))


@each_record
def test_a_title_does_not_give_the_cause_away(path: Path, vocabulary: Vocabulary) -> None:
    """A student would know the end of the story from its first line."""
    for case in publication(path, vocabulary).cases:
        assert title_words(case.title) & giveaways(case, vocabulary) == set(), case.title


def test_a_giveaway_is_one(vocabulary: Vocabulary) -> None:
    """The test above would pass over any title."""
    (case,) = read_publication(FICTIONAL / "doe-1901.yaml", vocabulary).cases
    assert {"empty", "reservoir", "missed", "refill", "withdrawal"} <= giveaways(case, vocabulary)
    assert title_words("A pump with an Empty reservoir") == {"empty", "reservoir"}


def own_texts(record: BaseModel) -> Iterator[str]:
    """Yield every text of a record but the title of the publication, which is cited."""
    for free in free_texts(record):
        if free.keys[:2] not in {("report", "title"), ("document", "title"), ("source", "title")}:
            yield free.text


def copied(text: str) -> list[str]:
    """Return the runs of nine words that stand in a source document too."""
    return [run for run, digest in shingles(text) if digest in kept()]


@each_file
def test_no_sentence_of_a_source_stands_in_a_record(path: Path, vocabulary: Vocabulary) -> None:
    """Facts and figures carry over; sentences do not."""
    root = read_nodes(path, path.name)
    record, _ = check_form(root, path.name, vocabulary, kind_of(root).form)
    assert record is not None
    assert [run for text in own_texts(record) for run in copied(text)] == []
    comments = " ".join(re.findall(r"(?:^|\s)#\s(.*)", path.read_text("utf-8"), re.MULTILINE))
    assert copied(comments) == []


TEXTS = sorted(
    path
    for pattern in ("*.md", "docs/**/*.md", "ontology/**/*.*", "itbkg/**/*.py", "api/**/*.*", "tests/**/*.yaml")
    for path in PROJECT.glob(pattern)
    if path.suffix in {".md", ".ttl", ".rq", ".tsv", ".py", ".html", ".yaml"}
)


def test_no_sentence_of_a_source_stands_in_the_project(corpus_records: Records) -> None:
    """A definition, or a page, would be somebody else's; the titles of publications are cited there."""
    titles = sorted({citation.report.title for citation in printed(corpus_records)}, key=len, reverse=True)
    cited = re.compile("|".join(map(re.escape, titles)))
    found = {str(path.relative_to(PROJECT)): copied(cited.sub("|", path.read_text("utf-8"))) for path in TEXTS}
    assert {path: runs for path, runs in found.items() if runs} == {}


def test_a_copied_sentence_would_be_found() -> None:
    """The tests above would pass over any text: no hash would fit, or a word more or a comma would hide the copy."""
    sentence = "One two, three four-five six: SEVEN eight 9.5 ten"
    runs = [run for run, _ in shingles(sentence)]
    assert runs == ["one two three four five six seven eight 9.5", "two three four five six seven eight 9.5 ten"]
    assert {digest for _, digest in shingles("(one) two three four five six seven eight 9.5!")} < {
        digest for _, digest in shingles(sentence)
    }
    assert [*shingles("One two three four five six seven eight")] == []
    assert len(kept()) > 5000
    assert all(re.fullmatch("[0-9a-f]{16}", digest) for digest in kept())
    assert readings("intrath-\necal") == ("intrathecal", "intrath-\necal")

"""Published numbers: their format with what can be wrong in it, their triples, and that nothing is added twice."""

import json
import re
from decimal import Decimal
from functools import cache
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft202012Validator
from rdflib import RDF, URIRef

from itbkg.curation import SCHEMA_PATHS, Records, read_records, record_schema
from itbkg.curation.kinds import KINDS, kind_of
from itbkg.curation.nodes import read_nodes
from itbkg.curation.shares import check_share
from itbkg.errors import Problem, RecordError
from itbkg.namespaces import COHORT, ITB, PUBLICATION, PUBLISHED
from itbkg.records.quantity import parse_quantity
from itbkg.store import Store
from itbkg.triples import Triple
from itbkg.triples.published import overlap_triples, published_triples
from itbkg.vocabulary import Vocabulary
from tests.conftest import FICTIONAL, PROJECT

INVENTED = FICTIONAL / "published"
VALID = (INVENTED / "yoe-1907.yaml").read_text("utf-8")
ONT = "https://w3id.org/itbkg/ont/"

#: What is replaced in the valid record, by what, the text whose line is at fault, field, message and mend.
Break = tuple[str, str, str, str, str, str]
BREAKS: dict[str, Break] = {
    "word that nothing counts": (
        "counts: overdose", "counts: overdoze", "counts: overdoze", "observations[3].counts",
        "'overdoze' is no known event of therapy or", "",
    ),
    "more than all": ("n: 1, of: 8", "n: 9, of: 8", "n: 9", "observations[2].n", "9 of 8 is more than all.", "Look"),
    "percentage that is not that of the counts": (
        "value: 20 %", "value: 21 %", "value: 21", "observations[1].n",
        "8 of 40 is 20.00 %, and 21 % is printed.", "Correct it, or say under 'discrepancy'",
    ),
    "number without a unit": (
        "250.50 ug/d", "250.50", "mean dose", "observations[4].value", "'250.50' is no value with a unit", "",
    ),
    "unknown unit": (
        "250.50 ug/d", "250.50 mcg/d", "mean dose", "observations[4].value",
        "'mcg/d' is no known UCUM unit; did you mean 'ug/d'", "",
    ),
    "denominator of nothing": ("of: 8", "of: 0", "of: 0", "observations[2].of", "0 is too low.", "Give at least 1."),
    "no number and no result": (
        ", detail: Like that of the others", "", "with a shunt", "observations[5].measure",
        "no number and no result is given.", "Give 'n', 'value' or, for a result in words, 'detail'.",
    ),
    "two numbers of one name": (
        "measure: mean dose", "measure: people in withdrawal", "of: 40, value: 250", "observations[4]",
        "an earlier line already states 'people-in-withdrawal'.", "Remove one, or tell them apart with an 'id'.",
    ),
    "period that runs backwards": (
        "1971..1974", "1974..1971", "1974..1971", "source.period", "'1974..1971' does not run forward.", "Write one",
    ),
    "period that is a date": (
        '"1971..1974"', '"1971-05-02"', "1971-05-02", "source.period",
        "'1971-05-02' has not the right form.", "It must match ",
    ),
    "unknown key": (
        "cohort: invented", "cohorte: invented", "cohorte", "observations[6].cohorte",
        "'cohorte' is no known key here; did you mean 'cohort", "Rename or remove it.",
    ),
    "missing measure": (
        "measure: mean dose, ", "", "- {of: 40", "observations[4].measure", "'measure' is missing.", "Add it.",
    ),
}  # fmt: skip


def problems_of(folder: Path, text: str, vocabulary: Vocabulary, name: str = "yoe-1907.yaml") -> tuple[Problem, ...]:
    """Read a record that must fail and return what is wrong with it."""
    path = folder / name
    path.write_text(text, "utf-8")
    with pytest.raises(RecordError) as caught:
        read_records([path], vocabulary)
    return caught.value.problems


@pytest.fixture(scope="module")
def invented(vocabulary: Vocabulary) -> Records:
    """Read the fictional numbers."""
    return read_records(INVENTED.glob("*.yaml"), vocabulary)


@pytest.fixture(scope="module")
def triples(invented: Records, vocabulary: Vocabulary) -> frozenset[Triple]:
    """Make their triples."""
    numbers = (published_triples(name, record, vocabulary) for name, record in invented.published.items())
    made = {triple for source in numbers for triple in source}
    return frozenset(made | set(overlap_triples(invented.all_overlaps, ("roe-1902",))))


def values(triples: frozenset[Triple], subject: URIRef, predicate: URIRef) -> set[str]:
    """Return what a node has under a property, terms of the ontology by their name."""
    return {str(value).removeprefix(ONT) for found, prop, value in triples if (found, prop) == (subject, predicate)}


@pytest.mark.parametrize("broken", BREAKS.values(), ids=BREAKS.keys())
def test_a_broken_record_says_where_and_how_to_mend(broken: Break, tmp_path: Path, vocabulary: Vocabulary) -> None:
    """A curator would hunt for the mistake if file, line, field, message or mend were off."""
    old, new, at, field, message, mend = broken
    assert old in VALID
    text = VALID.replace(old, new, 1)
    found = [one for one in problems_of(tmp_path, text, vocabulary) if one.message.startswith(message)]
    line = text[: text.index(at)].count("\n") + 1
    assert [(problem.line, problem.field) for problem in found] == [(line, field)]
    assert found[0].mend.startswith(mend)


def test_an_overlap_names_each_cohort_once(tmp_path: Path, vocabulary: Vocabulary) -> None:
    """A cohort would overlap with itself."""
    text = (INVENTED / "overlaps.yaml").read_text("utf-8").replace("roe-1902", "yoe-1907")
    [problem] = problems_of(tmp_path, text, vocabulary, "overlaps.yaml")
    assert (problem.field, problem.message) == ("overlaps[1].cohorts", "'yoe-1907' stands here twice.")


def test_two_files_of_one_kind_and_name_are_refused(tmp_path: Path, vocabulary: Vocabulary) -> None:
    """One of them would replace the other without a word."""
    paths = [tmp_path / folder / "yoe-1907.yaml" for folder in ("one", "two")]
    for path in paths:
        path.parent.mkdir()
        path.write_text(VALID, "utf-8")
    with pytest.raises(RecordError, match="a second file of this kind is named 'yoe-1907'"):
        read_records(paths, vocabulary)


@given(st.integers(1, 10_000), st.integers(0, 10_000), st.integers(0, 3))
def test_a_rounded_share_is_taken_and_one_off_by_a_digit_is_not(of: int, n: int, places: int) -> None:
    """A percentage as printed would be refused, or a slip in its last digit be taken."""
    n = min(n, of)
    step = Decimal(1).scaleb(-places)
    printed = (Decimal(100 * n) / of).quantize(step)
    assert list(check_share(n, of, parse_quantity(f"{printed} %"))) == []
    assert list(check_share(n, of, parse_quantity(f"{printed + 2 * step} %"))) != []


@pytest.mark.parametrize(("kind", "path"), [
    ("cases", FICTIONAL / "doe-1901.yaml"), ("guidance", FICTIONAL / "guidance" / "zoe-1906.yaml"),
    ("published", INVENTED / "yoe-1907.yaml"), ("overlaps", INVENTED / "overlaps.yaml"),
])  # fmt: skip
def test_a_file_is_told_by_its_top_keys(kind: str, path: Path) -> None:
    """A file would be held against the wrong format."""
    assert kind_of(read_nodes(path, path.name)).name == kind


def test_a_number_keeps_numerator_denominator_and_what_they_count(triples: frozenset[Triple]) -> None:
    """A number of the graph could not be laid beside the published one."""
    node = PUBLISHED["yoe-1907/deaths-among-people-in-withdrawal"]
    told = {
        RDF.type: {"PublishedObservation"},
        ITB.measure: {"deaths among people in withdrawal"},
        ITB.numerator: {"1"},
        ITB.denominator: {"8"},
        ITB.countsClass: {"Death"},
        ITB.amongClass: {"Withdrawal"},
        ITB.population: {"Invented people with a pump"},
        ITB.period: {"1971..1974"},
        ITB.reportedIn: {str(PUBLICATION["yoe-1907"])},
        ITB.cohort: {str(COHORT["yoe-1907"])},
        ITB.percent: set(),
    }
    assert {predicate: values(triples, node, predicate) for predicate in told} == told


def test_what_goes_along_and_the_own_period_are_kept(triples: frozenset[Triple]) -> None:
    """An overdose from a wrong setting would count as any overdose, or as any wrong setting."""
    node = PUBLISHED["yoe-1907/overdose-from-a-wrong-setting"]
    found = [values(triples, node, predicate) for predicate in (ITB.countsClass, ITB.alongClass, ITB.period)]
    assert found == [{"Overdose"}, {"ProgrammingError"}, {"1974"}]


def test_a_value_keeps_its_text_and_a_percentage_is_the_printed_one(triples: frozenset[Triple]) -> None:
    """Printed digits would be lost, or a percentage be computed that nobody printed."""
    dose = PUBLISHED["yoe-1907/mean-dose"]
    assert values(triples, dose, ITB.valueText) == {"250.50 ug/d"}
    assert values(triples, dose, ITB.minimumValue) == {"250.5"}
    assert values(triples, PUBLISHED["yoe-1907/people-in-withdrawal"], ITB.percent) == {"20"}


def test_a_borrowed_number_has_the_cohort_that_it_is_of(triples: frozenset[Triple]) -> None:
    """A number that two papers quote would be added twice."""
    quoted = PUBLISHED["yoe-1907/deaths-told-by-others"]
    assert values(triples, quoted, ITB.cohort) == {str(COHORT["invented-register"])}
    assert values(triples, PUBLICATION["doe-1901"], ITB.cohort) == {str(COHORT["invented-register"])}


def test_an_overlap_holds_both_ways_and_says_why(triples: frozenset[Triple]) -> None:
    """Whoever asks from the other side would add the numbers of one group."""
    one, other = COHORT["yoe-1907"], COHORT["roe-1902"]
    assert values(triples, one, ITB.overlapsWith) == {str(other)}
    assert values(triples, other, ITB.overlapsWith) == {str(one)}
    assert values(triples, one, ITB.note) == {"The same invented town (possible)"}
    assert values(triples, PUBLICATION["roe-1902"], ITB.cohort) == {str(other)}


def test_a_paper_with_cases_and_numbers_is_one_publication(store: Store) -> None:
    """A paper would stand in the graph twice, or with two titles."""
    asked = """SELECT ?title ?kind {
      ?paper rdfs:label "doe-1901" ; itb:title ?title . ?what itb:reportedIn ?paper ; a ?kind .
      VALUES ?kind { itb:Case itb:PublishedObservation }
    } ORDER BY ?kind"""
    rows = [(title, kind.removeprefix(ONT)) for title, kind in store.with_prefixes().select(asked).texts()]
    assert rows == [("An invented report of an empty pump", kind) for kind in ("Case", "PublishedObservation")]


def test_the_manifest_counts_numbers_and_their_sources(store: Store) -> None:
    """A source could drop out of the graph unseen."""
    counted = store.with_prefixes().select(
        "SELECT (COUNT(?o) AS ?n) (COUNT(DISTINCT ?p) AS ?m) { ?o a itb:PublishedObservation ; itb:reportedIn ?p }"
    )
    numbers = (store.manifest.published_observations, store.manifest.published_sources)
    assert next(counted.texts()) == tuple(map(str, numbers))


def test_an_observation_is_no_case(store: Store) -> None:
    """A domain of the shared property would make every number a case."""
    asked = store.with_prefixes().select("SELECT ?o { ?o a itb:PublishedObservation , itb:Case }")
    assert list(asked.texts()) == []


SOURCES = sorted((PROJECT / "data" / "published").glob("*.yaml"))


@pytest.fixture(scope="module")
def published(vocabulary: Vocabulary) -> Records:
    """Read all published numbers of the corpus."""
    return read_records(SOURCES, vocabulary)


def test_the_numbers_of_the_corpus_have_no_problem(published: Records) -> None:
    """The build would be refused."""
    assert len(published.published) + len(published.overlaps) == len(SOURCES)
    assert sum(len(record.observations) for record in published.published.values()) > 700


def test_every_overlap_names_known_cohorts(published: Records) -> None:
    """An overlap would point to a cohort that is spelt otherwise, and hold for nothing."""
    own = {record.source.cohort or name for name, record in published.published.items()}
    lines = {line.cohort for record in published.published.values() for line in record.observations}
    told = {path.stem for path in (PROJECT / "data" / "cases").glob("*.yaml")}
    named = {cohort for overlap in published.all_overlaps for cohort in overlap.cohorts}
    assert sorted(named - own - lines - told) == []


def test_a_cohort_that_is_named_apart_is_shared_or_explained(published: Records) -> None:
    """A cohort of its own would be a mistyped one."""
    own = [record.source.cohort for record in published.published.values() if record.source.cohort]
    lines = [
        (line.cohort, line.population or line.detail or line.period)
        for record in published.published.values()
        for line in record.observations
        if line.cohort
    ]
    overlapping = {cohort for overlap in published.all_overlaps for cohort in overlap.cohorts}
    assert [cohort for cohort in own if own.count(cohort) == 1 and cohort not in overlapping] == []
    assert [cohort for cohort, said in lines if not said and cohort not in overlapping] == []


@pytest.mark.parametrize("path", SOURCES, ids=[path.stem for path in SOURCES])
def test_a_source_holds_no_calendar_date_of_a_patient(path: Path) -> None:
    """A day on which something happened to somebody could have slipped in."""
    lines = [line for line in path.read_text("utf-8").split("\n") if not line.lstrip().startswith(("url:", "doi:"))]
    assert re.findall(r"\b\d{4}-\d{2}-\d{2}\b|\b\d{1,2}\.\d{1,2}\.\d{4}\b", "\n".join(lines)) == []


@pytest.mark.parametrize("schema", SCHEMA_PATHS)
def test_a_schema_is_that_of_its_format(schema: str) -> None:
    """An editor would show red what the build takes, or the other way round."""
    kept = (PROJECT / schema).read_text("utf-8")
    assert kept == record_schema(schema)
    Draft202012Validator.check_schema(json.loads(kept))


@cache
def validator(schema: str) -> Draft202012Validator:
    """Make the validator of a schema once."""
    return Draft202012Validator(json.loads(record_schema(schema)))


FILES = [*SOURCES, *sorted((PROJECT / "data" / "guidance").glob("*.yaml"))]


@pytest.mark.parametrize("path", FILES, ids=[f"{path.parent.name}-{path.stem}" for path in FILES])
def test_a_file_fits_its_schema_and_is_plain_text(path: Path) -> None:
    """A curator's editor would underline a good record, or two editors show changes where there are none."""
    root = read_nodes(path, path.name)
    kind = kind_of(root)
    assert kind in KINDS
    assert [error.message for error in validator(kind.schema).iter_errors(root.plain())] == []
    raw = path.read_bytes()
    assert raw.endswith(b"\n")
    assert not raw.endswith(b"\n\n")
    assert not any(line.endswith((b" ", b"\r")) or b"\t" in line for line in raw.split(b"\n"))

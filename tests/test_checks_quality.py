"""The rules of quality: examples that pass and that fail, and when an absence contradicts a presence."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pyoxigraph as ox
import pytest
from rdflib import RDF, URIRef

from itbkg.building import Built
from itbkg.checks.quality import Rule, read_rules
from itbkg.checks.results import Kind, fill
from itbkg.errors import OntologyError
from itbkg.namespaces import INFERRED_GRAPH, ONTOLOGY_GRAPH
from itbkg.store import PREFIXES, Store
from itbkg.vocabulary import Vocabulary
from tests.conftest import PROJECT

FOLDER = PROJECT / "ontology" / "quality"
RULES = {rule.check.name: rule for rule in read_rules(FOLDER)}
CASE_GRAPH = "https://w3id.org/itbkg/graph/case/doe-1901/1"
NAMESPACES = PREFIXES | {
    "case": "https://w3id.org/itbkg/case/doe-1901/1/",
    "graph": "https://w3id.org/itbkg/graph/",
    "owl": "http://www.w3.org/2002/07/owl#",
    "dcterms": "http://purl.org/dc/terms/",
    "unit": "https://w3id.org/itbkg/unit/",
    "ext": "https://example.org/",
}
HEADER = "".join(f"@prefix {name}: <{namespace}> .\n" for name, namespace in NAMESPACES.items())
DOE = "<https://w3id.org/itbkg/case/doe-1901/1>"


@dataclass(frozen=True, slots=True)
class Change:
    """Turtle to add to a graph of the dataset, and to remove from it; the default graph follows."""

    add: str = ""
    remove: str = ""
    graph: str = str(ONTOLOGY_GRAPH)


def case(add: str = "", remove: str = "") -> Change:
    """Change what is stated of the fictional case."""
    return Change(add, remove, CASE_GRAPH)


@dataclass(frozen=True, slots=True)
class Example:
    """What a rule must find at a node, and a near miss that it must let pass."""

    node: str
    broken: Change
    near: Change = Change()


#: A class as it should be, and what may be left out of it.
PARTS = {
    "label": 'rdfs:label "invented sign"@en ;',
    "definition": 'skos:definition "A finding that is invented."@en ;',
    "identifier": 'dcterms:identifier "ITBKG:0099999" ;',
    "source": "dcterms:source ext:paper ;",
    "above": "rdfs:subClassOf itb:Finding , itb:Statement ;",
}


def word(without: str = "", plus: str = "") -> Change:
    """Add a class to the ontology."""
    parts = " ".join(text for part, text in PARTS.items() if part != without)
    return Change(f"itb:Invented {parts} {plus} a owl:Class .")


MAPPED = "itb:Seizure skos:exactMatch ext:seizure ."
EXAMPLES: dict[str, Example] = {
    "missing-label": Example("itb:Invented", word("label"), word()),
    "missing-definition": Example("itb:Invented", word("definition"), word()),
    "missing-identifier": Example("itb:Invented", word("identifier"), word()),
    "missing-source": Example("itb:Invented", word("source"), word()),
    "duplicate-identifier": Example(
        "itb:Invented",
        word("identifier", 'dcterms:identifier "ITBKG:0002001" ;'),
        word(),
    ),
    "duplicate-label": Example(
        "itb:Invented",
        word("label", 'rdfs:label "st-segment Elevation"@en ;'),
        word("label", 'rdfs:label "oral baclofen"@en ;'),
    ),
    "duplicate-synonym": Example(
        "itb:Invented",
        word(plus='skos:altLabel "Seizure"@en ;'),
        word(plus='skos:altLabel "oral baclofen"@en ;'),
    ),
    "orphan-class": Example("itb:Invented", word("above"), word("above", "owl:deprecated true ;")),
    "dangling-mapping": Example(
        "itb:Seizure", Change(MAPPED), Change(MAPPED + ' ext:seizure skos:prefLabel "seizure" ; skos:notation "EX:1" .')
    ),
    "deprecated-without-replacement": Example(
        "itb:Invented",
        word(plus="owl:deprecated true ;"),
        word(plus="owl:deprecated true ; dcterms:isReplacedBy itb:Seizure ;"),
    ),
    "deprecated-in-use": Example(
        "doe-1901/1/event/withdrawal",
        Change("itb:Withdrawal owl:deprecated true ; dcterms:isReplacedBy itb:Overdose ."),
        word(plus="owl:deprecated true ; dcterms:isReplacedBy itb:Seizure ;"),
    ),
    "unused-class": Example(
        "itb:Invented", word("source", "dcterms:source <https://w3id.org/itbkg/document/editors> ;"), word()
    ),
    "present-and-absent": Example(
        "doe-1901/1/absence/seizure-0-6-h",
        case(
            "case:absence\\/seizure-0-6-h itb:absentClass itb:Fever ; itb:earliestHours 6.0 .",
            "case:absence\\/seizure-0-6-h itb:earliestHours 0.0 .",
        ),
        case(
            "case:absence\\/seizure-0-6-h itb:absentClass itb:Hypothermia ; itb:earliestHours 6.0 .",
            "case:absence\\/seizure-0-6-h itb:earliestHours 0.0 .",
        ),
    ),
    "present-while-absent": Example(
        "doe-1901/1/absence/seizure-0-6-h",
        case("case:absence\\/seizure-0-6-h itb:absentClass itb:Fever ."),
        case("case:absence\\/seizure-0-6-h itb:absentClass itb:ElevatedCreatineKinase ."),
    ),
    "response-without-finding": Example(
        "doe-1901/1/treatment/oral-baclofen-2-h/response/increased-spasticity",
        case("case:treatment\\/oral-baclofen-2-h\\/response\\/increased-spasticity itb:aboutClass itb:Coma ."),
        case("case:treatment\\/oral-baclofen-2-h\\/response\\/increased-spasticity itb:aboutClass itb:Fever ."),
    ),
    "cause-without-basis": Example(
        "doe-1901/1/cause/missed-refill",
        case(remove="case:assertion\\/missed-refill--empty-reservoir itb:basis itb:AuthorsOpinion ."),
        case("case:assertion\\/missed-refill--empty-reservoir itb:basis itb:SurgicalFinding ."),
    ),
    "cause-in-circle": Example(
        "doe-1901/1/cause/missed-refill",
        case("case:cause\\/empty-reservoir itb:leadsTo case:cause\\/missed-refill ."),
        case("case:cause\\/missed-refill itb:leadsTo case:event\\/withdrawal ."),
    ),
    "undeclared-property": Example(
        "doe-1901/1/patient",
        case("case:patient itb:shoeSize 41 ."),
        case("case:patient itb:episodes 41 ."),
    ),
}


#: More that a rule must find at a new class.
MORE: list[tuple[str, Change]] = [
    ("missing-label", word("label", 'rdfs:label "invented"@de ;')),
    ("missing-definition", word("definition", 'skos:definition "erfunden"@de ;')),
    ("missing-identifier", word("identifier", 'dcterms:identifier "ITBKG:99" ;')),
    ("missing-source", word("source", 'dcterms:source "a paper" ;')),
    ("duplicate-synonym", word(plus='skos:altLabel "Epileptiform eeg"@en ;')),
    ("orphan-class", word("above", "rdfs:subClassOf itb:Invented ;")),
    (
        "deprecated-without-replacement",
        word(plus='owl:deprecated true ; dcterms:isReplacedBy [ rdfs:label "old"@en ; owl:deprecated true ] ;'),
    ),
    ("deprecated-without-replacement", word(plus="owl:deprecated true ; dcterms:isReplacedBy itb:Nothing ;")),
    ("deprecated-in-use", word(plus="rdfs:subClassOf [ owl:deprecated true ] ;")),
]
EDITORS = "dcterms:source <https://w3id.org/itbkg/document/editors> ;"
#: More that a rule must not find at a new class.
NEARER: list[tuple[str, Change]] = [
    ("duplicate-synonym", word(plus='skos:altLabel "invented sign"@en ;')),
    ("unused-class", word("source", EDITORS + " owl:deprecated true ;")),
    ("unused-class", Change(word("source", EDITORS).add + " itb:IncreasedSpasticity rdfs:subClassOf itb:Invented .")),
]


@pytest.fixture(scope="module")
def inner(built: Built) -> ox.Store:
    """Load the fictional graph once; the tests change it back."""
    loaded = ox.Store()
    loaded.bulk_load(built.nquads, format=ox.RdfFormat.N_QUADS)
    return loaded


def triples(turtle: str) -> list[ox.Triple]:
    """Read Turtle."""
    return [quad.triple for quad in ox.parse(HEADER + turtle, format=ox.RdfFormat.TURTLE)]


@contextmanager
def changed(inner: ox.Store, change: Change) -> Iterator[None]:
    """Change a named graph and the default graph for a while."""
    graphs = (ox.NamedNode(change.graph), ox.DefaultGraph())
    added = [ox.Quad(one.subject, one.predicate, one.object, graph) for one in triples(change.add) for graph in graphs]
    removed = [
        ox.Quad(one.subject, one.predicate, one.object, graph) for one in triples(change.remove) for graph in graphs
    ]
    added = [quad for quad in added if quad not in inner]
    assert all(quad in inner for quad in removed)
    for quad in removed:
        inner.remove(quad)
    inner.extend(added)
    yield
    for quad in added:
        inner.remove(quad)
    inner.extend(removed)


def found(inner: ox.Store, built: Built, rule: str, change: Change) -> set[str]:
    """Return the nodes at which a rule finds something after a change."""
    with changed(inner, change):
        return {finding.node for finding in RULES[rule].findings(Store(inner, built.manifest))}


def test_every_rule_has_its_examples() -> None:
    """A rule was added that nothing shows to work."""
    assert RULES.keys() == EXAMPLES.keys()


@pytest.mark.parametrize("name", EXAMPLES)
def test_failing_example(name: str, inner: ox.Store, built: Built) -> None:
    """A rule overlooks what it is there for."""
    assert EXAMPLES[name].node in found(inner, built, name, EXAMPLES[name].broken)


@pytest.mark.parametrize("name", EXAMPLES)
def test_passing_example(name: str, inner: ox.Store, built: Built) -> None:
    """A rule finds fault with what is right, untouched or changed in another way."""
    example = EXAMPLES[name]
    assert example.node not in found(inner, built, name, Change())
    assert example.node not in found(inner, built, name, example.near)


@pytest.mark.parametrize(("name", "change"), MORE)
def test_each_part_of_a_rule_counts(name: str, change: Change, inner: ox.Store, built: Built) -> None:
    """A rule looks for one of several faults and overlooks the others."""
    assert "itb:Invented" in found(inner, built, name, change)


@pytest.mark.parametrize(("name", "change"), NEARER)
def test_a_rule_goes_no_further(name: str, change: Change, inner: ox.Store, built: Built) -> None:
    """A rule finds fault with what is right."""
    assert "itb:Invented" not in found(inner, built, name, change)


@pytest.mark.parametrize(
    "rule", [rule for rule in RULES.values() if rule.check.kind is Kind.FAILURE], ids=lambda rule: rule.check.name
)
def test_fictional_corpus_passes(rule: Rule, store: Store) -> None:
    """A rule fails the ontology as it is, or a good record."""
    assert list(rule.findings(store)) == []


@pytest.mark.parametrize("name", RULES)
def test_finding_says_what_is_wrong_and_what_to_do(name: str, inner: ox.Store, built: Built) -> None:
    """A curator would read a finding and not know where, what or how to mend it."""
    with changed(inner, EXAMPLES[name].broken):
        findings = list(RULES[name].findings(Store(inner, built.manifest)))
    for finding in findings:
        assert finding.message.endswith(".")
        assert finding.mend.endswith(".")
        assert "{" not in finding.message + finding.mend
    assert RULES[name].reading.endswith(".")
    assert RULES[name].check.title


@pytest.mark.parametrize("rule", RULES.values(), ids=RULES)
def test_rules_use_known_names_alone(rule: Rule, vocabulary: Vocabulary) -> None:
    """A misspelt property or class would find nothing, and pass."""
    named = {URIRef(PREFIXES["itb"] + name) for name in re.findall(r"\bitb:(\w+)", rule.query)}
    assert named - set(vocabulary.graph.subjects(RDF.type)) == set()


def test_a_finding_names_its_case(inner: ox.Store, built: Built) -> None:
    """A curator would not know which record to open."""
    with changed(inner, EXAMPLES["cause-in-circle"].broken):
        findings = list(RULES["cause-in-circle"].findings(Store(inner, built.manifest)))
    assert {finding.case for finding in findings} == {"doe-1901/1"}


#: Times of an absence of seizure and of a tonic seizure, and what follows where the absence is told first, in the same
#: line, and afterwards.
SAME, WITHIN, NOTHING = "present-and-absent", "present-while-absent", None
TIMES = {
    "both without time": ("", "", (NOTHING, SAME, WITHIN)),
    "the same moment": ("0 0", "0 0", (SAME, SAME, SAME)),
    "the same window": ("0 48", "0 48", (NOTHING, SAME, WITHIN)),
    "the same window, open at its end": ("0 -", "0 -", (NOTHING, SAME, WITHIN)),
    "the same hospital day without hours": ("day 2", "day 2", (NOTHING, SAME, WITHIN)),
    "absent before, present later": ("0 0", "6 6", (NOTHING, NOTHING, NOTHING)),
    "present before, absent later": ("48 48", "-24 0", (NOTHING, NOTHING, NOTHING)),
    "absent at one hour of a long presence": ("0 0", "0 504", (NOTHING, NOTHING, NOTHING)),
    "windows that overlap in part": ("0 24", "12 48", (NOTHING, NOTHING, NOTHING)),
    "different hospital days": ("day 1", "day 3", (NOTHING, NOTHING, NOTHING)),
    "present in the middle of the absence": ("0 504", "12 12", (WITHIN, WITHIN, WITHIN)),
    "present at the end of the absence": ("0 6", "6 6", (WITHIN, WITHIN, WITHIN)),
    "present at the beginning of the absence": ("0 6", "0 0", (WITHIN, WITHIN, WITHIN)),
    "absent without time, present at an hour": ("", "12 12", (NOTHING, NOTHING, WITHIN)),
    "absent without time, present on a day": ("", "day 2", (NOTHING, NOTHING, WITHIN)),
    "present without time": ("0 0", "", (NOTHING, NOTHING, NOTHING)),
    "a day against an hour": ("day 1", "0 0", (NOTHING, NOTHING, NOTHING)),
    "absent from an hour on": ("0 -", "12 12", (WITHIN, WITHIN, WITHIN)),
    "present from an hour on": ("0 24", "0 -", (NOTHING, NOTHING, NOTHING)),
}
ORDERS = {"told first": 1, "the same line": 2, "told afterwards": 3}


def timed(subject: str, times: str) -> str:
    """Write a window or a hospital day as Turtle: '0 6' in hours, '-' for an open end, 'day 2'."""
    first, _, last = times.partition(" ")
    if first == "day":
        return f"{subject} itb:hospitalDay {last} ."
    ends = (("earliestHours", first), ("latestHours", last))
    return " ".join(f"{subject} itb:{name} {end}.0 ." for name, end in ends if end not in ("", "-"))


@pytest.mark.parametrize("order", ORDERS)
@pytest.mark.parametrize("times", TIMES)
def test_absence_against_presence(times: str, order: str, inner: ox.Store, built: Built) -> None:
    """A contradiction is overlooked, or what may follow on something else is called one."""
    absent, present, expected = TIMES[times]
    stated = f"{DOE} itb:hasAbsence case:no ; itb:hasFinding case:yes . case:no itb:absentClass itb:Seizure ."
    told = f"case:no itb:storyOrder {ORDERS[order]} . case:yes itb:storyOrder 2 ; a itb:TonicSeizure, itb:Seizure ."
    change = case(f"{stated} {told} {timed('case:no', absent)} {timed('case:yes', present)}")
    rules = {rule for rule in (SAME, WITHIN) if "doe-1901/1/no" in found(inner, built, rule, change)}
    assert rules == {expected[ORDERS[order] - 1]} - {NOTHING}


def test_an_implied_finding_stands_where_its_measurement_is_told(inner: ox.Store, built: Built) -> None:
    """A value above the limit could not contradict an absence that its own line states."""
    measured = "case:value itb:storyOrder 2 . case:yes itb:impliedBy case:value ; a itb:Fever ."
    stated = f"{DOE} itb:hasAbsence case:no ; itb:hasFinding case:yes . case:no itb:absentClass itb:Fever ."
    change = case(f"{stated} {measured} case:no itb:storyOrder 2 .")
    assert "doe-1901/1/no" in found(inner, built, SAME, change)


def test_absence_of_the_narrower_contradicts_nothing(inner: ox.Store, built: Built) -> None:
    """A seizure of one kind could not be stated beside the absence of another."""
    stated = f"{DOE} itb:hasAbsence case:no ; itb:hasFinding case:yes . case:no itb:absentClass itb:TonicSeizure ."
    told = "case:no itb:storyOrder 2 . case:yes itb:storyOrder 2 ."
    change = case(f"{stated} {told} case:yes a itb:Seizure .")
    spread = Change("case:no itb:absentClass itb:Seizure .", graph=str(INFERRED_GRAPH))
    assert "doe-1901/1/no" not in found(inner, built, SAME, change)
    with changed(inner, change):
        assert "doe-1901/1/no" not in found(inner, built, SAME, spread)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("SELECT ?node { ?node ?p ?o }", r"lacks \['columns', 'kind', 'message', 'reading', 'title'\]"),
        ("# title: x\n# reading: x\n# kind: rumour\n# columns: node\n# message: x\n", "kind or first column"),
        ("# title: x\n# reading: x\n# kind: report\n# columns: label\n# message: x\n", "kind or first column"),
    ],
)
def test_a_header_that_is_not_whole_is_named(text: str, message: str, tmp_path: Path) -> None:
    """A rule would be passed over, or its findings said without words."""
    (tmp_path / "broken.rq").write_text(text, "utf-8")
    with pytest.raises(OntologyError, match=message):
        read_rules(tmp_path)


def test_a_folder_without_rules_is_refused(tmp_path: Path) -> None:
    """A corpus without rules would seem to pass them all."""
    with pytest.raises(OntologyError, match="no rule"):
        read_rules(tmp_path)


def test_columns_are_those_of_the_query(store: Store, tmp_path: Path) -> None:
    """A finding would be said with another value than the rule means."""
    header = "# title: x\n# reading: x\n# kind: report\n# columns: node\n# message: x. y.\n"
    (tmp_path / "other.rq").write_text(header + "SELECT ?other { ?other ?p ?o } LIMIT 1", "utf-8")
    with pytest.raises(OntologyError, match="names other columns"):
        list(read_rules(tmp_path)[0].findings(store))


def test_a_message_without_a_value_for_its_slot_fails() -> None:
    """A curator would read the name of a column in the place of its value."""
    assert fill("{node} is {found}", {"node": "a", "found": "b"}) == "a is b"
    with pytest.raises(KeyError):
        fill("{node}", {})

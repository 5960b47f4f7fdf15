"""The shapes: for each one an example that passes and one that fails, both made of the fictional case."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

import pytest
from rdflib import RDF, RDFS, SH, Graph, Literal, Namespace, URIRef

from itbkg.checks.results import Check, Kind
from itbkg.checks.shapes import Shapes
from itbkg.checks.views import Statement, Views
from itbkg.errors import OntologyError
from itbkg.namespaces import BASE, CASE, ITB, PUBLICATION, UNIT
from itbkg.store import Store
from itbkg.vocabulary import Vocabulary
from tests.conftest import PROJECT

ONT = Namespace("https://w3id.org/itbkg/ont/")
DOE = CASE["doe-1901/1"]
FOLDER = PROJECT / "ontology" / "shapes"
SHAPES = Shapes.read(FOLDER)
PREFIXES = "".join(
    f"@prefix {name}: <{namespace}> .\n"
    for name, namespace in {"shape": BASE + "shape/", "itb": str(ONT), "sh": str(SH), "rdfs": str(RDFS)}.items()
)
TEXTS = "rdfs:label 'x' ; sh:message 'X. Mend it.'"

Change = Callable[[Graph], object]


def node(name: str) -> URIRef:
    """Name a node of the case."""
    return CASE[f"doe-1901/1/{name}"]


PATIENT, THERAPY, EVENT = node("patient"), node("therapy"), node("event/withdrawal")
SIGN, NO_SEIZURE = node("finding/increased-spasticity-0-h"), node("absence/seizure-0-6-h")
FEVER, TEMPERATURE = node("implied/fever-by-body-temperature-6-h"), node("measurement/body-temperature-6-h")
KINASE, DELAY = node("measurement/creatine-kinase-6-12-h"), node("delay/delay-to-diagnosis")
DRUG, INTERROGATION = node("treatment/oral-baclofen-2-h"), node("investigation/pump-interrogation-12-h")
RESPONSE, SEPSIS = node("treatment/oral-baclofen-2-h/response/increased-spasticity"), node("diagnosis/sepsis-6-h")
EMPTY, MISSED = node("cause/empty-reservoir"), node("cause/missed-refill")
LINK, FIRST_LINK = node("assertion/empty-reservoir--withdrawal"), node("assertion/missed-refill--empty-reservoir")
PALSY, RECOVERY = node("condition/cerebral-palsy"), node("outcome/recovery-3-d")
REPORT, OTHER = PUBLICATION["doe-1901"], PUBLICATION["roe-1902"]
PLACE = PUBLICATION["doe-1901/place/case/2"]


def without(subject: URIRef, predicate: URIRef, value: URIRef | Literal | None = None) -> Change:
    """Remove what a node has under a property, or one value of it."""
    return lambda graph: graph.remove((subject, predicate, value))


def plus(subject: URIRef, predicate: URIRef, value: URIRef | Literal) -> Change:
    """Add a value."""
    return lambda graph: graph.add((subject, predicate, value))


def instead(subject: URIRef, predicate: URIRef, value: URIRef | Literal) -> Change:
    """Put a value in the place of all."""
    return lambda graph: graph.set((subject, predicate, value))


def together(*changes: Change) -> Change:
    """Make several changes."""
    return lambda graph: [change(graph) for change in changes]


def typed(subject: URIRef, word: str) -> Change:
    """Give a node another class."""
    return together(instead(subject, RDF.type, ONT[word]), instead(subject, ITB.statedClass, ONT[word]))


def number(value: str) -> Literal:
    """Make a number as the graph writes it."""
    return Literal(Decimal(value))


def untouched(graph: Graph) -> None:
    """Leave the case as it is."""


@dataclass(frozen=True, slots=True)
class Example:
    """What breaks a shape, at which node, and what makes the case an example of it where it is none yet.

    `also` names shapes that cannot hold either where this one is broken.
    """

    broken: Change
    at: URIRef
    sound: Change = untouched
    also: frozenset[str] = frozenset()


EXAMPLES: dict[str, Example] = {
    # case
    "case-title": Example(without(DOE, ITB.title), DOE),
    "case-narrative": Example(without(DOE, ITB.narrative), DOE),
    "case-publication": Example(
        together(plus(DOE, ITB.reportedIn, OTHER), plus(OTHER, RDFS.label, Literal("roe-1902"))), DOE
    ),
    "case-patient": Example(without(DOE, ITB.hasPatient), DOE),
    "case-therapy": Example(plus(DOE, ITB.hasTherapy, SIGN), DOE),
    "case-event": Example(without(DOE, ITB.hasEvent), DOE, also=frozenset({"chain-ends-in-event", "assertion-effect"})),
    "case-clock": Example(without(DOE, ITB.clock), DOE),
    "case-cause": Example(together(without(DOE, ITB.hasCause), without(DOE, ITB.hasCausalAssertion)), DOE),
    "case-outcome": Example(without(DOE, ITB.hasOutcome), DOE),
    # publication
    "publication-title": Example(without(REPORT, ITB.title), REPORT),
    "publication-reading": Example(instead(REPORT, ITB.readAs, ONT.Severe), REPORT),
    "publication-review": Example(without(REPORT, ITB.reviewStatus), REPORT),
    "place-publication": Example(instead(PLACE, ITB.placeIn, OTHER), PLACE),
    "place-section": Example(without(PLACE, ITB.section), PLACE),
    "place-paragraph": Example(instead(PLACE, ITB.paragraph, Literal(0)), PLACE),
    # statements
    "labelled": Example(without(SIGN, RDFS.label), SIGN),
    "stated-somewhere": Example(without(FEVER, ITB.statedAt), FEVER),
    "one-class": Example(instead(SIGN, RDF.type, ONT.Seizure), SIGN),
    "shown-of-case": Example(plus(INTERROGATION, ITB.shows, node("cause/catheter-kink")), INTERROGATION),
    "response-of-case": Example(instead(RESPONSE, ITB.responseOf, node("finding/coma")), RESPONSE),
    "implied-by-measurement": Example(instead(FEVER, ITB.impliedBy, node("measurement/sodium")), FEVER),
    "implied-by-rule": Example(without(FEVER, ITB.byRule), FEVER),
    # classes
    "event-class": Example(typed(EVENT, "Seizure"), EVENT),
    "finding-class": Example(typed(SIGN, "Finding"), SIGN),
    "measurement-class": Example(typed(TEMPERATURE, "Fever"), TEMPERATURE),
    "treatment-class": Example(typed(DRUG, "Oral"), DRUG),
    "investigation-class": Example(typed(INTERROGATION, "Pump"), INTERROGATION),
    "diagnosis-class": Example(typed(SEPSIS, "Seizure"), SEPSIS),
    "delay-class": Example(typed(DELAY, "Coma"), DELAY),
    "outcome-class": Example(typed(RECOVERY, "Improved"), RECOVERY),
    "cause-class": Example(typed(EMPTY, "Seizure"), EMPTY),
    "condition-class": Example(typed(PALSY, "Seizure"), PALSY),
    "response-class": Example(typed(RESPONSE, "Seizure"), RESPONSE),
    "absence-class": Example(instead(NO_SEIZURE, ITB.absentClass, ONT.OralBaclofen), NO_SEIZURE),
    "response-about": Example(instead(RESPONSE, ITB.aboutClass, ONT.OralBaclofen), RESPONSE),
    "possible-class": Example(
        plus(KINASE, ITB.possibleClass, ONT.Seizure), KINASE, plus(KINASE, ITB.possibleClass, ONT.Sodium)
    ),
    # values
    "clock": Example(instead(DOE, ITB.clock, ONT.Severe), DOE),
    "sex": Example(plus(PATIENT, ITB.sex, ONT.Male), PATIENT),
    "severity": Example(instead(SIGN, ITB.severity, ONT.Oral), SIGN),
    "route": Example(instead(DRUG, ITB.route, ONT.Severe), DRUG),
    "approach": Example(plus(DRUG, ITB.approach, ONT.Oral), DRUG, plus(DRUG, ITB.approach, ONT.SurgicalApproach)),
    "diagnosis-status": Example(plus(SEPSIS, ITB.became, ONT.Confirmed), SEPSIS),
    "pump-model": Example(
        plus(THERAPY, ITB.pumpModel, ONT.Pump), THERAPY, plus(THERAPY, ITB.pumpModel, ONT.SynchroMedPump)
    ),
    "citation-status": Example(instead(REPORT, ITB.citationStatus, ONT.Severe), REPORT),
    "publication-status": Example(
        plus(REPORT, ITB.publicationStatus, ONT.Checked),
        REPORT,
        plus(REPORT, ITB.publicationStatus, ONT.RetractedPublication),
    ),
    "age-group": Example(instead(PATIENT, ITB.ageGroup, ONT.Female), PATIENT),
    # quantities
    "quantity-text": Example(without(TEMPERATURE, ITB.valueText), TEMPERATURE),
    "quantity-unit": Example(instead(TEMPERATURE, ITB.unit, UNIT["degree-rankine"]), TEMPERATURE),
    "quantity-number": Example(
        together(without(DRUG, ITB.minimumValue), without(DRUG, ITB.maximumValue)),
        DRUG,
    ),
    "quantity-order": Example(instead(DRUG, ITB.minimumValue, number("30")), DRUG),
    "canonical-order": Example(instead(DELAY, ITB.canonicalMinimum, number("13")), DELAY),
    "reference-order": Example(instead(KINASE, ITB.referenceLow, number("300")), KINASE),
    "concentration-order": Example(
        together(
            plus(THERAPY, ITB.concentrationMinimum, number("2000")),
            plus(THERAPY, ITB.concentrationMaximum, number("500")),
        ),
        THERAPY,
        together(
            plus(THERAPY, ITB.concentrationMinimum, number("500")),
            plus(THERAPY, ITB.concentrationMaximum, number("500")),
        ),
    ),
    "comparator": Example(
        plus(KINASE, ITB.comparator, Literal("~")), KINASE, plus(KINASE, ITB.comparator, Literal(">="))
    ),
    "comparable": Example(
        together(without(KINASE, ITB.canonicalMinimum), without(KINASE, ITB.canonicalMaximum)), KINASE
    ),
    "measurement-unit": Example(instead(TEMPERATURE, ITB.unit, UNIT.milligram), TEMPERATURE),
    "measurement-not-below": Example(instead(TEMPERATURE, ITB.canonicalMinimum, number("3.9")), TEMPERATURE),
    "measurement-not-above": Example(instead(TEMPERATURE, ITB.canonicalMaximum, number("390")), ONT.BodyTemperature),
    "delay-unit": Example(instead(DELAY, ITB.unit, UNIT.milligram), DELAY),
    "age-order": Example(instead(PATIENT, ITB.ageMinimum, number("41")), PATIENT),
    "age-plausible": Example(instead(PATIENT, ITB.ageMaximum, number("400")), PATIENT),
    # times
    "time-order": Example(instead(NO_SEIZURE, ITB.earliestHours, number("7")), NO_SEIZURE),
    "time-once": Example(plus(SIGN, ITB.latestHours, number("1")), SIGN),
    "story-order": Example(without(SIGN, ITB.storyOrder), SIGN),
    # causes
    "chain-ends-in-event": Example(
        together(
            without(EMPTY, ITB.leadsTo),
            without(LINK, ITB.assertedEffect),
            plus(EMPTY, ITB.leadsTo, MISSED),
            plus(LINK, ITB.assertedEffect, MISSED),
        ),
        EMPTY,
    ),
    "link-asserted": Example(plus(MISSED, ITB.leadsTo, EVENT), MISSED),
    "assertion-cause": Example(without(DOE, ITB.hasCause, MISSED), FIRST_LINK),
    "assertion-effect": Example(
        together(plus(LINK, ITB.assertedEffect, SIGN), plus(EMPTY, ITB.leadsTo, SIGN)),
        LINK,
    ),
    "certainty-given": Example(without(LINK, ITB.certainty), LINK),
    "basis-given": Example(without(LINK, ITB.basis), LINK),
}

#: Other ways to break a shape: it asks for several things at once.
MORE: list[tuple[str, Change]] = [
    ("case-title", plus(DOE, ITB.title, Literal("Another title"))),
    ("case-title", instead(DOE, ITB.title, Literal(""))),
    ("case-narrative", plus(DOE, ITB.narrative, Literal("Another story"))),
    ("case-patient", plus(DOE, ITB.hasPatient, PALSY)),
    ("publication-title", plus(REPORT, ITB.title, Literal("Another title"))),
    ("publication-reading", without(REPORT, ITB.readAs)),
    ("publication-reading", plus(REPORT, ITB.readAs, ONT.AbstractOnly)),
    ("publication-review", plus(REPORT, ITB.reviewStatus, ONT.Entered)),
    ("publication-review", instead(REPORT, ITB.reviewStatus, ONT.FullText)),
    ("place-publication", without(PLACE, ITB.placeIn)),
    ("place-section", plus(PLACE, ITB.section, Literal("Discussion"))),
    ("place-paragraph", plus(PLACE, ITB.paragraph, Literal(7))),
    ("labelled", plus(SIGN, RDFS.label, Literal("another label"))),
    ("stated-somewhere", instead(FEVER, ITB.statedAt, SIGN)),
    ("one-class", without(SIGN, ITB.statedClass)),
    ("one-class", plus(SIGN, ITB.statedClass, ONT.Seizure)),
    ("response-of-case", plus(RESPONSE, ITB.responseOf, FEVER)),
    ("implied-by-measurement", plus(FEVER, ITB.impliedBy, KINASE)),
    ("absence-class", without(NO_SEIZURE, ITB.absentClass)),
    ("absence-class", plus(NO_SEIZURE, ITB.absentClass, ITB.Finding)),
    ("response-about", without(RESPONSE, ITB.aboutClass)),
    ("response-about", plus(RESPONSE, ITB.aboutClass, ONT.Seizure)),
    ("clock", plus(DOE, ITB.clock, ONT.ClockAdmission)),
    ("sex", instead(PATIENT, ITB.sex, ONT.Oral)),
    ("route", plus(DRUG, ITB.route, ONT.Intrathecal)),
    ("quantity-text", plus(TEMPERATURE, ITB.valueText, Literal("39 Cel"))),
    ("quantity-unit", without(TEMPERATURE, ITB.unit)),
    ("quantity-unit", plus(TEMPERATURE, ITB.unit, UNIT["degree-fahrenheit"])),
    ("quantity-number", instead(DRUG, ITB.minimumValue, Literal("twenty"))),
    ("quantity-order", plus(DRUG, ITB.minimumValue, number("10"))),
    ("comparator", together(plus(KINASE, ITB.comparator, Literal("<")), plus(KINASE, ITB.comparator, Literal(">")))),
    ("comparable", instead(KINASE, ITB.canonicalMaximum, Literal("500"))),
    ("measurement-not-above", instead(TEMPERATURE, ITB.canonicalMinimum, number("390"))),
    ("age-plausible", instead(PATIENT, ITB.ageMinimum, number("-1"))),
    ("time-once", plus(SIGN, ITB.earliestHours, number("-1"))),
    ("time-once", plus(SIGN, ITB.hospitalDay, Literal(0))),
    ("time-once", instead(SIGN, ITB.latestHours, Literal("0"))),
    ("story-order", plus(SIGN, ITB.storyOrder, Literal(7))),
    ("story-order", instead(SIGN, ITB.storyOrder, Literal(0))),
    ("link-asserted", instead(FIRST_LINK, ITB.assertedEffect, EVENT)),
    ("certainty-given", plus(LINK, ITB.certainty, ONT.Possible)),
    ("certainty-given", instead(LINK, ITB.certainty, ONT.Severe)),
    ("basis-given", plus(LINK, ITB.basis, ONT.Certain)),
]


@pytest.fixture(scope="module")
def views(store: Store) -> Views:
    """Read the fictional cases as the shapes see them."""
    return Views(store)


@pytest.fixture(scope="module")
def doe(views: Views) -> Graph:
    """Take the triples of one fictional case."""
    return changed(views.triples("doe-1901/1"))


def changed(triples: Iterable[Statement], *changes: Change) -> Graph:
    """Copy triples and change the copy."""
    copy = Graph()
    for triple in triples:
        copy.add(triple)
    for change in changes:
        change(copy)
    return copy


def breaches(views: Views, doe: Graph, *changes: Change) -> set[tuple[str, str]]:
    """Change the case and return (shape, node) of every breach."""
    return {(shape, where) for shape, where, _ in SHAPES.breaches(views.view(changed(doe, *changes)))}


def focus_nodes(graph: Graph, shape: URIRef) -> set[object]:
    """Find what a shape looks at (https://www.w3.org/TR/shacl/#targets)."""
    found: set[object] = set()
    for target in SHAPES.graph.objects(shape, SH.targetClass):
        found |= set(graph.subjects(RDF.type, target))
    for target in SHAPES.graph.objects(shape, SH.targetSubjectsOf):
        found |= set(graph.subjects(target))
    for target in SHAPES.graph.objects(shape, SH.targetObjectsOf):
        found |= set(graph.objects(None, target))
    return found


def test_every_shape_has_its_examples() -> None:
    """A shape was added that nothing shows to work."""
    assert {check.name for check in SHAPES.checks} == EXAMPLES.keys()


@pytest.mark.parametrize("name", EXAMPLES)
def test_passing_example(name: str, views: Views, doe: Graph) -> None:
    """A shape refuses what is right, or looks at nothing in the example."""
    assert EXAMPLES[name].sound is untouched or breaches(views, doe, EXAMPLES[name].sound) == set()
    view = views.view(changed(doe, EXAMPLES[name].sound))
    assert focus_nodes(view, URIRef(f"https://w3id.org/itbkg/shape/{name}"))


@pytest.mark.parametrize("name", EXAMPLES)
def test_failing_example(name: str, views: Views, doe: Graph) -> None:
    """A shape overlooks what it is there for, or another one speaks in its place."""
    where = str(EXAMPLES[name].at).replace(CASE, "").replace(ONT, "itb:")
    found = breaches(views, doe, EXAMPLES[name].broken)
    assert {shape for shape, _ in found} == {name} | EXAMPLES[name].also
    assert (name, where) in found


@pytest.mark.parametrize(("name", "change"), MORE, ids=[f"{name}-{number}" for number, (name, _) in enumerate(MORE)])
def test_each_part_of_a_shape_counts(name: str, change: Change, views: Views, doe: Graph) -> None:
    """A shape holds one of several things and lets the others go."""
    assert name in {shape for shape, _ in breaches(views, doe, change)}


def test_all_fictional_cases_pass(views: Views, store: Store) -> None:
    """A shape refuses a good case."""
    assert len(views) == store.manifest.cases
    for case, view in views:
        found = {name for name, _, _ in SHAPES.breaches(view)}
        assert found <= {check.name for check in SHAPES.checks if check.kind is Kind.REPORT}, case


@pytest.mark.parametrize("check", SHAPES.checks, ids=lambda check: check.name)
def test_message_says_what_is_wrong_and_what_to_do(check: Check) -> None:
    """A curator would read a breach and not know how to mend it."""
    finding = SHAPES.finding(check, "doe-1901/1", "", "")
    assert finding.message.endswith(".")
    assert finding.mend.endswith(".")
    assert check.title


def test_a_breach_is_a_failure_or_a_report() -> None:
    """What the report leaves open would fail the corpus, or a fault would only be listed."""
    assert {check.name for check in SHAPES.checks if check.kind is Kind.REPORT} == {"case-cause", "case-outcome"}


def test_shapes_use_known_names_alone(vocabulary: Vocabulary) -> None:
    """A misspelt property or class would look at nothing, and pass."""
    terms = {term for triple in SHAPES.graph for term in triple if isinstance(term, URIRef)}
    assert [term for term in terms if term.startswith(str(SH)) and term not in SH] == []
    ours = {term for term in terms if term in ONT}
    assert ours - set(vocabulary.graph.subjects(RDF.type)) == set()


def test_inferred_types_do_not_hide_a_wrong_class(views: Views, doe: Graph) -> None:
    """What a case has as a finding is one by the range of the property, and no shape would see what it is."""
    view = views.view(doe)
    assert set(view.objects(SIGN, RDF.type)) == {ONT.IncreasedSpasticity}
    assert set(view.objects(FEVER, RDF.type)) == {ONT.Fever}


def test_a_view_holds_the_words_of_its_case_alone(views: Views, doe: Graph) -> None:
    """The time for a case would grow with the ontology."""
    view = views.view(doe)
    assert (ONT.IncreasedSpasticity, RDFS.subClassOf, ITB.Finding) in view
    assert (ONT.Seizure, RDFS.subClassOf, ITB.Finding) in view
    assert (ONT.CatheterKink, None, None) not in view


def test_a_unit_that_converts_will_do(views: Views, doe: Graph) -> None:
    """A value could be given in none but the canonical unit, or in one that the case uses elsewhere."""
    assert breaches(views, doe, instead(TEMPERATURE, ITB.unit, UNIT["degree-fahrenheit"])) == set()


def test_a_property_may_be_new(views: Views, doe: Graph) -> None:
    """The record format could not grow without an edit of the shapes."""
    assert breaches(views, doe, plus(SIGN, ITB.episodes, Literal(3))) == set()


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("this is no Turtle", "broken.ttl: not Turtle"),
        ("", "no shape"),
        ("shape:x a sh:NodeShape ; sh:targetClass itb:Case .", "shape/x> lacks its label, message, severity or target"),
        (f"shape:x a sh:NodeShape ; {TEXTS} ; sh:severity sh:Bad ; sh:targetClass itb:Case .", "lacks its label"),
        (f"shape:x a sh:NodeShape ; {TEXTS} ; sh:severity sh:Info ; sh:targetClas itb:Case .", "severity or target"),
    ],
)
def test_a_file_of_shapes_that_cannot_be_used_is_named(text: str, message: str, tmp_path: Path) -> None:
    """A broken shape would be passed over, and what it guards with it."""
    (tmp_path / "broken.ttl").write_text(PREFIXES + text, "utf-8")
    with pytest.raises(OntologyError, match=message):
        Shapes.read(tmp_path)


def test_a_shape_that_cannot_be_applied_is_an_error(doe: Graph, tmp_path: Path) -> None:
    """A slip in a shape would look as if all cases passed."""
    wrong = f"shape:x a sh:PropertyShape ; {TEXTS} ; sh:severity sh:Violation ; sh:targetClass itb:Case ."
    (tmp_path / "wrong.ttl").write_text(PREFIXES + wrong, "utf-8")
    with pytest.raises(OntologyError, match="cannot be applied"):
        list(Shapes.read(tmp_path).breaches(doe))

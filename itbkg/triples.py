"""From a record to RDF triples: pure, deterministic, without blank nodes."""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from rdflib import RDF, RDFS, XSD, Literal, URIRef

from itbkg.namespaces import CASE, ITB
from itbkg.naming import case_iri, line_words, node_name, place_iri, publication_iri, shown_name, slug
from itbkg.records import (
    Absence,
    Case,
    CauseLink,
    Considered,
    DelayLine,
    FindingLine,
    InvestigationLine,
    MeasurementLine,
    OutcomeLine,
    Place,
    Publication,
    Quantity,
    Sourced,
    Timed,
    TreatmentLine,
)
from itbkg.vocabulary import Term, Vocabulary
from itbkg.vocabulary.units import shorten
from itbkg.windows import window

Triple = tuple[URIRef, URIRef, URIRef | Literal]

#: How a node of each kind hangs on its case, and the branch in which its word is looked up.
KINDS: dict[str, tuple[URIRef, str]] = {
    "finding": (ITB.hasFinding, "Finding"),
    "measurement": (ITB.hasMeasurement, "Measurement"),
    "treatment": (ITB.hasTreatment, "Treatment"),
    "investigation": (ITB.hasInvestigation, "Investigation"),
    "diagnosis": (ITB.considered, "Diagnosis"),
    "delay": (ITB.hasDelay, "Delay"),
    "outcome": (ITB.hasOutcome, "Outcome"),
}


@dataclass(frozen=True, slots=True)
class Scope:
    """The case that triples are made for, and the words they are made with."""

    publication: str
    case: Case
    vocabulary: Vocabulary

    @property
    def iri(self) -> URIRef:
        """The IRI of the case."""
        return case_iri(self.publication, self.case.id)

    def node(self, name: str) -> URIRef:
        """Name a node of the case."""
        return CASE[f"{self.publication}/{self.case.id}/{name}"]

    def term(self, word: str, *branches: str) -> Term:
        """Look a word up."""
        return self.vocabulary.words.resolve(word, branches)


def publication_triples(publication: str, record: Publication, vocabulary: Vocabulary) -> Iterator[Triple]:
    """Yield what the graph says of a publication: how to find it and how it was read."""
    report, iri, words = record.report, publication_iri(publication), vocabulary.words
    yield iri, RDF.type, ITB.Publication
    yield iri, RDFS.label, Literal(publication)
    yield iri, ITB.title, Literal(report.title)
    yield iri, ITB.readAs, words.resolve(report.read_as, ("Reading",)).iri
    yield iri, ITB.reviewStatus, words.resolve(report.review, ("ReviewStatus",)).iri
    if report.authors:
        yield iri, ITB.byline, Literal(", ".join(report.authors))
    if report.year:
        yield iri, ITB.year, Literal(report.year)
    for predicate, text in ((ITB.journal, report.journal), (ITB.doi, report.doi), (ITB.pmid, report.pmid)):
        if text:
            yield iri, predicate, Literal(text)


def case_triples(publication: str, case: Case, vocabulary: Vocabulary) -> Iterator[Triple]:
    """Yield every triple that a case states; none of them is inferred."""
    scope = Scope(publication, case, vocabulary)
    yield scope.iri, RDF.type, ITB.Case
    yield scope.iri, RDFS.label, Literal(f"{publication}/{case.id}")
    yield scope.iri, ITB.title, Literal(case.title)
    yield scope.iri, ITB.reportedIn, publication_iri(publication)
    yield scope.iri, ITB.clock, scope.term(case.clock, "Clock").iri
    yield from _patient(scope)
    yield from _therapy(scope)
    yield from _event(scope)
    for order, line in enumerate(case.course, 1):
        yield from _line(scope, line, order)
    for order, outcome in enumerate(case.outcomes, len(case.course) + 1):
        yield from _line(scope, outcome, order)
    for link in case.causes:
        yield from _link(scope, link)


def _patient(scope: Scope) -> Iterator[Triple]:
    patient, node = scope.case.patient, scope.node("patient")
    yield scope.iri, ITB.hasPatient, node
    yield node, RDF.type, ITB.Patient
    yield node, RDFS.label, Literal("patient")
    yield from _source(scope, node, patient)
    if patient.sex:
        yield node, ITB.sex, scope.term(patient.sex, "Sex").iri
    if patient.age:
        ends = (patient.age.minimum, patient.age.maximum)
        for predicate, end in zip((ITB.ageMinimum, ITB.ageMaximum), ends, strict=True):
            if end is not None:
                yield node, predicate, decimal(scope.vocabulary.units.convert(end, patient.age.unit, "a"))
    for word in patient.conditions:
        condition = scope.node(f"condition/{slug(word)}")
        yield node, ITB.hasCondition, condition
        yield from _typed(condition, scope.term(word, "UnderlyingCondition"))
        yield from _source(scope, condition, patient)


def _therapy(scope: Scope) -> Iterator[Triple]:
    therapy, node = scope.case.therapy, scope.node("therapy")
    yield scope.iri, ITB.hasTherapy, node
    yield node, RDF.type, ITB.Therapy
    yield node, RDFS.label, Literal("intrathecal baclofen therapy")
    yield from _source(scope, node, therapy)
    if therapy.dose:
        yield from _quantity(scope, node, therapy.dose)
    if therapy.implanted_before:
        hours, _ = scope.vocabulary.units.hours(therapy.implanted_before)
        if hours is not None:
            yield node, ITB.hoursSinceImplant, decimal(hours)
    yield from _responses(scope, "therapy", node, therapy.benefit, therapy)


def _event(scope: Scope) -> Iterator[Triple]:
    node = _event_node(scope)
    yield scope.iri, ITB.hasEvent, node
    yield from _typed(node, scope.term(scope.case.event, "TherapyEvent"))
    yield from _place(scope, node, scope.case.event_where)


def _event_node(scope: Scope) -> URIRef:
    return scope.node(f"event/{slug(scope.case.event)}")


def _line(scope: Scope, line: Timed, order: int) -> Iterator[Triple]:
    """Yield the nodes that a line makes, each with class, time, order and place."""
    kind, words = line_words(line)
    for word in words:
        node = scope.node(node_name(kind, word, line))
        yield from _timed(scope, node, line, order)
        if isinstance(line, Absence):
            yield from _absence(scope, node, word)
        else:
            predicate, branch = KINDS[kind]
            yield scope.iri, predicate, node
            yield from _typed(node, scope.term(word, branch))
        yield from _particulars(scope, node, line, order)


def _particulars(scope: Scope, node: URIRef, line: Timed, order: int) -> Iterator[Triple]:
    match line:
        case FindingLine(severity=str(word)):
            yield node, ITB.severity, scope.term(word, "Severity").iri
        case MeasurementLine():
            yield from _measurement(scope, node, line)
        case TreatmentLine():
            yield from _treatment(scope, node, line)
        case InvestigationLine():
            yield from _shown(scope, node, line, order)
        case Considered(became=str(word)):
            yield node, ITB.became, scope.term(word, "DiagnosisStatus").iri
        case DelayLine():
            yield from _quantity(scope, node, line.lasted)
            yield from _canonical(scope, node, line.lasted, "h")
        case OutcomeLine():
            pass


def _measurement(scope: Scope, node: URIRef, line: MeasurementLine) -> Iterator[Triple]:
    yield from _quantity(scope, node, line.value)
    measure = scope.vocabulary.measures[scope.term(line.measurement, "Measurement").iri]
    yield from _canonical(scope, node, line.value, measure.unit)
    for word in line.may_be:
        yield node, ITB.possibleClass, scope.term(word, "Measurement").iri
    if line.normal:
        yield node, ITB.referenceText, Literal(line.normal.text)
        ends = (line.normal.minimum, line.normal.maximum)
        for predicate, end in zip((ITB.referenceLow, ITB.referenceHigh), ends, strict=True):
            if end is not None:
                yield node, predicate, decimal(end)


def _treatment(scope: Scope, node: URIRef, line: TreatmentLine) -> Iterator[Triple]:
    if line.dose:
        yield from _quantity(scope, node, line.dose)
    if line.every:
        yield node, ITB.interval, Literal(line.every.text)
    if line.route:
        yield node, ITB.route, scope.term(line.route, "Route").iri
    name = node_name("treatment", line.treatment, line)
    yield from _responses(scope, name, node, line.response, line)


def _responses(scope: Scope, name: str, node: URIRef, responses: dict[str, str], line: Sourced) -> Iterator[Triple]:
    """Yield a response for each finding, and which finding of the course it is where one stands above the line."""
    for word, response in responses.items():
        about = scope.term(word, "Finding")
        own = scope.node(f"{name}/response/{slug(word)}")
        yield node, ITB.hasResponse, own
        yield from _typed(own, scope.term(response, "TreatmentResponse"))
        yield own, ITB.aboutClass, about.iri
        yield from _place(scope, own, line.where)
        finding = _latest_finding(scope, about, line)
        if finding:
            yield own, ITB.responseOf, finding


def _latest_finding(scope: Scope, about: Term, before: Sourced) -> URIRef | None:
    """Name the last finding of a class that the course tells before a line."""
    found = None
    for line in scope.case.course if before in scope.case.course else ():
        if line == before:
            break
        if isinstance(line, FindingLine) and scope.term(line.finding, "Finding") == about:
            found = scope.node(node_name("finding", line.finding, line))
    return found


def _shown(scope: Scope, node: URIRef, line: InvestigationLine, order: int) -> Iterator[Triple]:
    for word in line.shows:
        if not scope.vocabulary.words.find(word, ("Finding",)):
            yield node, ITB.shows, cause_node(scope, word)
            continue
        finding = scope.node(shown_name("finding", word, line))
        yield node, ITB.shows, finding
        yield scope.iri, ITB.hasFinding, finding
        yield from _typed(finding, scope.term(word, "Finding"))
        yield from _timed(scope, finding, line, order)
    for word in line.excludes:
        absence = scope.node(shown_name("absence", word, line))
        yield node, ITB.shows, absence
        yield from _absence(scope, absence, word)
        yield from _timed(scope, absence, line, order)


def _absence(scope: Scope, node: URIRef, word: str) -> Iterator[Triple]:
    term = scope.term(word, "Finding")
    yield scope.iri, ITB.hasAbsence, node
    yield node, RDF.type, ITB.AbsenceStatement
    yield node, RDFS.label, Literal(f"no {term.label}")
    yield node, ITB.absentClass, term.iri


def _link(scope: Scope, link: CauseLink) -> Iterator[Triple]:
    """Yield a link of the chain: the two ends, the short-cut between them, and the assertion with its evidence."""
    cause, effect = cause_node(scope, link.cause), _effect_node(scope, link.leads_to)
    yield from _cause(scope, link.cause)
    if effect != _event_node(scope):
        yield from _cause(scope, link.leads_to)
    yield cause, ITB.leadsTo, effect
    words = (scope.term(link.cause, "Cause").label, scope.term(link.leads_to, "Cause", "TherapyEvent").label)
    node = scope.node(f"assertion/{slug(words[0])}--{slug(words[1])}")
    yield scope.iri, ITB.hasCausalAssertion, node
    yield node, RDF.type, ITB.CausalAssertion
    yield node, RDFS.label, Literal(f"{words[0]} led to {words[1]}")
    yield node, ITB.assertedCause, cause
    yield node, ITB.assertedEffect, effect
    yield node, ITB.certainty, scope.term(link.certainty, "Certainty").iri
    for word in link.basis:
        yield node, ITB.basis, scope.term(word, "Basis").iri
    yield from _source(scope, node, link)
    yield from _place(scope, cause, link.where)


def _cause(scope: Scope, word: str) -> Iterator[Triple]:
    node = cause_node(scope, word)
    yield scope.iri, ITB.hasCause, node
    yield from _typed(node, scope.term(word, "Cause"))


def cause_node(scope: Scope, word: str) -> URIRef:
    """Name a link of the chain: by its class, so that two words for one class are one node."""
    return scope.node(f"cause/{slug(scope.term(word, 'Cause').label)}")


def _effect_node(scope: Scope, word: str) -> URIRef:
    is_event = scope.vocabulary.words.find(word, ("TherapyEvent",)) == scope.term(scope.case.event, "TherapyEvent")
    return _event_node(scope) if is_event else cause_node(scope, word)


def _typed(node: URIRef, term: Term) -> Iterator[Triple]:
    yield node, RDF.type, term.iri
    yield node, ITB.statedClass, term.iri
    yield node, RDFS.label, Literal(term.label)


def _timed(scope: Scope, node: URIRef, line: Timed, order: int) -> Iterator[Triple]:
    yield node, ITB.storyOrder, Literal(order)
    yield from _source(scope, node, line)
    if line.hospital_day:
        yield node, ITB.hospitalDay, Literal(line.hospital_day)
    yield from time_triples(scope, node, line)


def time_triples(scope: Scope, node: URIRef, line: Timed) -> Iterator[Triple]:
    """Yield the window of a line in hours from clock zero."""
    clock = scope.term(scope.case.clock, "Clock").iri
    days = scope.vocabulary.starts_hospital_days(clock)
    span = window(line, scope.vocabulary.units, hospital_days=days)
    if span and span.earliest is not None:
        yield node, ITB.earliestHours, decimal(span.earliest)
    if span and span.latest is not None:
        yield node, ITB.latestHours, decimal(span.latest)


def _source(scope: Scope, node: URIRef, stated: Sourced) -> Iterator[Triple]:
    yield from _place(scope, node, stated.where)
    texts = (
        (ITB.detail, stated.detail),
        (ITB.printedText, stated.printed),
        (ITB.discrepancy, stated.discrepancy),
    )
    for predicate, text in texts:
        if text:
            yield node, predicate, Literal(text)


def _place(scope: Scope, node: URIRef, place: Place) -> Iterator[Triple]:
    iri = place_iri(scope.publication, place)
    yield node, ITB.statedAt, iri
    yield iri, RDF.type, ITB.Place
    yield iri, RDFS.label, Literal(str(place))
    yield iri, ITB.placeIn, publication_iri(scope.publication)
    yield iri, ITB.section, Literal(place.section)
    if place.paragraph is not None:
        yield iri, ITB.paragraph, Literal(place.paragraph)


def _quantity(scope: Scope, node: URIRef, quantity: Quantity) -> Iterator[Triple]:
    yield node, ITB.valueText, Literal(quantity.text)
    yield node, ITB.unit, scope.vocabulary.units.unit(quantity.unit).iri
    if quantity.comparator:
        yield node, ITB.comparator, Literal(quantity.comparator)
    if quantity.minimum is not None:
        yield node, ITB.minimumValue, decimal(quantity.minimum)
    if quantity.maximum is not None:
        yield node, ITB.maximumValue, decimal(quantity.maximum)


def _canonical(scope: Scope, node: URIRef, quantity: Quantity, unit: str) -> Iterator[Triple]:
    ends = ((ITB.canonicalMinimum, quantity.minimum), (ITB.canonicalMaximum, quantity.maximum))
    for predicate, end in ends:
        if end is not None:
            yield node, predicate, decimal(scope.vocabulary.units.convert(end, quantity.unit, unit))


def decimal(value: Decimal) -> Literal:
    """Write an xsd:decimal without trailing zeros, as the store prints it back."""
    return Literal(format(shorten(value), "f"), datatype=XSD.decimal)

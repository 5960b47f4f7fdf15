"""The lines of a course and the outcomes: each makes nodes with class, time, order and place."""

from collections.abc import Iterator

from rdflib import RDF, RDFS, Literal, URIRef

from itbkg.namespaces import ITB
from itbkg.naming import line_words, node_name, shown_name, slug
from itbkg.records import (
    Absence,
    Considered,
    DelayLine,
    FindingLine,
    InvestigationLine,
    MeasurementLine,
    OutcomeLine,
    Sourced,
    Timed,
    TreatmentLine,
)
from itbkg.triples.chain import cause_node
from itbkg.triples.scope import (
    Scope,
    Triple,
    canonical_triples,
    decimal,
    place_triples,
    quantity_triples,
    source_triples,
    time_triples,
    typed,
)
from itbkg.vocabulary import Term

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


def line_triples(scope: Scope, line: Timed, order: int) -> Iterator[Triple]:
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
            yield from typed(node, scope.term(word, branch))
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
            yield from _became(scope, node, word)
        case DelayLine():
            yield from quantity_triples(scope, node, line.lasted)
            yield from canonical_triples(scope, node, line.lasted, "h")
        case OutcomeLine():
            pass


def _became(scope: Scope, node: URIRef, word: str) -> Iterator[Triple]:
    """Yield what became of a diagnosis, as a value and, for the reasoner, as a class."""
    status = scope.term(word, "DiagnosisStatus").iri
    yield node, ITB.became, status
    implied = scope.vocabulary.class_of_value(status)
    if implied:
        yield node, RDF.type, implied


def _measurement(scope: Scope, node: URIRef, line: MeasurementLine) -> Iterator[Triple]:
    yield from quantity_triples(scope, node, line.value)
    measure = scope.vocabulary.measures[scope.term(line.measurement, "Measurement").iri]
    yield from canonical_triples(scope, node, line.value, measure.unit)
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
        yield from quantity_triples(scope, node, line.dose)
    if line.every:
        yield node, ITB.interval, Literal(line.every.text)
    if line.route:
        yield node, ITB.route, scope.term(line.route, "Route").iri
    if line.approach:
        yield node, ITB.approach, scope.term(line.approach, "Approach").iri
    name = node_name("treatment", line.treatment, line)
    yield from response_triples(scope, name, node, line.response, line)
    if line.effect:
        yield from _overall_response(scope, name, node, line, line.effect)


def _overall_response(scope: Scope, name: str, node: URIRef, line: Sourced, word: str) -> Iterator[Triple]:
    """Yield how the chief event as a whole responded."""
    own = scope.node(f"{name}/response")
    yield node, ITB.hasResponse, own
    yield from typed(own, scope.term(word, "TreatmentResponse"))
    yield own, ITB.aboutClass, scope.term(scope.case.event, "TherapyEvent").iri
    yield from place_triples(scope, own, line.where)


def response_triples(
    scope: Scope, name: str, node: URIRef, responses: dict[str, str], line: Sourced
) -> Iterator[Triple]:
    """Yield a response for each finding, and which finding of the course it is where one stands above the line."""
    for word, response in responses.items():
        about = scope.term(word, "Finding")
        own = scope.node(f"{name}/response/{slug(word)}")
        yield node, ITB.hasResponse, own
        yield from typed(own, scope.term(response, "TreatmentResponse"))
        yield own, ITB.aboutClass, about.iri
        yield from place_triples(scope, own, line.where)
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
        yield from typed(finding, scope.term(word, "Finding"))
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


def _timed(scope: Scope, node: URIRef, line: Timed, order: int) -> Iterator[Triple]:
    yield node, ITB.storyOrder, Literal(order)
    yield from source_triples(scope, node, line)
    if line.hospital_day:
        yield node, ITB.hospitalDay, Literal(line.hospital_day)
    yield from time_triples(scope, node, line)

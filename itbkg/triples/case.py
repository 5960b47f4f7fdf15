"""A case as a whole: its patient, the therapy before the event, the event, and all its lines and links."""

from collections.abc import Iterator

from rdflib import RDF, RDFS, Literal, URIRef

from itbkg.namespaces import CASE, ITB
from itbkg.naming import publication_iri, slug
from itbkg.records import Case, Patient, Therapy
from itbkg.triples.chain import event_node, link_triples
from itbkg.triples.lines import line_triples, response_triples
from itbkg.triples.scope import (
    Scope,
    Triple,
    canonical_triples,
    decimal,
    place_triples,
    quantity_triples,
    source_triples,
    typed,
)
from itbkg.vocabulary import Vocabulary


def case_triples(publication: str, case: Case, vocabulary: Vocabulary) -> Iterator[Triple]:
    """Yield every triple that a case states; none of them is inferred."""
    scope = Scope(publication, case, vocabulary)
    yield from _head(scope)
    yield from _patient(scope, case.patient)
    if case.therapy:
        yield from _therapy(scope, case.therapy)
    for word in case.events:
        yield from _event(scope, word)
    for order, line in enumerate((*case.course, *case.outcomes), 1):
        yield from line_triples(scope, line, order)
    for link in case.causes:
        yield from link_triples(scope, link)


def _head(scope: Scope) -> Iterator[Triple]:
    case = scope.case
    yield scope.iri, RDF.type, ITB.Case
    yield scope.iri, RDFS.label, Literal(f"{scope.publication}/{case.id}")
    yield scope.iri, ITB.title, Literal(case.title)
    yield scope.iri, ITB.narrative, Literal(case.narrative)
    yield scope.iri, ITB.reportedIn, publication_iri(scope.publication)
    if case.clock:
        yield scope.iri, ITB.clock, scope.term(case.clock, "Clock").iri
    if case.episodes:
        yield scope.iri, ITB.episodes, Literal(case.episodes)
    yield from ((scope.iri, ITB.circumstance, Literal(text)) for text in case.circumstances)
    yield from _others(scope)


def _others(scope: Scope) -> Iterator[Triple]:
    """Yield which cases elsewhere tell of the same person, and which only look so."""
    if scope.case.same_patient_as:
        yield scope.iri, ITB.samePatientAs, CASE[scope.case.same_patient_as]
    yield from ((scope.iri, ITB.distinctFrom, CASE[name]) for name in scope.case.distinct_from)


def _patient(scope: Scope, patient: Patient) -> Iterator[Triple]:
    node = scope.node("patient")
    yield scope.iri, ITB.hasPatient, node
    yield node, RDF.type, ITB.Patient
    yield node, RDFS.label, Literal("patient")
    yield from source_triples(scope, node, patient)
    if patient.sex:
        yield node, ITB.sex, scope.term(patient.sex, "Sex").iri
    yield from _age(scope, node, patient)
    for word in patient.conditions:
        condition = scope.node(f"condition/{slug(word)}")
        yield node, ITB.hasCondition, condition
        yield from typed(condition, scope.term(word, "UnderlyingCondition"))
        yield from source_triples(scope, condition, patient)


def _age(scope: Scope, node: URIRef, patient: Patient) -> Iterator[Triple]:
    """Yield the bounds of the age in years, and each age group in which all that they allow lies."""
    if patient.age is None:
        return
    yield node, ITB.ageText, Literal(patient.age.text)
    ends = (patient.age.minimum, patient.age.maximum)
    low, high = (None if end is None else scope.vocabulary.units.convert(end, patient.age.unit, "a") for end in ends)
    if low is not None:
        yield node, ITB.ageMinimum, decimal(low)
    if high is not None:
        yield node, ITB.ageMaximum, decimal(high)
    for group in scope.vocabulary.age_groups:
        if group.holds(low, high, below=patient.age.comparator == "<"):
            yield node, ITB.ageGroup, group.iri


def _therapy(scope: Scope, therapy: Therapy) -> Iterator[Triple]:
    node = scope.node("therapy")
    yield scope.iri, ITB.hasTherapy, node
    yield node, RDF.type, ITB.Therapy
    yield node, RDFS.label, Literal("intrathecal baclofen therapy")
    yield from source_triples(scope, node, therapy)
    if therapy.dose:
        yield from quantity_triples(scope, node, therapy.dose)
        yield from canonical_triples(scope, node, therapy.dose, "ug/d")
    if therapy.implanted_before:
        hours, _ = scope.vocabulary.units.hours(therapy.implanted_before)
        if hours is not None:
            yield node, ITB.hoursSinceImplant, decimal(hours)
    if therapy.pump:
        yield node, ITB.pumpModel, scope.term(therapy.pump, "PumpModel").iri
    yield from _concentration(scope, node, therapy)
    yield from response_triples(scope, "therapy", node, therapy.benefit, therapy)


def _concentration(scope: Scope, node: URIRef, therapy: Therapy) -> Iterator[Triple]:
    given = therapy.concentration
    if given is None:
        return
    yield node, ITB.concentrationText, Literal(given.text)
    ends = ((ITB.concentrationMinimum, given.minimum), (ITB.concentrationMaximum, given.maximum))
    for predicate, end in ends:
        if end is not None:
            yield node, predicate, decimal(scope.vocabulary.units.convert(end, given.unit, "ug/mL"))


def _event(scope: Scope, word: str) -> Iterator[Triple]:
    node = event_node(scope, word)
    yield scope.iri, ITB.hasEvent, node
    yield from typed(node, scope.term(word, "TherapyEvent"))
    yield from place_triples(scope, node, scope.case.event_where)

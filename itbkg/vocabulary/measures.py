"""What the ontology says of numbers: of each kind of measurement and of delays, and what their values imply."""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from rdflib import RDF, RDFS, Graph, Literal, URIRef

from itbkg.errors import OntologyError
from itbkg.namespaces import ITB


@dataclass(frozen=True, slots=True)
class Measure:
    """A kind of measurement; bounds are in `unit`, a UCUM code."""

    iri: URIRef
    unit: str
    minimum: Decimal | None
    maximum: Decimal | None
    above_range: URIRef | None
    below_range: URIRef | None


@dataclass(frozen=True, slots=True)
class ThresholdRule:
    """A named rule: a value of at least `at_least`, or under `below`, implies a finding."""

    iri: URIRef
    measurement: URIRef
    at_least: Decimal | None
    below: Decimal | None
    finding: URIRef
    adults_only: bool


@dataclass(frozen=True, slots=True)
class DelayRule:
    """A named rule: a delay of a class that lasted at least so many hours is one of another class."""

    iri: URIRef
    delay: URIRef
    at_least: Decimal
    implied: URIRef


def read_measures(ontology: Graph) -> dict[URIRef, Measure]:
    """Collect every kind of measurement that has a canonical unit."""
    units = ontology.subject_objects(ITB.canonicalUnit)
    return {iri: _measure(ontology, iri, str(unit)) for iri, unit in units if isinstance(iri, URIRef)}


def read_rules(ontology: Graph) -> tuple[ThresholdRule, ...]:
    """Collect the threshold rules, in IRI order."""
    return tuple(sorted(_rules(ontology), key=lambda rule: rule.iri))


def _rules(ontology: Graph) -> Iterator[ThresholdRule]:
    for iri in ontology.subjects(RDF.type, ITB.ThresholdRule):
        measurement, finding = _iri(ontology, iri, ITB.ofMeasurement), _iri(ontology, iri, ITB.impliesFinding)
        if not isinstance(iri, URIRef) or measurement is None or finding is None:
            raise OntologyError(f"threshold rule <{iri}> lacks its measurement or its finding")
        at_least, below = _number(ontology, iri, ITB.atLeast), _number(ontology, iri, ITB.below)
        adults = ontology.value(iri, ITB.adultsOnly) == Literal(True)
        yield ThresholdRule(iri, measurement, at_least, below, finding, adults)


def read_delay_rules(ontology: Graph) -> tuple[DelayRule, ...]:
    """Collect the delay rules, in IRI order."""
    found = (_delay_rule(ontology, iri) for iri in ontology.subjects(RDF.type, ITB.DelayRule))
    return tuple(sorted(found, key=lambda rule: rule.iri))


def _delay_rule(ontology: Graph, iri: object) -> DelayRule:
    delay, implied = _iri(ontology, iri, ITB.ofDelay), _iri(ontology, iri, ITB.impliesClass)
    at_least = _number(ontology, iri, ITB.atLeast)
    if not isinstance(iri, URIRef) or delay is None or implied is None or at_least is None:
        raise OntologyError(f"delay rule <{iri}> lacks its delay, its threshold or the class that it implies")
    return DelayRule(iri, delay, at_least, implied)


def _measure(ontology: Graph, iri: URIRef, unit: str) -> Measure:
    return Measure(
        iri=iri,
        unit=unit,
        minimum=_number(ontology, iri, ITB.plausibleMinimum),
        maximum=_number(ontology, iri, ITB.plausibleMaximum),
        above_range=_iri(ontology, iri, ITB.aboveRangeImplies),
        below_range=_iri(ontology, iri, ITB.belowRangeImplies),
    )


def _iri(ontology: Graph, subject: object, predicate: URIRef) -> URIRef | None:
    value = ontology.value(subject, predicate) if isinstance(subject, URIRef) else None
    if value is not None and (value, RDFS.label, None) not in ontology:
        raise OntologyError(f"<{subject}> points to <{value}>, which no module describes")
    return value if isinstance(value, URIRef) else None


def _number(ontology: Graph, subject: object, predicate: URIRef) -> Decimal | None:
    value = ontology.value(subject, predicate) if isinstance(subject, URIRef) else None
    return None if value is None else Decimal(str(value))

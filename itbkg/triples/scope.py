"""What all triples of a case are made with: its names, its words, and the parts that statements share."""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from rdflib import RDF, RDFS, XSD, Literal, URIRef

from itbkg.namespaces import CASE, ITB
from itbkg.naming import case_iri, place_iri, publication_iri
from itbkg.records import Case, Place, Quantity, Sourced, Timed
from itbkg.vocabulary import Term, Vocabulary
from itbkg.vocabulary.units import shorten
from itbkg.windows import window

Triple = tuple[URIRef, URIRef, URIRef | Literal]


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

    @property
    def starts_hospital_days(self) -> bool:
        """Whether clock zero falls on hospital day 1; False where the case has no clock."""
        clock = self.case.clock
        return clock is not None and self.vocabulary.starts_hospital_days(self.term(clock, "Clock").iri)

    def term(self, word: str, *branches: str) -> Term:
        """Look a word up."""
        return self.vocabulary.words.resolve(word, branches)


def typed(node: URIRef, term: Term) -> Iterator[Triple]:
    """Yield the class of a node, as its type and as what the record states, and its label."""
    yield node, RDF.type, term.iri
    yield node, ITB.statedClass, term.iri
    yield node, RDFS.label, Literal(term.label)


def time_triples(scope: Scope, node: URIRef, line: Timed) -> Iterator[Triple]:
    """Yield the window of a line in hours from clock zero."""
    span = window(line, scope.vocabulary.units, hospital_days=scope.starts_hospital_days)
    if span and span.earliest is not None:
        yield node, ITB.earliestHours, decimal(span.earliest)
    if span and span.latest is not None:
        yield node, ITB.latestHours, decimal(span.latest)


def source_triples(scope: Scope, node: URIRef, stated: Sourced) -> Iterator[Triple]:
    """Yield where a statement stands, and what is said beside it."""
    yield from place_triples(scope, node, stated.where)
    texts = (
        (ITB.detail, stated.detail),
        (ITB.printedText, stated.printed),
        (ITB.discrepancy, stated.discrepancy),
    )
    for predicate, text in texts:
        if text:
            yield node, predicate, Literal(text)


def place_triples(scope: Scope, node: URIRef, place: Place) -> Iterator[Triple]:
    """Yield the place of a statement, and what the place is."""
    iri = place_iri(scope.publication, place)
    yield node, ITB.statedAt, iri
    yield iri, RDF.type, ITB.Place
    yield iri, RDFS.label, Literal(str(place))
    yield iri, ITB.placeIn, publication_iri(scope.publication)
    yield iri, ITB.section, Literal(place.section)
    if place.paragraph is not None:
        yield iri, ITB.paragraph, Literal(place.paragraph)


def quantity_triples(scope: Scope, node: URIRef, quantity: Quantity) -> Iterator[Triple]:
    """Yield a value as the record writes it, with its unit and its bounds."""
    yield node, ITB.valueText, Literal(quantity.text)
    yield node, ITB.unit, scope.vocabulary.units.unit(quantity.unit).iri
    if quantity.comparator:
        yield node, ITB.comparator, Literal(quantity.comparator)
    if quantity.minimum is not None:
        yield node, ITB.minimumValue, decimal(quantity.minimum)
    if quantity.maximum is not None:
        yield node, ITB.maximumValue, decimal(quantity.maximum)


def canonical_triples(scope: Scope, node: URIRef, quantity: Quantity, unit: str) -> Iterator[Triple]:
    """Yield the bounds of a value in another unit."""
    ends = ((ITB.canonicalMinimum, quantity.minimum), (ITB.canonicalMaximum, quantity.maximum))
    for predicate, end in ends:
        if end is not None:
            yield node, predicate, decimal(scope.vocabulary.units.convert(end, quantity.unit, unit))


def decimal(value: Decimal) -> Literal:
    """Write an xsd:decimal without trailing zeros, as the store prints it back."""
    return Literal(format(shorten(value), "f"), datatype=XSD.decimal)

"""What all triples of one guidance document or one source of numbers are made with."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal

from rdflib import RDF, RDFS, Literal, URIRef

from itbkg.namespaces import ITB
from itbkg.naming import slug
from itbkg.records import Quantity, Sourced
from itbkg.triples.scope import Triple, decimal
from itbkg.vocabulary import Term, Vocabulary


@dataclass(frozen=True, slots=True)
class Sheet:
    """A document that statements stand in, and the words that they are made with."""

    iri: URIRef
    vocabulary: Vocabulary

    def term(self, word: str, branches: Iterable[str]) -> Term:
        """Look a word up."""
        return self.vocabulary.words.resolve(word, tuple(branches))

    def source(self, node: URIRef, stated: Sourced) -> Iterator[Triple]:
        """Yield where a statement stands in the document, and what is said beside it."""
        place = stated.where
        parts = [slug(place.section), *([] if place.paragraph is None else [str(place.paragraph)])]
        iri = URIRef(f"{self.iri}/place/{'/'.join(parts)}")
        yield node, ITB.statedAt, iri
        yield iri, RDF.type, ITB.Place
        yield iri, RDFS.label, Literal(str(place))
        yield iri, ITB.placeIn, self.iri
        yield iri, ITB.section, Literal(place.section)
        if place.paragraph is not None:
            yield iri, ITB.paragraph, Literal(place.paragraph)
        texts = ((ITB.detail, stated.detail), (ITB.printedText, stated.printed), (ITB.discrepancy, stated.discrepancy))
        yield from ((node, predicate, Literal(text)) for predicate, text in texts if text)

    def classes(
        self, node: URIRef, predicate: URIRef, words: Iterable[str], branches: Iterable[str]
    ) -> Iterator[Triple]:
        """Yield the class of each word."""
        yield from ((node, predicate, self.term(word, branches).iri) for word in words)

    def quantity(self, node: URIRef, quantity: Quantity) -> Iterator[Triple]:
        """Yield a value as the record writes it, with its unit and its bounds."""
        yield node, ITB.valueText, Literal(quantity.text)
        yield node, ITB.unit, self.vocabulary.units.unit(quantity.unit).iri
        if quantity.comparator:
            yield node, ITB.comparator, Literal(quantity.comparator)
        yield from bounds(node, ITB.minimumValue, quantity.minimum)
        yield from bounds(node, ITB.maximumValue, quantity.maximum)


def bounds(node: URIRef, predicate: URIRef, end: Decimal | None) -> Iterator[Triple]:
    """Yield one end of a value, where it is not open."""
    if end is not None:
        yield node, predicate, decimal(end)


def share_triples(node: URIRef, n: int | None, of: int | None, printed: Quantity | None) -> Iterator[Triple]:
    """Yield numerator, denominator, and the percentage that the source prints; none of them is computed."""
    if n is not None:
        yield node, ITB.numerator, Literal(n)
    if of is not None:
        yield node, ITB.denominator, Literal(of)
    if printed and printed.unit == "%" and printed.minimum is not None and printed.minimum == printed.maximum:
        yield node, ITB.percent, decimal(printed.minimum)

"""Units of measure by their UCUM codes (https://ucum.org), with exact conversion within a dimension."""

from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from rdflib import RDF, SKOS, Graph, Literal, URIRef

from itbkg.errors import NotFoundError, OntologyError
from itbkg.namespaces import ITB
from itbkg.records import Quantity

#: Decimal places of a converted value; the printed text stands beside it.
PLACES = Decimal("0.000001")


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit: `(value + offset) * factor` is the value in the base unit of the dimension."""

    code: str
    iri: URIRef
    dimension: str
    factor: Fraction
    offset: Fraction


class Units:
    """The units that `ontology/units.ttl` lists."""

    def __init__(self, ontology: Graph) -> None:
        units = (_read_unit(ontology, iri) for iri in ontology.subjects(RDF.type, ITB.Unit))
        self._by_code = {unit.code: unit for unit in units}

    def __contains__(self, code: str) -> bool:
        return code in self._by_code

    @property
    def codes(self) -> list[str]:
        """All known UCUM codes, in order."""
        return sorted(self._by_code)

    def unit(self, code: str) -> Unit:
        """Return the unit with a UCUM code; NotFoundError, with those of like spelling, for any other."""
        if code not in self._by_code:
            raise NotFoundError("UCUM unit", code, self._alike(code))
        return self._by_code[code]

    def compatible(self, code: str, other: str) -> bool:
        """Say whether values of the two units convert into each other."""
        return self.unit(code).dimension == self.unit(other).dimension

    def convert(self, value: Decimal, code: str, to: str) -> Decimal:
        """Convert a value between two units of one dimension, to six decimal places."""
        source, target = self.unit(code), self.unit(to)
        if source.dimension != target.dimension:
            raise OntologyError(f"{code} ({source.dimension}) does not convert to {to} ({target.dimension})")
        exact = (Fraction(value) + source.offset) * source.factor / target.factor - target.offset
        return shorten(Decimal(exact.numerator) / Decimal(exact.denominator))

    def hours(self, duration: Quantity) -> tuple[Decimal | None, Decimal | None]:
        """Return the ends of a duration in hours; None for an end that is open."""
        ends = (duration.minimum, duration.maximum)
        low, high = (None if end is None else self.convert(end, duration.unit, "h") for end in ends)
        return low, high

    def _alike(self, code: str) -> list[str]:
        letters = code.casefold().replace("\N{GREEK SMALL LETTER MU}", "u").replace("mcg", "ug").replace("k/", "10*3/")
        return [known for known in self.codes if known.casefold() == letters]


def shorten(value: Decimal) -> Decimal:
    """Round to six places and drop trailing zeros, without an exponent: 2.500000 is 2.5."""
    rounded = value.quantize(PLACES).normalize() + 0  # no negative zero
    return rounded.quantize(Decimal(1)) if rounded == rounded.to_integral_value() else rounded


def _read_unit(ontology: Graph, iri: object) -> Unit:
    if not isinstance(iri, URIRef):
        raise OntologyError("a unit without an IRI stands in the ontology; give it one")
    values = {name: ontology.value(iri, name) for name in (SKOS.notation, ITB.dimension, ITB.factor)}
    if not all(isinstance(value, Literal) for value in values.values()):
        raise OntologyError(f"unit <{iri}> lacks its notation, dimension or factor")
    offset = ontology.value(iri, ITB.offset) or "0"
    return Unit(
        code=str(values[SKOS.notation]),
        iri=iri,
        dimension=str(values[ITB.dimension]),
        factor=Fraction(str(values[ITB.factor])),
        offset=Fraction(str(offset)),
    )

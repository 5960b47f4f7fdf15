"""What the build reads off values: the unit and bounds of a measurement, and the rules that imply a class."""

from collections.abc import Iterator
from dataclasses import dataclass

from rdflib import URIRef

from itbkg.namespaces import ITB
from itbkg.terms.lexicon import Lexicon, Ref


@dataclass(frozen=True, slots=True)
class Bounds:
    """The unit (UCUM code) in which values of a measurement are compared, and the plausible ones in it."""

    unit: str
    minimum: str
    maximum: str

    def __str__(self) -> str:
        ends = ((self.minimum, "from"), (self.maximum, "to"))
        return " ".join(("plausible", *(f"{word} {end}" for end, word in ends if end), self.unit))


@dataclass(frozen=True, slots=True)
class Rule:
    """A value that implies a class: `when` says which, such as 'at least 38 Cel'.

    `rule` is the named rule, or None where the reference range that the report prints decides.
    """

    rule: Ref | None
    of: Ref
    when: str
    implies: Ref
    adults_only: bool

    def __str__(self) -> str:
        return f"{self.of.label} {self.when} implies {self.implies.label}{', in adults' if self.adults_only else ''}"


#: What a rule reads, and the class that it implies: of measurements, and of delays, which are counted in hours.
_RULES = ((ITB.ofMeasurement, ITB.impliesFinding), (ITB.ofDelay, ITB.impliesClass))
_RANGES = ((ITB.aboveRangeImplies, "above"), (ITB.belowRangeImplies, "below"))


def read_bounds(lexicon: Lexicon, iri: str) -> Bounds | None:
    """Return what is known of values of a measurement; None for what is none."""
    facts = lexicon.facts
    unit = facts.first(iri, ITB.canonicalUnit)
    low, high = facts.first(iri, ITB.plausibleMinimum), facts.first(iri, ITB.plausibleMaximum)
    return Bounds(unit, low, high) if unit else None


def read_rules(lexicon: Lexicon) -> tuple[Rule, ...]:
    """Return every rule by which a value implies a class, in a fixed order."""
    return (*_threshold_rules(lexicon), *_range_rules(lexicon))


def concerning(rules: tuple[Rule, ...], iri: str) -> tuple[Rule, ...]:
    """Return the rules that read values of a term, imply it, or are it."""
    return tuple(one for one in rules if iri in (one.of.iri, one.implies.iri, one.rule.iri if one.rule else ""))


def _threshold_rules(lexicon: Lexicon) -> Iterator[Rule]:
    facts = lexicon.facts
    for iri in lexicon.terms:
        for reads, implies in _RULES:
            of, implied = facts.first(iri, reads), facts.first(iri, implies)
            if of and implied:
                adults = facts.first(iri, ITB.adultsOnly) == "true"
                yield Rule(lexicon.ref(iri), lexicon.ref(of), _when(lexicon, iri, of), lexicon.ref(implied), adults)


def _range_rules(lexicon: Lexicon) -> Iterator[Rule]:
    for iri in lexicon.terms:
        for predicate, where in _RANGES:
            for implied in lexicon.facts.values(iri, predicate):
                when = f"{where} the report's reference range"
                yield Rule(None, lexicon.ref(iri), when, lexicon.ref(implied), adults_only=False)


def _when(lexicon: Lexicon, iri: str, of: str) -> str:
    unit = lexicon.facts.first(of, ITB.canonicalUnit) or "h"
    limits: tuple[tuple[URIRef, str], ...] = ((ITB.atLeast, "at least"), (ITB.below, "below"))
    given = ((words, lexicon.facts.first(iri, predicate)) for predicate, words in limits)
    return " and ".join(f"{words} {limit} {unit}" for words, limit in given if limit)

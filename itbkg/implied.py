"""What values imply: findings, by the report's own range or a threshold rule, and classes of delays, by a rule."""

from collections.abc import Iterator
from decimal import Decimal

from rdflib import RDF, RDFS, Literal, URIRef

from itbkg.namespaces import ITB
from itbkg.naming import node_name, place_iri, slug
from itbkg.records import Case, DelayLine, MeasurementLine, Quantity
from itbkg.triples import Scope, Triple, time_triples
from itbkg.vocabulary import Measure, ThresholdRule, Vocabulary

#: From this age on, in years, the rules for adults apply.
ADULT_AGE = 16


def implied_triples(publication: str, case: Case, vocabulary: Vocabulary) -> Iterator[Triple]:
    """Yield a finding, with the measurement it rests on, or the class of a delay, for every implication that holds."""
    scope = Scope(publication, case, vocabulary)
    for line in case.course:
        if isinstance(line, MeasurementLine):
            measure = vocabulary.measures[scope.term(line.measurement, "Measurement").iri]
            for finding, rule in sorted(_implications(scope, line, measure)):
                yield from _finding(scope, line, finding, rule)
        elif isinstance(line, DelayLine):
            yield from _delay(scope, line)


def _delay(scope: Scope, line: DelayLine) -> Iterator[Triple]:
    """Yield the class that a delay is of by its length, with the rule that says so."""
    shortest, _ = scope.vocabulary.units.hours(line.lasted)
    kinds = scope.vocabulary.words.ancestors(scope.term(line.delay, "Delay").iri)
    node = scope.node(node_name("delay", line.delay, line))
    for rule in scope.vocabulary.delay_rules:
        if rule.delay in kinds and shortest is not None and shortest >= rule.at_least:
            yield node, RDF.type, rule.implied
            yield node, ITB.impliedClass, rule.implied
            yield node, ITB.byRule, rule.iri


def _implications(scope: Scope, line: MeasurementLine, measure: Measure) -> Iterator[tuple[URIRef, URIRef]]:
    """Yield (class of finding, what implies it)."""
    yield from _beyond_range(scope, line, measure)
    low, high = (_canonical(scope, end, line.value, measure) for end in (line.value.minimum, line.value.maximum))
    for rule in scope.vocabulary.rules:
        applies = rule.measurement == measure.iri and (not rule.adults_only or _is_adult(scope))
        if applies and _holds(rule, low, high, strict=line.value.comparator == "<"):
            yield rule.finding, rule.iri


def _beyond_range(scope: Scope, line: MeasurementLine, measure: Measure) -> Iterator[tuple[URIRef, URIRef]]:
    """Compare with the report's own range, only where it is printed in a unit that converts to the value's."""
    units, normal = scope.vocabulary.units, line.normal
    if normal is None or not units.compatible(normal.unit, line.value.unit):
        return
    low, high = (_canonical(scope, end, line.value, measure) for end in (line.value.minimum, line.value.maximum))
    floor, ceiling = (_canonical(scope, end, normal, measure) for end in (normal.minimum, normal.maximum))
    if measure.above_range and low is not None and ceiling is not None and low > ceiling:
        yield measure.above_range, measure.iri
    if measure.below_range and high is not None and floor is not None and high < floor:
        yield measure.below_range, measure.iri


def _canonical(scope: Scope, end: Decimal | None, quantity: Quantity, measure: Measure) -> Decimal | None:
    return None if end is None else scope.vocabulary.units.convert(end, quantity.unit, measure.unit)


def _holds(rule: ThresholdRule, low: Decimal | None, high: Decimal | None, *, strict: bool) -> bool:
    """Say whether every value that the report allows is beyond the limit; `<400` is under 400 all the same."""
    if rule.at_least is not None and low is not None and low >= rule.at_least:
        return True
    if rule.below is None or high is None:
        return False
    return high < rule.below or (strict and high == rule.below)


def _is_adult(scope: Scope) -> bool:
    age = scope.case.patient.age
    if age is None or age.minimum is None:
        return False
    return scope.vocabulary.units.convert(age.minimum, age.unit, "a") >= ADULT_AGE


def _finding(scope: Scope, line: MeasurementLine, finding: URIRef, rule: URIRef) -> Iterator[Triple]:
    label = scope.vocabulary.words.label(finding)
    measured = node_name("measurement", line.measurement, line)
    node = scope.node(f"implied/{slug(label)}-by-{measured.removeprefix('measurement/')}")
    yield scope.iri, ITB.hasFinding, node
    yield node, RDF.type, finding
    yield node, RDFS.label, Literal(label)
    yield node, ITB.statedClass, finding
    yield node, ITB.impliedBy, scope.node(measured)
    yield node, ITB.byRule, rule
    yield node, ITB.statedAt, place_iri(scope.publication, line.where)
    yield from time_triples(scope, node, line)

"""From a threshold as it is written to the quantity that it asks for, in the units in which cases are held."""

from collections.abc import Collection, Mapping
from decimal import Decimal

from rdflib import RDF, Graph, Literal, URIRef

from itbkg.errors import NotFoundError, ParameterError
from itbkg.index import Field
from itbkg.links.data import CaseData
from itbkg.links.grammar import Threshold
from itbkg.links.quantities import Quantity
from itbkg.namespaces import ITB
from itbkg.store import PREFIX_LINES, Store
from itbkg.vocabulary import Units

_UNITS = f"""{PREFIX_LINES}
SELECT ?unit ?property ?value WHERE {{ ?unit a itb:Unit ; ?property ?value . FILTER isLiteral(?value) }}
"""
_CANONICAL = f"{PREFIX_LINES} SELECT ?kind ?code WHERE {{ ?kind itb:canonicalUnit ?code }}"
#: What stands before a threshold: classes of values that are measured, and of delays, which last.
MEASURED = Field("measurement", "class", ("Measurement", "Delay"), "")
#: The statements that have times, by the field that they are of.
LINKS: Mapping[str, str] = {
    "finding": "itb:hasFinding",
    "measurement": "itb:hasMeasurement",
    "investigation": "itb:hasInvestigation",
    "considered": "itb:considered",
    "treatment": "itb:hasTreatment",
    "outcome": "itb:hasOutcome",
}
#: From ?case to each measured ?value, and the ends of its window; ?open says that an end is not reached.
_MEASURED = (
    "?case itb:hasMeasurement ?value . ?value itb:statedClass ?kind . OPTIONAL { ?value itb:canonicalMinimum ?low } "
    "OPTIONAL { ?value itb:canonicalMaximum ?high } OPTIONAL { ?value itb:comparator ?open }"
)
_LASTED = _MEASURED.replace("itb:hasMeasurement", "itb:hasDelay").replace("itb:statedClass", "a")
_TIMED = (
    "?case %s ?value . ?value a ?kind . OPTIONAL { ?value itb:earliestHours ?low } "
    "OPTIONAL { ?value itb:latestHours ?high }"
)


def measured(data: CaseData, threshold: Threshold, term: str) -> Quantity:
    """Hold the values of a class of measurement against a threshold, each in the canonical unit of its own class.

    Raises NotFoundError for a unit that is not known, and ParameterError for one that does not convert.
    """
    units = _units(data.store)
    canonical = {row[0]: row[1] for row in data.store.select(_CANONICAL).texts()}
    kinds = [kind for kind in sorted(canonical) if term == kind or term in data.above(kind)]
    unit = _unit(units, threshold.unit, {canonical[kind] for kind in kinds})
    fitting = {kind: canonical[kind] for kind in kinds if units.compatible(unit, canonical[kind])}
    if not fitting:
        takes = ", ".join(sorted({canonical[kind] for kind in kinds})) or "none"
        raise ParameterError(f"'{unit}' is no unit of {data.labels(MEASURED)[term]}; it is measured in {takes}")
    limits = tuple((kind, units.convert(threshold.number, unit, to)) for kind, to in fitting.items())
    return Quantity(_MEASURED, limits, threshold.comparison, every=False)


def lasted(data: CaseData, threshold: Threshold, term: str) -> Quantity:
    """Hold delays of a class against a threshold; raises what `length` raises."""
    return Quantity(_LASTED, ((term, length(data, threshold)),), threshold.comparison, every=False)


def check_timed(field: Field) -> Field:
    """Return a field whose statements have times; ParameterError for any other."""
    if field.name not in LINKS:
        what = field.name.replace("_", " ")
        raise ParameterError(f"the variable {what} has no times of its own; those of {', '.join(LINKS)} have")
    return field


def timed(data: CaseData, threshold: Threshold, field: Field, term: str) -> Quantity:
    """Hold the time from clock zero to the first statement of a class against a threshold.

    Raises what `in_hours` and `check_timed` raise.
    """
    late, link = threshold.comparison in (">", ">="), LINKS[check_timed(field).name]
    return Quantity(_TIMED % link, ((term, in_hours(data, threshold)),), threshold.comparison, every=late)


def length(data: CaseData, threshold: Threshold) -> Decimal:
    """Return a threshold of how long something lasted, in hours; raises what `in_hours` raises, and for one under 0."""
    if threshold.number < 0:
        raise ParameterError(f"nothing lasts {threshold.number:f} {threshold.unit}; give 0 or more")
    return in_hours(data, threshold)


def in_hours(data: CaseData, threshold: Threshold) -> Decimal:
    """Return a threshold in hours; NotFoundError for an unknown unit, ParameterError for one that is not of time."""
    units = _units(data.store)
    unit = _unit(units, threshold.unit, {"h"})
    if not units.compatible(unit, "h"):
        raise ParameterError(f"'{unit}' is no unit of time; write h, d, wk, mo or a")
    return units.convert(threshold.number, unit, "h")


def _unit(units: Units, code: str, canonical: Collection[str]) -> str:
    """Check a unit's code; NotFoundError, with those of like spelling or else those that fit, for an unknown one."""
    try:
        return units.unit(code).code
    except NotFoundError as error:
        fitting = [known for known in units.codes if any(units.compatible(known, one) for one in canonical)]
        raise NotFoundError(error.kind, code, error.nearest or fitting) from error


def _units(store: Store) -> Units:
    """Read the units out of the graph, as the vocabulary reads them out of the ontology."""
    graph = Graph()
    for unit, name, value in store.select(_UNITS).texts():
        graph.add((URIRef(unit), RDF.type, ITB.Unit))
        graph.add((URIRef(unit), URIRef(name), Literal(value)))
    return Units(graph)

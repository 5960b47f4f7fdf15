"""Quantities against thresholds: measured values, delays, and the time from clock zero to the first of something.

A report gives a window for a value: `5..6 mg/dL`, `<400 mL/d`, or one number. A case is present where at least one
value surely passes the threshold, whatever in its window is true; absent where it has values and each surely does not;
else not reported: nothing was measured, or a window lies across the threshold. A time of the first passes `>` only
where every statement of the class surely comes later.
"""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from rdflib import RDF, Graph, Literal, URIRef

from itbkg.errors import ParameterError
from itbkg.index import Field
from itbkg.links.data import CaseData
from itbkg.links.grammar import Comparison, Threshold
from itbkg.links.senses import Ground, States
from itbkg.namespaces import ITB
from itbkg.store import PREFIX_LINES, Store
from itbkg.vocabulary import Units

_UNITS = f"""{PREFIX_LINES}
SELECT ?unit ?property ?value WHERE {{ ?unit a itb:Unit ; ?property ?value . FILTER isLiteral(?value) }}
"""
_CANONICAL = f"{PREFIX_LINES} SELECT ?kind ?code WHERE {{ ?kind itb:canonicalUnit ?code }}"
#: What stands before a threshold: classes of values that are measured, and of delays, which last.
MEASURED = Field("measurement", "class", ("Measurement", "Delay"), "")
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
#: What is surely so of a window, for each comparison with ?limit.
_SURE: Mapping[Comparison, str] = {
    "<": "(?high < ?limit || (?high = ?limit && ?open = '<'))",
    "<=": "?high <= ?limit",
    ">": "(?low > ?limit || (?low = ?limit && ?open = '>'))",
    ">=": "?low >= ?limit",
}
#: What is so where a comparison is not.
OPPOSITE: Mapping[Comparison, Comparison] = {"<": ">=", "<=": ">", ">": "<=", ">=": "<"}


@dataclass(frozen=True, slots=True)
class Window:
    """The ends of a value, None where open; `open` is `<` or `>` where the end itself is not reached."""

    low: Decimal | None
    high: Decimal | None
    open: str

    def surely(self, comparison: Comparison, limit: Decimal) -> bool:
        """Say whether all that the window allows is so."""
        match comparison:
            case "<":
                return self.high is not None and (self.high < limit or (self.high == limit and self.open == "<"))
            case "<=":
                return self.high is not None and self.high <= limit
            case ">":
                return self.low is not None and (self.low > limit or (self.low == limit and self.open == ">"))
            case ">=":
                return self.low is not None and self.low >= limit


@dataclass(frozen=True, slots=True)
class Quantity:
    """A quantity against a threshold: `limits` holds it for each class of statement in that class's canonical unit.

    `pattern` leads from ?case to ?value of ?kind with ?low, ?high and ?open. With `every`, all values must pass.
    """

    pattern: str
    limits: tuple[tuple[str, Decimal], ...]
    comparison: Comparison
    every: bool

    def ground(self) -> Ground:
        """Say on what absence rests."""
        return "measured, and not so"

    def states(self, data: CaseData) -> States:
        """Find the cases by state."""
        windows, limits = self._windows(data), dict(self.limits)
        some, others = (all, any) if self.every else (any, all)
        present, absent = (
            data.index.bits(
                case
                for case, values in windows.items()
                if enough(window.surely(comparison, limits[kind]) for kind, window in values)
            )
            for enough, comparison in ((some, self.comparison), (others, OPPOSITE[self.comparison]))
        )
        return States(present, absent)

    def asks_present(self) -> str:
        """Ask whether a value of ?case passes, or all do."""
        return self._every(self.comparison) if self.every else self._some(_SURE[self.comparison])

    def asks_absent(self, data: CaseData) -> str:
        """Ask whether ?case has values and none passes, or for `every` whether one does not."""
        del data
        opposite = OPPOSITE[self.comparison]
        return self._some(_SURE[opposite]) if self.every else self._every(opposite)

    def _some(self, sure: str) -> str:
        return f"EXISTS {{ {self._values()} FILTER ({sure}) }}"

    def _every(self, comparison: Comparison) -> str:
        unsure = f"!COALESCE({_SURE[comparison]}, false)"
        return f"(EXISTS {{ {self._values()} }} && !EXISTS {{ {self._values()} FILTER ({unsure}) }})"

    def _values(self) -> str:
        limits = " ".join(f"(<{kind}> {limit:f})" for kind, limit in self.limits)
        return f"VALUES (?kind ?limit) {{ {limits} }} {self.pattern}"

    def _windows(self, data: CaseData) -> dict[str, list[tuple[str, Window]]]:
        """Read the windows of each case, each with the class whose limit holds for it."""
        found: defaultdict[str, list[tuple[str, Window]]] = defaultdict(list)
        limits = dict(self.limits)
        query = f"{PREFIX_LINES} SELECT ?case ?kind ?low ?high ?open WHERE {{ {self.pattern} }}"
        for case, kind, low, high, unreached in data.store.select(query).texts():
            if kind in limits:
                found[case].append((kind, Window(_number(low), _number(high), unreached)))
        return found


def measured(data: CaseData, threshold: Threshold, term: str) -> Quantity:
    """Hold the values of a class of measurement against a threshold, each in the canonical unit of its own class.

    Raises NotFoundError for a unit that is not known, and ParameterError for one that does not convert.
    """
    units = _units(data.store)
    canonical = {row[0]: row[1] for row in data.store.select(_CANONICAL).texts()}
    unit = units.unit(threshold.unit).code
    kinds = [kind for kind in sorted(canonical) if term == kind or term in data.above(kind)]
    fitting = {kind: canonical[kind] for kind in kinds if units.compatible(unit, canonical[kind])}
    if not fitting:
        takes = ", ".join(sorted({canonical[kind] for kind in kinds})) or "none"
        raise ParameterError(f"'{unit}' is no unit of {data.labels(MEASURED)[term]}; it is measured in {takes}")
    limits = tuple((kind, units.convert(threshold.number, unit, to)) for kind, to in fitting.items())
    return Quantity(_MEASURED, limits, threshold.comparison, every=False)


def lasted(data: CaseData, threshold: Threshold, term: str) -> Quantity:
    """Hold delays of a class against a threshold; raises what `measured` raises."""
    return Quantity(_LASTED, ((term, in_hours(data, threshold)),), threshold.comparison, every=False)


def timed(data: CaseData, threshold: Threshold, field: Field, term: str) -> Quantity:
    """Hold the time from clock zero to the first statement of a class against a threshold.

    Raises what `measured` raises, and ParameterError for a field whose statements have no time.
    """
    link = _LINKS.get(field.name)
    if link is None:
        raise ParameterError(f"a {field.name.replace('_', ' ')} has no time of its own; there is {', '.join(_LINKS)}")
    late = threshold.comparison in (">", ">=")
    return Quantity(_TIMED % link, ((term, in_hours(data, threshold)),), threshold.comparison, every=late)


#: The statements that have times, by the field that they are of.
_LINKS: Mapping[str, str] = {
    "finding": "itb:hasFinding",
    "measurement": "itb:hasMeasurement",
    "investigation": "itb:hasInvestigation",
    "considered": "itb:considered",
    "treatment": "itb:hasTreatment",
    "outcome": "itb:hasOutcome",
}


def in_hours(data: CaseData, threshold: Threshold) -> Decimal:
    """Return a threshold in hours; NotFoundError for an unknown unit, ParameterError for one that is not of time."""
    units = _units(data.store)
    if not units.compatible(threshold.unit, "h"):
        raise ParameterError(f"'{threshold.unit}' is no unit of time; write h, d, wk, mo or a")
    return units.convert(threshold.number, threshold.unit, "h")


def _units(store: Store) -> Units:
    """Read the units out of the graph, as the vocabulary reads them out of the ontology."""
    graph = Graph()
    for unit, name, value in store.select(_UNITS).texts():
        graph.add((URIRef(unit), RDF.type, ITB.Unit))
        graph.add((URIRef(unit), URIRef(name), Literal(value)))
    return Units(graph)


def _number(text: str) -> Decimal | None:
    return Decimal(text) if text else None

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

from itbkg.links.data import CaseData
from itbkg.links.grammar import Comparison
from itbkg.links.senses import Ground, States
from itbkg.store import PREFIX_LINES

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


def _number(text: str) -> Decimal | None:
    return Decimal(text) if text else None

"""Which measured values make a chart, and the chart in words for those who do not see it."""

from collections.abc import Sequence
from dataclasses import dataclass

from itbkg.teaching.formats.shown import printed_unit
from itbkg.teaching.lesson import Fact, Stage

#: Two values at two times are the fewest that show a course.
_FEWEST = 2


@dataclass(frozen=True, slots=True)
class Chart:
    """Values of one quantity over time: points are hours from the moment `zero` and numbers, in the order of time."""

    label: str
    unit: str
    points: tuple[tuple[float, float], ...]
    words: str
    zero: str

    @property
    def time_axis(self) -> str:
        """The title of the axis of times."""
        return f"Hours from {self.zero}"

    @property
    def axis(self) -> str:
        """The title of the axis of values, with its unit."""
        return f"{self.label} ({self.unit})" if self.unit else self.label


def charts(stages: Sequence[Stage], zero: str) -> tuple[Chart, ...]:
    """Chart what is known after the last of some stages, for each quantity of which that stage measures something."""
    last = {(fact.label, fact.unit) for fact in stages[-1].facts if _can_stand(fact)}
    found = (_chart(quantity, _values(stages, quantity), zero) for quantity in sorted(last))
    return tuple(chart for chart in found if len({hours for hours, _ in chart.points}) >= _FEWEST)


def _values(stages: Sequence[Stage], quantity: tuple[str, str]) -> list[Fact]:
    """Return the values of a quantity, each once, in the order of time."""
    facts = {
        (fact.id, fact.time, fact.number): fact
        for stage in stages
        for fact in stage.facts
        if _can_stand(fact) and (fact.label, fact.unit) == quantity
    }
    return sorted(facts.values(), key=lambda fact: (_hours(fact), fact.number or 0.0, fact.id))


def _chart(quantity: tuple[str, str], facts: Sequence[Fact], zero: str) -> Chart:
    label, unit = quantity[0], printed_unit(quantity[1])
    told = "; ".join(f"{fact.value or fact.number} at {fact.time or f'{_hours(fact):g} h'}" for fact in facts)
    points = tuple((_hours(fact), fact.number) for fact in facts if fact.number is not None)
    return Chart(label, unit, points, f"Line chart of {label} over hours from {zero}: {told}", zero)


def _can_stand(fact: Fact) -> bool:
    """Say whether a fact is a number at a time that is known at both ends."""
    known = fact.earliest_hours is not None and fact.latest_hours is not None
    return fact.kind == "measurement" and fact.number is not None and known


def _hours(fact: Fact) -> float:
    """Return the middle of the time in which a value was measured."""
    return ((fact.earliest_hours or 0.0) + (fact.latest_hours or 0.0)) / 2

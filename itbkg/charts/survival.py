"""Kaplan-Meier curves: steps with intervals, marks where a case is censored, and below them how many are at risk."""

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from itbkg.charts.chart import Chart, Spec, values
from itbkg.charts.frame import Frame, at, check_width, drawn, written
from itbkg.charts.letters import shortened, widest
from itbkg.charts.style import GRID, INK, LINE, NARROW, SERIES, SMALL, TEXT
from itbkg.charts.words import Words
from itbkg.errors import ParameterError
from itbkg.statistics import Curve

#: Units of the time axis with their hours, and up to so many of them the axis is told in it.
_UNITS = (("hours", 1.0, 96), ("days", 24.0, 60), ("weeks", 168.0, 30), ("months", 730.5, 60), ("years", 8766.0, 1e9))
_STEPS = (1, 2, 3, 6, 12, 24, 48, 100, 1000)
_RIGHT = 24
_READING = (
    "Thin lines: ends of the 95 % interval. Upright strokes: cases of which no more is told from then on (censored)."
)


@dataclass(frozen=True, slots=True)
class StepRow:
    """One step of a curve: at `hours` so many were `at_risk`, had the event or were censored; `share` still waits.

    `of` are the cases of the group that tell a time. `low` and `high` are the 95 % interval, None where there is none.
    """

    group: str
    hours: float
    at_risk: int
    events: int
    censored: int
    of: int
    share: float
    low: float | None
    high: float | None


def kaplan_meier_chart(curves: Mapping[str, Curve], words: Words, width: int = 900) -> Chart[StepRow]:
    """Draw curves by the label of their group, seven at most.

    Raises ParameterError for more, and for a width that cannot be.
    """
    if len(curves) > len(SERIES):
        raise ParameterError(f"{len(curves)} curves cannot be told apart in one chart; choose {len(SERIES)} at most")
    rows = tuple(row for group, curve in curves.items() for row in _rows(group, curve))
    plan = _Plan(curves, check_width(width))
    below = 62 + LINE * (len(curves) + 1)
    frame = Frame(width, plan.left, _RIGHT, plan.height, below, words.title, words.subtitle, (*words.notes, _READING))
    data = {
        "table": [values(row, time=plan.time(row.hours)) for row in rows],
        "lines": list(plan.lines()),
        "key": list(plan.key()),
        "risk": list(plan.risk(frame.inner)),
    }
    said = "; ".join(f"{group}: {_told(curve)}" for group, curve in curves.items())
    description = f"Kaplan-Meier curves, groups: {len(curves)}. {words.subtitle}. {said}."
    spec = frame.spec(words.name, description, _layers(plan, frame.inner), data)
    return Chart(words.name, words.title, description, StepRow, rows, spec)


def _rows(group: str, curve: Curve) -> Iterator[StepRow]:
    for step in curve.steps:
        counts = (step.at_risk, step.events, step.censored)
        yield StepRow(group, step.time, *counts, curve.n, step.share, step.low, step.high)


def _told(curve: Curve) -> str:
    """Say n and N of a curve, and its median."""
    median = "not reached" if curve.median.value is None else f"{curve.median.value:g} h"
    return f"{curve.events} of {curve.n} cases with the event, median {median}"


class _Plan:
    """Axes and places of the curves; the key stands above them, the numbers at risk below."""

    def __init__(self, curves: Mapping[str, Curve], width: int) -> None:
        self._curves = curves
        self._phone = width < NARROW
        self.left = min(max(widest(curves, SMALL) + 24, 64), 96 if self._phone else 240)
        self.top = LINE * len(curves) + 12
        self.height = self.top + (240 if self._phone else 320)
        last = max((step.time for curve in curves.values() for step in curve.steps), default=0.0) or 1.0
        self.unit, self._hours = next((name, hours) for name, hours, most in _UNITS if last <= hours * most)
        ticks = 5 if self._phone else 9
        self._step = next(step for step in _STEPS if last / self._hours / step <= ticks)
        self.end = math.ceil(last / self._hours / self._step) * self._step

    @property
    def groups(self) -> list[str]:
        """The labels of the groups, in order."""
        return list(self._curves)

    @property
    def ticks(self) -> list[float]:
        """The times that are labelled, in the unit of the axis."""
        return [self._step * number for number in range(round(self.end / self._step) + 1)]

    def time(self, hours: float) -> float:
        """Return hours in the unit of the axis."""
        return round(hours / self._hours, 6)

    def lines(self) -> Iterator[Spec]:
        """Yield the corners of each curve and of both ends of its interval, which holds until the next step."""
        for group, curve in self._curves.items():
            ends: tuple[float | None, float | None] = None, None
            yield {"group": group, "time": 0, "share": 1, "low": None, "high": None}
            for step in curve.steps:
                ends = ends if step.low is None else (step.low, step.high)
                corner = {"group": group, "time": self.time(step.time), "share": step.share}
                yield corner | {"low": ends[0], "high": ends[1]}

    def key(self) -> Iterator[Spec]:
        """Name each curve beside a stretch of its line."""
        for place, (group, curve) in enumerate(self._curves.items()):
            y, said = place * LINE + 4, f"{group}: {curve.events} of {curve.n} with the event"
            room = 270 if self._phone else 2000
            yield {"group": group, "text": shortened(said, room), "x": 0, "x2": 34, "y": y, "at": 42}

    def risk(self, inner: float) -> Iterator[Spec]:
        """Write below each tick how many of each group are at risk."""
        top = self.height + 62
        yield {"text": "cases at risk", "x": 10 - self.left, "y": top, "side": "left"}
        for place, (group, curve) in enumerate(self._curves.items(), start=1):
            y = top + place * LINE
            yield {"text": shortened(group, self.left - 22, SMALL), "x": 10 - self.left, "y": y, "side": "left"}
            for tick in self.ticks:
                x, count = round(tick / self.end * inner, 1), curve.at_risk(tick * self._hours)
                yield {"text": str(count), "x": x, "y": y, "side": "center"}


def _layers(plan: _Plan, inner: float) -> list[Spec]:
    own = {
        "color": _own(plan, [colour for colour, _, _ in SERIES]),
        "strokeDash": _own(plan, [list(dash) for _, dash, _ in SERIES]),
    }
    return [*_curves(plan, _time(plan, inner), own), *_words(own)]


def _curves(plan: _Plan, time: Spec, own: Mapping[str, Spec]) -> Iterator[Spec]:
    """Draw both ends of each interval, the curve, and an upright stroke where a case is censored."""
    line = {"type": "line", "interpolate": "step-after", "strokeCap": "butt"}
    told = {"transform": [{"filter": "isValid(datum.low)"}]}
    thin, group = line | {"strokeWidth": 1, "opacity": 0.8}, {"color": own["color"], "detail": {"field": "group"}}
    for end in ("low", "high"):
        yield drawn("lines", thin, x=time, y=_share(plan, end), **group) | told
    yield drawn("lines", line | {"strokeWidth": 2.5}, x=time, y=_share(plan, "share"), **own)
    cut = {"type": "point", "shape": "stroke", "angle": 90, "size": 90, "strokeWidth": 1.5, "opacity": 1}
    censored = {"transform": [{"filter": "datum.censored > 0"}]}
    yield drawn("table", cut, x=time, y=_share(plan, "share"), color=own["color"]) | censored


def _words(own: Mapping[str, Spec]) -> Iterator[Spec]:
    """Write the key above the curves, and the numbers at risk below."""
    text = {"type": "text", "baseline": "middle", "fontSize": SMALL, "color": INK}
    yield drawn("key", {"type": "rule", "strokeWidth": 2.5}, x=at("x"), x2={"field": "x2"}, y=at("y"), **own)
    yield drawn("key", text | {"align": "left", "fontSize": TEXT}, x=at("at"), y=at("y"), text=written("text"))
    for side in ("left", "center"):
        here = {"transform": [{"filter": f"datum.side == '{side}'"}]}
        yield drawn("risk", text | {"align": side}, x=at("x"), y=at("y"), text=written("text")) | here


def _time(plan: _Plan, inner: float) -> Spec:
    axis = {"values": plan.ticks, "title": plan.unit, "grid": False, "offset": 0}
    scale = {"domain": [0, plan.end], "range": [0, inner], "nice": False}
    return {"field": "time", "type": "quantitative", "axis": axis, "scale": scale}


def _share(plan: _Plan, field: str) -> Spec:
    axis = {"values": [0, 0.25, 0.5, 0.75, 1], "format": ".0%", "title": "without the event", "gridColor": GRID}
    scale = {"domain": [0, 1], "range": [plan.height, plan.top], "nice": False}
    return {"field": field, "type": "quantitative", "scale": scale, "axis": axis}


def _own(plan: _Plan, ways: Sequence[object]) -> Spec:
    """Give each group a colour or a dash of its own."""
    scale = {"domain": plan.groups, "range": list(ways[: len(plan.groups)])}
    return {"field": "group", "type": "nominal", "scale": scale, "legend": None}

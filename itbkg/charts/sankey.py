"""A Sankey diagram: ribbons from stage to stage, as wide as there are cases; bars and ribbons are laid out here.

Vega-Lite knows no Sankey diagram. A ribbon is an area between two smooth lines, given by points, so that the whole is
one specification that any Vega-Lite draws.
"""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import replace

from itbkg.charts.chart import Chart, Spec, values
from itbkg.charts.flowing import Bar, FlowRow, bars_of, gathered
from itbkg.charts.frame import Frame, at, check_width, drawn, exactly, written
from itbkg.charts.letters import broken
from itbkg.charts.style import INK, MUTED, NARROW, PAPER, SMALL
from itbkg.charts.words import Words

_BAR, _POINTS, _LETTERS = 12, 24, 14
#: Greys of the ribbons, in turn: what is told, and what is not reported.
_TOLD, _UNTOLD = "#5b8db8", "#c9c9c9"


def sankey(
    rows: Sequence[FlowRow], stages: Sequence[str], words: Words, width: int = 900, most: int = 9
) -> Chart[FlowRow]:
    """Draw flows through the stages, from left to right.

    Of a stage's classes the `most` that most cases have are drawn by themselves, the others together; the table has
    all. ParameterError for a width that cannot be.
    """
    plan = _Plan(gathered(rows, stages, most), stages, check_width(width))
    frame = Frame(width, 12, 12, plan.height, 4, words.title, words.subtitle, (*words.notes, _READING))
    data = {
        "table": [values(row) for row in rows],
        "ribbons": list(plan.ribbons()),
        "bars": list(plan.bars()),
        "labels": list(plan.labels()),
        "heads": list(plan.heads()),
    }
    top = max(rows, key=lambda row: (not row.untold, row.n), default=None)
    peak = f" The widest, {top.n} of {top.of} cases: {top.source} to {top.target}." if top else ""
    description = f"Sankey diagram from {' to '.join(stages)}. {words.subtitle}.{peak}"
    spec = frame.spec(words.name, description, _layers(), data)
    return Chart(words.name, words.title, description, FlowRow, tuple(rows), spec)


_READING = (
    "A ribbon is as wide as there are cases; grey ones lead from or to what is not reported. A case with several "
    "causes or outcomes is in several ribbons, and counts once in the number of each bar."
)


class _Plan:
    """Where bars stand and ribbons run."""

    def __init__(self, rows: Sequence[FlowRow], stages: Sequence[str], width: int) -> None:
        self._rows, self._stages, self._width = rows, list(stages), width - 24
        narrow = width < NARROW
        gaps = [1.0] * (len(stages) - 2) + [1.8 if narrow else 1.0] if len(stages) > 1 else []
        self._gaps = [(self._width - _BAR) * gap / sum(gaps) for gap in gaps]
        self._unit = 3.0 if narrow else 4.0
        bars = bars_of(rows, self._stages)
        self._bars = {(bar.stage, bar.label): bar for stage in range(len(stages)) for bar in self._stacked(bars, stage)}
        self.height = max((bar.y + bar.size * self._unit for bar in self._bars.values()), default=0) + 8

    def bars(self) -> Iterator[Spec]:
        """Yield the bars."""
        for bar in self._bars.values():
            x = round(self._x(bar.stage), 1)
            fill = MUTED if bar.untold else INK
            yield {"x": x, "x2": x + _BAR, "y": bar.y, "y2": round(bar.y + bar.size * self._unit, 1), "fill": fill}

    def labels(self) -> Iterator[Spec]:
        """Write above each bar its class and the number of its cases."""
        for bar in self._bars.values():
            lines, last = self._lines(bar), bar.stage == len(self._stages) - 1
            x = round(self._x(bar.stage) + (_BAR if last else 0), 1)
            for number, line in enumerate(lines):
                y = round(bar.y - 5 - (len(lines) - 1 - number) * _LETTERS, 1)
                yield {"text": line, "x": x, "y": y, "side": "right" if last else "left"}

    def heads(self) -> Iterator[Spec]:
        """Name the stages."""
        for stage, name in enumerate(self._stages):
            last = stage == len(self._stages) - 1
            x = round(self._x(stage) + (_BAR if last else 0), 1)
            yield {"text": name, "x": x, "y": 8, "side": "right" if last else "left"}

    def ribbons(self) -> Iterator[Spec]:
        """Yield the points of the ribbons, each ribbon under a number of its own."""
        leaving, coming = defaultdict[tuple[int, str], float](float), defaultdict[tuple[int, str], float](float)
        for number, row in enumerate(sorted(self._rows, key=self._order)):
            start = (self._stages.index(row.stage), row.source)
            end = (self._stages.index(row.next_stage), row.target)
            y, y2 = self._bars[start].y + leaving[start], self._bars[end].y + coming[end]
            leaving[start] += row.n * self._unit
            coming[end] += row.n * self._unit
            yield from self._points(number, row, (self._x(start[0]) + _BAR, y), (self._x(end[0]), y2))

    def _points(
        self, number: int, row: FlowRow, start: tuple[float, float], end: tuple[float, float]
    ) -> Iterator[Spec]:
        for point in range(_POINTS + 1):
            part = point / _POINTS
            smooth = part * part * (3 - 2 * part)
            x, y = start[0] + (end[0] - start[0]) * part, start[1] + (end[1] - start[1]) * smooth
            yield {
                "ribbon": number,
                "x": round(x, 1),
                "y": round(y, 1),
                "y2": round(y + row.n * self._unit, 1),
                "fill": _UNTOLD if row.untold else _TOLD,
            }

    def _x(self, stage: int) -> float:
        return sum(self._gaps[:stage])

    def _lines(self, bar: Bar) -> list[str]:
        """Break a label; the last two stages share the room between them."""
        shared = bar.stage >= len(self._stages) - 2
        room = self._gaps[min(bar.stage, len(self._gaps) - 1)] * (0.48 if shared else 0.92)
        return broken(f"{bar.label} ({len(bar.cases)})", room, SMALL)

    def _stacked(self, bars: Sequence[Bar], stage: int) -> Iterator[Bar]:
        """Stack the bars of a stage, with room above each for its label."""
        y = 20.0
        for bar in (one for one in bars if one.stage == stage):
            y += len(self._lines(bar)) * _LETTERS + 8
            yield replace(bar, y=round(y, 1))
            y += bar.size * self._unit + 4

    def _order(self, row: FlowRow) -> tuple[float, float, str]:
        """Order ribbons by where they begin and end, so that few cross."""
        start, end = (self._stages.index(row.stage), row.source), (self._stages.index(row.next_stage), row.target)
        return self._bars[start].y, self._bars[end].y, row.source


def _layers() -> list[Spec]:
    corners = {"x": at("x"), "x2": {"field": "x2"}, "y": at("y"), "y2": {"field": "y2"}, "fill": exactly("fill")}
    ribbon = {"type": "area", "opacity": 0.55, "interpolate": "linear"}
    sides = ("left", "right")
    text = {"type": "text", "baseline": "alphabetic", "fontSize": SMALL, "color": INK}
    halo: Spec = {"stroke": PAPER, "strokeWidth": 3, "strokeJoin": "round", "aria": False}

    def label(data: str, side: str, more: Spec) -> Spec:
        mark = text | {"align": side} | more
        layer = drawn(data, mark, x=at("x"), y=at("y"), text=written("text"))
        return layer | {"transform": [{"filter": f"datum.side == '{side}'"}]}

    return [
        drawn(
            "ribbons",
            ribbon,
            x=at("x"),
            y=at("y"),
            y2={"field": "y2"},
            detail={"field": "ribbon"},
            fill=exactly("fill"),
        ),
        drawn("bars", {"type": "rect"}, **corners),
        *(label("labels", side, more) for more in (halo, {}) for side in sides),
        *(label("heads", side, {"fontWeight": "bold"}) for side in sides),
    ]

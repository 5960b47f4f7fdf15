"""A forest plot of risks: the share among the cases that say, its interval, and what the unreported leaves possible."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from itbkg.charts.chart import Chart, Spec, values
from itbkg.charts.frame import Frame, at, check_width, drawn, exactly, written
from itbkg.charts.letters import broken, widest
from itbkg.charts.style import FRAME, GRID, INK, LINE, MUTED, NARROW, SMALL, TEXT
from itbkg.charts.words import Words

_PAD, _BELOW = 14, 44
_READING = (
    "Square: share among the cases that say. Black line: its 95 % interval (Wilson). Grey band with ends: the share if "
    "all that is not reported were absent, and if all were present."
)


@dataclass(frozen=True, slots=True)
class RiskRow:
    """The risk in a group of `of` cases: `n` have it, `absent` do not, `not_reported` do not say.

    `risk` is n / (n + absent) with its interval, None where no case says; the bounds are n / of and
    (n + not_reported) / of. `cases` are those that have it, by id.
    """

    label: str
    n: int
    absent: int
    not_reported: int
    of: int
    risk: float | None
    risk_low: float | None
    risk_high: float | None
    bound_low: float | None
    bound_high: float | None
    cases: tuple[str, ...]


def forest(rows: Sequence[RiskRow], words: Words, width: int = 900) -> Chart[RiskRow]:
    """Draw risks in their order; ParameterError for a width that cannot be."""
    narrow = check_width(width) < NARROW
    plan = _Plan(rows, width, narrow=narrow)
    frame = Frame(
        width, plan.left, plan.right, plan.height, _BELOW, words.title, words.subtitle, (*words.notes, _READING)
    )
    said = [row for row in rows if row.risk is not None]
    top = max(said, key=lambda row: row.risk or 0, default=None)
    peak = f" Highest: {top.label}, {top.n} of {top.n + top.absent} that say." if top else ""
    description = f"Forest plot of {len(rows)} risks. {words.subtitle}.{peak}"
    data = {
        "table": [values(row, **plan.place(index)) for index, row in enumerate(rows)],
        "labels": list(plan.labels()),
        "columns": list(plan.columns(frame.inner)),
    }
    spec = frame.spec(words.name, description, _layers(frame.inner), data)
    return Chart(words.name, words.title, description, RiskRow, tuple(rows), spec)


class _Plan:
    """Where rows and words stand; on a phone label and numbers stand above the line, else beside it."""

    def __init__(self, rows: Sequence[RiskRow], width: int, *, narrow: bool) -> None:
        self._rows, self._narrow = rows, narrow
        self.left = 24 if narrow else min(widest([row.label for row in rows]) + 26, width * 0.34)
        self.right = 24 if narrow else widest(map(_numbers, rows)) + 30
        across = width - 2 * 14 if narrow else self.left - 24
        self._lines = [broken(row.label, across) for row in rows]
        above = LINE if narrow else 0
        self._heights = [
            (len(lines) * LINE + above + 34) if narrow else max(len(lines) * LINE, 20) + _PAD for lines in self._lines
        ]
        self.height = sum(self._heights)

    def place(self, index: int) -> Spec:
        """Return the height at which a row's line stands, and what is written of it."""
        top = sum(self._heights[:index])
        line = top + self._heights[index] - 14 if self._narrow else top + self._heights[index] / 2
        return {"line": line, "up": line - 6, "down": line + 6, "text": _numbers(self._rows[index])}

    def labels(self) -> Iterator[Spec]:
        """Write the labels, and on a phone the numbers below them."""
        for index, lines in enumerate(self._lines):
            top = sum(self._heights[:index])
            first = top + 14 if self._narrow else top + self._heights[index] / 2 - (len(lines) - 1) * LINE / 2
            x = -14.0 if self._narrow else 14 - self.left
            for number, line in enumerate(lines):
                yield {"text": line, "x": x, "y": first + number * LINE, "ink": INK}
            if self._narrow:
                yield {"text": _numbers(self._rows[index]), "x": x, "y": first + len(lines) * LINE, "ink": MUTED}

    def columns(self, inner: float) -> Iterator[Spec]:
        """Write the numbers beside the lines where there is room."""
        if not self._narrow:
            for index, row in enumerate(self._rows):
                yield {"text": _numbers(row), "x": inner + 16, "y": self.place(index)["line"]}


def _numbers(row: RiskRow) -> str:
    """Write `3 of 9, 33 % (12–65); 2 not reported`."""
    silent = f"; {row.not_reported} not reported" if row.not_reported else ""
    if row.risk is None or row.risk_low is None or row.risk_high is None:
        return f"none of {row.of} says"
    share = f"{100 * row.risk:.0f} % ({100 * row.risk_low:.0f}–{100 * row.risk_high:.0f})"
    return f"{row.n} of {row.n + row.absent}, {share}{silent}"


def _layers(inner: float) -> list[Spec]:
    text = {"type": "text", "align": "left", "baseline": "middle", "fontSize": TEXT, "color": INK}
    return [
        *_bounds(inner),
        *_risks(inner),
        drawn("labels", text, x=at("x"), y=at("y"), text=written("text"), color=exactly("ink")),
        drawn("columns", text | {"fontSize": SMALL + 1}, x=at("x"), y=at("y"), text=written("text")),
    ]


def _bounds(inner: float) -> Iterator[Spec]:
    """Draw the band between the bounds, and its ends."""
    band = {"type": "rule", "strokeWidth": 7, "color": "#bdbdbd"}
    yield drawn("table", band, x=_share("bound_low", inner), x2={"field": "bound_high"}, y=at("line"))
    end = {"type": "rule", "strokeWidth": 1.5, "color": FRAME}
    for bound in ("bound_low", "bound_high"):
        yield drawn("table", end, x=_share(bound, inner), y=at("up"), y2={"field": "down"})


def _risks(inner: float) -> Iterator[Spec]:
    """Draw the interval of each share that is told, and the share."""
    told = {"transform": [{"filter": "isValid(datum.risk)"}]}
    line = {"type": "rule", "strokeWidth": 2, "color": INK}
    yield drawn("table", line, x=_share("risk_low", inner), x2={"field": "risk_high"}, y=at("line")) | told
    square = {"type": "point", "shape": "square", "size": 90, "filled": True, "color": INK, "opacity": 1}
    yield drawn("table", square, x=_share("risk", inner), y=at("line")) | told


def _share(field: str, inner: float) -> Spec:
    """Place by a share, on the axis of all layers."""
    ticks = [0, 0.2, 0.4, 0.6, 0.8, 1]
    axis = {"values": ticks, "format": ".0%", "title": "share of cases", "offset": 6, "grid": True, "gridColor": GRID}
    scale = {"domain": [0, 1], "range": [0, inner], "nice": False}
    return {"field": field, "type": "quantitative", "scale": scale, "axis": axis}

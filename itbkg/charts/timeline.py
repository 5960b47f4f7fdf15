"""One case on one axis: causes, findings, measurements, treatments, outcomes, each in the window that the report gives.

Most reports tell the times of few statements. What has no time stands in a column of its own before the axis, in the
order in which the report tells it; nothing is put at a moment that the report does not give.
"""

import math
from collections.abc import Iterator, Sequence

from itbkg.cases import CaseAccount
from itbkg.charts.chart import Chart, Spec, values
from itbkg.charts.frame import Frame, at, check_width, drawn, exactly, written
from itbkg.charts.letters import shortened, widest, width_of
from itbkg.charts.statements import LANES, TimelineRow, timeline_rows
from itbkg.charts.style import FRAME, GRID, INK, MUTED, NARROW, PAPER, SMALL, TEXT
from itbkg.charts.words import Words

_ROW, _HEAD, _AXIS = 20, 30, 44
#: A window narrower than a mark is not drawn; a text of which only so many pixels would be seen is not written.
_MARK, _LEAST_TEXT = 3, 40
#: The axis grows with the logarithm beyond so many hours from clock zero, so that days and months both have room.
_LINEAR = 24.0
_TICKS = ((6, "h"), (24, "d"), (72, "d"), (168, "wk"), (730.5, "mo"), (4383, "mo"), (8766, "a"), (43830, "a"))
_HOURS = {"h": 1.0, "d": 24.0, "wk": 168.0, "mo": 730.5, "a": 8766.0}


def timeline(account: CaseAccount, width: int = 900) -> Chart[TimelineRow]:
    """Draw a case; ParameterError for a width that cannot be."""
    rows = tuple(timeline_rows(account))
    timed = sum(row.time != "" for row in rows)
    words = Words(
        f"timeline-{account.id.replace('/', '-')}",
        f"{account.id}: {account.title}",
        f"{timed} of {len(rows)} statements have a time" + (f", counted from {account.clock}" if account.clock else ""),
        (_READING if timed else _NO_TIMES,),
    )
    plan = _Plan(rows, check_width(width))
    frame = Frame(
        width, plan.left, 16, plan.height, _AXIS if plan.has_axis else 6, words.title, words.subtitle, words.notes
    )
    plan.lay(frame.inner)
    data = {
        "table": [values(row, **plan.place(row)) for row in rows],
        "labels": list(plan.labels()),
        "said": list(plan.said(rows)),
        "grid": list(plan.grid()),
    }
    chain = "; ".join(" → ".join(path) for path in account.causal_paths) or "no cause is reported"
    description = f"Course of one case. {words.subtitle}. Causes: {chain}."
    return Chart(
        words.name, words.title, description, TimelineRow, rows, frame.spec(words.name, description, _layers(), data)
    )


_READING = (
    "A bar is the window within which the report puts a statement; its mark tells the kind alone, and neither says how "
    "long that lasted. What has no time stands before the axis. Beyond a day from zero the axis is logarithmic."
)
_NO_TIMES = "The report tells no time of any statement; each group stands in the order of the report."


class _Plan:
    """Where lanes, lines and marks stand."""

    def __init__(self, rows: Sequence[TimelineRow], width: int) -> None:
        self._phone = width < NARROW
        self._lines: dict[tuple[str, str], float] = {}
        self._heads: list[tuple[str, float]] = []
        y = 0.0
        for lane in LANES:
            names = list(dict.fromkeys(row.row for row in rows if row.lane == lane))
            if names:
                self._heads.append((lane, y + _HEAD / 2 + 2))
                y += _HEAD
            for name in names:
                self._lines[lane, name] = y + _ROW / 2
                y += _ROW
        self.height = y + 4
        self.left = min(widest(name for _, name in self._lines) + 30, width * (0.46 if self._phone else 0.3))
        ends = [end for row in rows for end in (row.earliest_hours, row.latest_hours) if end is not None]
        self._low, self._high = min([0.0, *ends]), max([0.0, *ends])
        self.has_axis = bool(ends)
        self._untold = 0.0
        self._inner = 1.0

    def lay(self, inner: float) -> None:
        """Share the width between what has no time and the axis."""
        self._inner = inner
        self._untold = (48 if self._phone else 96) if self.has_axis else inner

    def place(self, row: TimelineRow) -> Spec:
        """Place a statement: a mark, and a bar where its window is wider than that."""
        y, (_, shape, colour) = self._lines[row.lane, row.row], LANES[row.lane]
        ends = [end for end in (row.earliest_hours, row.latest_hours) if end is not None]
        low, high = (self._x(min(ends)), self._x(max(ends))) if ends else (12.0, 12.0)
        ink = INK if colour == PAPER else colour
        place = {"x": low, "x2": high, "middle": round((low + high) / 2, 1), "y": y}
        return place | {"shape": shape, "fill": colour, "ink": ink, "wide": high - low > _MARK}

    def said(self, rows: Sequence[TimelineRow]) -> Iterator[Spec]:
        """Write behind the last mark of each line what is told there, shortened where there is no room."""
        for lane, name in self._lines:
            here = [row for row in rows if (row.lane, row.row) == (lane, name)]
            text = "; ".join(dict.fromkeys(row.text for row in here if row.text))
            x = max(self.place(row)["x2"] for row in here) + 10
            if text and self._inner - x > _LEAST_TEXT:
                yield {"text": shortened(text, self._inner - x, SMALL), "x": x, "y": self._lines[lane, name]}

    def labels(self) -> Iterator[Spec]:
        """Write the names of lanes and lines."""
        for lane, y in self._heads:
            yield {"text": LANES[lane][0], "x": 10 - self.left, "y": y, "side": "left", "weight": "bold"}
        for (_, name), y in self._lines.items():
            text = shortened(name, self.left - 26)
            yield {"text": text, "x": 16 - self.left, "y": y, "side": "left", "weight": "normal"}

    def grid(self) -> Iterator[Spec]:
        """Draw clock zero and some other times, and write them below."""
        if not self.has_axis:
            return
        ends = {"top": 0, "y": self.height, "below": self.height + 16}
        yield ends | {"x": 12.0, "text": "no time" if self._phone else "no time told", "zero": False, "rule": False}
        taken: list[float] = []
        for hours, text in sorted(_ticks(self._low, self._high), key=lambda tick: abs(tick[0])):
            x = self._x(hours)
            if all(abs(x - other) > width_of(text) / 2 + 18 for other in taken):
                taken.append(x)
                yield ends | {"x": x, "text": text, "zero": hours == 0, "rule": True}

    def _x(self, hours: float) -> float:
        low, high = _stretched(self._low), _stretched(self._high)
        room = self._inner - self._untold - 40
        part = (_stretched(hours) - low) / (high - low) if high > low else 0.5
        return round(self._untold + 20 + part * room, 1)


def _stretched(hours: float) -> float:
    """Return where hours stand on an axis that is linear near zero and logarithmic beyond."""
    return math.copysign(math.asinh(abs(hours) / _LINEAR), hours)


def _ticks(low: float, high: float) -> Iterator[tuple[float, str]]:
    yield 0.0, "0"
    for hours, unit in _TICKS:
        for end, sign in ((high, ""), (-low, "−")):
            if hours <= end * 1.001:
                yield (hours if not sign else -hours), f"{sign}{hours / _HOURS[unit]:g} {unit}"


def _layers() -> list[Spec]:
    text = {"type": "text", "align": "left", "baseline": "middle", "fontSize": TEXT, "color": INK}
    where = {"x": at("x"), "y": at("y"), "text": written("text")}
    return [
        *_times(text),
        *_statements(),
        drawn("said", text | {"fontSize": SMALL, "color": MUTED}, **where),
        *(
            drawn("labels", text | {"fontWeight": weight}, **where)
            | {"transform": [{"filter": f"datum.weight == '{weight}'"}]}
            for weight in ("bold", "normal")
        ),
    ]


def _times(text: Spec) -> Iterator[Spec]:
    """Draw a line at each time that is labelled, clock zero darker, and the labels."""
    for kind, colour in (("!datum.zero", GRID), ("datum.zero", FRAME)):
        rule = {"type": "rule", "strokeWidth": 1, "color": colour}
        here = {"transform": [{"filter": f"datum.rule && {kind}"}]}
        yield drawn("grid", rule, x=at("x"), y=at("top"), y2={"field": "y"}) | here
    below = text | {"align": "center", "fontSize": SMALL, "color": MUTED}
    yield drawn("grid", below, x=at("x"), y=at("below"), text=written("text"))


def _statements() -> Iterator[Spec]:
    """Draw the window of each statement where it is wide, and its mark."""
    bar = {"type": "rule", "strokeWidth": 5, "opacity": 0.55}
    wide = {"transform": [{"filter": "datum.wide"}]}
    yield drawn("table", bar, x=at("x"), x2={"field": "x2"}, y=at("y"), color=exactly("ink")) | wide
    mark = {"type": "point", "size": 64, "opacity": 1, "strokeWidth": 1.5, "filled": True}
    own = {"shape": exactly("shape"), "fill": exactly("fill"), "stroke": exactly("ink")}
    yield drawn("table", mark, x=at("middle"), y=at("y"), **own)

"""An UpSet plot: which sets of classes cases have, each case in one column, by all that it has of the chosen classes.

Lex A and others. UpSet: visualization of intersecting sets. IEEE Trans Vis Comput Graph 2014;20:1983-1992.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from itbkg.charts.chart import Chart, Spec, values
from itbkg.charts.frame import Frame, at, check_width, drawn, written
from itbkg.charts.letters import broken, widest
from itbkg.charts.style import FRAME, INK, LINE, NARROW, SMALL, TEXT
from itbkg.charts.words import Words

_BARS = 150


@dataclass(frozen=True, slots=True)
class SetRow:
    """`n` of `of` cases have all classes of `members` and none of the other chosen ones reported; `cases` by id."""

    members: tuple[str, ...]
    n: int
    of: int
    cases: tuple[str, ...]


def set_rows(sets: Mapping[str, frozenset[str]], everyone: Sequence[str]) -> tuple[SetRow, ...]:
    """Put each case, by id, into the one row of all its classes; what most cases have stands first."""
    rows: defaultdict[tuple[str, ...], list[str]] = defaultdict(list)
    for case in everyone:
        rows[tuple(label for label, having in sets.items() if case in having)].append(case)
    told = (SetRow(members, len(cases), len(everyone), tuple(cases)) for members, cases in rows.items())
    return tuple(sorted(told, key=lambda row: (not row.members, -row.n, len(row.members), row.members)))


def upset(sets: Mapping[str, frozenset[str]], everyone: Sequence[str], words: Words, width: int = 900) -> Chart[SetRow]:
    """Draw the sets of cases that have each class, by its label, over all cases.

    Columns for which there is no room are counted in a note and stand in the table. ParameterError for a width that
    cannot be.
    """
    rows = set_rows(sets, everyone)
    plan = _Plan(sets, rows, check_width(width))
    frame = Frame(width, plan.left, 14, plan.height, 6, words.title, words.subtitle, (*words.notes, *plan.notes()))
    data = {
        "table": [values(row, **plan.column(index)) for index, row in enumerate(rows) if index < plan.shown],
        "dots": list(plan.dots()),
        "ties": list(plan.ties()),
        "labels": list(plan.labels(sets)),
        "stripes": list(plan.stripes(frame.inner)),
    }
    first = rows[0] if rows and rows[0].members else None
    peak = f" Most often, in {first.n} of {first.of} cases: {', '.join(first.members)}." if first else ""
    description = f"UpSet plot of {len(sets)} classes. {words.subtitle}.{peak}"
    spec = frame.spec(words.name, description, _layers(), data)
    return Chart(words.name, words.title, description, SetRow, rows, spec)


class _Plan:
    """Where columns, dots and labels stand."""

    def __init__(self, sets: Mapping[str, frozenset[str]], rows: Sequence[SetRow], width: int) -> None:
        self._sets, self._rows = list(sets), rows
        said = [f"{label} ({len(having)})" for label, having in sets.items()]
        self.left = min(widest(said) + 30, width * (0.42 if width < NARROW else 0.34))
        self._column = 22 if width < NARROW else 30
        self._lines = [broken(text, self.left - 26) for text in said]
        self._row = max([28, *(len(lines) * LINE + 8 for lines in self._lines)])
        drawable = sum(bool(row.members) for row in rows)
        self.shown = min(drawable, int((width - self.left - 24) // self._column))
        self.height = _BARS + 22 + self._row * len(self._sets)
        self._most = max((row.n for row in rows[: self.shown]), default=1)

    def column(self, index: int) -> Spec:
        """Place the bar of a column."""
        x, n = 10 + (index + 0.5) * self._column, self._rows[index].n
        top = round(_BARS - (_BARS - 20) * n / self._most, 1)
        return {"x": x - 8, "x2": x + 8, "middle": x, "y": top, "y2": _BARS, "over": top - 9, "text": str(n)}

    def dots(self) -> Iterator[Spec]:
        """Yield a dot for each class of each column: filled where the column has it."""
        for index, row in enumerate(self._rows[: self.shown]):
            for place, label in enumerate(self._sets):
                x, has = 10 + (index + 0.5) * self._column, label in row.members
                yield {"x": x, "y": self._line(place), "has": has}

    def ties(self) -> Iterator[Spec]:
        """Yield a line through the dots of a column."""
        for index, row in enumerate(self._rows[: self.shown]):
            places = [self._sets.index(label) for label in row.members]
            if len(places) > 1:
                x = 10 + (index + 0.5) * self._column
                yield {"x": x, "y": self._line(min(places)), "y2": self._line(max(places))}

    def labels(self, sets: Mapping[str, frozenset[str]]) -> Iterator[Spec]:
        """Write the classes with the number of cases that have each."""
        for place in range(len(sets)):
            lines = self._lines[place]
            for number, line in enumerate(lines):
                y = self._line(place) + (number - (len(lines) - 1) / 2) * LINE
                yield {"text": line, "x": -6, "y": round(y, 1)}

    def stripes(self, inner: float) -> Iterator[Spec]:
        """Yield a stripe behind every other class."""
        for place in range(0, len(self._sets), 2):
            y = self._line(place)
            yield {"x": 12 - self.left, "x2": inner, "y": y - self._row / 2, "y2": y + self._row / 2}

    def notes(self) -> Iterator[str]:
        """Say what the columns are, and which are not drawn."""
        yield "Each case stands in one column: filled dots are what it has of these; a ring may only not be reported."
        none = sum(row.n for row in self._rows if not row.members)
        if none:
            yield f"Not drawn: {none} cases that report none of these."
        hidden = [row for row in self._rows[self.shown :] if row.members]
        if hidden:
            yield f"Not drawn: {len(hidden)} more sets, of {sum(row.n for row in hidden)} cases; they are in the table."

    def _line(self, place: int) -> float:
        return round(_BARS + 22 + (place + 0.5) * self._row, 1)


def _layers() -> list[Spec]:
    corners = {"x": at("x"), "x2": {"field": "x2"}, "y": at("y"), "y2": {"field": "y2"}}
    text = {"type": "text", "baseline": "middle", "color": INK}
    dot = {"type": "point", "shape": "circle", "opacity": 1}
    return [
        drawn("stripes", {"type": "rect", "color": "#f0f0f0"}, **corners),
        drawn("table", {"type": "rect", "color": INK}, **corners),
        drawn("table", text | {"fontSize": SMALL + 1}, x=at("middle"), y=at("over"), text=written("text")),
        drawn("ties", {"type": "rule", "strokeWidth": 3, "color": INK}, x=at("x"), y=at("y"), y2={"field": "y2"}),
        drawn(
            "dots",
            dot | {"size": 50, "filled": False, "strokeWidth": 1.2, "stroke": FRAME, "fill": "#ffffff"},
            x=at("x"),
            y=at("y"),
        )
        | {"transform": [{"filter": "!datum.has"}]},
        drawn("dots", dot | {"size": 150, "filled": True, "color": INK}, x=at("x"), y=at("y"))
        | {"transform": [{"filter": "datum.has"}]},
        drawn("labels", text | {"align": "right", "fontSize": TEXT}, x=at("x"), y=at("y"), text=written("text")),
    ]

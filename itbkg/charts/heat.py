"""A heat map of counts: every pair of a row and a column as a cell with its number, in steps from light to dark."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from itbkg.charts.chart import Chart, Spec, values
from itbkg.charts.frame import Frame, at, check_width, drawn, exactly, written
from itbkg.charts.letters import broken, width_of
from itbkg.charts.style import FRAME, INK, LINE, MUTED, NARROW, SMALL, STEPS, TEXT, fill_of, ink_on
from itbkg.charts.words import Words

_LEAST_ROW, _TWO_LINES, _KEY = 30, 40, 34
_SAYS = "In a cell: n, and below it how many cases of the row tell of the column at all. N: all cases of the row."
_COUNTS = "What is under 3 may rest on one publication. A case can stand in several cells."


@dataclass(frozen=True, slots=True)
class HeatCell:
    """n cases with row and column, of `of` cases with the row; `cases` by id.

    `says` are those of them that tell of the column, be it that it is absent; the others do not report it. It is None
    where that is not asked.
    """

    row: str
    column: str
    n: int
    says: int | None
    of: int
    cases: tuple[str, ...]


def heat_map(cells: Sequence[HeatCell], words: Words, width: int = 900) -> Chart[HeatCell]:
    """Draw cells, rows and columns in the order in which they come; ParameterError for a width that cannot be."""
    rows, columns = (list(dict.fromkeys(names)) for names in ([c.row for c in cells], [c.column for c in cells]))
    least = _LEAST_ROW if all(cell.says is None for cell in cells) else _TWO_LINES
    grid = _Grid(check_width(width), rows, columns, least)
    said = (_SAYS,) if any(cell.says is not None for cell in cells) else ()
    notes = (*said, *words.notes, _COUNTS)
    frame = Frame(width, grid.left, 10, grid.head + grid.height, _KEY, words.title, words.subtitle, notes)
    data = {
        "table": [values(cell, **grid.place(cell)) for cell in cells],
        "rows": list(grid.row_labels(cells)),
        "columns": list(grid.column_labels()),
        "key": list(grid.key()),
    }
    most = max(cells, key=lambda cell: cell.n, default=None)
    peak = f" Most cases, {most.n} of {most.of}: {most.row} with {most.column}." if most and most.n else ""
    description = f"Heat map of {len(rows)} rows and {len(columns)} columns. {words.subtitle}.{peak}"
    spec = frame.spec(words.name, description, _layers(), data)
    return Chart(words.name, words.title, description, HeatCell, tuple(cells), spec)


class _Grid:
    """Where cells and labels stand, in pixels from the upper left corner of the drawing."""

    def __init__(self, width: int, rows: Sequence[str], columns: Sequence[str], least: int) -> None:
        self._rows, self._columns = list(rows), list(columns)
        share = 0.34 if width < NARROW else 0.3
        self.left = min(max((width_of(f"{row} (N 000)") for row in rows), default=0), width * share) + 18
        self._across = (width - self.left - 10) / max(len(columns), 1)
        self._wrapped = {row: broken(row, self.left - 18) for row in rows}
        self._tilted = any(width_of(word) > self._across - 6 for column in columns for word in column.split())
        self._row = max(least, 10 + LINE * max((len(lines) + 1 for lines in self._wrapped.values()), default=1))
        self.height = self._row * len(rows)

    @property
    def head(self) -> float:
        """The height of the columns' labels."""
        if self._tilted:
            return max(width_of(column) for column in self._columns) + 12
        return 12 + LINE * max((len(broken(column, self._across - 6)) for column in self._columns), default=1)

    def place(self, cell: HeatCell) -> Spec:
        """Place one cell, with its fill, the ink of its number, and the number."""
        x, y = self._columns.index(cell.column) * self._across, self.head + self._rows.index(cell.row) * self._row
        fill = fill_of(cell.n)
        up = 0 if cell.says is None else 7
        return {
            "x": round(x + 1, 1),
            "x2": round(x + self._across - 1, 1),
            "y": round(y + 1, 1),
            "y2": round(y + self._row - 1, 1),
            "middle": round(x + self._across / 2, 1),
            "line": round(y + self._row / 2 - up, 1),
            "below": round(y + self._row / 2 + 9, 1),
            "fill": fill,
            "ink": ink_on(fill) if cell.n else MUTED,
            "text": str(cell.n),
            "of_those": "" if cell.says is None else f"/{cell.says}",
        }

    def row_labels(self, cells: Sequence[HeatCell]) -> Iterator[Spec]:
        """Label each row with its N."""
        of = {cell.row: cell.of for cell in cells}
        for place, row in enumerate(self._rows):
            lines = [*self._wrapped[row]]
            last = f"{lines[-1]} (N {of[row]})"
            lines[-1:] = [last] if width_of(last) <= self.left - 18 else [lines[-1], f"(N {of[row]})"]
            top = self.head + (place + 0.5) * self._row - (len(lines) - 1) * LINE / 2
            for number, line in enumerate(lines):
                yield {"text": line, "x": -10, "y": round(top + number * LINE, 1)}

    def column_labels(self) -> Iterator[Spec]:
        """Label each column, upright where there is no room across."""
        for place, column in enumerate(self._columns):
            x = (place + 0.5) * self._across
            if self._tilted:
                yield {"text": column, "x": round(x, 1), "y": round(self.head - 6, 1), "angle": 270, "align": "left"}
                continue
            lines = broken(column, self._across - 6)
            for number, line in enumerate(reversed(lines)):
                y = self.head - 12 - number * LINE
                yield {"text": line, "x": round(x, 1), "y": round(y, 1), "angle": 0, "align": "center"}

    def key(self) -> Iterator[Spec]:
        """Explain the steps."""
        x, y = 10 - self.left, self.head + self.height + 14
        ends = [f"{least - 1}" for least, _ in STEPS[1:]] + [""]
        yield {"text": "cases", "x": x, "x2": x, "y": y, "y2": y, "fill": "#ffffff", "at": x, "line": y + 9}
        x += 46
        for (least, fill), end in zip(STEPS, ends, strict=True):
            said = f"{least}" if end == str(least) else f"{least}–{end}" if end else f"{least} or more"
            yield {"text": said, "x": x, "x2": x + 18, "y": y, "y2": y + 18, "fill": fill, "at": x + 24, "line": y + 9}
            x += 34 + width_of(said)


def _layers() -> list[Spec]:
    box = {"type": "rect", "stroke": FRAME, "strokeWidth": 1}
    corners = {"x": at("x"), "x2": {"field": "x2"}, "y": at("y"), "y2": {"field": "y2"}, "fill": exactly("fill")}
    number = {"type": "text", "baseline": "middle", "fontSize": TEXT + 1}
    label = {"type": "text", "baseline": "middle", "fontSize": TEXT, "color": INK}
    upright = {"field": "angle", "type": "quantitative", "scale": None}
    return [
        drawn("table", box, **corners),
        drawn(
            "table",
            number | {"fontSize": SMALL},
            x=at("middle"),
            y=at("below"),
            text=written("of_those"),
            color=exactly("ink"),
        ),
        drawn("table", number, x=at("middle"), y=at("line"), text=written("text"), color=exactly("ink")),
        drawn("rows", label | {"align": "right"}, x=at("x"), y=at("y"), text=written("text")),
        *(
            {
                **drawn("columns", label | {"align": side}, x=at("x"), y=at("y"), text=written("text"), angle=upright),
                "transform": [{"filter": f"datum.align == '{side}'"}],
            }
            for side in ("center", "left")
        ),
        drawn("key", box, **corners),
        drawn("key", label | {"fontSize": SMALL, "align": "left"}, x=at("at"), y=at("line"), text=written("text")),
    ]

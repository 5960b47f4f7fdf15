"""What stands around the drawing of every chart: title above, notes below, and margins with room for labels."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from itbkg.charts.chart import Spec
from itbkg.charts.letters import broken
from itbkg.charts.style import CONFIG, INK, LINE, MUTED, NARROW, PAPER, SCHEMA, SMALL, TEXT, WIDTHS
from itbkg.errors import ParameterError

_EDGE = 10


@dataclass(frozen=True, slots=True)
class Frame:
    """The margins of a drawing within a chart `width` pixels wide, and the words around it."""

    width: int
    left: float
    right: float
    height: float
    below: float
    title: str
    subtitle: str
    notes: Sequence[str]

    @property
    def inner(self) -> float:
        """The width of the drawing itself."""
        return round(self.width - self.left - self.right)

    def spec(self, name: str, description: str, layers: Sequence[Spec], data: Mapping[str, Sequence[Spec]]) -> Spec:
        """Put layers, over named data, into the frame."""
        size = title_size(self.width)
        room = self.width - 2 * _EDGE
        title, subtitle = broken(self.title, room, size * 1.07), broken(self.subtitle, room)
        notes = [line for text in self.notes for line in broken(text, room, SMALL)]
        top = len(title) * (size + 5) + len(subtitle) * LINE + 28
        heading = {
            "text": title,
            "subtitle": subtitle,
            "anchor": "start",
            "frame": "group",
            "dx": _EDGE - self.left,
            "offset": 18,
            "fontSize": size,
            "lineHeight": size + 5,
            "color": INK,
            "subtitleFontSize": TEXT,
            "subtitleLineHeight": LINE,
            "subtitleColor": MUTED,
            "subtitlePadding": 5,
        }
        return {
            "$schema": SCHEMA,
            "name": name,
            "description": description,
            "background": PAPER,
            "config": dict(CONFIG),
            "title": heading,
            "autosize": {"type": "none"},
            "padding": {
                "left": round(self.left),
                "right": round(self.right),
                "top": top,
                "bottom": round(self.below + len(notes) * (SMALL + 4) + 16),
            },
            "width": self.inner,
            "height": round(self.height),
            "datasets": {key: list(rows) for key, rows in data.items()},
            "layer": [*layers, _footer(notes, _EDGE - self.left, self.height + self.below + 4)],
        }


def title_size(width: int) -> int:
    """Return the size of a title: smaller on a phone."""
    return 16 if width < NARROW else 19


def check_width(width: int) -> int:
    """Return a width that a chart can have; ParameterError for any other."""
    least, most = WIDTHS
    if not least <= width <= most:
        error = ParameterError(f"a chart cannot be {width} pixels wide; give {least} to {most}")
        error.parameter = "width"
        raise error
    return width


def drawn(data: str, mark: Mapping[str, Any], **encoding: Any) -> Spec:
    """Return a layer: a mark for each record of a named dataset."""
    return {"data": {"name": data}, "mark": dict(mark), "encoding": encoding}


def at(field: str) -> Spec:
    """Place by a field that holds pixels."""
    return {"field": field, "type": "quantitative", "scale": None, "axis": None}


def exactly(field: str) -> Spec:
    """Take a colour, size or opacity from a field as it stands."""
    return {"field": field, "type": "nominal", "scale": None, "legend": None}


def written(field: str) -> Spec:
    """Write the text of a field."""
    return {"field": field, "type": "nominal"}


def _footer(lines: Sequence[str], left: float, top: float) -> Spec:
    mark = {
        "type": "text",
        "text": list(lines) or [""],
        "align": "left",
        "baseline": "top",
        "fontSize": SMALL,
        "lineHeight": SMALL + 4,
        "color": MUTED,
        "aria": False,
    }
    return {"data": {"values": [{}]}, "mark": mark, "encoding": {"x": {"value": left}, "y": {"value": top}}}

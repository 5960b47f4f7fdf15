"""The network as a still picture: where each class and link is drawn, so that it needs no script and can be printed.

Places are those of `itbkg.network.layout`. Colours and strokes are the style sheet's; a class is known by its shape and
its label, a link told in few cases by its broken line.
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from math import sqrt

from itbkg.charts.letters import broken, width_of
from itbkg.network.graph import Edge
from itbkg.network.layout import Placed

#: Room around the drawing, for a label beside its class, and from one line of it to the next.
MARGIN, LABEL, LINE = 28, 158, 16
#: A class is as large as its cases are many: its half width without any, and what the root of their number adds.
LEAST, EACH = 5.0, 1.5
#: What stands between a class and its label, and between an arrow and the class to which it leads.
GAP = 6
#: The type of a page may be so many times as wide as that by which lines are broken.
WIDER = 1.2


@dataclass(frozen=True, slots=True)
class NodeView:
    """A node of the drawing and of the list: where a choice of it leads, and what it is beside."""

    placed: Placed
    name: str
    chosen: bool
    address: str

    @property
    def half(self) -> float:
        """Half the width at which it is drawn: the area grows with the cases."""
        return round(LEAST + EACH * sqrt(self.placed.node.n), 1)


@dataclass(frozen=True, slots=True)
class EdgeView:
    """A link as it is told: where a choice of it leads."""

    edge: Edge
    name: str
    chosen: bool
    address: str


@dataclass(frozen=True, slots=True)
class Shape:
    """A class at a place, with the lines of its label, each at its height."""

    node: NodeView
    x: float
    y: float
    text_x: float
    lines: tuple[tuple[float, str], ...]
    near: bool


@dataclass(frozen=True, slots=True)
class Curve:
    """A link as a line: its path, how wide it is, and whether it belongs to what is chosen."""

    edge: EdgeView
    path: str
    width: float
    near: bool


@dataclass(frozen=True, slots=True)
class Still:
    """The picture in its own units, which are pixels at full size; `marked` says that something is chosen."""

    width: float
    height: float
    marked: bool
    curves: tuple[Curve, ...]
    shapes: tuple[Shape, ...]


def draw(nodes: Sequence[NodeView], edges: Sequence[EdgeView]) -> Still:
    """Draw classes and links; what is chosen is marked, with what it is linked with."""
    by_iri = {one.placed.node.iri: one for one in nodes}
    lit = [edge for edge in edges if edge.chosen or any(by_iri[end].chosen for end in _ends(edge))]
    near = {end for edge in lit for end in _ends(edge)} | {iri for iri, one in by_iri.items() if one.chosen}
    shapes = tuple(_shape(one, near) for one in nodes)
    return Still(
        width=round(max((_right(shape) for shape in shapes), default=0) + MARGIN / 2),
        height=round(max((shape.y for shape in shapes), default=0) + MARGIN),
        marked=bool(near),
        curves=tuple(_curves(edges, by_iri, lit)),
        shapes=shapes,
    )


def _ends(one: EdgeView) -> tuple[str, str]:
    return one.edge.source, one.edge.target


def _shape(node: NodeView, near: Collection[str]) -> Shape:
    lines = broken(f"{node.placed.node.label} ({node.placed.node.n})", LABEL)
    x, y = _at(node)
    first = y + LINE * (0.3 - (len(lines) - 1) / 2)
    placed = tuple((round(first + number * LINE, 1), line) for number, line in enumerate(lines))
    return Shape(node, x, y, round(x + node.half + GAP, 1), placed, node.placed.node.iri in near)


def _right(shape: Shape) -> float:
    return shape.text_x + WIDER * max(width_of(line) for _, line in shape.lines)


def _at(node: NodeView) -> tuple[float, float]:
    return node.placed.x + MARGIN, round(node.placed.y + MARGIN / 2, 1)


def _curves(edges: Sequence[EdgeView], by_iri: Mapping[str, NodeView], lit: Collection[EdgeView]) -> Iterator[Curve]:
    """Yield the links, those of what is chosen last, so that they lie above the others."""
    for one in sorted(edges, key=lambda edge: edge in lit):
        source, target = (by_iri[end] for end in _ends(one))
        yield Curve(one, _path(source, target), round(1 + sqrt(one.edge.n) / 3, 1), one in lit)


def _path(source: NodeView, target: NodeView) -> str:
    """Lead from one class to another: ahead as an even wave, within a column around its left side."""
    (x, y), (to_x, to_y) = _at(source), _at(target)
    if to_x > x:
        begin, end = x + source.half, to_x - target.half - GAP
        middle = round((begin + end) / 2, 1)
        return f"M{begin:g} {y:g}C{middle:g} {y:g} {middle:g} {to_y:g} {end:g} {to_y:g}"
    begin, end = x - source.half, to_x - target.half - GAP
    around = min(begin, end) - 2 * MARGIN
    return f"M{begin:g} {y:g}C{around:g} {y:g} {around:g} {to_y:g} {end:g} {to_y:g}"

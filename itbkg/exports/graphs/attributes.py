"""The attributes of nodes and edges as the formats take them: scalars, or lists where a format has them.

They are cleaned here once: nothing is empty, and what XML 1.0 cannot hold (section 2.2) is replaced by U+FFFD.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from itbkg.exports.format import Loss, Losses
from itbkg.exports.propertygraph import Column, Columns, ColumnType, Edge, Node, PropertyGraph, Scalar
from itbkg.exports.propertygraph.back import to_literals
from itbkg.exports.propertygraph.columns import scalar

#: Between several values of one attribute, where they stand in one text.
SEPARATOR = " | "
REPLACEMENT = "\N{REPLACEMENT CHARACTER}"

Many = Scalar | list[Scalar]

_FORBIDDEN = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_EDGE: Mapping[str, ColumnType] = {
    **dict.fromkeys(("type", "state", "statement", "publication", "place", "certainty", "basis"), "text"),
    "inferred": "boolean",
}


@dataclass(frozen=True, slots=True)
class Attribute:
    """An attribute that nodes or edges may have; `many` says that it is a list."""

    name: str
    type: ColumnType
    many: bool = False


@dataclass(slots=True)
class Attributes:
    """Makes the attributes of one view's nodes and edges.

    `full` adds what the way back needs: on nodes `literals`, their values in JSON (see `to_literals`), on edges
    `predicate` and `graphs`. `lists` says that the format has lists; else several values are one text. `cleaned` counts
    the texts in which characters were replaced.
    """

    columns: Columns
    full: bool
    lists: bool = False
    cleaned: int = field(default=0, init=False)

    @property
    def of_nodes(self) -> Iterator[Attribute]:
        """The attributes that nodes may have, in their order."""
        yield Attribute("label", "text")
        yield Attribute("kind", "text")
        for column in self.columns.all:
            yield Attribute(column.name, self._type(column), column.many and self.lists)
        if self.full:
            yield Attribute("literals", "text")

    @property
    def of_edges(self) -> Iterator[Attribute]:
        """The attributes that edges may have, in their order."""
        yield from (Attribute(name, kind) for name, kind in _EDGE.items())
        if self.full:
            yield from (Attribute(name, "text") for name in ("predicate", "graphs"))

    def node(self, node: Node) -> dict[str, Many]:
        """Return the attributes that a node has."""
        made: dict[str, Many] = {"label": self._clean(node.label), "kind": node.kind}
        for column in self.columns.all:
            if column.predicate in node.values:
                made[column.name] = self._cell(node, column)
        if self.full:
            made["literals"] = to_literals(node.values.items())
        return made

    def scalars(self, node: Node) -> dict[str, Scalar]:
        """Return the attributes of a node in a format without lists."""
        return {name: value for name, value in self.node(node).items() if not isinstance(value, list)}

    def edge(self, edge: Edge) -> dict[str, Scalar]:
        """Return the attributes that an edge has."""
        told = edge.told
        texts = {
            "type": (edge.type,),
            "state": (edge.state,),
            "statement": told.statements,
            "publication": told.publications,
            "place": told.places,
            "certainty": told.certainty,
            "basis": told.basis,
        }
        made: dict[str, Scalar] = {name: self._clean(SEPARATOR.join(some)) for name, some in texts.items() if any(some)}
        made["inferred"] = edge.inferred
        return made | ({"predicate": edge.predicate, "graphs": " ".join(edge.graphs)} if self.full else {})

    def _type(self, column: Column) -> ColumnType:
        return "text" if column.many and not self.lists else column.type

    def _cell(self, node: Node, column: Column) -> Many:
        values = node.values[column.predicate]
        if column.many and not self.lists:
            return self._clean(SEPARATOR.join(one.text for one in values))
        read = [self._clean(scalar(one, column.type)) for one in values]
        return read if column.many else read[0]

    def _clean(self, value: Scalar) -> Scalar:
        if not isinstance(value, str) or not _FORBIDDEN.search(value):
            return value
        self.cleaned += 1
        return _FORBIDDEN.sub(REPLACEMENT, value)


def losses(view: PropertyGraph, made: Attributes) -> Losses:
    """Say what the attributes do not hold: nothing in the full profile, from which every quad can be got back."""
    if made.full:
        return ()
    crowded = 0 if made.lists else view.columns.crowded
    return present(
        Loss("which named graphs state what; of each statement", view.quads),
        Loss("languages of texts", view.columns.languages),
        Loss(
            "datatypes beside text, integer and truth value; decimal numbers become floating point",
            view.columns.datatypes,
        ),
        Loss(f"several values of one attribute, put into one text with '{SEPARATOR.strip()}' between", crowded),
        Loss("texts with characters that XML does not allow, replaced by U+FFFD", made.cleaned),
    )


def present(*possible: Loss) -> Losses:
    """Leave out what there is none of."""
    return tuple(loss for loss in possible if loss.count)

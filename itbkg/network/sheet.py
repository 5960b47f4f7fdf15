"""Networks and similar cases as tables for spreadsheets."""

from collections.abc import Iterator, Sequence
from dataclasses import fields

from itbkg.network.graph import Edge, Node, View
from itbkg.network.scale import Shared
from itbkg.network.similar import SimilarCases
from itbkg.sheet import Cell

EDGE_COLUMNS = tuple(field.name for field in fields(Edge))
NODE_COLUMNS = tuple(field.name for field in fields(Node))
SIMILAR_COLUMNS = (
    *("id", "low", "high", "shared", "absent_in_both", "contradicted", "only_asked", "only_this", "compared", "title"),
    "iri",
)


def edge_cells(view: View) -> Iterator[tuple[Cell, ...]]:
    """Yield the cells of EDGE_COLUMNS; ids stand in one cell with semicolons between them."""
    return (tuple(_cell(getattr(edge, name)) for name in EDGE_COLUMNS) for edge in view.edges)


def node_cells(view: View) -> Iterator[tuple[Cell, ...]]:
    """Yield the cells of NODE_COLUMNS; ids stand in one cell with semicolons between them."""
    return (tuple(_cell(getattr(node, name)) for name in NODE_COLUMNS) for node in view.nodes)


def similar_cells(similar: SimilarCases) -> Iterator[tuple[Cell, ...]]:
    """Yield the cells of SIMILAR_COLUMNS; `compared` is out of how many cases."""
    for one in similar.cases:
        lists = (one.shared, one.absent_in_both, one.contradicted, one.only_asked, one.only_this)
        yield one.id, one.low, one.high, *map(_labels, lists), similar.of, one.title, one.iri


def _labels(shared: Sequence[Shared]) -> str:
    return "; ".join(one.label for one in shared)


def _cell(value: Cell | tuple[str, ...]) -> Cell:
    if isinstance(value, tuple):
        return "; ".join(value)
    return ("yes" if value else "no") if isinstance(value, bool) else value

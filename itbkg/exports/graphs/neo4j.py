"""CSV with the headers of neo4j-admin's import (Neo4j Operations Manual 5, "Import", "Header files"), RFC 4180.

`nodes.csv` has a line for each node, `relationships.csv` one for each edge; columns are typed. Nodes are named by their
IRI and labelled by their kinds. Several values stand in one cell with `;` between, the import's own sign, and a `;`
within such a value is written as a comma; a text that a spreadsheet would run as a formula has a `'` before it. What
was written stands exactly in `literals`, from which, with `predicate` and `graphs`, every quad can be got back.
"""

from collections.abc import Iterable, Sequence
from pathlib import Path

from itbkg.exports.format import FolderFormat, Losses
from itbkg.exports.graphs.attributes import Attribute, Attributes, Many, losses
from itbkg.exports.graphs.xml import to_text
from itbkg.exports.propertygraph import ColumnType, Edge, Node, property_graph
from itbkg.exports.selection import Selection
from itbkg.sheet import Cell, write_csv

NODES, RELATIONSHIPS = "nodes.csv", "relationships.csv"
_TYPES: dict[ColumnType, str] = {"boolean": "boolean", "integer": "long", "number": "double", "text": "string"}
_BETWEEN = ";"


def write_neo4j(selection: Selection, folder: Path) -> Losses:
    """Write the two tables into a folder; nothing is lost."""
    view = property_graph(selection)
    made = Attributes(view.columns, full=True, lists=True)
    of_nodes, of_edges = tuple(made.of_nodes), tuple(one for one in made.of_edges if one.name != "type")
    with (folder / NODES).open("wb") as file:
        heads = ["iri:ID", ":LABEL", *map(_header, of_nodes)]
        write_csv(file, heads, (_node(node, made, of_nodes) for node in view.nodes()))
    with (folder / RELATIONSHIPS).open("wb") as file:
        heads = [":START_ID", ":END_ID", ":TYPE", "id:string", *map(_header, of_edges)]
        write_csv(file, heads, (_edge(edge, made, of_edges) for edge in view.edges()))
    return losses(view, made)


def _header(attribute: Attribute) -> str:
    return f"{attribute.name}:{_TYPES[attribute.type]}{'[]' if attribute.many else ''}"


def _node(node: Node, made: Attributes, attributes: Iterable[Attribute]) -> Sequence[Cell]:
    given = made.node(node)
    return [node.id, _BETWEEN.join(node.kinds) or node.kind, *(_cell(given.get(one.name)) for one in attributes)]


def _edge(edge: Edge, made: Attributes, attributes: Iterable[Attribute]) -> Sequence[Cell]:
    given = made.edge(edge)
    return [edge.source, edge.target, edge.type, edge.id, *(_cell(given.get(one.name)) for one in attributes)]


def _cell(value: Many | None) -> Cell:
    """Write a cell, a text on one line, as the import wants it."""
    if isinstance(value, list):
        return " ".join(_BETWEEN.join(to_text(one).replace(_BETWEEN, ",") for one in value).split())
    if isinstance(value, bool):
        return to_text(value)
    return " ".join(value.splitlines()) if isinstance(value, str) else value


NEO4J = FolderFormat("neo4j-csv", "CSV for the import of Neo4j and its kin", "full", write_neo4j)

"""CX2, version 2.0 of the Cytoscape Exchange Format (https://cytoscape.org/cx/cx2/), for Cytoscape and NDEx.

CX2 names nodes and edges by whole numbers. Each is made of a digest of the IRI, or of the triple, so that it is the
same in every export; the IRI of a node stands in its attribute `represents`. In a graph of a million nodes two of these
numbers agree with a chance of one to 18,000. As in GraphML's full profile every quad can be got back.
"""

import hashlib
from collections.abc import Iterable, Mapping
from typing import Any, BinaryIO

from itbkg.exports.format import FileFormat, Losses
from itbkg.exports.graphs.attributes import Attribute, Attributes, losses
from itbkg.exports.graphs.jsontext import to_json_text, write_array
from itbkg.exports.propertygraph import ColumnType, Edge, Node, property_graph
from itbkg.exports.selection import Selection

_TYPES: Mapping[ColumnType, str] = {"boolean": "boolean", "integer": "long", "number": "double", "text": "string"}
#: What Cytoscape calls a node, an edge's type and a node's identifier.
_NODE = {"name": {"d": "string"}, "represents": {"d": "string"}}
_EDGE = {"interaction": {"d": "string"}}
#: As many bits as every reader of JSON keeps of a whole number.
_BITS = 53


def write_cx2(selection: Selection, out: BinaryIO) -> Losses:
    """Write the selection as CX2; nothing is lost."""
    view = property_graph(selection)
    made = Attributes(view.columns, full=True, lists=True)
    out.write(b'[{"CXVersion":"2.0","hasFragments":false},\n')
    _aspect(out, "metaData", _counts(view.node_count, view.edge_count))
    declared = {"networkAttributes": {"name": {"d": "string"}}}
    declared |= {"nodes": _NODE | _declared(made.of_nodes), "edges": _EDGE | _declared(made.of_edges)}
    _aspect(out, "attributeDeclarations", [declared])
    _aspect(out, "networkAttributes", [{"name": "itbkg"}])
    _aspect(out, "nodes", (_node(node, made) for node in view.nodes()))
    _aspect(out, "edges", (_edge(edge, made) for edge in view.edges()))
    out.write(f"{to_json_text({'status': [{'success': True}]})}]\n".encode("ascii"))
    return losses(view, made)


def number(name: str) -> int:
    """Return the number of a node or an edge with this name."""
    return int.from_bytes(hashlib.sha256(name.encode()).digest()[:8]) >> (64 - _BITS)


def _aspect(out: BinaryIO, name: str, items: Iterable[Any]) -> None:
    out.write(f'{{"{name}":'.encode("ascii"))
    write_array(out, items)
    out.write(b"},\n")


def _counts(nodes: int, edges: int) -> list[Mapping[str, Any]]:
    counts = {"attributeDeclarations": 1, "networkAttributes": 1, "nodes": nodes, "edges": edges}
    return [{"name": name, "elementCount": count} for name, count in counts.items()]


def _declared(attributes: Iterable[Attribute]) -> dict[str, dict[str, str]]:
    return {one.name: {"d": f"list_of_{_TYPES[one.type]}" if one.many else _TYPES[one.type]} for one in attributes}


def _node(node: Node, made: Attributes) -> Mapping[str, Any]:
    attributes = made.node(node)
    return {"id": number(node.id), "v": {"name": attributes["label"], "represents": node.id, **attributes}}


def _edge(edge: Edge, made: Attributes) -> Mapping[str, Any]:
    ends = {"id": number(edge.id), "s": number(edge.source), "t": number(edge.target)}
    return {**ends, "v": {"interaction": edge.type, **made.edge(edge)}}


CX2 = FileFormat("cx2", "CX2, for Cytoscape and NDEx", "application/vnd.cytoscape.cx2+json", ".cx2", "full", write_cx2)

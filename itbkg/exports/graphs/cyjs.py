"""Cytoscape JSON 1.0, the elements of Cytoscape.js 3 (https://js.cytoscape.org/#notation/elements-json).

Nodes are named by their IRI, edges by a digest of their triple; Cytoscape shows `name` and, of edges, `interaction`.
Several values of one attribute are a list. As in GraphML's full profile every quad can be got back from `literals`,
`predicate` and `graphs`.
"""

from collections.abc import Mapping
from typing import Any, BinaryIO

from itbkg.exports.format import FileFormat, Losses
from itbkg.exports.graphs.attributes import Attributes, losses
from itbkg.exports.graphs.jsontext import write_array
from itbkg.exports.propertygraph import Edge, Node, property_graph
from itbkg.exports.selection import Selection

_HEAD = b'{"format_version":"1.0","generated_by":"itbkg","target_cytoscapejs_version":"~3.0","data":{"name":"itbkg"},'


def write_cyjs(selection: Selection, out: BinaryIO) -> Losses:
    """Write the selection as Cytoscape JSON; nothing is lost."""
    view = property_graph(selection)
    made = Attributes(view.columns, full=True, lists=True)
    out.write(_HEAD)
    out.write(b'"elements":{"nodes":')
    write_array(out, (_node(node, made) for node in view.nodes()))
    out.write(b',"edges":')
    write_array(out, (_edge(edge, made) for edge in view.edges()))
    out.write(b"}}\n")
    return losses(view, made)


def _node(node: Node, made: Attributes) -> Mapping[str, Any]:
    attributes = made.node(node)
    return {"data": {"id": node.id, "name": attributes["label"], **attributes}}


def _edge(edge: Edge, made: Attributes) -> Mapping[str, Any]:
    ends = {"id": edge.id, "source": edge.source, "target": edge.target, "interaction": edge.type}
    return {"data": {**ends, **made.edge(edge)}}


CYJS = FileFormat(
    name="cyjs",
    title="Cytoscape JSON, for Cytoscape and Cytoscape.js",
    media_type="application/vnd.cytoscape.cyjs+json",
    ending=".cyjs",
    profile="full",
    write=write_cyjs,
)

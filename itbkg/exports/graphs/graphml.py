"""GraphML 1.0 (http://graphml.graphdrawing.org/specification.html), as one directed multigraph.

Nodes are named by their IRI, edges by a digest of their triple. The full profile is the simple one with three
attributes more, from which every quad can be got back: `literals` of a node, `predicate` and `graphs` of an edge.
"""

from collections.abc import Iterable, Mapping
from functools import partial
from typing import BinaryIO

from itbkg.exports.format import FileFormat, Losses
from itbkg.exports.graphs.attributes import Attributes, losses
from itbkg.exports.graphs.xml import Xml
from itbkg.exports.propertygraph import ColumnType, Scalar, property_graph
from itbkg.exports.selection import Selection

_NAMESPACE = "http://graphml.graphdrawing.org/xmlns"
_SCHEMA = f"{_NAMESPACE} {_NAMESPACE}/1.0/graphml.xsd"
_TYPES: Mapping[ColumnType, str] = {"boolean": "boolean", "integer": "long", "number": "double", "text": "string"}

_Keys = dict[str, str]


def write_graphml(selection: Selection, out: BinaryIO, *, full: bool) -> Losses:
    """Write the selection as GraphML; return what the profile does not hold."""
    view = property_graph(selection)
    with Xml(out) as xml:
        made = Attributes(view.columns, full=full)
        instance = "http://www.w3.org/2001/XMLSchema-instance"
        xml.start("graphml", {"xmlns": _NAMESPACE, "xmlns:xsi": instance, "xsi:schemaLocation": _SCHEMA})
        of_nodes = _declare(xml, "node", ((one.name, one.type) for one in made.of_nodes))
        of_edges = _declare(xml, "edge", ((one.name, one.type) for one in made.of_edges))
        xml.start("graph", {"id": "itbkg", "edgedefault": "directed"})
        for node in view.nodes():
            xml.start("node", {"id": node.id})
            _data(xml, of_nodes, made.scalars(node))
            xml.end("node")
        for edge in view.edges():
            xml.start("edge", {"id": edge.id, "source": edge.source, "target": edge.target})
            _data(xml, of_edges, made.edge(edge))
            xml.end("edge")
        xml.end("graph")
        xml.end("graphml")
        return losses(view, made)


def _declare(xml: Xml, domain: str, attributes: Iterable[tuple[str, ColumnType]]) -> _Keys:
    """Declare attributes, and return the key of each by its name."""
    keys: _Keys = {}
    for number, (name, kind) in enumerate(attributes):
        keys[name] = f"{domain[0]}{number}"
        xml.empty("key", {"id": keys[name], "for": domain, "attr.name": name, "attr.type": _TYPES[kind]})
    return keys


def _data(xml: Xml, keys: _Keys, attributes: Mapping[str, Scalar]) -> None:
    for name, value in attributes.items():
        xml.text("data", {"key": keys[name]}, value)


_MEDIA_TYPE = "application/graphml+xml"
GRAPHML = FileFormat(
    name="graphml",
    title="GraphML with every quad, for igraph, networkx, yEd",
    media_type=_MEDIA_TYPE,
    ending=".graphml",
    profile="full",
    write=partial(write_graphml, full=True),
)
GRAPHML_SIMPLE = FileFormat(
    name="graphml-simple",
    title="GraphML with plain attributes, for Gephi and igraph",
    media_type=_MEDIA_TYPE,
    ending=".simple.graphml",
    profile="simple",
    write=partial(write_graphml, full=False),
)

"""GEXF 1.2draft (https://gexf.net/schema.html), the format of Gephi, as one directed graph with parallel edges.

The version is that which Gephi, graphology and networkx all read. Nodes are named by their IRI, edges by a digest of
their triple; the label of an edge is its type.
"""

from collections.abc import Iterable, Mapping
from typing import BinaryIO

from itbkg.exports.format import FileFormat, Losses
from itbkg.exports.graphs.attributes import Attribute, Attributes, losses
from itbkg.exports.graphs.xml import Xml, to_text
from itbkg.exports.propertygraph import ColumnType, Scalar, property_graph
from itbkg.exports.selection import Selection

_TYPES: Mapping[ColumnType, str] = {"boolean": "boolean", "integer": "long", "number": "double", "text": "string"}
#: What an element says itself.
_OWN = ("label", "type")

_Keys = dict[str, str]


def write_gexf(selection: Selection, out: BinaryIO) -> Losses:
    """Write the selection as GEXF; return what it does not hold."""
    view = property_graph(selection)
    with Xml(out) as xml:
        made = Attributes(view.columns, full=False)
        xml.start("gexf", {"xmlns": "http://www.gexf.net/1.2draft", "version": "1.2"})
        xml.start("graph", {"defaultedgetype": "directed", "mode": "static"})
        of_nodes, of_edges = _declare(xml, "node", made.of_nodes), _declare(xml, "edge", made.of_edges)
        xml.start("nodes")
        for node in view.nodes():
            attributes = made.scalars(node)
            xml.start("node", {"id": node.id, "label": to_text(attributes["label"])})
            _values(xml, "node", of_nodes, attributes)
        xml.end("nodes")
        xml.start("edges")
        for edge in view.edges():
            xml.start("edge", {"id": edge.id, "source": edge.source, "target": edge.target, "label": edge.type})
            _values(xml, "edge", of_edges, made.edge(edge))
        xml.end("edges")
        xml.end("graph")
        xml.end("gexf")
        return losses(view, made)


def _declare(xml: Xml, domain: str, attributes: Iterable[Attribute]) -> _Keys:
    keys: _Keys = {}
    xml.start("attributes", {"class": domain, "mode": "static"})
    for attribute in attributes:
        if attribute.name not in _OWN:
            keys[attribute.name] = str(len(keys))
            declared = {"id": keys[attribute.name], "title": attribute.name, "type": _TYPES[attribute.type]}
            xml.empty("attribute", declared)
    xml.end("attributes")
    return keys


def _values(xml: Xml, element: str, keys: _Keys, attributes: Mapping[str, Scalar]) -> None:
    """Write the values of an element, and end it."""
    xml.start("attvalues")
    for name, value in attributes.items():
        if name in keys:
            xml.empty("attvalue", {"for": keys[name], "value": to_text(value)})
    xml.end("attvalues")
    xml.end(element)


GEXF = FileFormat("gexf", "GEXF, for Gephi", "application/gexf+xml", ".gexf", "simple", write_gexf)

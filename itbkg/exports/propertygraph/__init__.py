"""The graph as nodes and edges with attributes: the one view that feeds every graph format.

A node is a thing with its literals; an edge is a statement between two things, each triple once, with what vouches for
it: publication, place in the report, certainty, basis. An absence is an edge of a type of its own, never a present one.
"""

from itbkg.exports.propertygraph.back import Held, quads_of
from itbkg.exports.propertygraph.columns import Column, Columns, ColumnType, Scalar
from itbkg.exports.propertygraph.model import Edge, Node, Source, Value
from itbkg.exports.propertygraph.view import PropertyGraph, property_graph

__all__ = [
    "Column",
    "ColumnType",
    "Columns",
    "Edge",
    "Held",
    "Node",
    "PropertyGraph",
    "Scalar",
    "Source",
    "Value",
    "property_graph",
    "quads_of",
]

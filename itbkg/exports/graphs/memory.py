"""The graph in memory, for Python: a networkx MultiDiGraph (https://networkx.org), and from one back to quads.

Attributes are scalars and never None, so that every writer of networkx takes them.
"""

from collections.abc import Iterator
from typing import TYPE_CHECKING

import networkx as nx

from itbkg.exports.format import Profile
from itbkg.exports.graphs.attributes import Attributes
from itbkg.exports.propertygraph import Held, property_graph, quads_of
from itbkg.exports.selection import Selection

if TYPE_CHECKING:
    import pyoxigraph as ox


def to_networkx(selection: Selection, profile: Profile = "simple") -> "nx.MultiDiGraph[str]":
    """Return the selection as nodes named by their IRI and edges keyed by a digest of their triple.

    A node has `label`, `kind` and its values by short name; an edge `type`, `state` (present or absent, of a finding),
    `inferred`, and `publication`, `place`, `certainty`, `basis` where the report gives them. The profile `full` adds
    what `from_networkx` needs.
    """
    graph: nx.MultiDiGraph[str] = nx.MultiDiGraph(name="itbkg")
    view = property_graph(selection)
    made = Attributes(view.columns, full=profile == "full")
    for node in view.nodes():
        graph.add_node(node.id, **made.scalars(node))
    for edge in view.edges():
        graph.add_edge(edge.source, edge.target, edge.id, **made.edge(edge))
    return graph


def from_networkx(graph: "nx.MultiDiGraph[str]") -> Iterator["ox.Quad"]:
    """Yield every quad of a graph in the full profile, in the order of its nodes and edges."""
    nodes = ((name, str(literals)) for name, literals in graph.nodes(data="literals"))
    edges = ((source, data, target) for source, target, data in graph.edges(data=True))
    held = (Held(source, data["predicate"], target, data["graphs"]) for source, data, target in edges)
    return quads_of(nodes, held)

"""Where the nodes of the merged chains stand when they are drawn: in columns from first cause to outcome.

Columns are told by the chain itself; within a column the order is found by the barycentre method, which puts each node
at the mean place of those it is linked with, sweeping to and fro, so that few links cross (Sugiyama, Tagawa and Toda,
IEEE Trans Syst Man Cybern 1981;11:109-125). Links count as often as cases tell them. The same view has the same places.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

import networkx as nx

from itbkg.network.graph import Node, View

#: The columns, from left to right: a cause that another one led to is a mechanism.
COLUMNS = ("cause", "mechanism", "event", "finding", "outcome")
#: How far apart columns and rows stand; a place is in these units, as pixels at full size.
ACROSS, DOWN = 240, 38
#: A short column is spread, but its rows stand at most so many times as far apart.
_SPREAD = 2.5
_SWEEPS = 8


@dataclass(frozen=True, slots=True)
class Placed:
    """A node in its column, at `x` and `y` from the upper left corner."""

    node: Node
    column: str
    x: float
    y: float


def place(view: View) -> tuple[Placed, ...]:
    """Place the nodes of the chains, column by column and from top to bottom; a column without nodes takes no room."""
    links: nx.DiGraph[str] = nx.DiGraph()
    links.add_nodes_from(node.iri for node in view.nodes)
    links.add_weighted_edges_from((edge.source, edge.target, edge.n) for edge in view.edges)
    columns = _ordered(_columns(view, links), links)
    tallest = max((len(column) for column in columns.values()), default=0)
    nodes = {node.iri: node for node in view.nodes}
    return tuple(
        Placed(nodes[iri], name, x * ACROSS, y)
        for x, (name, column) in enumerate(columns.items())
        for iri, y in zip(column, _heights(len(column), tallest), strict=True)
    )


def _heights(rows: int, tallest: int) -> Iterator[float]:
    """Yield how far down each row of a column stands; the middle is that of the tallest column."""
    gap = min(tallest / rows, _SPREAD) * DOWN
    first = (tallest * DOWN - rows * gap) / 2
    return (round(first + (row + 0.5) * gap, 1) for row in range(rows))


def _columns(view: View, links: "nx.DiGraph[str]") -> Mapping[str, Sequence[str]]:
    """Return the nodes of each column, what most cases have first."""
    causes = {node.iri for node in view.nodes if node.kind == "cause"}
    found: defaultdict[str, list[str]] = defaultdict(list)
    for node in view.nodes:
        led_to = node.iri in causes and any(source in causes for source in links.predecessors(node.iri))
        found["mechanism" if led_to else node.kind].append(node.iri)
    return {name: found[name] for name in COLUMNS if found[name]}


def _ordered(columns: Mapping[str, Sequence[str]], links: "nx.DiGraph[str]") -> Mapping[str, Sequence[str]]:
    """Sweep over the columns, forward and back in turn, each time ordering every one by its neighbours' places."""
    ordered = {name: list(column) for name, column in columns.items()}
    both = links.to_undirected()
    for sweep in range(_SWEEPS):
        for name in ordered if sweep % 2 == 0 else reversed(ordered):
            others = _places(column for other, column in ordered.items() if other != name)
            own = _places([ordered[name]])
            means = {iri: _mean(both, iri, others, own[iri]) for iri in ordered[name]}
            ordered[name] = sorted(ordered[name], key=lambda iri: (means[iri], own[iri]))
    return ordered


def _places(columns: Iterable[Sequence[str]]) -> dict[str, float]:
    """Return how far down each node stands in its column, from 0 to 1."""
    return {iri: (row + 0.5) / len(column) for column in columns for row, iri in enumerate(column)}


def _mean(links: "nx.Graph[str]", iri: str, others: Mapping[str, float], own: float) -> float:
    """Return the mean place of the neighbours in other columns, by the cases of their links; its own without any."""
    drawn = [(others[near], held["weight"]) for near, held in links[iri].items() if near in others]
    weight = sum(share for _, share in drawn)
    return sum(place * share for place, share in drawn) / weight if weight else own

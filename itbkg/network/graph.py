"""A network over many cases as typed rows: nodes and edges, each with the cases behind it, and what its numbers mean.

The measures are those that still say something over some hundred reports that were not drawn by chance:

* degree: with how many others a node is linked;
* strength, the weighted degree (Barrat and others, PNAS 2004;101:3747): the sum of the cases over those links;
* for chains, `middle`: in how many cases a class stands between two others in the chain of that one case;
* for pairs, the share of cases with both among those with either (Jaccard 1901).

Betweenness (Freeman 1977) is not given: the shortest paths of a merged graph put links of different cases one after the
other, and no patient went that way; `middle` counts what really was told. Communities (greedy modularity, Clauset and
others, Phys Rev E 2004;70:066111) are not given either: over the findings of the published corpus, in links of three
cases or more, modularity was 0.22, and leaving out a single publication put up to three in ten pairs of findings
otherwise together or apart.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import networkx as nx

#: Under so many cases a number is marked: it may rest on one publication.
FEW = 3


@dataclass(frozen=True, slots=True)
class Node:
    """A class, or a case, in a network.

    `n` of `of` cases have it, `cases` by id; for a case, `n` counts its classes. `middle` is for chains alone and
    counts the cases in which it stands between two others. `few` marks what rests on fewer than three cases.
    """

    iri: str
    label: str
    kind: str
    n: int
    of: int
    degree: int
    strength: int
    middle: int | None
    few: bool
    cases: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Edge:
    """A link between two nodes, told in `n` of `of` cases, `cases` by id.

    `either` is for pairs alone: the cases with one of the two or both; `share` is n of them. `few` as for nodes.
    """

    source: str
    source_label: str
    relation: str
    target: str
    target_label: str
    n: int
    of: int
    either: int | None
    share: float | None
    few: bool
    cases: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class View:
    """A network: `told` of the `of` cases that were looked at are in it at all.

    `warnings` must stand beside the numbers wherever they are shown. Nodes and edges stand in a fixed order, what most
    cases have first.
    """

    name: str
    title: str
    directed: bool
    told: int
    of: int
    nodes: tuple[Node, ...]
    edges: tuple[Edge, ...]
    warnings: tuple[str, ...]


CHOSEN_FEW = "Reported cases are a chosen few: these counts are no frequencies in patients."


def view(network: "nx.Graph[str]", warnings: tuple[str, ...] = ()) -> View:
    """Lay a network of this package out as rows."""
    facts = network.graph
    nodes = sorted((_node(network, iri) for iri in network), key=lambda one: (-one.n, one.label, one.iri))
    edges = sorted((_edge(network, *ends) for ends in network.edges), key=_edge_order)
    few = sum(edge.few for edge in edges)
    thin = f"{few} of {len(edges)} links rest on fewer than {FEW} cases; one publication may have made them."
    return View(
        name=facts["name"],
        title=facts["title"],
        directed=network.is_directed(),
        told=facts["told"],
        of=facts["of"],
        nodes=tuple(nodes),
        edges=tuple(edges),
        warnings=(*warnings, *([thin] if few else ()), CHOSEN_FEW),
    )


def _edges_of(network: "nx.Graph[str]", iri: str) -> Iterator[Mapping[str, object]]:
    """Yield what every link of a node holds, those that lead to it and those that lead on."""
    for source, target, held in network.edges(data=True):
        if iri in (source, target):
            yield held


def _cases(held: Mapping[str, object]) -> tuple[str, ...]:
    cases = held["cases"]
    return cases if isinstance(cases, tuple) else ()


def _whole(number: object) -> int | None:
    return number if isinstance(number, int) else None


def _edge_order(edge: Edge) -> tuple[int, str, str, str, str]:
    return -edge.n, edge.source_label, edge.target_label, edge.source, edge.target


def _node(network: "nx.Graph[str]", iri: str) -> Node:
    held: Mapping[str, object] = network.nodes[iri]
    cases = _cases(held)
    n = len(cases) if held["kind"] != "case" else network.degree(iri)
    return Node(
        iri=iri,
        label=str(held["label"]),
        kind=str(held["kind"]),
        n=n,
        of=network.graph["of"] if held["kind"] != "case" else network.graph["classes"],
        degree=network.degree(iri),
        strength=sum(len(_cases(edge)) for edge in _edges_of(network, iri)),
        middle=_whole(held.get("middle")),
        few=len(cases) < FEW and held["kind"] != "case",
        cases=cases,
    )


def _edge(network: "nx.Graph[str]", source: str, target: str) -> Edge:
    held: Mapping[str, object] = network.edges[source, target]
    cases, either = _cases(held), _whole(held.get("either"))
    return Edge(
        source=source,
        source_label=str(network.nodes[source]["label"]),
        relation=str(held["relation"]),
        target=target,
        target_label=str(network.nodes[target]["label"]),
        n=len(cases),
        of=network.graph["of"],
        either=either,
        share=len(cases) / either if either else None,
        few=len(cases) < FEW and "case" not in (network.nodes[source]["kind"], network.nodes[target]["kind"]),
        cases=cases,
    )

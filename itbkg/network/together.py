"""Which classes cases have together, and which case has which class: networks over one or several branches."""

from collections.abc import Mapping, Sequence
from itertools import combinations

import networkx as nx

from itbkg.network.cohort import Cohort
from itbkg.network.held import Holding
from itbkg.network.words import Words

#: By class, the cases that have it.
Holders = Mapping[str, frozenset[str]]


def co_occurrence(holdings: Sequence[Holding], cohort: Cohort, words: Words, least: int = 1) -> "nx.Graph[str]":
    """Link the classes of the fields that at least `least` cases have together.

    Only classes that some record names itself are taken, each with the cases of what lies below it; two of which one
    lies above the other are not linked, for whoever has the lower has the upper.
    """
    holders, kinds = _spread(holdings)
    title = f"{_spoken(holdings, ' and ')}: which come together in a case"
    told = frozenset().union(*holders.values())
    network: nx.Graph[str] = nx.Graph(name="co-occurrence", title=title, told=len(told), of=len(cohort.ids))
    for one, other in combinations(sorted(holders), 2):
        both = holders[one] & holders[other]
        if len(both) >= least and not words.related(one, other):
            either = len(holders[one] | holders[other])
            network.add_edge(one, other, relation="with", cases=cohort.named(both), either=either)
    for iri in network:
        held_by = cohort.named(holders[iri])
        network.nodes[iri].update(label=words.labels.get(iri, iri), kind=kinds[iri], cases=held_by)
    return network


def case_classes(holdings: Sequence[Holding], cohort: Cohort, words: Words, least: int = 1) -> "nx.Graph[str]":
    """Link every case to the classes of the fields that its record names or implies, where `least` cases have them.

    The graph is bipartite: `bipartite` is 0 for cases and 1 for classes, as networkx expects it. How many classes a
    case has says first of all how much its report tells.
    """
    holders, kinds = _spread(holdings)
    kept = {iri: cases for iri, cases in holders.items() if len(cases) >= least}
    title = f"Cases and their classes: {_spoken(holdings, ', ')}"
    told = frozenset().union(*kept.values())
    counts = {"told": len(told), "of": len(cohort.ids), "classes": len(kept)}
    network: nx.Graph[str] = nx.Graph(name="cases", title=title)
    network.graph.update(counts)
    for case in sorted(told):
        network.add_node(case, label=cohort.ids[case], kind="case", cases=(cohort.ids[case],), bipartite=0)
    for iri, cases in sorted(kept.items()):
        label, named = words.labels.get(iri, iri), cohort.named(cases)
        network.add_node(iri, label=label, kind=kinds[iri], cases=named, bipartite=1)
        for case in sorted(cases):
            network.add_edge(case, iri, relation="has", cases=(cohort.ids[case],))
    return network


def unreported(network: "nx.Graph[str]", holdings: Sequence[Holding]) -> str:
    """Say how many cases tell nothing of the fields, and what a missing link means."""
    told, of = network.graph["told"], network.graph["of"]
    said = _spoken(holdings, " or ")
    return f"{of - told} of {of} cases have no {said} here; a link that is missing may only not be reported."


def _spread(holdings: Sequence[Holding]) -> tuple[Holders, Mapping[str, str]]:
    """Return the cases of each class that stands for itself, and its field."""
    own = [(holding, iri) for holding in holdings for iri in sorted(holding.own)]
    return {iri: holding.present[iri] for holding, iri in own}, {iri: holding.field for holding, iri in own}


def _spoken(holdings: Sequence[Holding], between: str) -> str:
    return between.join(holding.field.replace("_", " ") for holding in holdings)

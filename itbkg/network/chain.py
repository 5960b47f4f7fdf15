"""The causal chain of a case as a directed graph, and the paths through it.

networkx is imported by what makes a graph: most commands stand on cases, of which this is a part, and need none.
"""

from collections import defaultdict
from typing import TYPE_CHECKING

from itbkg.store import PREFIX_LINES, Store

if TYPE_CHECKING:
    import networkx as nx

_LINKS = f"""{PREFIX_LINES}
SELECT ?case ?cause ?causeLabel ?effect ?effectLabel WHERE {{
  ?case itb:hasCausalAssertion ?link .
  ?link itb:assertedCause ?cause ; itb:assertedEffect ?effect .
  ?cause rdfs:label ?causeLabel .
  ?effect rdfs:label ?effectLabel .
}} ORDER BY ?case ?cause ?effect
"""


def causal_chain(store: Store, case: str) -> "nx.DiGraph[str]":
    """Return the chain of the case with the IRI `case`; empty where the report names no cause."""
    return _chains(store, case=case)[case]


def causal_chains(store: Store) -> "dict[str, nx.DiGraph[str]]":
    """Return the chain of every case whose report names a cause, by the IRI of the case."""
    return dict(_chains(store))


def _chains(store: Store, **case: str) -> "defaultdict[str, nx.DiGraph[str]]":
    import networkx as nx  # noqa: PLC0415 - see above

    chains: defaultdict[str, nx.DiGraph[str]] = defaultdict(nx.DiGraph)
    for told, cause, cause_label, effect, effect_label in store.select(_LINKS, **case).texts():
        chains[told].add_node(cause, label=cause_label)
        chains[told].add_node(effect, label=effect_label)
        chains[told].add_edge(cause, effect)
    return chains


def causal_paths(chain: "nx.DiGraph[str]") -> list[list[str]]:
    """Return every way from a first cause to an end, as labels, in a fixed order."""
    import networkx as nx  # noqa: PLC0415 - see above

    first = [node for node in chain if chain.in_degree(node) == 0]
    last = [node for node in chain if chain.out_degree(node) == 0]
    paths = [path for start in first for path in nx.all_simple_paths(chain, start, last)]
    return sorted([str(chain.nodes[node]["label"]) for node in path] for path in paths)

"""The classes of a graph as the networks need them: their labels, and which lie above which."""

from collections.abc import Mapping
from dataclasses import dataclass

from itbkg.index import read_tree
from itbkg.namespaces import ITB, ONTOLOGY_GRAPH
from itbkg.store import PREFIX_LINES, Store, once

_LABELS = f"""{PREFIX_LINES}
PREFIX owl: <http://www.w3.org/2002/07/owl#>
SELECT ?class ?label WHERE {{ GRAPH {ONTOLOGY_GRAPH.n3()} {{ ?class a owl:Class ; rdfs:label ?label }} }}
"""


@dataclass(frozen=True, slots=True)
class Words:
    """Classes by IRI: `labels`; `parents`, directly above as is stated; `above`, all, by definitions too."""

    labels: Mapping[str, str]
    parents: Mapping[str, frozenset[str]]
    above: Mapping[str, frozenset[str]]

    def lifted(self, iri: str, depth: int | None) -> frozenset[str]:
        """Return the classes at a depth below their branch over which a class stands; itself where it is not so deep.

        Depth 1 is directly below the branch. A class that stands below several is lifted to each of them.
        """
        if depth is None:
            return frozenset({iri})
        return frozenset(way[min(depth, len(way)) - 1] for way in self._ways(iri))

    def related(self, one: str, other: str) -> bool:
        """Say whether two classes are one, or one lies above the other, so that cases have both by definition."""
        return one == other or one in self.above.get(other, ()) or other in self.above.get(one, ())

    def _ways(self, iri: str) -> list[tuple[str, ...]]:
        """Return every way from below a branch down to a class."""
        upper = [one for one in sorted(self.parents.get(iri, ())) if one not in _BRANCHES]
        if not upper:
            return [(iri,)]
        return [(*way, iri) for one in upper for way in self._ways(one)]


#: The branches in which the classes of a network stand, by the field of cases that holds them.
BRANCHES: Mapping[str, str] = {
    "event": str(ITB.TherapyEvent),
    "cause": str(ITB.Cause),
    "finding": str(ITB.Finding),
    "considered": str(ITB.Diagnosis),
    "treatment": str(ITB.Treatment),
    "condition": str(ITB.UnderlyingCondition),
    "outcome": str(ITB.Outcome),
}
_BRANCHES = frozenset(BRANCHES.values())


@once
def read_words(store: Store) -> Words:
    """Read the classes of a graph."""
    labels = {iri: label for iri, label in store.select(_LABELS).texts()}  # noqa: C416 - rows are of any length
    tree, known = read_tree(store), labels.keys()
    parents = {iri: tree.stated_above(iri) & known for iri in labels}
    return Words(labels, parents, {iri: tree.above(iri) & known for iri in labels})

"""What the ontology says of each of its terms, fetched from the graph in one query."""

from collections import defaultdict
from collections.abc import Iterator

from rdflib import URIRef

from itbkg.store import Store

# Sorted in Python: over all of the ontology, ORDER BY takes the store ten times as long.
_FACTS = """
SELECT ?term ?property ?value WHERE {
  GRAPH <https://w3id.org/itbkg/graph/ontology> { ?term ?property ?value }
}
"""

_FOLLOWS = """
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
SELECT ?below ?above WHERE { ?below rdfs:subClassOf ?above }
"""


class Facts:
    """The ontology's triples by subject and predicate; values are plain text, in a fixed order."""

    def __init__(self, store: Store) -> None:
        self._values: dict[str, dict[str, list[str]]] = {}
        self._turned: dict[str, dict[str, list[str]]] = {}
        for term, predicate, value in sorted(store.select(_FACTS).texts()):
            self._values.setdefault(term, {}).setdefault(predicate, []).append(value)

    def __iter__(self) -> Iterator[str]:
        """Yield every subject, in IRI order."""
        return iter(self._values)

    def values(self, iri: str, predicate: URIRef) -> tuple[str, ...]:
        """Return all that a term has under a predicate."""
        return tuple(self._values.get(iri, {}).get(str(predicate), ()))

    def first(self, iri: str, predicate: URIRef) -> str:
        """Return what a term has under a predicate; empty where it has nothing."""
        return next(iter(self.values(iri, predicate)), "")

    def subjects(self, predicate: URIRef, value: str) -> tuple[str, ...]:
        """Return the terms that have a value under a predicate, in IRI order."""
        return tuple(self._subjects(str(predicate)).get(value, ()))

    def _subjects(self, predicate: str) -> dict[str, list[str]]:
        """Turn the triples of one predicate round, once."""
        if predicate not in self._turned:
            turned: defaultdict[str, list[str]] = defaultdict(list)
            for iri, described in self._values.items():
                for value in described.get(predicate, ()):
                    turned[value].append(iri)
            self._turned[predicate] = turned
        return self._turned[predicate]


def superclasses(store: Store) -> dict[str, frozenset[str]]:
    """Return all classes above each class, those that a reasoner adds included."""
    above: defaultdict[str, set[str]] = defaultdict(set)
    for lower, upper in store.select(_FOLLOWS).texts():
        above[lower].add(upper)
    return {iri: frozenset(classes) for iri, classes in above.items()}

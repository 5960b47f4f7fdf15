"""Statistics of the served dataset, as VoID counts them (https://www.w3.org/TR/void/, section 4)."""

from collections.abc import Iterator
from dataclasses import dataclass

from itbkg.store import Store

_TOTALS = """
SELECT (COUNT(*) AS ?triples) (COUNT(DISTINCT ?s) AS ?subjects) (COUNT(DISTINCT ?p) AS ?properties)
       (COUNT(DISTINCT ?o) AS ?objects) WHERE { ?s ?p ?o }
"""
_CLASSES = "SELECT ?class (COUNT(DISTINCT ?s) AS ?n) WHERE { ?s a ?class } GROUP BY ?class ORDER BY ?class"
_PROPERTIES = "SELECT ?property (COUNT(*) AS ?n) WHERE { ?s ?property ?o } GROUP BY ?property ORDER BY ?property"
_GRAPHS = "SELECT ?graph (COUNT(*) AS ?n) WHERE { GRAPH ?graph { ?s ?p ?o } } GROUP BY ?graph ORDER BY ?graph"


@dataclass(frozen=True, slots=True)
class Statistics:
    """Counts over the default graph, and the number of triples of each named graph."""

    triples: int
    subjects: int
    properties: int
    objects: int
    by_class: tuple[tuple[str, int], ...]
    by_property: tuple[tuple[str, int], ...]
    by_graph: tuple[tuple[str, int], ...]


def count(store: Store) -> Statistics:
    """Count a dataset."""
    ((triples, subjects, properties, objects),) = store.select(_TOTALS).texts()
    partitions = (tuple(_counted(store, query)) for query in (_CLASSES, _PROPERTIES, _GRAPHS))
    return Statistics(int(triples), int(subjects), int(properties), int(objects), *partitions)


def _counted(store: Store, query: str) -> Iterator[tuple[str, int]]:
    for name, number in store.select(query).texts():
        yield name, int(number)

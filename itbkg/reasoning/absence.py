"""Absence spreads downward: who has no seizure has no tonic seizure either."""

from collections.abc import Iterable, Iterator

from rdflib import RDFS, Graph, URIRef

from itbkg.namespaces import ITB
from itbkg.triples import Triple


def absent_below(ontology: Graph, stated: Iterable[Triple]) -> Iterator[Triple]:
    """Yield, for every stated absence of a class, the absence of each class below it."""
    for statement, predicate, value in stated:
        if predicate == ITB.absentClass and isinstance(value, URIRef):
            for below in ontology.transitive_subjects(RDFS.subClassOf, value):
                if isinstance(below, URIRef) and below != value:
                    yield statement, ITB.absentClass, below

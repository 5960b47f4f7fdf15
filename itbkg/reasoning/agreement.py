"""Hold the rule closure against HermiT."""

from collections import defaultdict

from rdflib import RDF, RDFS, Literal, URIRef

from itbkg.building.dataset import Dataset
from itbkg.namespaces import INFERRED_GRAPH, ITB, ONTOLOGY_GRAPH
from itbkg.reasoning.hermit import classify
from itbkg.triples import Triple
from itbkg.vocabulary import Vocabulary


def disagreements(vocabulary: Vocabulary, dataset: Dataset) -> tuple[int, list[URIRef]]:
    """Return how many individuals and classes were compared, and those for which HermiT gives other named classes.

    HermiT is given what the records state and what the measurements imply, and none of the inferred types.
    """
    types, superclasses = classify(vocabulary.graph, _given(dataset))
    mine: defaultdict[URIRef, set[URIRef]] = defaultdict(set)
    for subject, predicate, value in dataset.triples:
        if predicate in (RDF.type, RDFS.subClassOf) and value in superclasses and isinstance(value, URIRef):
            mine[subject].add(value)
    theirs = types | superclasses
    return len(theirs), sorted(node for node, classes in theirs.items() if mine[node] != classes)


def _given(dataset: Dataset) -> list[Triple]:
    cases = [triples for graph, triples in dataset.graphs.items() if graph not in (ONTOLOGY_GRAPH, INFERRED_GRAPH)]
    stated = {triple for triples in cases for triple in triples}
    return [*stated, *_implied(dataset)]


def _implied(dataset: Dataset) -> list[Triple]:
    """Pick what values imply out of the inferred graph, each node with the class that its rule names and no other."""
    inferred = dataset.graphs[INFERRED_GRAPH]
    stated = {
        (node, RDF.type, value)
        for node, predicate, value in inferred
        if predicate in (ITB.statedClass, ITB.impliedClass)
    }
    nodes = {node for node, _, _ in stated}
    relations = {triple for triple in inferred if triple[2] in nodes or triple[1] == ITB.impliedBy}
    return [triple for triple in stated | relations if not isinstance(triple[2], Literal)]

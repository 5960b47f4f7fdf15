"""The ontology as OBO Graphs JSON (https://github.com/geneontology/obographs, mapping of OWL in README-owlmapping.md).

What the format has no place for is counted in the graph's own comments.
"""

from collections.abc import Iterable, Iterator
from typing import Any

from rdflib import OWL, RDF, RDFS, Graph, URIRef
from rdflib.collection import Collection
from rdflib.term import Node

from itbkg.exports.obometa import node_meta, ontology_meta
from itbkg.exports.rdf.documents import to_json

Record = dict[str, Any]

#: What a node is, by its type in RDF.
_NODE_TYPES: dict[URIRef, Record] = {
    OWL.Class: {"type": "CLASS"},
    OWL.NamedIndividual: {"type": "INDIVIDUAL"},
    OWL.ObjectProperty: {"type": "PROPERTY", "propertyType": "OBJECT"},
    OWL.DatatypeProperty: {"type": "PROPERTY", "propertyType": "DATA"},
    OWL.AnnotationProperty: {"type": "PROPERTY", "propertyType": "ANNOTATION"},
}
#: Edges that have a short name in the format.
_SHORT = {RDFS.subClassOf: "is_a", RDFS.subPropertyOf: "subPropertyOf"}


def to_obographs(document: Graph) -> bytes:
    """Write a document made by `ontology_document` as one OBO graph."""
    nodes = _nodes(document)
    axioms = {
        "edges": sorted(_edges(document, nodes), key=lambda edge: (edge["sub"], edge["pred"], edge["obj"])),
        "logicalDefinitionAxioms": list(_definitions(document)),
        "equivalentNodesSets": list(_equivalents(document)),
        "domainRangeAxioms": list(_domains_and_ranges(document)),
    }
    header = next(document.subjects(RDF.type, OWL.Ontology))
    title, meta = ontology_meta(document, header, _losses(document, axioms))
    whole = {"id": str(header), "lbl": title, "meta": meta, "nodes": list(nodes.values()), **axioms}
    return to_json({"graphs": [whole]})


def _nodes(document: Graph) -> dict[URIRef, Record]:
    types = {node: kind for kind in _NODE_TYPES for node in _named(document.subjects(RDF.type, kind))}
    return {node: _node(document, node, _NODE_TYPES[types[node]]) for node in sorted(types)}


def _node(document: Graph, node: URIRef, kind: Record) -> Record:
    label = document.value(node, RDFS.label)
    named = {"id": str(node), **kind, "lbl": None if label is None else str(label), "meta": node_meta(document, node)}
    return {name: value for name, value in named.items() if value}


def _edges(document: Graph, nodes: Iterable[URIRef]) -> Iterator[Record]:
    for predicate, name in _SHORT.items():
        for below, above in document.subject_objects(predicate):
            if isinstance(above, URIRef):
                yield _edge(below, name, above)
            elif (restriction := _some(document, above)) is not None:
                yield _edge(below, *restriction)
    for node in nodes:
        yield from _facts(document, node)


def _facts(document: Graph, node: URIRef) -> Iterator[Record]:
    """Yield the classes of an individual and its relations to others."""
    for predicate, value in document.predicate_objects(node):
        if (predicate, RDF.type, OWL.ObjectProperty) in document:
            yield _edge(node, str(predicate), value)
        elif predicate == RDF.type and (value, RDF.type, OWL.Class) in document:
            yield _edge(node, "type", value)


def _edge(sub: Node, pred: str, obj: Node | str) -> Record:
    return {"sub": str(sub), "pred": pred, "obj": str(obj)}


def _definitions(document: Graph) -> Iterator[Record]:
    for defined, whole in sorted(document.subject_objects(OWL.equivalentClass)):
        parts = _parts(document, whole)
        genera = [str(part) for part in parts if isinstance(part, URIRef)]
        some = [_some(document, part) for part in parts if not isinstance(part, URIRef)]
        restrictions = [{"propertyId": pair[0], "fillerId": pair[1]} for pair in some if pair is not None]
        if parts and len(restrictions) == len(some):
            yield {"definedClassId": str(defined), "genusIds": genera, "restrictions": restrictions}


def _parts(document: Graph, whole: Node) -> list[Node]:
    members = document.value(whole, OWL.intersectionOf)
    return [] if members is None else [part for part in Collection(document, members) if part is not None]


def _some(document: Graph, restriction: Node) -> tuple[str, str] | None:
    """Return property and filler of a `someValuesFrom` with a named class; None for any other expression."""
    prop, filler = document.value(restriction, OWL.onProperty), document.value(restriction, OWL.someValuesFrom)
    return (str(prop), str(filler)) if isinstance(filler, URIRef) and isinstance(prop, URIRef) else None


def _equivalents(document: Graph) -> Iterator[Record]:
    for left, right in sorted(document.subject_objects(OWL.equivalentClass)):
        if isinstance(right, URIRef):
            yield {"representativeNodeId": str(left), "nodeIds": [str(left), str(right)]}


def _domains_and_ranges(document: Graph) -> Iterator[Record]:
    for prop in sorted(_named(document.subjects(RDF.type, OWL.ObjectProperty))):
        domains = sorted(map(str, _named(document.objects(prop, RDFS.domain))))
        ranges = sorted(map(str, _named(document.objects(prop, RDFS.range))))
        if domains or ranges:
            yield {"predicateId": str(prop), "domainClassIds": domains, "rangeClassIds": ranges}


def _losses(document: Graph, axioms: Record) -> Iterator[str]:
    """Say what was left out, with counts."""
    held = {axiom["definedClassId"] for axiom in axioms["logicalDefinitionAxioms"]}
    held |= {axiom["representativeNodeId"] for axiom in axioms["equivalentNodesSets"]}
    nested = sorted({str(defined) for defined in document.subjects(OWL.equivalentClass)} - held)
    yield f"not in this format: the defining expressions, nested, of {len(nested)} classes: {', '.join(nested)}"
    ranges = sum((prop, RDFS.range, None) in document for prop in document.subjects(RDF.type, OWL.DatatypeProperty))
    yield f"not in this format: the ranges of {ranges} datatype properties; the datatypes and languages of values"


def _named(nodes: Iterable[Node]) -> Iterator[URIRef]:
    return (node for node in nodes if isinstance(node, URIRef))

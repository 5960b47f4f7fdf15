"""What OBO Graphs calls the meta of a node: definition, synonyms, cross-references and every other annotation."""

from collections.abc import Iterable, Iterator
from typing import Any

from rdflib import OWL, RDF, RDFS, SKOS, Graph, Literal, URIRef
from rdflib.namespace import DCTERMS
from rdflib.term import Node

Record = dict[str, Any]

#: The mappings of a term to terms of others.
MATCHES = (SKOS.exactMatch, SKOS.closeMatch, SKOS.broadMatch, SKOS.narrowMatch, SKOS.relatedMatch)

#: The property by which OBO tools find the successor of an obsolete term: IAO 'term replaced by'.
_REPLACED_BY = URIRef("http://purl.obolibrary.org/obo/IAO_0100001")
#: `skos:altLabel` does not say how near a synonym is; OBO's word for that is RELATED (OBO 1.4, synonym scopes).
_SYNONYM = "hasRelatedSynonym"
#: Said by a field of their own, or by an edge or axiom.
_ELSEWHERE = {
    *(RDF.type, RDFS.label, RDFS.comment, RDFS.subClassOf, RDFS.subPropertyOf, RDFS.domain, RDFS.range),
    *(OWL.equivalentClass, OWL.deprecated, OWL.versionIRI),
    *(SKOS.definition, SKOS.altLabel, SKOS.scopeNote),
}


def node_meta(document: Graph, node: URIRef) -> Record:
    """Return the meta of a term; only the fields that it has."""
    definition = document.value(node, SKOS.definition)
    sources = [] if definition is None else _texts(document, node, DCTERMS.source)
    meta = {
        "definition": None if definition is None else {"val": str(definition), "xrefs": sources},
        "comments": _texts(document, node, RDFS.comment, SKOS.scopeNote),
        "synonyms": [{"pred": _SYNONYM, "val": name} for name in _texts(document, node, SKOS.altLabel)],
        "xrefs": sorted(_xrefs(document, node), key=lambda xref: str(xref["val"])),
        "basicPropertyValues": sorted(
            _others(document, node, bool(sources)), key=lambda one: (one["pred"], one["val"])
        ),
        "deprecated": document.value(node, OWL.deprecated) == Literal(True),
    }
    return {name: value for name, value in meta.items() if value}


def ontology_meta(document: Graph, header: Node, losses: Iterable[str]) -> tuple[str, Record]:
    """Return title and meta of the whole; the meta's comments say what the format cannot hold."""
    others = [
        {"pred": str(predicate), "val": str(value)}
        for predicate, value in sorted(document.predicate_objects(header))
        if predicate not in _ELSEWHERE
    ]
    version = str(document.value(header, OWL.versionIRI))
    meta = {"version": version, "comments": sorted(losses), "basicPropertyValues": others}
    return str(document.value(header, DCTERMS.title)), meta


def _texts(document: Graph, node: URIRef, *predicates: URIRef) -> list[str]:
    return sorted({str(value) for predicate in predicates for value in document.objects(node, predicate)})


def _xrefs(document: Graph, node: URIRef) -> Iterator[Record]:
    """Yield the mapped terms of others by compact id, with label, where the mappings tell them."""
    for match in MATCHES:
        for other in document.objects(node, match):
            label = document.value(other, SKOS.prefLabel)
            xref = {"val": str(document.value(other, SKOS.notation, default=other))}
            yield xref if label is None else xref | {"lbl": str(label)}


def _others(document: Graph, node: URIRef, told_sources: bool) -> Iterator[Record]:
    for predicate, value in document.predicate_objects(node):
        is_edge = (predicate, RDF.type, OWL.ObjectProperty) in document
        if predicate in _ELSEWHERE or is_edge or (told_sources and predicate == DCTERMS.source):
            continue
        yield {"pred": str(predicate), "val": str(value)}
        if predicate == DCTERMS.isReplacedBy:
            yield {"pred": str(_REPLACED_BY), "val": str(value)}

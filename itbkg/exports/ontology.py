"""The product `ontology`: all modules as one OWL 2 DL document, every name that it uses declared."""

from collections.abc import Iterator

from rdflib import OWL, RDF, RDFS, Graph, URIRef
from rdflib.compare import to_canonical_graph
from rdflib.term import Node

from itbkg.errors import OntologyError
from itbkg.namespaces import BASE

#: What declares a property (OWL 2 Structural Specification, section 5.8.1).
_KINDS = (OWL.AnnotationProperty, OWL.ObjectProperty, OWL.DatatypeProperty)
#: Names that begin so belong to OWL itself and are never declared.
_BUILT_IN = (str(RDF), str(RDFS), str(OWL))

_Declaration = tuple[Node, URIRef, URIRef]


def ontology_document(ontology: Graph) -> Graph:
    """Return the merged modules with version IRI and the declarations that OWL 2 DL asks for.

    Blank nodes are named by what they stand for, so that the same ontology is the same graph each time. Raises
    OntologyError for a second header, a header without version, or a property of our own that is not declared.
    """
    document = _copy(ontology)
    header, version = _header(ontology)
    document.add((header, OWL.versionIRI, URIRef(f"{header}/{version}")))
    for declaration in (*_properties(ontology), *_individuals(ontology)):
        document.add(declaration)
    return _copy(to_canonical_graph(document))


def _copy(graph: Graph) -> Graph:
    copy = Graph()
    for triple in graph:
        copy.add(triple)
    return copy


def _header(ontology: Graph) -> tuple[URIRef, str]:
    headers = sorted(map(str, set(ontology.subjects(RDF.type, OWL.Ontology))))
    if len(headers) != 1:
        names = ", ".join(f"<{header}>" for header in headers) or "none"
        raise OntologyError(f"the modules have {len(headers)} ontology headers ({names}); keep the one in core.ttl")
    header = URIRef(headers[0])
    version = ontology.value(header, OWL.versionInfo)
    if version is None:
        raise OntologyError(f"<{header}> has no owl:versionInfo; give it one")
    return header, str(version)


def _properties(ontology: Graph) -> Iterator[_Declaration]:
    """Declare what others named, such as skos:notation, as annotations: no reasoner is meant to read them."""
    declared = {prop for kind in _KINDS for prop in ontology.subjects(RDF.type, kind)}
    for prop in set(ontology.predicates()) - declared:
        if str(prop).startswith(BASE):
            raise OntologyError(f"property <{prop}> is used and declared nowhere; declare it in core.ttl")
        if not str(prop).startswith(_BUILT_IN):  # rdflib's own startswith takes no tuple
            yield prop, RDF.type, OWL.AnnotationProperty


def _individuals(ontology: Graph) -> Iterator[_Declaration]:
    for found in ontology.subjects(RDF.type, OWL.Class):
        for individual in ontology.subjects(RDF.type, found):
            yield individual, RDF.type, OWL.NamedIndividual

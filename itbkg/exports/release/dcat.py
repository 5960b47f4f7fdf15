"""A release for catalogues (DCAT 3, https://www.w3.org/TR/vocab-dcat-3/) and for users of RDF (https://www.w3.org/TR/void/)."""

from collections.abc import Sequence

from rdflib import DCAT, FOAF, RDF, SKOS, VOID, XSD, Graph, Literal, Namespace, URIRef
from rdflib.namespace import DCTERMS

from itbkg.exports.rdf.documents import to_turtle
from itbkg.exports.release import about
from itbkg.exports.release.parts import Part
from itbkg.namespaces import BASE, CASE
from itbkg.store import Store

SPDX = Namespace("http://spdx.org/rdf/terms#")
_MEDIA_TYPES = "https://www.iana.org/assignments/media-types/"
_DATASET = URIRef(about.IRI)
_VOCABULARIES = (f"{BASE}ont/", str(SKOS), str(DCTERMS))
_COUNTS = """
SELECT (COUNT(DISTINCT ?s) AS ?subjects) (COUNT(DISTINCT ?p) AS ?properties) (COUNT(DISTINCT ?o) AS ?objects)
WHERE { ?s ?p ?o }
"""
_CLASSES = "SELECT ?class (COUNT(DISTINCT ?s) AS ?n) WHERE { ?s a ?class } GROUP BY ?class ORDER BY ?class"
_PROPERTIES = "SELECT ?property (COUNT(*) AS ?n) WHERE { ?s ?property ?o } GROUP BY ?property ORDER BY ?property"


def write_dcat(store: Store, parts: Sequence[Part]) -> str:
    """Describe the dataset, and each file as a distribution of it with size and checksum."""
    graph = _described()
    graph.add((_DATASET, RDF.type, DCAT.Dataset))
    graph.add((_DATASET, DCTERMS.identifier, Literal(f"sha256:{store.manifest.digest}")))
    graph.add((_DATASET, URIRef(f"{DCAT}version"), Literal(about.VERSION)))
    for word in about.KEYWORDS:
        graph.add((_DATASET, DCAT.keyword, Literal(word, lang="en")))
    for part in parts:
        _distribution(graph, part)
    return to_turtle(graph).decode()


def write_void(store: Store, parts: Sequence[Part]) -> str:
    """Describe the RDF: what it counts, by class and property, its vocabularies, and where it lies."""
    graph = _described()
    graph.add((_DATASET, RDF.type, VOID.Dataset))
    graph.add((_DATASET, VOID.uriSpace, Literal(BASE)))
    graph.add((_DATASET, VOID.exampleResource, URIRef(f"{CASE}mohammed-2004/1")))
    graph.add((_DATASET, VOID.triples, _number(store.manifest.triples)))
    ((subjects, properties, objects),) = store.select(_COUNTS).texts()
    graph.add((_DATASET, VOID.distinctSubjects, _number(subjects)))
    graph.add((_DATASET, VOID.properties, _number(properties)))
    graph.add((_DATASET, VOID.distinctObjects, _number(objects)))
    for vocabulary in _VOCABULARIES:
        graph.add((_DATASET, VOID.vocabulary, URIRef(vocabulary)))
    for part in parts:
        if part.format in ("nquads", "ntriples", "turtle", "trig", "rdfxml", "jsonld"):
            graph.add((_DATASET, VOID.dataDump, _file(part)))
    _partitions(graph, store)
    return to_turtle(graph).decode()


def _described() -> Graph:
    graph = Graph(bind_namespaces="none")
    for predicate, value in (
        (DCTERMS.title, Literal(about.TITLE, lang="en")),
        (DCTERMS.description, Literal(about.DESCRIPTION, lang="en")),
        (DCTERMS.license, URIRef(about.LICENCE)),
        (DCTERMS.issued, Literal(about.RELEASED, datatype=XSD.date)),
        (DCTERMS.creator, URIRef(f"{about.IRI}/contributors")),
        (DCTERMS.publisher, URIRef(f"{about.IRI}/contributors")),
    ):
        graph.add((_DATASET, predicate, value))
    graph.add((URIRef(f"{about.IRI}/contributors"), RDF.type, FOAF.Agent))
    graph.add((URIRef(f"{about.IRI}/contributors"), FOAF.name, Literal(about.CREATOR)))
    return graph


def _distribution(graph: Graph, part: Part) -> None:
    node, checksum = _file(part), URIRef(f"{_file(part)}#sha256")
    graph.add((_DATASET, DCAT.distribution, node))
    for predicate, value in (
        (RDF.type, DCAT.Distribution),
        (DCTERMS.title, Literal(part.title, lang="en")),
        (DCTERMS.license, URIRef(about.LICENCE)),
        (DCAT.mediaType, URIRef(_MEDIA_TYPES + part.media_type)),
        (DCAT.byteSize, Literal(part.bytes, datatype=XSD.nonNegativeInteger)),
        (DCAT.downloadURL, node),
        (SPDX.checksum, checksum),
    ):
        graph.add((node, predicate, value))
    graph.add((checksum, RDF.type, SPDX.Checksum))
    graph.add((checksum, SPDX.algorithm, SPDX.checksumAlgorithm_sha256))
    graph.add((checksum, SPDX.checksumValue, Literal(part.sha256, datatype=XSD.hexBinary)))


def _partitions(graph: Graph, store: Store) -> None:
    for query, partition, of, counted in (
        (_CLASSES, VOID.classPartition, VOID["class"], VOID.entities),
        (_PROPERTIES, VOID.propertyPartition, VOID.property, VOID.triples),
    ):
        for iri, number in store.select(query).texts():
            node = URIRef(f"{about.IRI}/partition/{of.rsplit('#', 1)[-1]}/{iri.partition('://')[2].replace('#', '/')}")
            graph.add((_DATASET, partition, node))
            graph.add((node, of, URIRef(iri)))
            graph.add((node, counted, _number(number)))


def _file(part: Part) -> URIRef:
    return URIRef(f"{about.IRI}/{about.VERSION}/{part.path}")


def _number(count: int | str) -> Literal:
    return Literal(int(count), datatype=XSD.integer)

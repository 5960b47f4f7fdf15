"""The ontology as OBO Graphs JSON, read back by two tools of others: pronto, and obographs' own data model."""

import json
import warnings
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import obographs
import pytest
from pronto.ontology import Ontology
from pronto.utils.warnings import NotImplementedWarning
from rdflib import OWL, RDF, RDFS, SKOS, BNode, Graph, Literal, URIRef
from rdflib.collection import Collection
from rdflib.namespace import DCTERMS

from itbkg.exports import ontology_document
from itbkg.exports.obographs import to_obographs
from itbkg.namespaces import ITB

ONTOLOGY = URIRef("https://w3id.org/itbkg/ont")
DAY = URIRef("https://w3id.org/itbkg/unit/day")
SEIZURE = URIRef("http://purl.obolibrary.org/obo/HP_0001250")


@pytest.fixture(scope="module")
def path(contents: dict[str, bytes], tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Write the ontology once."""
    path = tmp_path_factory.mktemp("obo") / "itbkg.json"
    path.write_bytes(contents["obographs"])
    return path


@pytest.fixture(scope="module")
def read(path: Path) -> Ontology:
    """Read it with pronto, which knows no individuals and says so."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", NotImplementedWarning)
        return Ontology(str(path))


def named(document: Graph, kind: URIRef) -> Iterator[URIRef]:
    """Yield the terms of a kind that have an IRI."""
    return (node for node in document.subjects(RDF.type, kind) if isinstance(node, URIRef))


# --- pronto ----------------------------------------------------------------------------------


def test_pronto_finds_every_class_with_its_label(read: Ontology, document: Graph) -> None:
    """A class would be lost, or bear another name."""
    labels = {str(term): str(document.value(term, RDFS.label)) for term in named(document, OWL.Class)}
    assert {term.id: term.name for term in read.terms()} == labels
    assert len(labels) > 900


def test_pronto_finds_definitions_and_synonyms(read: Ontology, document: Graph) -> None:
    """A definition or a synonym would be lost, or stand at another class."""
    for term in read.terms():
        iri = URIRef(term.id)
        assert str(term.definition) == str(document.value(iri, SKOS.definition))
        assert {synonym.description for synonym in term.synonyms} == set(map(str, document[iri : SKOS.altLabel]))


def test_pronto_finds_the_same_classes_above(read: Ontology, document: Graph) -> None:
    """The hierarchy would change on the way."""
    for term in read.terms():
        above = document.transitive_objects(URIRef(term.id), RDFS.subClassOf)
        assert {found.id for found in term.superclasses()} == {str(node) for node in above if isinstance(node, URIRef)}


def test_pronto_finds_every_property(read: Ontology, document: Graph) -> None:
    """A property would be lost."""
    kinds = (OWL.ObjectProperty, OWL.DatatypeProperty, OWL.AnnotationProperty)
    properties = {str(prop) for kind in kinds for prop in named(document, kind)}
    assert {found.id for found in read.relationships() if not found.builtin} == properties


# --- the data model of obographs -------------------------------------------------------------


def test_the_data_model_holds_every_field(path: Path) -> None:
    """A field would bear a name that OBO Graphs does not know, and be passed over by every reader."""
    text = path.read_text("utf-8")
    read = obographs.GraphDocument.model_validate_json(text)
    written = json.loads(text)
    graph = written["graphs"][0]
    for labelled in (graph, *(xref for node in graph["nodes"] for xref in node.get("meta", {}).get("xrefs", ()))):
        labelled.pop("lbl", None)  # in the published JSON Schema, and not in this model
    assert json.loads(read.model_dump_json(exclude_unset=True)) == written


def graph_of(content: bytes) -> dict[str, Any]:
    """Return the one graph of a document."""
    whole: dict[str, Any] = json.loads(content)
    assert len(whole["graphs"]) == 1
    graph: dict[str, Any] = whole["graphs"][0]
    return graph


def test_everything_named_is_a_node(contents: dict[str, bytes]) -> None:
    """An edge would lead to a node that is not there."""
    graph = graph_of(contents["obographs"])
    nodes = {node["id"] for node in graph["nodes"]}
    assert len(nodes) == len(graph["nodes"])
    assert not [edge for edge in graph["edges"] if not {edge["sub"], edge["obj"]} <= nodes]
    assert graph["meta"]["version"].startswith(f"{ONTOLOGY}/")
    assert graph["lbl"]


def test_every_defined_class_is_written_or_counted_as_left_out(document: Graph, contents: dict[str, bytes]) -> None:
    """An axiom would be lost in silence."""
    graph = graph_of(contents["obographs"])
    defined = {str(left) for left in document.subjects(OWL.equivalentClass)}
    written = {axiom["definedClassId"] for axiom in graph["logicalDefinitionAxioms"]}
    nested, ranges = graph["meta"]["comments"]
    assert f"{ONTOLOGY}/FatalCase" in written
    assert {iri for iri in defined if iri in nested} == defined - written
    assert "datatype properties" in ranges


def small() -> Graph:
    """Make an ontology with one of everything that the format tells apart."""
    graph = Graph()
    for triple in (
        (ONTOLOGY, RDF.type, OWL.Ontology),
        (ONTOLOGY, OWL.versionInfo, Literal("7")),
        (ONTOLOGY, DCTERMS.title, Literal("small")),
        *((kind, RDF.type, OWL.Class) for kind in (ITB.Finding, ITB.Cause, ITB.Case, ITB.Delay, ITB.Unit)),
        (ITB.hasFinding, RDF.type, OWL.ObjectProperty),
        (ITB.hasFinding, RDFS.subPropertyOf, ITB.hasStatement),
        (ITB.hasFinding, RDFS.domain, ITB.Case),
        (ITB.hasFinding, RDFS.range, ITB.Finding),
        (ITB.hasStatement, RDF.type, OWL.ObjectProperty),
        (ITB.year, RDF.type, OWL.DatatypeProperty),
        (DAY, RDF.type, ITB.Unit),
        (DAY, ITB.hasStatement, DAY),
        (DAY, ITB.year, Literal("7")),
        (ITB.Cause, OWL.equivalentClass, ITB.Delay),
        (ITB.Finding, SKOS.closeMatch, SEIZURE),
        (SEIZURE, SKOS.notation, Literal("HP:0001250")),
        (SEIZURE, SKOS.prefLabel, Literal("Seizure")),
        (ITB.Finding, SKOS.definition, Literal("d")),
        (ITB.Finding, DCTERMS.source, URIRef("urn:source")),
        (ITB.Finding, SKOS.scopeNote, Literal("c")),
        (ITB.Delay, OWL.deprecated, Literal(True)),
        (ITB.Delay, DCTERMS.isReplacedBy, ITB.Cause),
        (ITB.Delay, DCTERMS.source, URIRef("urn:source")),
    ):
        graph.add(triple)
    restriction = some(graph, ITB.hasFinding, ITB.Finding)
    graph.add((ITB.Case, RDFS.subClassOf, restriction))
    graph.add((ITB.Finding, OWL.equivalentClass, both(graph, ITB.Cause, some(graph, ITB.hasFinding, ITB.Case))))
    inner = some(graph, ITB.hasFinding, both(graph, ITB.Cause, some(graph, ITB.hasFinding, ITB.Case)))
    graph.add((ITB.Case, OWL.equivalentClass, both(graph, ITB.Cause, inner)))
    return graph


def some(graph: Graph, prop: URIRef, filler: URIRef | BNode) -> BNode:
    """Add `some` to a graph."""
    node = BNode()
    for predicate, value in ((RDF.type, OWL.Restriction), (OWL.onProperty, prop), (OWL.someValuesFrom, filler)):
        graph.add((node, predicate, value))
    return node


def both(graph: Graph, *parts: URIRef | BNode) -> BNode:
    """Add an intersection to a graph."""
    node, members = BNode(), BNode()
    Collection(graph, members, list(parts))
    graph.add((node, RDF.type, OWL.Class))
    graph.add((node, OWL.intersectionOf, members))
    return node


@pytest.fixture(scope="module")
def one_of_each() -> dict[str, Any]:
    """Write the small ontology."""
    return graph_of(to_obographs(ontology_document(small())))


def test_each_axiom_has_its_place(one_of_each: dict[str, Any]) -> None:
    """An axiom would be written as another, or not at all."""
    edges = {tuple(iri.rsplit("/", 1)[-1] for iri in edge.values()) for edge in one_of_each["edges"]}
    assert edges == {  # obj, pred, sub: the keys are sorted
        ("Finding", "hasFinding", "Case"),
        ("hasStatement", "subPropertyOf", "hasFinding"),
        ("Unit", "type", "day"),
        ("day", "hasStatement", "day"),
    }
    assert one_of_each["equivalentNodesSets"] == [
        {"representativeNodeId": str(ITB.Cause), "nodeIds": [str(ITB.Cause), str(ITB.Delay)]}
    ]
    assert one_of_each["domainRangeAxioms"] == [
        {"predicateId": str(ITB.hasFinding), "domainClassIds": [str(ITB.Case)], "rangeClassIds": [str(ITB.Finding)]}
    ]
    restriction = {"propertyId": str(ITB.hasFinding), "fillerId": str(ITB.Case)}
    assert one_of_each["logicalDefinitionAxioms"] == [
        {"definedClassId": str(ITB.Finding), "genusIds": [str(ITB.Cause)], "restrictions": [restriction]}
    ]


def test_what_has_no_place_is_said(one_of_each: dict[str, Any]) -> None:
    """A loss would not be told."""
    assert one_of_each["meta"]["comments"] == [
        f"not in this format: the defining expressions, nested, of 1 classes: {ITB.Case}",
        "not in this format: the ranges of 0 datatype properties; the datatypes and languages of values",
    ]


def test_a_node_keeps_its_annotations(one_of_each: dict[str, Any]) -> None:
    """A mapping, a source, a comment or a sign of age would be lost."""
    nodes = {node["id"]: node for node in one_of_each["nodes"]}
    finding, delay = nodes[str(ITB.Finding)]["meta"], nodes[str(ITB.Delay)]["meta"]
    assert finding["definition"] == {"val": "d", "xrefs": ["urn:source"]}
    assert finding["comments"] == ["c"]
    assert finding["xrefs"] == [{"val": "HP:0001250", "lbl": "Seizure"}]
    assert finding["basicPropertyValues"] == [{"pred": str(SKOS.closeMatch), "val": str(SEIZURE)}]
    assert delay["deprecated"] is True
    assert {pair["pred"]: pair["val"] for pair in delay["basicPropertyValues"]} == {
        str(DCTERMS.source): "urn:source",
        str(DCTERMS.isReplacedBy): str(ITB.Cause),
        "http://purl.obolibrary.org/obo/IAO_0100001": str(ITB.Cause),
    }
    assert nodes[str(DAY)]["meta"]["basicPropertyValues"] == [{"pred": str(ITB.year), "val": "7"}]
    assert nodes[str(ITB.year)]["propertyType"] == "DATA"

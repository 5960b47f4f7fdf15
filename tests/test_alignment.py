"""The alignment to BFO, OGMS, OBI, IAO and RO: true ids, our own terms, and never in the graph."""

import csv
from pathlib import Path

import pytest
from rdflib import OWL, RDF, RDFS, SKOS, BNode, Graph, URIRef

from itbkg.building import Built
from itbkg.namespaces import BASE
from itbkg.vocabulary import Vocabulary, read_ontology
from itbkg.vocabulary.ontology import ALIGNMENT
from tests.conftest import PROJECT, TESTS

OBO = "http://purl.obolibrary.org/obo/"
IS_ABOUT = URIRef(f"{OBO}IAO_0000136")
INFORMATION = URIRef(f"{OBO}IAO_0000030")
RELATIONS = {RDFS.subClassOf, RDFS.subPropertyOf, SKOS.closeMatch, SKOS.relatedMatch}


@pytest.fixture(scope="module")
def alignment() -> Graph:
    """Read the alignment as a reader would."""
    return Graph().parse(PROJECT / "ontology" / ALIGNMENT, format="turtle")


@pytest.fixture(scope="module")
def checked() -> dict[str, str]:
    """Read ids and labels as they were found in the sources that the table names."""
    with (TESTS / "aligned-terms.tsv").open(encoding="utf-8", newline="") as file:
        return {row["id"]: row["label"] for row in csv.DictReader(file, delimiter="\t")}


def ours(alignment: Graph) -> set[URIRef]:
    """Name the terms of ours that the alignment speaks of."""
    found = {subject for subject, relation, _ in alignment if relation in RELATIONS}
    return {term for term in found if isinstance(term, URIRef)}


def test_every_id_has_the_label_that_was_checked(alignment: Graph, checked: dict[str, str]) -> None:
    """A real id with another term's meaning would stand in the alignment."""
    labels = {str(term).removeprefix(OBO).replace("_", ":", 1): str(label) for term, label in alignment[: RDFS.label]}
    assert labels == checked


def test_every_id_is_labelled(alignment: Graph) -> None:
    """An id would be used that nobody checked."""
    used = {node for triple in alignment for node in triple if str(node).startswith(OBO)}
    assert used == set(alignment.subjects(RDFS.label))


def test_it_speaks_of_terms_that_exist(alignment: Graph, vocabulary: Vocabulary) -> None:
    """A term of ours was renamed, and the alignment still has the old name."""
    terms = ours(alignment)
    assert len(terms) > 30
    declared = {term for term in terms if (term, RDF.type, None) in vocabulary.graph}
    assert terms == declared
    assert all(term.startswith(BASE) for term in terms)


def test_what_is_about_something_is_information(alignment: Graph, vocabulary: Vocabulary) -> None:
    """A thing would be said to be about something, or a statement to be the thing that it is about."""
    both = alignment + vocabulary.graph
    abouts = set(alignment.subjects(OWL.onProperty, IS_ABOUT))
    statements = {term for node in abouts for term in alignment.subjects(RDFS.subClassOf, node)}
    assert len(statements) > 3
    assert not [term for term in statements if INFORMATION not in both.transitive_objects(term, RDFS.subClassOf)]


def test_the_vocabulary_has_none_of_it(alignment: Graph, vocabulary: Vocabulary) -> None:
    """A reasoner would load the upper ontologies' terms."""
    said = {triple for triple in alignment if not any(isinstance(node, BNode) for node in triple)}
    assert len(said) > 50
    assert not said & set(vocabulary.graph)
    assert (None, OWL.onProperty, IS_ABOUT) not in vocabulary.graph


def test_the_built_graph_has_none_of_it(built: Built, checked: dict[str, str]) -> None:
    """The graph that is asked would hold upper ontologies."""
    assert not [term for term in checked if f"<{OBO}{term.replace(':', '_')}>".encode() in built.nquads]


def test_a_folder_with_a_broken_alignment_is_read(tmp_path: Path) -> None:
    """The alignment is read after all: it would break the build."""
    (tmp_path / "core.ttl").write_text("<urn:a> a <urn:b> .", "utf-8")
    (tmp_path / ALIGNMENT).write_text("no Turtle", "utf-8")
    assert len(read_ontology(tmp_path)) == 1

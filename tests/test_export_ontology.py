"""The ontology as one document in every form: whole, the same each time, in OWL 2 DL, and read back by other tools."""

import hashlib
import io
import json
import os
import subprocess
import sys
from pathlib import Path

import owlready2
import pyoxigraph as ox
import pytest
from rdflib import OWL, RDF, RDFS, SKOS, Graph, Literal, URIRef
from rdflib.compare import to_canonical_graph
from rdflib.namespace import DCTERMS

from itbkg.errors import ExportError, ExportFormatError, OntologyError
from itbkg.exports import PRODUCTS, Form, choose_form, ontology_document, write_whole
from itbkg.namespaces import ITB
from itbkg.vocabulary import Vocabulary
from tests.conftest import PROJECT, TESTS

ONTOLOGY = URIRef("https://w3id.org/itbkg/ont")
FORMS = {form.name: form for form in PRODUCTS["ontology"]}
#: How rdflib and Oxigraph call the forms that are RDF.
RDF_FORMS = {
    "owl": ("xml", ox.RdfFormat.RDF_XML),
    "turtle": ("turtle", ox.RdfFormat.TURTLE),
    "jsonld": ("json-ld", ox.RdfFormat.JSON_LD),
}
BUILT_IN = (str(RDF), str(RDFS), str(OWL))


# --- the document ----------------------------------------------------------------------------


def test_the_modules_are_all_in_it(document: Graph, vocabulary: Vocabulary) -> None:
    """A module, or a part of one, would be lost in merging, or something made up."""
    declarations = {OWL.NamedIndividual, OWL.AnnotationProperty}
    left = Graph()
    for subject, predicate, value in document:
        added = predicate == OWL.versionIRI or (predicate == RDF.type and value in declarations)
        if not added or (subject, predicate, value) in vocabulary.graph:
            left.add((subject, predicate, value))
    assert set(left) == set(to_canonical_graph(vocabulary.graph))


def test_it_says_what_it_is(document: Graph) -> None:
    """Somebody who finds the file would not know what it is, which version, or whether it may be used."""
    version = document.value(ONTOLOGY, OWL.versionInfo)
    assert list(document.subjects(RDF.type, OWL.Ontology)) == [ONTOLOGY]
    assert document.value(ONTOLOGY, OWL.versionIRI) == URIRef(f"{ONTOLOGY}/{version}")
    assert all(document.value(ONTOLOGY, said) for said in (DCTERMS.title, DCTERMS.description, DCTERMS.license))


def test_every_property_is_declared(document: Graph) -> None:
    """A tool would have to guess what kind of property it meets."""
    kinds = (OWL.AnnotationProperty, OWL.ObjectProperty, OWL.DatatypeProperty)
    declared = {prop for kind in kinds for prop in document.subjects(RDF.type, kind)}
    assert not [used for used in set(document.predicates()) - declared if not str(used).startswith(BUILT_IN)]
    assert not [prop for prop in declared if str(prop).startswith(BUILT_IN)]


def test_every_individual_is_declared(document: Graph) -> None:
    """owlready2 and others would not list the values."""
    individuals = set(document.subjects(RDF.type, OWL.NamedIndividual))
    assert {ITB.Certainty, ITB.Unit} <= {kind for node in individuals for kind in document.objects(node, RDF.type)}


def small(*more: tuple[URIRef, URIRef, URIRef | Literal]) -> Graph:
    """Make an ontology of one class."""
    graph = Graph()
    header = ((ONTOLOGY, RDF.type, OWL.Ontology), (ONTOLOGY, OWL.versionInfo, Literal("7")))
    for triple in (*header, (ONTOLOGY, DCTERMS.title, Literal("small")), (ITB.Finding, RDF.type, OWL.Class), *more):
        graph.add(triple)
    return graph


def test_a_foreign_property_becomes_an_annotation() -> None:
    """An annotation that no module declares would put the document out of OWL 2 DL."""
    document = ontology_document(small((ITB.Finding, SKOS.editorialNote, Literal("n"))))
    assert (SKOS.editorialNote, RDF.type, OWL.AnnotationProperty) in document


@pytest.mark.parametrize(
    ("ontology", "said"),
    [
        (small((ITB.Finding, ITB.route, ITB.Finding)), "property <https://w3id.org/itbkg/ont/route> is used"),
        (small((URIRef("urn:other"), RDF.type, OWL.Ontology)), "2 ontology headers"),
        (Graph(), "0 ontology headers (none)"),
        (Graph().add((ONTOLOGY, RDF.type, OWL.Ontology)), "has no owl:versionInfo"),
    ],
)
def test_what_cannot_be_one_document_is_refused(ontology: Graph, said: str) -> None:
    """A slip in a module would become a wrong document."""
    with pytest.raises(OntologyError) as refused:
        ontology_document(ontology)
    assert said in str(refused.value)


# --- read back -------------------------------------------------------------------------------


@pytest.mark.parametrize("name", RDF_FORMS)
def test_rdflib_reads_the_same_graph(name: str, document: Graph, contents: dict[str, bytes]) -> None:
    """A form would lose or change a statement."""
    read = Graph().parse(data=contents[name], format=RDF_FORMS[name][0])
    assert set(to_canonical_graph(read)) == set(document)


@pytest.mark.parametrize("name", RDF_FORMS)
def test_oxigraph_counts_the_same_triples(name: str, document: Graph, contents: dict[str, bytes]) -> None:
    """A second RDF library would read more or fewer."""
    store = ox.Store()
    store.bulk_load(contents[name], format=RDF_FORMS[name][1])
    assert len(store) == len(document)


def test_owlready2_counts_the_same_triples(document: Graph, contents: dict[str, bytes]) -> None:
    """owlready2 would load another ontology than was written."""
    ontology = owlready2.World().get_ontology("urn:read-back").load(fileobj=io.BytesIO(contents["owl"]))
    assert len(ontology.graph) == len(document)
    classes = {str(node) for node in document.subjects(RDF.type, OWL.Class) if isinstance(node, URIRef)}
    assert {found.iri for found in ontology.classes()} == classes


SCRIPT = """
import hashlib, sys
from pathlib import Path
from itbkg.exports import PRODUCTS, ontology_document
from itbkg.vocabulary import read_ontology
document = ontology_document(read_ontology(Path(sys.argv[1])))
print(*[hashlib.sha256(form.write(document)).hexdigest() for form in PRODUCTS["ontology"]])
"""


def test_the_bytes_are_the_same_each_time(contents: dict[str, bytes]) -> None:
    """The order of a set would show in a form: here and in a fresh process with a hash seed of its own."""
    command = [sys.executable, "-c", SCRIPT, str(PROJECT / "ontology")]
    seed = "1" if os.environ.get("PYTHONHASHSEED") != "1" else "2"
    fresh = subprocess.run(
        command, env=os.environ | {"PYTHONHASHSEED": seed}, capture_output=True, text=True, check=True, timeout=120
    )
    assert fresh.stdout.split() == [hashlib.sha256(content).hexdigest() for content in contents.values()]


# --- OWL 2 DL --------------------------------------------------------------------------------

#: What puts a document out of OWL 2 DL: one more triple, and what the OWL API says of it.
BREAKS: dict[str, tuple[tuple[URIRef, URIRef, URIRef | Literal], str]] = {
    "undeclared class": ((ITB.Finding, RDFS.subClassOf, ITB.Statement), "Use of undeclared class"),
    "undeclared property": ((ITB.Finding, SKOS.note, Literal("n")), "Use of undeclared annotation property"),
    "unknown datatype": ((ITB.route, RDFS.range, URIRef("urn:datatype")), "datatype"),
    "class and datatype": ((ITB.Finding, RDF.type, RDFS.Datatype), "Datatype IRI also used as Class IRI"),
    "annotation and data": ((ITB.note, RDF.type, OWL.DatatypeProperty), "Cannot pun between properties"),
}


@pytest.fixture(scope="module")
def violations(contents: dict[str, bytes], tmp_path_factory: pytest.TempPathFactory) -> dict[str, list[str]]:
    """Let the OWL API check the forms that it reads, and a small document broken in each way."""
    folder = tmp_path_factory.mktemp("profile")
    texts = {name: contents[name] for name in ("owl", "turtle")}
    properties = ((ITB.note, RDF.type, OWL.AnnotationProperty), (ITB.route, RDF.type, OWL.DatatypeProperty))
    texts["small"] = FORMS["owl"].write(ontology_document(small(*properties)))
    for name, (triple, _) in BREAKS.items():
        texts[name] = FORMS["owl"].write(ontology_document(small(*properties)).add(triple))
    for name, text in texts.items():
        (folder / name).write_bytes(text)
    command = [sys.executable, str(TESTS / "owl_profile.py"), *(str(folder / name) for name in texts)]
    checked = subprocess.run(command, capture_output=True, text=True, check=True, timeout=300, cwd=PROJECT)
    return {Path(path).name: found for path, found in json.loads(checked.stdout).items()}


@pytest.mark.parametrize("name", ["owl", "turtle", "small"])
def test_it_is_in_the_owl_2_dl_profile(name: str, violations: dict[str, list[str]]) -> None:
    """A DL reasoner or editor would refuse the ontology, or read it otherwise than another."""
    assert violations[name] == []


@pytest.mark.parametrize("name", BREAKS)
def test_a_document_out_of_the_profile_is_told(name: str, violations: dict[str, list[str]]) -> None:
    """The check of the profile would pass whatever it is given."""
    assert [found for found in violations[name] if BREAKS[name][1] in found]


# --- forms and files -------------------------------------------------------------------------


def test_names_types_and_endings_are_each_given_once() -> None:
    """A name, a media type or an ending would tell two forms."""
    for forms in PRODUCTS.values():
        endings = [ending for form in forms for ending in form.endings]
        assert len({form.name for form in forms}) == len({form.media_type for form in forms}) == len(forms)
        assert len(set(endings)) == len(endings)


@pytest.mark.parametrize(("ending", "form"), [(ending, form) for form in FORMS.values() for ending in form.endings])
def test_the_ending_tells_the_form(ending: str, form: Form) -> None:
    """A file would hold another form than its name says."""
    assert choose_form("ontology", Path(f"a.b{ending}")) == form
    assert choose_form("ontology", Path("a.txt"), form.name) == form


@pytest.mark.parametrize(
    ("out", "name", "said"), [("a.xlsx", None, "'a.xlsx' tells no form"), ("a.ttl", "xlsx", "'xlsx'")]
)
def test_an_unknown_form_names_those_that_are(out: str, name: str | None, said: str) -> None:
    """The user would not learn what can be had."""
    with pytest.raises(ExportFormatError) as refused:
        choose_form("ontology", Path(out), name)
    assert said in str(refused.value)
    assert [said.split(" ")[0] for said in refused.value.forms] == list(FORMS)


def test_a_file_that_cannot_be_written_whole_stays_as_it_was(tmp_path: Path) -> None:
    """A full disk would leave half a file under the final name, or waste beside it."""
    out = tmp_path / "out.ttl"
    out.write_bytes(b"old")
    script = (
        "import resource, signal, sys; from pathlib import Path; from itbkg.exports import write_whole\n"
        "signal.signal(signal.SIGXFSZ, signal.SIG_IGN); resource.setrlimit(resource.RLIMIT_FSIZE, (99, 99))\n"
        "write_whole(Path(sys.argv[1]), b'x' * 1000)"
    )
    run = subprocess.run([sys.executable, "-c", script, str(out)], capture_output=True, text=True, check=False)
    assert f"ExportError: {out}: not written: File too large" in run.stderr
    assert [path.name for path in tmp_path.iterdir()] == ["out.ttl"]
    assert out.read_bytes() == b"old"


def test_writing_replaces_and_names_what_is_in_the_way(tmp_path: Path) -> None:
    """An old export would stay, or the error would not say where."""
    write_whole(tmp_path / "a", b"1")
    with (tmp_path / "a").open("rb") as reader:
        write_whole(tmp_path / "a", b"2")
        assert reader.read() == b"1", "a reader would see the new file grow"
    assert (tmp_path / "a").read_bytes() == b"2"
    with pytest.raises(ExportError, match="No such file or directory") as refused:
        write_whole(tmp_path / "none" / "a", b"3")
    assert refused.value.path == tmp_path / "none" / "a"

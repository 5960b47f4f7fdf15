"""Class expressions, read from the ontology's files: the dataset leaves out their blank nodes."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Self

import pyoxigraph as ox
from rdflib import DCTERMS, OWL, RDF, RDFS

from itbkg.errors import OntologyError
from itbkg.store import PREFIXES, GraphFormat, serialize
from itbkg.vocabulary.ontology import module_paths


@dataclass(frozen=True, slots=True)
class Some:
    """Whatever has a `property` to some `filler`."""

    property: str
    filler: "Expression"


@dataclass(frozen=True, slots=True)
class Both:
    """Whatever is all of `parts`."""

    parts: tuple["Expression", ...]


#: A class as the ontology may say it: by its IRI, or by an expression.
Expression = str | Some | Both

_Node = ox.NamedNode | ox.BlankNode
_PREFIXES = PREFIXES | {"owl": str(OWL), "dcterms": str(DCTERMS)}


class Expressions:
    """All triples of an ontology, blank nodes included."""

    def __init__(self, triples: Iterable[ox.Triple]) -> None:
        self._about: defaultdict[object, list[ox.Triple]] = defaultdict(list)
        for triple in triples:
            self._about[triple.subject].append(triple)

    @classmethod
    def read(cls, folder: Path) -> Self:
        """Read the modules in a folder; OntologyError, naming the file, for one that is not Turtle."""
        return cls(triple for path in module_paths(folder) for triple in _parse(path))

    def above(self, iri: str) -> tuple[Expression, ...]:
        """Return the expressions that a class is stated to be below, in a fixed order."""
        return self._unnamed(iri, str(RDFS.subClassOf))

    def equal(self, iri: str) -> tuple[Expression, ...]:
        """Return the expressions that define a class, in a fixed order."""
        return self._unnamed(iri, str(OWL.equivalentClass))

    def describe(self, iri: str, form: GraphFormat) -> bytes:
        """Write the concise bounded description of a term (https://www.w3.org/submissions/CBD/).

        It holds every triple about the term, and every triple about the blank nodes that these reach. The same
        triples give the same bytes: blank nodes are named by RDFC-1.0 (https://www.w3.org/TR/rdf-canon/).
        """
        description = ox.Dataset(ox.Quad(*triple) for triple in self._bounded(ox.NamedNode(iri)))
        description.canonicalize(ox.CanonicalizationAlgorithm.RDFC_1_0)
        return serialize(sorted((quad.triple for quad in description), key=str), form, _PREFIXES)

    def _bounded(self, node: _Node) -> Iterator[ox.Triple]:
        for triple in self._about.get(node, ()):
            yield triple
            if isinstance(triple.object, ox.BlankNode):
                yield from self._bounded(triple.object)

    def _unnamed(self, iri: str, predicate: str) -> tuple[Expression, ...]:
        nodes = self._objects(ox.NamedNode(iri), predicate)
        return tuple(sorted((self._expression(node) for node in nodes if isinstance(node, ox.BlankNode)), key=repr))

    def _expression(self, node: object) -> Expression:
        if isinstance(node, ox.NamedNode):
            return node.value
        parts = [self._listed(members) for members in self._objects(node, str(OWL.intersectionOf))]
        if parts:
            return Both(tuple(self._expression(part) for part in parts[0]))
        ends = [self._objects(node, str(predicate)) for predicate in (OWL.onProperty, OWL.someValuesFrom)]
        if not all(ends):
            raise OntologyError("a class expression is neither an intersection nor a someValuesFrom; say it by those")
        return Some(ends[0][0].value, self._expression(ends[1][0]))

    def _listed(self, node: object) -> Iterator[object]:
        """Yield the members of an RDF list."""
        while first := self._objects(node, str(RDF.first)):
            yield first[0]
            node = self._objects(node, str(RDF.rest))[0]

    def _objects(self, node: object, predicate: str) -> list[ox.NamedNode | ox.BlankNode]:
        about = self._about.get(node, ())
        found = (triple.object for triple in about if triple.predicate.value == predicate)
        return [value for value in found if isinstance(value, ox.NamedNode | ox.BlankNode)]


def _parse(path: Path) -> Iterator[ox.Triple]:
    try:
        quads = ox.parse(path=path, format=ox.RdfFormat.TURTLE, rename_blank_nodes=True)
        yield from (quad.triple for quad in quads)
    except SyntaxError as error:
        raise OntologyError(f"{path}: not Turtle: {error}") from error

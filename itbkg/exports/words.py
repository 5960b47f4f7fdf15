"""The words of the ontology, module by module, as the documentation shows them."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from rdflib import OWL, RDF, RDFS, SKOS, Graph, URIRef
from rdflib.collection import Collection
from rdflib.namespace import DCTERMS
from rdflib.term import Node

from itbkg.exports.obometa import MATCHES
from itbkg.namespaces import BASE
from itbkg.vocabulary.ontology import module_paths, parse_turtle, read_ontology

_PROPERTIES = (OWL.ObjectProperty, OWL.DatatypeProperty, OWL.AnnotationProperty)


@dataclass(frozen=True, slots=True, order=True)
class Mapping:
    """A term of others that a word is mapped to: how near, its compact id, its address and its label."""

    match: str
    id: str
    iri: str
    label: str


@dataclass(frozen=True, slots=True)
class Word:
    """One class, value or property.

    `codes` are notations, such as the UCUM code of a unit. `above` holds IRIs and, where a class is restricted or
    defined, what is asked of its members in words.
    """

    iri: URIRef
    id: str
    codes: tuple[str, ...]
    label: str
    above: tuple[str, ...]
    definition: str
    sources: tuple[str, ...]
    synonyms: tuple[str, ...]
    mappings: tuple[Mapping, ...]
    replaced_by: tuple[str, ...]
    deprecated: bool

    @property
    def name(self) -> str:
        """The last part of the IRI."""
        return self.iri.rsplit("/", 1)[-1]


@dataclass(frozen=True, slots=True)
class Module:
    """One file of the ontology: its name without ending, what its first lines say of it, and the words it declares."""

    name: str
    intro: str
    classes: tuple[Word, ...]
    values: tuple[Word, ...]
    properties: tuple[Word, ...]

    @property
    def words(self) -> tuple[Word, ...]:
        """All of them."""
        return self.classes + self.values + self.properties


def read_modules(folder: Path) -> tuple[Module, ...]:
    """Read the words of each module that declares any, in name order; OntologyError where a file cannot be used."""
    reader = _Reader(read_ontology(folder))
    modules = (reader.module(path) for path in module_paths(folder))
    return tuple(module for module in modules if module.words)


class _Reader:
    """Reads words out of the whole ontology; a module alone says only which of them are its own."""

    def __init__(self, ontology: Graph) -> None:
        self._ontology = ontology

    def module(self, path: Path) -> Module:
        own = Graph()
        parse_turtle(own, path)
        return Module(
            name=path.stem,
            intro=_intro(path),
            classes=self._words(own, {OWL.Class}),
            values=self._words(own, self._classes),
            properties=self._words(own, set(_PROPERTIES)),
        )

    @cached_property
    def _classes(self) -> set[Node]:
        return {node for node in self._ontology.subjects(RDF.type, OWL.Class) if isinstance(node, URIRef)}

    def _words(self, own: Graph, kinds: set[Node]) -> tuple[Word, ...]:
        declared = {subject for subject, kind in own.subject_objects(RDF.type) if kind in kinds}
        ours = (node for node in declared if isinstance(node, URIRef) and str(node).startswith(BASE))
        return tuple(sorted(map(self._word, ours), key=lambda word: (word.id, word.name)))

    def _word(self, iri: URIRef) -> Word:
        return Word(
            iri=iri,
            id=next(iter(self._texts(iri, DCTERMS.identifier)), ""),
            codes=self._texts(iri, SKOS.notation),
            label=self._label(iri),
            above=tuple(sorted(self._above(iri))),
            definition=" ".join(self._texts(iri, SKOS.definition)),
            sources=self._texts(iri, DCTERMS.source),
            synonyms=self._texts(iri, SKOS.altLabel),
            mappings=tuple(sorted(self._mappings(iri))),
            replaced_by=self._texts(iri, DCTERMS.isReplacedBy),
            deprecated=(iri, OWL.deprecated, None) in self._ontology,
        )

    def _texts(self, iri: Node, predicate: URIRef) -> tuple[str, ...]:
        return tuple(sorted(str(value) for value in self._ontology.objects(iri, predicate)))

    def _label(self, iri: Node) -> str:
        label = self._ontology.value(iri, RDFS.label)
        return str(iri).rsplit("/", 1)[-1] if label is None else str(label)

    def _above(self, iri: URIRef) -> Iterator[str]:
        for predicate in (RDFS.subClassOf, RDFS.subPropertyOf):
            yield from (self._expression(above) for above in self._ontology.objects(iri, predicate))
        yield from (f"= {self._expression(same)}" for same in self._ontology.objects(iri, OWL.equivalentClass))
        yield from (str(kind) for kind in self._ontology.objects(iri, RDF.type) if kind in self._classes)

    def _expression(self, node: Node) -> str:
        """Say a class: by its IRI, or as `(label and [property: label])`."""
        if isinstance(node, URIRef):
            return str(node)
        members = self._ontology.value(node, OWL.intersectionOf)
        if members is not None:
            parts = Collection(self._ontology, members)
            return " and ".join(self._part(part) for part in parts if part is not None)
        return self._part(node)

    def _part(self, node: Node) -> str:
        prop, filler = self._ontology.value(node, OWL.onProperty), self._ontology.value(node, OWL.someValuesFrom)
        if prop is None or filler is None:
            return self._label(node) if isinstance(node, URIRef) else f"({self._expression(node)})"
        return f"[{self._label(prop)}: {self._part(filler)}]"

    def _mappings(self, iri: URIRef) -> Iterator[Mapping]:
        for predicate in MATCHES:
            match = predicate.rsplit("#", 1)[-1].removesuffix("Match")
            for other in self._ontology.objects(iri, predicate):
                code, label = self._texts(other, SKOS.notation), self._texts(other, SKOS.prefLabel)
                yield Mapping(match, "".join(code[:1]) or str(other), str(other), "".join(label[:1]))


def _intro(path: Path) -> str:
    """Join the comment with which a module begins."""
    lines: list[str] = []
    for line in path.read_text("utf-8").splitlines():
        if not line.startswith("#"):
            break
        lines.append(line.removeprefix("#").strip())
    return " ".join(lines)

"""The words of the ontology as exports need them: labels, CURIEs, what lies above, and what other vocabularies say."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from rdflib import OWL, RDF, RDFS, SKOS

from itbkg.exports.tables.facts import Facts, graph_facts
from itbkg.namespaces import BASE, INFERRED_GRAPH, ITB, ONTOLOGY_GRAPH
from itbkg.store import Store

#: Our terms as CURIEs: itb:Seizure, itbkg:unit/degree-celsius.
TERMS = BASE + "ont/"

#: How near a term of another vocabulary is, the nearest first.
RELATIONS = {
    str(SKOS.exactMatch): "exact",
    str(SKOS.closeMatch): "close",
    str(SKOS.broadMatch): "broad",
    str(SKOS.narrowMatch): "narrow",
}


@dataclass(frozen=True, slots=True, order=True)
class Match:
    """What a term of ours corresponds to elsewhere: `id` is a CURIE such as HP:0001250.

    `relation` is exact, close, broad (theirs covers more) or narrow (theirs covers less).
    """

    term: str
    relation: str
    id: str
    label: str
    iri: str

    @property
    def vocabulary(self) -> str:
        """The prefix of the other vocabulary: HP, MONDO, LOINC."""
        return self.id.partition(":")[0]


def curie(iri: str) -> str:
    """Abbreviate an IRI of ours; any other stays as it is."""
    if iri.startswith(TERMS):
        return f"itb:{iri.removeprefix(TERMS)}"
    return f"itbkg:{iri.removeprefix(BASE)}" if iri.startswith(BASE) else iri


class Lexicon:
    """The words of one graph, read once for an export."""

    def __init__(self, store: Store) -> None:
        self.facts: Facts = graph_facts(store, str(ONTOLOGY_GRAPH))
        self._store = store
        self._values: dict[str, tuple[str, ...]] = {}

    def label(self, iri: str) -> str:
        """Return the label of a term; its local name where it has none."""
        return self.facts.one(iri, str(RDFS.label)) or iri.rsplit("/", 1)[-1]

    def code(self, iri: str) -> str:
        """Return the UCUM code of a unit; empty for no unit."""
        return self.facts.one(iri, str(SKOS.notation))

    @cached_property
    def terms(self) -> tuple[str, ...]:
        """The IRIs of all classes and values of ours that have a label, sorted."""
        own = (iri for iri in self.facts.subjects(str(RDFS.label)) if iri.startswith(BASE))
        return tuple(iri for iri in own if self.kind(iri))

    def kind(self, iri: str) -> str:
        """Say what a term is: class, value or property; empty for anything else."""
        types = self.facts.all(iri, str(RDF.type))
        if str(OWL.Class) in types:
            return "class"
        if any(kind.startswith(str(OWL)) for kind in types):
            return "property" if any(kind.endswith("Property") for kind in types) else ""
        return "value" if any(kind.startswith(TERMS) for kind in types) else ""

    @cached_property
    def _inferred_parents(self) -> dict[str, tuple[str, ...]]:
        query = f"SELECT ?s ?o WHERE {{ GRAPH <{INFERRED_GRAPH}> {{ ?s <{RDFS.subClassOf}> ?o }} }} ORDER BY ?s ?o"
        found: defaultdict[str, list[str]] = defaultdict(list)
        for term, parent in self._store.select(query).texts():
            found[term].append(parent)
        return {term: tuple(parents) for term, parents in found.items()}

    def parents(self, iri: str) -> Iterator[tuple[str, bool]]:
        """Yield each class above a term, and whether the ontology states it (False: it follows)."""
        stated = [one for one in self.facts.all(iri, str(RDFS.subClassOf)) if one.startswith(BASE)]
        yield from ((parent, True) for parent in stated)
        inferred = self._inferred_parents.get(iri, ())
        yield from ((one, False) for one in inferred if one.startswith(BASE) and one not in stated)

    def below(self, top: str) -> tuple[str, ...]:
        """Return the classes below one, sorted; itself is not among them."""
        return tuple(iri for iri in self.terms if top in {parent for parent, _ in self.parents(iri)})

    def above(self, iri: str) -> frozenset[str]:
        """Return a class and all classes above it."""
        return frozenset({iri, *(parent for parent, _ in self.parents(iri))})

    def values(self, branch: str) -> tuple[str, ...]:
        """Return the labels of the values of a class of values, sorted."""
        if branch not in self._values:
            members = (iri for iri in self.terms if branch in self.facts.all(iri, str(RDF.type)))
            self._values[branch] = tuple(sorted(map(self.label, members)))
        return self._values[branch]

    def matches(self, iri: str) -> tuple[Match, ...]:
        """Return what a term corresponds to elsewhere, the nearest first."""
        return tuple(
            Match(iri, relation, self.code(other), self.facts.one(other, str(SKOS.prefLabel)), other)
            for predicate, relation in RELATIONS.items()
            for other in self.facts.all(iri, predicate)
        )

    def definition(self, iri: str) -> str:
        """Return the definition of a term."""
        return self.facts.one(iri, str(SKOS.definition))

    def deprecated(self, iri: str) -> bool:
        """Say whether a term was given up."""
        return bool(self.facts.one(iri, str(OWL.deprecated)))

    @cached_property
    def branches(self) -> frozenset[str]:
        """The classes that stand below no other but `statement` and `value`: the top of each branch."""
        roots = {str(ITB.Statement), str(ITB.Value)}
        classes = (iri for iri in self.terms if self.kind(iri) == "class")
        return frozenset(iri for iri in classes if {one for one, _ in self.parents(iri)} <= roots) - roots

    def branch(self, iri: str) -> str:
        """Return the top class of the branch that a term belongs to; empty where it has none."""
        lines = {iri, *self.facts.all(iri, str(RDF.type))}
        found = self.branches & frozenset().union(*map(self.above, lines))
        return min(found, default="")

"""The terms of the ontology as the graph holds them: classes, values and properties, with their names."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Literal

from rdflib import DCTERMS, OWL, RDF, RDFS, SKOS, URIRef

from itbkg.namespaces import BASE
from itbkg.terms.facts import Facts

Kind = Literal["class", "value", "property"]
KINDS: tuple[Kind, ...] = ("class", "value", "property")
Match = Literal["exact", "close", "broad", "narrow"]

#: The kind of a term by its type; what is typed by a class of ours is a value.
_KINDS: Mapping[str, Kind] = {
    str(OWL.Class): "class",
    str(OWL.ObjectProperty): "property",
    str(OWL.DatatypeProperty): "property",
    str(OWL.AnnotationProperty): "property",
}
#: How a term lies to the term of another vocabulary to which it is mapped.
_MATCHES: Mapping[Match, URIRef] = {
    "exact": SKOS.exactMatch,
    "close": SKOS.closeMatch,
    "broad": SKOS.broadMatch,
    "narrow": SKOS.narrowMatch,
}


@dataclass(frozen=True, slots=True)
class External:
    """A term of another vocabulary, such as HP:0001250, and how ours lies to it; `label` is what that one calls it."""

    match: Match
    id: str
    label: str
    iri: str


@dataclass(frozen=True, slots=True)
class Term:
    """A term of the ontology.

    `name` is the end of its IRI, such as CatheterKink, or unit:day for a unit; `id` is its ITBKG number, empty for
    what has none; `codes` are its notations, such as a UCUM code.
    """

    iri: str
    name: str
    id: str
    label: str
    kind: Kind
    definition: str
    synonyms: tuple[str, ...]
    codes: tuple[str, ...]
    deprecated: bool


@dataclass(frozen=True, slots=True)
class Ref:
    """A term as another one points to it."""

    name: str
    label: str
    iri: str


class Lexicon:
    """All terms of one ontology by IRI, in label order."""

    def __init__(self, facts: Facts) -> None:
        self.facts = facts
        terms = (_term(facts, iri) for iri in facts if iri.startswith(BASE))
        listed = sorted((term for term in terms if term), key=lambda term: (term.label.casefold(), term.iri))
        self.terms = {term.iri: term for term in listed}

    def __getitem__(self, iri: str) -> Term:
        return self.terms[iri]

    def __contains__(self, iri: str) -> bool:
        return iri in self.terms

    def ordered(self, iris: Iterable[str]) -> tuple[str, ...]:
        """Put terms in label order, leaving out what is no term."""
        return tuple(sorted(self.terms.keys() & set(iris), key=self._order.__getitem__))

    def ref(self, iri: str) -> Ref:
        """Point to a term; what has no description is called by its IRI."""
        term = self.terms.get(iri)
        return Ref(term.name, term.label, iri) if term else Ref(short_name(iri), self.facts.first(iri, RDFS.label), iri)

    def refs(self, iris: Iterable[str]) -> tuple[Ref, ...]:
        """Point to terms, in label order."""
        return tuple(self.ref(iri) for iri in self.ordered(iris))

    def mappings(self, iri: str) -> tuple[External, ...]:
        """Return what a term is mapped to: exact before close, broad and narrow, then by id."""
        return tuple(sorted(self._mapped(iri), key=lambda one: ([*_MATCHES].index(one.match), one.id, one.iri)))

    def _mapped(self, iri: str) -> Iterator[External]:
        for match, predicate in _MATCHES.items():
            for other in self.facts.values(iri, predicate):
                number = self.facts.first(other, SKOS.notation) or other
                yield External(match, number, self.facts.first(other, SKOS.prefLabel), other)

    @cached_property
    def _order(self) -> dict[str, int]:
        return {iri: place for place, iri in enumerate(self.terms)}


def short_name(iri: str) -> str:
    """Name a term by the end of its IRI: CatheterKink; unit:day for what is not below `ont/`."""
    space, _, local = iri.removeprefix(BASE).rpartition("/")
    return local if space in ("ont", "") else f"{space}:{local}"


def _term(facts: Facts, iri: str) -> Term | None:
    """Read one term; None for what has no label or is of no kind, such as a publication or the ontology itself."""
    kind, label = _kind(facts, iri), facts.first(iri, RDFS.label)
    if kind is None or not label:
        return None
    return Term(
        iri=iri,
        name=short_name(iri),
        id=facts.first(iri, DCTERMS.identifier),
        label=label,
        kind=kind,
        definition=facts.first(iri, SKOS.definition),
        synonyms=facts.values(iri, SKOS.altLabel),
        codes=facts.values(iri, SKOS.notation),
        deprecated=facts.first(iri, OWL.deprecated) in ("true", "1"),
    )


def _kind(facts: Facts, iri: str) -> Kind | None:
    types = facts.values(iri, RDF.type)
    for known in types:
        if known in _KINDS:
            return _KINDS[known]
    return "value" if any(known.startswith(BASE) for known in types) else None

"""Words and what they name: labels and synonyms, each looked up within a branch of the ontology.

A deprecated term (owl:deprecated true) names nothing any more; its words lead to the term that replaces it
(dcterms:isReplacedBy), and are said so.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher, get_close_matches
from functools import cached_property

from rdflib import DCTERMS, OWL, RDF, RDFS, SKOS, Graph, Literal, URIRef

from itbkg.errors import DeprecatedWordError, UnknownWordError
from itbkg.namespaces import ITB

#: Words more alike than this (difflib's ratio) differ by a slip of the finger.
SLIP = 0.9


@dataclass(frozen=True, slots=True, order=True)
class Term:
    """A class or value of the ontology with its label."""

    label: str
    iri: URIRef


def fold(word: str) -> str:
    """Make letters' case and runs of blanks not count."""
    return " ".join(word.casefold().split())


class Words:
    """Looks words up in the branches of an ontology; a branch is everything below one class of `core.ttl`."""

    def __init__(self, ontology: Graph) -> None:
        self._ontology = ontology
        self._branches: dict[str, dict[str, Term]] = {}

    def find(self, word: str, branches: Iterable[str]) -> Term | None:
        """Return the term that `word` names in the first branch that knows it, or None."""
        found = (self._branch(branch).get(fold(word)) for branch in branches)
        return next((term for term in found if term), None)

    def resolve(self, word: str, branches: Sequence[str]) -> Term:
        """Return the term that `word` names.

        Raises DeprecatedWordError, with what to write instead, for a word that was given up, and UnknownWordError, with
        the nearest words, for any other that names nothing.
        """
        term = self.find(word, branches)
        if term is None:
            instead = self._replacements(word, branches)
            if instead is not None:
                raise DeprecatedWordError(self.kind(branches), word, instead)
            raise UnknownWordError(self.kind(branches), word, self.nearest(word, branches))
        return term

    def nearest(self, word: str, branches: Iterable[str]) -> list[str]:
        """Name up to three known words that look most like `word`, best first, one for each term.

        Where the best differs by a letter or two, it alone is named.
        """
        known = {name: term for branch in branches for name, term in self._branch(branch).items()}
        alike = get_close_matches(fold(word), known, n=6, cutoff=0.7)
        if alike and SequenceMatcher(None, fold(word), alike[0]).ratio() > SLIP:
            return alike[:1]
        return list({known[name]: name for name in reversed(alike)}.values())[::-1][:3]

    def kind(self, branches: Iterable[str]) -> str:
        """Say what the branches hold: 'finding or cause'."""
        return " or ".join(self.label(ITB[branch]) for branch in branches)

    def label(self, iri: URIRef) -> str:
        """Return the English label of a term; its local name where it has none."""
        return self._labels.get(iri, iri.rsplit("/", 1)[-1])

    def ancestors(self, iri: URIRef) -> frozenset[URIRef]:
        """Return the class and all named classes above it."""
        above = self._ontology.transitive_objects(iri, RDFS.subClassOf)
        return frozenset(node for node in above if isinstance(node, URIRef))

    def _replacements(self, word: str, branches: Iterable[str]) -> list[str] | None:
        """Name what replaces the deprecated terms of a word in these branches; None where it has none there.

        A deprecated term stands in the branch of what replaces it too, for it may have lost its superclass.
        """
        members = {member for branch in branches for member in self._members(ITB[branch])}
        given_up = [term for term in self._deprecated if fold(word) in self._names[term]]
        paths = (self._ontology.transitive_objects(term, DCTERMS.isReplacedBy) for term in given_up)
        found = members.intersection(node for path in paths for node in path if isinstance(node, URIRef))
        return sorted(self.label(node) for node in found - self._deprecated) if found else None

    @cached_property
    def _deprecated(self) -> frozenset[URIRef]:
        given_up = self._ontology.subjects(OWL.deprecated, Literal(True))
        return frozenset(node for node in given_up if isinstance(node, URIRef))

    @cached_property
    def _labels(self) -> dict[URIRef, str]:
        pairs = self._ontology.subject_objects(RDFS.label)
        return {subject: str(label) for subject, label in pairs if isinstance(subject, URIRef)}

    def _branch(self, branch: str) -> dict[str, Term]:
        if branch not in self._branches:
            self._branches[branch] = dict(self._entries(branch))
        return self._branches[branch]

    def _entries(self, branch: str) -> Iterator[tuple[str, Term]]:
        names = self._names
        for member in sorted(self._members(ITB[branch]) - self._deprecated):
            term = Term(self.label(member), member)
            yield from ((name, term) for name in names[member])

    def _members(self, top: URIRef) -> set[URIRef]:
        """Return the classes below `top` (itself not) and the named individuals of them all."""
        classes = set(self._ontology.transitive_subjects(RDFS.subClassOf, top))
        individuals = {node for known in classes for node in self._ontology.subjects(RDF.type, known)}
        return {node for node in (classes - {top}) | individuals if isinstance(node, URIRef)}

    @cached_property
    def _names(self) -> defaultdict[URIRef, list[str]]:
        names: defaultdict[URIRef, list[str]] = defaultdict(list)
        for naming in (SKOS.altLabel, RDFS.label):
            for subject, name in self._ontology.subject_objects(naming):
                if isinstance(subject, URIRef):
                    names[subject].append(fold(str(name)))
        return names

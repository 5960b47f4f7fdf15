"""The words of a graph by branch: classes with labels and synonyms, and how they lie above each other."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from functools import cached_property

from itbkg.errors import UnknownWordError
from itbkg.store import PREFIX_LINES, Store
from itbkg.teaching.record import BRANCHES

_CLASSES = f"""{PREFIX_LINES}
SELECT ?branch ?class ?label ?synonym WHERE {{
  VALUES ?branch {{ {" ".join(f"itb:{branch}" for branch in BRANCHES.values())} }}
  ?class rdfs:subClassOf ?branch ; rdfs:label ?label .
  OPTIONAL {{ ?class skos:altLabel ?synonym }}
}} ORDER BY ?branch ?label ?class ?synonym
"""
_ABOVE = f"""{PREFIX_LINES}
SELECT ?class ?above WHERE {{ ?class rdfs:subClassOf ?above }} ORDER BY ?class ?above
"""


@dataclass(frozen=True, slots=True, order=True)
class Term:
    """A class with its label and its other names."""

    label: str
    iri: str
    synonyms: tuple[str, ...]

    @property
    def names(self) -> tuple[str, ...]:
        """The label and the synonyms."""
        return (self.label, *self.synonyms)


class Words:
    """The classes of the branches that options are taken from; a branch is called as a teaching case calls it."""

    def __init__(self, store: Store) -> None:
        self._store = store
        read: defaultdict[tuple[str, str, str], list[str]] = defaultdict(list)
        for branch, iri, label, synonym in store.select(_CLASSES).texts():
            read[branch.rsplit("/", 1)[-1], iri, label].extend([synonym] if synonym else [])
        called = {top: name for name, top in BRANCHES.items()}
        self._terms: defaultdict[str, dict[str, Term]] = defaultdict(dict)
        for (top, iri, label), synonyms in read.items():
            self._terms[called[top]][iri] = Term(label, iri, tuple(synonyms))
        self._named = {branch: _by_name(terms) for branch, terms in self._terms.items()}

    def find(self, branch: str, word: str) -> Term:
        """Find a class by label or synonym; UnknownWordError, with words of like spelling, where there is none."""
        known = self._named.get(branch, {})
        term = known.get(" ".join(word.casefold().split()))
        if term is None:
            raise UnknownWordError(branch, word, get_close_matches(word.casefold(), known, n=3, cutoff=0.6))
        return term

    def knows(self, branch: str, word: str) -> bool:
        """Say whether a branch has such a label or synonym."""
        return " ".join(word.casefold().split()) in self._named.get(branch, {})

    def of(self, branch: str, iri: str) -> Term | None:
        """Return the class with an IRI, if the branch has it."""
        return self._terms[branch].get(iri)

    def is_a(self, term: Term, other: Term) -> bool:
        """Say whether a class is another, or lies below it."""
        return term == other or other.iri in self._above[term.iri]

    def related(self, one: Term, other: Term) -> bool:
        """Say whether one of two classes lies below the other, or they are one."""
        return self.is_a(one, other) or self.is_a(other, one)

    def siblings(self, branch: str, term: Term) -> tuple[Term, ...]:
        """List classes of a branch that are neither above nor below a class, the most closely related first."""
        above = self._above[term.iri]
        others = [one for one in self._terms[branch].values() if not self.related(one, term)]
        return tuple(sorted(others, key=lambda one: (-len(above & self._above[one.iri]), one)))

    @cached_property
    def _above(self) -> Mapping[str, frozenset[str]]:
        above: defaultdict[str, set[str]] = defaultdict(set)
        for iri, upper in self._store.select(_ABOVE).texts():
            above[iri].add(upper)
        return defaultdict(frozenset, {iri: frozenset(uppers) for iri, uppers in above.items()})


def _by_name(terms: Mapping[str, Term]) -> dict[str, Term]:
    named = {name.casefold(): term for term in terms.values() for name in term.synonyms}
    return named | {term.label.casefold(): term for term in terms.values()}

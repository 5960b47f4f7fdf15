"""The words of a graph by branch: classes with labels and synonyms, and how they lie above each other."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches

from itbkg.errors import UnknownWordError
from itbkg.namespaces import ITB
from itbkg.store import PREFIX_LINES, Store
from itbkg.teaching.record import BRANCHES

_CLASSES = f"""{PREFIX_LINES}
SELECT ?branch ?class ?label ?synonym WHERE {{
  ?class rdfs:subClassOf ?branch ; rdfs:label ?label .
  OPTIONAL {{ ?class skos:altLabel ?synonym }}
}} ORDER BY ?label ?class ?synonym
"""
_ABOVE = f"""{PREFIX_LINES}
SELECT ?class ?above WHERE {{ ?class rdfs:subClassOf ?above }} ORDER BY ?above
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

    @property
    def short(self) -> str:
        """The label without the words that its branch repeats (diagnosis of sepsis), where a synonym says so."""
        tail = self.label.split(" of ", 1)[-1]
        return tail if tail in self.synonyms else self.label


class Words:
    """The classes of the branches that options are taken from; a branch is called as a teaching case calls it."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._branches: dict[str, Branch] = {}
        self._above: dict[str, frozenset[str]] = {}

    def find(self, branch: str, word: str) -> Term:
        """Find a class by label or synonym; UnknownWordError, with words of like spelling, where there is none."""
        known = self._branch(branch).named
        term = known.get(_folded(word))
        if term is None:
            raise UnknownWordError(branch, word, get_close_matches(_folded(word), known, n=3, cutoff=0.6))
        return term

    def knows(self, branch: str, word: str) -> bool:
        """Say whether a branch has such a label or synonym."""
        return _folded(word) in self._branch(branch).named

    def all_of(self, branch: str) -> tuple[Term, ...]:
        """List the classes of a branch by label, the branch itself left out."""
        known = self._branch(branch)
        return tuple(sorted({term for term in known.named.values() if term.label != known.top}))

    def is_a(self, term: Term, other: Term) -> bool:
        """Say whether a class is another, or lies below it."""
        return term == other or other.iri in self._uppers(term)

    def related(self, one: Term, other: Term) -> bool:
        """Say whether one of two classes lies below the other, or they are one."""
        return self.is_a(one, other) or self.is_a(other, one)

    def nearness(self, one: Term, other: Term) -> int:
        """Count the classes above both: the more, the nearer they lie to each other."""
        return len(self._uppers(one) & self._uppers(other))

    def line(self, branch: str, word: str) -> tuple[str, ...]:
        """List the label of a class and of the classes of its branch above it; the word alone where it is none."""
        if not self.knows(branch, word):
            return (word,)
        term = self.find(branch, word)
        uppers = self._uppers(term)
        above = {one.label for one in self._branch(branch).named.values() if one.iri in uppers}
        return (term.label, *sorted(above - {term.label, self._branch(branch).top}))

    def is_top(self, branch: str, word: str) -> bool:
        """Say whether no class of the branch stands above a class, but for the branch itself."""
        return len(self.line(branch, word)) == 1

    def _uppers(self, term: Term) -> frozenset[str]:
        if term.iri not in self._above:
            rows = self._store.select(_ABOVE, **{"class": term.iri}).texts()
            self._above[term.iri] = frozenset(above for _, above in rows)
        return self._above[term.iri]

    def _branch(self, name: str) -> "Branch":
        if name not in self._branches:
            read: defaultdict[tuple[str, str], list[str]] = defaultdict(list)
            top = str(ITB[BRANCHES[name]])
            for _, iri, label, synonym in self._store.select(_CLASSES, branch=top).texts():
                read[iri, label].extend([synonym] if synonym else [])
            terms = [Term(label, iri, tuple(names)) for (iri, label), names in read.items()]
            self._branches[name] = Branch(terms, next((term.label for term in terms if term.iri == top), ""))
        return self._branches[name]


class Branch:
    """The classes of one branch by every name, a label before a synonym; `top` is the label of the branch itself."""

    def __init__(self, terms: Sequence[Term], top: str) -> None:
        self.top = top
        synonyms = {_folded(name): term for term in terms for name in term.synonyms}
        self.named: Mapping[str, Term] = synonyms | {_folded(term.label): term for term in terms}


def _folded(word: str) -> str:
    return " ".join(word.casefold().split())

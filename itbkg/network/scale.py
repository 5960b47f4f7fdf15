"""Weighs classes over some cases, and two cases by them.

A class weighs its information content, -ln(n/N) with n of N cases that have it or a class below it (Resnik, IJCAI 1995,
arXiv:cmp-lg/9511007): what every case has says nothing. It is counted over the cases of the graph; an intrinsic one
(Seco and others, ECAI 2004), which counts classes below instead, would call a branch rare because it is little divided.

Two cases are compared as simGIC does (Pesquita and others, BMC Bioinformatics 2008;9(Suppl 5):S4): the weight of the
classes that both have, over the weight of those that either has, all classes above included. It needs no choice of a
best pair, takes classes below several others as they are, and is 1 for alike and 0 for nothing in common.

simGIC takes what is not mentioned for absent. Here that is the lower bound, by which cases are sorted. The upper bound
is what it would be if every class that only one of the two reports were present in the other too, unless that one
states it to be absent; what lies between the two is what the reports do not say.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import fsum, log

from itbkg.cases import CaseRow
from itbkg.index import Bits, CaseIndex, Column
from itbkg.network.words import BRANCHES, Words


@dataclass(frozen=True, slots=True)
class Shared:
    """A class with `n` of `of` cases that have it, and what it weighs; `field` says what kind of class it is."""

    field: str
    label: str
    iri: str
    n: int
    of: int
    weight: float


@dataclass(frozen=True, slots=True)
class Likeness:
    """A case beside the one that was asked about.

    `low` and `high` bound the likeness, by what is not reported. `shared` are classes that both have, and
    `absent_in_both` those that both state to be absent. What differs: `contradicted`, present in one and stated absent
    in the other. `only_asked` and `only_this` are told of one and not reported of the other, which is no difference. Of
    each list the lowest classes are named, the heaviest first; the classes above them are weighed too.
    """

    id: str
    iri: str
    title: str
    low: float
    high: float
    shared: tuple[Shared, ...]
    absent_in_both: tuple[Shared, ...]
    contradicted: tuple[Shared, ...]
    only_asked: tuple[Shared, ...]
    only_this: tuple[Shared, ...]


@dataclass(frozen=True, slots=True)
class Profile:
    """What a case has, and what it states to be absent; a class that it has at another time is not absent."""

    row: CaseRow
    present: frozenset[str]
    absent: frozenset[str]


class Scale:
    """Weighs classes over some cases, each of another person."""

    def __init__(self, index: CaseIndex, words: Words, fields: Iterable[str], rows: Sequence[CaseRow]) -> None:
        self.rows = rows
        self._words = words
        self._columns = [index.column(field) for field in fields]
        counted = index.bits(row.iri for row in rows)
        self._fields = {term: column.name for column in self._columns for term in self._classes(column)}
        self._n = {term: column.present(term).overlap(counted) for column in self._columns for term in column.terms}
        self._weights = {term: self._information(term) for term in self._n}
        self._present = self._spread(index, (column.presents for column in self._columns))
        self._absent = self._spread(index, (column.absents for column in self._columns))

    def profile(self, row: CaseRow) -> Profile:
        """Tell what a case has and what it states to be absent."""
        present = self._present.get(row.iri, frozenset())
        return Profile(row, present, self._absent.get(row.iri, frozenset()) - present)

    def likeness(self, asked: Profile, other: Profile) -> tuple[float, float]:
        """Return the bounds of the likeness of two cases."""
        either = asked.present | other.present
        low, high = self._weight(asked.present & other.present), self._weight(either - _differing(asked, other))
        whole = self._weight(either)
        return (low / whole, high / whole) if whole else (0.0, 0.0)

    def compare(self, asked: Profile, row: CaseRow) -> Likeness:
        """Compare two cases, with what they share and what differs."""
        other = self.profile(row)
        low, high = self.likeness(asked, other)
        differing = _differing(asked, other)
        return Likeness(
            id=row.id,
            iri=row.iri,
            title=row.title,
            low=low,
            high=high,
            shared=self._told(asked.present & other.present),
            absent_in_both=self._told(asked.absent & other.absent, upper=True),
            contradicted=self._told(differing),
            only_asked=self._told(asked.present - other.present - differing),
            only_this=self._told(other.present - asked.present - differing),
        )

    def _spread(self, index: CaseIndex, columns: Iterable[Mapping[str, Bits]]) -> Mapping[str, frozenset[str]]:
        """Turn classes with their cases into cases, by IRI, with their classes."""
        found: defaultdict[str, set[str]] = defaultdict(set)
        for column in columns:
            for term in column.keys() & self._fields.keys():
                for case in index.names(column[term]):
                    found[case].add(term)
        return {case: frozenset(terms) for case, terms in found.items()}

    def _classes(self, column: Column) -> frozenset[str]:
        """Return the classes of a column that stand below its branch; that, and what gathers branches, is no fact."""
        branch = BRANCHES[column.name]
        return frozenset(term for term in column.terms if branch in self._words.above.get(term, ()))

    def _information(self, term: str) -> float:
        """Weigh a class; one that no case has is weighed as if one had it."""
        return -log(max(self._n[term], 1) / len(self.rows))

    def _weight(self, terms: frozenset[str]) -> float:
        """Add the weights up, exactly, so that the order of a set does not matter."""
        return fsum(map(self._weights.__getitem__, terms))

    def _told(self, terms: frozenset[str], *, upper: bool = False) -> tuple[Shared, ...]:
        """Name the lowest of some classes, or of absences, which reach downward, the uppermost."""
        covered = {one for term in terms for one in self._words.above.get(term, ())}
        kept = (
            {term for term in terms if not terms & self._words.above.get(term, frozenset())}
            if upper
            else terms - covered
        )
        rows = (self._shared(term) for term in kept)
        return tuple(sorted(rows, key=lambda one: (-one.weight, one.label, one.iri)))

    def _shared(self, term: str) -> Shared:
        label, field = self._words.labels[term], self._fields[term]
        return Shared(field, label, term, self._n[term], len(self.rows), self._weights[term])


def _differing(asked: Profile, other: Profile) -> frozenset[str]:
    """Return the classes that one of two cases has and the other states to be absent."""
    return (asked.present & other.absent) | (other.present & asked.absent)

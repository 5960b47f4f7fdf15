"""Which cases are like a case: by the classes that they share, the rare ones counting more, with three states kept.

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

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import log

from itbkg.cases import CaseRow, list_cases
from itbkg.cases.names import id_order, nearest
from itbkg.cases.persons import first_tellings
from itbkg.errors import NotFoundError
from itbkg.index import CaseIndex, Column, read_index
from itbkg.network.cohort import read_cohort
from itbkg.network.held import class_field
from itbkg.network.words import BRANCHES, Words, read_words
from itbkg.store import Store


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
class SimilarCases:
    """The cases like one, the most like first: `total` others share any class, out of `of` that were compared.

    `same_patient` names the cases of the same person, which are not compared. `classes` is what the case asked about
    has, in all. `warnings` must stand beside the numbers.
    """

    id: str
    iri: str
    title: str
    fields: tuple[str, ...]
    classes: int
    same_patient: tuple[str, ...]
    total: int
    of: int
    cases: tuple[Likeness, ...]
    warnings: tuple[str, ...]


#: Of how few classes a comparison is said to stand on little.
_FEW_CLASSES = 5


def similar_cases(store: Store, case: str, fields: Sequence[str] = (), limit: int | None = 10) -> SimilarCases:
    """Compare a case with the cohort's others, which tell of other people, by all fields of classes or by some.

    Raises NotFoundError, with ids of like spelling, where there is no such case, and ParameterError for a field that
    there is not.
    """
    names = tuple(class_field(field).name for field in fields) or tuple(BRANCHES)
    rows = {row.id: row for row in list_cases(store)}
    if case not in rows:
        raise NotFoundError("case", case, nearest(case, rows))
    firsts = first_tellings(tuple(rows.values()))
    others = [row for row in read_cohort(store).rows if row.id != firsts[case]]
    scale = _Scale(read_index(store), read_words(store), names, [rows[firsts[case]], *others])
    asked = scale.profile(rows[case])
    compared = [scale.compare(asked, row) for row in others]
    alike = sorted((one for one in compared if one.low > 0), key=lambda one: (-one.low, id_order(one.id)))
    return SimilarCases(
        id=case,
        iri=rows[case].iri,
        title=rows[case].title,
        fields=names,
        classes=len(asked.present),
        same_patient=tuple(one for one in rows if firsts[one] == firsts[case] and one != case),
        total=len(alike),
        of=len(others),
        cases=tuple(alike if limit is None else alike[:limit]),
        warnings=tuple(_warnings(asked, len(others))),
    )


@dataclass(frozen=True, slots=True)
class _Profile:
    """What a case has, and what it states to be absent; a class that it has at another time is not absent."""

    row: CaseRow
    present: frozenset[str]
    absent: frozenset[str]


class _Scale:
    """Weighs classes over some cases, each of another person."""

    def __init__(self, index: CaseIndex, words: Words, fields: Iterable[str], rows: Sequence[CaseRow]) -> None:
        self._words = words
        self._of = len(rows)
        self._columns = [index.column(field) for field in fields]
        self._positions = {case: position for position, case in enumerate(index.cases)}
        counted = index.bits(row.iri for row in rows)
        self._fields = {term: column.name for column in self._columns for term in self._classes(column)}
        self._n = {term: column.present(term).overlap(counted) for column in self._columns for term in column.terms}

    def profile(self, row: CaseRow) -> _Profile:
        """Read one case from the index."""
        at = self._positions[row.iri]
        present = frozenset(
            t for c in self._columns for t, bits in c.presents.items() if at in bits and t in self._fields
        )
        absent = frozenset(
            t for c in self._columns for t, bits in c.absents.items() if at in bits and t in self._fields
        )
        return _Profile(row, present, absent - present)

    def compare(self, asked: _Profile, row: CaseRow) -> Likeness:
        """Compare two cases."""
        other = self.profile(row)
        both, either = asked.present & other.present, asked.present | other.present
        differing = (asked.present & other.absent) | (other.present & asked.absent)
        low, high, whole = map(self._weight, (both, either - differing, either))
        return Likeness(
            id=row.id,
            iri=row.iri,
            title=row.title,
            low=low / whole if whole else 0.0,
            high=high / whole if whole else 0.0,
            shared=self._told(both),
            absent_in_both=self._told(asked.absent & other.absent, upper=True),
            contradicted=self._told(differing),
            only_asked=self._told(asked.present - other.present - differing),
            only_this=self._told(other.present - asked.present - differing),
        )

    def _classes(self, column: Column) -> frozenset[str]:
        """Return the classes of a column that stand below its branch; that, and what gathers branches, is no fact."""
        branch = BRANCHES[column.name]
        return frozenset(term for term in column.terms if branch in self._words.above.get(term, ()))

    def _information(self, term: str) -> float:
        """Weigh a class; one that no case has is weighed as if one had it."""
        return -log(max(self._n[term], 1) / self._of)

    def _weight(self, terms: frozenset[str]) -> float:
        return sum(self._information(term) for term in sorted(terms))

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
        return Shared(field, label, term, self._n[term], self._of, self._information(term))


def _warnings(asked: _Profile, others: int) -> Iterable[str]:
    if len(asked.present) < _FEW_CLASSES:
        yield f"The report names {len(asked.present)} classes here: too little to tell likeness from chance."
    yield f"Weights come from {others + 1} reported cases, a chosen few; a class that one case has weighs most."
    yield "A likeness of what was reported is none of what happened: its upper bound says how much is not reported."

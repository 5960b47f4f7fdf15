"""Build an index of many cases from records that come one after another, closed over a hierarchy of terms."""

from collections.abc import Iterable, Mapping, Sequence
from itertools import chain, islice

import numpy as np
from numpy.typing import NDArray
from pyroaring import BitMap, FrozenBitMap

from itbkg.index.bits import Bits
from itbkg.index.caseindex import CaseIndex
from itbkg.index.column import Column
from itbkg.index.hierarchy import Hierarchy

#: The position of a case, and the numbers of the terms that it states to be present and to be absent.
Record = tuple[int, Sequence[int], Sequence[int]]
#: So many records are read before their statements go into the sets: what is held beside these is bounded.
_AT_ONCE = 65_536


def build_index(hierarchy: Hierarchy, cases: Sequence[str], records: Iterable[Record]) -> CaseIndex:
    """Build the index of cases, given by IRI and sorted; records come in any order, several of a case go together.

    Raises ValueError for a record with a case or a term of which there is none, and for an absence that nobody can
    state.
    """
    present, absent = _Stated(hierarchy, len(cases)), _Stated(hierarchy, len(cases))
    left = iter(records)
    while some := list(islice(left, _AT_ONCE)):
        numbers = np.fromiter((case for case, _, _ in some), np.int64, len(some))
        present.add(numbers, [terms for _, terms, _ in some])
        absent.add(numbers, [terms for _, _, terms in some])
    _refuse_absence(hierarchy, absent.sets)
    return CaseIndex(cases, _columns(hierarchy, present.sets, absent.sets, len(cases)))


class _Stated:
    """The cases of each term as the records state them, not closed over the hierarchy."""

    def __init__(self, hierarchy: Hierarchy, cases: int) -> None:
        self.sets = [BitMap() for _ in hierarchy.terms]
        self._cases = cases

    def add(self, cases: NDArray[np.int64], stated: Sequence[Sequence[int]]) -> None:
        """Add what some cases state, ordered by term, so that each term takes its cases at once."""
        terms = np.fromiter(chain.from_iterable(stated), np.int64)
        _refuse_outside(cases, self._cases, "case")
        _refuse_outside(terms, len(self.sets), "term")
        stating = np.repeat(cases.astype(np.uint32), np.fromiter(map(len, stated), np.int64, len(stated)))
        order = np.argsort(terms.astype(np.min_scalar_type(len(self.sets))), kind="stable")
        self._add_ordered(terms[order], stating[order])

    def _add_ordered(self, terms: NDArray[np.int64], cases: NDArray[np.uint32]) -> None:
        starts = np.flatnonzero(np.diff(terms, prepend=-1))
        for term, some in zip(terms[starts].tolist(), np.split(cases, starts[1:]), strict=False):
            self.sets[term] |= BitMap(some)


def _refuse_outside(numbers: NDArray[np.int64], size: int, what: str) -> None:
    outside = numbers[(numbers < 0) | (numbers >= size)]
    if len(outside):
        raise ValueError(f"a record names {what} {outside[0]}; there are {size}, counted from 0")


def _refuse_absence(hierarchy: Hierarchy, absent: Sequence[BitMap]) -> None:
    for term, field, cases in zip(hierarchy.terms, hierarchy.fields, absent, strict=True):
        if cases and field not in hierarchy.can_be_absent:
            raise ValueError(f"case {cases.min()} states <{term}> to be absent, which nothing of '{field}' can be")


def _columns(hierarchy: Hierarchy, present: Sequence[BitMap], absent: Sequence[BitMap], size: int) -> dict[str, Column]:
    """Close over the hierarchy: what is present is so upward, what is absent downward."""
    reach = hierarchy.reach()
    below: list[list[int]] = [[] for _ in reach]
    for term, above in enumerate(reach):
        for other in above:
            below[other].append(term)
    presents = [_join(present, terms) for terms in below]
    absents = [_join(absent, terms) for terms in reach]
    return {
        name: Column(
            name,
            size,
            name in hierarchy.can_be_absent,
            _of_field(hierarchy, name, presents, size),
            _of_field(hierarchy, name, absents, size),
        )
        for name in dict.fromkeys(hierarchy.fields)
    }


def _join(sets: Sequence[BitMap], terms: Iterable[int]) -> FrozenBitMap:
    joined = BitMap.union(*(sets[term] for term in terms))
    joined.run_optimize()
    joined.shrink_to_fit()
    return FrozenBitMap(joined)


def _of_field(hierarchy: Hierarchy, name: str, sets: Sequence[FrozenBitMap], size: int) -> Mapping[str, Bits]:
    listed = zip(hierarchy.terms, hierarchy.fields, sets, strict=True)
    return {
        term: Bits(cases, size)
        for term, field, cases in sorted(listed, key=lambda one: one[0])
        if field == name and cases
    }

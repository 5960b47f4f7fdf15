"""The index: which case has which class or value, so that a question about a cohort is an operation on sets."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from itbkg.index.bits import Bits
from itbkg.index.column import Column
from itbkg.index.contingency import Contingency, count_pairs
from itbkg.index.fields import find_field


@dataclass(frozen=True)
class CaseIndex:
    """The cases by IRI, sorted, and a column for each field; the position of a case is its bit."""

    cases: Sequence[str] = field(repr=False)
    columns: Mapping[str, Column] = field(repr=False)

    @cached_property
    def all(self) -> Bits:
        """All cases."""
        return Bits.full(len(self.cases))

    def column(self, name: str) -> Column:
        """Return the column of a field; ParameterError, naming what is like it, where there is none."""
        return self.columns[name] if name in self.columns else self.columns[find_field(name).name]

    def bits(self, cases: Iterable[str]) -> Bits:
        """Return the set of some cases, by IRI; KeyError for one that is not of this index."""
        return Bits((self._positions[case] for case in cases), len(self.cases))

    def names(self, bits: Bits) -> tuple[str, ...]:
        """Return the IRIs of the cases of a set, sorted."""
        return tuple(self.cases[position] for position in bits)

    def contingency(
        self,
        rows: Column,
        columns: Column,
        within: Bits | None = None,
        row_terms: Iterable[str] | None = None,
        column_terms: Iterable[str] | None = None,
    ) -> Contingency:
        """Count the cases of a cohort, or all of them, by every pair of terms; by some terms only where they are given.

        ValueError for a cohort or column of another index.
        """
        return count_pairs(
            rows,
            columns,
            self.all if within is None else within,
            rows.terms if row_terms is None else tuple(row_terms),
            columns.terms if column_terms is None else tuple(column_terms),
        )

    @property
    def nbytes(self) -> int:
        """The bytes that the sets take in memory, without the IRIs of the cases."""
        return sum(column.nbytes for column in self.columns.values())

    @cached_property
    def _positions(self) -> dict[str, int]:
        return {case: position for position, case in enumerate(self.cases)}

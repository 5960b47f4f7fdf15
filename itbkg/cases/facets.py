"""Count chosen cases by what they have: for each class or value the cases with it.

For a finding also those that state it absent, and those that do not report it: the last are not the second.
"""

from dataclasses import dataclass

from itbkg.cases.choosing import Chosen, choose_cases
from itbkg.index import Column, Field, case_index, find_field, labels_of
from itbkg.store import Store


@dataclass(frozen=True, slots=True)
class FacetCount:
    """The number of chosen cases with a term, or with a class below it.

    `absent` and `not_reported` are None for what cannot be stated absent. A case that tells two times may be among both
    the present and the absent.
    """

    iri: str
    label: str
    present: int
    absent: int | None
    not_reported: int | None


@dataclass(frozen=True, slots=True)
class Facets:
    """Counts by one field out of `total` chosen cases, `of` in all; `reported` of the chosen say anything of it."""

    field: str
    total: int
    of: int
    reported: int
    counts: tuple[FacetCount, ...]


def count_cases(store: Store, field: str, chosen: Chosen | None = None) -> Facets:
    """Count cases by a field, what most have first: those that were chosen, or all.

    Raises ParameterError for a field that there is none of.
    """
    return Counter(store, chosen or choose_cases(store)).count(find_field(field))


class Counter:
    """Counts cases that were chosen."""

    def __init__(self, store: Store, chosen: Chosen) -> None:
        self._store = store
        self._chosen = chosen
        self._index = case_index(store)
        self._cases = self._index.bits(row.iri for row in chosen.rows)

    def count(self, field: Field) -> Facets:
        """Count them by a field."""
        column, labels = self._index.column(field.name), labels_of(self._store, field)
        counts = (self._count(column, term, labels[term]) for term in column.terms if term in labels)
        kept = (one for one in counts if one.present or one.absent)
        return Facets(
            field=field.name,
            total=self._chosen.total,
            of=self._chosen.of,
            reported=len(column.reported & self._cases),
            counts=tuple(sorted(kept, key=lambda one: (-one.present, -(one.absent or 0), one.label, one.iri))),
        )

    def _count(self, column: Column, term: str, label: str) -> FacetCount:
        having, lacking = column.present(term) & self._cases, column.absent(term) & self._cases
        silent = self._chosen.total - len(having | lacking)
        return FacetCount(
            iri=term,
            label=label,
            present=len(having),
            absent=len(lacking) if column.can_be_absent else None,
            not_reported=silent if column.can_be_absent else None,
        )

"""Count chosen cases by what they have: for each class or value the cases with it.

For a finding also those that state it absent, and those that do not report it: the last are not the second.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from itbkg.cases.choosing import Chosen, choose_cases
from itbkg.cases.fields import ABSENT, Field, find_field
from itbkg.cases.filters import Wanted
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


def count_cases(store: Store, field: str, wanted: Wanted | None = None) -> Facets:
    """Count the chosen cases by a field, what most have first.

    Raises ParameterError for a field that there is none of, and what `choose_cases` raises.
    """
    return Counter(store, choose_cases(store, wanted)).count(find_field(field))


class Counter:
    """Counts cases that were chosen."""

    def __init__(self, store: Store, chosen: Chosen) -> None:
        self._store = store
        self._chosen = chosen
        self._cases = frozenset(row.iri for row in chosen.rows)

    def count(self, field: Field) -> Facets:
        """Count them by a field."""
        present = self._kept(field)
        absent = self._kept(ABSENT) if field.of == ABSENT.of else None
        counts = self._counts(field.terms(self._store), present, absent)
        told = frozenset().union(*present.values(), *(absent or {}).values())
        return Facets(
            field=field.name,
            total=self._chosen.total,
            of=self._chosen.of,
            reported=len(told),
            counts=tuple(sorted(counts, key=lambda one: (-one.present, -(one.absent or 0), one.label, one.iri))),
        )

    def _kept(self, field: Field) -> dict[str, frozenset[str]]:
        found = {term: cases & self._cases for term, cases in field.all_cases(self._store).items()}
        return {term: cases for term, cases in found.items() if cases}

    def _counts(
        self,
        labels: Mapping[str, str],
        present: Mapping[str, frozenset[str]],
        absent: Mapping[str, frozenset[str]] | None,
    ) -> Iterator[FacetCount]:
        for term in labels.keys() & {*present, *(absent or {})}:
            having = present.get(term, frozenset())
            lacking = None if absent is None else absent.get(term, frozenset())
            yield FacetCount(
                iri=term,
                label=labels[term],
                present=len(having),
                absent=None if lacking is None else len(lacking),
                not_reported=None if lacking is None else self._chosen.total - len(having | lacking),
            )

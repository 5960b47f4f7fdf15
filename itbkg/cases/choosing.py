"""Choose cases, and say out of how many they are."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from typing import Any

from itbkg.cases.filters import Condition, Conditions, Wanted
from itbkg.cases.listing import CaseRow, list_cases
from itbkg.cases.persons import count_persons, first_tellings
from itbkg.errors import ParameterError, did_you_mean
from itbkg.store import Store

#: What cases can be sorted by; each order begins from that of the ids, and a year that is not known stands last.
SORTS: Mapping[str, Callable[[CaseRow], Any]] = {
    "id": lambda _: 0,
    "year": lambda row: (row.year is None, row.year or 0),
}


@dataclass(frozen=True, slots=True)
class Chosen:
    """Cases that were chosen: `rows` are `total` of the `of` cases of the graph, and tell of `patients` persons.

    `conditions` say what was asked and how many cases fulfil each by itself.
    """

    total: int
    of: int
    patients: int
    conditions: tuple[Condition, ...]
    rows: tuple[CaseRow, ...]

    def page(self, offset: int = 0, limit: int | None = None) -> "CaseList":
        """Return what was chosen as doors give it, with the rows from `offset` on, `limit` at most."""
        return CaseList(
            total=self.total,
            of=self.of,
            patients=self.patients,
            conditions=tuple(ConditionRow(one.name, one.given, len(one.cases)) for one in self.conditions),
            offset=offset,
            cases=self.rows[offset:] if limit is None else self.rows[offset : offset + limit],
        )


@dataclass(frozen=True, slots=True)
class ConditionRow:
    """A condition with the number of cases that fulfil it, whatever the others do."""

    name: str
    given: str
    cases: int


@dataclass(frozen=True, slots=True)
class CaseList:
    """Cases that fulfil all conditions: `total` of the `of` cases of the graph, telling of `patients` persons.

    `cases` are those from `offset` on.
    """

    total: int
    of: int
    patients: int
    conditions: tuple[ConditionRow, ...]
    offset: int
    cases: tuple[CaseRow, ...]


def choose_cases(
    store: Store, wanted: Wanted | None = None, sort: str = "id", further: Sequence[Condition] = ()
) -> Chosen:
    """Choose the cases that fulfil all conditions, `further` ones of the caller's own among them.

    Raises what `Conditions` raises, and ParameterError for an order that is none.
    """
    order = find_sort(sort)
    rows = list_cases(store)
    conditions = (*Conditions(store, rows, wanted or Wanted()), *further)
    kept = [row for row in rows if all(row.iri in condition.cases for condition in conditions)]
    return Chosen(
        total=len(kept),
        of=len(rows),
        patients=count_persons(kept, first_tellings(rows)),
        conditions=conditions,
        rows=tuple(sorted(kept, key=order)),
    )


def find_sort(name: str) -> Callable[[CaseRow], Any]:
    """Return the key of an order; ParameterError, naming all of them, where there is none of that name."""
    if name in SORTS:
        return SORTS[name]
    hint = did_you_mean(get_close_matches(name, SORTS, n=1)) or f"; there is {', '.join(SORTS)}"
    error = ParameterError(f"cases cannot be sorted by '{name}'{hint}")
    error.parameter = "sort"
    raise error

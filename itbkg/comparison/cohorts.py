"""Which cases of the graph may be among those whom a source counted."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from itbkg.cases import CaseRow
from itbkg.cases.rows import gathered
from itbkg.store import PREFIX_LINES, Store

_OVERLAPS = f"""{PREFIX_LINES}
SELECT ?name ?other WHERE {{ ?cohort itb:overlapsWith/rdfs:label ?other ; rdfs:label ?name }} ORDER BY ?name ?other
"""
_NOTES = f"""{PREFIX_LINES}
SELECT ?name ?note WHERE {{ ?cohort a itb:Cohort ; itb:note ?note ; rdfs:label ?name }} ORDER BY ?name ?note
"""
_TELLING = f"""{PREFIX_LINES}
SELECT DISTINCT ?cohort ?source WHERE {{
  ?publication itb:cohort/rdfs:label ?cohort ; rdfs:label ?source .
  FILTER EXISTS {{ ?case itb:reportedIn ?publication }}
}} ORDER BY ?cohort ?source
"""


@dataclass(frozen=True, slots=True)
class Shared:
    """Cases of the graph that may be among those counted, by id: told in the source, or in an overlapping cohort.

    `cohorts` overlap with the source's, whether or not the graph tells cases of them; `because` says what speaks for
    it.
    """

    cases: tuple[str, ...]
    cohorts: tuple[str, ...]
    because: tuple[str, ...]


class Cohorts:
    """The known overlaps of cohorts."""

    def __init__(self, store: Store, rows: Iterable[CaseRow]) -> None:
        self._overlaps = gathered(store, _OVERLAPS)
        self._notes = gathered(store, _NOTES)
        self._sources = gathered(store, _TELLING)
        self._cases: dict[str, list[str]] = {}
        for row in rows:
            self._cases.setdefault(row.publication, []).append(row.id)

    def shared(self, source: str, cohort: str, group: Mapping[str, None]) -> Shared:
        """Return which cases of a group, by id, may be of a cohort that a source counted."""
        others = self._overlaps.get(cohort, ())
        telling = dict.fromkeys(name for one in (cohort, *others) for name in self._sources.get(one, ()))
        cases = [case for name in (source, *telling) for case in self._cases.get(name, ()) if case in group]
        return Shared(tuple(dict.fromkeys(cases)), others, self._notes.get(cohort, ()) if others else ())

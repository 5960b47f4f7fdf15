"""Which cases and publications are not independent: told twice, told alike, or out of cohorts that overlap."""

from collections import defaultdict
from dataclasses import dataclass
from functools import cached_property, lru_cache
from itertools import combinations

from itbkg.index import FIELDS
from itbkg.links.data import CaseData
from itbkg.store import PREFIX_LINES

_COHORTS = f"""{PREFIX_LINES}
SELECT DISTINCT ?publication ?cohort WHERE {{
  ?case a itb:Case ; itb:reportedIn ?source .
  ?source rdfs:label ?publication ; itb:cohort ?cohort .
}}
"""
_OVERLAPS = f"{PREFIX_LINES} SELECT ?one ?other WHERE {{ ?one itb:overlapsWith ?other }}"
_AGES = f"{PREFIX_LINES} SELECT ?case ?age WHERE {{ ?case itb:hasPatient/itb:ageText ?age }}"
_DISTINCT = f"{PREFIX_LINES} SELECT ?case ?other WHERE {{ ?case itb:distinctFrom|itb:samePatientAs ?other }}"


@dataclass(frozen=True, slots=True)
class Alike:
    """Two cases of different publications that may tell of one patient, by their position."""

    one: int
    other: int


class Relations:
    """What makes cases of one graph depend on each other; each part is read when it is first needed."""

    def __init__(self, data: CaseData) -> None:
        self._data = data

    @cached_property
    def overlaps(self) -> frozenset[frozenset[str]]:
        """The pairs of publications whose cohorts are one or are known to overlap."""
        cohorts: defaultdict[str, set[str]] = defaultdict(set)
        for publication, cohort in self._data.store.select(_COHORTS).texts():
            cohorts[publication].add(cohort)
        known = {frozenset(pair) for pair in self._data.store.select(_OVERLAPS).texts()}
        return frozenset(
            frozenset((one, other))
            for one, other in combinations(sorted(cohorts), 2)
            if cohorts[one] & cohorts[other]
            or any(frozenset((ours, theirs)) in known for ours in cohorts[one] for theirs in cohorts[other])
        )

    @cached_property
    def alike(self) -> tuple[Alike, ...]:
        """The cases of different publications that agree in all they say of age, sex, events and causes.

        Sex, age and a cause must be told by both; the causes of one may be among those of the other. Cases of which the
        records say that they are of one patient, or of two, are not among them.
        """
        groups: defaultdict[tuple[object, ...], list[int]] = defaultdict(list)
        for case, person in enumerate(self._persons):
            if all(person):
                groups[person].append(case)
        pairs = (pair for cases in groups.values() for pair in combinations(cases, 2))
        return tuple(
            sorted((Alike(*pair) for pair in pairs if self._may_be_one(*pair)), key=lambda it: (it.one, it.other))
        )

    @cached_property
    def _persons(self) -> list[tuple[object, ...]]:
        ages = {row[0]: row[1] for row in self._data.store.select(_AGES).texts()}
        sexes, events = self._terms("sex"), self._terms("event")
        cases = enumerate(self._data.index.cases)
        return [(ages.get(iri, ""), frozenset(sexes[case]), frozenset(events[case])) for case, iri in cases]

    @cached_property
    def _causes(self) -> defaultdict[int, set[str]]:
        return self._terms("cause")

    @cached_property
    def _settled(self) -> frozenset[frozenset[str]]:
        return frozenset(frozenset(pair) for pair in self._data.store.select(_DISTINCT).texts())

    def _may_be_one(self, one: int, other: int) -> bool:
        sources, cases, causes = self._data.sources, self._data.index.cases, (self._causes[one], self._causes[other])
        return (
            sources[one].publication != sources[other].publication
            and frozenset((cases[one], cases[other])) not in self._settled
            and all(causes)
            and (causes[0] <= causes[1] or causes[1] <= causes[0])
        )

    def _terms(self, name: str) -> defaultdict[int, set[str]]:
        """Gather the terms of a field by case."""
        column = self._data.column(FIELDS[name])
        found: defaultdict[int, set[str]] = defaultdict(set)
        for term in column.terms:
            for place in column.present(term):
                found[place].add(term)
        return found


@lru_cache(maxsize=2)
def relations(data: CaseData) -> Relations:
    """Return what makes the cases of a graph depend on each other, read once for each graph."""
    return Relations(data)

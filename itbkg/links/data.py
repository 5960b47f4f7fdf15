"""What links are counted over: the index of a graph, and what must be known of each case beside its classes."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property

from itbkg.cases.counted import counted
from itbkg.index import FIELDS, Bits, CaseIndex, Column, Field, Tree, classes_telling, read_index, read_tree
from itbkg.store import PREFIX_LINES, Store, once

#: What can be asked beside the fields of the index: how long something lasted, and from when a case's times count.
MORE: Mapping[str, Field] = {
    "delay": Field("delay", "class", ("Delay",), "?case itb:hasDelay/a ?term ."),
    "clock": Field("clock", "value", ("Clock",), "?case itb:clock ?term ."),
}

#: The branch of the age groups, which can lie within each other.
AGE_GROUP = ("AgeGroup",)

_CASES = f"""{PREFIX_LINES}
SELECT DISTINCT ?case ?id ?publication ?year ?again ?retracted WHERE {{
  ?case a itb:Case ; rdfs:label ?id ; itb:reportedIn ?source .
  ?source rdfs:label ?publication .
  OPTIONAL {{ ?source itb:year ?year }}
  OPTIONAL {{ ?case itb:samePatientAs ?again }}
  OPTIONAL {{ ?source itb:publicationStatus ?retracted . FILTER (?retracted = itb:RetractedPublication) }}
}} ORDER BY ?case ?again
"""
_SPANS = f"{PREFIX_LINES} SELECT ?group ?from ?below WHERE {{ ?group itb:fromYears ?from ; itb:belowYears ?below }}"


@dataclass(frozen=True, slots=True)
class Source:
    """Where a case was told: its id, that of the publication, and the year; None where it is not known."""

    id: str
    publication: str
    year: int | None


class CaseData:
    """A graph, ready for links; each part is read when it is first needed."""

    def __init__(self, store: Store, index: CaseIndex | None = None) -> None:
        self.store = store
        self.index = index or read_index(store)
        self._columns: dict[str, Column] = {}
        self._labels: dict[tuple[str, ...], dict[str, str]] = {}

    @property
    def size(self) -> int:
        """The number of all cases."""
        return len(self.index.cases)

    def bits(self, positions: Iterable[int]) -> Bits:
        """Make a set of cases."""
        return Bits(positions, self.size)

    def column(self, field: Field) -> Column:
        """Return the cases of each term of a field, in the index or not."""
        if field == FIELDS.get(field.name):
            return self.index.column(field.name)
        key = field.pattern
        if key not in self._columns:
            found = {term: self.index.bits(cases) for term, cases in sorted(field.all_cases(self.store).items())}
            self._columns[key] = Column(field.name, self.size, can_be_absent=False, presents=found, absents={})
        return self._columns[key]

    @cached_property
    def sources(self) -> tuple[Source, ...]:
        """Where each case was told, by position."""
        found = {row[0]: Source(row[1], row[2], int(row[3]) if row[3] else None) for row in self._rows}
        return tuple(found[case] for case in self.index.cases)

    @cached_property
    def tellings(self) -> tuple[tuple[int, int], ...]:
        """The cases that tell a patient again, each with the case that counts, by position."""
        places = {case: place for place, case in enumerate(self.index.cases)}
        pairs = {(places[row[0]], places[row[4]]) for row in self._rows if row[4] in places}
        return tuple(sorted(pairs))

    @cached_property
    def retracted(self) -> Bits:
        """The cases of publications that were retracted."""
        return self.index.bits(row[0] for row in self._rows if row[5])

    def labels(self, field: Field) -> dict[str, str]:
        """Return the labels of all classes or values of a field, by IRI."""
        if field.of not in self._labels:
            self._labels[field.of] = field.terms(self.store)
        return self._labels[field.of]

    @cached_property
    def tree(self) -> Tree:
        """The classes of the graph, which of them lie above which."""
        return read_tree(self.store)

    def above(self, term: str) -> frozenset[str]:
        """Return all classes above a class, as stated and as follows."""
        return self.tree.above(term)

    def telling(self, field: Field, term: str) -> Bits:
        """Return the cases that say anything of a class: those that report one that answers the same question."""
        return Bits.union(map(self.column(field).present, classes_telling(self.store, field, term)), self.size)

    @cached_property
    def counted(self) -> Bits:
        """The cases that count: each person once, and no retracted report."""
        return self.index.bits(counted(self.store))

    @cached_property
    def spans(self) -> dict[str, tuple[float, float]]:
        """From which year of age on, and below which, each age group lies."""
        return {group: (float(start), float(end)) for group, start, end in self.store.select(_SPANS).texts()}

    @cached_property
    def _rows(self) -> tuple[tuple[str, ...], ...]:
        return tuple(self.store.select(_CASES).texts())


def rivals(data: CaseData, field: Field, value: str) -> tuple[str, ...]:
    """Return the values of a field that a case with this value cannot have; age groups can lie within each other."""
    others = sorted(term for term in data.column(field).terms if term != value)
    if field.of != AGE_GROUP:
        return tuple(others)
    start, end = data.spans[value]
    return tuple(other for other in others if data.spans[other][0] >= end or data.spans[other][1] <= start)


@once
def case_data(store: Store) -> CaseData:
    """Read what links need of a graph, once for each store."""
    return CaseData(store)

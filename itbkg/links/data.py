"""What links are counted over: the index of a graph, and what must be known of each case beside its classes."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property

from itbkg.cases.counted import counted
from itbkg.index import FIELDS, Bits, CaseIndex, Column, Field, read_index
from itbkg.namespaces import ONTOLOGY_GRAPH
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
#: The classes that a class is stated to be below, and all that it follows to be below.
_STATED = f"""{PREFIX_LINES}
SELECT ?term ?above WHERE {{ GRAPH <{ONTOLOGY_GRAPH}> {{ ?term rdfs:subClassOf ?above }} FILTER isIRI(?above) }}
"""
_FOLLOWING = f"{PREFIX_LINES} SELECT ?term ?above WHERE {{ ?term rdfs:subClassOf ?above . FILTER (?term != ?above) }}"
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

    def above(self, term: str) -> frozenset[str]:
        """Return all classes above a class, as stated and as follows."""
        return self._above.get(term, frozenset())

    @cached_property
    def below(self) -> dict[str, tuple[str, ...]]:
        """The classes directly below each class: stated so, or for a defined class the nearest that follow."""
        stated = _gather(self.store, _STATED)
        found: defaultdict[str, set[str]] = defaultdict(set)
        for term, above in self._above.items():
            for parent in stated.get(term) or self._nearest(above):
                found[parent].add(term)
        return {parent: tuple(sorted(terms)) for parent, terms in found.items()}

    @cached_property
    def counted(self) -> Bits:
        """The cases that count: each person once, and no retracted report."""
        return self.index.bits(counted(self.store))

    @cached_property
    def spans(self) -> dict[str, tuple[float, float]]:
        """From which year of age on, and below which, each age group lies."""
        return {group: (float(start), float(end)) for group, start, end in self.store.select(_SPANS).texts()}

    @cached_property
    def _above(self) -> dict[str, frozenset[str]]:
        return _gather(self.store, _FOLLOWING)

    def _nearest(self, above: frozenset[str]) -> frozenset[str]:
        """Return those of the classes above a class above which no other of them lies below."""
        covered = {upper for one in above for upper in self.above(one) if one not in self.above(upper)}
        return above - covered

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


def _gather(store: Store, query: str) -> dict[str, frozenset[str]]:
    """Gather the second column of an answer by the first; as text, which for thousands of rows takes half the time."""
    found: defaultdict[str, set[str]] = defaultdict(set)
    for line in store.answer(query, table="tsv").decode("utf-8").splitlines()[1:]:
        term, above = line.split("\t")
        found[term[1:-1]].add(above[1:-1])
    return {term: frozenset(several) for term, several in found.items()}

"""Lay each published number beside what the graph counts by the same words."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from itbkg.cases import list_cases
from itbkg.cases.counted import counted_cases
from itbkg.cases.names import nearest
from itbkg.cases.rows import gathered
from itbkg.comparison.cohorts import Cohorts, Shared
from itbkg.comparison.counting import Knowledge, Known, Share, share
from itbkg.comparison.reasons import (
    COUNTING_RULE,
    MEANINGS,
    Agreement,
    NotCompared,
    agreement,
    why_differing,
    why_not_compared,
)
from itbkg.errors import NotFoundError
from itbkg.published import PublishedNumber, choose_numbers, list_numbers
from itbkg.statistics import Risk, risk
from itbkg.store import PREFIX_LINES, Store

_CLASSES: Mapping[str, str] = {
    part: f"{PREFIX_LINES} SELECT ?observation ?class WHERE {{ ?observation itb:{part} ?class }} ORDER BY ?class"
    for part in ("countsClass", "alongClass", "amongClass")
}


@dataclass(frozen=True, slots=True)
class Comparison:
    """A published number and the graph's: the same question, asked of other people.

    `theirs` is the published risk with an interval that is computed here, None where only a percentage is printed.
    `agreement` says where the published share lies by the graph's interval, `why` why they may differ.
    """

    published: PublishedNumber
    theirs: Risk | None
    ours: Share
    shared: Shared
    agreement: Agreement | None
    why: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class LeftOut:
    """How many numbers are not compared for one reason, and what it means."""

    reason: NotCompared
    numbers: int
    meaning: str


@dataclass(frozen=True, slots=True)
class Comparisons:
    """Numbers that are compared, `total` of them among `of` that were asked for; these from `offset` on.

    `left_out` counts the others by reason. `cases` of the graph were counted; `rule` says how.
    """

    rule: str
    total: int
    of: int
    offset: int
    cases: int
    level: float
    left_out: tuple[LeftOut, ...]
    comparisons: tuple[Comparison, ...]


def compare_numbers(
    store: Store, source: str = "", words: str = "", *, offset: int = 0, limit: int | None = None, level: float = 0.95
) -> Comparisons:
    """Compare the numbers of a source, or all, whose measure has all the words.

    NotFoundError, with ids of like spelling, where no source of numbers has the id.
    """
    asked = choose_numbers(list_numbers(store), source, words)
    reasons = {number.id: why_not_compared(number) for number in asked}
    found = [number for number in asked if reasons[number.id] is None]
    page = found[offset:] if limit is None else found[offset : offset + limit]
    comparing = _Comparing(store, level)
    counts = Counter(reason for reason in reasons.values() if reason)
    return Comparisons(
        rule=COUNTING_RULE,
        total=len(found),
        of=len(asked),
        offset=offset,
        cases=len(comparing.ids),
        level=level,
        left_out=tuple(LeftOut(reason, counts[reason], MEANINGS[reason]) for reason in NotCompared if counts[reason]),
        comparisons=tuple(map(comparing.compare, page)),
    )


def compare_one(store: Store, name: str, *, level: float = 0.95) -> Comparison:
    """Compare one number, by id; NotFoundError, with those like it, where none that can be compared has the id."""
    known = {number.id: number for number in list_numbers(store) if why_not_compared(number) is None}
    if name not in known:
        alike = nearest(name, known) or [one for one in known if name and one.startswith(name)][:3]
        raise NotFoundError("published number that can be compared", name, alike)
    return _Comparing(store, level).compare(known[name])


class _Comparing:
    """Counts by the classes of published numbers; what it needs of the graph is read once."""

    def __init__(self, store: Store, level: float) -> None:
        rows = counted_cases(store, list_cases(store))
        self.ids = {row.iri: row.id for row in rows}
        self._level = level
        self._knowledge = Knowledge(store)
        self._cohorts = Cohorts(store, rows)
        self._classes = {part: gathered(store, query) for part, query in _CLASSES.items()}

    def compare(self, number: PublishedNumber) -> Comparison:
        """Lay a number beside the graph's."""
        counts, along, among = (self._of(number, part) for part in _CLASSES)
        group = self._knowledge.any_of(among).present
        ours = share(self._counted(counts, along), group, self.ids, self._level)
        shared = self._cohorts.shared(number.source, number.cohort, dict.fromkeys(ours.group))
        return Comparison(
            published=number,
            theirs=self._theirs(number),
            ours=ours,
            shared=shared,
            agreement=agreement(number, ours),
            why=tuple(why_differing(number, ours, shared)),
        )

    def _counted(self, counts: Sequence[str], along: Sequence[str]) -> Known:
        known = self._knowledge.any_of(counts)
        for iri in along:
            known &= self._knowledge.any_of([iri])
        return known

    def _of(self, number: PublishedNumber, part: str) -> tuple[str, ...]:
        return self._classes[part].get(number.iri, ())

    def _theirs(self, number: PublishedNumber) -> Risk | None:
        if number.numerator is None or not number.denominator:
            return None
        return risk(number.numerator, number.denominator, level=self._level)

"""How long a stretch lasted in the cases that tell it: curves by group and rule, and a test of the groups."""

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace

from itbkg.cases import CaseRow, list_cases
from itbkg.cases.counted import counted_cases
from itbkg.statistics import LEAST_CASES, Curve, LogRank, Median, NotTested, kaplan_meier, log_rank
from itbkg.store import PREFIX_LINES, Store
from itbkg.timing.groups import Group, group_cases
from itbkg.timing.observed import CaseTime, Told
from itbkg.timing.rules import RULES, WINDOW_RULE, Rule
from itbkg.timing.spans import Span, find_span, read_spans

_WITH_EVENT = f"{PREFIX_LINES} SELECT DISTINCT ?case ?class WHERE {{ ?case itb:hasEvent/a ?class }}"
ALL = "all"
#: Below this there is nothing to compare.
_LEAST_GROUPS = 2


@dataclass(frozen=True, slots=True)
class TimedGroup:
    """A group of `of` cases: `events` tell the end, `censored` that it had not come, `not_reported` neither.

    `curves` are those of the cases that tell either, by rule; `cases` are these with their times, and `untold` the ids
    of the others.
    """

    label: str
    iri: str
    of: int
    events: int
    censored: int
    not_reported: int
    curves: Mapping[str, Curve]
    cases: tuple[CaseTime, ...]
    untold: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class GroupTest:
    """The log-rank test over the groups, by rule, of the cases that are in one group alone.

    Groups with fewer than `LEAST_CASES` such cases have no part in it: `too_few` names them. Where fewer than two are
    left, `tests` is empty and `not_tested` says why. `in_several` and `in_none` are the cases that tell a time and are
    left out.
    """

    tests: Mapping[str, LogRank]
    not_tested: NotTested | None
    too_few: tuple[str, ...]
    in_several: tuple[str, ...]
    in_none: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class SpanCount:
    """A stretch in a list: in how many of its cases its end is told, was not reached, or is not reported.

    `medians` are in hours, by rule.
    """

    name: str
    label: str
    definition: str
    of: int
    events: int
    censored: int
    not_reported: int
    medians: Mapping[str, Median]


@dataclass(frozen=True, slots=True)
class SpanList:
    """All stretches that are measured; `rule` says how a window of time is read."""

    total: int
    rule: str
    spans: tuple[SpanCount, ...]


@dataclass(frozen=True, slots=True)
class Times:
    """The length of a stretch, in hours, over `of` cases of one person each, in no retracted report, with its event.

    `left_out` chosen cases with the event are second tellings or retracted. `groups` begin with all cases together;
    `test` is None where no groups were asked for.
    """

    span: Span
    rule: str
    level: float
    of: int
    left_out: int
    groups: tuple[TimedGroup, ...]
    test: GroupTest | None


def measure_times(
    store: Store, span: str, by: str = "", cases: Sequence[CaseRow] | None = None, *, level: float = 0.95
) -> Times:
    """Measure a stretch over the chosen cases, or all, grouped by a field or by some of its words: `event=withdrawal`.

    Raises NotFoundError for a stretch that there is none of, and what `group_cases` raises.
    """
    asked, groups = find_span(store, span), group_cases(store, by) if by else ()
    measured = _measure(store, asked, _all_unless(store, cases), Told(store), groups, level)
    return measured if by else replace(measured, test=None)


def list_spans(store: Store, cases: Sequence[CaseRow] | None = None, *, level: float = 0.95) -> SpanList:
    """Count over the chosen cases, or all, what they tell of each stretch."""
    chosen, told = _all_unless(store, cases), Told(store)
    measured = [_measure(store, span, chosen, told, (), level) for span in read_spans(store)]
    return SpanList(len(measured), WINDOW_RULE, tuple(map(_count, measured)))


def _all_unless(store: Store, cases: Sequence[CaseRow] | None) -> Sequence[CaseRow]:
    return list_cases(store) if cases is None else cases


def _measure(
    store: Store, span: Span, cases: Sequence[CaseRow], told: Told, groups: Sequence[Group], level: float
) -> Times:
    counted, left_out = _counted(store, span, cases)
    times = told.of(span)
    whole = Group("", ALL, frozenset(counted))
    shown = [group for group in groups if group.cases & counted.keys()]
    return Times(
        span=span,
        rule=WINDOW_RULE,
        level=level,
        of=len(counted),
        left_out=left_out,
        groups=tuple(_timed(group, counted, times, level) for group in (whole, *shown)),
        test=_test(shown, counted, times),
    )


def _count(measured: Times) -> SpanCount:
    span, (whole, *_) = measured.span, measured.groups
    return SpanCount(
        name=span.name,
        label=span.label,
        definition=span.definition,
        of=whole.of,
        events=whole.events,
        censored=whole.censored,
        not_reported=whole.not_reported,
        medians={rule: whole.curves[rule].median for rule in RULES},
    )


def _counted(store: Store, span: Span, cases: Sequence[CaseRow]) -> tuple[dict[str, str], int]:
    """Return the ids of the cases that count, by IRI, and how many chosen ones with the event do not."""
    having = {case for case, _ in store.select(_WITH_EVENT, **{"class": span.event}).texts()}
    rows = [row for row in cases if row.iri in having]
    kept = {row.iri: row.id for row in counted_cases(store, rows)}
    return kept, len(rows) - len(kept)


def _timed(group: Group, counted: Mapping[str, str], told: Mapping[str, CaseTime], level: float) -> TimedGroup:
    cases = [iri for iri in counted if iri in group.cases]
    times = tuple(told[iri] for iri in cases if iri in told)
    events = sum(one.event for one in times)
    return TimedGroup(
        label=group.label,
        iri=group.iri,
        of=len(cases),
        events=events,
        censored=len(times) - events,
        not_reported=len(cases) - len(times),
        curves={rule: kaplan_meier(*_by_rule(times, rule), level=level) for rule in RULES},
        cases=times,
        untold=tuple(counted[iri] for iri in cases if iri not in told),
    )


def _by_rule(times: Sequence[CaseTime], rule: Rule) -> tuple[list[float], list[bool]]:
    return [rule.time(one.earliest, one.latest) for one in times], [one.event for one in times]


def _test(groups: Sequence[Group], counted: Collection[str], told: Mapping[str, CaseTime]) -> GroupTest:
    timed = [iri for iri in counted if iri in told]
    times = Counter(iri for group in groups for iri in group.cases)
    alone = {group.label: [told[iri] for iri in timed if iri in group.cases and times[iri] == 1] for group in groups}
    enough = {label: cases for label, cases in alone.items() if len(cases) >= LEAST_CASES}
    tested = len(enough) >= _LEAST_GROUPS
    by_rule = {rule: {label: _by_rule(cases, rule) for label, cases in enough.items()} for rule in RULES}
    return GroupTest(
        tests={rule: log_rank(cases) for rule, cases in by_rule.items()} if tested else {},
        not_tested=None if tested else NotTested.TOO_FEW_CASES,
        too_few=tuple(label for label in alone if label not in enough),
        in_several=tuple(told[iri].case for iri in timed if times[iri] > 1),
        in_none=tuple(told[iri].case for iri in timed if not times[iri]),
    )

"""Times as a sheet: one row for each step of each curve, with the cases whose times it holds."""

from collections.abc import Iterator

from itbkg.sheet import Cell
from itbkg.statistics import Step
from itbkg.timing.rules import RULES, Rule
from itbkg.timing.times import SpanList, TimedGroup, Times

TIME_COLUMNS = (
    *("span", "group", "of", "not_reported", "rule", "hours", "at_risk", "events", "censored"),
    *("share_without", "standard_error", "low", "high", "cases"),
)
SPAN_COLUMNS = (
    *("span", "of", "events", "censored", "not_reported"),
    *(f"median_{rule}" for rule in RULES),
    "definition",
)


def time_cells(measured: Times) -> Iterator[tuple[Cell, ...]]:
    """Yield the cells of TIME_COLUMNS; hours count from the start of the stretch, several ids have semicolons between.

    `share_without` is the share of cases without the event after that hour, `low` and `high` are its interval.
    """
    for group in measured.groups:
        for rule in RULES:
            for step in group.curves[rule].steps:
                head = (measured.span.name, group.label, group.of, group.not_reported, rule.value)
                yield (*head, *_cells(step), "; ".join(cases_at(group, rule, step)))


def span_cells(listed: SpanList) -> Iterator[tuple[Cell, ...]]:
    """Yield the cells of SPAN_COLUMNS; medians are in hours."""
    for one in listed.spans:
        medians = (one.medians[rule].value for rule in RULES)
        yield (one.name, one.of, one.events, one.censored, one.not_reported, *medians, one.definition)


def cases_at(group: TimedGroup, rule: Rule, step: Step) -> tuple[str, ...]:
    """Name the cases whose time, by a rule, is that of a step."""
    return tuple(one.case for one in group.cases if rule.time(one.earliest, one.latest) == step.time)


def _cells(step: Step) -> tuple[Cell, ...]:
    counts = (step.time, step.at_risk, step.events, step.censored)
    return (*counts, step.share, step.deviation, step.low, step.high)

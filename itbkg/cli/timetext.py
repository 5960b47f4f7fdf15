"""Prints what `itbkg times` measures."""

from collections.abc import Iterator, Mapping
from dataclasses import asdict
from pathlib import Path

from itbkg.building.opening import open_graph
from itbkg.charts.of_times import times_chart
from itbkg.cli.drawing import Drawing
from itbkg.cli.figures import interval, p_value, percent, spoken
from itbkg.cli.layout import prose, table
from itbkg.cli.output import SAFETY, note, progress, say, say_json, settings
from itbkg.errors import ParameterError
from itbkg.links import choose_where
from itbkg.sheet import to_csv
from itbkg.statistics import Median
from itbkg.timing import RULES, GroupTest, Rule, SpanCount, SpanList, TimedGroup, Times, list_spans, measure_times
from itbkg.timing.sheet import SPAN_COLUMNS, TIME_COLUMNS, cases_at, span_cells, time_cells

_GROUP_HEAD = ("group", "cases", "tell it", "censored", "not reported", *(f"median, {rule}" for rule in RULES))
_STEP_HEAD = ("after", "at risk", "events", "censored", "still without", "cases")


def run(
    span: str | None,
    by: str,
    where: str,
    rule: str,
    graph: Path | None,
    drawing: Drawing,
    *,
    level: float,
    as_json: bool,
    as_csv: bool,
) -> None:
    """Print one stretch, and draw it where a file is given; or print all of them in a line each."""
    drawing.check()
    if drawing.path and span is None:
        raise _about("chart", ParameterError("a chart shows one span; name it, such as interruption-to-first-symptom"))
    shown = _rule(rule)
    with progress() as bar:
        store = open_graph(settings(), graph, bar)
    cases = choose_where(store, where).rows
    if span is None:
        _say_all(list_spans(store, cases, level=level), as_json=as_json, as_csv=as_csv)
    else:
        measured = measure_times(store, span, by, cases, level=level)
        _say_one(measured, shown, as_json=as_json, as_csv=as_csv)
        drawing.draw(lambda width: times_chart(measured, shown, width))
    note(SAFETY)


def _rule(given: str) -> Rule:
    if given in list(RULES):
        return Rule(given)
    raise _about("rule", ParameterError(f"'{given}' is no rule; there is {', '.join(RULES)}"))


def _about(name: str, error: ParameterError) -> ParameterError:
    error.parameter = name
    return error


def _say_all(listed: SpanList, *, as_json: bool, as_csv: bool) -> None:
    if as_json:
        say_json(asdict(listed))
    elif as_csv:
        say(to_csv(SPAN_COLUMNS, span_cells(listed)).removesuffix("\n"))
    else:
        rows = [(one.name, *_count_cells(one, one.medians)) for one in listed.spans]
        say(table(("span", *_GROUP_HEAD[1:]), rows))
        say("\n" + prose(listed.rule))


def _say_one(measured: Times, rule: Rule, *, as_json: bool, as_csv: bool) -> None:
    if as_json:
        say_json(asdict(measured))
    elif as_csv:
        say(to_csv(TIME_COLUMNS, time_cells(measured)).removesuffix("\n"))
    else:
        _say_table(measured, rule)


def _say_table(measured: Times, rule: Rule) -> None:
    say(prose(f"{measured.span.label}: {measured.span.definition}"))
    beside = f"; {measured.left_out} second tellings or retracted reports left out" if measured.left_out else ""
    say(f"Looked for in {measured.of} cases{beside}. Intervals of {percent(measured.level)}.\n")
    say(table(_GROUP_HEAD, [_group_cells(group) for group in measured.groups]))
    for group in measured.groups:
        _say_curve(group, rule)
    if measured.test:
        say("\n" + "\n".join(map(prose, _test_lines(measured.test))))
    say("\n" + prose(measured.rule))


def _group_cells(group: TimedGroup) -> tuple[str, ...]:
    return (group.label, *_count_cells(group, {rule: group.curves[rule].median for rule in RULES}))


def _count_cells(one: TimedGroup | SpanCount, medians: Mapping[str, Median]) -> tuple[str, ...]:
    counts = map(str, (one.of, one.events, one.censored, one.not_reported))
    return (*counts, *(_median(medians[rule]) for rule in RULES))


def _median(median: Median) -> str:
    return spoken(median.value) + interval(spoken(median.low), spoken(median.high))


def _say_curve(group: TimedGroup, rule: Rule) -> None:
    curve = group.curves[rule]
    if not curve.steps:
        return
    say(f"\n{group.label}, each event at the {rule} of its window:")
    rows = [
        (
            *(spoken(step.time), str(step.at_risk), str(step.events), str(step.censored)),
            percent(step.share) + interval(percent(step.low), percent(step.high)),
            ", ".join(cases_at(group, rule, step)),
        )
        for step in curve.steps
    ]
    say(table(_STEP_HEAD, rows))


def _test_lines(test: GroupTest) -> Iterator[str]:
    for rule, result in test.tests.items():
        names = ", ".join(f"{one.name} {one.observed} of {one.expected:.3g} expected" for one in result.groups)
        value = "" if result.chi_square is None else f" chi-square {result.chi_square:.3g}, {result.freedom} df,"
        yield f"log-rank, {rule}:{value} {p_value(result.p)} ({names})"
    if test.not_tested:
        yield f"The groups are not tested: {test.not_tested}."
    left = (("too few cases", test.too_few), ("in several groups", test.in_several), ("in no group", test.in_none))
    yield from (f"Not in the test, {why}: {', '.join(names)}" for why, names in left if names)

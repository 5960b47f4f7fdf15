"""Prints what `itbkg compare` lays side by side."""

from dataclasses import asdict
from pathlib import Path
from textwrap import wrap

from itbkg.building.opening import open_graph
from itbkg.cli.figures import interval, percent
from itbkg.cli.output import SAFETY, note, progress, say, say_json, say_table, settings
from itbkg.comparison import COUNTING_RULE, Comparison, Comparisons, compare_numbers, compare_one
from itbkg.comparison.sheet import COMPARISON_COLUMNS, comparison_cells
from itbkg.sheet import to_csv

_WIDTH = 110
_HEAD = ("measure", "source", "published", "graph", "not reported", "bounds", "published share is")


def run(
    number: str | None, source: str, words: str, graph: Path | None, *, level: float, as_json: bool, as_csv: bool
) -> None:
    """Print one comparison with its reasons, or a table of them."""
    with progress() as bar:
        store = open_graph(settings(), graph, bar)
    if number is not None:
        _say_one(compare_one(store, number, level=level), as_json=as_json, as_csv=as_csv)
    else:
        _say_all(compare_numbers(store, source, words, level=level), as_json=as_json, as_csv=as_csv)
    note(SAFETY)


def _say_one(one: Comparison, *, as_json: bool, as_csv: bool) -> None:
    if as_json:
        say_json(asdict(one))
        return
    if as_csv:
        say(to_csv(COMPARISON_COLUMNS, comparison_cells([one])).removesuffix("\n"))
        return
    number, ours = one.published, one.ours
    say(f"{number.measure}, counted as '{_question(one)}'")
    say(f"published  {_theirs(one)}, {number.source_title} ({number.source_year or 'no year'}), {number.place}")
    say(f"graph      {_ours(one)} that report it; {ours.not_reported} of {ours.of} do not: {_bounds(one)}")
    say("\nWhy they may differ:\n" + "\n".join("\n".join(wrap(why, _WIDTH)) for why in one.why))
    if one.agreement:
        say(f"\nThe published share lies {one.agreement}.")
    say(f"\nCases with it: {', '.join(ours.cases) or 'none'}\nCases of the group: {', '.join(ours.group) or 'none'}\n")
    say("\n".join(wrap(COUNTING_RULE, _WIDTH)))


def _say_all(found: Comparisons, *, as_json: bool, as_csv: bool) -> None:
    if as_json:
        say_json(asdict(found))
    elif as_csv:
        say(to_csv(COMPARISON_COLUMNS, comparison_cells(found.comparisons)).removesuffix("\n"))
    elif found.comparisons:
        say_table(_HEAD, [_cells(one) for one in found.comparisons])
        say("\n" + "\n".join(wrap(found.rule, _WIDTH)))
    else:
        say("no such number can be compared")
    note(f"{found.total} of {found.of} published numbers are compared with {found.cases} cases of the graph")
    for left in found.left_out:
        note(f"not compared, {left.numbers}: {left.meaning}")


def _cells(one: Comparison) -> tuple[str, ...]:
    untold = f"{one.ours.not_reported} of {one.ours.of}"
    number = one.published
    return (number.measure, number.source, _theirs(one), _ours(one), untold, _bounds(one), one.agreement or "-")


def _question(one: Comparison) -> str:
    number = one.published
    along = f" with {', '.join(number.along)}" if number.along else ""
    return f"{' or '.join(number.counts)}{along} among {' or '.join(number.among)}"


def _theirs(one: Comparison) -> str:
    theirs = one.theirs
    if theirs is None:
        return f"{one.published.percent:g} %"
    return f"{theirs.n} of {theirs.of}, {percent(theirs.share)}{interval(percent(theirs.low), percent(theirs.high))}"


def _ours(one: Comparison) -> str:
    ours = one.ours.risk
    return f"{ours.n} of {ours.of}, {percent(ours.share)}{interval(percent(ours.low), percent(ours.high))}"


def _bounds(one: Comparison) -> str:
    bounds = one.ours.bounds
    return f"{percent(bounds.low)} to {percent(bounds.high)}" if bounds.low is not None else "-"

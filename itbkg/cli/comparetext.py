"""Prints what `itbkg compare` lays side by side."""

from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path

from itbkg.building.opening import open_graph
from itbkg.cli.figures import interval, percent
from itbkg.cli.layout import prose
from itbkg.cli.output import SAFETY, note, progress, say, say_json, settings
from itbkg.comparison import COUNTING_RULE, Comparison, Comparisons, compare_numbers, compare_one
from itbkg.comparison.sheet import COMPARISON_COLUMNS, comparison_cells
from itbkg.sheet import to_csv

#: What stands before the lines below a number.
_MARGIN = " " * len("published  ")


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
    source = f"{number.source_title} ({number.source_year or 'no year'}), {number.place}"
    say(prose(f"published  {_theirs(one)}, {source}", then=_MARGIN))
    say(prose(f"graph      {_ours(one)}", then=_MARGIN))
    say("\nWhy they may differ:\n" + "\n".join(map(prose, one.why)))
    if one.agreement:
        say(f"\nThe published share lies {one.agreement}.")
    say("\n" + prose(f"Cases with it: {', '.join(ours.cases) or 'none'}"))
    say(prose(f"Cases of the group: {', '.join(ours.group) or 'none'}") + "\n")
    say(prose(COUNTING_RULE))


def _say_all(found: Comparisons, *, as_json: bool, as_csv: bool) -> None:
    if as_json:
        say_json(asdict(found))
    elif as_csv:
        say(to_csv(COMPARISON_COLUMNS, comparison_cells(found.comparisons)).removesuffix("\n"))
    elif found.comparisons:
        say("\n".join(line for one in found.comparisons for line in _lines(one)))
        say(prose(found.rule))
    else:
        say("no such number can be compared")
    note(f"{found.total} of {found.of} published numbers are compared with {found.cases} cases of the graph")
    for left in found.left_out:
        note(f"not compared, {left.numbers}: {left.meaning}")


def _lines(one: Comparison) -> Iterator[str]:
    """Tell a comparison in short: its id, by which it can be opened, and the two numbers."""
    yield one.published.id
    yield prose(f"  {one.published.measure}", then="  ")
    yield prose(f"  published  {_theirs(one)}", then=f"  {_MARGIN}")
    yield prose(f"  graph      {_ours(one)}", then=f"  {_MARGIN}")
    if one.agreement:
        yield prose(f"  The published share lies {one.agreement}.", then="  ")
    yield ""


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
    """Tell the graph's number of those that report it, and what the others leave possible."""
    ours, bounds = one.ours.risk, one.ours.bounds
    if not one.ours.of:
        return "no case of this group"
    told = f"{ours.n} of {ours.of} that report it"
    share = f", {percent(ours.share)}{interval(percent(ours.low), percent(ours.high))}" if ours.of else ""
    untold = f"; {one.ours.not_reported} of {one.ours.of} do not: {percent(bounds.low)} to {percent(bounds.high)}"
    return f"{told}{share}{untold if one.ours.not_reported else ''}"

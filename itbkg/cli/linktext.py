"""Prints a table of links: the counts as a grid, the pairs that were tested, what to know of them, and the cases."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import zip_longest
from pathlib import Path
from textwrap import wrap
from typing import TYPE_CHECKING, Any

from itbkg.building.opening import open_graph
from itbkg.cli.drawing import Drawing
from itbkg.cli.output import SAFETY, note, progress, say, say_json, settings
from itbkg.links import Cell, Dependence, LinkTable, Pair, Stratum, link_query, links
from itbkg.links.sheet import LINK_COLUMNS, link_cells
from itbkg.sheet import to_csv
from itbkg.store import Store

if TYPE_CHECKING:
    from itbkg.charts import Chart

_WIDTH = 110
#: A head or a cell longer than this goes on in the line below.
_HEAD, _CELL = 17, 26
#: What 'absent' is for each ground, in the words of the legend.
_GROUNDS = {
    "stated absent": "states it absent",
    "another reported": "reports another one and not this",
    "another value": "has another value",
    "measured, and not so": "was measured and is not so",
    "nothing": "does not occur",
}


@dataclass(frozen=True, slots=True)
class Wish:
    """What is asked for: variables of rows and columns, and a filter."""

    rows: Sequence[str]
    columns: Sequence[str]
    where: str


def run(
    wish: Wish,
    graph: Path | None,
    drawing: Drawing,
    *,
    cases: bool,
    dependence: bool,
    form: tuple[bool, bool, bool],
    kind: str,
) -> None:
    """Print a table as text, JSON, CSV, or the SPARQL that gives its counts; draw it where a file is given."""
    drawing.check()
    make = _drawer(kind) if drawing.path or kind != "heat" else None
    with progress() as bar:
        store = open_graph(settings(), graph, bar)
    as_json, as_csv, as_sparql = form
    if as_sparql:
        say(link_query(store, wish.rows, wish.columns, wish.where).rstrip("\n"))
    else:
        table = _run(store, wish, cases=cases, dependence=dependence, as_json=as_json, as_csv=as_csv)
        if make is not None:
            drawing.draw(partial(make, table))
    note(SAFETY)


def _drawer(kind: str) -> Callable[[LinkTable, int], "Chart[Any]"]:
    """Find what draws a table; to import it takes as long as the table."""
    from itbkg.charts.of_links import find_link_chart  # noqa: PLC0415

    return find_link_chart(kind)


def _run(store: Store, wish: Wish, *, cases: bool, dependence: bool, as_json: bool, as_csv: bool) -> LinkTable:
    table = links(store, wish.rows, wish.columns, wish.where, dependence=dependence)
    if as_json:
        say_json(table.document())
    elif as_csv:
        say(to_csv(LINK_COLUMNS, link_cells(table.pairs)).removesuffix("\n"))
    else:
        say("\n\n".join(_blocks(table, cases=cases)))
    _note_cohort(table)
    return table


def _note_cohort(table: LinkTable) -> None:
    cohort = table.cohort
    left = [f"{len(cohort.told_again)} told again elsewhere"] if cohort.told_again else []
    left += [f"{len(cohort.retracted)} retracted"] if cohort.retracted else []
    without = f"; left out: {', '.join(left)}" if left else ""
    note(f"{cohort.total} of {cohort.of} cases{without}")
    note("\n".join(wrap(table.reading, _WIDTH)))


def _blocks(table: LinkTable, *, cases: bool) -> Iterator[str]:
    if not table.cohort.total:
        yield "no case fulfils the filter: there is nothing to count"
        return
    if not table.pairs:
        yield f"none of the {table.cohort.total} cases reports what the rows or the columns ask for"
        return
    yield _grid(table)
    yield _legend(table)
    tested = sorted((pair for pair in table.pairs if pair.not_tested is None), key=_by_p)
    yield _tests(tested, len(table.pairs))
    marks = list(_marks(table.pairs))
    if marks:
        yield "\n".join(["To know:", *marks])
    for pair in tested:
        if pair.dependence:
            yield _dependence(pair, pair.dependence)
    if cases:
        yield "\n".join(line for pair in table.pairs for line in _cases(pair))


def _by_p(pair: Pair) -> tuple[float, str, str]:
    return (1.0 if pair.fisher is None else pair.fisher, pair.row.key, pair.column.key)


def _grid(table: LinkTable) -> str:
    """Draw rows against columns; each row begins with its cases, of which each cell counts."""
    across = len(table.columns)
    rows = []
    for place, row in enumerate(table.rows):
        pairs = table.pairs[place * across : (place + 1) * across]
        rows.append((row.label, str(pairs[0].group.of), *(_counts(pair.group) for pair in pairs)))
    return _text(("", "cases", *(column.label for column in table.columns)), rows)


def _text(heads: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """Write a table whose heads and first cells are broken where they are long."""
    broken = [[*zip_longest(*(wrap(head, _HEAD) for head in heads), fillvalue="")]]
    broken += [[*zip_longest(*(wrap(cell, _CELL) or [""] for cell in row), fillvalue="")] for row in rows]
    widths = [max(len(line[place]) for lines in broken for line in lines) for place in range(len(heads))]
    rule = ["  ".join("-" * width for width in widths)]
    written = [["  ".join(map(str.ljust, line, widths)).rstrip() for line in lines] for lines in broken]
    return "\n".join([*written[0], *rule, *(line for lines in written[1:] for line in lines)])


def _counts(cell: Cell) -> str:
    return f"{cell.n}/{cell.n + cell.absent}" if cell.of else "-"


def _legend(table: LinkTable) -> str:
    grounds = dict.fromkeys((column.variable, column.ground) for column in table.columns)
    says = "; ".join(f"{name.replace('_', ' ')}: {_GROUNDS[ground]}" for name, ground in grounds)
    text = (
        "A cell is n/m: n cases have row and column, m say either way of the column, and the other cases of the row do "
        f"not report it. To say otherwise is, for {says}."
    )
    return "\n".join(wrap(text, _WIDTH))


def _tests(tested: Sequence[Pair], of: int) -> str:
    if not tested:
        return f"None of the {of} pairs was tested: too few cases, or nothing to compare (--json gives each reason)."
    said = (
        f"{len(tested)} of {of} pairs tested (Fisher's exact test; adjusted after Benjamini and Hochberg); the others "
        "have too few cases or nothing to compare with. --json and --csv have odds ratios, mid-p and every reason."
    )
    heads = (
        "cases with",
        "and with",
        "n of m",
        "share (95 %)",
        "bounds",
        "others",
        "difference (95 %)",
        "p",
        "adjusted",
    )
    return "\n".join([*wrap(said, _WIDTH), "", _text(heads, [*map(_tested, tested)])])


def _tested(pair: Pair) -> tuple[str, ...]:
    group, others = pair.group, pair.others
    return (
        pair.row.label,
        pair.column.label,
        f"{group.n} of {group.n + group.absent}",
        _span(group.risk, group.risk_low, group.risk_high),
        f"{_percent(group.bound_low)}-{_percent(group.bound_high)} %",
        f"{others.n} of {others.n + others.absent}",
        _span(pair.difference, pair.difference_low, pair.difference_high),
        _p(pair.fisher),
        _p(pair.adjusted),
    )


def _span(value: float | None, low: float | None, high: float | None) -> str:
    return "" if value is None else f"{_percent(value)} % ({_percent(low)} to {_percent(high)})"


def _percent(value: float | None) -> str:
    return "" if value is None else f"{round(100 * value)}"


def _p(value: float | None) -> str:
    return "" if value is None else "<0.001" if value < 0.001 else f"{value:.3f}"  # noqa: PLR2004 - as papers print it


def _marks(pairs: Sequence[Pair]) -> Iterator[str]:
    """Yield each thing to know once, with the pairs that it is about."""
    about: dict[str, list[str]] = {}
    for pair in pairs:
        for mark in pair.marks:
            about.setdefault(f"{mark.code}: {mark.text}", []).append(f"{pair.row.label} / {pair.column.label}")
    for text, named in about.items():
        more = f" and {len(named) - 2} more pairs" if len(named) > 3 else ""  # noqa: PLR2004 - two, and how many more
        shown = named[:2] if more else named
        yield from wrap(f"{text} [{'; '.join(shown)}{more}]", _WIDTH, initial_indent="  ", subsequent_indent="    ")


def _dependence(pair: Pair, told: Dependence) -> str:
    lines = [f"{pair.row.label} / {pair.column.label}"]
    turning = [left for left in told.left_out if left.turns]
    lines.append(f"  without one of {len(told.left_out)} publications: {len(turning)} make it another result")
    lines += [f"    without {left.publication}: {_stratum(left.rest)}; {left.reading}" for left in turning]
    lines += [f"  read as {stratum.name}: {_stratum(stratum)}" for stratum in told.by_read_as]
    lines += [f"  {stratum.name}: {_stratum(stratum)}" for stratum in told.by_decade]
    return "\n".join(lines)


def _stratum(stratum: Stratum) -> str:
    counts = f"{stratum.with_column} of {stratum.group} against {stratum.others_with_column} of {stratum.others}"
    return counts if stratum.difference is None else f"{counts}, difference {_percent(stratum.difference)} %"


def _cases(pair: Pair) -> Iterator[str]:
    """Yield the ids behind each number of a pair."""
    yield f"{pair.row.label} / {pair.column.label}"
    for side, cell in (("with the row", pair.group), ("others", pair.others)):
        parts = (
            ("present", cell.present_cases),
            ("absent", cell.absent_cases),
            ("not reported", cell.not_reported_cases),
        )
        for state, ids in parts:
            if ids:
                text = f"{side}, {state} ({len(ids)}): {', '.join(ids)}"
                yield from wrap(text, _WIDTH, initial_indent="  ", subsequent_indent="    ", break_on_hyphens=False)

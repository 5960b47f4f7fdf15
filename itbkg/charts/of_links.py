"""A table of links as a chart: counts as a heat map, or risks as a forest plot."""

from collections.abc import Callable, Mapping
from typing import Any

from itbkg.charts.chart import Chart
from itbkg.charts.forest import RiskRow, forest
from itbkg.charts.heat import HeatCell, heat_map
from itbkg.charts.words import Words
from itbkg.errors import NotFoundError
from itbkg.links import Category, LinkTable, Pair
from itbkg.statistics import LEAST_CASES


def links_heat(table: LinkTable, width: int = 900) -> Chart[HeatCell]:
    """Draw how many cases have each row and column; ParameterError for a width that cannot be."""
    return heat_map(
        [_cell(pair) for pair in table.pairs], _words(table, "heat", "n = cases with row and column"), width
    )


def links_forest(table: LinkTable, width: int = 900) -> Chart[RiskRow]:
    """Draw the risk of each column in each row; ParameterError for a width that cannot be.

    Of several columns those pairs are drawn that were tested, of one column those of which `LEAST_CASES` cases or more
    have the row.
    """
    several = len(table.columns) > 1
    why = "they were not tested" if several else f"fewer than {LEAST_CASES} cases have the row"
    kept = [pair for pair in table.pairs if (pair.not_tested is None if several else pair.group.of >= LEAST_CASES)]
    rows, left = [_risk(pair, several=several) for pair in kept], len(table.pairs) - len(kept)
    note = (f"{left} of {len(table.pairs)} pairs are left out: {why}.",) if left else ()
    return forest(rows, _words(table, "forest", "n of the cases that say", *note), width)


_KINDS: Mapping[str, Callable[[LinkTable, int], Chart[Any]]] = {"heat": links_heat, "forest": links_forest}


def find_link_chart(kind: str) -> Callable[[LinkTable, int], Chart[Any]]:
    """Return what draws a table in one way; NotFoundError, naming all, for a way that there is not."""
    if kind not in _KINDS:
        raise NotFoundError("kind of chart of links", kind, [*_KINDS])
    return _KINDS[kind]


def _words(table: LinkTable, kind: str, said: str, *notes: str) -> Words:
    cohort = table.cohort
    rows, columns = (", ".join(_spoken(lines)) for lines in (table.rows, table.columns))
    left = len(cohort.told_again) + len(cohort.retracted)
    out = (f"{left} second tellings of a patient or retracted reports are left out.",) if left else ()
    where = f", where {cohort.where}" if cohort.where else ""
    title = f"{rows or 'Rows'} and {columns or 'columns'} in {cohort.total} of {cohort.of} reported cases{where}"
    return Words(
        f"links-{kind}", title[0].upper() + title[1:], f"{said}; N = cases with the row", (*notes, *out, table.reading)
    )


def _spoken(lines: tuple[Category, ...]) -> list[str]:
    """Name the variables of rows or columns; a single one by itself."""
    if len(lines) == 1:
        return [lines[0].label]
    return [name.replace("_", " ") for name in dict.fromkeys(line.variable for line in lines)]


def _cell(pair: Pair) -> HeatCell:
    group = pair.group
    return HeatCell(pair.row.label, pair.column.label, group.n, group.n + group.absent, group.of, group.present_cases)


def _risk(pair: Pair, *, several: bool) -> RiskRow:
    group = pair.group
    return RiskRow(
        label=f"{pair.row.label}: {pair.column.label}" if several else pair.row.label,
        n=group.n,
        absent=group.absent,
        not_reported=group.not_reported,
        of=group.of,
        risk=group.risk,
        risk_low=group.risk_low,
        risk_high=group.risk_high,
        bound_low=group.bound_low,
        bound_high=group.bound_high,
        cases=group.present_cases,
    )

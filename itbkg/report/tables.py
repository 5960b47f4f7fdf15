"""The table of a report as rows of texts, each number with what it is of; and its charts as parts of a page."""

from dataclasses import dataclass

from markupsafe import Markup

from itbkg.links import Cell, LinkTable, Pair


@dataclass(frozen=True, slots=True)
class TableRow:
    """A pair in texts, under its number; a dash stands where nothing can be told; `why` says why it was not tested."""

    place: int
    row: str
    column: str
    group: str
    share: str
    bounds: str
    others: str
    odds: str
    p: str
    why: str
    marks: tuple[str, ...]
    cases: tuple[str, ...]


def links_table(table: LinkTable) -> tuple[TableRow, ...]:
    """Return the pairs that any case of their row has, in the order of the table."""
    return tuple(_row(place, pair) for place, pair in enumerate((one for one in table.pairs if one.group.n), start=1))


def _row(place: int, pair: Pair) -> TableRow:
    return TableRow(
        place=place,
        row=pair.row.label,
        column=pair.column.label,
        group=_counts(pair.group),
        share=_interval(pair.group.risk, pair.group.risk_low, pair.group.risk_high),
        bounds=_range(pair.group.bound_low, pair.group.bound_high),
        others=_counts(pair.others),
        odds=_odds(pair),
        p=_p(pair),
        why=str(pair.not_tested or "").replace("-", " "),
        marks=tuple(mark.text for mark in pair.marks),
        cases=pair.group.present_cases,
    )


def _counts(cell: Cell) -> str:
    """Write `3 of 9; 2 not reported`: n of the cases that say, and how many of the group do not."""
    silent = f"; {cell.not_reported} not reported" if cell.not_reported else ""
    return f"{cell.n} of {cell.n + cell.absent}{silent}"


def _interval(value: float | None, low: float | None, high: float | None) -> str:
    if value is None or low is None or high is None:
        return "–"
    return f"{100 * value:.0f} % ({100 * low:.0f} to {100 * high:.0f})"


def _range(low: float | None, high: float | None) -> str:
    return "–" if low is None or high is None else f"{100 * low:.0f} to {100 * high:.0f} %"


def _odds(pair: Pair) -> str:
    """Write the odds ratio with its interval; of one without an upper end, its lower end alone."""
    if pair.odds_low is None:
        return "–"
    if pair.odds_ratio is None or pair.odds_high is None:
        return f"{_short(pair.odds_low)} or more"
    return f"{_short(pair.odds_ratio)} ({_short(pair.odds_low)} to {_short(pair.odds_high)})"


def _short(number: float) -> str:
    """Write a number with two figures, and a large one whole."""
    return f"{number:.2g}" if number < 100 else f"{number:.0f}"  # noqa: PLR2004 - two figures


def _p(pair: Pair) -> str:
    return "–" if pair.fisher is None or pair.adjusted is None else f"{pair.fisher:.2g}; adjusted {pair.adjusted:.2g}"


def figure_html(svg: str) -> Markup:
    """Take a drawing into a page as it is: its texts were escaped when it was drawn."""
    return Markup(svg)  # noqa: S704 - made by itbkg.charts out of escaped texts

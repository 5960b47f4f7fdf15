"""A table of links as a sheet: one row for each pair, with the cases of each count in a cell."""

from collections.abc import Iterable, Iterator

from itbkg.links.cells import Cell as Counted
from itbkg.links.pairs import Pair
from itbkg.sheet import Cell

_COUNTS = (
    *("n", "absent", "not_reported", "of", "risk", "risk_low", "risk_high", "bound_low", "bound_high"),
    *("present_cases", "absent_cases", "not_reported_cases", "both_cases"),
)
_COMPARED = (
    *("row_not_reported", "difference", "difference_low", "difference_high", "odds_ratio", "odds_low", "odds_high"),
    *("fisher", "mid_p", "adjusted"),
)
LINK_COLUMNS = (
    *("row_variable", "row", "column_variable", "column"),
    *_COUNTS,
    *(f"others_{name}" for name in _COUNTS),
    *_COMPARED,
    *("not_tested", "marks", "row_iri", "column_iri"),
)


def link_cells(pairs: Iterable[Pair]) -> Iterator[tuple[Cell, ...]]:
    """Yield the cells of LINK_COLUMNS; several values stand in one cell with semicolons between them."""
    for pair in pairs:
        yield (
            *(pair.row.variable, pair.row.label, pair.column.variable, pair.column.label),
            *_counts(pair.group),
            *_counts(pair.others),
            *(getattr(pair, name) for name in _COMPARED),
            *(pair.not_tested or "", "; ".join(mark.text for mark in pair.marks)),
            *("; ".join(pair.row.iris), "; ".join(pair.column.iris)),
        )


def _counts(cell: Counted) -> Iterator[Cell]:
    for name in _COUNTS:
        value = getattr(cell, name)
        yield "; ".join(value) if isinstance(value, tuple) else value

"""Comparisons as a sheet: one row for each published number, with the graph's beside it."""

from collections.abc import Iterable, Iterator

from itbkg.comparison.comparing import Comparison
from itbkg.sheet import Cell

COMPARISON_COLUMNS = (
    *("id", "measure", "source", "source_year", "counts", "with", "among", "population", "cohort"),
    *("published_n", "published_of", "published_percent", "published_low", "published_high"),
    *("graph_present", "graph_absent", "graph_not_reported", "graph_of", "graph_share", "graph_low", "graph_high"),
    *("graph_least", "graph_greatest", "agreement", "shared_cases", "cases", "why"),
)


def comparison_cells(rows: Iterable[Comparison]) -> Iterator[tuple[Cell, ...]]:
    """Yield the cells of COMPARISON_COLUMNS; `graph_least` and `graph_greatest` are the bounds of what is not reported.

    Several values stand in one cell with semicolons between them.
    """
    for row in rows:
        yield (
            *_published(row),
            *_graph(row),
            row.agreement,
            *map(_joined, (row.shared.cases, row.ours.cases, row.why)),
        )


def _published(row: Comparison) -> Iterator[Cell]:
    number = row.published
    yield from (number.id, number.measure, number.source, number.source_year)
    yield from map(_joined, (number.counts, number.along, number.among))
    yield from (number.population, number.cohort, number.numerator, number.denominator, number.percent)
    yield from (row.theirs.low, row.theirs.high) if row.theirs else (None, None)


def _graph(row: Comparison) -> Iterator[Cell]:
    ours = row.ours
    yield from (ours.present, ours.absent, ours.not_reported, ours.of)
    yield from (ours.risk.share, ours.risk.low, ours.risk.high, ours.bounds.low, ours.bounds.high)


def _joined(texts: tuple[str, ...]) -> str:
    return "; ".join(texts)

"""The table of links: every row against every column, counted over a cohort."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import asdict, dataclass, replace
from difflib import get_close_matches
from typing import TYPE_CHECKING, Any, TypeVar

from itbkg.errors import NotFoundError, ParameterError
from itbkg.links.categories import Category, Line, Lines
from itbkg.links.cohort import Chosen, Cohort, choose
from itbkg.links.data import CaseData, case_data
from itbkg.links.filters import Filters
from itbkg.links.frames import to_pandas, to_polars
from itbkg.links.joined import Joined
from itbkg.links.marks import mark_pair
from itbkg.links.pairs import Pair, tell_pair
from itbkg.links.related import relations
from itbkg.links.strata import depend
from itbkg.links.testing import Verdicts
from itbkg.links.words import Words, about
from itbkg.statistics import benjamini_hochberg
from itbkg.store import Store

#: A table of more pairs is refused: nobody reads it, and it would take long.
MOST_PAIRS = 10_000

if TYPE_CHECKING:
    import pandas as pd
    import polars as pl

Answer = TypeVar("Answer")

#: What stands beside every table, wherever it is shown.
READING = (
    "Counts of published case reports, which are a chosen few: no risk of patients. Each person counts once and "
    "retracted reports do not. Risks are of the cases that say; the bounds take in those that do not."
)


@dataclass(frozen=True, slots=True)
class LinkTable:
    """A table of links over a cohort: its rows and columns, and every pair of them in that order.

    `tested` pairs were tested and are adjusted for. Without rows or columns, or of an empty cohort, there is no pair.
    """

    cohort: Cohort
    rows: tuple[Category, ...]
    columns: tuple[Category, ...]
    tested: int
    pairs: tuple[Pair, ...]
    reading: str

    def document(self) -> dict[str, Any]:
        """Return the table as it is written in JSON."""
        return asdict(self)

    def to_pandas(self) -> "pd.DataFrame":
        """Return the pairs as a data frame, one row each; MissingExtraError where pandas is not installed."""
        return to_pandas(self.pairs)

    def to_polars(self) -> "pl.DataFrame":
        """Return the pairs as a data frame, one row each; MissingExtraError where Polars is not installed."""
        return to_polars(self.pairs)

    def pair(self, row: str, column: str) -> Pair:
        """Return the pair of a row and a column by their labels or keys; NotFoundError where there is none."""
        for pair in self.pairs:
            if row in (pair.row.label, pair.row.key) and column in (pair.column.label, pair.column.key):
                return pair
        known = [f"{pair.row.label} / {pair.column.label}" for pair in self.pairs]
        asked = f"{row} / {column}"
        raise NotFoundError("pair of the table", asked, get_close_matches(asked, known))


@dataclass(frozen=True, slots=True)
class Asked:
    """What is asked, resolved: the cohort and the lines of the table."""

    data: CaseData
    filters: Filters
    chosen: Chosen
    rows: tuple[Line, ...]
    columns: tuple[Line, ...]


def links(
    graph: Store | CaseData,
    rows: str | Iterable[str] = "cause",
    columns: str | Iterable[str] = "outcome",
    where: str = "",
    *,
    dependence: bool = False,
) -> LinkTable:
    """Count rows against columns, in the grammar of `itbkg.links.grammar`, over the cases of a filter.

    With `dependence`, each tested pair also tells what it looks like without each publication, by reading and by
    decade. Raises ParameterError for what cannot be read and NotFoundError, with what is like it, for a variable, word
    or unit that is not known; `parameter` of the error is rows, columns or where.
    """
    return count(ask(graph, rows, columns, where), dependence=dependence)


def ask(graph: Store | CaseData, rows: str | Iterable[str], columns: str | Iterable[str], where: str) -> Asked:
    """Resolve what is asked; raises what `links` raises."""
    data = graph if isinstance(graph, CaseData) else case_data(graph)
    words = Words(data)
    filters, lines = Filters(data, words), Lines(data, words)
    chosen = _about("where", lambda: choose(data, filters, where))
    across = _about("rows", lambda: lines.read(rows, chosen.bits))
    down = _about("columns", lambda: lines.read(columns, chosen.bits))
    if len(across) * len(down) > MOST_PAIRS:
        much = f"{len(across)} rows and {len(down)} columns make more than {MOST_PAIRS} pairs"
        raise about("rows", ParameterError(f"{much}; name a class below which they lie, such as cause:human error"))
    return Asked(data, filters, chosen, across, down)


def count(asked: Asked, *, dependence: bool = False) -> LinkTable:
    """Count what was asked."""
    pairs = tuple(_pairs(asked, dependence=dependence)) if asked.chosen.cohort.total else ()
    adjusted = benjamini_hochberg([pair.fisher for pair in pairs])
    return LinkTable(
        cohort=asked.chosen.cohort,
        rows=tuple(line.category for line in asked.rows),
        columns=tuple(line.category for line in asked.columns),
        tested=sum(pair.not_tested is None for pair in pairs),
        pairs=tuple(replace(pair, adjusted=p) for pair, p in zip(pairs, adjusted, strict=True)),
        reading=READING,
    )


def _pairs(asked: Asked, *, dependence: bool) -> Iterator[Pair]:
    data, verdicts, related = asked.data, Verdicts(asked.data), relations(asked.data)
    for row in asked.rows:
        for column in asked.columns:
            joined = Joined.of(row, column, asked.chosen.bits)
            reason = verdicts.reason(row, column, joined.counts)
            marks = mark_pair(data, related, joined, tested=reason is None)
            told = depend(data, joined) if dependence and reason is None else None
            yield tell_pair(data, joined, reason, marks, told)


def _about(parameter: str, do: Callable[[], Answer]) -> Answer:
    """Do something, and note of an error which parameter it is about."""
    try:
        return do()
    except (NotFoundError, ParameterError) as error:
        raise about(parameter, error) from error

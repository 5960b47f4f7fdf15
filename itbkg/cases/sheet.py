"""Tables for spreadsheets: CSV (RFC 4180) and TSV (IANA text/tab-separated-values), in which no cell is a formula."""

import csv
import io
import re
from collections.abc import Iterable, Iterator, Sequence

from itbkg.cases.account import Reference
from itbkg.cases.facets import Facets
from itbkg.cases.listing import CaseRow
from itbkg.cases.publications import PublicationRow

#: A cell: a number, a text, or nothing.
Cell = str | int | float | None

CASE_COLUMNS = (
    *("id", "year", "title", "sex", "age", "age_minimum_years", "age_maximum_years", "events", "causes", "outcomes"),
    *("read_as", "review", "citation", "status", "same_patient_as", "told_again_in", "iri"),
)
FACET_COLUMNS = ("term", "present", "absent", "not_reported", "of", "iri")
_REFERENCE = (
    *("id", "title", "authors", "year", "journal", "volume", "issue", "pages", "doi", "pmid", "pmcid", "address"),
    *("read_as", "review", "citation", "status"),
)
PUBLICATION_COLUMNS = (*_REFERENCE, "cases")

#: What a spreadsheet takes for the beginning of a formula (OWASP, CSV Injection), full-width signs included.
_FORMULA = re.compile(r"[=+\-@\t\r\n\x00＝＋－＠]")
#: What separates cells and lines of a TSV, where nothing can be quoted.
_SEPARATORS = re.compile(r"[\t\r\n]+")


def case_cells(rows: Iterable[CaseRow]) -> Iterator[tuple[Cell, ...]]:
    """Yield the cells of CASE_COLUMNS; several values stand in one cell with semicolons between them."""
    return (_cells(row, CASE_COLUMNS) for row in rows)


def facet_cells(facets: Facets) -> Iterator[tuple[Cell, ...]]:
    """Yield the cells of FACET_COLUMNS; `of` is the number of cases that were counted."""
    for one in facets.counts:
        yield one.label, one.present, one.absent, one.not_reported, facets.total, one.iri


def publication_cells(rows: Iterable[PublicationRow]) -> Iterator[tuple[Cell, ...]]:
    """Yield the cells of PUBLICATION_COLUMNS."""
    for row in rows:
        yield (*_cells(row.reference, _REFERENCE), *_cells(row, ("cases",)))


def to_csv(columns: Sequence[str], rows: Iterable[Sequence[Cell]]) -> str:
    """Write a table with a head: lines end with CR LF; a text that looks like a formula gets a `'` before it."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(columns)
    writer.writerows([safe_cell(cell) for cell in row] for row in rows)
    return out.getvalue()


def to_tsv(columns: Sequence[str], rows: Iterable[Sequence[Cell]]) -> str:
    """Write a table with a head; a tab or line end within a text becomes a blank."""
    lines = [[_SEPARATORS.sub(" ", str(safe_cell(cell))) for cell in row] for row in (columns, *rows)]
    return "".join("\t".join(line) + "\n" for line in lines)


def safe_cell(cell: Cell) -> Cell:
    """Keep a spreadsheet from running a text as a formula; numbers stay numbers, and nothing is an empty text."""
    if isinstance(cell, str) and _FORMULA.match(cell):
        return f"'{cell}"
    if isinstance(cell, float) and cell.is_integer():
        return int(cell)
    return "" if cell is None else cell


def _cells(told: CaseRow | Reference | PublicationRow, columns: Iterable[str]) -> tuple[Cell, ...]:
    values = (getattr(told, column) for column in columns)
    return tuple("; ".join(value) if isinstance(value, tuple) else value for value in values)

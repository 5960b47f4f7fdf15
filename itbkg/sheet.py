"""Tables for spreadsheets: CSV (RFC 4180) and TSV (IANA text/tab-separated-values) in which no cell is a formula.

Every table of this project that a person may open in a spreadsheet is written here. What the SPARQL endpoint answers is
not: that is exact, as its standard asks.
"""

import csv
import io
import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain
from typing import BinaryIO

#: A cell: a number, a text, or nothing.
Cell = str | int | float | None

#: What a spreadsheet takes for the beginning of a formula (OWASP, CSV Injection), full-width signs included.
_FORMULA = re.compile(r"[=+\-@\t\r\n\x00＝＋－＠]")
#: What separates cells and lines of a TSV, where nothing can be quoted.
_SEPARATORS = re.compile(r"[\t\r\n]+")


def to_csv(columns: Sequence[str], rows: Iterable[Sequence[Cell]]) -> str:
    """Write a table with a head: lines end with CR LF; a text that looks like a formula gets a `'` before it."""
    return "".join(_csv_lines(columns, rows))


def to_tsv(columns: Sequence[str], rows: Iterable[Sequence[Cell]]) -> str:
    """Write a table with a head; a tab or line end within a text becomes a blank."""
    return "".join(_tsv_lines(columns, rows))


def write_csv(file: BinaryIO, columns: Sequence[str], rows: Iterable[Sequence[Cell]]) -> None:
    """Stream a table as `to_csv` writes it."""
    file.writelines(line.encode("utf-8") for line in _csv_lines(columns, rows))


def add_to_csv(file: BinaryIO, rows: Iterable[Sequence[Cell]]) -> None:
    """Stream further rows of a table whose head was written."""
    file.writelines(line.encode("utf-8") for line in _lines(rows))


def write_tsv(file: BinaryIO, columns: Sequence[str], rows: Iterable[Sequence[Cell]]) -> None:
    """Stream a table as `to_tsv` writes it."""
    file.writelines(line.encode("utf-8") for line in _tsv_lines(columns, rows))


def safe_cell(cell: Cell) -> Cell:
    """Keep a spreadsheet from running a text as a formula; numbers stay numbers, and nothing is an empty text."""
    if isinstance(cell, str) and _FORMULA.match(cell):
        return f"'{cell}"
    if isinstance(cell, float) and cell.is_integer():
        return int(cell)
    return "" if cell is None else cell


def _csv_lines(columns: Sequence[str], rows: Iterable[Sequence[Cell]]) -> Iterator[str]:
    return _lines(chain([columns], rows))


def _lines(rows: Iterable[Sequence[Cell]]) -> Iterator[str]:
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    for row in rows:
        writer.writerow([safe_cell(cell) for cell in row])
        yield out.getvalue()
        out.seek(0)
        out.truncate()


def _tsv_lines(columns: Sequence[str], rows: Iterable[Sequence[Cell]]) -> Iterator[str]:
    for row in chain([columns], rows):
        yield "\t".join(_SEPARATORS.sub(" ", str(safe_cell(cell))) for cell in row) + "\n"

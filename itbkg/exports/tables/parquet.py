"""The tables as a folder of Parquet files: typed columns, texts dictionary encoded, row group by row group.

pyarrow writes them: of the libraries that do, it alone appends row groups to an open file, keeps a description in each
column, and gives the same bytes each time. fastparquet needs pandas, and polars and DuckDB want the whole table first.
"""

from contextlib import ExitStack
from pathlib import Path
from typing import Any

from itbkg.errors import MissingExtraError
from itbkg.exports.format import Losses
from itbkg.exports.selection import Selection
from itbkg.exports.tables.csvs import write_dictionary
from itbkg.exports.tables.lexicon import Lexicon
from itbkg.exports.tables.reading import Tables
from itbkg.exports.tables.table import Cell, Column, Table

#: So many cells of a table are held before they are written as a row group, but of a wide table so many rows: the
#: file's own directory, held until the end, has an entry for each column of each row group.
CELLS, ROWS = 200_000, 5_000


def write_parquet(selection: Selection, folder: Path) -> Losses:
    """Fill a folder with a Parquet file for each table, and the data dictionary.

    Raises MissingExtraError where pyarrow is not installed.
    """
    selection.require_cases("parquet")
    tables = Tables(selection)
    with ExitStack() as opened:
        writers = {
            table.name: opened.enter_context(_Writer(table, tables.words, folder / f"{table.name}.parquet"))
            for table in tables.tables
        }
        for table, cells in tables.rows():
            writers[table.name].add(cells)
    write_dictionary(tables, folder)
    return tables.losses()


class _Writer:
    """One Parquet file, held open; `add` takes a row."""

    def __init__(self, table: Table, words: Lexicon, path: Path) -> None:
        arrow, parquet = load_pyarrow()
        self._arrow = arrow
        self._schema = _schema(arrow, table, words)
        self._file = parquet.ParquetWriter(path, self._schema, compression="zstd", use_dictionary=_texts(table))
        self._most = max(ROWS, CELLS // len(table.columns))
        self._rows: list[tuple[Cell, ...]] = []

    def __enter__(self) -> "_Writer":
        return self

    def __exit__(self, *error: object) -> None:
        if error[0] is None:
            self._write()
        self._file.close()

    def add(self, cells: tuple[Cell, ...]) -> None:
        self._rows.append(cells)
        if len(self._rows) >= self._most:
            self._write()

    def _write(self) -> None:
        columns = zip(*self._rows, strict=True) if self._rows else [()] * len(self._schema)
        arrays = [self._arrow.array(cells, kind) for cells, kind in zip(columns, self._schema.types, strict=True)]
        self._file.write_table(self._arrow.Table.from_arrays(arrays, schema=self._schema))
        self._rows = []


def _texts(table: Table) -> list[str]:
    return [column.name for column in table.columns if column.type == "string"]


def _schema(arrow: Any, table: Table, words: Lexicon) -> Any:
    fields = [_field(arrow, column, words) for column in table.columns]
    return arrow.schema(fields, metadata={"title": table.title, "description": table.about})


def _field(arrow: Any, column: Column, words: Lexicon) -> Any:
    kinds = {"string": arrow.string(), "integer": arrow.int64(), "number": arrow.float64(), "boolean": arrow.bool_()}
    about = {"description": column.about, "unit": column.unit, "allowed": "; ".join(column.allowed(words))}
    told = {key: value for key, value in about.items() if value}
    return arrow.field(column.name, kinds[column.type], nullable=not column.required, metadata=told)


def load_pyarrow() -> tuple[Any, Any]:
    """Return pyarrow and its module for Parquet; MissingExtraError where it is not installed."""
    try:
        import pyarrow  # noqa: PLC0415
        import pyarrow.parquet  # noqa: PLC0415
    except ImportError as error:
        raise MissingExtraError("pyarrow", "parquet", "Parquet") from error
    return pyarrow, pyarrow.parquet

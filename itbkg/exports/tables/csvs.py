"""The tables as a folder of CSV files with their data dictionary."""

from collections.abc import Sequence
from contextlib import ExitStack
from pathlib import Path

from itbkg import sheet
from itbkg.exports.format import Losses
from itbkg.exports.selection import Selection
from itbkg.exports.tables.dictionary import COLUMNS, dictionary_page, dictionary_rows, package_bytes
from itbkg.exports.tables.reading import Tables
from itbkg.exports.tables.table import Cell


def write_csv(selection: Selection, folder: Path) -> Losses:
    """Fill a folder with a CSV file for each table, `datapackage.json`, `dictionary.csv` and `dictionary.md`.

    A truth value is written `true` or `false`, and what is not reported as an empty cell.
    """
    selection.require_cases("csv")
    tables = Tables(selection)
    with ExitStack() as opened:
        files = {one.name: opened.enter_context((folder / f"{one.name}.csv").open("wb")) for one in tables.tables}
        for table in tables.tables:
            sheet.write_csv(files[table.name], table.names, ())
        for table, cells in tables.rows():
            sheet.add_to_csv(files[table.name], [_plain(cells)])
    write_dictionary(tables, folder)
    return tables.losses()


def write_dictionary(tables: Tables, folder: Path) -> None:
    """Write the data dictionary in three forms: for machines, for spreadsheets, for readers."""
    (folder / "datapackage.json").write_bytes(package_bytes(tables.tables, tables.words))
    (folder / "dictionary.md").write_bytes(dictionary_page(tables.tables, tables.words))
    with (folder / "dictionary.csv").open("wb") as file:
        sheet.write_csv(file, COLUMNS, map(_plain, dictionary_rows(tables.tables, tables.words)))


def _plain(cells: Sequence[Cell]) -> list[sheet.Cell]:
    """Write truth values as Table Schema has them."""
    return [str(cell).lower() if isinstance(cell, bool) else cell for cell in cells]

"""The graph as tables: CSV with a data dictionary, and Parquet."""

from pathlib import Path

from itbkg.exports.format import FileFormat, FolderFormat, Losses
from itbkg.exports.selection import Selection


def _csv(selection: Selection, folder: Path) -> Losses:
    from itbkg.exports.tables.csvs import write_csv  # noqa: PLC0415

    return write_csv(selection, folder)


def _parquet(selection: Selection, folder: Path) -> Losses:
    from itbkg.exports.tables.parquet import write_parquet  # noqa: PLC0415

    return write_parquet(selection, folder)


FORMATS: tuple[FileFormat | FolderFormat, ...] = (
    FolderFormat("csv", "Tables: CSV files with a data dictionary (Frictionless Data Package)", "", _csv),
    FolderFormat("parquet", "Tables: Parquet files with a data dictionary", "", _parquet),
)

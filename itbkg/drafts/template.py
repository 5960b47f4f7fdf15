"""The empty case table, its dictionary, and a filled-in example of a fictional case."""

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from itbkg import sheet
from itbkg.curation import read_publication
from itbkg.drafts.columns import COLUMNS, COURSE, KEYED, LISTS
from itbkg.drafts.sheetrows import sheet_rows
from itbkg.errors import ExportError
from itbkg.vocabulary import Vocabulary

#: A fictional record that shows every kind of line.
EXAMPLE = Path(__file__).with_name("doe-1901.yaml")
_KINDS = {
    **dict.fromkeys(KEYED, "its word is a key of the record's part of that name, its value what the key holds"),
    **dict.fromkeys(COURSE, "a line of the course, in the order of the story"),
    **dict.fromkeys(LISTS, "a line of its own list"),
}


def write_template(folder: Path, vocabulary: Vocabulary) -> tuple[Path, ...]:
    """Write `case-table.csv` (the head alone), `dictionary.csv` and `example.csv`; none over a file that is there.

    Raises ExportError where one of them is there, or cannot be written.
    """
    names = [column.name for column in COLUMNS]
    record = read_publication(EXAMPLE, vocabulary)
    tables: dict[str, tuple[Sequence[str], Iterable[Sequence[sheet.Cell]]]] = {
        "case-table.csv": (names, ()),
        "dictionary.csv": (("column", "what to write", "form"), _dictionary()),
        "example.csv": (names, sheet_rows(EXAMPLE.stem, record)),
    }
    return tuple(_write(folder / name, head, rows) for name, (head, rows) in tables.items())


def _dictionary() -> Iterator[tuple[str, str, str]]:
    yield from ((column.name, column.about, column.form) for column in COLUMNS)
    yield from ((f"line: {kind}", about, "") for kind, about in _KINDS.items())


def _write(path: Path, head: Sequence[str], rows: Iterable[Sequence[sheet.Cell]]) -> Path:
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("xb") as file:
            sheet.write_csv(file, head, rows)
    except OSError as error:
        raise ExportError(path, error.strerror or str(error)) from error
    return path

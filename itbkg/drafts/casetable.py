"""From a filled-in case table (CSV) to draft records; `sheetrows` goes the other way."""

import csv
import io
import re
from collections.abc import Iterator
from pathlib import Path

from itbkg.drafts.columns import (
    COLUMNS,
    COURSE,
    KEYED,
    KINDS,
    LISTED,
    LISTS,
    NUMBERS,
    PAIRS,
    REPEATED,
    SEVERAL,
    VALUES,
)
from itbkg.drafts.draft import Draft, Part, Unplaced
from itbkg.errors import Problem, RecordError, did_you_mean
from itbkg.naming import slug

#: A file larger than this is no table of cases.
MOST_BYTES = 20_000_000
NAMES = tuple(column.name for column in COLUMNS)
#: What stands before a text that a spreadsheet would take for a formula.
_GUARDED = re.compile(r"'(?=[=+\-@\t\r\n\x00＝＋－＠])")
#: The keys of a row that every line of a record may have.
_COMMON = ("at", "hospital_day", "where", "detail", "printed", "discrepancy", "id")
_OWN = {
    "finding": ("severity",),
    "absent": (),
    "measurement": ("value", "normal", "may_be"),
    "treatment": ("value", "every", "route", "approach", "response", "effect"),
    "investigation": ("shows", "excludes"),
    "considered": ("became",),
    "delay": ("value",),
    "cause": ("leads_to", "certainty", "basis"),
    "outcome": (),
}
_CAUSE = ("where", "detail", "printed", "discrepancy")

Cells = dict[str, str]


def read_case_table(path: Path, refused: list[Problem]) -> Iterator[Draft]:
    """Make a draft of each report in a table; rows that cannot be read are added to `refused`.

    Raises RecordError where the file is no such table.
    """
    makers: dict[str, _Maker] = {}
    file = case = ""
    for number, cells in _rows(path):
        file, case = cells.pop("file", "") or file, cells.pop("case", "") or case
        problem = _row_problem(file, cells)
        if problem:
            refused.append(Problem(str(path), number, *problem))
            continue
        maker = makers.setdefault(file, _Maker(path))
        maker.add(number, case or "1", cells)
    for name, maker in makers.items():
        yield maker.draft(name)


def _row_problem(file: str, cells: Cells) -> tuple[str, str, str] | None:
    """Say in which column a row cannot be read, why, and how to mend it."""
    if slug(file) != file or not file:
        return "file", f"'{file}' is no name for a record.", f"Write it like '{slug(file) or 'author-2004'}'."
    kind = cells.get("line", "")
    if kind not in KINDS:
        return "line", f"'{kind}' is no kind of line.", f"Write one of {', '.join(KINDS)}."
    if "word" not in cells:
        return "word", "the row says no word.", "Write what it states."
    return None


class _Maker:
    """Puts the rows of one report together."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._report: Part = {}
        self._cases: dict[str, Part] = {}
        self._unplaced: list[Unplaced] = []
        self._places: dict[str, int] = {}

    def add(self, number: int, case: str, cells: Cells) -> None:
        kind = cells.pop("line")
        if kind == "report":
            self._key(self._report, number, cells, "report")
            return
        part = self._cases.setdefault(case, {"id": case})
        name = f"cases[{[*self._cases].index(case) + 1}]"
        if kind == "case":
            self._key(part, number, cells, name)
        elif kind in KEYED:
            self._key(part.setdefault(kind, {}), number, cells, f"{name}.{kind}")
        else:
            self._line(part, number, kind, cells, name)

    def _key(self, part: Part, number: int, cells: Cells, place: str) -> None:
        """Put a key and its value into a part of the record."""
        key, text = cells.pop("word"), cells.pop("value", "")
        self._places[f"{place}.{key}"] = number
        if key in REPEATED:
            part.setdefault(key, []).append(text)
        elif key in LISTED:
            part.setdefault(key, []).extend(_several(text))
        else:
            part[key] = _value(key, text)
        self._leave(number, cells, f"a row of this kind holds a key and its value; '{key}' has no other")

    def _line(self, case: Part, number: int, kind: str, cells: Cells, name: str) -> None:
        """Put a line into the course, the causes or the outcomes."""
        word = cells.pop("word")
        line: Part = {kind: _several(word) if kind == "considered" and ";" in word else word}
        for key in (*_OWN[kind], *(_CAUSE if kind == "cause" else _COMMON)):
            if key in cells:
                field = VALUES[kind] if key == "value" else key
                line[field] = _value(key, cells.pop(key))
        several = "course" if kind in COURSE else LISTS[kind]
        lines = case.setdefault(several, [])
        lines.append(line)
        self._places[f"{name}.{several}[{len(lines)}]"] = number
        self._leave(number, cells, f"a line of kind '{kind}' has no such key")

    def _leave(self, number: int, cells: Cells, why: str) -> None:
        path = f"{self._path}:{number}"
        self._unplaced.extend(Unplaced(path, column, text, why) for column, text in cells.items())

    def draft(self, name: str) -> Draft:
        """Return the record: entered, whatever the sheet says of it."""
        report = {"review": "entered"} | self._report | {"review": "entered"}
        if self._report.get("review", "entered") != "entered":
            why = "a draft is entered and not checked"
            self._unplaced.append(Unplaced(str(self._path), "review", str(self._report["review"]), why))
        cases = [_ordered(case) for case in self._cases.values()]
        record = {"format": 1, "report": report, "cases": cases}
        return Draft(name, self._path, record, tuple(self._unplaced), self._places)


def _ordered(case: Part) -> Part:
    """Let the lists stand after all else, as records have them."""
    last = ("course", "causes", "outcomes")
    return {
        key: case[key] for key in (*(key for key in case if key not in last), *(key for key in last if key in case))
    }


def _value(key: str, text: str) -> object:
    if key in NUMBERS and text.isdecimal():
        return int(text)
    if key in SEVERAL:
        return _several(text)
    return dict(_pairs(text)) if key in PAIRS else text


def _several(text: str) -> list[str]:
    return [part for one in text.split(";") if (part := one.strip())]


def _pairs(text: str) -> Iterator[tuple[str, str]]:
    for one in _several(text):
        word, _, other = one.partition(":")
        yield word.strip(), other.strip()


def _rows(path: Path) -> Iterator[tuple[int, Cells]]:
    """Yield the rows that say anything, with the line on which each ends, and of each the cells that are not empty."""
    text = _decode(path)
    head = text.split("\n", 1)[0]
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=_delimiter(head), strict=True)
    try:
        names = [name.strip() for name in next(reader, [])]
        _check_head(path, names)
        for cells in reader:
            if len(cells) > len(names) and any(cells[len(names) :]):
                raise _refusal(path, reader.line_num, "more cells than the head has columns.", "Quote the cells.")
            found = {name: told for name, cell in zip(names, cells, strict=False) if (told := _unguarded(cell))}
            if found:
                yield reader.line_num, found
    except csv.Error as error:
        raise _refusal(path, reader.line_num, f"not CSV: {error}.", "Save the sheet as CSV anew.") from error


def _check_head(path: Path, names: list[str]) -> None:
    from difflib import get_close_matches  # noqa: PLC0415

    for name in names:
        if name and name not in NAMES:
            nearest = did_you_mean(get_close_matches(name, NAMES, n=1))
            mend = "Take the head of the template."
            raise _refusal(path, 1, f"'{name}' is no column of a case table{nearest or '.'}", mend)
    for name in ("file", "line", "word"):
        if name not in names:
            raise _refusal(path, 1, f"the column '{name}' is missing.", "Take the head of the template.")
    if len(set(names)) != len(names):
        raise _refusal(path, 1, "a column stands twice in the head.", "Keep one of them.")


def _delimiter(head: str) -> str:
    """Tell what parts the cells: spreadsheets of some countries write semicolons, some write tabs."""
    return max(",;\t", key=head.count)


def _unguarded(cell: str) -> str:
    return _GUARDED.sub("", cell, count=1).strip() if _GUARDED.match(cell) else cell.strip()


def _decode(path: Path) -> str:
    try:
        if path.stat().st_size > MOST_BYTES:
            raise _refusal(path, 1, f"larger than {MOST_BYTES} bytes.", "Split the file.")
        return path.read_bytes().decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = error.object[: error.start].count(b"\n") + 1
        raise _refusal(path, line, "not UTF-8.", "Save the sheet as 'CSV UTF-8'.") from error
    except OSError as error:
        raise _refusal(path, 1, f"cannot be read: {error.strerror}.", "Name a file that can be read.") from error


def _refusal(path: Path, line: int, message: str, mend: str) -> RecordError:
    return RecordError([Problem(str(path), line, "", message, mend)])

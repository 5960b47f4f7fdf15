"""From a record to the rows of a case table: what `casetable` reads back."""

from collections.abc import Iterator
from typing import Any

from itbkg.drafts.columns import COLUMNS, COURSE, LISTED, LISTS, PAIRS, REPEATED, SEVERAL, VALUES
from itbkg.records import Publication
from itbkg.sheet import Cell

_COLUMN = dict.fromkeys(VALUES.values(), "value")
_NAMES = tuple(column.name for column in COLUMNS)


def sheet_rows(name: str, record: Publication) -> Iterator[tuple[Cell, ...]]:
    """Yield the cells of COLUMNS for a record named `name`, a row for each key and line."""
    plain = record.model_dump(mode="json", exclude_none=True)
    for cells in _keyed("report", plain["report"]):
        yield _row({"file": name} | cells)
    for case in plain["cases"]:
        for cells in _case(case):
            yield _row({"file": name, "case": case["id"]} | cells)


def _row(cells: dict[str, Any]) -> tuple[Cell, ...]:
    return tuple(cells.get(column) for column in _NAMES)


def _case(case: dict[str, Any]) -> Iterator[dict[str, Any]]:
    lists = ("course", *LISTS.values())
    parts = ("patient", "therapy")
    yield from _keyed("case", {key: value for key, value in case.items() if key not in (*lists, *parts, "id")})
    for part in parts:
        yield from _keyed(part, case.get(part, {}))
    for line in case["course"]:
        yield _line(next(kind for kind in COURSE if kind in line), line)
    for kind, several in LISTS.items():
        yield from (_line(kind, line) for line in case[several])


def _keyed(line: str, part: dict[str, Any]) -> Iterator[dict[str, Any]]:
    for key, value in part.items():
        values = value if key in REPEATED else [_text(key, value)]
        yield from ({"line": line, "word": key, "value": one} for one in values if one not in ("", [], {}))


def _line(kind: str, line: dict[str, Any]) -> dict[str, Any]:
    cells = {_COLUMN.get(key, key): _text(key, value) for key, value in line.items() if key != kind}
    word = line[kind]
    return {"line": kind, "word": "; ".join(word) if isinstance(word, list) else word} | cells


def _text(key: str, value: Any) -> Cell:
    if key in LISTED | SEVERAL:
        return "; ".join(value)
    return "; ".join(f"{word}: {other}" for word, other in value.items()) if key in PAIRS else value

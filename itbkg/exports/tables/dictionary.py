"""The data dictionary: what each column holds, as a Frictionless Data Package, as a table and as a page.

The Data Package follows https://specs.frictionlessdata.io (Data Resource and Table Schema, version 1): types, allowed
values, keys and joins, and beside them `unit` (a UCUM code) and `missing`.
"""

import json
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from itbkg.exports.tables.lexicon import Lexicon
from itbkg.exports.tables.table import Cell, Column, Table

MISSING = "not reported, or not applicable"
NEVER = "never missing"
#: The columns of the dictionary as a table.
COLUMNS = ("table", "column", "position", "type", "unit", "description", "allowed_values", "missing", "key", "joins")
_HEAD = """# Data dictionary

Tables of published cases of intrathecal baclofen therapy going wrong. For research and teaching, not for treatment
decisions.

* An empty cell says that the report does not tell, or that the column does not apply; it never says no.
* Times are hours from clock zero of the case. Units stand beside values as UCUM codes, or below under "unit".
* Numbers stand as numbers; how the record and the report write them stands beside (`value_text`, `printed_text`).
* In CSV a text that a spreadsheet would take for a formula has a `'` before it; Parquet holds it as it is.
"""


def package(tables: Sequence[Table], words: Lexicon) -> dict[str, Any]:
    """Describe the CSV files of the tables as a Data Package."""
    return {
        "profile": "tabular-data-package",
        "name": "itbkg-tables",
        "title": "Published cases of intrathecal baclofen therapy going wrong, as tables",
        "description": "For research and teaching, not for treatment decisions.",
        "licenses": [{"name": "CC-BY-4.0", "path": "https://creativecommons.org/licenses/by/4.0/"}],
        "resources": [resource(table, words, {one.name for one in tables}) for table in tables],
    }


def resource(table: Table, words: Lexicon, known: set[str]) -> dict[str, Any]:
    """Describe the CSV file of a table; `known` are the tables that go out with it."""
    return {
        "profile": "tabular-data-resource",
        "name": table.name,
        "title": table.title,
        "description": table.about,
        "path": f"{table.name}.csv",
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "dialect": {"delimiter": ",", "lineTerminator": "\r\n", "quoteChar": '"', "doubleQuote": True},
        "schema": schema(table, words, known),
    }


def schema(table: Table, words: Lexicon, known: set[str]) -> dict[str, Any]:
    """Describe the columns, keys and joins of a table as a Table Schema."""
    joins = [
        {"fields": [name], "reference": {"resource": other, "fields": [theirs]}}
        for name, (other, theirs) in table.joins.items()
        if other in known
    ]
    found: dict[str, Any] = {"fields": [_field(column, words) for column in table.columns]}
    found |= {"primaryKey": list(table.key), "missingValues": [""]}
    return found | ({"foreignKeys": joins} if joins else {})


def _field(column: Column, words: Lexicon) -> dict[str, Any]:
    found: dict[str, Any] = {"name": column.name, "type": column.type, "description": column.about}
    if column.unit:
        found["unit"] = column.unit
    found["missing"] = NEVER if column.required else MISSING
    constraints: dict[str, Any] = {"required": True} if column.required else {}
    if allowed := column.allowed(words):
        constraints["enum"] = list(allowed)
    return found | ({"constraints": constraints} if constraints else {})


def package_bytes(tables: Sequence[Table], words: Lexicon) -> bytes:
    """Write the Data Package."""
    return (json.dumps(package(tables, words), indent=2, ensure_ascii=False) + "\n").encode()


def dictionary_rows(tables: Iterable[Table], words: Lexicon) -> Iterator[tuple[Cell, ...]]:
    """Yield the cells of COLUMNS: a row for each column of each table."""
    for table in tables:
        for position, column in enumerate(table.columns, 1):
            join = table.joins.get(column.name)
            yield (
                *(table.name, column.name, position, column.type, column.unit, column.about),
                "; ".join(column.allowed(words)),
                NEVER if column.required else MISSING,
                column.name in table.key,
                ".".join(join) if join else "",
            )


def dictionary_page(tables: Iterable[Table], words: Lexicon) -> bytes:
    """Write the dictionary as a Markdown page."""
    return (_HEAD + "".join(_chapter(table, words) for table in tables)).encode()


def _chapter(table: Table, words: Lexicon) -> str:
    lines = [f"\n## {table.name}\n", f"{table.title}. {table.about}\n"]
    lines += [f"Key: {', '.join(f'`{name}`' for name in table.key)}.\n", _COLUMN_HEAD]
    return "\n".join([*lines, *(_line(table, column, words) for column in table.columns)]) + "\n"


_COLUMN_HEAD = (
    "| column | type | what it holds | allowed values | unit | missing |\n| --- | --- | --- | --- | --- | --- |"
)


def _line(table: Table, column: Column, words: Lexicon) -> str:
    join = table.joins.get(column.name)
    about = column.about + (f" Joins `{'.'.join(join)}`." if join else "")
    cells = (
        *(f"`{column.name}`", column.type, about, "; ".join(column.allowed(words)), column.unit),
        NEVER if column.required else MISSING,
    )
    return f"| {' | '.join(cell.replace('|', chr(92) + '|') for cell in cells)} |"

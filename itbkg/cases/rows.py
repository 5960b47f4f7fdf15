"""Rows of an answer by the names of their columns, and the numbers in them."""

from collections import defaultdict

from itbkg.store import Store


def named_rows(store: Store, query: str, **iris: str) -> list[dict[str, str]]:
    """Answer a SELECT with one mapping a row; a text is empty where nothing is bound."""
    table = store.select(query, **iris)
    return [dict(zip(table.columns, row, strict=True)) for row in table.texts()]


def gathered(store: Store, query: str, **iris: str) -> dict[str, tuple[str, ...]]:
    """Answer a SELECT of two columns: the values of the second by the first, in the order of the answer."""
    values: defaultdict[str, list[str]] = defaultdict(list)
    for row in named_rows(store, query, **iris):
        key, value = row.values()
        values[key].append(value)
    return {key: tuple(dict.fromkeys(several)) for key, several in values.items()}


def number(text: str) -> float | None:
    """Read a number; None where there is none."""
    return float(text) if text else None


def whole(text: str) -> int | None:
    """Read a whole number; None where there is none."""
    return int(text) if text else None

"""JSON written as it comes: a long array is never held whole (RFC 8259; ASCII alone, and no number is infinite)."""

import json
from collections.abc import Iterable, Iterator
from typing import Any, BinaryIO

_ENCODER = json.JSONEncoder(separators=(",", ":"), allow_nan=False)


def to_json_text(value: Any) -> str:
    """Write a value on one line."""
    return _ENCODER.encode(value)


def write_array(out: BinaryIO, items: Iterable[Any]) -> int:
    """Write an array, an item on a line, and return how many items it has."""
    out.write(b"[")
    count = 0
    for count, text in enumerate(map(to_json_text, items), 1):
        out.write(f"{',' if count > 1 else ''}\n{text}".encode("ascii"))
    out.write(b"\n]")
    return count


def write_lines(out: BinaryIO, items: Iterable[Any]) -> None:
    """Write items as JSON Lines (https://jsonlines.org)."""
    out.writelines(_lines(items))


def _lines(items: Iterable[Any]) -> Iterator[bytes]:
    return (f"{to_json_text(item)}\n".encode("ascii") for item in items)

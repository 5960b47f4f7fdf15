"""The index as one file: a line with format and digest, a line that lists what follows, and the sets one after another.

The same index is the same bytes. A set stands in Roaring's portable format, which other languages read too.
"""

import hashlib
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from itbkg.index.bits import Bits
from itbkg.index.caseindex import CaseIndex
from itbkg.index.column import Column

#: The version of the file's layout, with which its first line begins.
FORMAT = b"itbkg-index-1"


@dataclass(frozen=True, slots=True)
class IndexFile:
    """An index that was written, and the digest of the query that made it; empty where none did."""

    index: CaseIndex
    query: str


def write_index(index: CaseIndex, query: str = "") -> bytes:
    """Write an index; `query` is the digest of the query that made it."""
    sets: list[bytes] = []
    columns = [
        {
            "name": column.name,
            "can_be_absent": column.can_be_absent,
            "present": list(_write_sets(column.presents, sets)),
            "absent": list(_write_sets(column.absents, sets)),
        }
        for column in index.columns.values()
    ]
    listed = json.dumps({"query": query, "cases": list(index.cases), "columns": columns}, separators=(",", ":"))
    body = b"\n".join((listed.encode("utf-8"), b"".join(sets)))
    return b"%s %s\n%s" % (FORMAT, hashlib.sha256(body).hexdigest().encode(), body)


def _write_sets(given: Mapping[str, Bits], sets: list[bytes]) -> Iterator[tuple[str, int]]:
    for term, bits in sorted(given.items()):
        sets.append(bits.to_bytes())
        yield term, len(sets[-1])


def parse_index(written: bytes) -> IndexFile:
    """Read what `write_index` wrote; ValueError, saying what is wrong, for anything else."""
    head, _, body = written.partition(b"\n")
    version, _, digest = head.partition(b" ")
    if version != FORMAT:
        raise ValueError(f"it begins with {head[:20]!r} and not with '{FORMAT.decode()}'")
    if hashlib.sha256(body).hexdigest().encode() != digest:
        raise ValueError("its content is not what its first line says: it was cut or changed")
    listed, _, sets = body.partition(b"\n")
    try:
        return _parse(json.loads(listed), sets)
    except (KeyError, TypeError) as error:
        raise ValueError(f"it lists its content in another way ({error!r})") from error


def _parse(listed: Mapping[str, Any], sets: bytes) -> IndexFile:
    reader = _Reader(sets, len(listed["cases"]))
    columns = {given["name"]: reader.column(given) for given in listed["columns"]}
    return IndexFile(CaseIndex(tuple(listed["cases"]), columns), listed["query"])


class _Reader:
    """Takes sets of so many cases from the bytes, in their order."""

    def __init__(self, sets: bytes, size: int) -> None:
        self._sets = memoryview(sets)
        self._size = size

    def column(self, given: Mapping[str, Any]) -> Column:
        """Take a column's."""
        present, absent = self._take(given["present"]), self._take(given["absent"])
        return Column(given["name"], self._size, given["can_be_absent"], present, absent)

    def _take(self, listed: list[tuple[str, int]]) -> dict[str, Bits]:
        taken: dict[str, Bits] = {}
        for term, length in listed:
            taken[term] = Bits.from_bytes(bytes(self._sets[:length]), self._size)
            self._sets = self._sets[length:]
        return taken

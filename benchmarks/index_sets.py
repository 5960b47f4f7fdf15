"""The sets of the index as they could have been kept too: as plain bits in numpy, and as whole numbers of Python."""

from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np

from benchmarks.index_rivals import Counts, fill
from itbkg.index import Bits, CaseIndex


class PackedSets:
    """A row of bits for each class, 64 in a word."""

    name = "plain bits in numpy"

    def __init__(self, index: CaseIndex, event: str, rows: Sequence[str], columns: Sequence[str]) -> None:
        self._event = self._convert(index.column("event").present(event))
        self._across = self._states(index, "cause", rows)
        self._down = self._states(index, "outcome", columns)
        kept = [sets for column in index.columns.values() for sets in (column.presents, column.absents)]
        self.nbytes = sum(map(len, kept)) * len(index.cases) // 8

    def count(self) -> Counts:
        """Count as the index does."""
        return fill(self._cells(), len(self._across[0]), len(self._down[0]))

    def _states(self, index: CaseIndex, name: str, terms: Sequence[str]) -> list[list[Any]]:
        column = index.column(name)
        return [[self._convert(sets(term)) for term in terms] for sets in (column.present, column.absent)]

    def _cells(self) -> Iterator[tuple[int, int, int, int, int]]:
        across, down = ([[one & self._event for one in sets] for sets in both] for both in (self._across, self._down))
        for state, sets in enumerate(across):
            yield from ((state, -1, row, -1, self._size(one)) for row, one in enumerate(sets))
            for other, others in enumerate(down):
                for row, one in enumerate(sets):
                    for column, two in enumerate(others):
                        yield state, other, row, column, self._size(one & two)
        for other, others in enumerate(down):
            yield from ((-1, other, -1, column, self._size(one)) for column, one in enumerate(others))
        yield -1, -1, -1, -1, self._size(self._event)

    def _convert(self, bits: Bits) -> Any:
        flags = np.zeros(-(-bits.size // 64) * 64, bool)
        flags[np.fromiter(bits, np.int64, len(bits))] = True
        return np.packbits(flags, bitorder="little").view(np.uint64)

    def _size(self, kept: Any) -> int:
        return int(np.bitwise_count(kept).sum(dtype=np.uint32))


class IntegerSets(PackedSets):
    """A whole number of Python for each class."""

    name = "whole numbers of Python"

    def _convert(self, bits: Bits) -> Any:
        return int.from_bytes(super()._convert(bits).tobytes(), "little")

    def _size(self, kept: Any) -> int:
        return int(kept.bit_count())

"""Sort more than fits into memory: runs of lines are sorted and put aside, then merged (Knuth, TAOCP 3, 5.4)."""

import heapq
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import ExitStack
from itertools import groupby
from typing import BinaryIO, Self

#: So many lines are held at once: of a dataset like ours some 25 MB.
MOST = 100_000
#: So many files of one level are open at once; above that they are merged on the way.
WIDEST = 256


def sorted_lines(lines: Iterable[bytes], most: int | None = None, widest: int = WIDEST) -> Iterator[bytes]:
    """Yield lines, each with its end, sorted by their bytes and each once, as a Sorter does."""
    with Sorter(most, widest) as sorter:
        for line in lines:
            sorter.add(line)
        yield from sorter.sorted()


class Sorter:
    """Takes lines, each with its end, and gives them back sorted by their bytes and each once; a context manager.

    At most `most` lines, or MOST, are held at a time. The rest stands in unnamed files, which go with the process; as
    many as `widest` of them are merged into one.
    """

    def __init__(self, most: int | None = None, widest: int = WIDEST) -> None:
        self._most, self._widest = most or MOST, widest
        self._run: list[bytes] = []
        self._levels: list[list[BinaryIO]] = []
        self._open = ExitStack()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *error: object) -> None:
        self._open.close()

    def add(self, line: bytes) -> None:
        """Take a line."""
        self._run.append(line)
        if len(self._run) >= self._most:
            self._put_aside(self._held(), 0)

    def sorted(self) -> Iterator[bytes]:
        """Yield all lines, once."""
        return _merge([*(file for level in self._levels for file in level), self._held()])

    def _held(self) -> list[bytes]:
        """Let go of the lines in memory."""
        held, self._run = self._run, []
        return sorted(set(held))

    def _put_aside(self, run: Iterable[bytes], level: int) -> None:
        """Put a sorted run aside; a level that is full makes a run of the next."""
        file = self._open.enter_context(tempfile.TemporaryFile())  # noqa: SIM115 - the stack closes it
        file.writelines(run)
        file.seek(0)
        if level == len(self._levels):
            self._levels.append([])
        self._levels[level].append(file)
        if len(self._levels[level]) == self._widest:
            full, self._levels[level] = self._levels[level], []
            self._put_aside(_merge(full), level + 1)
            for one in full:
                one.close()


def _merge(runs: Iterable[Iterable[bytes]]) -> Iterator[bytes]:
    return (line for line, _ in groupby(heapq.merge(*runs)))

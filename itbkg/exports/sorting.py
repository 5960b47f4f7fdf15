"""Sort more than fits into memory: runs of lines are sorted and put aside, then merged (Knuth, TAOCP 3, 5.4)."""

import heapq
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import ExitStack
from itertools import groupby, islice
from typing import BinaryIO

#: So many lines are held at once: of a dataset like ours some 50 MB, and as quads 100 MB.
MOST = 100_000


def sorted_lines(lines: Iterable[bytes], most: int = MOST) -> Iterator[bytes]:
    """Yield lines, each with its end, sorted by their bytes and each once; `most` of them are held at a time."""
    rest = iter(lines)
    run = list(islice(rest, most))
    if len(run) < most:
        yield from sorted(set(run))
        return
    with ExitStack() as open_files:
        runs = []
        while run:
            runs.append(_put_aside(sorted(set(run)), open_files))
            run = list(islice(rest, most))
        yield from (line for line, _ in groupby(heapq.merge(*runs)))


def _put_aside(run: list[bytes], open_files: ExitStack) -> BinaryIO:
    file = open_files.enter_context(tempfile.TemporaryFile())  # noqa: SIM115 - the stack closes it
    file.writelines(run)
    file.seek(0)
    return file

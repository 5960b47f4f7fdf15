"""A program that exports the N-Quads of a file in a few formats and tells the memory that each took, in bytes.

It is run by a test in a process of its own. The store lies in memory and is counted before; what is held while an
export sorts and writes is made small, so that only what grows with the number of cases is left.

python -m tests.exported_memory MANIFEST NQUADS OUT FORMAT...
"""

import json
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pyoxigraph as ox

from itbkg.exports import find_format, quads, select_all, select_cases, sorting, write_format
from itbkg.exports.tables import parquet
from itbkg.store import Store
from itbkg.store.manifest import parse_manifest


def main(manifest: Path, nquads: Path, out: Path, *formats: str) -> None:
    """Print for each format by how much the memory rose."""
    sorting.MOST = quads.MOST = 2_000
    parquet.CELLS, parquet.ROWS = 2_000, 100
    inner = ox.Store()
    inner.bulk_load(path=str(nquads), format=ox.RdfFormat.N_QUADS)
    store = Store(inner, parse_manifest(manifest.read_text("utf-8")))
    told = {}
    whole = select_all(store)
    for name in formats:
        write_format(find_format(name), select_cases(store, whole.cases[:9]), out / f"few-{name}")  # loads libraries
        with watched() as peak:
            write_format(find_format(name), whole, out / name)
        told[name] = peak[0]
    print(json.dumps(told))  # noqa: T201 - what the test reads


@contextmanager
def watched() -> Iterator[list[int]]:
    """Note the most memory that a block takes above what was taken before."""
    before, peak, over = anonymous(), [0], threading.Event()

    def look() -> None:
        while not over.is_set():
            peak[0] = max(peak[0], anonymous() - before)
            time.sleep(0.005)

    watcher = threading.Thread(target=look)
    watcher.start()
    try:
        yield peak
    finally:
        over.set()
        watcher.join()


def anonymous() -> int:
    """Return the memory of this process that no file backs (proc(5), RssAnon), in bytes."""
    status = Path("/proc/self/status").read_text("ascii")
    return int(status.partition("RssAnon:")[2].split()[0]) * 1024


if __name__ == "__main__":
    given, read, into, *names = sys.argv[1:]
    main(Path(given), Path(read), Path(into), *names)

"""The index against DuckDB, Polars and SPARQL on Oxigraph: one count, the same generated cases, equal numbers.

How many cases of a cohort (those with an event of one class) have which of 12 causes and which of 17 outcomes: classes
with all below them, each present, stated absent or not reported. `pip install -e '.[bench]'` brings what it needs.

python benchmarks/index.py [--sizes 100000 1000000] [--sparql 100000] [--rounds 3]
"""

import argparse
import gc
import os
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import numpy as np

PROJECT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(PROJECT))
from benchmarks.index_data import Generated, Statements, read_hierarchy, to_store, to_tables
from benchmarks.index_rivals import Counts, Duck, Oxigraph, Polars
from benchmarks.index_sets import IntegerSets, PackedSets
from itbkg.index import CaseIndex
from itbkg.index.builder import build_index
from itbkg.index.file import parse_index, write_index
from itbkg.index.hierarchy import Hierarchy

ROWS, COLUMNS = 12, 17
CASES = "https://w3id.org/itbkg/case/"


def main() -> None:
    """Measure at each size and print the table."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--sizes", type=int, nargs="+", default=[100_000, 1_000_000])
    parser.add_argument("--sparql", type=int, default=100_000, help="the largest size at which SPARQL is asked")
    parser.add_argument("--rounds", type=int, default=3)
    given = parser.parse_args()
    hierarchy = read_hierarchy(PROJECT)
    say(f"{len(hierarchy.terms)} classes; the fastest of {given.rounds} rounds or more")
    for size in given.sizes:
        Measuring(hierarchy, size, given.rounds).run(size <= given.sparql)


class Measuring:
    """All that is measured at one size."""

    def __init__(self, hierarchy: Hierarchy, size: int, rounds: int) -> None:
        self._hierarchy, self._size, self._rounds = hierarchy, size, rounds
        self._records: list[Statements] = list(Generated(hierarchy, size).records())
        gc.freeze()  # millions of tuples that stay: the collector need not walk over them
        self._cases = tuple(f"{CASES}generated-{number:07}/1" for number in range(size))

    def run(self, with_sparql: bool) -> None:
        """Print what each engine takes."""
        say(f"\n{self._size:,} cases")
        index = self._build()
        self._file(index)
        count, expected = self._counting(index)
        ours = self._time("index", count, expected)
        self._other_sets(index, expected, ours)
        with tempfile.TemporaryDirectory() as folder:
            self._tables(Path(folder), expected, ours)
        if with_sparql:
            self._sparql(expected, ours)

    def _build(self) -> CaseIndex:
        took = []
        for _ in range(self._rounds):
            begun = time.process_time()
            index = build_index(self._hierarchy, self._cases, self._records)
            took.append(time.process_time() - begun)
        say(f"  built at {self._size / min(took):12,.0f} cases a second of one processor")
        names = sum(sys.getsizeof(case) + 8 for case in self._cases)
        say(f"  memory {index.nbytes / self._size:8.1f} bytes a case, and {names / self._size:.1f} for its IRI")
        return index

    def _file(self, index: CaseIndex) -> None:
        written = write_index(index)
        begun = time.perf_counter()
        assert parse_index(written).index == index
        took = time.perf_counter() - begun
        say(f"  file   {len(written) / self._size:8.1f} bytes a case, read and compared in {took:.3f} s")

    def _counting(self, index: CaseIndex) -> tuple[Callable[[], Counts], Counts]:
        """Choose the classes that most cases have, and return the count of them."""
        self._rows, self._columns = (common(index, name, n) for name, n in (("cause", ROWS), ("outcome", COLUMNS)))
        self._event = common(index, "event", 4)[-1]
        rows, columns = index.column("cause"), index.column("outcome")

        def count() -> Counts:
            within = index.column("event").present(self._event)
            return index.contingency(rows, columns, within, self._rows, self._columns).counts

        counts = count()
        say(f"  cohort {counts[0, 0].sum():,} cases; {int((counts > 0).sum())} of {counts.size} cells are not empty")
        return count, counts

    def _other_sets(self, index: CaseIndex, expected: Counts, ours: float) -> None:
        for kind in (PackedSets, IntegerSets):
            sets = kind(index, self._event, self._rows, self._columns)
            self._time(f"{kind.name}, {sets.nbytes / self._size:.0f} B/case", sets.count, expected, ours)

    def _tables(self, aside: Path, expected: Counts, ours: float) -> None:
        """Ask over tables with texts for keys, as an export has them, and with numbers; from disk and in memory."""
        number = {term: place for place, term in enumerate(self._hierarchy.terms)}
        for keys, key in (("texts", str), ("numbers", number.__getitem__)):
            folder = aside / keys
            folder.mkdir()
            ids = [case.removeprefix(CASES) for case in self._cases] if keys == "texts" else []
            for name, table in to_tables(self._hierarchy, self._records, ids).items():
                table.write_parquet(folder / f"{name}.parquet")
            asked = [*map(key, self._rows)], [*map(key, self._columns)], key(self._event)
            for engine in (Duck, Polars):
                for loaded in (False, True):
                    name = f"{engine.__name__}, {'memory' if loaded else 'Parquet'}, {keys}"
                    self._time(name, engine(folder, *asked, loaded).count, expected, ours)

    def _sparql(self, expected: Counts, ours: float) -> None:
        store = to_store(self._hierarchy, self._records)
        say(f"  {len(store):,} triples")
        self._rounds = 1
        self._time("SPARQL on Oxigraph", Oxigraph(store, self._rows, self._columns, self._event).count, expected, ours)

    def _time(self, name: str, count: Callable[[], Counts], expected: Counts, ours: float | None = None) -> float:
        """Ask some rounds, for a second at least, and take the fastest; SystemExit where the numbers differ."""
        took: list[float] = []
        while len(took) < self._rounds or sum(took) < 1:
            begun = time.perf_counter()
            counts = count()
            took.append(time.perf_counter() - begun)
            if not np.array_equal(counts, expected):
                raise SystemExit(f"{name} counts otherwise: {np.argwhere(counts != expected)[:5].tolist()}")
        best = min(took)
        ratio = f"{best / ours:10,.1f} times the index" if ours else ""
        say(f"  {name:38} {best * 1_000:12,.2f} ms {ratio}")
        return best


def common(index: CaseIndex, name: str, count: int) -> tuple[str, ...]:
    """Name the classes of a field that most cases have."""
    column = index.column(name)
    return tuple(sorted(column.terms, key=lambda term: (-len(column.present(term)), term))[:count])


def say(line: str) -> None:
    """Print a line at once."""
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main()
    sys.stdout.flush()
    os._exit(0)  # DuckDB's module reports at length that it was not taken down in order

"""Exports of many cases: N-Quads, Parquet and KGX, with the time, the size and the most memory that each takes.

Each generated case is the graph of a fictional case of the tests, with what was inferred of it, under another name. The
store lies on the disk, and stays there where a folder is named; each export runs in a process of its own, so that its
memory is its own. Seconds are given on the clock and of the processor: the first grow where the machine is busy.

python benchmarks/exports.py [--sizes 10000 100000] [--formats nquads parquet kgx-tsv] [--case ID] [--keep FOLDER]
"""

import argparse
import json
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import pyoxigraph as ox

PROJECT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(PROJECT))
from itbkg.building import Built, build
from itbkg.exports import find_format, select_all, write_format
from itbkg.store import Store
from itbkg.store.manifest import parse_manifest
from tests.conftest import fictional_corpus
from tests.many import many_cases

MEGABYTE = 1_000_000


def main() -> None:
    """Measure each format at each size and print a table; or, called by itself, one export."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--sizes", type=int, nargs="+", default=[10_000, 100_000])
    parser.add_argument("--formats", nargs="+", default=["nquads", "parquet", "kgx-tsv"])
    parser.add_argument("--case", default="moe-1904/1", help="the fictional case that is copied")
    parser.add_argument("--keep", type=Path, help="a folder for the stores, which are not generated again")
    parser.add_argument("--one", nargs=3, metavar=("STORE", "FORMAT", "OUT"), help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.one:
        measure(Path(given.one[0]), given.one[1], Path(given.one[2]))
        return
    with tempfile.TemporaryDirectory() as name:
        (Path(name) / "corpus").mkdir()
        built = build(fictional_corpus(Path(name) / "corpus"))
        for size in given.sizes:
            run(given.keep or Path(name), built, given.case, size, given.formats)


def run(folder: Path, built: Built, case: str, size: int, formats: list[str]) -> None:
    """Generate so many cases and export them in each format."""
    store = folder / f"store-{size}"
    begun = time.monotonic()
    if not store.with_suffix(".json").exists():
        generate(built, case, size, store)
    say(f"\n{size:,} cases; generated in {time.monotonic() - begun:.0f} s")
    say("| format | seconds | of the processor | MB written | most memory, MB |")
    say("| --- | ---: | ---: | ---: | ---: |")
    for name in formats:
        with tempfile.TemporaryDirectory(dir=folder) as out:
            command = [sys.executable, __file__, "--one", str(store), name, str(Path(out) / "out")]
            done = subprocess.run(command, stdout=subprocess.PIPE, text=True, check=True)
        told = json.loads(done.stdout)
        told_in_order = (told[one] for one in ("seconds", "processor", "written", "memory"))
        say(f"| {name} | {' | '.join(f'{number:,.0f}' for number in told_in_order)} |")


def generate(built: Built, case: str, size: int, store: Path) -> None:
    """Write a store with so many copies of a case beside the words, and its manifest beside it."""
    source = store.with_suffix(".nq")
    with source.open("wb") as file:
        file.writelines(many_cases(built.nquads, case, size))
    inner = ox.Store(str(store))
    inner.bulk_load(path=str(source), format=ox.RdfFormat.N_QUADS)
    inner.flush()
    inner.optimize()
    source.unlink()
    store.with_suffix(".json").write_text(built.manifest.to_json(), "utf-8")


def measure(store: Path, name: str, out: Path) -> None:
    """Export the whole store in a format, and print what it took as JSON."""
    manifest = parse_manifest(store.with_suffix(".json").read_text("utf-8"))
    begun = time.monotonic()
    write_format(find_format(name), select_all(Store(ox.Store.read_only(str(store)), manifest)), out)
    seconds = time.monotonic() - begun
    status = Path("/proc/self/status").read_text("utf-8")  # what getrusage says takes in the parent's memory
    memory = int(status.partition("VmHWM:")[2].split()[0]) * 1024 / MEGABYTE
    written = sum(path.stat().st_size for path in files(out)) / MEGABYTE
    say(json.dumps({"seconds": seconds, "processor": time.process_time(), "memory": memory, "written": written}))


def files(out: Path) -> Iterator[Path]:
    """Yield the files of an export."""
    yield from ([out] if out.is_file() else (path for path in out.rglob("*") if path.is_file()))


def say(text: str) -> None:
    """Print a line at once."""
    print(text, flush=True)  # noqa: T201 - a script for a terminal


if __name__ == "__main__":
    main()

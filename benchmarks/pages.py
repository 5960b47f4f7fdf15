"""Pages against plain JSON: how long the server takes over a page of every type, and over the same request as JSON.

The whole corpus is served as `itbkg serve` serves it. Page and JSON are asked for in turn over one kept connection,
round after round, so that what else the machine does befalls both; the first rounds, which fill what is read once, do
not count. Beside each time stands the processor time that the server spent on it, which is less at the mercy of others.
With `--first` each page is asked for once, in a fresh server that has been left alone for some seconds.

python benchmarks/pages.py [--rounds 40] [--first]
"""

import argparse
import http.client
import os
import statistics
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
from tests.serving import served

#: Each type of page, and the address that gives the same as JSON; empty where the API has no such list.
PAIRS = {
    "home": ("/", "/api/v1/links?rows=cause&columns=outcome"),
    "cases": ("/cases", "/api/v1/cases?limit=25"),
    "cases, narrowed": ("/cases?event=withdrawal&finding=seizure", "/api/v1/cases?event=withdrawal&finding=seizure"),
    "case": ("/cases/mohammed-2004/1", "/api/v1/cases/mohammed-2004/1"),
    "links": ("/links?rows=cause&columns=outcome", "/api/v1/links?rows=cause&columns=outcome"),
    "links, many rows": (
        "/links?rows=cause@all&columns=treatment@2",
        "/api/v1/links?rows=cause@all&columns=treatment@2&limit=120",
    ),
    "graph": ("/graph", "/api/v1/network/chains"),
    "graph of an event": ("/graph?event=withdrawal&fineness=as+told", "/api/v1/network/chains?event=withdrawal"),
    "ask": ("/ask", "/api/v1/questions"),
    "question": ("/ask/deaths", "/api/v1/questions/deaths"),
    "query editor": ("/ask/sparql", ""),
    "endpoint": ("/sparql", ""),
    "words": ("/words", "/api/v1/terms?limit=1"),
    "tree": ("/words?branch=Cause", "/api/v1/terms?branch=Cause"),
    "search": ("/words?q=pump", "/api/v1/terms?q=pump"),
    "word": ("/words/Seizure", "/api/v1/terms/Seizure"),
    "guidance": ("/guidance", "/api/v1/guidance"),
    "document": ("/guidance/emergency-procedure", "/api/v1/guidance/emergency-procedure"),
    "teach": ("/teach", ""),
    "player": ("/teach/mohammed-2004-1", ""),
    "data": ("/data", "/api/v1/exports"),
    "wrong address": ("/cases/mohammed-2004/9", "/api/v1/cases/mohammed-2004/9"),
}
WARM_UP = 3
#: Seconds for which a fresh server is left alone.
ALONE = 10

#: The seconds until the whole answer was there, and of the server's processor time in them.
Taken = tuple[float, float]


def main() -> None:
    """Measure, and print a table in milliseconds."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--rounds", type=int, default=40)
    parser.add_argument("--first", action="store_true", help="the first request of each page in a fresh server")
    given = parser.parse_args()
    with watched() as (connection, spent):
        if given.first:
            time.sleep(ALONE)
            print_first({name: ask(connection, page, "page", spent) for name, (page, _) in PAIRS.items()})
        else:
            print_medians(measure(connection, spent, given.rounds + WARM_UP))


@contextmanager
def watched() -> Iterator[tuple[http.client.HTTPConnection, Callable[[], float]]]:
    """Serve the corpus; yield a connection, and what reads the processor time of the server."""
    others = children()
    with served(None) as (host, port):
        (server,) = children() - others
        yield http.client.HTTPConnection(host, port), processor_clock(server)


def children() -> set[str]:
    """Return the processes that this one has started."""
    return set(Path(f"/proc/self/task/{os.getpid()}/children").read_text("ascii").split())


def processor_clock(process: str) -> Callable[[], float]:
    """Return what adds up how long the threads of a process have run, ended ones among them.

    It reads /proc/PID/task/TID/schedstat, in nanoseconds.
    """
    known: dict[str, int] = {}

    def read() -> float:
        for task in Path(f"/proc/{process}/task").iterdir():
            known[task.name] = int((task / "schedstat").read_text("ascii").split()[0])
        return sum(known.values()) / 1e9

    return read


def measure(
    connection: http.client.HTTPConnection, spent: Callable[[], float], rounds: int
) -> dict[tuple[str, str], list[Taken]]:
    """Ask for every page and its JSON, round after round."""
    taken: dict[tuple[str, str], list[Taken]] = {}
    for _ in range(rounds):
        for name, addresses in PAIRS.items():
            for kind, address in zip(("page", "json"), addresses, strict=True):
                if address:
                    taken.setdefault((name, kind), []).append(ask(connection, address, kind, spent))
    return taken


def ask(connection: http.client.HTTPConnection, address: str, kind: str, spent: Callable[[], float]) -> Taken:
    """Ask once."""
    accept = "text/html" if kind == "page" else "application/json"
    begun, before = time.perf_counter(), spent()
    connection.request("GET", address, headers={"Accept": accept})
    answer = connection.getresponse()
    answer.read()
    taken = time.perf_counter() - begun, spent() - before
    if answer.status >= 400 and not address.endswith("/9"):  # noqa: PLR2004 - an error
        raise SystemExit(f"{address} answers {answer.status}")
    return taken


def print_first(taken: dict[str, Taken]) -> None:
    """Write the table of first requests."""
    sys.stdout.write("| page | first request, ms | processor, ms |\n| --- | ---: | ---: |\n")
    for name, (waited, worked) in taken.items():
        sys.stdout.write(f"| {name} | {waited * 1000:.0f} | {worked * 1000:.0f} |\n")


def print_medians(taken: dict[tuple[str, str], list[Taken]]) -> None:
    """Write the table of medians."""
    sys.stdout.write("| page | page, ms | processor, ms | JSON, ms | processor, ms | ratio |\n")
    sys.stdout.write("| --- | ---: | ---: | ---: | ---: | ---: |\n")
    for name in PAIRS:
        page, plain = (taken.get((name, kind), [])[WARM_UP:] for kind in ("page", "json"))
        cells = [*medians(page), *(medians(plain) if plain else ())]
        ratio = f"{cells[1] / cells[3]:.1f}" if plain else ""
        shown = [f"{cell:.0f}" for cell in cells] + [""] * (4 - len(cells))
        sys.stdout.write(f"| {' | '.join([name, *shown, ratio])} |\n")


def medians(taken: list[Taken]) -> tuple[float, float]:
    """Return the medians of both times, in milliseconds."""
    waited, worked = zip(*taken, strict=True)
    return statistics.median(waited) * 1000, statistics.median(worked) * 1000


if __name__ == "__main__":
    main()

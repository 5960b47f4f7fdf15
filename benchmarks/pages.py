"""Pages against plain JSON: how long the server takes over a page of every type, and over the same request as JSON.

The whole corpus is served as `itbkg serve` serves it. Page and JSON are asked for in turn over one kept connection,
round after round, so that what else the machine does befalls both; the first rounds, which fill what is read once, do
not count.

python benchmarks/pages.py [--rounds 40]
"""

import argparse
import http.client
import statistics
import sys
import time
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
    "graph": ("/graph", "/api/v1/network/chains"),
    "ask": ("/ask", "/api/v1/questions"),
    "question": ("/ask/deaths", "/api/v1/questions/deaths"),
    "query editor": ("/ask/sparql", ""),
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


def main() -> None:
    """Measure and print a table of medians in milliseconds."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--rounds", type=int, default=40)
    rounds = parser.parse_args().rounds + WARM_UP
    taken: dict[tuple[str, str], list[float]] = {}
    with served(None) as (host, port):
        connection = http.client.HTTPConnection(host, port)
        for _ in range(rounds):
            for name, addresses in PAIRS.items():
                for kind, address in zip(("page", "json"), addresses, strict=True):
                    if address:
                        taken.setdefault((name, kind), []).append(ask(connection, address, kind))
    sys.stdout.write("| page | page, ms | 95th percentile | JSON, ms | ratio |\n| --- | ---: | ---: | ---: | ---: |\n")
    for name in PAIRS:
        sys.stdout.write(line(name, taken[name, "page"][WARM_UP:], taken.get((name, "json"), [])[WARM_UP:]))


def ask(connection: http.client.HTTPConnection, address: str, kind: str) -> float:
    """Ask once; return the seconds until the whole answer was there."""
    accept = "text/html" if kind == "page" else "application/json"
    begun = time.perf_counter()
    connection.request("GET", address, headers={"Accept": accept})
    answer = connection.getresponse()
    answer.read()
    taken = time.perf_counter() - begun
    if answer.status >= 400 and not address.endswith("/9"):  # noqa: PLR2004 - an error
        raise SystemExit(f"{address} answers {answer.status}")
    return taken


def line(name: str, page: list[float], plain: list[float]) -> str:
    """Write a line of the table."""
    median = statistics.median(page) * 1000
    late = statistics.quantiles(page, n=20)[-1] * 1000
    if not plain:
        return f"| {name} | {median:.0f} | {late:.0f} | | |\n"
    other = statistics.median(plain) * 1000
    return f"| {name} | {median:.0f} | {late:.0f} | {other:.0f} | {median / other:.1f} |\n"


if __name__ == "__main__":
    main()

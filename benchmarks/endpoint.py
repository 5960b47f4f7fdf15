"""The SPARQL endpoint beside others, on the same data and the same queries, in one run.

    python benchmarks/endpoint.py [--seconds 2] [--rounds 5] [--clients 16]

Servers that are not installed are left out: `oxigraph` and `rdflib-endpoint` come from PyPI, `virtuoso-t` from Debian's
virtuoso-opensource; the clients are Debian's `wrk`. All servers run the whole time and are asked in turn, round after
round, so that what else the machine does befalls all alike. Before and after, each is held to pyoxigraph's answers.

Prints requests per second, the time of an answer at the middle and at the 99th percentile, the processor time that an
answer cost the server, and how many times as many ours answered.
"""

import argparse
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack
from functools import partial
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
from benchmarks.endpoint_clients import Asker, InProcess, Turn, ask, fetch, rows
from benchmarks.endpoint_servers import running, servers

PROJECT = Path(__file__).resolve().parents[1]
LABEL = "http://www.w3.org/2000/01/rdf-schema#label"
#: A look-up of one case, as a list of cases makes it; a number behind it makes each query another one.
LOOK_UP = (
    "SELECT ?title ?event { <https://w3id.org/itbkg/case/mohammed-2004/1> <https://w3id.org/itbkg/ont/title> ?title ; "
    f"<https://w3id.org/itbkg/ont/hasEvent> ?it . ?it <{LABEL}> ?event }} #"
)
HEAVY = f"SELECT ?c (COUNT(*) AS ?n) {{ ?s a ?c . ?s ?p ?o . ?o <{LABEL}> ?l }} GROUP BY ?c ORDER BY DESC(?n) ?c #"
#: Not answered within minutes.
LEFT_OUT = ("rdflib-endpoint", "heavy, always new, one client")


def workloads(clients: int) -> Iterator[tuple[str, str, int, bool]]:
    """Name each, with its query, how many clients ask, and whether each query is new."""
    yield "look-up, always new", LOOK_UP, clients, True
    yield "look-up, repeated", LOOK_UP, clients, False
    yield "heavy, always new, one client", HEAVY, 1, True


def measure(asked: dict[str, Asker], given: argparse.Namespace) -> None:
    """Ask all in turn, round after round, and print one table for each workload."""
    for name, query, clients, new in workloads(given.clients):
        taking_part = {server: asker for server, asker in asked.items() if (server, name) != LEFT_OUT}
        turns: dict[str, list[Turn]] = {server: [] for server in taking_part}
        for turn in range(given.rounds):
            for server, asker in taking_part.items():
                turns[server].append(asker(query, clients, given.seconds, turn if new else None))
        sys.stdout.write(f"\n{name}\n")
        for server, took in turns.items():
            report(server, took, rate(turns["itbkg"]))


def rate(turns: list[Turn]) -> float:
    """Return answers per second."""
    return sum(turn.answers for turn in turns) / sum(turn.seconds for turn in turns)


def report(server: str, turns: list[Turn], ours: float) -> None:
    """Print one line."""
    middle = statistics.median(turn.middle for turn in turns)
    late = statistics.median(turn.late for turn in turns)
    cost = sum(turn.cpu for turn in turns) / sum(turn.answers for turn in turns) * 1_000
    sys.stdout.write(
        f"{server:24} {rate(turns):9.1f}/s {middle:9.2f} ms {late:9.2f} ms {cost:9.3f} ms of processor"
        f" {ours / rate(turns):9.2f}\n"
    )
    sys.stdout.flush()


def check(urls: dict[str, str], alone: InProcess, given: argparse.Namespace) -> None:
    """Hold what each server answers against pyoxigraph's own answers."""
    for name, query, _, _ in workloads(given.clients):
        right = rows(alone.answer(query))
        for server, url in urls.items():
            if (server, name) != LEFT_OUT and rows(fetch(url, query)) != right:
                raise SystemExit(f"{server} answers '{name}' with other rows")


def main() -> None:
    """Build the graph, start the servers, measure."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--seconds", type=float, default=2)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--clients", type=int, default=16)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as aside:
        folder = Path(aside)
        graph = folder / "graph"
        build = "import sys; sys.argv[0] = 'itbkg'; from itbkg.cli import main; main()"
        command = [sys.executable, "-c", build, "build", "--out", str(graph)]
        subprocess.run(command, check=True, cwd=PROJECT, capture_output=True)
        asked: dict[str, Asker] = {}
        urls: dict[str, str] = {}
        with ExitStack() as running_all:
            for server, command, address in servers(graph, folder):
                urls[server] = f"http://127.0.0.1:{address}"
                pid = running_all.enter_context(running(command, urls[server], cwd=folder))
                asked[server] = partial(ask, pid, urls[server])
            alone = InProcess(graph)
            asked["pyoxigraph in-process"] = alone.ask
            check(urls, alone, given)
            measure(asked, given)
            check(urls, alone, given)


if __name__ == "__main__":
    main()

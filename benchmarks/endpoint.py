"""The SPARQL endpoint beside others, on the same data and the same queries, in one run.

    python benchmarks/endpoint.py [--seconds 1] [--rounds 5] [--clients 16]

Servers that are not installed are left out: `oxigraph` and `rdflib-endpoint` come from PyPI, `virtuoso-t` from Debian's
virtuoso-opensource. All of them run the whole time and are asked in turn, round after round, so that what else the
machine does befalls all alike. Prints requests per second and how many times as many ours answered.
"""

import argparse
import asyncio
import shutil
import socket
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import ExitStack, contextmanager
from functools import partial
from pathlib import Path
from urllib.parse import quote

import pyoxigraph as ox
import uvloop

PROJECT = Path(__file__).resolve().parents[1]
JSON = "application/sparql-results+json"
LABEL = "http://www.w3.org/2000/01/rdf-schema#label"
#: A look-up of one case, as a list of cases makes it; a number behind it makes each query another one.
LOOK_UP = (
    "SELECT ?title ?event { <https://w3id.org/itbkg/case/mohammed-2004/1> <https://w3id.org/itbkg/ont/title> ?title ; "
    f"<https://w3id.org/itbkg/ont/hasEvent> ?it . ?it <{LABEL}> ?event }} #"
)
#: Not answered within minutes.
LEFT_OUT = ("rdflib-endpoint", "heavy, always new, one client")
#: Lets so many clients ask for so long; the time of each answer.
Asker = Callable[[Callable[[int], str], int, float], list[float]]
HEAVY = f"SELECT ?c (COUNT(*) AS ?n) {{ ?s a ?c . ?s ?p ?o . ?o <{LABEL}> ?l }} GROUP BY ?c ORDER BY DESC(?n) ?c #"


def free_port() -> int:
    """Find a port that nobody listens on."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


@contextmanager
def running(command: list[str], url: str, **more: object) -> Iterator[str]:
    """Run a server until the block ends; yield the address of its endpoint once it answers."""
    server = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, **more)  # type: ignore[call-overload]
    try:
        for _ in range(600):
            try:
                urllib.request.urlopen(f"{url}?query={quote('ASK {}')}", timeout=5).read()
                break
            except OSError:
                time.sleep(0.1)
        yield url
    finally:
        server.terminate()
        server.wait(timeout=60)


def ours(graph: Path, folder: Path) -> Iterator[tuple[str, list[str], str]]:
    """Name, command and address of our server."""
    port = free_port()
    main = "import sys; sys.argv[0] = 'itbkg'; from itbkg.cli import main; main()"
    yield "itbkg", [sys.executable, "-c", main, "serve", "--graph", str(graph), "--port", str(port)], f"{port}/sparql"
    if program := shutil.which("oxigraph"):
        port, store = free_port(), folder / "oxigraph"
        load = [program, "load", "--location", str(store), "--file", str(graph / "current" / "dataset.nq")]
        subprocess.run(load, check=True, capture_output=True)
        serve = [program, "serve-read-only", "--location", str(store), "--bind", f"127.0.0.1:{port}"]
        yield "oxigraph", serve, f"{port}/query"
    if program := shutil.which("virtuoso-t"):
        yield virtuoso(program, graph, folder / "virtuoso")
    if program := shutil.which("rdflib-endpoint"):
        port, triples = free_port(), folder / "default.nt"
        quads = ox.parse((graph / "current" / "dataset.nq").read_bytes(), format=ox.RdfFormat.N_QUADS)
        default = (quad.triple for quad in quads if isinstance(quad.graph_name, ox.DefaultGraph))
        ox.serialize(default, str(triples), format=ox.RdfFormat.N_TRIPLES)
        serve = [program, "serve", "--host", "127.0.0.1", "--port", str(port), str(triples)]
        yield "rdflib-endpoint", serve, f"{port}/"


def virtuoso(program: str, graph: Path, folder: Path) -> tuple[str, list[str], str]:
    """Configure Virtuoso with the dataset in a graph of its own."""
    folder.mkdir()
    port, sql = free_port(), free_port()
    shutil.copy(graph / "current" / "dataset.nq", folder / "data.nq")
    (folder / "virtuoso.ini").write_text(
        f"[Database]\nDatabaseFile={folder}/v.db\nErrorLogFile={folder}/v.log\nLockFile={folder}/v.lck\n"
        f"TransactionFile={folder}/v.trx\nxa_persistent_file={folder}/v.pxa\n[TempDatabase]\nDatabaseFile={folder}/t.db\n"
        f"TransactionFile={folder}/t.trx\n[Parameters]\nServerPort={sql}\nDirsAllowed={folder}\nNumberOfBuffers=85000\n"
        f"MaxDirtyBuffers=65000\nThreadsPerQuery=2\n[HTTPServer]\nServerPort={port}\nServerRoot={folder}\nServerThreads=20\n"
        "MaxClientConnections=20\n[SPARQL]\nResultSetMaxRows=1000000\nDefaultGraph=urn:default\n",
        "utf-8",
    )
    command = [program, "+foreground", "+configfile", str(folder / "virtuoso.ini")]
    isql = shutil.which("isql-vt") or "isql-vt"
    script = f"TTLP(file_to_string_output('{folder}/data.nq'), '', 'urn:default', 512); checkpoint;"
    loader = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    for _ in range(100):
        done = subprocess.run([isql, str(sql), "dba", "dba", f"exec={script}"], capture_output=True, check=False)
        if done.returncode == 0:
            break
        time.sleep(0.5)
    loader.terminate()
    loader.wait(timeout=60)
    return "virtuoso", command, f"{port}/sparql"


async def ask(url: str, query: Callable[[int], str], clients: int, seconds: float) -> list[float]:
    """Let so many clients ask for so long; return the time of each answer."""
    place, _, path = url.removeprefix("http://").partition("/")
    host, port = place.split(":")
    until = time.perf_counter() + seconds

    async def client(number: int) -> AsyncIterator[float]:
        reader, writer = await asyncio.open_connection(host, int(port))
        count = 0
        while (before := time.perf_counter()) < until:
            text = quote(query(number * 1_000_000 + count))
            asked = f"GET /{path}?query={text} HTTP/1.1\r\nHost: {place}\r\nAccept: {JSON}\r\n\r\n"
            writer.write(asked.encode())
            await read_answer(reader)
            count += 1
            yield time.perf_counter() - before
        writer.close()

    async def times(number: int) -> list[float]:
        return [took async for took in client(number)]

    return [took for one in await asyncio.gather(*map(times, range(clients))) for took in one]


async def read_answer(reader: asyncio.StreamReader) -> None:
    """Read one answer with a length or in chunks; an error is none."""
    head = (await reader.readuntil(b"\r\n\r\n")).lower()
    if b" 200 " not in head.partition(b"\r\n")[0]:
        raise SystemExit(f"not answered: {head[:300]!r}")
    if b"content-length:" in head:
        await reader.readexactly(int(head.split(b"content-length:")[1].split(b"\r\n")[0]))
        return
    while size := int((await reader.readline()).split(b";")[0], 16):
        await reader.readexactly(size + 2)
    await reader.readline()


class InProcess:
    """pyoxigraph in this process, asked one query after the other."""

    def __init__(self, graph: Path) -> None:
        self._store = ox.Store()
        self._store.bulk_load((graph / "current" / "dataset.nq").read_bytes(), format=ox.RdfFormat.N_QUADS)

    def ask(self, query: Callable[[int], str], seconds: float) -> list[float]:
        """Ask for so long; return the time of each answer."""
        times, until = [], time.perf_counter() + seconds
        while (before := time.perf_counter()) < until:
            result = self._store.query(query(len(times)))
            assert isinstance(result, ox.QuerySolutions)
            result.serialize(format=ox.QueryResultsFormat.JSON)
            times.append(time.perf_counter() - before)
        return times


def measure(servers: dict[str, Asker], given: argparse.Namespace) -> None:
    """Ask all in turn, round after round, and print one table for each workload."""
    for name, query, clients in workloads(given.clients):
        taking_part = {server: asked for server, asked in servers.items() if (server, name) != LEFT_OUT}
        took: dict[str, list[float]] = {server: [] for server in taking_part}
        for turn in range(given.rounds):
            for server, asked in taking_part.items():
                took[server] += asked(partial(numbered, query, turn), clients, given.seconds)
        sys.stdout.write(f"\n{name}\n")
        for server, times in took.items():
            report(server, times, given.rounds * given.seconds, len(took["itbkg"]))


def numbered(query: Callable[[int], str], turn: int, number: int) -> str:
    """Write a query that no other turn asks."""
    return query(turn * 1_000_000_000 + number)


def workloads(clients: int) -> Iterator[tuple[str, Callable[[int], str], int]]:
    """Name each, with its queries by number and how many clients ask."""
    yield "look-up, always new", lambda number: f"{LOOK_UP}{number}", clients
    yield "look-up, repeated", lambda _: LOOK_UP, clients
    yield "heavy, always new, one client", lambda number: f"{HEAVY}{number}", 1


def main() -> None:
    """Build the graph, start the servers, measure."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--seconds", type=float, default=1)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--clients", type=int, default=16)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as aside:
        folder = Path(aside)
        graph = folder / "graph"
        build = "import sys; sys.argv[0] = 'itbkg'; from itbkg.cli import main; main()"
        command = [sys.executable, "-c", build, "build", "--out", str(graph)]
        subprocess.run(command, check=True, cwd=PROJECT, capture_output=True)
        servers: dict[str, Asker] = {}
        with ExitStack() as running_all:
            for server, command, address in ours(graph, folder):
                url = running_all.enter_context(running(command, f"http://127.0.0.1:{address}", cwd=folder))
                servers[server] = partial(ask_for, url)
            alone = InProcess(graph)
            servers["pyoxigraph in-process"] = lambda query, _, seconds: alone.ask(query, seconds)
            measure(servers, given)


def ask_for(url: str, query: Callable[[int], str], clients: int, seconds: float) -> list[float]:
    """Let so many clients ask a server for so long."""
    return uvloop.run(ask(url, query, clients, seconds))


def report(server: str, took: list[float], seconds: float, ours: int) -> None:
    """Print one line: requests per second, the median and 99th percentile in milliseconds, and ours over theirs."""
    took.sort()
    middle, late = statistics.median(took) * 1_000, took[int(len(took) * 0.99)] * 1_000
    rate = len(took) / seconds
    sys.stdout.write(f"{server:24} {rate:9.0f}/s {middle:9.2f} ms {late:9.2f} ms {ours / len(took):9.2f}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main()

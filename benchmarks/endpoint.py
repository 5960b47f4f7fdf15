"""The SPARQL endpoint beside others, on the same data and the same queries, in one run.

    python benchmarks/endpoint.py [--seconds 5] [--clients 16]

Servers that are not installed are left out, and said to be: `oxigraph` and `rdflib-endpoint` come from PyPI,
`virtuoso-t` from Debian's virtuoso-opensource. Prints requests per second and the ratio to ours; what matters are the
ratios, for all are measured on the same machine within the same minutes.
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
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import quote

import pyoxigraph as ox

PROJECT = Path(__file__).resolve().parents[1]
JSON = "application/sparql-results+json"
LABEL = "http://www.w3.org/2000/01/rdf-schema#label"
#: A look-up of one case, as a list of cases makes it; a number behind it makes each query another one.
LOOK_UP = (
    "SELECT ?title ?event { <https://w3id.org/itbkg/case/mohammed-2004/1> <https://w3id.org/itbkg/ont/title> ?title ; "
    f"<https://w3id.org/itbkg/ont/hasEvent> ?it . ?it <{LABEL}> ?event }} #"
)
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


def in_process(graph: Path, query: Callable[[int], str], seconds: float) -> list[float]:
    """Ask pyoxigraph in this process."""
    store = ox.Store()
    store.bulk_load((graph / "current" / "dataset.nq").read_bytes(), format=ox.RdfFormat.N_QUADS)
    times, until = [], time.perf_counter() + seconds
    while (before := time.perf_counter()) < until:
        result = store.query(query(len(times)))
        assert isinstance(result, ox.QuerySolutions)
        result.serialize(format=ox.QueryResultsFormat.JSON)
        times.append(time.perf_counter() - before)
    return times


def main() -> None:
    """Measure and print one table."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--seconds", type=float, default=5)
    parser.add_argument("--clients", type=int, default=16)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as aside:
        folder = Path(aside)
        graph = folder / "graph"
        build = "import sys; sys.argv[0] = 'itbkg'; from itbkg.cli import main; main()"
        command = [sys.executable, "-c", build, "build", "--out", str(graph)]
        subprocess.run(command, check=True, cwd=PROJECT, capture_output=True)
        workloads: dict[str, tuple[Callable[[int], str], int]] = {
            "look-up, always new": (lambda number: f"{LOOK_UP}{number}", given.clients),
            "look-up, repeated": (lambda _: LOOK_UP, given.clients),
            "heavy, always new, one client": (lambda number: f"{HEAVY}{number}", 1),
        }
        for name, (query, _) in workloads.items():
            took = in_process(graph, query, given.seconds)
            report("pyoxigraph in-process", name, took, sum(took))
        for server, command, address in ours(graph, folder):
            with running(command, f"http://127.0.0.1:{address}", cwd=folder) as url:
                for name, (query, clients) in workloads.items():
                    asyncio.run(ask(url, query, clients, 0.5))
                    took = asyncio.run(ask(url, query, clients, given.seconds))
                    report(server, name, took, given.seconds)


def report(server: str, workload: str, took: list[float], seconds: float) -> None:
    """Print one line: requests per second, and the median and 99th percentile of an answer in milliseconds."""
    took.sort()
    middle, late = statistics.median(took) * 1_000, took[int(len(took) * 0.99)] * 1_000
    rate = len(took) / seconds
    sys.stdout.write(f"{server:24} {workload:32} {rate:9.0f}/s {middle:9.2f} ms {late:9.2f} ms\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main()

"""The servers that benchmarks/endpoint.py asks, each with the same data."""

import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import quote

import pyoxigraph as ox


def free_port() -> int:
    """Find a port that nobody listens on."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


@contextmanager
def running(command: list[str], url: str, **more: object) -> Iterator[int]:
    """Run a server until the block ends; yield its process id once it answers."""
    server = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, **more)  # type: ignore[call-overload]
    try:
        for _ in range(600):
            try:
                urllib.request.urlopen(f"{url}?query={quote('ASK {}')}", timeout=5).read()
                break
            except OSError:
                time.sleep(0.1)
        yield server.pid
    finally:
        server.terminate()
        server.wait(timeout=60)


def servers(graph: Path, folder: Path) -> Iterator[tuple[str, list[str], str]]:
    """Name, command and address of each server that is installed, ours first."""
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
        port, triples = free_port(), default_graph(graph, folder)
        serve = [program, "serve", "--host", "127.0.0.1", "--port", str(port), str(triples)]
        yield "rdflib-endpoint", serve, f"{port}/"


def default_graph(graph: Path, folder: Path) -> Path:
    """Write the default graph, which holds every triple once, for those who would ask all graphs together."""
    triples = folder / "default.nt"
    quads = ox.parse((graph / "current" / "dataset.nq").read_bytes(), format=ox.RdfFormat.N_QUADS)
    default = (quad.triple for quad in quads if isinstance(quad.graph_name, ox.DefaultGraph))
    ox.serialize(default, str(triples), format=ox.RdfFormat.N_TRIPLES)
    return triples


def virtuoso(program: str, graph: Path, folder: Path) -> tuple[str, list[str], str]:
    """Configure Virtuoso with the default graph in a graph of its own."""
    folder.mkdir()
    port, sql = free_port(), free_port()
    triples = default_graph(graph, folder)
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
    script = f"TTLP(file_to_string_output('{triples}'), '', 'urn:default'); checkpoint;"
    loader = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    for _ in range(100):
        done = subprocess.run([isql, str(sql), "dba", "dba", f"exec={script}"], capture_output=True, check=False)
        if done.returncode == 0:
            break
        time.sleep(0.5)
    loader.terminate()
    loader.wait(timeout=60)
    return "virtuoso", command, f"{port}/sparql"

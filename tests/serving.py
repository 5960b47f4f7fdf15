"""Servers on a free loopback port, ours and Oxigraph's, and raw talk to them."""

import contextlib
import os
import socket
import subprocess
import sys
import sysconfig
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

_MAIN = "import sys; sys.argv[0] = 'itbkg'; from itbkg.cli import main; main()"


@contextmanager
def served(graph: Path | None, environment: Mapping[str, str] | None = None) -> Iterator[tuple[str, int]]:
    """Run `itbkg serve` on a build folder, or on the packaged corpus; yield host and port once it answers."""
    port = free_port()
    chosen = ["--graph", str(graph)] if graph else []
    command = [sys.executable, "-c", _MAIN, "serve", *chosen, "--port", str(port)]
    with _running(command, port, "/health", environment):
        yield "127.0.0.1", port


@contextmanager
def served_by_oxigraph(location: Path, nquads: bytes | None = None) -> Iterator[str]:
    """Run Oxigraph's own server on a dataset, or on nothing; yield the address of its endpoint once it answers."""
    program = str(Path(sysconfig.get_path("scripts"), "oxigraph"))  # beside this Python, on the path or not
    port, mode = free_port(), "serve"
    if nquads is not None:
        (location / "dataset.nq").write_bytes(nquads)
        load = [program, "load", "--location", str(location / "db"), "--file", str(location / "dataset.nq")]
        subprocess.run(load, check=True, capture_output=True)
        mode = "serve-read-only"
    with _running([program, mode, "--location", str(location / "db"), "--bind", f"127.0.0.1:{port}"], port, "/"):
        yield f"http://127.0.0.1:{port}/query"


def free_port() -> int:
    """Find a port on which nobody listens."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


@contextmanager
def _running(command: list[str], port: int, ready: str, environment: Mapping[str, str] | None = None) -> Iterator[None]:
    nowhere = subprocess.DEVNULL
    server = subprocess.Popen(command, env=os.environ | dict(environment or {}), stdout=nowhere, stderr=nowhere)
    try:
        _await(port, ready, server)
        yield
    finally:
        server.terminate()
        server.wait(timeout=30)


def _await(port: int, path: str, server: "subprocess.Popen[bytes]") -> None:
    for _ in range(600):
        assert server.poll() is None, "the server ended before it answered"
        try:
            if b" 200 " in talk("127.0.0.1", port, get(path), 2)[:40]:
                return
        except OSError:
            time.sleep(0.05)
    raise AssertionError("the server did not answer within 30 seconds")


def get(target: str, *headers: str, method: str = "GET") -> bytes:
    """Write a request that asks for the connection to be closed."""
    lines = [f"{method} {target} HTTP/1.1", "Host: localhost", "Connection: close", *headers, "", ""]
    return "\r\n".join(lines).encode("utf-8", "surrogateescape")


def post(body: bytes, kind: str, *headers: str, target: str = "/sparql") -> bytes:
    """Write a POST to the endpoint."""
    return get(target, f"Content-Type: {kind}", f"Content-Length: {len(body)}", *headers, method="POST") + body


def talk(host: str, port: int, sent: bytes, seconds: float) -> bytes:
    """Send some bytes and read all that comes until the server closes; TimeoutError where it does not in time."""
    with socket.create_connection((host, port), timeout=seconds) as connection:
        with contextlib.suppress(BrokenPipeError, ConnectionResetError):  # refused before all was sent
            connection.sendall(sent)
        got = bytearray()
        with contextlib.suppress(ConnectionResetError):
            while part := connection.recv(65_536):
                got += part
        return bytes(got)


def status(answer: bytes) -> int | None:
    """Read the status of an answer; None where the server closed without one."""
    line = answer.partition(b"\r\n")[0].split(b" ")
    return int(line[1]) if len(line) > 1 else None

"""Who asks in benchmarks/endpoint.py, and what it cost the asked.

Many clients are one process of wrk (Debian's package of that name), which costs next to nothing: the clients share the
processors with the servers, and one in Python would take more of them than the server that it measures.
"""

import asyncio
import json
import os
import re
import shutil
import statistics
import subprocess
import tempfile
import time
import urllib.request
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

import pyoxigraph as ox

JSON = "application/sparql-results+json"
#: A request of wrk: the target, and behind it, where each is to be new, the turn and a number.
_SCRIPT = """
local count, target, turn = 0, "", nil
function init(args) target, turn = args[1], args[2] end
function request()
  count = count + 1
  return wrk.format("GET", turn and target .. turn .. "x" .. count or target)
end
"""
_TICK = os.sysconf("SC_CLK_TCK")


@dataclass(frozen=True, slots=True)
class Turn:
    """What came of asking for a while: answers, seconds, milliseconds at the middle and the 99th percentile.

    `cpu` is the processor time in seconds that the asked process and all below it took.
    """

    answers: int
    seconds: float
    middle: float
    late: float
    cpu: float


#: Asks a query for so many seconds with so many clients, in a turn with a number where each is to be new.
Asker = Callable[[str, int, float, int | None], Turn]


def ask(pid: int, url: str, query: str, clients: int, seconds: float, turn: int | None) -> Turn:
    """Ask a server."""
    before, began = processor(pid), time.perf_counter()
    if clients == 1:
        times = asyncio.run(one_client(url, query, seconds, turn))
        return told(times, time.perf_counter() - began, processor(pid) - before)
    answers, took, middle, late = many_clients(url, query, clients, seconds, turn)
    return Turn(answers, took, middle, late, processor(pid) - before)


def told(times: list[float], seconds: float, cpu: float) -> Turn:
    """Sum up the times of answers."""
    times.sort()
    return Turn(len(times), seconds, statistics.median(times) * 1_000, times[int(len(times) * 0.99)] * 1_000, cpu)


def processor(pid: int) -> float:
    """Sum the processor time of a process and all below it that live."""
    parents: dict[int, int] = {}
    times: dict[int, int] = {}
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            fields = (folder / "stat").read_text().rpartition(")")[2].split()
        except OSError:
            continue
        parents[int(folder.name)], times[int(folder.name)] = int(fields[1]), int(fields[11]) + int(fields[12])
    family, more = {pid}, {pid}
    while more := {child for child, parent in parents.items() if parent in more} - family:
        family |= more
    return sum(times.get(one, 0) for one in family) / _TICK


def many_clients(
    url: str, query: str, clients: int, seconds: float, turn: int | None
) -> tuple[int, float, float, float]:
    """Let wrk ask; return answers, seconds and milliseconds at the middle and the 99th percentile."""
    wrk = shutil.which("wrk")
    if not wrk:
        raise SystemExit("the clients are wrk; apt-get install wrk")
    place, _, path = url.removeprefix("http://").partition("/")
    with tempfile.NamedTemporaryFile("w", suffix=".lua") as script:
        script.write(_SCRIPT)
        script.flush()
        how = ["-t1", f"-c{clients}", f"-d{max(1, round(seconds))}s", "--latency", "-s", script.name]
        numbered = [str(turn)] if turn is not None else []
        command = [wrk, *how, "-H", f"Accept: {JSON}", f"http://{place}", "--", f"/{path}?query={quote(query)}"]
        said = subprocess.run([*command, *numbered], check=True, capture_output=True, text=True).stdout
    if "Non-2xx" in said or "Socket errors" in said:
        raise SystemExit(f"not all was answered: {said}")
    found = re.search(r"(\d+) requests in ([\d.]+)(m?s)", said)
    assert found, said
    took = float(found[2]) / (1_000 if found[3] == "ms" else 1)
    return int(found[1]), took, _percentile(said, "50"), _percentile(said, "99")


def _percentile(said: str, name: str) -> float:
    found = re.search(rf"{name}%\s+([\d.]+)(us|ms|s)\b", said)
    assert found, said
    return float(found[1]) * {"us": 0.001, "ms": 1, "s": 1_000}[found[2]]


async def one_client(url: str, query: str, seconds: float, turn: int | None) -> list[float]:
    """Ask on one kept connection; return the time of each answer."""
    place, _, path = url.removeprefix("http://").partition("/")
    host, port = place.split(":")
    reader, writer = await asyncio.open_connection(host, int(port))
    times: list[float] = []
    until = time.perf_counter() + seconds
    while (before := time.perf_counter()) < until:
        text = quote(numbered(query, turn, len(times)))
        writer.write(f"GET /{path}?query={text} HTTP/1.1\r\nHost: {place}\r\nAccept: {JSON}\r\n\r\n".encode())
        await read_answer(reader)
        times.append(time.perf_counter() - before)
    writer.close()
    return times


def numbered(query: str, turn: int | None, number: int) -> str:
    """Write a query that nobody asked before, where each is to be new."""
    return query if turn is None else f"{query}{turn}y{number}"


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


def rows(answer: bytes) -> list[tuple[tuple[str, str], ...]]:
    """Read the rows of an answer, in one order."""
    bindings = json.loads(answer)["results"]["bindings"]
    return sorted(tuple(sorted((name, cell["value"]) for name, cell in row.items())) for row in bindings)


def fetch(url: str, query: str) -> bytes:
    """Ask once."""
    asked = urllib.request.Request(f"{url}?query={quote(query)}", headers={"Accept": JSON})
    with urllib.request.urlopen(asked, timeout=600) as answer:
        body: bytes = answer.read()
    return body


class InProcess:
    """pyoxigraph in this process, asked one query after the other."""

    def __init__(self, graph: Path) -> None:
        self._store = ox.Store()
        self._store.bulk_load((graph / "current" / "dataset.nq").read_bytes(), format=ox.RdfFormat.N_QUADS)

    def answer(self, query: str) -> bytes:
        """Answer once."""
        result = self._store.query(query)
        assert isinstance(result, ox.QuerySolutions)
        return result.serialize(format=ox.QueryResultsFormat.JSON) or b""

    def ask(self, query: str, clients: int, seconds: float, turn: int | None) -> Turn:
        """Ask for so long."""
        del clients
        times: list[float] = []
        cpu, until = time.process_time(), time.perf_counter() + seconds
        while (before := time.perf_counter()) < until:
            self.answer(numbered(query, turn, len(times)))
            times.append(time.perf_counter() - before)
        return told(times, sum(times), time.process_time() - cpu)

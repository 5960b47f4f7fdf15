"""Many clients for a while, some of them hostile: no honest answer is wrong, and none fails but by the stated 503.

python benchmarks/load.py [--seconds 60] [--clients 64]
"""

import argparse
import asyncio
import itertools
import random
import subprocess
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
from benchmarks.endpoint import LABEL, PROJECT
from benchmarks.endpoint_clients import JSON, InProcess
from benchmarks.endpoint_servers import free_port, running

#: One request in so many is hostile.
HOSTILE_SHARE = 0.01
HONEST = [
    f"SELECT ?l {{ ?c a <https://w3id.org/itbkg/ont/{name}> ; <{LABEL}> ?l }} ORDER BY ?l"
    for name in ("Case", "Seizure", "Withdrawal", "Overdose", "CatheterRelatedCause", "OralBaclofen", "Publication")
]
HOSTILE = [
    "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }",
    "SELECT * { ?a ?b ?c . ?d ?e ?f } ORDER BY ?f",
    "SELECT * { ?a ?b ?c . ?d ?e ?f }",
    "SELECT * " + "{" * 3_000 + "}" * 3_000,
    "SELECT * { SERVICE <http://127.0.0.1:9/> { ?s ?p ?o } }",
]


async def client(port: int, number: int, until: float, right: dict[str, bytes], seen: Counter[str]) -> None:
    """Ask honest queries, and every hundredth time a hostile one; count what came."""
    chance = random.Random(number)
    for count in itertools.count():
        if time.monotonic() > until:
            return
        hostile = chance.random() < HOSTILE_SHARE
        query = chance.choice(HOSTILE if hostile else HONEST)
        text = query if hostile else f"{query} #{number}-{count}"
        status, body = await ask(port, text)
        if hostile:
            seen[f"hostile {status}"] += 1
        elif status == 200:  # noqa: PLR2004
            seen["honest, right" if body == right[query] else "honest, WRONG"] += 1
        else:
            seen[f"honest {status}"] += 1


async def ask(port: int, query: str) -> tuple[int, bytes]:
    """Send one query on a connection of its own."""
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    body = query.encode()
    head = (
        f"POST /sparql HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nAccept: {JSON}\r\n"
        f"Content-Type: application/sparql-query\r\nContent-Length: {len(body)}\r\n\r\n"
    )
    writer.write(head.encode() + body)
    answer = await reader.read()
    writer.close()
    top, _, rest = answer.partition(b"\r\n\r\n")
    return int(top.split(b" ")[1]), rest


async def health(port: int, until: float, waits: list[float]) -> None:
    """Ask ten times a second whether the server lives."""
    while time.monotonic() < until:
        before = time.monotonic()
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        writer.write(b"GET /health HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")
        await reader.read()
        writer.close()
        waits.append(time.monotonic() - before)
        await asyncio.sleep(0.1)


def main() -> None:
    """Run the clients and print what they saw."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--seconds", type=float, default=60)
    parser.add_argument("--clients", type=int, default=64)
    given = parser.parse_args()
    cli = [sys.executable, "-c", "import sys; sys.argv[0] = 'itbkg'; from itbkg.cli import main; main()"]
    with tempfile.TemporaryDirectory() as folder:
        subprocess.run([*cli, "build", "--out", folder + "/g"], check=True, cwd=PROJECT, capture_output=True)
        alone = InProcess(Path(folder, "g"))
        right = {query: alone.answer(query) for query in HONEST}
        port, seen, waits = free_port(), Counter[str](), list[float]()

        async def run() -> None:
            until = time.monotonic() + given.seconds
            clients = (client(port, number, until, right, seen) for number in range(given.clients))
            await asyncio.gather(health(port, until, waits), *clients)

        with running([*cli, "serve", "--graph", folder + "/g", "--port", str(port)], f"http://127.0.0.1:{port}/sparql"):
            asyncio.run(run())
    for what, number in sorted(seen.items()):
        sys.stdout.write(f"{what:20} {number}\n")
    waits.sort()
    late = f"{waits[int(len(waits) * 0.99)] * 1_000:.0f} ms at the 99th percentile, {waits[-1] * 1_000:.0f} ms at most"
    sys.stdout.write(f"/health answered {len(waits)} times, within {late}\n")


if __name__ == "__main__":
    main()

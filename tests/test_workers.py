"""The processes in which queries run: killed in time, replaced, and with nothing in reach."""

import asyncio
import os
import signal
import time
from collections import Counter
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from pathlib import Path

import pytest

from itbkg.errors import QuerySyntaxError
from itbkg.limits import Limits, read_limits
from itbkg.store import Store
from itbkg_api.workers import (
    AnswerTooLargeError,
    Asked,
    BusyError,
    MemoryLimitError,
    Pool,
    TimeLimitError,
)
from itbkg_api.workers.parent import MALLOC
from tests.running import run

COUNT = Asked("SELECT (COUNT(*) AS ?n) { ?s ?p ?o }", "csv")
ENDLESS = Asked("SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }", "csv")
GREEDY = Asked("SELECT * { ?a ?b ?c . ?d ?e ?f } ORDER BY ?a ?f", "csv")
LONG = Asked("SELECT * { ?a ?b ?c . ?d ?e ?f }", "csv")
SMALL = Limits(seconds=3, wait_seconds=5, result_bytes=100_000, memory_bytes=300_000_000, workers=2, waiting=4)


@asynccontextmanager
async def opened(store: Store, limits: Limits = SMALL) -> AsyncIterator[Pool]:
    """Open a pool, and leave no process behind."""
    pool = Pool(store, limits)
    await pool.open()
    try:
        yield pool
    finally:
        await pool.close()


def children(depth: int = 9) -> set[int]:
    """Return the processes below this one that are not zombies, down to so many generations."""
    parents: dict[int, int] = {}
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            state, parent = (folder / "stat").read_text().rpartition(")")[2].split()[:2]
        except OSError:
            continue
        if state != "Z":
            parents[int(folder.name)] = int(parent)
    found: set[int] = set()
    more = {os.getpid()}
    while more and depth:
        depth -= 1
        more = {child for child, parent in parents.items() if parent in more} - found
        found |= more
    return found


def files() -> int:
    """Count the descriptors of this process."""
    return len(list(Path("/proc/self/fd").iterdir()))


def test_an_answer_is_that_of_the_store(store: Store) -> None:
    """The workers would answer from another graph than the rest of the API."""

    async def ask() -> bytes:
        async with opened(store) as pool:
            return await pool.answer(COUNT)

    assert run(ask()) == f"n\r\n{store.manifest.triples}\r\n".encode()


@pytest.mark.parametrize(
    ("asked", "error", "seconds"),
    [(ENDLESS, TimeLimitError, 3.0), (GREEDY, MemoryLimitError, 0.0), (LONG, AnswerTooLargeError, 0.0)],
)
def test_a_query_that_meets_a_limit_ends_and_harms_no_other(
    store: Store, asked: Asked, error: type[Exception], seconds: float
) -> None:
    """One query could take the service down, or be cut off so that its answer looks whole."""

    async def ask() -> tuple[float, bytes]:
        memory = 30_000_000 if error is MemoryLimitError else SMALL.memory_bytes
        async with opened(store, replace(SMALL, memory_bytes=memory)) as pool:
            before = time.monotonic()
            with pytest.raises(error):
                await pool.answer(asked)
            took = time.monotonic() - before
            return took, await pool.answer(COUNT)

    took, after = run(ask())
    assert seconds <= took < SMALL.seconds + 2
    assert after == f"n\r\n{store.manifest.triples}\r\n".encode()


def test_large_queries_and_answers_come_through_whole(store: Store) -> None:
    """What goes through a socket in parts would be put together wrongly, or hang."""
    long = Asked("SELECT ('" + "\N{SYRINGE}" * 300_000 + "' AS ?x) {}", "csv")

    async def ask() -> list[bytes]:
        async with opened(store, Limits(workers=2)) as pool:
            return list(await asyncio.gather(*[pool.answer(asked) for asked in (long, COUNT, long)]))

    first, _, last = run(ask())
    assert first == last == b"x\r\n" + "\N{SYRINGE}".encode() * 300_000 + b"\r\n"


def test_memory_is_handed_out_as_the_engine_needs_it(store: Store) -> None:
    """Every small query would cost a third more."""

    async def look() -> list[bytes]:
        async with opened(store):
            return [Path(f"/proc/{child}/environ").read_bytes() for child in children() - before]

    before = children()
    assert all(f"GLIBC_TUNABLES={MALLOC}".encode() in found for found in run(look()))


def test_a_slip_in_a_query_costs_no_worker(store: Store) -> None:
    """Every syntax error would kill a process."""

    async def ask() -> tuple[set[int], set[int]]:
        async with opened(store) as pool:
            before = children()
            for _ in range(5):
                with pytest.raises(QuerySyntaxError, match="line 1, column"):
                    await pool.answer(Asked("SELECT * {", "json"))
            return before, children()

    before, after = run(ask())
    assert before == after


def test_those_who_cannot_wait_are_told_so(store: Store) -> None:
    """Queries would pile up without end, or a free worker be left idle."""

    async def ask() -> list[object]:
        async with opened(store) as pool:
            return list(await asyncio.gather(*[pool.answer(COUNT) for _ in range(20)], return_exceptions=True))

    answers = Counter(type(answer) for answer in run(ask()))
    assert answers == {bytes: SMALL.workers + SMALL.waiting, BusyError: 20 - SMALL.workers - SMALL.waiting}


def test_who_waits_too_long_is_told_so(store: Store) -> None:
    """A client would hang behind slow queries of others."""
    limits = Limits(seconds=4, wait_seconds=1, workers=1, waiting=4)

    async def ask() -> object:
        async with opened(store, limits) as pool:
            slow = asyncio.ensure_future(pool.answer(ENDLESS))
            await asyncio.sleep(0.05)
            try:
                with pytest.raises(BusyError, match="no worker was free for 1 s"):
                    await pool.answer(COUNT)
            finally:
                slow.cancel()
            return await pool.answer(COUNT)

    assert run(ask())


def test_a_query_whose_client_left_is_killed(store: Store) -> None:
    """Hanging up would leave a query that runs on and keeps a worker busy."""
    limits = Limits(seconds=30, workers=1, waiting=1)

    async def ask() -> float:
        async with opened(store, limits) as pool:
            leaving = asyncio.ensure_future(pool.answer(ENDLESS))
            await asyncio.sleep(0.1)
            leaving.cancel()
            before = time.monotonic()
            await pool.answer(COUNT)
            return time.monotonic() - before

    assert run(ask()) < 2


def test_dead_workers_and_a_dead_nursery_are_replaced(store: Store) -> None:
    """The service would stay broken after the kernel had killed one of its processes."""

    async def ask() -> list[bytes]:
        async with opened(store) as pool:
            first = await pool.answer(COUNT)
            for child in children():
                os.kill(child, signal.SIGKILL)
            await asyncio.sleep(0.2)
            return [first, *[await pool.answer(COUNT) for _ in range(3)]]

    assert len(set(run(ask()))) == 1


def test_no_process_file_or_memory_is_left_after_a_thousand_rounds(store: Store) -> None:
    """The service would run out of processes, descriptors or memory in a week."""
    limits = Limits(seconds=1, result_bytes=1_000, workers=2, waiting=100)
    cycle = [COUNT, Asked("SELECT * {", "json"), Asked("SELECT * { ?s ?p ?o }", "json"), COUNT]

    async def rounds() -> tuple[tuple[int, int], tuple[int, int]]:
        async with opened(store, limits) as pool:
            await pool.answer(COUNT)
            before = (len(children()), files())
            for number in range(1_000):
                leaving = asyncio.ensure_future(pool.answer(cycle[number % 4]))
                if number % 20 == 0:
                    await asyncio.sleep(0)
                    leaving.cancel()
                await asyncio.gather(leaving, return_exceptions=True)
            await pool.answer(COUNT)
            await asyncio.sleep(0.1)
            return before, (len(children()), files())

    start = children()
    before, after = run(rounds())
    assert before == after
    assert children() == start


def test_a_worker_has_nothing_in_reach(store: Store) -> None:
    """A flaw of the engine would let a query read files, open sockets or fill the disk with a core."""

    async def look() -> tuple[list[str], str]:
        async with opened(store, Limits(workers=1)) as pool:
            await pool.answer(COUNT)
            (worker,) = children() - children(1)
            links = [os.readlink(file) for file in sorted(Path(f"/proc/{worker}/fd").iterdir())]
            return links, Path(f"/proc/{worker}/limits").read_text("ascii")

    links, limits = run(look())
    assert links[:3] == ["/dev/null"] * 3
    assert len(links) == 4
    assert links[3].startswith("socket:")
    rows = {line[:26].strip(): line[26:].split()[:2] for line in limits.splitlines()}
    assert rows["Max open files"] == ["4", "4"]
    assert rows["Max core file size"] == ["0", "0"]
    assert rows["Max data size"][0] != "unlimited"


@pytest.mark.parametrize("value", ["0", "-1", "ten", "1.5", "", "²"])
def test_a_limit_that_is_none_is_refused(value: str) -> None:
    """A slip would switch a limit off."""
    with pytest.raises(Exception, match="ITBKG_LIMIT_SECONDS"):
        read_limits({"ITBKG_LIMIT_SECONDS": value})


def test_a_limit_is_read_from_its_variable() -> None:
    """A setting would do nothing."""
    assert read_limits({"ITBKG_LIMIT_SECONDS": "3"}) == Limits(seconds=3)

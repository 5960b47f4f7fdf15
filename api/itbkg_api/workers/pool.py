"""The pool: the server's side of the workers. It keeps a fixed number of them and replaces those that it kills.

All of it runs in one event loop by calls that return at once: a task for each query would cost as much as the query.
"""

import asyncio
from collections import deque
from collections.abc import Callable
from functools import partial

from itbkg.errors import QueryError, QueryRefusedError, QuerySyntaxError
from itbkg.limits import Limits
from itbkg.store import Store
from itbkg.store.manifest import DATASET
from itbkg_api.workers.errand import Errand, Outcome
from itbkg_api.workers.errors import (
    AnswerTooLargeError,
    BusyError,
    MemoryLimitError,
    TimeLimitError,
)
from itbkg_api.workers.messages import ANSWER, QUERY, TOO_LARGE, Asked, Frame, frame
from itbkg_api.workers.parent import Nursery, Worker

_REFUSALS: dict[str, type[QueryError]] = {
    error.__name__: error for error in (QueryError, QuerySyntaxError, QueryRefusedError)
}


class Pool:
    """Runs queries in killable processes; to be opened in the event loop in which it is asked."""

    def __init__(self, store: Store, limits: Limits) -> None:
        self._store = store
        self._limits = limits
        self._idle: list[Worker] = []
        self._line: deque[Errand] = deque()
        self._nursery: Nursery | None = None
        self._adding = asyncio.Lock()
        self._replacing: set[asyncio.Task[None]] = set()

    @property
    def limits(self) -> Limits:
        """The limits that it holds queries to."""
        return self._limits

    @property
    def digest(self) -> str:
        """The digest of the dataset."""
        return self._store.manifest.digest

    @property
    def is_open(self) -> bool:
        """Whether it has workers."""
        return self._nursery is not None

    async def open(self) -> None:
        """Start the nursery and the workers."""
        self._loop = asyncio.get_running_loop()
        self._nursery = await Nursery.start(_in_order(self._store), self._limits)
        for _ in range(self._limits.workers):
            await self._add()

    async def close(self) -> None:
        """End all processes; queries under way are cut off."""
        for task in self._replacing:
            task.cancel()
        await asyncio.gather(*self._replacing, return_exceptions=True)
        while self._idle:
            self._idle.pop().kill()
        if self._nursery:
            self._nursery.close()
            self._nursery = None

    async def answer(self, asked: Asked) -> bytes:
        """Return the whole answer.

        Raises QuerySyntaxError or QueryRefusedError as the engine does, and WorkerError where a limit was met. Where
        the caller is cancelled the query is killed.
        """
        told: asyncio.Future[bytes] = self._loop.create_future()
        errand = self.send(asked, partial(_settle, told))
        try:
            return await told
        except asyncio.CancelledError:
            self.forget(errand)
            raise

    def send(self, asked: Asked, tell: Callable[[Outcome], None]) -> Errand:
        """Send a query to a worker, or into the line; `tell` is given the answer, or what `answer` would raise.

        Raises BusyError where too many wait already. `tell` is not called before this returns.
        """
        errand = Errand(frame(QUERY, asked.to_bytes()), tell)
        worker = self._take()
        if worker:
            self._begin(errand, worker)
        elif len(self._line) >= self._limits.waiting:
            raise BusyError(f"{self._limits.waiting} queries are waiting already")
        else:
            errand.set_timer(self._loop.call_later(self._limits.wait_seconds, self._leave, errand))
            self._line.append(errand)
        return errand

    def forget(self, errand: Errand) -> None:
        """Give an errand up, and tell nobody: it leaves the line, or its worker is killed."""
        if not errand.over:
            self._drop(errand, None)

    def _begin(self, errand: Errand, worker: Worker) -> None:
        errand.worker = worker
        errand.set_timer(self._loop.call_later(self._limits.seconds, self._late, errand))
        worker.ask(errand.asked, partial(self._end, errand, worker))

    def _end(self, errand: Errand, worker: Worker, whole: Frame | None) -> None:
        """Pass an answer on; a worker that died has met its limit of memory, or was killed by someone else."""
        if whole is None:
            died = "the query took more memory than one may, or ended its worker otherwise"
            self._drop(errand, MemoryLimitError(died))
            return
        self._give_back(worker)
        errand.end(self._read(*whole))

    def _late(self, errand: Errand) -> None:
        self._drop(errand, TimeLimitError(f"the query ran for more than {self._limits.seconds} s"))

    def _leave(self, errand: Errand) -> None:
        self._drop(errand, BusyError(f"no worker was free for {self._limits.wait_seconds} s"))

    def _drop(self, errand: Errand, outcome: Outcome | None) -> None:
        """End an errand before it is answered: take it out of the line, or kill its worker."""
        if errand.worker is None:
            self._line.remove(errand)
        else:
            self._replace(errand.worker)
        errand.end(outcome)

    def _read(self, kind: bytes, body: bytes) -> Outcome:
        if kind == ANSWER:
            return body
        if kind == TOO_LARGE:
            return AnswerTooLargeError(f"the answer has more than {self._limits.result_bytes} bytes")
        name, _, said = body.decode().partition("\n")
        return _REFUSALS.get(name, QueryError)(said)

    def _take(self) -> Worker | None:
        """Take an idle worker that lives; one that died is replaced. None where all are at work."""
        while self._idle:
            worker = self._idle.pop()  # the one last at work, whose memory is warm
            if worker.is_alive:
                return worker
            self._replace(worker)
        return None

    def _give_back(self, worker: Worker) -> None:
        """Let a worker go on with who waits longest, or rest."""
        if self._line:
            self._begin(self._line.popleft(), worker)
        else:
            self._idle.append(worker)

    def _replace(self, worker: Worker) -> None:
        """Kill a worker, and have another forked meanwhile."""
        worker.kill()
        task = self._loop.create_task(self._add())
        self._replacing.add(task)
        task.add_done_callback(self._replacing.discard)

    async def _add(self) -> None:
        """Have a worker forked; a nursery that died is started again."""
        async with self._adding:
            if self._nursery is None:
                return
            try:
                worker = await self._nursery.fork()
            except (ConnectionError, EOFError):
                self._nursery.close()
                self._nursery = await Nursery.start(_in_order(self._store), self._limits)
                worker = await self._nursery.fork()
        self._give_back(worker)


def _in_order(store: Store) -> bytes:
    """Write the dataset with what belongs together side by side: so it lies in memory, and is read a fifth faster.

    That is the file of a build; a store without one writes its quads in the order of their hashes.
    """
    kept = store.kept(DATASET)
    return kept[1] if kept else b"".join(sorted(store.to_nquads().splitlines(keepends=True)))


def _settle(told: asyncio.Future[bytes], outcome: Outcome) -> None:
    """Hand an outcome to who waits for it, and still does."""
    if told.done():
        return
    if isinstance(outcome, bytes):
        told.set_result(outcome)
    else:
        told.set_exception(outcome)

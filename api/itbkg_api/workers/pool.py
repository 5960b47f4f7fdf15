"""The pool: the server's side of the workers. It keeps a fixed number of them and replaces those that it kills."""

import asyncio

from itbkg.errors import QueryError, QueryRefusedError, QuerySyntaxError
from itbkg.limits import Limits
from itbkg.store import Store
from itbkg_api.workers.errors import (
    AnswerTooLargeError,
    MemoryLimitError,
    TimeLimitError,
)
from itbkg_api.workers.line import Line
from itbkg_api.workers.messages import ANSWER, QUERY, TOO_LARGE, Asked, frame
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
        self._line = Line(limits)
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
        self._nursery = await Nursery.start(self._store.to_nquads(), self._limits)
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
        worker = await self._take()
        whole = False
        try:
            async with asyncio.timeout(self._limits.seconds):
                kind, body = await worker.ask(frame(QUERY, asked.to_bytes()))
            whole = True
        except TimeoutError as error:
            raise TimeLimitError(f"the query ran for more than {self._limits.seconds} s") from error
        except (ConnectionError, EOFError) as error:
            raise MemoryLimitError("the query took more memory than one may, or ended its worker otherwise") from error
        finally:
            self._give_back(worker) if whole else self._replace(worker)
        return self._read(kind, body)

    def _read(self, kind: bytes, body: bytes) -> bytes:
        if kind == ANSWER:
            return body
        if kind == TOO_LARGE:
            raise AnswerTooLargeError(f"the answer has more than {self._limits.result_bytes} bytes")
        name, _, said = body.decode().partition("\n")
        raise _REFUSALS.get(name, QueryError)(said)

    async def _take(self) -> Worker:
        """Take an idle worker, or wait in line for one."""
        await self._line.enter()
        worker = self._idle.pop()  # the one last at work, whose memory is warm
        if worker.is_alive:
            return worker
        self._replace(worker)
        return await self._take()

    def _give_back(self, worker: Worker) -> None:
        self._idle.append(worker)
        self._line.leave()

    def _replace(self, worker: Worker) -> None:
        """Kill a worker, and have another forked meanwhile."""
        worker.kill()
        task = asyncio.get_running_loop().create_task(self._add())
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
                self._nursery = await Nursery.start(self._store.to_nquads(), self._limits)
                worker = await self._nursery.fork()
        self._give_back(worker)

"""An endpoint elsewhere behind our own: its answers pass through our limits and come in our forms."""

import asyncio
from contextlib import suppress

from itbkg.limits import Limits
from itbkg.store import PREFIXES
from itbkg.store.engine import AnswerSizeError, write_within
from itbkg.store.remote import RemoteStore
from itbkg_api.workers import AnswerTooLargeError, Asked, TimeLimitError
from itbkg_api.workers.line import Line


class Elsewhere:
    """Sends queries on, as many at once as there would be workers."""

    def __init__(self, store: RemoteStore, limits: Limits) -> None:
        self._store = store
        self._limits = limits
        self._line = Line(limits, limits.workers)

    @property
    def limits(self) -> Limits:
        """The limits that it holds queries to."""
        return self._limits

    @property
    def digest(self) -> str:
        """Nothing: what is elsewhere may change."""
        return ""

    @property
    def is_open(self) -> bool:
        """It can be asked as soon as it is there: a connection is made for each query."""
        return True

    async def open(self) -> None:
        """Do nothing: a connection is made for each query."""

    async def close(self) -> None:
        """Do nothing: no connection is kept."""

    async def answer(self, asked: Asked) -> bytes:
        """Return the whole answer; raises what the store raises, and WorkerError where a limit was met."""
        await self._line.enter()
        try:
            answer = await asyncio.to_thread(self._answer, asked)
        except TimeoutError as error:
            raise TimeLimitError(f"the query ran for more than {self._limits.seconds} s") from error
        finally:
            self._line.leave()
        if answer is None:
            raise AnswerTooLargeError(f"the answer has more than {self._limits.result_bytes} bytes")
        return answer

    def _answer(self, asked: Asked) -> bytes | None:
        """Return the answer; None where it is too large, for what the engine holds may not leave its thread."""
        with suppress(AnswerSizeError):
            result = self._store.ask(asked.query, asked.default_graphs, asked.named_graphs)
            return write_within(self._limits.result_bytes, result, asked.form, PREFIXES)
        return None

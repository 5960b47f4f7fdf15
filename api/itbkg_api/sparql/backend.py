"""What stands behind the endpoint: workers over a graph of our own, or an endpoint elsewhere."""

from typing import Protocol

from itbkg.limits import Limits
from itbkg_api.workers import Asked


class Backend(Protocol):
    """Answers guarded queries within limits."""

    @property
    def limits(self) -> Limits:
        """The limits that it holds queries to."""

    @property
    def digest(self) -> str:
        """What names the dataset: the same digest, the same answers."""

    @property
    def is_open(self) -> bool:
        """Whether it can be asked."""

    async def open(self) -> None:
        """Make ready; called in the event loop in which it will be asked."""

    async def close(self) -> None:
        """Let everything go."""

    async def answer(self, asked: Asked) -> bytes:
        """Return the whole answer; raises QueryError as the engine does, WorkerError where a limit was met."""

"""A query on its way to its answer."""

import asyncio
from collections.abc import Callable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from itbkg_api.workers.parent import Worker

#: The whole answer, or why there is none.
Outcome = bytes | Exception


class Errand:
    """A query in line, at work with a worker, or over; whoever sent it is told how it ended, once."""

    __slots__ = ("asked", "over", "tell", "timer", "worker")

    def __init__(self, asked: bytes, tell: Callable[[Outcome], None]) -> None:
        self.asked = asked
        self.tell = tell
        self.over = False
        #: Who is at work on it; None while it waits in line.
        self.worker: Worker | None = None
        #: Ends its waiting, or its work.
        self.timer: asyncio.TimerHandle | None = None

    def set_timer(self, timer: asyncio.TimerHandle | None) -> None:
        """Let another timer run, or none."""
        if self.timer is not None:
            self.timer.cancel()
        self.timer = timer

    def end(self, outcome: Outcome | None) -> None:
        """Be over, and tell how it ended; nobody is told where nobody listens any longer."""
        if self.over:
            return
        self.over = True
        self.set_timer(None)
        if outcome is not None:
            self.tell(outcome)

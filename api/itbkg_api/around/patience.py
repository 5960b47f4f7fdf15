"""A time limit on all that is not SPARQL: who asked for too much is told so, and the work goes on unheard.

A handler runs in a thread, which nothing can end; the threads are few, so that no more than those can be at such work.
"""

import asyncio

from starlette.requests import Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from itbkg_api.problems import respond
from itbkg_api.workers import TimeLimitError


class Patience:
    """Answers for the application where that has not begun to after so many seconds."""

    def __init__(self, app: ASGIApp, seconds: float) -> None:
        self._app = app
        self._seconds = seconds
        self._unheard: set[asyncio.Task[None]] = set()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        answer = Answer(send)
        work = asyncio.ensure_future(self._app(scope, receive, answer.send))
        try:
            await asyncio.wait({work}, timeout=self._seconds)
            if work.done() or answer.begun:
                await work
                return
        except asyncio.CancelledError:
            work.cancel()
            raise
        answer.unheard = True
        self._unheard.add(work)
        work.add_done_callback(self._unheard.discard)
        late = TimeLimitError(f"the request was at work for more than {self._seconds} s")
        late.limit = "rest_seconds"
        await respond(Request(scope), late)(scope, receive, send)


class Answer:
    """Passes an answer on until nobody listens any more."""

    def __init__(self, send: Send) -> None:
        self._send = send
        self.begun = False
        self.unheard = False

    async def send(self, message: Message) -> None:
        """Pass on one message."""
        if not self.unheard:
            self.begun = True
            await self._send(message)

"""The access log: a JSON line on standard error for each request, without what was asked."""

import json
import sys
import time
from dataclasses import asdict, dataclass

from starlette.types import ASGIApp, Message, Receive, Scope, Send


@dataclass(slots=True)
class Line:
    """One request: `ms` until its answer was sent, `bytes` of the body; the query string is in none of it."""

    method: str
    path: str
    status: int = 500
    ms: float = 0.0
    bytes: int = 0


class AccessLog:
    """Writes a line for each request when it has been answered, or has failed."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request; what is asked from within leaves no line."""
        if scope["type"] != "http" or scope.get("server") is None:
            await self._app(scope, receive, send)
            return
        line, began = Line(scope["method"], scope["path"]), time.perf_counter()

        async def count(message: Message) -> None:
            line.status = message.get("status", line.status)
            line.bytes += len(message.get("body", b""))
            await send(message)

        try:
            await self._app(scope, receive, count)
        finally:
            line.ms = round((time.perf_counter() - began) * 1_000, 3)
            sys.stderr.write(json.dumps(asdict(line)) + "\n")

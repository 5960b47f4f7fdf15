"""Give every answer the headers that stand on all."""

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from itbkg_api.addresses import path_within
from itbkg_api.standing import DOCS, DOCS_POLICY, STANDING

_ALL = tuple((name.lower().encode(), value.encode()) for name, value in STANDING.items())
_DOCS = tuple({**dict(_ALL), b"content-security-policy": DOCS_POLICY.encode()}.items())


class StandingHeaders:
    """Adds to an answer those of the headers that it does not have."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        standing = _DOCS if path_within(scope).startswith(DOCS) else _ALL

        async def add(message: Message) -> None:
            if message["type"] == "http.response.start":
                there = {name for name, _ in message["headers"]}
                more = (header for header in standing if header[0] not in there)
                message = {**message, "headers": [*message["headers"], *more]}
            await send(message)

        await self._app(scope, receive, add)

"""Give every answer the headers that stand on all."""

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from itbkg_api.addresses import path_within
from itbkg_api.standing import DOCS, DOCS_POLICY, STANDING, beside, raw

_ALL = raw(STANDING)
_DOCS = raw({**STANDING, "Content-Security-Policy": DOCS_POLICY})


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
                message = {**message, "headers": beside(message["headers"], standing)}
            await send(message)

        await self._app(scope, receive, add)

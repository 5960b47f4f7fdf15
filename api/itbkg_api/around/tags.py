"""Entity tags for what has none of its own: made of the content, so that any answer can be held against a client's."""

from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from itbkg_api.caching import content_tag, holds


class ContentTag:
    """Gives a whole answer a tag, and answers 304 to who has it; what is not to be stored gets none."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        if scope["type"] != "http" or scope["method"] != "GET":
            await self._app(scope, receive, send)
            return
        known = ",".join(Headers(scope=scope).getlist("if-none-match"))
        waiting: list[Message] = []

        async def tagged(message: Message) -> None:
            if message["type"] == "http.response.start" and _wants_tag(message):
                waiting.append(message)
                return
            if waiting and not message.get("more_body"):
                message = _tag(waiting[0], message, known)
            while waiting:
                await send(waiting.pop())
            await send(message)

        await self._app(scope, receive, tagged)


def _wants_tag(start: Message) -> bool:
    headers = Headers(raw=start["headers"])
    return start["status"] == 200 and "etag" not in headers and headers.get("cache-control") != "no-store"  # noqa: PLR2004 - OK


def _tag(start: Message, body: Message, known: str) -> Message:
    """Put the tag into the head; where the client has the content, make it a 304 and return an empty body."""
    headers = MutableHeaders(raw=start["headers"])
    headers["ETag"] = content_tag(body["body"])
    headers.setdefault("Cache-Control", "no-cache")
    start["headers"] = headers.raw
    if not holds(known, headers["ETag"]):
        return body
    start["status"] = 304
    for name in ("content-length", "content-type"):
        del headers[name]
    start["headers"] = headers.raw
    return {**body, "body": b""}

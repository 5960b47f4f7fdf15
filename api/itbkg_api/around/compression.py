"""Compression, with entity tags that tell the compressed form from the plain one (RFC 9110 section 8.8.3.3)."""

import re

from starlette.datastructures import Headers, MutableHeaders
from starlette.middleware.gzip import GZipMiddleware
from starlette.types import ASGIApp, Message, Receive, Scope, Send

#: Below so many bytes there is nothing to win.
LEAST_BYTES = 1_000
_LEVEL = 6
_OURS = re.compile(r'-gzip"|^\s*\*\s*$')
_REFUSED = re.compile(r"q=0(?:\.0{0,3})?$")


class Compressed:
    """Compresses for those who accept it; the tag of a compressed answer is that of the plain one with `-gzip`."""

    def __init__(self, app: ASGIApp) -> None:
        self._plain = app
        self._zipped = GZipMiddleware(app, minimum_size=LEAST_BYTES, compresslevel=_LEVEL)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        if scope["type"] != "http":
            await self._plain(scope, receive, send)
            return
        headers = Headers(scope=scope)
        accepts = accepts_gzip(headers.get("accept-encoding", ""))
        held = accepts and bool(_OURS.search(headers.get("if-none-match", "")))

        async def tagged(message: Message) -> None:
            if message["type"] == "http.response.start":
                _tell(message, held=held)
            await send(message)

        await (self._zipped if accepts else self._plain)(_plainly(scope) if held else scope, receive, tagged)


def accepts_gzip(said: str) -> bool:
    """Say whether an Accept-Encoding accepts gzip by name, and does not refuse it with `q=0`."""
    codings = ("".join(part.lower().split()).partition(";") for part in said.split(","))
    return any(coding == "gzip" and not _REFUSED.match(quality) for coding, _, quality in codings)


def _plainly(scope: Scope) -> Scope:
    """Name in If-None-Match the plain form of what the client holds compressed; the answer has the same content."""
    headers = [
        (name, value.replace(b'-gzip"', b'"') if name == b"if-none-match" else value)
        for name, value in scope["headers"]
    ]
    return {**scope, "headers": headers}


def _tell(message: Message, *, held: bool) -> None:
    headers = MutableHeaders(scope=message)
    is_kept = message["status"] == 304  # noqa: PLR2004 - Not Modified
    if message["status"] == 200 or is_kept:  # noqa: PLR2004 - OK
        known = [name.strip() for name in headers.get("vary", "").split(",") if name.strip()]
        headers["Vary"] = ", ".join(dict.fromkeys([*known, "Accept-Encoding"]))
    tag = headers.get("etag", "")
    if tag.endswith('"') and (headers.get("content-encoding") == "gzip" or (is_kept and held)):
        headers["ETag"] = f'{tag[:-1]}-gzip"'

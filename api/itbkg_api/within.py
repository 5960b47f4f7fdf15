"""The application asked from within: as a browser asks it, without a socket."""

import asyncio
from collections.abc import MutableMapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import unquote, urlsplit

from starlette.types import ASGIApp

#: What a browser asks for (https://developer.mozilla.org/docs/Web/HTTP/Content_negotiation/List_of_default_Accept_values).
BROWSER = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"


@dataclass(frozen=True, slots=True)
class Reply:
    """What was answered: `to` is where a redirection leads, `name` the file name that a download suggests."""

    status: int
    media_type: str
    body: bytes
    to: str
    name: str


async def get(app: ASGIApp, address: str, accept: str = BROWSER) -> Reply:
    """Ask for an address within the application."""
    parts, body = urlsplit(address), bytearray()
    head: dict[str, str | int] = {}
    sent: list[MutableMapping[str, Any]] = [{"type": "http.request", "body": b"", "more_body": False}]

    async def receive() -> MutableMapping[str, Any]:
        return sent.pop() if sent else await asyncio.Future()  # who asks never hangs up

    async def send(message: MutableMapping[str, Any]) -> None:
        if message["type"] == "http.response.start":
            named = {name.decode("latin-1").lower(): value.decode("latin-1") for name, value in message["headers"]}
            head.update(named, status=message["status"])
        else:
            body.extend(message.get("body", b""))

    await app(_scope(parts.path, parts.query, accept), receive, send)
    return Reply(
        status=int(head["status"]),
        media_type=str(head.get("content-type", "")).partition(";")[0],
        body=bytes(body),
        to=str(head.get("location", "")),
        name=str(head.get("content-disposition", "")).partition('filename="')[2].rstrip('"'),
    )


def _scope(path: str, query: str, accept: str) -> dict[str, Any]:
    return {
        "type": "http",
        "asgi": {"version": "3.0", "spec_version": "2.3"},
        "http_version": "1.1",
        "method": "GET",
        "scheme": "http",
        "path": unquote(path),
        "raw_path": path.encode(),
        "query_string": query.encode(),
        "root_path": "",
        "headers": [(b"host", b"localhost"), (b"accept", accept.encode())],
        "client": None,
        "server": None,  # by this the access log knows that nobody asked
        "state": {},
    }

"""Addresses that name what they are an answer from: below /release/NAME/ nothing ever changes.

The name of a release is made of the dataset's digest and the version of the software; what stands below is what stands
at the same address without it, and may be kept for good (RFC 8246).
"""

from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from itbkg_api.addresses import RELEASE, path_within
from itbkg_api.caching import FOR_GOOD
from itbkg_api.problems import problem

_KEPT_WHOLE, _KEPT_ALREADY = 200, 304


class Release:
    """Serves the application also below the name of its release, and says that another is not here."""

    def __init__(self, app: ASGIApp, name: str) -> None:
        self._app = app
        self._name = name

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        if scope["type"] != "http" or not path_within(scope).startswith(RELEASE):
            await self._app(scope, receive, send)
            return
        asked, _, _ = path_within(scope).removeprefix(RELEASE).partition("/")
        if not self._name or asked != self._name:
            here = f"here is {RELEASE}{self._name}/" if self._name else "the graph served here may change, and has none"
            await problem("no-such-address", f"'{asked}' is no release that is served here; {here}")(
                scope, receive, send
            )
            return
        within = {**scope, "root_path": f"{scope.get('root_path', '')}{RELEASE}{asked}"}

        async def kept(message: Message) -> None:
            if message["type"] == "http.response.start" and message["status"] in (_KEPT_WHOLE, _KEPT_ALREADY):
                message = _for_good(message)
            await send(message)

        await self._app(within, receive, kept)


def _for_good(message: Message) -> Message:
    """Let what had to be asked about each time be kept; what is never stored stays so."""
    headers = MutableHeaders(raw=list(message["headers"]))
    if headers.get("cache-control") == "no-cache":
        headers["Cache-Control"] = FOR_GOOD
    return {**message, "headers": headers.raw}

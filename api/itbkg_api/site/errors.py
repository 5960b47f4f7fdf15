"""Errors as pages: who asks for HTML is told in words, with ways on; any other client gets the problem document."""

import json
from collections.abc import Awaitable, Callable, Iterator, Mapping
from inspect import isawaitable
from typing import Any
from urllib.parse import quote

from fastapi import FastAPI, Request, Response

from itbkg.errors import NotFoundError
from itbkg_api.addresses import path_within
from itbkg_api.kinds import KINDS
from itbkg_api.pages import render
from itbkg_api.problems import MEDIA_TYPE
from itbkg_api.site.facets import address
from itbkg_api.site.routing import wants_html

Handler = Callable[[Request, Any], Response | Awaitable[Response]]


def install(app: FastAPI) -> None:
    """Let every handler of errors answer with a page where a page is what was asked for."""
    for kind, handler in app.exception_handlers.items():
        app.exception_handlers[kind] = _showing(handler)


def _showing(handler: Handler) -> Handler:
    async def show(request: Request, error: Exception) -> Response:
        answer = handler(request, error)
        response = await answer if isawaitable(answer) else answer
        if response.headers.get("content-type") != MEDIA_TYPE:
            return response
        response.headers["Vary"] = "Accept"
        return _page(request, error, response) if wants_html(request.scope) else response

    return show


def _page(request: Request, error: Exception, response: Response) -> Response:
    """Tell a problem document as a page, under the same status and headers."""
    told: Mapping[str, Any] = json.loads(bytes(response.body))
    kind = KINDS[str(told["type"]).rsplit("/", 1)[1]]
    page = render(request, "problem.html", problem=told, kind=kind, nearest=list(_nearest(request, error)))
    page.status_code = response.status_code
    skipped = ("content-type", "content-length", "content-security-policy")
    page.headers.update({name: value for name, value in response.headers.items() if name not in skipped})
    return page


def _nearest(request: Request, error: Exception) -> Iterator[tuple[str, str]]:
    """Yield known names like the one that nothing bears, and where each leads: here, with that name in its place."""
    if not isinstance(error, NotFoundError):
        return
    path, asked = path_within(request.scope), request.query_params.multi_items()
    for name in error.nearest:
        if path.endswith(f"/{error.name}"):
            yield name, quote(f"{path.removesuffix(error.name)}{name}", safe="/:")
        elif any(error.name in text for _, text in asked):
            yield name, address(path, [(key, text.replace(error.name, name)) for key, text in asked])

"""Where pages stand: at short addresses, for who asks for HTML; any other client is led on to the API."""

from typing import Any

import mimeparse
from fastapi import APIRouter, Request, Response
from fastapi.routing import APIRoute
from starlette.routing import Match
from starlette.types import Scope

from itbkg.store import Store
from itbkg_api.addresses import SHORT, path_within
from itbkg_api.caching import tagged
from itbkg_api.pages import render

HTML = "text/html"


class PageRoute(APIRoute):
    """A page; where its address is one of the API's short ones too, only for a client that would rather have HTML."""

    def matches(self, scope: Scope) -> tuple[Match, Scope]:
        """Match as any route does, unless the client is to be led on."""
        match, child = super().matches(scope)
        if match is not Match.NONE and _is_shared(path_within(scope)) and not wants_html(scope):
            return Match.NONE, {}
        return match, child


def page_router() -> APIRouter:
    """Make a router for pages, which are no part of the API's description."""
    return APIRouter(route_class=PageRoute, include_in_schema=False)


def wants_html(scope: Scope) -> bool:
    """Say whether HTML is what a client asks for by name, as browsers do."""
    accepts = [value.decode("latin-1") for name, value in scope["headers"] if name == b"accept"]
    try:
        return bool(accepts) and mimeparse.best_match([HTML, "application/json"], ",".join(accepts)) == HTML
    except mimeparse.MimeTypeParseException:
        return False


def page(request: Request, store: Store, template: str, **context: Any) -> Response:
    """Fill a page; a client that has it already is told so."""
    return tagged(request, store, "page", render(request, template, **context), {"Vary": "Accept"})


def _is_shared(path: str) -> bool:
    return path.split("/")[1].partition(".")[0] in SHORT

"""Put all of it around an application, each in its place."""

from fastapi import FastAPI
from starlette.routing import get_route_path
from starlette.types import ASGIApp, Receive, Scope, Send

from itbkg_api.around.compression import Compressed
from itbkg_api.around.headers import StandingHeaders
from itbkg_api.around.heads import HeadAsGet
from itbkg_api.around.log import AccessLog
from itbkg_api.around.sieve import Sieve
from itbkg_api.sparql.routes import PATH


class ForRest:
    """The sieve, HEAD and compression, for all but the SPARQL endpoint."""

    def __init__(self, app: ASGIApp) -> None:
        self._endpoint = app
        self._rest = Compressed(HeadAsGet(Sieve(app)))

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        at_endpoint = scope["type"] == "http" and get_route_path(scope) == PATH
        await (self._endpoint if at_endpoint else self._rest)(scope, receive, send)


def install(app: FastAPI, *, access_log: bool) -> None:
    """Put headers, sieve, HEAD and compression around an application, and around all of it the log where it is asked."""
    app.add_middleware(ForRest)
    app.add_middleware(StandingHeaders)
    if access_log:
        app.add_middleware(AccessLog)

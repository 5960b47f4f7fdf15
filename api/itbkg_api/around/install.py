"""Put all of it around an application, each in its place."""

from fastapi import FastAPI
from starlette.types import ASGIApp, Receive, Scope, Send

from itbkg_api.addresses import path_within
from itbkg_api.around.compression import Compressed
from itbkg_api.around.headers import StandingHeaders
from itbkg_api.around.heads import HeadAsGet
from itbkg_api.around.log import AccessLog
from itbkg_api.around.sieve import Sieve
from itbkg_api.around.tags import ContentTag
from itbkg_api.sparql.routes import PATH


class ForRest:
    """The sieve, HEAD, compression and tags, for all but the SPARQL endpoint."""

    def __init__(self, app: ASGIApp) -> None:
        self._endpoint = app
        self._rest = HeadAsGet(Compressed(ContentTag(Sieve(app))))

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        at_endpoint = scope["type"] == "http" and path_within(scope) == PATH
        await (self._endpoint if at_endpoint else self._rest)(scope, receive, send)


def install(app: FastAPI, *, access_log: bool) -> None:
    """Put headers, sieve, HEAD and compression around an application, and the log where it is asked for."""
    app.add_middleware(ForRest)
    app.add_middleware(StandingHeaders)
    if access_log:
        app.add_middleware(AccessLog)

"""Put all of it around an application, each in its place."""

from fastapi import FastAPI
from starlette.types import ASGIApp, Receive, Scope, Send

from itbkg_api.addresses import path_within
from itbkg_api.around.compression import Compressed
from itbkg_api.around.headers import StandingHeaders
from itbkg_api.around.heads import HeadAsGet
from itbkg_api.around.log import AccessLog
from itbkg_api.around.patience import Patience
from itbkg_api.around.release import Release
from itbkg_api.around.sieve import Sieve
from itbkg_api.around.tags import ContentTag
from itbkg_api.sparql.routes import PATH


class Parted:
    """Hands on to the SPARQL endpoint what is for it, and all else through headers, time limit, HEAD and so on."""

    def __init__(self, app: ASGIApp, endpoint: ASGIApp, seconds: float) -> None:
        self._endpoint = endpoint
        self._rest = StandingHeaders(Patience(HeadAsGet(Compressed(ContentTag(Sieve(app)))), seconds))

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        at_endpoint = scope["type"] == "http" and path_within(scope) == PATH
        await (self._endpoint if at_endpoint else self._rest)(scope, receive, send)


def install(app: FastAPI, endpoint: ASGIApp, seconds: float, release: str, *, access_log: bool) -> None:
    """Put the endpoint before an application, all else around it, and the log where it is asked for."""
    app.add_middleware(Parted, endpoint=endpoint, seconds=seconds)
    app.add_middleware(Release, name=release)
    if access_log:
        app.add_middleware(AccessLog)

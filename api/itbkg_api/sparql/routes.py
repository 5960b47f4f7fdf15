"""Put the endpoint and its description into an application, and into its OpenAPI document."""

from typing import Any

from fastapi import FastAPI
from fastapi.openapi.utils import get_openapi
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from itbkg.store import Store
from itbkg_api.pages import render
from itbkg_api.sparql.backend import Backend
from itbkg_api.sparql.description import Description
from itbkg_api.sparql.endpoint import SparqlEndpoint
from itbkg_api.sparql.operations import OPERATIONS
from itbkg_api.sparql.statistics import count

PATH = "/sparql"
VOID_PATH = "/.well-known/void"


def install(app: FastAPI, store: Store, backend: Backend) -> SparqlEndpoint:
    """Return the endpoint that is to stand at /sparql; describe it at /.well-known/void (RFC 5785; VoID, section 6.2).

    It reads the protocol byte by byte and needs nothing of what stands around the routes, so it is no route itself.
    """
    description = Description(backend.limits, lambda: count(store), _page)
    endpoint = SparqlEndpoint(backend, description)
    app.router.routes.append(Route(VOID_PATH, endpoint.void))
    app.openapi = lambda: _described(app)  # type: ignore[method-assign] # FastAPI's documented way to extend it
    return endpoint


def _page(request: Request, description: Description) -> Response:
    return render(request, "sparql.html", limits=description.limits.items(), counted=description.statistics)


def _described(app: FastAPI) -> dict[str, Any]:
    """Add the endpoint, which is no FastAPI route, to the OpenAPI document."""
    if app.openapi_schema is None:
        document = get_openapi(
            title=app.title,
            version=app.version,
            description=app.description,
            license_info=app.license_info,
            routes=app.routes,
        )
        document["paths"] |= {PATH: OPERATIONS}
        app.openapi_schema = document
    return app.openapi_schema

"""Build the application from the graph that it is to serve."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from fastapi import Depends, FastAPI
from fastapi_offline import FastAPIOffline

import itbkg
from itbkg.limits import Limits
from itbkg.store import Store
from itbkg.store.remote import RemoteStore
from itbkg_api import (
    addresses,
    around,
    asking,
    cases,
    charts,
    exports,
    guidance,
    links,
    measures,
    networks,
    numbers,
    ontology,
    openapi,
    pages,
    problem_pages,
    problems,
    publications,
    resolving,
    service,
    site,
    sparql,
    teaching,
    terms,
)
from itbkg_api.addresses import API
from itbkg_api.caching import release
from itbkg_api.site.warming import warm
from itbkg_api.sparql.backend import Backend
from itbkg_api.sparql.elsewhere import Elsewhere
from itbkg_api.strict import known_parameters
from itbkg_api.workers import Pool

DESCRIPTION = """Published cases of intrathecal baclofen therapy going wrong, as a knowledge graph.

For research and teaching, not for treatment decisions. Reported cases are a chosen few: their numbers are no
frequencies in patients.
"""
#: The parts of the REST API, in the order of its description.
_MODULES = (
    service,
    cases,
    links,
    networks,
    publications,
    guidance,
    numbers,
    measures,
    terms,
    ontology,
    exports,
    teaching,
    charts,
)


def create_app(
    store: Store, questions: Path, limits: Limits | None = None, *, access_log: bool = False, warmed: bool = False
) -> FastAPI:
    """Return an application that answers from `store` and offers the saved questions of a folder.

    Queries of strangers run in processes of their own, within limits; they start and end with the application. With
    `access_log`, each request leaves a line on standard error; `warmed` reads what pages read once when it starts.
    """
    backend = _backend(store, limits or Limits())
    app: FastAPI = FastAPIOffline(
        title="itbkg",
        version=itbkg.__version__,
        description=DESCRIPTION,
        license_info={"name": "Apache-2.0 (code), CC BY 4.0 (data)"},
        redoc_url=None,
        generate_unique_id_function=openapi.operation_id,
        lifespan=lambda app: _running(backend, app if warmed else None),
    )
    app.state.store = store
    app.state.backend = backend
    app.state.questions = questions
    problems.install(app)
    _include_routes(app)
    endpoint = sparql.install(app, store, backend)
    app.state.short_way = _short_way(endpoint, backend) if not access_log else None  # which writes no log
    openapi.install(app)
    for path, files in pages.folders():
        app.mount(path, files)
    around.install(app, endpoint, backend.limits.rest_seconds, release(store), access_log=access_log)
    return app


def _include_routes(app: FastAPI) -> None:
    """Put every address where it belongs; one with parameters that are not known is refused."""
    strict = [Depends(known_parameters)]
    for module in _MODULES:
        app.include_router(module.router, prefix=API, dependencies=strict)
    app.include_router(asking.router, prefix=API)  # a question takes parameters of its own
    for router in (service.health_router, problem_pages.router, resolving.router):
        app.include_router(router, dependencies=strict)
    site.install(app)  # before the short addresses, some of which pages share
    app.include_router(addresses.router)


def _backend(store: Store, limits: Limits) -> Backend:
    """Choose what answers queries: workers of our own, or the endpoint that holds the graph."""
    return Elsewhere(store, limits) if isinstance(store, RemoteStore) else Pool(store, limits)


def _short_way(endpoint: sparql.SparqlEndpoint, backend: Backend) -> sparql.ShortWay | None:
    return sparql.ShortWay(endpoint, backend) if isinstance(backend, Pool) else None


@asynccontextmanager
async def _running(backend: Backend, warmed: FastAPI | None) -> AsyncIterator[None]:
    await backend.open()
    warming = asyncio.create_task(warm(warmed)) if warmed else None
    try:
        yield
    finally:
        if warming:
            warming.cancel()
            await asyncio.wait({warming})
        await backend.close()

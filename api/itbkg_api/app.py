"""Build the application from the graph that it is to serve."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from fastapi import FastAPI
from fastapi_offline import FastAPIOffline

import itbkg
from itbkg.limits import Limits
from itbkg.remote import RemoteStore
from itbkg.store import Store
from itbkg_api import (
    asking,
    cases,
    guidance,
    ontology,
    pages,
    problems,
    publications,
    resolving,
    service,
    sparql,
    terms,
)
from itbkg_api.sparql.backend import Backend
from itbkg_api.sparql.elsewhere import Elsewhere
from itbkg_api.workers import Pool

DESCRIPTION = """Published cases of intrathecal baclofen therapy going wrong, as a knowledge graph.

For research and teaching, not for treatment decisions. Reported cases are a chosen few: their numbers are no
frequencies in patients.
"""


def create_app(store: Store, questions: Path, limits: Limits | None = None) -> FastAPI:
    """Return an application that answers from `store` and offers the saved questions of a folder.

    Queries of strangers run in processes of their own, within limits; they start and end with the application.
    """
    backend = _backend(store, limits or Limits())
    app: FastAPI = FastAPIOffline(
        title="itbkg",
        version=itbkg.__version__,
        description=DESCRIPTION,
        license_info={"name": "Apache-2.0 (code), CC BY 4.0 (data)"},
        redoc_url=None,
        lifespan=lambda _: _running(backend),
    )
    app.state.store = store
    app.state.questions = questions
    problems.install(app)
    for module in (service, cases, publications, guidance, terms, asking, ontology, resolving):
        app.include_router(module.router)
    sparql.install(app, store, backend)
    app.mount("/static", pages.static_files(), name="static")
    return app


def _backend(store: Store, limits: Limits) -> Backend:
    """Choose what answers queries: workers of our own, or the endpoint that holds the graph."""
    return Elsewhere(store, limits) if isinstance(store, RemoteStore) else Pool(store, limits)


@asynccontextmanager
async def _running(backend: Backend) -> AsyncIterator[None]:
    await backend.open()
    try:
        yield
    finally:
        await backend.close()

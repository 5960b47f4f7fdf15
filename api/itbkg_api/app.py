"""Build the application from the graph that it is to serve."""

from pathlib import Path

from fastapi import FastAPI
from fastapi_offline import FastAPIOffline

import itbkg
from itbkg.store import Store
from itbkg_api import cases, problems, service, sparql

DESCRIPTION = """Published cases of intrathecal baclofen therapy going wrong, as a knowledge graph.

For research and teaching, not for treatment decisions. Reported cases are a chosen few: their numbers are no
frequencies in patients.
"""


def create_app(store: Store, questions: Path) -> FastAPI:
    """Return an application that answers from `store` and offers the saved questions of a folder."""
    app: FastAPI = FastAPIOffline(
        title="itbkg",
        version=itbkg.__version__,
        description=DESCRIPTION,
        license_info={"name": "Apache-2.0 (code), CC BY 4.0 (data)"},
        redoc_url=None,
    )
    app.state.store = store
    app.state.questions = questions
    problems.install(app)
    for module in (service, cases, sparql):
        app.include_router(module.router)
    return app

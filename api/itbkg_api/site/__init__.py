"""The pages that people walk through: a module for each, all filled from the same functions as the API."""

from fastapi import FastAPI

from itbkg_api.site import ask, case, cases, data, errors, graph, guidance, home, links, sparql, teach, words
from itbkg_api.site.routing import PageRoute

_PAGES = (home, cases, case, links, graph, guidance, sparql, ask, words, teach, data)


def install(app: FastAPI) -> None:
    """Put the pages in front of the short addresses of the API, which stay for who asks for no HTML."""
    for page in _PAGES:
        app.include_router(page.router)
    errors.install(app)


def paths() -> tuple[str, ...]:
    """Name the path of every page, what is chosen in it in braces."""
    routes = [route for page in _PAGES for route in page.router.routes]
    return tuple(dict.fromkeys(route.path for route in routes if isinstance(route, PageRoute)))

"""The page on the data: how to take it along, cite it and add to it, and what its limits are."""

from fastapi import Request, Response

from itbkg.summary import summarize
from itbkg_api.parts import StorePart
from itbkg_api.site.routing import page, page_router

router = page_router()


@router.get("/data")
def data(request: Request, store: StorePart) -> Response:
    """Show what can be taken, where, under which licence, and what it cannot tell."""
    return page(request, store, "data.html", summary=summarize(store), manifest=store.manifest)

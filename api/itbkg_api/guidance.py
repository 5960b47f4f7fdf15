"""Guidance: the documents, one in the form that the client asks for, and what is advised in a situation."""

from dataclasses import asdict
from http import HTTPStatus
from typing import Annotated, Any
from urllib.parse import quote

from fastapi import APIRouter, Query, Request, Response
from fastapi.responses import JSONResponse, RedirectResponse

from itbkg.guidance import list_documents, recommendations_for, tell_document
from itbkg.namespaces import GRAPH
from itbkg.store import Store
from itbkg_api.cases import FORMATS, SUFFIXES
from itbkg_api.negotiation import choose
from itbkg_api.parts import AcceptPart, StorePart

router = APIRouter(tags=["guidance"])

_RESPONSES: dict[int | str, dict[str, Any]] = {
    200: {"content": {media_type: {} for media_type in FORMATS}},
    404: {"description": "no such document", "content": {"application/problem+json": {}}},
    406: {"description": "none of the forms is acceptable", "content": {"application/problem+json": {}}},
}


@router.get("/guidance")
def guidance(store: StorePart, situation: Annotated[str | None, Query()] = None) -> dict[str, Any]:
    """List the guidance documents; with `situation`, such as withdrawal, what all of them advise for it."""
    if situation is not None:
        advice = [asdict(row) for row in recommendations_for(store, situation)]
        return {"total": len(advice), "recommendations": advice}
    rows = [asdict(row) for row in list_documents(store)]
    return {"total": len(rows), "documents": rows}


@router.get("/guidance/{document}", responses=_RESPONSES)
def one_document(document: str, store: StorePart, accept: AcceptPart = None) -> Response:
    """Tell one document: JSON with plain names, or its named graph as JSON-LD or Turtle.

    The form is chosen by suffix (`.json`, `.jsonld`, `.ttl`) or by Accept.
    """
    name, dot, ending = document.partition(".")
    if dot + ending in SUFFIXES:
        return _render(store, name, SUFFIXES[dot + ending])
    media_type, _ = choose(accept, FORMATS)
    response = _render(store, document, media_type)
    response.headers["Vary"] = "Accept"
    return response


def _render(store: Store, document: str, media_type: str) -> Response:
    told = tell_document(store, document)
    form = FORMATS[media_type]
    if form == "json":
        return JSONResponse(asdict(told))
    return Response(store.graph(f"{GRAPH}guidance/{document}", form), media_type=media_type)

"""The cases: a list, and one case in the form that the client asks for."""

from collections.abc import Mapping
from dataclasses import asdict
from typing import Any, Literal

from fastapi import APIRouter, Response
from fastapi.responses import JSONResponse

from itbkg.cases import list_cases, tell_case
from itbkg.namespaces import GRAPH
from itbkg.store import GraphFormat, Store
from itbkg_api.negotiation import choose
from itbkg_api.parts import AcceptPart, StorePart

router = APIRouter(tags=["cases"])

CaseFormat = Literal["json", "jsonld", "turtle"]

#: The forms of a case by media type, the usual one first, and the suffix of each.
FORMATS: Mapping[str, CaseFormat] = {
    "application/json": "json",
    "application/ld+json": "jsonld",
    "text/turtle": "turtle",
}
SUFFIXES: Mapping[str, str] = {
    ".json": "application/json",
    ".jsonld": "application/ld+json",
    ".ttl": "text/turtle",
}
_GRAPHS: Mapping[CaseFormat, GraphFormat] = {"jsonld": "jsonld", "turtle": "turtle"}
_RESPONSES: dict[int | str, dict[str, Any]] = {
    200: {"content": {media_type: {} for media_type in FORMATS}},
    404: {"description": "no such case", "content": {"application/problem+json": {}}},
    406: {"description": "none of the forms is acceptable", "content": {"application/problem+json": {}}},
}


@router.get("/cases")
def cases(store: StorePart) -> dict[str, Any]:
    """List the cases, in id order."""
    rows = [asdict(row) for row in list_cases(store)]
    return {"total": len(rows), "cases": rows}


@router.get("/cases/{publication}/{case}", responses=_RESPONSES)
def one_case(publication: str, case: str, store: StorePart, accept: AcceptPart = None) -> Response:
    """Tell one case: JSON with plain names, or its named graph as JSON-LD or Turtle.

    The form is chosen by suffix (`.json`, `.jsonld`, `.ttl`) or by Accept.
    """
    name, dot, ending = case.partition(".")
    if dot + ending in SUFFIXES:
        media_type = SUFFIXES[dot + ending]
        return _render(store, f"{publication}/{name}", media_type, FORMATS[media_type])
    media_type, form = choose(accept, FORMATS)
    response = _render(store, f"{publication}/{case}", media_type, form)
    response.headers["Vary"] = "Accept"
    return response


def _render(store: Store, case: str, media_type: str, form: CaseFormat) -> Response:
    account = tell_case(store, case)
    if form == "json":
        return JSONResponse(asdict(account))
    body = store.graph(f"{GRAPH}case/{account.id}", _GRAPHS[form])
    return Response(body, media_type=media_type)

"""Guidance: the documents, one in the form that the client asks for, and what is advised in a situation."""

from dataclasses import asdict, dataclass
from typing import Annotated, Any

from fastapi import APIRouter, Query, Request, Response
from fastapi.responses import JSONResponse

from itbkg.guidance import Document, DocumentRow, Statement, list_documents, recommendations_for, tell_document
from itbkg.namespaces import GRAPH
from itbkg.store import Store
from itbkg_api.caching import tagged
from itbkg_api.cases import FORMATS, SUFFIXES
from itbkg_api.lists import LIMIT, PROBLEM, LimitPart, OffsetPart, link_header, page_links
from itbkg_api.negotiation import choose
from itbkg_api.parts import AcceptPart, StorePart

router = APIRouter(tags=["guidance"])


@dataclass(frozen=True, slots=True)
class GuidanceList:
    """A page of `total` documents; or of `total` recommendations, where a situation was asked for."""

    total: int
    offset: int
    documents: tuple[DocumentRow, ...]
    recommendations: tuple[Statement, ...]


_LISTED: dict[int | str, dict[str, Any]] = {
    200: {"model": GuidanceList},
    304: {"description": "the client has it already"},
    404: {"description": "no advice is about anything of that name; `nearest` names those like it", **PROBLEM},
}
_TOLD: dict[int | str, dict[str, Any]] = {
    200: {"model": Document, "content": {media_type: {} for media_type in FORMATS}},
    304: {"description": "the client has it already"},
    404: {"description": "no such document; `nearest` names those like it", **PROBLEM},
    406: {"description": "none of the forms is acceptable", **PROBLEM},
}


@router.get("/guidance", responses=_LISTED, response_model=None)
def guidance(
    request: Request,
    store: StorePart,
    situation: Annotated[str | None, Query(description="A label or synonym, such as `withdrawal`.")] = None,
    limit: LimitPart = LIMIT,
    offset: OffsetPart = 0,
) -> Response:
    """List the guidance documents; with `situation`, such as withdrawal, what all of them advise for it."""
    documents = list_documents(store) if situation is None else ()
    advice = recommendations_for(store, situation) if situation is not None else ()
    total, there = len(documents) + len(advice), slice(offset, offset + limit)
    page = GuidanceList(total, offset, documents[there], advice[there])
    return tagged(
        request, store, "json", JSONResponse(asdict(page)), link_header(page_links(request, total, limit, offset))
    )


@router.get("/guidance/{document}", responses=_TOLD, response_model=None)
def one_document(document: str, request: Request, store: StorePart, accept: AcceptPart = None) -> Response:
    """Tell one document: JSON with plain names, or its named graph as JSON-LD or Turtle.

    The form is chosen by suffix (`.json`, `.jsonld`, `.ttl`) or by Accept.
    """
    name, dot, ending = document.partition(".")
    by_suffix = SUFFIXES.get(dot + ending)
    media_type = by_suffix or choose(accept, FORMATS)[0]
    response = _render(store, name if by_suffix else document, media_type)
    return tagged(request, store, FORMATS[media_type], response, {} if by_suffix else {"Vary": "Accept"})


def _render(store: Store, document: str, media_type: str) -> Response:
    told = tell_document(store, document)
    form = FORMATS[media_type]
    if form == "json":
        return JSONResponse(asdict(told))
    return Response(store.graph(f"{GRAPH}guidance/{document}", form), media_type=media_type)

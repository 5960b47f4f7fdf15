"""The terms of the ontology: a search, and one term in the form that the client asks for."""

from collections.abc import Mapping
from dataclasses import asdict
from typing import Annotated, Any, Literal

from fastapi import APIRouter, Query, Request, Response
from fastapi.responses import JSONResponse

from itbkg.store import GraphFormat
from itbkg.terms import Found, Glossary, Term, TermAccount
from itbkg_api.addresses import API, see
from itbkg_api.caching import tagged
from itbkg_api.glossary import GlossaryPart
from itbkg_api.lists import link_header, page_links
from itbkg_api.negotiation import by_media_type, choose, media_types_by_suffix
from itbkg_api.parts import AcceptPart, StorePart

router = APIRouter(tags=["terms"])

TermFormat = Literal["json", "jsonld", "turtle", "rdfxml"]

#: The forms of a term by media type, the usual one first, and the suffix of each.
FORMATS: Mapping[str, TermFormat] = by_media_type("json", "jsonld", "turtle", "rdfxml")
SUFFIXES: Mapping[str, str] = media_types_by_suffix("json", "jsonld", "turtle", "rdfxml")
#: The forms of a list of terms.
LISTS: Mapping[str, TermFormat] = by_media_type("json")
_GRAPHS: Mapping[TermFormat, GraphFormat] = {"jsonld": "jsonld", "turtle": "turtle", "rdfxml": "rdfxml"}

_PROBLEM: dict[str, Any] = {"content": {"application/problem+json": {}}}
_LISTED: dict[int | str, dict[str, Any]] = {
    200: {"model": Found},
    304: {"description": "the client has it already"},
    400: {"description": "a text that cannot be searched for", **_PROBLEM},
    404: {"description": "no such branch", **_PROBLEM},
    406: {"description": "none of the forms is acceptable", **_PROBLEM},
}
_SHOWN: dict[int | str, dict[str, Any]] = {
    200: {"model": TermAccount, "content": {media_type: {} for media_type in FORMATS}},
    303: {"description": "an identifier of the term; `Location` is the term itself"},
    304: {"description": "the client has it already"},
    404: {"description": "no such term; `nearest` names those like it", **_PROBLEM},
    406: {"description": "none of the forms is acceptable", **_PROBLEM},
}


@router.get("/terms", responses=_LISTED, response_model=None)
def terms(
    request: Request,
    glossary: GlossaryPart,
    store: StorePart,
    q: Annotated[str, Query(description="A label, synonym, ITBKG or external id, or part of a name.")] = "",
    branch: Annotated[str, Query(description="A class: what stands below it is searched.")] = "",
    limit: Annotated[int, Query(ge=1, le=2000)] = 50,
    offset: Annotated[int, Query(ge=0, le=1_000_000)] = 0,
    accept: AcceptPart = None,
) -> Response:
    """Search the terms, best first; without `q` list them in label order."""
    _, form = choose(accept, LISTS)
    found = glossary.search(q, branch, limit, offset)
    links = link_header(page_links(request, found.total, limit, offset))
    return tagged(request, store, form, JSONResponse(asdict(found)), links | {"Vary": "Accept"})


@router.get("/terms/{name}", responses=_SHOWN, response_model=None)
def one_term(
    name: str, request: Request, glossary: GlossaryPart, store: StorePart, accept: AcceptPart = None
) -> Response:
    """Tell one term: JSON with plain names, or its RDF with class expressions.

    It is named as in its IRI (`CatheterKink`); an ITBKG id, and an external id that matches exactly (`HP:0001250`),
    lead there. The form is chosen by suffix (`.json`, `.jsonld`, `.ttl`, `.rdf`) or by Accept.
    """
    stem, dot, ending = name.rpartition(".")
    by_suffix = SUFFIXES.get(dot + ending)
    media_type, form = (by_suffix, FORMATS[by_suffix]) if by_suffix else choose(accept, FORMATS)
    asked = stem if by_suffix else name
    term = glossary.identify(asked)
    if asked != term.name:
        return _redirect(request, term, dot + ending if by_suffix else "")
    response = _render(glossary, term, media_type, form)
    return tagged(request, store, form, response, {} if by_suffix else {"Vary": "Accept"})


def _render(glossary: Glossary, term: Term, media_type: str, form: TermFormat) -> Response:
    if form in _GRAPHS:
        return Response(glossary.describe(term, _GRAPHS[form]), media_type=media_type)
    return JSONResponse(asdict(glossary.show(term)))


def _redirect(request: Request, term: Term, suffix: str) -> Response:
    return see(request, f"{API}/terms/{term.name}{suffix}")

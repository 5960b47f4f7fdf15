"""The terms of the ontology: a search, and one term in the form that the client asks for."""

from collections.abc import Mapping
from dataclasses import asdict
from typing import Annotated, Any, Literal
from urllib.parse import urlencode

from fastapi import APIRouter, Depends, Query, Request, Response
from fastapi.responses import JSONResponse

from itbkg.store import GraphFormat
from itbkg.terms import Found, Glossary, Term, TermAccount
from itbkg_api.addresses import API, see
from itbkg_api.caching import tagged
from itbkg_api.lists import link_header, page_links
from itbkg_api.negotiation import by_media_type, choose, media_types_by_suffix
from itbkg_api.pages import render
from itbkg_api.parts import AcceptPart, QuestionsPart, StorePart

router = APIRouter(tags=["terms"])

TermFormat = Literal["json", "jsonld", "turtle", "rdfxml", "html"]

#: The forms of a term by media type, the usual one first, and the suffix of each.
FORMATS: Mapping[str, TermFormat] = by_media_type("json", "jsonld", "turtle", "rdfxml", "html")
SUFFIXES: Mapping[str, str] = media_types_by_suffix("json", "jsonld", "turtle", "rdfxml", "html")
#: The forms of a list of terms.
LISTS: Mapping[str, TermFormat] = {name: form for name, form in FORMATS.items() if form in ("json", "html")}
_GRAPHS: Mapping[TermFormat, GraphFormat] = {"jsonld": "jsonld", "turtle": "turtle", "rdfxml": "rdfxml"}

_PROBLEM: dict[str, Any] = {"content": {"application/problem+json": {}}}
_LISTED: dict[int | str, dict[str, Any]] = {
    200: {"model": Found, "content": {"text/html": {}}},
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


def _glossary(request: Request, store: StorePart, questions: QuestionsPart) -> Glossary:
    """Hand out the one glossary of the application; the saved questions lie in the ontology's folder."""
    state = request.app.state
    if not hasattr(state, "glossary"):
        state.glossary = Glossary(store, questions.parent)
    glossary: Glossary = state.glossary
    return glossary


GlossaryPart = Annotated[Glossary, Depends(_glossary)]


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
    """Search the terms, best first; without `q` list them in label order. JSON, or a page for a browser."""
    _, form = choose(accept, LISTS)
    found = glossary.search(q, branch, limit, offset)
    response = JSONResponse(asdict(found)) if form == "json" else _list_page(request, glossary, found, limit)
    links = link_header(page_links(request, found.total, limit, offset))
    return tagged(request, store, form, response, links | {"Vary": "Accept"})


@router.get("/terms/{name}", responses=_SHOWN, response_model=None)
def one_term(
    name: str, request: Request, glossary: GlossaryPart, store: StorePart, accept: AcceptPart = None
) -> Response:
    """Tell one term: JSON with plain names, its RDF with class expressions, or a page.

    It is named as in its IRI (`CatheterKink`); an ITBKG id, and an external id that matches exactly (`HP:0001250`),
    lead there. The form is chosen by suffix (`.json`, `.jsonld`, `.ttl`, `.rdf`, `.html`) or by Accept.
    """
    stem, dot, ending = name.rpartition(".")
    by_suffix = SUFFIXES.get(dot + ending)
    media_type, form = (by_suffix, FORMATS[by_suffix]) if by_suffix else choose(accept, FORMATS)
    asked = stem if by_suffix else name
    term = glossary.identify(asked)
    if asked != term.name:
        return _redirect(request, term, dot + ending if by_suffix else "")
    response = _render(request, glossary, term, media_type, form)
    return tagged(request, store, form, response, {} if by_suffix else {"Vary": "Accept"})


def _render(request: Request, glossary: Glossary, term: Term, media_type: str, form: TermFormat) -> Response:
    if form in _GRAPHS:
        return Response(glossary.describe(term, _GRAPHS[form]), media_type=media_type)
    account = glossary.show(term)
    if form == "json":
        return JSONResponse(asdict(account))
    downloads = [(suffix, kind) for suffix, kind in SUFFIXES.items() if kind != media_type]
    return render(request, "term.html", term=account, downloads=downloads)


def _redirect(request: Request, term: Term, suffix: str) -> Response:
    return see(request, f"{API}/terms/{term.name}{suffix}")


def _list_page(request: Request, glossary: Glossary, found: Found, limit: int) -> Response:
    if not (found.query or found.branch):
        return render(request, "terms.html", title="Words", found=found, branches=glossary.branches(), turns=[])
    title = f"Words for “{found.query}”" if found.query else "Words"
    within = f" in {glossary.find_class(found.branch).label}" if found.branch else ""
    return render(request, "terms.html", title=title + within, found=found, branches=(), turns=_turns(found, limit))


def _turns(found: Found, limit: int) -> list[tuple[str, str, str]]:
    """List the ways on from a page of a list: words, relation and address."""
    offsets = {"Earlier": max(found.offset - limit, 0), "More": found.offset + limit}
    there = {"Earlier": found.offset > 0, "More": found.offset + limit < found.total}
    asked = {"q": found.query, "branch": found.branch, "limit": limit}
    relations = {"Earlier": "prev", "More": "next"}
    return [
        (words, relations[words], f"{API}/terms?{urlencode(asked | {'offset': offset})}")
        for words, offset in offsets.items()
        if there[words]
    ]

"""The cases: a list that can be narrowed and counted, and one case in the form that the client asks for."""

from collections.abc import Mapping
from dataclasses import asdict
from typing import Annotated, Any, Literal

from fastapi import APIRouter, Query, Request, Response
from fastapi.responses import JSONResponse

from itbkg.cases import CaseAccount, CaseList, Chosen, Facets, count_cases, tell_case
from itbkg.cases.sheet import CASE_COLUMNS, FACET_COLUMNS, case_cells, facet_cells
from itbkg.links import choose_where
from itbkg.namespaces import GRAPH
from itbkg.store import GraphFormat, Store
from itbkg_api.caching import tagged
from itbkg_api.lists import PROBLEM, RESPONSES, Content, FilePart, Listing, ListingPart, answer, by_name
from itbkg_api.negotiation import by_media_type, choose, media_types_by_suffix
from itbkg_api.parts import AcceptPart, StorePart
from itbkg_api.wanted import ChosenPart, WantedPart, WherePart

router = APIRouter(tags=["cases"])

CaseFormat = Literal["json", "jsonld", "turtle"]

#: The forms of a case by media type, the usual one first, and the suffix of each.
FORMATS: Mapping[str, CaseFormat] = by_media_type("json", "jsonld", "turtle")
SUFFIXES: Mapping[str, str] = media_types_by_suffix("json", "jsonld", "turtle")
_GRAPHS: Mapping[CaseFormat, GraphFormat] = {"jsonld": "jsonld", "turtle": "turtle"}
_LISTED = RESPONSES | {200: RESPONSES[200] | {"model": CaseList}}
_COUNTED = RESPONSES | {200: {"content": RESPONSES[200]["content"], "model": Facets}}
_TOLD: dict[int | str, dict[str, Any]] = {
    200: {"model": CaseAccount, "content": {media_type: {} for media_type in FORMATS}},
    304: {"description": "the client has it already"},
    404: {"description": "no such case; `nearest` names those like it", **PROBLEM},
    406: {"description": "none of the forms is acceptable", **PROBLEM},
}

SortPart = Annotated[Literal["id", "year"], Query(description="An order; a year that is not known comes last.")]


@router.get("/cases", responses=_LISTED, response_model=None)
def cases(listing: ListingPart, wanted: WantedPart, where: WherePart = "", sort: SortPart = "id") -> Response:
    """List the cases that fulfil the filter and all conditions: JSON, CSV or TSV, by Accept.

    What a report does not say fulfils no condition but `not_reported`. `total` is how many were chosen, `of` how many
    there are.
    """
    return _list(listing, choose_where(listing.store, where, wanted, sort))


@router.get("/cases.{ending}", responses=_LISTED, response_model=None)
def cases_file(listing: FilePart, wanted: WantedPart, where: WherePart = "", sort: SortPart = "id") -> Response:
    """List the cases by suffix: `.json`, `.csv` or `.tsv`."""
    return _list(listing, choose_where(listing.store, where, wanted, sort))


@router.get("/facets/{field}", responses=_COUNTED, response_model=None)
def facets(field: str, request: Request, store: StorePart, chosen: ChosenPart, accept: AcceptPart = None) -> Response:
    """Count the cases that fulfil all conditions by `cause`, `finding`, `outcome` ...: JSON, CSV or TSV.

    A finding counts present, stated absent and not reported. The form is chosen by suffix or by Accept.
    """
    name, asked = by_name(field, accept)
    counted = count_cases(store, name, chosen)
    return answer(request, store, asked, Content(counted, FACET_COLUMNS, facet_cells(counted)))


@router.get("/cases/{publication}/{case}", responses=_TOLD, response_model=None)
def one_case(publication: str, case: str, request: Request, store: StorePart, accept: AcceptPart = None) -> Response:
    """Tell one case: JSON with plain names, or its named graph as JSON-LD or Turtle.

    The form is chosen by suffix (`.json`, `.jsonld`, `.ttl`) or by Accept.
    """
    name, dot, ending = case.partition(".")
    by_suffix = SUFFIXES.get(dot + ending)
    media_type, form = (by_suffix, FORMATS[by_suffix]) if by_suffix else choose(accept, FORMATS)
    account = tell_case(store, f"{publication}/{name if by_suffix else case}")
    return tagged(request, store, form, _told(store, account, media_type), {} if by_suffix else {"Vary": "Accept"})


def _told(store: Store, account: CaseAccount, media_type: str) -> Response:
    form = FORMATS[media_type]
    if form == "json":
        return JSONResponse(asdict(account))
    return Response(store.graph(f"{GRAPH}case/{account.id}", _GRAPHS[form]), media_type=media_type)


def _list(listing: Listing, chosen: Chosen) -> Response:
    page = chosen.page(listing.offset, listing.limit)
    return listing.answer(Content(page, CASE_COLUMNS, case_cells(page.cases)), chosen.total)

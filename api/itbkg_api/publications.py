"""The publications that tell cases: a list, and one with its cases."""

from typing import Any

from fastapi import APIRouter, Request, Response

from itbkg.cases import PublicationAccount, PublicationList, list_publications, tell_publication
from itbkg.cases.sheet import PUBLICATION_COLUMNS, publication_cells
from itbkg_api.lists import PROBLEM, RESPONSES, Content, FilePart, Listing, ListingPart, answer, by_ending
from itbkg_api.parts import StorePart

router = APIRouter(tags=["publications"])

_TOLD: dict[int | str, dict[str, Any]] = {
    200: {"model": PublicationAccount},
    304: {"description": "the client has it already"},
    404: {"description": "no such publication; `nearest` names those like it", **PROBLEM},
}
_LISTED = RESPONSES | {200: RESPONSES[200] | {"model": PublicationList}}


@router.get("/publications", responses=_LISTED, response_model=None)
def publications(listing: ListingPart) -> Response:
    """List the publications in id order, each with how to find it, how it was read and its cases: JSON, CSV or TSV."""
    return _list(listing)


@router.get("/publications.{ending}", responses=_LISTED, response_model=None)
def publications_file(listing: FilePart) -> Response:
    """List the publications by suffix: `.json`, `.csv` or `.tsv`."""
    return _list(listing)


@router.get("/publications/{publication}", responses=_TOLD, response_model=None)
def one_publication(publication: str, request: Request, store: StorePart) -> Response:
    """Tell one publication: how to find it, how it was read, how far its record was checked, and its cases."""
    told = tell_publication(store, publication.removesuffix(".json"))
    return answer(request, store, by_ending("json"), Content(told, (), ()))


def _list(listing: Listing) -> Response:
    listed = list_publications(listing.store)
    page = PublicationList(len(listed), listing.offset, tuple(one.row() for one in listing.part(listed)))
    return listing.answer(Content(page, PUBLICATION_COLUMNS, publication_cells(page.publications)), len(listed))

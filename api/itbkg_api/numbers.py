"""What alarms mean, and the published numbers: lists, and one number."""

from dataclasses import asdict, fields
from typing import Annotated, Any

from fastapi import APIRouter, Query, Request, Response

from itbkg.guidance import AlarmList, AlarmMeaning, list_alarms
from itbkg.published import NumberList, PublishedNumber, choose_numbers, list_numbers, tell_number
from itbkg.sheet import Cell
from itbkg_api.lists import PROBLEM, RESPONSES, Content, FilePart, Listing, ListingPart, answer, by_ending
from itbkg_api.parts import StorePart

router = APIRouter()

_ALARMS: dict[int | str, dict[str, Any]] = RESPONSES | {200: RESPONSES[200] | {"model": AlarmList}}
_NUMBERS: dict[int | str, dict[str, Any]] = RESPONSES | {200: RESPONSES[200] | {"model": NumberList}}
_TOLD: dict[int | str, dict[str, Any]] = {
    200: {"model": PublishedNumber},
    304: {"description": "the client has it already"},
    404: {"description": "no such number; `nearest` names those like it", **PROBLEM},
}
SourcePart = Annotated[str, Query(description="The id of a source, such as `rizzo-2019`.")]
WordsPart = Annotated[str, Query(description="Words that all stand in what was measured.")]


@router.get("/alarms", responses=_ALARMS, response_model=None, tags=["guidance"])
def alarms(listing: ListingPart) -> Response:
    """List what each alarm means, how it is heard, what it demands of whom and how soon: JSON, CSV or TSV.

    `within_hours` 0 is at once. What a document does not say is empty or null.
    """
    return _alarms(listing)


@router.get("/alarms.{ending}", responses=_ALARMS, response_model=None, tags=["guidance"])
def alarms_file(listing: FilePart) -> Response:
    """List what each alarm means by suffix: `.json`, `.csv` or `.tsv`."""
    return _alarms(listing)


@router.get("/published", responses=_NUMBERS, response_model=None, tags=["published numbers"])
def published(listing: ListingPart, source: SourcePart = "", q: WordsPart = "") -> Response:
    """List numbers that others published, each with numerator, denominator, population, cohort and source.

    Numbers of one cohort count the same people: they are not to be added up. JSON, CSV or TSV.
    """
    return _numbers(listing, source, q)


@router.get("/published.{ending}", responses=_NUMBERS, response_model=None, tags=["published numbers"])
def published_file(listing: FilePart, source: SourcePart = "", q: WordsPart = "") -> Response:
    """List published numbers by suffix: `.json`, `.csv` or `.tsv`."""
    return _numbers(listing, source, q)


@router.get("/published/{source}/{name}", responses=_TOLD, response_model=None, tags=["published numbers"])
def one_published(source: str, name: str, request: Request, store: StorePart) -> Response:
    """Tell one published number."""
    told = tell_number(store, source, name.removesuffix(".json"))
    return answer(request, store, by_ending("json"), Content(told, (), ()))


def _alarms(listing: Listing) -> Response:
    listed = list_alarms(listing.store)
    page = AlarmList(len(listed), listing.offset, listing.part(listed))
    return listing.answer(Content(page, *_table(AlarmMeaning, page.alarms)), len(listed))


def _numbers(listing: Listing, source: str, words: str) -> Response:
    listed = list_numbers(listing.store)
    chosen = choose_numbers(listed, source, words)
    page = NumberList(len(chosen), len(listed), listing.offset, listing.part(chosen))
    return listing.answer(Content(page, *_table(PublishedNumber, page.numbers)), len(chosen))


def _table(kind: type, rows: tuple[Any, ...]) -> tuple[tuple[str, ...], list[list[Cell]]]:
    """Lay rows out as a sheet: a column for each field; several values stand in one cell with semicolons between."""
    cells = ["; ".join(cell) if isinstance(cell, tuple) else cell for row in rows for cell in asdict(row).values()]
    columns = tuple(field.name for field in fields(kind))
    return columns, [cells[start : start + len(columns)] for start in range(0, len(cells), len(columns))]

"""Times to an event, and published numbers beside those of the graph: JSON, CSV or TSV."""

from typing import Annotated, Any

from fastapi import APIRouter, Query, Request, Response

from itbkg.comparison import Comparison, Comparisons, compare_numbers, compare_one
from itbkg.comparison.sheet import COMPARISON_COLUMNS, comparison_cells
from itbkg.store import Store
from itbkg.timing import SpanList, Times, list_spans, measure_times
from itbkg.timing.sheet import SPAN_COLUMNS, TIME_COLUMNS, span_cells, time_cells
from itbkg_api.lists import (
    PROBLEM,
    RESPONSES,
    Asked,
    Content,
    FilePart,
    Listing,
    ListingPart,
    answer,
    by_accept,
    by_ending,
    by_name,
)
from itbkg_api.numbers import SourcePart, WordsPart
from itbkg_api.parts import AcceptPart, StorePart
from itbkg_api.wanted import ChosenPart

router = APIRouter()

_FORMS: dict[str, Any] = {"content": RESPONSES[200]["content"]}
_SPANS: dict[int | str, dict[str, Any]] = RESPONSES | {200: _FORMS | {"model": SpanList}}
_TIMES: dict[int | str, dict[str, Any]] = RESPONSES | {
    200: _FORMS | {"model": Times},
    404: {"description": "no such span or word; `nearest` names those like it", **PROBLEM},
}
_COMPARED: dict[int | str, dict[str, Any]] = RESPONSES | {200: RESPONSES[200] | {"model": Comparisons}}
_ONE: dict[int | str, dict[str, Any]] = {
    200: {"model": Comparison},
    304: {"description": "the client has it already"},
    404: {"description": "no such number that can be compared; `nearest` names those like it", **PROBLEM},
}
LevelPart = Annotated[float, Query(ge=0.5, le=0.999, description="Level of the intervals.")]
GroupPart = Annotated[
    str,
    Query(description="Groups: a field, such as `event` or `sex`, or some of its words, `event=withdrawal,overdose`."),
]


@router.get("/times", responses=_SPANS, response_model=None, tags=["times"])
def times(
    request: Request, store: StorePart, chosen: ChosenPart, level: LevelPart = 0.95, accept: AcceptPart = None
) -> Response:
    """List the stretches of time that are measured, and what the chosen cases tell of each: JSON, CSV or TSV."""
    return _spans(request, store, by_accept(accept), list_spans(store, chosen.rows, level=level))


@router.get("/times.{ending}", responses=_SPANS, response_model=None, tags=["times"])
def times_file(
    ending: str, request: Request, store: StorePart, chosen: ChosenPart, level: LevelPart = 0.95
) -> Response:
    """List the stretches of time by suffix: `.json`, `.csv` or `.tsv`."""
    return _spans(request, store, by_ending(ending), list_spans(store, chosen.rows, level=level))


@router.get("/times/{span}", responses=_TIMES, response_model=None, tags=["times"])
def span_times(
    span: str,
    request: Request,
    store: StorePart,
    chosen: ChosenPart,
    by: GroupPart = "",
    level: LevelPart = 0.95,
    accept: AcceptPart = None,
) -> Response:
    """Measure a stretch of time over the chosen cases: Kaplan-Meier curves by group, and a log-rank test.

    Each curve is given with every event in the middle, at the earliest and at the latest hour of its window. `untold`
    are the cases that do not report it. The form is chosen by suffix (`.json`, `.csv`, `.tsv`) or by Accept.
    """
    name, asked = by_name(span, accept)
    measured = measure_times(store, name, by, chosen.rows, level=level)
    return answer(request, store, asked, Content(measured, TIME_COLUMNS, time_cells(measured)))


@router.get("/comparison", responses=_COMPARED, response_model=None, tags=["published numbers"])
def comparison(listing: ListingPart, source: SourcePart = "", q: WordsPart = "", level: LevelPart = 0.95) -> Response:
    """Lay published numbers beside those of the graph, with the reasons for which they may differ.

    `left_out` says how many numbers are not compared, and why. JSON, CSV or TSV.
    """
    return _compared(listing, source, q, level)


@router.get("/comparison.{ending}", responses=_COMPARED, response_model=None, tags=["published numbers"])
def comparison_file(listing: FilePart, source: SourcePart = "", q: WordsPart = "", level: LevelPart = 0.95) -> Response:
    """Lay published numbers beside those of the graph by suffix: `.json`, `.csv` or `.tsv`."""
    return _compared(listing, source, q, level)


@router.get("/comparison/{source}/{name}", responses=_ONE, response_model=None, tags=["published numbers"])
def one_comparison(source: str, name: str, request: Request, store: StorePart, level: LevelPart = 0.95) -> Response:
    """Lay one published number beside the graph's, with the ids of the cases."""
    told = compare_one(store, f"{source}/{name.removesuffix('.json')}", level=level)
    return answer(request, store, by_ending("json"), Content(told, (), ()))


def _spans(request: Request, store: Store, asked: Asked, listed: SpanList) -> Response:
    return answer(request, store, asked, Content(listed, SPAN_COLUMNS, span_cells(listed)))


def _compared(listing: Listing, source: str, words: str, level: float) -> Response:
    page = compare_numbers(listing.store, source, words, offset=listing.offset, limit=listing.limit, level=level)
    return listing.answer(Content(page, COMPARISON_COLUMNS, comparison_cells(page.comparisons)), page.total)

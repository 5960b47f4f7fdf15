"""Which goes with which: any two variables counted against each other, with the cases behind each number."""

from dataclasses import dataclass
from typing import Annotated, Any

from fastapi import APIRouter, Query, Request, Response

from itbkg.links import Category, Cohort, Pair, case_data
from itbkg.links.sheet import LINK_COLUMNS, link_cells
from itbkg.links.sparql import write_query
from itbkg.links.table import ask, count
from itbkg.store import Store
from itbkg_api.lists import (
    LIMIT,
    RESPONSES,
    Asked,
    Content,
    LimitPart,
    OffsetPart,
    answer,
    by_accept,
    by_ending,
    page_links,
)
from itbkg_api.parts import AcceptPart, StorePart
from itbkg_api.wanted import WherePart

router = APIRouter(tags=["links"])


@dataclass(frozen=True, slots=True)
class LinkPage:
    """A table of links: `total` pairs of its rows and columns, of which `pairs` are those from `offset` on.

    `tested` of all pairs were tested and are adjusted for, whatever the page. `sparql` gives the same counts.
    """

    total: int
    offset: int
    cohort: Cohort
    rows: tuple[Category, ...]
    columns: tuple[Category, ...]
    tested: int
    reading: str
    sparql: str
    pairs: tuple[Pair, ...]


_COUNTED: dict[int | str, dict[str, Any]] = RESPONSES | {200: RESPONSES[200] | {"model": LinkPage}}
_VARIABLE = "`cause`, `cause@2`, `cause:pump-related cause`, `finding=seizure`, `creatine kinase > 1000 U/L` ..."
RowsPart = Annotated[list[str] | None, Query(description=f"{_VARIABLE} Given again it adds rows.")]
ColumnsPart = Annotated[list[str] | None, Query(description="As rows.")]
DependencePart = Annotated[bool, Query(description="Each tested pair without each publication, by reading and decade.")]


@dataclass(frozen=True, slots=True)
class Wish:
    """What is asked for."""

    rows: list[str] | None
    columns: list[str] | None
    where: str
    dependence: bool


@router.get("/links", responses=_COUNTED, response_model=None)
def links(
    request: Request,
    store: StorePart,
    rows: RowsPart = None,
    columns: ColumnsPart = None,
    where: WherePart = "",
    dependence: DependencePart = False,
    limit: LimitPart = LIMIT,
    offset: OffsetPart = 0,
    accept: AcceptPart = None,
) -> Response:
    """Count rows against columns: causes by outcomes unless others are named. JSON, CSV or TSV, by Accept.

    Each pair tells n of N, risk with interval, what the unreported leaves possible, how it compares with the cases
    known not to have the row, and the cases themselves. Reported cases are a chosen few: no risk of patients.
    """
    wish = Wish(rows, columns, where, dependence)
    return _links(request, store, by_accept(accept), wish, limit, offset)


@router.get("/links.{ending}", responses=_COUNTED, response_model=None)
def links_file(
    ending: str,
    request: Request,
    store: StorePart,
    rows: RowsPart = None,
    columns: ColumnsPart = None,
    where: WherePart = "",
    dependence: DependencePart = False,
    limit: LimitPart = LIMIT,
    offset: OffsetPart = 0,
) -> Response:
    """Count rows against columns by suffix: `.json`, `.csv` or `.tsv`."""
    wish = Wish(rows, columns, where, dependence)
    return _links(request, store, by_ending(ending), wish, limit, offset)


def _links(request: Request, store: Store, asked: Asked, wish: Wish, limit: int, offset: int) -> Response:
    wanted = ask(case_data(store), wish.rows or "cause", wish.columns or "outcome", wish.where)
    table = count(wanted, dependence=wish.dependence)
    page = LinkPage(
        total=len(table.pairs),
        offset=offset,
        cohort=table.cohort,
        rows=table.rows,
        columns=table.columns,
        tested=table.tested,
        reading=table.reading,
        sparql=write_query(wanted),
        pairs=table.pairs[offset : offset + limit],
    )
    content = Content(page, LINK_COLUMNS, link_cells(page.pairs))
    return answer(request, store, asked, content, page_links(request, page.total, limit, offset))

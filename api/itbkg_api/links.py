"""Which goes with which: any two variables counted against each other, with the cases behind each number."""

from dataclasses import dataclass
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Query, Response

from itbkg.links import Category, Cohort, Pair
from itbkg.links.sheet import LINK_COLUMNS, link_cells
from itbkg_api.counted import counted
from itbkg_api.lists import RESPONSES, Content, FilePart, Listing, ListingPart
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
_VARIABLE = "`cause`, `cause@2`, `cause:human error`, `finding=seizure`, `creatine kinase > 1000 U/L` ..."
RowsPart = Annotated[list[str] | None, Query(description=f"{_VARIABLE} Given again it adds rows.")]
ColumnsPart = Annotated[list[str] | None, Query(description="As rows.")]
DependencePart = Annotated[bool, Query(description="Each tested pair without each publication, by reading and decade.")]


@dataclass(frozen=True, slots=True)
class Wish:
    """What is asked for; without rows or columns, causes by outcomes."""

    rows: list[str] | str
    columns: list[str] | str
    where: str


def _wish(rows: RowsPart = None, columns: ColumnsPart = None, where: WherePart = "") -> Wish:
    return Wish(rows or "cause", columns or "outcome", where)


WishPart = Annotated[Wish, Depends(_wish)]


@router.get("/links", responses=_COUNTED, response_model=None)
def links(listing: ListingPart, wish: WishPart, dependence: DependencePart = False) -> Response:
    """Count rows against columns: causes by outcomes unless others are named. JSON, CSV or TSV, by Accept.

    Each pair tells n of N, risk with interval, what the unreported leaves possible, how it compares with the cases
    known not to have the row, and the cases themselves. Reported cases are a chosen few: no risk of patients.
    """
    return _links(listing, wish, dependence=dependence)


@router.get("/links.{ending}", responses=_COUNTED, response_model=None)
def links_file(listing: FilePart, wish: WishPart, dependence: DependencePart = False) -> Response:
    """Count rows against columns by suffix: `.json`, `.csv` or `.tsv`."""
    return _links(listing, wish, dependence=dependence)


def _links(listing: Listing, wish: Wish, *, dependence: bool) -> Response:
    found = counted(listing.store, wish.rows, wish.columns, wish.where, dependence=dependence)
    table = found.table
    page = LinkPage(
        total=len(table.pairs),
        offset=listing.offset,
        cohort=table.cohort,
        rows=table.rows,
        columns=table.columns,
        tested=table.tested,
        reading=table.reading,
        sparql=found.sparql,
        pairs=listing.part(table.pairs),
    )
    return listing.answer(Content(page, LINK_COLUMNS, link_cells(page.pairs)), page.total)

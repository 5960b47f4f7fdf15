"""The first page: what this is, the map from causes to outcomes, and the doors."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

from fastapi import Request, Response

from itbkg.links import LinkTable, Pair, case_data, links
from itbkg.summary import summarize
from itbkg_api.parts import StorePart
from itbkg_api.site.facets import address
from itbkg_api.site.routing import page, page_router

router = page_router()

#: A cause that fewer cases have is left to the page of links.
LEAST = 3
#: How many tints there are, the faintest first.
TINTS = 5


@dataclass(frozen=True, slots=True)
class MapCell:
    """A cause and an outcome: `n` cases have both, of the `told` that tell of outcomes at all."""

    n: int
    told: int
    tint: int
    address: str


@dataclass(frozen=True, slots=True)
class MapRow:
    """A cause: `of` cases have it."""

    label: str
    of: int
    address: str
    cells: tuple[MapCell, ...]


@router.get("/")
def home(request: Request, store: StorePart) -> Response:
    """Show in two sentences what this is, the map of causes and outcomes, and where to go on."""
    root = str(request.scope.get("root_path", ""))
    table = links(case_data(store))
    columns = [(column.label, address(f"{root}/cases", [("outcome", column.label)])) for column in table.columns]
    return page(request, store, "home.html", summary=summarize(store), columns=columns, rows=_rows(table, root))


def _rows(table: LinkTable, root: str) -> list[MapRow]:
    most = max((pair.group.n for pair in table.pairs), default=0)
    grouped = [list(pairs) for _, pairs in groupby(table.pairs, key=lambda pair: pair.row)]
    return [_row(pairs, most, root) for pairs in grouped if pairs[0].group.of >= LEAST]


def _row(pairs: Sequence[Pair], most: int, root: str) -> MapRow:
    cause = pairs[0].row.label
    return MapRow(
        label=cause,
        of=pairs[0].group.of,
        address=address(f"{root}/cases", [("cause", cause)]),
        cells=tuple(_cell(pair, most, root) for pair in pairs),
    )


def _cell(pair: Pair, most: int, root: str) -> MapCell:
    both = [("cause", pair.row.label), ("outcome", pair.column.label)]
    return MapCell(
        n=pair.group.n,
        told=pair.group.n + pair.group.absent,
        tint=-(-TINTS * pair.group.n // most) if most else 0,
        address=address(f"{root}/cases", both),
    )

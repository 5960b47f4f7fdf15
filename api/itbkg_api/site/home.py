"""The first page: what this is, the map from causes to outcomes, and the doors."""

from collections.abc import Iterator, Sequence, Set
from dataclasses import dataclass
from itertools import groupby

from fastapi import Request, Response

from itbkg.links import Category, LinkTable, Pair, case_data, links
from itbkg.store import Store, once
from itbkg.summary import summarize
from itbkg_api.parts import StorePart
from itbkg_api.site.defined import GATHERED, defined_classes
from itbkg_api.site.facets import address
from itbkg_api.site.routing import page, page_router

router = page_router()

#: A cause that fewer cases have is left to the page of links.
LEAST = 3
#: How many tints there are, the faintest first.
TINTS = 5
#: The first part of the map: causes as they are sorted.
SORTED = "Kinds of cause"


@dataclass(frozen=True, slots=True)
class MapCell:
    """A cause and an outcome: `n` cases have both, of the `told` that tell of outcomes at all."""

    column: str
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


@dataclass(frozen=True, slots=True)
class MapPart:
    """Some rows of the map under a heading."""

    title: str
    rows: tuple[MapRow, ...]


@dataclass(frozen=True, slots=True)
class Map:
    """The map: outcomes with their addresses, and the rows of causes in parts."""

    columns: tuple[tuple[str, str], ...]
    parts: tuple[MapPart, ...]


@router.get("/")
def home(request: Request, store: StorePart) -> Response:
    """Show in two sentences what this is, the map of causes and outcomes, and where to go on."""
    return page(request, store, "home.html", summary=summarize(store), map=cause_map(store))


@once
def cause_map(store: Store) -> Map:
    """Make the map; addresses are within the application."""
    table = links(case_data(store), rows=("cause", "cause@defined"))
    columns = tuple((column.label, address("/cases", [("outcome", column.label)])) for column in table.columns)
    return Map(columns, tuple(_parts(table, defined_classes(store))))


def _parts(table: LinkTable, defined: Set[str]) -> Iterator[MapPart]:
    most = max((pair.group.n for pair in table.pairs), default=0)
    grouped = [list(pairs) for _, pairs in groupby(table.pairs, key=lambda pair: pair.row)]
    frequent = [pairs for pairs in grouped if pairs[0].group.of >= LEAST]
    plain = [pairs for pairs in frequent if not _is_defined(pairs[0].row, defined)]
    said = {_cases(pairs) for pairs in plain}
    again = [pairs for pairs in frequent if pairs not in plain and _cases(pairs) not in said]
    for title, rows in ((SORTED, plain), (GATHERED, again)):
        if rows:
            yield MapPart(title, tuple(_row(pairs, most) for pairs in rows))


def _is_defined(cause: Category, defined: Set[str]) -> bool:
    return not defined.isdisjoint(cause.iris)


def _cases(pairs: Sequence[Pair]) -> frozenset[str]:
    """Return the cases of a row: a second row of the same cases tells nothing."""
    cell = pairs[0].group
    return frozenset((*cell.present_cases, *cell.absent_cases, *cell.not_reported_cases))


def _row(pairs: Sequence[Pair], most: int) -> MapRow:
    cause = pairs[0].row.label
    return MapRow(
        label=cause,
        of=pairs[0].group.of,
        address=address("/cases", [("cause", cause)]),
        cells=tuple(_cell(pair, most) for pair in pairs),
    )


def _cell(pair: Pair, most: int) -> MapCell:
    both = [("cause", pair.row.label), ("outcome", pair.column.label)]
    return MapCell(
        column=pair.column.label,
        n=pair.group.n,
        told=pair.group.n + pair.group.absent,
        tint=-(-TINTS * pair.group.n // most) if most else 0,
        address=address("/cases", both),
    )

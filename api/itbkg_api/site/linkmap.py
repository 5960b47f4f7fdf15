"""The counts of a table of links as a map: rows by columns, shaded in the steps of the heat map that charts draw."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

from itbkg.charts.style import STEPS
from itbkg.links import Category, LinkTable, Pair

#: So many rows and columns have room; a larger table is told pair by pair alone.
ROOM = (60, 16)


@dataclass(frozen=True, slots=True)
class MapRow:
    """A row, which `of` cases have, with its pairs in the order of the columns."""

    category: Category
    of: int
    pairs: tuple[Pair, ...]


@dataclass(frozen=True, slots=True)
class LinkMap:
    """The map: the columns, and the rows with their pairs."""

    columns: tuple[Category, ...]
    rows: tuple[MapRow, ...]


def link_map(table: LinkTable) -> LinkMap | None:
    """Lay a table out as a map; None where it has no pair or no room."""
    if not table.pairs or len(table.rows) > ROOM[0] or len(table.columns) > ROOM[1]:
        return None
    grouped = [list(pairs) for _, pairs in groupby(table.pairs, key=lambda pair: pair.row.key)]
    return LinkMap(table.columns, tuple(map(_row, grouped)))


def step(n: int) -> int:
    """Return the step of a number of cases, 0 for none: each has a colour, and a number stands on it."""
    return sum(n >= least for least, _ in STEPS) - 1


def _row(pairs: Sequence[Pair]) -> MapRow:
    return MapRow(pairs[0].row, pairs[0].group.of, tuple(pairs))

"""Prints a table of links as text, JSON, CSV or SPARQL, and draws it."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from itbkg.building.opening import open_graph
from itbkg.cli.drawing import Drawing
from itbkg.cli.layout import prose
from itbkg.cli.linkblocks import blocks
from itbkg.cli.output import SAFETY, note, progress, say, say_json, settings
from itbkg.links import LinkTable, case_data, link_query, links
from itbkg.links.categories import untold_families
from itbkg.links.sheet import LINK_COLUMNS, link_cells
from itbkg.sheet import to_csv
from itbkg.store import Store

if TYPE_CHECKING:
    from itbkg.charts import Chart


@dataclass(frozen=True, slots=True)
class Wish:
    """What is asked for: variables of rows and columns, and a filter."""

    rows: Sequence[str]
    columns: Sequence[str]
    where: str


def run(
    wish: Wish,
    graph: Path | None,
    drawing: Drawing,
    *,
    cases: bool,
    dependence: bool,
    form: tuple[bool, bool, bool],
    kind: str,
) -> None:
    """Print a table as text, JSON, CSV, or the SPARQL that gives its counts; draw it where a file is given."""
    drawing.check()
    make = _drawer(kind) if drawing.path or kind != "heat" else None
    with progress() as bar:
        store = open_graph(settings(), graph, bar)
    as_json, as_csv, as_sparql = form
    if as_sparql:
        say(link_query(store, wish.rows, wish.columns, wish.where).rstrip("\n"))
    else:
        found = _run(store, wish, cases=cases, dependence=dependence, as_json=as_json, as_csv=as_csv)
        if make is not None:
            drawing.draw(partial(make, found))
    note(SAFETY)


def _drawer(kind: str) -> Callable[[LinkTable, int], "Chart[Any]"]:
    """Find what draws a table; to import it takes as long as the table."""
    from itbkg.charts.of_links import find_link_chart  # noqa: PLC0415

    return find_link_chart(kind)


def _run(store: Store, wish: Wish, *, cases: bool, dependence: bool, as_json: bool, as_csv: bool) -> LinkTable:
    found = links(store, wish.rows, wish.columns, wish.where, dependence=dependence)
    if as_json:
        say_json(found.document())
    elif as_csv:
        say(to_csv(LINK_COLUMNS, link_cells(found.pairs)).removesuffix("\n"))
    else:
        say("\n\n".join(blocks(found, _left_out(store, wish), cases=cases)))
    _note_cohort(found)
    return found


def _note_cohort(found: LinkTable) -> None:
    cohort = found.cohort
    left = [f"{len(cohort.told_again)} told again elsewhere"] if cohort.told_again else []
    left += [f"{len(cohort.retracted)} retracted"] if cohort.retracted else []
    without = f"; left out: {', '.join(left)}" if left else ""
    note(f"{cohort.total} of {cohort.of} cases{without}")
    note(prose(found.reading))


def _left_out(store: Store, wish: Wish) -> list[str]:
    """Say which rows and columns are asked for apart, because a definition gathers them from several others."""
    return [
        prose(f"{n} classes of {name} that a definition gathers from several of these stand apart: {name}@defined.")
        for name, n in untold_families(case_data(store), [*wish.rows, *wish.columns]).items()
    ]

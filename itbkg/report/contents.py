"""What a report tells: a table of links, the charts of its cases, these cases, and the publications that tell them."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import itbkg
from itbkg.cases import CaseRow, Reference, list_cases, list_publications
from itbkg.charts import Chart
from itbkg.charts.of_links import links_forest, links_heat
from itbkg.charts.of_network import network_chart
from itbkg.charts.style import VERSION
from itbkg.links import LinkTable
from itbkg.links.cohort import ids
from itbkg.links.table import ask, count
from itbkg.network.views import Asked
from itbkg.store import Store


@dataclass(frozen=True, slots=True)
class Wish:
    """What a report is about: a table of links, in the grammar of `itbkg.links`; a title, or the question itself."""

    rows: Sequence[str] = ("cause",)
    columns: Sequence[str] = ("outcome",)
    where: str = ""
    title: str = ""

    @property
    def question(self) -> str:
        """The question in words."""
        among = f"cases where {self.where}" if self.where else "all cases"
        return f"How often do {', '.join(self.rows)} and {', '.join(self.columns)} go together, in {among}?"


@dataclass(frozen=True, slots=True)
class Figure:
    """A chart, drawn for a page and for a phone."""

    wide: Chart[Any]
    narrow: Chart[Any]


@dataclass(frozen=True, slots=True)
class Report:
    """A report. `versions` are names and what they are of; `cases` those of the cohort, in id order."""

    wish: Wish
    table: LinkTable
    figures: tuple[Figure, ...]
    cases: tuple[CaseRow, ...]
    references: tuple[Reference, ...]
    versions: tuple[tuple[str, str], ...]

    @property
    def title(self) -> str:
        """The title that was given, or the question."""
        return self.wish.title or self.wish.question


_WIDE, _NARROW = 900, 390


def make_report(store: Store, wish: Wish, *, charts: bool = True) -> Report:
    """Gather a report, without charts where none are wanted; raises what `links` raises."""
    asked = ask(store, wish.rows, wish.columns, wish.where)
    table = count(asked)
    kept = set(ids(asked.data, asked.chosen.bits))
    cases = tuple(row for row in list_cases(store) if row.id in kept)
    sources = {row.publication for row in cases}
    return Report(
        wish=wish,
        table=table,
        figures=tuple(_figures(store, table, cases)) if charts else (),
        cases=cases,
        references=tuple(one.reference for one in list_publications(store) if one.reference.id in sources),
        versions=tuple(_versions(store)),
    )


def _figures(store: Store, table: LinkTable, cases: tuple[CaseRow, ...]) -> Iterator[Figure]:
    """Draw the table, and of the same cases the chains and what was found together; what has no data is not drawn."""
    if table.pairs:
        yield Figure(links_heat(table, _WIDE), links_heat(table, _NARROW))
    risks = Figure(links_forest(table, _WIDE), links_forest(table, _NARROW))
    if risks.wide.rows:
        yield risks
    asked = Asked(cases)
    for name in ("chains", "cases"):
        figure = Figure(*(network_chart(store, name, asked, width) for width in (_WIDE, _NARROW)))
        if figure.wide.rows:
            yield figure


def _versions(store: Store) -> Iterator[tuple[str, str]]:
    manifest = store.manifest
    yield "itbkg", itbkg.__version__
    yield "dataset, SHA-256", manifest.digest or "not known: the graph is behind another endpoint"
    yield "cases in the graph", str(manifest.cases)
    yield "publications in the graph", str(manifest.publications)
    yield "charts", f"Vega-Lite {VERSION}"
    for name, version in sorted(manifest.versions.items()):
        if name != "itbkg":
            yield f"{name}, of the build", version

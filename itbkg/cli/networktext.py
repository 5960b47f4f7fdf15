"""`itbkg network` and `itbkg similar` as text, JSON, CSV or a chart."""

from collections.abc import Iterator, Sequence
from dataclasses import asdict
from pathlib import Path

from itbkg.building.opening import open_graph
from itbkg.charts.of_network import network_chart
from itbkg.cli.drawing import Drawing
from itbkg.cli.layout import prose, table
from itbkg.cli.output import SAFETY, note, progress, say, say_json, settings
from itbkg.links import choose_where
from itbkg.network.graph import Edge, Node, View
from itbkg.network.held import field_names
from itbkg.network.scale import Likeness, Shared
from itbkg.network.sheet import EDGE_COLUMNS, NODE_COLUMNS, SIMILAR_COLUMNS, edge_cells, node_cells, similar_cells
from itbkg.network.similar import SimilarCases, similar_cases
from itbkg.network.views import Asked, find_view, show
from itbkg.sheet import to_csv
from itbkg.store import Store

#: So many cases are named in a cell; the others are counted.
_NAMED = 3
#: And so many classes.
_LABELS = 20


def run_network(
    name: str,
    given: tuple[str, str, int | None, int],
    graph: Path | None,
    *,
    findings: bool,
    nodes: bool,
    drawing: Drawing,
    form: tuple[bool, bool],
) -> None:
    """Print a network, draw it where a file is given, and say on standard error what must be known beside it."""
    of, where, depth, least = given
    view_name = find_view(name)
    drawing.check()
    store = _open(graph)
    cases = choose_where(store, where).rows
    asked = Asked(cases, fields=field_names(of), depth=depth, findings=findings, least=least)
    shown = show(store, view_name, asked)
    as_json, as_csv = form
    if as_json:
        say_json(asdict(shown))
    elif as_csv:
        table = (NODE_COLUMNS, node_cells(shown)) if nodes else (EDGE_COLUMNS, edge_cells(shown))
        say(to_csv(*table).removesuffix("\n"))
    else:
        _say_view(shown, nodes=nodes)
    drawing.draw(lambda width: network_chart(store, view_name, asked, width))
    _note(shown.told, shown.of, shown.warnings)


def run_similar(case: str, by: str, limit: int, graph: Path | None, *, as_json: bool, as_csv: bool) -> None:
    """Print the cases like a case."""
    found = similar_cases(_open(graph), case, field_names(by), limit)
    if as_json:
        say_json(asdict(found))
    elif as_csv:
        say(to_csv(SIMILAR_COLUMNS, similar_cells(found)).removesuffix("\n"))
    else:
        say("\n".join(similar_lines(found)))
    note(f"{found.total} of {found.of} other cases share any class")
    _warn(found.warnings)


def similar_lines(found: SimilarCases) -> Iterator[str]:
    """Tell similar cases as lines of text."""
    yield f"{found.id}  {found.title}"
    yield f"{found.classes} classes by {', '.join(found.fields)}"
    if found.same_patient:
        yield f"same patient, not compared: {', '.join(found.same_patient)}"
    if not found.cases:
        yield "no other case shares any class"
    for one in found.cases:
        yield from _likeness(one)


def _likeness(one: Likeness) -> Iterator[str]:
    yield ""
    yield f"{one.id}  {one.title}"
    yield f"  likeness {one.low:.2f}; {one.high:.2f} if all that only one reports were so in both"
    parts = (
        ("both", one.shared),
        ("absent in both", one.absent_in_both),
        ("differ (present in one, stated absent in the other)", one.contradicted),
        ("only in the case asked about, not reported here", one.only_asked),
        ("only here, not reported in the case asked about", one.only_this),
    )
    for title, rows in parts:
        if rows:
            yield prose(f"{title}: {_labels(rows)}", "  ", "    ")


def _labels(rows: Sequence[Shared]) -> str:
    """Name classes with the number of cases that have each; of many only the rarest."""
    more = len(rows) - _LABELS
    named = ", ".join(f"{one.label} ({one.n})" for one in rows[:_LABELS])
    return f"{named} and {more} more" if more > 0 else named


def _open(graph: Path | None) -> Store:
    with progress() as bar:
        return open_graph(settings(), graph, bar)


def _say_view(shown: View, *, nodes: bool) -> None:
    say(f"{shown.title}\n")
    if not (shown.nodes if nodes else shown.edges):
        say("no case has what was asked for")
    elif nodes:
        say(table(*_node_table(shown)))
    else:
        say(table(*_edge_table(shown)))


def _node_table(shown: View) -> tuple[Sequence[str], Sequence[Sequence[str]]]:
    middle = ("in the middle",) if shown.directed else ()
    rows = [(one.label, one.kind, f"{one.n} of {one.of}", *_measures(one), _cases(one.cases)) for one in shown.nodes]
    return ("node", "kind", "n of N", "degree", "strength", *middle, "cases"), rows


def _measures(one: Node) -> tuple[str, ...]:
    return tuple(str(number) for number in (one.degree, one.strength, one.middle) if number is not None)


def _edge_table(shown: View) -> tuple[Sequence[str], Sequence[Sequence[str]]]:
    if shown.name == "cases":
        return ("case", "has"), [(one.source_label, one.target_label) for one in shown.edges]
    either = () if shown.directed else ("of those with either",)
    rows = [
        (one.source_label, one.relation, one.target_label, f"{one.n} of {one.of}", *_share(one), _cases(one.cases))
        for one in shown.edges
    ]
    return ("from", "", "to", "n of N", *either, "cases"), rows


def _share(one: Edge) -> tuple[str, ...]:
    return () if one.share is None else (f"{one.n} of {one.either}",)


def _cases(ids: Sequence[str]) -> str:
    more = len(ids) - _NAMED
    return ", ".join(ids[:_NAMED]) + (f" and {more} more" if more > 0 else "")


def _note(told: int, of: int, warnings: Sequence[str]) -> None:
    note(f"{told} of {of} cases are in this network")
    _warn(warnings)


def _warn(warnings: Sequence[str]) -> None:
    for warning in warnings:
        note(warning)
    note(SAFETY)

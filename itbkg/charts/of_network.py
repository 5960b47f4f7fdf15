"""The networks over many cases as charts: chains as a Sankey diagram, pairs as a heat map, classes as an UpSet plot."""

from collections.abc import Sequence
from typing import Any

from itbkg.charts.chart import Chart
from itbkg.charts.flowing import FlowRow
from itbkg.charts.heat import HeatCell, heat_map
from itbkg.charts.sankey import sankey
from itbkg.charts.upset import SetRow, upset
from itbkg.charts.words import Words
from itbkg.network.flows import NO_MECHANISM, NO_OUTCOME, STAGES, Flow
from itbkg.network.graph import Node, View
from itbkg.network.views import Asked, ViewName, chain_flows, show
from itbkg.store import Store

#: How many classes a chart takes, those that most cases have.
_PAIRED, _SETS = 12, 8


def network_chart(store: Store, name: ViewName, asked: Asked, width: int = 900) -> Chart[Any]:
    """Draw a view; raises what `show` raises, and ParameterError for a width that cannot be."""
    if name == "chains":
        return chains_chart(store, asked, width)
    shown = show(store, name, asked)
    return pairs_chart(shown, width) if name == "co-occurrence" else sets_chart(shown, width)


def chains_chart(store: Store, asked: Asked, width: int = 900) -> Chart[FlowRow]:
    """Draw chains from cause to outcome, without a depth directly below the branches."""
    told = chain_flows(store, asked)
    untold = {NO_MECHANISM, NO_OUTCOME}
    rows = [_flow_row(flow, untold=bool({flow.source, flow.target} & untold)) for flow in told.flows]
    words = Words(
        "chains",
        f"From cause to outcome in {told.told} of {told.of} reported cases",
        f"n = cases of a bar or ribbon; {told.of - told.told} of N = {told.of} cases report no cause and are not drawn",
        told.warnings,
    )
    return sankey(rows, STAGES, words, width)


def pairs_chart(view: View, width: int = 900) -> Chart[HeatCell]:
    """Draw how many cases have two classes together; of each class the number of its own cases is the N of its row."""
    nodes = view.nodes[:_PAIRED]
    linked = {ends for edge in view.edges for ends in ((edge.source, edge.target), (edge.target, edge.source))}
    cells = [
        HeatCell(one.label, f"{other.label} (N {other.n})", len(both), None, one.n, both)
        for place, one in enumerate(nodes)
        for other in nodes[:place]
        for both in [tuple(case for case in one.cases if case in other.cases)]
        if not both or (one.iri, other.iri) in linked
    ]
    notes = ("No cell stands where one class lies above the other, or where too few cases were asked for.",)
    title = f"{_capital(view.title)}: {view.told} of {view.of} cases"
    words = Words("pairs", title, _most(view, nodes), (*notes, *view.warnings))
    return heat_map(cells, words, width)


def sets_chart(view: View, width: int = 900) -> Chart[SetRow]:
    """Draw which of the commonest classes cases have together."""
    classes = [node for node in view.nodes if node.kind != "case"]
    nodes = classes[:_SETS]
    sets = {node.label: frozenset(node.cases) for node in nodes}
    everyone = [node.label for node in view.nodes if node.kind == "case"]
    told = f"{view.told} of {view.of} cases"
    words = Words("sets", f"{_capital(view.title)}: {told}", _most(view, nodes), view.warnings)
    return upset(sets, sorted(everyone), words, width)


def _most(view: View, nodes: Sequence[Node]) -> str:
    return f"the {len(nodes)} classes that most cases have; n = cases, N = {view.told} that tell any"


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def _flow_row(flow: Flow, *, untold: bool) -> FlowRow:
    return FlowRow(flow.stage, flow.source, flow.next_stage, flow.target, flow.n, flow.of, untold, flow.cases)

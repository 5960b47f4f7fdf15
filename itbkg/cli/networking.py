"""`itbkg network` and `itbkg similar`: their options; what is heavy is imported when they run."""

from typing import Annotated

import typer

from itbkg.cli.drawing import WIDTH, ChartFile, ChartWidth, Drawing
from itbkg.cli.filtering import Where, joined
from itbkg.cli.options import Csv, Graph, Json


def network(
    view: Annotated[
        str, typer.Argument(metavar="VIEW", help="chains, co-occurrence, or cases: which case has which class.")
    ] = "chains",
    of: Annotated[
        str, typer.Option("--of", metavar="FIELDS", help="Of which classes, such as finding or 'cause, outcome'.")
    ] = "finding",
    where: Where = None,
    depth: Annotated[
        int | None, typer.Option("--depth", help="Chains: lift classes to so many levels below their branch.")
    ] = None,
    findings: Annotated[bool, typer.Option("--findings", help="Chains: add what the event showed as.")] = False,
    least: Annotated[int, typer.Option("--least", help="Leave out links told in fewer cases.")] = 1,
    nodes: Annotated[bool, typer.Option("--nodes", help="The nodes instead of the links.")] = False,
    chart: ChartFile = None,
    width: ChartWidth = WIDTH,
    graph: Graph = None,
    json: Json = False,
    csv: Csv = False,
) -> None:
    """Show the graph as a network over many cases: what led to what, and which classes come together, with counts."""
    from itbkg.cli import networktext  # noqa: PLC0415

    networktext.run_network(
        view,
        (of, joined(where), depth, least),
        graph,
        findings=findings,
        nodes=nodes,
        drawing=Drawing(chart, width),
        form=(json, csv),
    )


def similar(
    name: Annotated[str, typer.Argument(metavar="CASE", help="Publication and case, such as mohammed-2004/1.")],
    by: Annotated[
        str, typer.Option("--by", metavar="FIELDS", help="Compare by these alone, such as 'finding, cause'.")
    ] = "",
    limit: Annotated[int, typer.Option("--limit", min=1, help="How many cases at most.")] = 10,
    graph: Graph = None,
    json: Json = False,
    csv: Csv = False,
) -> None:
    """Find the cases like a case by the classes that they share, and say what differs and what is not reported."""
    from itbkg.cli import networktext  # noqa: PLC0415

    networktext.run_similar(name, by, limit, graph, as_json=json, as_csv=csv)

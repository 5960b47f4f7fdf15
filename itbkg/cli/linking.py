"""`itbkg links`: its options; what is heavy is imported when it runs."""

from typing import Annotated

import typer

from itbkg.cli.drawing import WIDTH, ChartFile, ChartWidth, Drawing
from itbkg.cli.filtering import Where, joined
from itbkg.cli.options import Graph, Json


def links(
    rows: Annotated[
        list[str] | None,
        typer.Option("--rows", metavar="VARIABLE", help="cause, cause@defined, 'cause:human error' ..."),
    ] = None,
    columns: Annotated[
        list[str] | None, typer.Option("--columns", metavar="VARIABLE", help="outcome, finding=seizure ...")
    ] = None,
    where: Where = None,
    cases: Annotated[bool, typer.Option("--cases", help="Name the cases behind each number.")] = False,
    dependence: Annotated[
        bool, typer.Option("--dependence", help="Each tested pair without each publication, by reading and decade.")
    ] = False,
    chart: ChartFile = None,
    draw: Annotated[
        str, typer.Option("--draw", metavar="KIND", help="What --chart draws: heat (counts) or forest (risks).")
    ] = "heat",
    width: ChartWidth = WIDTH,
    sparql: Annotated[bool, typer.Option("--sparql", help="Print the query that gives the same counts.")] = False,
    graph: Graph = None,
    json: Json = False,
    csv: Annotated[bool, typer.Option("--csv", help="CSV on standard output, one line for each pair.")] = False,
) -> None:
    """Count which goes with which: causes, findings, treatments, delays and outcomes, with intervals and bounds.

    A VARIABLE is NAME (what lies directly below), NAME@2 or NAME@all (deeper), NAME@defined (what a definition gathers,
    such as human error), NAME:CLASS (below this class), NAME=CLASS (this class alone), 'creatine kinase > 1000 U/L', or
    'interruption-to-diagnosis < 48 h'. A FILTER joins NAME = WORD, NAME != WORD (stated absent) and 'NAME = WORD not
    reported' by and, or, not. Options that are given again add rows or columns, and filters that must hold too.
    docs/links.md tells what each number means.
    """
    from itbkg.cli import linktext  # noqa: PLC0415

    asked = linktext.Wish(rows or ["cause"], columns or ["outcome"], joined(where))
    form, drawing = (json, csv, sparql), Drawing(chart, width)
    linktext.run(asked, graph, drawing, cases=cases, dependence=dependence, form=form, kind=draw)

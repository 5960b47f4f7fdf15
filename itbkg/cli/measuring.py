"""`itbkg times` and `itbkg compare`: their options; what is heavy is imported when they run."""

from typing import Annotated

import typer

from itbkg.cli.drawing import WIDTH, ChartFile, ChartWidth, Drawing
from itbkg.cli.filtering import Where, joined
from itbkg.cli.options import Csv, Graph, Json

_Level = Annotated[float, typer.Option("--level", min=0.5, max=0.999, help="Level of the intervals.")]


def times(
    span: Annotated[
        str | None,
        typer.Argument(metavar="SPAN", help="Such as interruption-to-first-symptom; without it, all are listed."),
    ] = None,
    by: Annotated[
        str,
        typer.Option("--by", metavar="FIELD[=WORDS]", help="Groups: sex, event, event='withdrawal, overdose'."),
    ] = "",
    where: Where = None,
    rule: Annotated[
        str, typer.Option("--rule", metavar="RULE", help="The curve that is printed: midpoint, earliest or latest.")
    ] = "midpoint",
    level: _Level = 0.95,
    chart: ChartFile = None,
    width: ChartWidth = WIDTH,
    graph: Graph = None,
    json: Json = False,
    csv: Csv = False,
) -> None:
    """Tell how long it took to the first symptom, the diagnosis, restored delivery or recovery (Kaplan-Meier).

    Every number has its cases; those that do not report a time are counted. What is censored, and how a window of time
    is read, is said below the table.
    """
    from itbkg.cli import timetext  # noqa: PLC0415

    timetext.run(span, by, joined(where), rule, graph, Drawing(chart, width), level=level, as_json=json, as_csv=csv)


def compare(
    number: Annotated[
        str | None,
        typer.Argument(metavar="ID", help="One published number, with reasons and cases; without it, a table."),
    ] = None,
    source: Annotated[str, typer.Option("--source", metavar="ID", help="The numbers of a source: coffey-2002.")] = "",
    words: Annotated[str, typer.Option("--words", metavar="TEXT", help="Words that all stand in the measure.")] = "",
    level: _Level = 0.95,
    graph: Graph = None,
    json: Json = False,
    csv: Csv = False,
) -> None:
    """Lay published numbers beside those of the graph, and say why they may differ."""
    from itbkg.cli import comparetext  # noqa: PLC0415

    comparetext.run(number, source, words, graph, level=level, as_json=json, as_csv=csv)

"""`itbkg report`: its options; what is heavy is imported when it runs."""

from pathlib import Path
from typing import Annotated

import typer

from itbkg.cli.filtering import Where, joined
from itbkg.cli.options import Graph


def report(
    out: Annotated[Path, typer.Argument(metavar="FILE", help="The file to write: .html, or .pdf (an extra).")],
    rows: Annotated[
        list[str] | None, typer.Option("--rows", metavar="VARIABLE", help="As for 'itbkg links'; cause if not given.")
    ] = None,
    columns: Annotated[
        list[str] | None,
        typer.Option("--columns", metavar="VARIABLE", help="As for 'itbkg links'; outcome if not given."),
    ] = None,
    where: Where = None,
    title: Annotated[
        str, typer.Option("--title", metavar="TEXT", help="The title; the question itself if not given.")
    ] = "",
    charts: Annotated[bool, typer.Option("--charts/--no-charts", help="With charts (an extra), or without.")] = True,
    graph: Graph = None,
    json: Annotated[bool, typer.Option("--json", help="Say as one JSON document what was written.")] = False,
) -> None:
    """Write one self-contained file: question, method, answer, charts, cases, references and versions."""
    from itbkg.cli import reporttext  # noqa: PLC0415

    wish = (rows or ["cause"], columns or ["outcome"], joined(where), title)
    reporttext.run(out, wish, graph, charts=charts, as_json=json)

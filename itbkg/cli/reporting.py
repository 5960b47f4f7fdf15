"""`itbkg report`: its options; what is heavy is imported when it runs."""

from pathlib import Path
from typing import Annotated

import typer


def report(
    out: Annotated[Path, typer.Argument(metavar="FILE", help="The file to write: .html, or .pdf (an extra).")],
    rows: Annotated[
        list[str] | None, typer.Option("--rows", metavar="VARIABLE", help="As for 'itbkg links'; cause if not given.")
    ] = None,
    columns: Annotated[
        list[str] | None,
        typer.Option("--columns", metavar="VARIABLE", help="As for 'itbkg links'; outcome if not given."),
    ] = None,
    where: Annotated[
        list[str] | None,
        typer.Option("--where", metavar="FILTER", help="As for 'itbkg links'; all that are given hold."),
    ] = None,
    title: Annotated[str, typer.Option("--title", help="The title; the question itself if not given.")] = "",
    charts: Annotated[bool, typer.Option("--charts/--no-charts", help="With charts (an extra), or without.")] = True,
    graph: Annotated[
        Path | None,
        typer.Option("--graph", help="A folder made by 'itbkg build --out'; without it, the packaged corpus."),
    ] = None,
    json: Annotated[bool, typer.Option("--json", help="Say as one JSON document what was written.")] = False,
) -> None:
    """Write one self-contained file: question, method, answer, charts, cases, references and versions."""
    from itbkg.cli import reporttext  # noqa: PLC0415

    filters = where or []
    joined = filters[0] if len(filters) == 1 else " and ".join(f"({one})" for one in filters)
    reporttext.run(out, (rows or ["cause"], columns or ["outcome"], joined, title), graph, charts=charts, as_json=json)

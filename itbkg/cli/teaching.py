"""`itbkg teach`: its options; what is heavy is imported when it runs."""

from pathlib import Path
from typing import Annotated

import typer


def teach(
    case: Annotated[
        str | None,
        typer.Argument(metavar="CASE", help="A case, such as mohammed-2004/1, or the file of a teaching case."),
    ] = None,
    target: Annotated[
        Path | None, typer.Argument(metavar="OUT", help="With --format: file to write; with --course: folder.")
    ] = None,
    out: Annotated[
        Path | None,
        typer.Option("--out", metavar="FOLDER", help="Draft as YAML into a folder; what was edited there is kept."),
    ] = None,
    form: Annotated[
        str | None, typer.Option("--format", metavar="NAME", help="Write it in this form: html, pptx, anki, gift ...")
    ] = None,
    pick: Annotated[
        bool, typer.Option("--pick", help="Let the corpus choose the case with most to teach from.")
    ] = False,
    course: Annotated[
        int | None, typer.Option("--course", metavar="N", help="Choose N cases that cover most, with index and table.")
    ] = None,
    objective: Annotated[
        list[str] | None, typer.Option("--objective", help="To be reached: first-thoughts, next-step, order, sources.")
    ] = None,
    cause: Annotated[list[str] | None, typer.Option("--cause", help="A cause that the case has, at any level.")] = None,
    outcome: Annotated[
        list[str] | None, typer.Option("--outcome", help="An outcome that it has, at any level.")
    ] = None,
    level: Annotated[
        list[str] | None, typer.Option("--level", help="basic, intermediate or advanced; of a draft, or of a course.")
    ] = None,
    audience: Annotated[str | None, typer.Option("--audience", help="For whom a draft is made.")] = None,
    folder: Annotated[
        Path | None, typer.Option("--from", metavar="FOLDER", help="Edited teaching cases; else those of the corpus.")
    ] = None,
    facts: Annotated[bool, typer.Option("--facts", help="List the names that a stage may show.")] = False,
    graph: Annotated[
        Path | None,
        typer.Option("--graph", help="A folder made by 'itbkg build --out'; without it, the packaged corpus."),
    ] = None,
    json: Annotated[bool, typer.Option("--json", help="One JSON document on standard output.")] = False,
) -> None:
    """Make a teaching case of a reported one: draft, check, write in a form, or choose a course.

    Without a case, list the teaching cases there are. For teaching: doses as reported, no treatment advice.
    """
    from itbkg.cli import lessons  # noqa: PLC0415

    wanted = lessons.Wanted(tuple(objective or ()), tuple(cause or ()), tuple(outcome or ()), tuple(level or ()))
    places = lessons.Places(folder, graph, out, target)
    doing = lessons.Doing(form, course, audience, pick=pick, facts=facts)
    lessons.run(case, wanted, places, doing, as_json=json)

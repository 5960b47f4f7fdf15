"""`itbkg export`: its arguments and options; what is heavy is imported when it runs."""

import inspect
from collections.abc import Callable
from pathlib import Path
from typing import Annotated, Any

import typer

from itbkg.cli import listing
from itbkg.cli.filtering import joined
from itbkg.cli.options import Graph, Json

#: The options of `itbkg cases` that do not choose cases.
_OTHERS = ("sort", "facets", "graph", "json", "csv")


def _with_conditions(command: Callable[..., None]) -> Callable[..., None]:
    """Give a command the options of `itbkg cases` that choose cases, behind its own."""
    own = [one for one in inspect.signature(command).parameters.values() if one.kind is not one.VAR_KEYWORD]
    further = [one for name, one in inspect.signature(listing.cases).parameters.items() if name not in _OTHERS]
    together = [one.replace(kind=inspect.Parameter.KEYWORD_ONLY) for one in (*own, *further)]
    command.__signature__ = inspect.Signature(together)  # type: ignore[attr-defined]  # what Typer reads
    command.__annotations__ = {one.name: one.annotation for one in together}
    return command


@_with_conditions
def export(
    format: Annotated[  # noqa: A002 - the name that stands in the help
        str | None, typer.Argument(metavar="FORMAT", help="A format or product; without it, all are listed.")
    ] = None,
    out: Annotated[
        Path | None, typer.Argument(metavar="OUT", help="File to write, or folder where the format is one.")
    ] = None,
    everything: Annotated[
        Path | None,
        typer.Option("--all", metavar="OUTDIR", help="Write a release: every format, and what describes it."),
    ] = None,
    cases: Annotated[
        list[str] | None, typer.Option("--cases", metavar="ID,ID...", help="Cases by id, such as mohammed-2004/1.")
    ] = None,
    construct: Annotated[
        Path | None, typer.Option("--construct", metavar="FILE", help="The triples of a CONSTRUCT query in a file.")
    ] = None,
    form: Annotated[
        str | None,
        typer.Option("--format", help="Of the ontology: owl, turtle, jsonld or obographs; else as the ending tells."),
    ] = None,
    graph: Graph = None,
    json: Json = False,
    **conditions: Any,
) -> None:
    """Write the graph, or a part of it, in a format that other tools open, and say what the format cannot hold.

    Without options the whole graph; the options from --event on choose cases as in 'itbkg cases'. 'itbkg export' alone
    lists the formats. Other products: ontology, words, formats and corpus.
    """
    from itbkg.cases import Wanted  # noqa: PLC0415
    from itbkg.cli import handing  # noqa: PLC0415

    ids = [name.strip() for given in cases or [] for name in given.split(",")]
    choice = handing.Asked(ids, Wanted.of(conditions), joined(conditions["where"]), construct)
    handing.run(format, out, everything, choice, form, graph, as_json=json)

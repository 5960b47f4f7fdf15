"""The commands, with their options; `itbkg --help` reads this module and nothing heavy."""

import sys
from pathlib import Path
from typing import Annotated

import typer

from itbkg.errors import ItbkgError

app = typer.Typer(
    name="itbkg",
    help="A knowledge graph of published cases of intrathecal baclofen therapy going wrong. "
    "For research and teaching, not for treatment decisions.",
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
)

Folder = Annotated[
    Path | None,
    typer.Option("--graph", help="A folder made by 'itbkg build --out'; without it, the packaged corpus."),
]
Json = Annotated[bool, typer.Option("--json", help="One JSON document on standard output.")]


@app.command()
def build(
    out: Annotated[Path | None, typer.Option("--out", help="Folder to write; without it nothing is written.")] = None,
    hermit: Annotated[bool, typer.Option("--hermit", help="Also hold the types against HermiT (needs Java).")] = False,
    json: Json = False,
) -> None:
    """Build the graph from ontology and records, and say what it holds."""
    from itbkg.cli import building  # noqa: PLC0415

    building.run(out, hermit=hermit, as_json=json)


@app.command()
def validate(
    paths: Annotated[list[Path], typer.Argument(help="Record files, or folders of them.")],
    json: Json = False,
) -> None:
    """Check records and list every problem with its line; exit code 3 where there is any."""
    from itbkg.cli import validating  # noqa: PLC0415

    validating.run(paths, as_json=json)


@app.command()
def case(
    name: Annotated[str, typer.Argument(metavar="ID", help="Publication and case, such as mohammed-2004/1.")],
    graph: Folder = None,
    json: Json = False,
) -> None:
    """Tell one case: what caused it, its course, how it ended, and where the report says so."""
    from itbkg.cli import telling  # noqa: PLC0415

    telling.run(name, graph, as_json=json)


@app.command()
def query(
    asked: Annotated[
        str | None,
        typer.Argument(metavar="QUERY", help="A saved question's name, a .rq file, SPARQL text, or - ."),
    ] = None,
    parameters: Annotated[
        list[str] | None, typer.Option("--set", help="A parameter of a saved question: case=mohammed-2004/1.")
    ] = None,
    graph: Folder = None,
    json: Json = False,
    csv: Annotated[bool, typer.Option("--csv", help="CSV on standard output.")] = False,
) -> None:
    """Ask the graph; without a query, list the saved questions."""
    from itbkg.cli import querying  # noqa: PLC0415

    querying.run(asked, parameters or [], graph, as_json=json, as_csv=csv)


@app.command()
def serve(
    graph: Folder = None,
    host: Annotated[str | None, typer.Option(help="Address to listen on; loopback unless given.")] = None,
    port: Annotated[int | None, typer.Option(min=1, max=65535, help="Port; 8000 unless given.")] = None,
) -> None:
    """Serve the REST API and the SPARQL endpoint."""
    from itbkg.cli import serving  # noqa: PLC0415

    serving.run(graph, host, port)


@app.command()
def doctor(json: Json = False) -> None:
    """Look at this installation and say what works, what does not, and how to mend it."""
    from itbkg.cli import examining  # noqa: PLC0415

    examining.run(as_json=json)


def main() -> None:
    """Run a command; an error of ours is printed as one message and becomes its exit code."""
    try:
        app()
    except ItbkgError as error:
        from itbkg.cli.exits import exit_code  # noqa: PLC0415

        sys.stderr.write(f"itbkg: {error}\n")
        raise SystemExit(exit_code(error)) from None
    except BrokenPipeError:
        sys.stderr.close()
        raise SystemExit(0) from None

"""The commands, with their options; `itbkg --help` reads this module and nothing heavy."""

import sys
from pathlib import Path
from typing import Annotated

import typer
from typer.core import TyperGroup

from itbkg.cli.drawing import WIDTH, ChartFile, ChartWidth, Drawing
from itbkg.cli.exporting import export
from itbkg.cli.importing import importing
from itbkg.cli.linking import links
from itbkg.cli.listing import cases
from itbkg.cli.measuring import compare, times
from itbkg.cli.networking import network, similar
from itbkg.cli.options import Csv, Graph, Json
from itbkg.cli.reporting import report
from itbkg.cli.teaching import teach
from itbkg.errors import ItbkgError

#: The commands as they are listed: the cases, what is counted over them, the words, what is made of it, the keeping.
ORDER = (
    *("case", "cases", "links", "times", "compare", "network", "similar", "report", "ask", "query", "terms"),
    *("guidance", "teach", "export", "import", "validate", "check", "build", "serve", "site", "doctor"),
)


class Ordered(TyperGroup):
    """Lists the commands in ORDER; one that is not in it is an error of ours."""

    def list_commands(self, ctx: object) -> list[str]:
        """Return the names of the commands in order."""
        del ctx
        return sorted(self.commands, key=ORDER.index)


app = typer.Typer(
    name="itbkg",
    cls=Ordered,
    help="A knowledge graph of published cases of intrathecal baclofen therapy going wrong. "
    "For research and teaching, not for treatment decisions.",
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
)
app.command()(export)
app.add_typer(importing)
app.command()(cases)
app.command()(links)
app.command()(network)
app.command()(similar)
app.command()(report)
app.command()(teach)
app.command()(times)
app.command()(compare)


@app.command()
def build(
    out: Annotated[
        Path | None, typer.Option("--out", metavar="FOLDER", help="Folder to write; without it nothing is written.")
    ] = None,
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
def check(
    graph: Graph = None,
    only: Annotated[
        list[str] | None, typer.Option("--only", metavar="NAME", help="Run this check alone; may be given again.")
    ] = None,
    json: Json = False,
) -> None:
    """Hold the graph against the ontology's profile, the shapes and the rules of quality; exit code 3 if one fails."""
    from itbkg.cli import checking  # noqa: PLC0415

    checking.run(graph, only or [], as_json=json)


@app.command()
def case(
    name: Annotated[str, typer.Argument(metavar="ID", help="Publication and case, such as mohammed-2004/1.")],
    chart: ChartFile = None,
    width: ChartWidth = WIDTH,
    graph: Graph = None,
    json: Json = False,
) -> None:
    """Tell one case: what caused it, its course, how it ended, and where the report says so."""
    from itbkg.cli import telling  # noqa: PLC0415

    telling.run(name, graph, Drawing(chart, width), as_json=json)


@app.command()
def guidance(
    document: Annotated[
        str | None, typer.Argument(metavar="DOCUMENT", help="A document, such as emergency-procedure.")
    ] = None,
    situation: Annotated[
        str | None,
        typer.Option("--for", metavar="WORD", help="What all documents advise for an event, cause, alarm or finding."),
    ] = None,
    case: Annotated[
        str | None, typer.Option("--case", metavar="ID", help="What a case did beside what is advised.")
    ] = None,
    graph: Graph = None,
    json: Json = False,
) -> None:
    """List the guidance documents, tell one, or say what is advised; not for treatment decisions."""
    from itbkg.cli import advising  # noqa: PLC0415

    advising.run(document, situation, case, graph, as_json=json)


@app.command()
def ask(
    name: Annotated[
        str | None, typer.Argument(metavar="NAME", help="A saved question; without it, all are listed.")
    ] = None,
    parameters: Annotated[
        list[str] | None,
        typer.Option(
            "--set", metavar="NAME=VALUE", help="Set a parameter: case=mohammed-2004/1, treatment='oral baclofen'."
        ),
    ] = None,
    graph: Graph = None,
    json: Json = False,
    csv: Csv = False,
    sparql: Annotated[bool, typer.Option("--sparql", help="Print the query instead of its answer.")] = False,
) -> None:
    """Ask a saved question by name; without a name, list them with what each takes."""
    from itbkg.cli import asking  # noqa: PLC0415

    asking.run(name, parameters or [], graph, as_json=json, as_csv=csv, as_sparql=sparql)


@app.command()
def query(
    asked: Annotated[str, typer.Argument(metavar="SPARQL", help="SPARQL text, a .rq file, or - for standard input.")],
    graph: Graph = None,
    json: Json = False,
    csv: Csv = False,
) -> None:
    """Ask the graph in SPARQL."""
    from itbkg.cli import querying  # noqa: PLC0415

    querying.run(asked, graph, as_json=json, as_csv=csv)


@app.command()
def terms(
    asked: Annotated[
        str | None,
        typer.Argument(metavar="TERM", help="A label, synonym, ITBKG or external id, or part of a name."),
    ] = None,
    tree: Annotated[bool, typer.Option("--tree", help="Draw what stands below a class, or all.")] = False,
    depth: Annotated[int | None, typer.Option("--depth", min=0, help="How many levels of the tree.")] = None,
    search: Annotated[bool, typer.Option("--search", help="List what is found, even where TERM names one.")] = False,
    graph: Graph = None,
    json: Json = False,
) -> None:
    """Show the term that is named, or list those found; without a word, the branches of the ontology."""
    from itbkg.cli import wording  # noqa: PLC0415

    wording.run(asked, graph, as_tree=tree, depth=depth, only_search=search, as_json=json)


@app.command()
def serve(
    graph: Graph = None,
    store: Annotated[
        str | None,
        typer.Option(
            "--store", metavar="ADDRESS", help="A SPARQL 1.1 endpoint that holds the graph, instead of a folder."
        ),
    ] = None,
    host: Annotated[str | None, typer.Option(help="Address to listen on; loopback unless given.")] = None,
    port: Annotated[int | None, typer.Option(min=1, max=65535, help="Port; 8000 unless given.")] = None,
) -> None:
    """Serve the pages, the REST API and the SPARQL endpoint."""
    from itbkg.cli import serving  # noqa: PLC0415

    serving.run(graph, store, host, port)


@app.command()
def site(
    out: Annotated[Path, typer.Argument(metavar="OUT", help="A new or empty folder.")],
    graph: Graph = None,
    json: Json = False,
) -> None:
    """Write the pages as files, for any web host or a USB stick; queries are then answered in the browser."""
    from itbkg.cli import siting  # noqa: PLC0415

    siting.run(out, graph, as_json=json)


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

        option = f"--{error.parameter.replace('_', '-')}: " if error.parameter else ""
        sys.stderr.write(f"itbkg: {option}{error}\n")
        raise SystemExit(exit_code(error)) from None
    except BrokenPipeError:
        sys.stderr.close()
        raise SystemExit(0) from None

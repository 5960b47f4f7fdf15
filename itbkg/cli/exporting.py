"""`itbkg export`: a command for each product."""

from pathlib import Path
from typing import Annotated

import typer

export = typer.Typer(
    name="export",
    help="Write a product in a form that other tools open.",
    no_args_is_help=True,
    rich_markup_mode=None,
)


@export.command()
def ontology(
    out: Annotated[Path, typer.Argument(metavar="OUT", help="File to write; its ending tells the form.")],
    form: Annotated[
        str | None,
        typer.Option("--format", help="owl, turtle, jsonld or obographs; without it, as the ending tells."),
    ] = None,
    json: Annotated[bool, typer.Option("--json", help="One JSON document on standard output.")] = False,
) -> None:
    """Write the ontology as one document: OWL (RDF/XML), Turtle, JSON-LD or OBO Graphs JSON."""
    from itbkg.cli.output import note, say_json, settings  # noqa: PLC0415
    from itbkg.exports import choose_form, ontology_document, write_whole  # noqa: PLC0415
    from itbkg.vocabulary import read_ontology  # noqa: PLC0415

    chosen = choose_form("ontology", out, form)
    document = ontology_document(read_ontology(settings().corpus.ontology))
    content = chosen.write(document)
    write_whole(out, content)
    note(f"wrote {out}: {chosen.name}, {len(content)} bytes, {len(document)} triples")
    if json:
        say_json({"file": str(out), "format": chosen.name, "bytes": len(content), "triples": len(document)})


@export.command()
def words(
    out: Annotated[Path, typer.Argument(metavar="FOLDER", help="Folder to write into; made where it is missing.")],
    json: Annotated[bool, typer.Option("--json", help="One JSON document on standard output.")] = False,
) -> None:
    """Write the words of the ontology for readers: words.md, and in words/ a Markdown page for each module."""
    from itbkg.cli.output import note, say_json, settings  # noqa: PLC0415
    from itbkg.exports import write_words  # noqa: PLC0415

    pages = write_words(settings().corpus.ontology, out)
    note(f"wrote {len(pages)} pages below {out}")
    if json:
        say_json({"folder": str(out), "pages": [str(page) for page in pages]})


@export.command()
def corpus(
    out: Annotated[Path, typer.Argument(metavar="FOLDER", help="Folder to write into; made where it is missing.")],
    graph: Annotated[
        Path | None,
        typer.Option("--graph", help="A folder made by 'itbkg build --out'; without it, the packaged corpus."),
    ] = None,
    json: Annotated[bool, typer.Option("--json", help="One JSON document on standard output.")] = False,
) -> None:
    """Write corpus.md: the publications, and what their cases report and what they do not."""
    from itbkg.building.opening import open_graph  # noqa: PLC0415
    from itbkg.cli.output import note, progress, say_json, settings  # noqa: PLC0415
    from itbkg.exports import write_corpus  # noqa: PLC0415

    with progress() as bar:
        pages = write_corpus(open_graph(settings(), graph, bar), out)
    note(f"wrote {out / pages[0]}")
    if json:
        say_json({"folder": str(out), "pages": [str(page) for page in pages]})

"""`itbkg import`: draft records from what others hold."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from itbkg.drafts import Imported
    from itbkg.vocabulary import Vocabulary

importing = typer.Typer(
    name="import",
    help="Make draft records from Phenopackets or from a filled-in spreadsheet.",
    no_args_is_help=True,
    rich_markup_mode=None,
)
Out = Annotated[Path, typer.Option("--out", help="Folder for the drafts; a file that is there is left as it is.")]
Json = Annotated[bool, typer.Option("--json", help="One JSON document on standard output.")]


@importing.command()
def phenopackets(
    paths: Annotated[
        list[Path], typer.Argument(metavar="PATH...", help="Phenopackets (v2, JSON), or folders of them.")
    ],
    out: Out = Path("drafts"),
    json: Json = False,
) -> None:
    """Make a draft of each report in Phenopackets; what has no place in a record is listed."""
    from itbkg.cli.output import settings  # noqa: PLC0415
    from itbkg.drafts import import_phenopackets  # noqa: PLC0415
    from itbkg.vocabulary import Vocabulary  # noqa: PLC0415

    _say(import_phenopackets(paths, out, Vocabulary.read(settings().corpus.ontology)), as_json=json)


@importing.command("case-table")
def case_table(
    paths: Annotated[list[Path] | None, typer.Argument(metavar="PATH...", help="Filled-in case tables (CSV).")] = None,
    template: Annotated[
        Path | None, typer.Option("--template", help="Write the empty table, its dictionary and an example here.")
    ] = None,
    out: Out = Path("drafts"),
    json: Json = False,
) -> None:
    """Make a draft of each report in a case table, or with --template write an empty table to fill in."""
    from itbkg.cli.output import settings  # noqa: PLC0415
    from itbkg.drafts import import_case_tables  # noqa: PLC0415
    from itbkg.vocabulary import Vocabulary  # noqa: PLC0415

    if (template is None) == (not paths):
        raise typer.BadParameter("give either tables to read or --template with a folder")
    vocabulary = Vocabulary.read(settings().corpus.ontology)
    if template is not None:
        _template(template, vocabulary, as_json=json)
        return
    _say(import_case_tables(paths or [], out, vocabulary), as_json=json)


def _template(folder: Path, vocabulary: "Vocabulary", *, as_json: bool) -> None:
    from itbkg.cli.output import note, say_json  # noqa: PLC0415
    from itbkg.drafts import write_template  # noqa: PLC0415

    written = [str(path) for path in write_template(folder, vocabulary)]
    note(f"wrote {', '.join(written)}")
    if as_json:
        say_json({"written": written})


def _say(imported: "Imported", *, as_json: bool) -> None:
    """Say what was made, what was left out and what is to be mended; exit code 3 where there is any of the last two."""
    from itbkg.cli.exits import FINDINGS  # noqa: PLC0415
    from itbkg.cli.output import note, say, say_json  # noqa: PLC0415

    if as_json:
        say_json(_document(imported))
    else:
        for line in _lines(imported):
            say(line)
    note(f"drafts written: {len(imported.made)}; every line of a draft is to be held against the report")
    if imported.refused or any(one.unplaced or one.problems for one in imported.made):
        raise typer.Exit(FINDINGS)


def _lines(imported: "Imported") -> list[str]:
    refused = [str(problem) for problem in imported.refused]
    told = [
        line
        for one in imported.made
        for line in (f"wrote {one.path}", *map(str, one.unplaced), *map(str, one.problems))
    ]
    return [*refused, *told]


def _document(imported: "Imported") -> dict[str, object]:
    from dataclasses import asdict  # noqa: PLC0415

    drafts = [
        {
            "file": str(one.path),
            "from": str(one.source),
            "unplaced": [asdict(left) for left in one.unplaced],
            "problems": [asdict(problem) for problem in one.problems],
        }
        for one in imported.made
    ]
    return {"drafts": drafts, "refused": [asdict(problem) for problem in imported.refused]}

"""The options that several commands have."""

from pathlib import Path
from typing import Annotated

import typer

Graph = Annotated[
    Path | None,
    typer.Option(
        "--graph", metavar="FOLDER", help="A folder made by 'itbkg build --out'; without it, the packaged corpus."
    ),
]
Json = Annotated[bool, typer.Option("--json", help="One JSON document on standard output.")]
Csv = Annotated[bool, typer.Option("--csv", help="CSV on standard output.")]

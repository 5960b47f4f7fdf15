"""Printing: results to standard output, everything else to standard error."""

import json
import os
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from itbkg.building import Progress
from itbkg.settings import Settings, read_settings

SAFETY = "For research and teaching, not for treatment decisions."


def settings() -> Settings:
    """Read the settings from the environment."""
    return read_settings(os.environ)


def say(text: str) -> None:
    """Print a line of the result."""
    sys.stdout.write(text + "\n")


def note(text: str) -> None:
    """Print a line beside the result."""
    sys.stderr.write(text + "\n")


def say_json(document: Any) -> None:
    """Print the result as one JSON document."""
    say(json.dumps(document, indent=2, ensure_ascii=False))


def say_table(columns: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
    """Print a table: aligned, one line a row, cut nowhere."""
    table = [list(columns), *[list(row) for row in rows]]
    widths = [max(len(row[index]) for row in table) for index in range(len(columns))]
    lines = ["  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip() for row in table]
    rule = "  ".join("-" * width for width in widths)
    say("\n".join([lines[0], rule, *lines[1:]]))


@contextmanager
def progress() -> Iterator[Progress | None]:
    """Show a bar on a terminal; give None where nobody would see it."""
    if not sys.stderr.isatty():
        yield None
        return
    from rich.console import Console  # noqa: PLC0415
    from rich.progress import Progress as Bar  # noqa: PLC0415

    with Bar(console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("building")
        yield lambda step, done, of: bar.update(task, description=step, completed=done, total=of)

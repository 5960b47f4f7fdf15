"""`--where FILTER` of every command that chooses cases: one option, one grammar."""

from collections.abc import Sequence
from typing import Annotated

import typer

Where = Annotated[
    list[str] | None,
    typer.Option(
        "--where",
        metavar="FILTER",
        help="Choose cases: 'event = withdrawal and finding != fever'; all that are given hold.",
        show_default=False,
    ),
]


def joined(filters: Sequence[str] | None) -> str:
    """Join filters that must all hold to one; none to an empty one, which takes in every case."""
    several = filters or []
    return several[0] if len(several) == 1 else " and ".join(f"({one})" for one in several)

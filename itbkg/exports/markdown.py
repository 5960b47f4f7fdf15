"""Tables and links in Markdown, whose cells hold any text as it is."""

from collections.abc import Iterable, Iterator, Sequence

#: What Markdown, or GitHub beyond it, would read as a sign of its own.
_SIGNS = "\\|*_`[]<>&~$"
_ENCODED = {"(": "%28", ")": "%29", "|": "%7C", " ": "%20", "<": "%3C", ">": "%3E"}


def table(columns: Sequence[str], rows: Iterable[Iterable[str]]) -> Iterator[str]:
    """Yield the lines of a table with a head."""
    yield from head(columns)
    yield from map(row, rows)


def head(columns: Sequence[str]) -> Iterator[str]:
    """Yield the names of the columns, and the line below them."""
    yield row(columns)
    yield row(["---"] * len(columns))


def row(cells: Iterable[str]) -> str:
    """Write a row of cells that are Markdown already."""
    return f"| {' | '.join(cells)} |"


def plain(text: str) -> str:
    """Keep Markdown from reading signs of a text as its own."""
    return "".join(f"\\{letter}" if letter in _SIGNS else letter for letter in " ".join(text.split()))


def address(iri: str) -> str:
    """Keep an address whole inside the round brackets of a link."""
    return "".join(_ENCODED.get(letter, letter) for letter in iri)

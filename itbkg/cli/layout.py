"""Text and tables that fit the reader's terminal; where there is none, so many columns as a page holds."""

import shutil
import sys
from collections.abc import Iterator, Sequence
from itertools import zip_longest
from textwrap import wrap

#: The columns where nobody looks on, as in a file or a pipe; prose on a wide terminal is not wider than the second.
PAGE, PROSE = 120, 110
#: No column is made narrower than this for the sake of the others.
_LEAST = 10
_GAP = "  "

Row = Sequence[str]


def width() -> int:
    """Return how many columns there are."""
    return shutil.get_terminal_size((PAGE, 24)).columns if sys.stdout.isatty() else PAGE


def prose(text: str, first: str = "", then: str = "") -> str:
    """Break a text into lines, the first and the further ones begun as is given; ids are not broken."""
    lines = wrap(
        text,
        min(width(), PROSE),
        initial_indent=first,
        subsequent_indent=then,
        break_on_hyphens=False,
        break_long_words=False,
    )
    return "\n".join(lines)


def table(heads: Row, rows: Sequence[Row]) -> str:
    """Write a table, its cells broken where it would be wider than the terminal; what cannot be broken stands whole."""
    written = [[*heads], *[[*row] for row in rows]]
    widths = _fitted([[*column] for column in zip(*written, strict=True)])
    first, *others = (_lines(row, widths) for row in written)
    return "\n".join([*first, _GAP.join("-" * size for size in widths), *(line for lines in others for line in lines)])


def _fitted(columns: Sequence[Sequence[str]]) -> list[int]:
    """Take from the widest column until all fit, or none can give more."""
    widths = [max(map(len, column)) for column in columns]
    least = [max(_LEAST, *(len(word) for cell in column for word in cell.split(" "))) for column in columns]
    while sum(widths) + len(_GAP) * (len(widths) - 1) > width():
        giving = [place for place, size in enumerate(widths) if size > least[place]]
        if not giving:
            break
        widths[max(giving, key=widths.__getitem__)] -= 1
    return widths


def _lines(row: Row, widths: Sequence[int]) -> Iterator[str]:
    """Write a row in so many lines as its longest cell needs."""
    broken = (
        wrap(cell, size, break_on_hyphens=False, break_long_words=False)
        for cell, size in zip(row, widths, strict=True)
    )
    for line in zip_longest(*broken, fillvalue=""):
        yield _GAP.join(map(str.ljust, line, widths)).rstrip()

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
    widths = _fitted(heads, [[*column] for column in zip(*rows, strict=True)] or [[]] * len(heads))
    first, *others = (_lines(row, widths) for row in (heads, *rows))
    return "\n".join([*first, _GAP.join("-" * size for size in widths), *(line for lines in others for line in lines)])


def _fitted(heads: Row, columns: Sequence[Sequence[str]]) -> list[int]:
    """Take from the widest column until all fit: first what only its head needs, then what its cells do."""
    words = [max(map(len, head.split(" "))) for head in heads]
    cells = [max(word, *map(len, column), 0) for word, column in zip(words, columns, strict=True)]
    least = [
        max(word, min(_LEAST, cell), *(len(part) for text in column for part in text.split(" ")), 0)
        for word, cell, column in zip(words, cells, columns, strict=True)
    ]
    widths = [max(len(head), cell) for head, cell in zip(heads, cells, strict=True)]
    return _shrunk(_shrunk(widths, cells), least)


def _shrunk(widths: Sequence[int], least: Sequence[int]) -> list[int]:
    """Take from the widest column that can give until all fit, or none can give more."""
    left = [*widths]
    while sum(left) + len(_GAP) * (len(left) - 1) > width():
        giving = [place for place, size in enumerate(left) if size > least[place]]
        if not giving:
            break
        left[max(giving, key=left.__getitem__)] -= 1
    return left


def _lines(row: Row, widths: Sequence[int]) -> Iterator[str]:
    """Write a row in so many lines as its longest cell needs."""
    broken = (
        wrap(cell, size, break_on_hyphens=False, break_long_words=False) for cell, size in zip(row, widths, strict=True)
    )
    for line in zip_longest(*broken, fillvalue=""):
        yield _GAP.join(map(str.ljust, line, widths)).rstrip()

"""How much room text takes on a slide, reckoned from above, so that what is laid out never overflows.

Widths are those of Arial (Liberation Sans has the same), rounded up within groups of letters: real text is narrower.
"""

import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

#: Widths in em, by what holds the letter; the first that does decides.
_WIDTHS = (
    ("ijl|'.,:;!`", 0.30),
    (' ftrI()[]{}/\\-*"', 0.40),
    ("mMwW@%—…", 1.02),
    ("ABCDEFGHJKLNOPQRSTUVXYZ&", 0.79),
)
_USUAL, _WIDE, _OTHER = 0.57, 1.3, 0.85
_LAST_PLAIN, _LAST_BASIC = 0x24F, 0xFFFF
#: Height of a line in em, and room above a paragraph in points.
_LINE, ABOVE = 1.2, 6.0
#: Size of the letters of each level, in points.
SIZES = {0: 22.0, 1: 18.0}
#: How far a paragraph of each level is set in, in points.
INDENTS = {0: 0.0, 1: 24.0}


@dataclass(frozen=True, slots=True)
class Line:
    """A paragraph on a slide: `lead` is set bold before the text, and red for a danger; level 1 is a smaller bullet."""

    text: str
    lead: str = ""
    level: int = 0
    danger: bool = False


Block = tuple[Line, ...]


def height(line: Line, width: float) -> float:
    """Return the height in points that a paragraph takes in a box of a width."""
    size = SIZES[line.level]
    return _count(line, width) * size * _LINE + ABOVE


def text_height(text: str, width: float, size: float) -> float:
    """Return the height in points of text of a size that begins at the left of a box."""
    return len(list(_lines(text, width / size))) * size * _LINE


def pages(blocks: Sequence[Block], width: float, most: float) -> tuple[tuple[Line, ...], ...]:
    """Divide blocks over pages of a height; a block stays together where it fits a page, else its lines are divided."""
    divided: list[list[Line]] = [[]]
    free = most
    for block in blocks:
        taken = sum(height(line, width) for line in block)
        if free < taken <= most and divided[-1]:
            divided.append([])
            free = most
        for line in (part for whole in block for part in _cut(whole, width, most)):
            if free < height(line, width) and divided[-1]:
                divided.append([])
                free = most
            divided[-1].append(line)
            free -= height(line, width)
    return tuple(map(tuple, divided))


def _cut(line: Line, width: float, most: float) -> Iterator[Line]:
    """Cut a paragraph that is higher than a page into such as are not."""
    if height(line, width) <= most:
        yield line
        return
    size = SIZES[line.level]
    room = int((most - ABOVE) / (size * _LINE))
    rows = list(_lines(f"{line.lead}{line.text}", _room(line, width)))
    for start in range(0, len(rows), room):
        yield replace(line, lead="", text="\n".join(rows[start : start + room]))


def _count(line: Line, width: float) -> int:
    return len(list(_lines(f"{line.lead}{line.text}", _room(line, width), bold=bool(line.lead))))


def _room(line: Line, width: float) -> float:
    """Return how many em a line of a paragraph holds."""
    return (width - INDENTS[line.level]) / SIZES[line.level]


def _lines(text: str, room: float, *, bold: bool = False) -> Iterator[str]:
    """Break text into lines as a presentation does: at spaces, and within words that are longer than a line."""
    for paragraph in text.split("\n"):
        row, used = "", 0.0
        for word in _words(paragraph, room, bold=bold):
            wide = _width(word, bold=bold)
            if row and used + _width(word.rstrip(), bold=bold) > room:
                yield row
                row, used = "", 0.0
            row, used = row + word, used + wide
        yield row


def _words(paragraph: str, room: float, *, bold: bool) -> Iterator[str]:
    """Yield words with the space behind them; one longer than a line in pieces."""
    for word in paragraph.replace(" ", " \0").split("\0"):
        piece, used = "", 0.0
        for letter in word:
            if used + _width(letter, bold=bold) > room and piece:
                yield piece
                piece, used = "", 0.0
            piece, used = piece + letter, used + _width(letter, bold=bold)
        if piece:
            yield piece


def _width(text: str, *, bold: bool) -> float:
    return sum(map(_em, text)) * (1.08 if bold else 1.0)


def _em(letter: str) -> float:
    for letters, width in _WIDTHS:
        if letter in letters:
            return width
    if ord(letter) <= _LAST_PLAIN:
        return _USUAL
    return _WIDE if unicodedata.east_asian_width(letter) in "WF" or ord(letter) > _LAST_BASIC else _OTHER

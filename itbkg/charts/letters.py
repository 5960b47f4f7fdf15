"""How wide a text is, and where it breaks: a chart must know before it is drawn."""

from collections.abc import Iterable

from itbkg.charts.style import TEXT

#: Widths of Arial and of what has its metrics, in thousandths of the size, rounded up; other letters are 560.
_WIDTHS = {
    **dict.fromkeys("ijl'|", 230),
    **dict.fromkeys(" .,:;!/\\[]ftI", 285),
    **dict.fromkeys("()-r", 340),
    **dict.fromkeys("cksvxyzJ", 505),
    **dict.fromkeys("<>=+~^", 590),
    **dict.fromkeys("ABEKPSVXY&", 670),
    **dict.fromkeys("CDHNRUwFTZL", 725),
    **dict.fromkeys("GOQ", 780),
    **dict.fromkeys("mMW%", 890),
    **dict.fromkeys("→—…@", 1000),
}


def width_of(text: str, size: float = TEXT) -> float:
    """Return the width of a text in pixels; it may be a little less."""
    return sum(_WIDTHS.get(letter, 560) for letter in text) * size / 1000


def widest(texts: Iterable[str], size: float = TEXT) -> float:
    """Return the width of the widest of some texts; 0 of none."""
    return max((width_of(text, size) for text in texts), default=0.0)


def broken(text: str, width: float, size: float = TEXT) -> list[str]:
    """Break a text into lines of a width; a word that is wider stands alone, as it is."""
    lines: list[str] = []
    for word in text.split():
        if lines and width_of(f"{lines[-1]} {word}", size) <= width:
            lines[-1] += f" {word}"
        else:
            lines.append(word)
    return lines or [""]


def shortened(text: str, width: float, size: float = TEXT) -> str:
    """Cut a text at a width and say so by an ellipsis; whole, it stands in the table."""
    if width_of(text, size) <= width:
        return text
    kept = text
    while kept and width_of(f"{kept}…", size) > width:
        kept = kept[:-1].rstrip()
    return f"{kept}…"

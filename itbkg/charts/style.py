"""How charts look: one typeface, few colours, and nothing that colour alone says.

Colours are those of Okabe and Ito (Color Universal Design, jfly.uni-koeln.de/color, 2008), in an order in which their
lightness differs from one to the next; a series has a dash and a mark of its own besides, and its name at its end. What
is counted is drawn in steps of one hue from light to dark, with the number on it. Text keeps a contrast of 4.5 or more
(WCAG 2.2, 1.4.3) and is never smaller than 12 pixels.
"""

from collections.abc import Mapping
from typing import Any

SCHEMA = "https://vega.github.io/schema/vega-lite/v6.json"
#: The version of Vega-Lite that draws; the newest that vl-convert 1.9 brings.
VERSION = "6.4"

#: Metrics of Arial, which most machines have under one of these names.
FONT = "Liberation Sans, Arial, Helvetica, sans-serif"

PAPER, INK, MUTED, FRAME, GRID = "#ffffff", "#1a1a1a", "#4d4d4d", "#767676", "#dedede"
#: Colour, dash and mark of each series.
SERIES: tuple[tuple[str, tuple[int, ...], str], ...] = (
    ("#000000", (1, 0), "circle"),
    ("#D55E00", (7, 3), "square"),
    ("#0072B2", (2, 2), "triangle-up"),
    ("#009E73", (9, 3, 2, 3), "diamond"),
    ("#CC79A7", (4, 4), "cross"),
    ("#E69F00", (12, 4), "triangle-down"),
    ("#56B4E9", (1, 3), "stroke"),
)
#: Steps of a count: from so many on, the fill, from light to dark.
STEPS: tuple[tuple[int, str], ...] = ((0, "#ffffff"), (1, "#e3edf7"), (3, "#b3cfe8"), (6, "#6ba3d0"), (11, "#08468b"))

SMALL, TEXT, LINE = 12, 13, 17
#: Below this width, in pixels, a chart is laid out for a phone.
NARROW = 600
WIDTHS = (320, 2400)

CONFIG: Mapping[str, Any] = {
    "font": FONT,
    "view": {"stroke": None},
    "axis": {
        "labelFontSize": TEXT,
        "titleFontSize": TEXT,
        "titleFontWeight": "normal",
        "labelColor": INK,
        "titleColor": INK,
        "domainColor": FRAME,
        "tickColor": FRAME,
        "gridColor": GRID,
        "labelLimit": 0,
    },
    "text": {"font": FONT, "fontSize": TEXT, "color": INK},
}


def fill_of(count: int) -> str:
    """Return the fill of a count."""
    return [fill for least, fill in STEPS if count >= least][-1]


def ink_on(fill: str) -> str:
    """Return the ink, dark or white, that stands out more on a fill."""
    return INK if contrast(INK, fill) >= contrast(PAPER, fill) else PAPER


def contrast(one: str, other: str) -> float:
    """Return the contrast of two colours, from 1 to 21 (WCAG 2.2, contrast ratio)."""
    light, dark = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def _luminance(colour: str) -> float:
    """Return the relative luminance (WCAG 2.2)."""
    parts = (int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5))
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)  # noqa: PLR2004 - sRGB
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue

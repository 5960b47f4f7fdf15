"""Draw a chart: SVG and PNG by vl-convert, which needs neither browser nor network; the specification as it is."""

import json
from collections.abc import Callable, Mapping
from html import escape
from pathlib import Path
from types import ModuleType
from typing import Any

from itbkg.charts.chart import Chart
from itbkg.charts.style import VERSION
from itbkg.errors import ExportFormatError, MissingExtraError
from itbkg.writing import write_whole


def to_svg(chart: Chart[Any]) -> str:
    """Draw a chart as SVG that scales with its page and says in words what it shows.

    Raises MissingExtraError where vl-convert is not installed.
    """
    drawn: str = _converter().vegalite_to_svg(chart.spec, vl_version=VERSION, allowed_base_urls=[])
    return _told(drawn, chart)


def to_png(chart: Chart[Any], scale: float = 2) -> bytes:
    """Draw a chart as PNG, `scale` pixels for each of its own; MissingExtraError as for SVG."""
    drawn: bytes = _converter().vegalite_to_png(chart.spec, vl_version=VERSION, scale=scale, allowed_base_urls=[])
    return drawn


def to_json(chart: Chart[Any]) -> str:
    """Write the specification."""
    return json.dumps(chart.spec, ensure_ascii=False, indent=1) + "\n"


#: How a chart is written, by the ending of its file.
_WRITERS: Mapping[str, Callable[[Chart[Any]], bytes]] = {
    ".svg": lambda chart: to_svg(chart).encode(),
    ".png": to_png,
    ".json": lambda chart: to_json(chart).encode(),
}


def check_ending(path: Path) -> None:
    """Raise ExportFormatError, naming all endings, where a chart cannot be written to a file of this name."""
    if path.suffix.lower() not in _WRITERS:
        asked = f"there is no form for '{path.suffix}'" if path.suffix else f"'{path.name}' has no ending"
        raise ExportFormatError("chart", asked, tuple(_WRITERS))


def write_chart(chart: Chart[Any], path: Path) -> None:
    """Write a chart, whole or not at all, in the form that the ending of the file tells.

    Raises ExportFormatError, ExportError and MissingExtraError.
    """
    check_ending(path)
    write_whole(path, _WRITERS[path.suffix.lower()](chart))


def _converter() -> ModuleType:
    try:
        import vl_convert  # noqa: PLC0415 - an extra
    except ImportError as error:
        raise MissingExtraError("vl-convert-python", "charts", "a chart as SVG or PNG") from error
    module: ModuleType = vl_convert
    return module


def _told(svg: str, chart: Chart[Any]) -> str:
    """Make of the drawing one image with a name and a description (SVG Accessibility API Mappings)."""
    own = f"{chart.name}-{chart.width}"
    title, description = f"{own}-title", f"{own}-description"
    words = (
        f'<title id="{title}">{escape(chart.title)}</title><desc id="{description}">{escape(chart.description)}</desc>'
    )
    head, _, rest = svg.partition(">")
    return f'{head} role="img" aria-labelledby="{title} {description}">{words}{rest}'

"""`--chart FILE` of the commands that can draw what they tell: its options, and the file."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

if TYPE_CHECKING:
    from itbkg.charts import Chart

ChartFile = Annotated[
    Path | None,
    typer.Option("--chart", metavar="FILE", help="Draw it as well: .svg, .png, or .json for the Vega-Lite."),
]
ChartWidth = Annotated[int, typer.Option("--width", metavar="PIXELS", help="Width of the chart, 320 to 2400.")]
WIDTH = 900


@dataclass(frozen=True, slots=True)
class Drawing:
    """Where a chart is to be written, if anywhere, and how wide."""

    path: Path | None = None
    width: int = WIDTH

    def check(self) -> None:
        """Refuse a file or a width that cannot be, before any work is done.

        Raises ExportFormatError and ParameterError.
        """
        if self.path:
            from itbkg.charts.frame import check_width  # noqa: PLC0415
            from itbkg.charts.rendering import check_ending  # noqa: PLC0415

            check_ending(self.path)
            check_width(self.width)

    def draw(self, make: "Callable[[int], Chart[Any]]") -> None:
        """Write the chart that `make` makes of a width, where one is asked for; raises what `write_chart` raises."""
        if self.path:
            from itbkg.charts import write_chart  # noqa: PLC0415
            from itbkg.cli.output import note  # noqa: PLC0415

            write_chart(make(self.width), self.path)
            note(f"chart: {self.path}")

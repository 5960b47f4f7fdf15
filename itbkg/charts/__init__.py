"""Charts, each as one Vega-Lite specification with the table of what it draws, and as SVG or PNG where the extra is."""

from itbkg.charts.chart import Chart
from itbkg.charts.rendering import to_png, to_svg, write_chart

__all__ = ["Chart", "to_png", "to_svg", "write_chart"]

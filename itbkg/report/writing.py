"""Write a report: HTML by a template in which everything is escaped, PDF out of that HTML."""

from collections.abc import Callable, Mapping
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from itbkg import pdf
from itbkg.cases.wording import cited
from itbkg.charts import to_svg
from itbkg.errors import ExportFormatError
from itbkg.report.contents import Report
from itbkg.report.tables import figure_html, links_table
from itbkg.statistics import LEAST_CASES
from itbkg.writing import write_whole

if TYPE_CHECKING:
    from jinja2 import Template

SAFETY = "For research and teaching, never treatment advice."
_AS_PDF = "a report as PDF"


def to_html(report: Report) -> str:
    """Write one HTML document that asks for nothing outside itself.

    Raises MissingExtraError where it has charts and vl-convert is not installed.
    """
    return _template().render(
        report=report,
        table=report.table,
        cohort=report.table.cohort,
        rows=links_table(report.table),
        figures=[(one.wide, figure_html(to_svg(one.wide)), figure_html(to_svg(one.narrow))) for one in report.figures],
        cited={reference.id: cited(reference) for reference in report.references},
        least=LEAST_CASES,
        safety=SAFETY,
    )


def to_pdf(report: Report) -> bytes:
    """Lay the HTML out as tagged PDF/UA; MissingExtraError where WeasyPrint is not installed."""
    pdf.check_installed(_AS_PDF)
    return pdf.to_pdf(to_html(report), _AS_PDF)


_WRITERS: Mapping[str, Callable[[Report], bytes]] = {
    ".html": lambda report: to_html(report).encode(),
    ".pdf": to_pdf,
}


def check_ending(path: Path) -> None:
    """Raise ExportFormatError, naming all endings, where a report cannot be written to a file of this name."""
    if path.suffix.lower() not in _WRITERS:
        asked = f"there is no form for '{path.suffix}'" if path.suffix else f"'{path.name}' has no ending"
        raise ExportFormatError("report", asked, tuple(_WRITERS))


def write_report(report: Report, path: Path) -> bytes:
    """Write a report, whole or not at all, in the form that the ending of the file tells, and return its bytes.

    Raises ExportFormatError, ExportError and MissingExtraError.
    """
    check_ending(path)
    content = _WRITERS[path.suffix.lower()](report)
    write_whole(path, content)
    return content


@lru_cache(maxsize=1)
def _template() -> "Template":
    from jinja2 import Environment, FileSystemLoader, StrictUndefined  # noqa: PLC0415 - takes longer than a small answer

    folder = FileSystemLoader(Path(__file__).parent / "templates")
    environment = Environment(
        loader=folder, autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )
    return environment.get_template("report.html")

"""A PDF out of one HTML document: tagged (PDF/UA-1), the same bytes each time, and nothing loaded.

WeasyPrint does it: a library under BSD that runs in this process and writes tags. A headless Chromium writes them too,
but is a program of 300 MB that must be found and started; ReportLab's open part writes none; fpdf2 is under LGPL.
"""

from itbkg.errors import MissingExtraError

#: The libraries of the system that WeasyPrint draws text with, as Debian, Fedora and Homebrew call their package.
PANGO = "install Pango: apt install libpango-1.0-0 libpangoft2-1.0-0, dnf install pango, or brew install pango"


def to_pdf(html: str, product: str) -> bytes:
    """Lay out a document that has everything in itself; `product` is what an error calls it.

    Raises MissingExtraError where WeasyPrint or the library Pango is not installed, and ValueError where the document
    asks for another file.
    """
    check_installed(product)
    from weasyprint import HTML  # noqa: PLC0415 - an extra
    from weasyprint.urls import FatalURLFetchingError, URLFetcher  # noqa: PLC0415

    nothing = URLFetcher(allowed_protocols=(), fail_on_errors=True)
    try:
        written: bytes = HTML(string=html, url_fetcher=nothing).write_pdf(pdf_variant="pdf/ua-1")
    except FatalURLFetchingError as error:
        raise ValueError(f"{product} loads nothing, and this one asks for something: {error}") from error
    return written


def check_installed(product: str) -> None:
    """Raise MissingExtraError where WeasyPrint or Pango is missing, before any work is done for the PDF."""
    try:
        import weasyprint  # noqa: F401, PLC0415 - an extra
    except ImportError as error:
        raise MissingExtraError("weasyprint", "pdf", product) from error
    except OSError as error:
        raise MissingExtraError("Pango", "pdf", product, PANGO) from error

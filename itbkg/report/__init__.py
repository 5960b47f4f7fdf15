"""The report: one file that tells a question, how it was answered, with what, the answer, the cases and their sources.

HTML needs nothing beside itself. PDF is laid out by WeasyPrint (an extra): it is a library and no browser, runs in this
process, writes tagged PDF/UA, and asks nothing of a network; a headless Chromium would need 300 MB beside it.
"""

from itbkg.report.contents import Report, Wish, make_report
from itbkg.report.writing import check_ending, to_html, write_report

__all__ = ["Report", "Wish", "check_ending", "make_report", "to_html", "write_report"]

"""Handout and guide as tagged PDF, laid out by `itbkg.pdf`."""

from typing import BinaryIO

from itbkg import pdf
from itbkg.teaching.formats.form import Format
from itbkg.teaching.formats.handout import guide_html, handout_html
from itbkg.teaching.lesson import Lesson

_HANDOUT, _GUIDE = "a handout as PDF", "a guide as PDF"


def handout_pdf(lesson: Lesson) -> bytes:
    """Lay out the learner's handout; MissingExtraError where WeasyPrint is not installed."""
    return pdf.to_pdf(handout_html(lesson, paged=True), _HANDOUT)


def guide_pdf(lesson: Lesson) -> bytes:
    """Lay out the facilitator's guide; MissingExtraError where WeasyPrint is not installed."""
    return pdf.to_pdf(guide_html(lesson, paged=True), _GUIDE)


def _write_handout(lesson: Lesson, file: BinaryIO) -> None:
    file.write(handout_pdf(lesson))


def _write_guide(lesson: Lesson, file: BinaryIO) -> None:
    file.write(guide_pdf(lesson))


FORMS = (
    Format("handout-pdf", "Learner handout, tagged PDF", "application/pdf", ".pdf", _write_handout),
    Format("guide-pdf", "Facilitator guide, tagged PDF", "application/pdf", ".pdf", _write_guide),
)

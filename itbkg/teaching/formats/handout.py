"""What is printed: the learner's handout, a part to a page and no answers, and the facilitator's guide with all."""

from typing import BinaryIO

from markupsafe import Markup

from itbkg.teaching.formats.filling import fill, part
from itbkg.teaching.formats.form import Format
from itbkg.teaching.lesson import Lesson


def handout_html(lesson: Lesson) -> str:
    """Write the learner's handout as one page of HTML."""
    return _fill("handout.html", lesson)


def guide_html(lesson: Lesson) -> str:
    """Write the facilitator's guide as one page of HTML."""
    return _fill("guide.html", lesson)


def _fill(template: str, lesson: Lesson) -> str:
    style = Markup(part("print.css"))  # noqa: S704 - ours
    return fill(template, lesson, style=style)


def _write_handout(lesson: Lesson, file: BinaryIO) -> None:
    file.write(handout_html(lesson).encode())


def _write_guide(lesson: Lesson, file: BinaryIO) -> None:
    file.write(guide_html(lesson).encode())


FORMS = (
    Format("handout-html", "Learner handout, to print", "text/html", ".html", _write_handout),
    Format("guide-html", "Facilitator guide, to print", "text/html", ".html", _write_guide),
)

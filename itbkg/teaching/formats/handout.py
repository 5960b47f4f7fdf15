"""What is printed: the learner's handout, a part to a page and no answers, and the facilitator's guide with all."""

from typing import BinaryIO

from markupsafe import Markup

from itbkg.teaching.formats.filling import fill, part
from itbkg.teaching.formats.form import Format
from itbkg.teaching.lesson import Lesson

#: What only PDF can have, a foot on every page, is not asked of browsers, which would complain.
_STYLES, _PAGED = ("print.css",), ("print.css", "paged.css")


def handout_html(lesson: Lesson, *, paged: bool = False) -> str:
    """Write the learner's handout as one page of HTML; `paged` is for what becomes a PDF."""
    return _fill("handout.html", lesson, _PAGED if paged else _STYLES)


def guide_html(lesson: Lesson, *, paged: bool = False) -> str:
    """Write the facilitator's guide as one page of HTML; `paged` is for what becomes a PDF."""
    return _fill("guide.html", lesson, _PAGED if paged else _STYLES)


def _fill(template: str, lesson: Lesson, styles: tuple[str, ...]) -> str:
    style = Markup("\n".join(map(part, styles)))  # noqa: S704 - ours
    return fill(template, lesson, style=style)


def _write_handout(lesson: Lesson, file: BinaryIO) -> None:
    file.write(handout_html(lesson).encode())


def _write_guide(lesson: Lesson, file: BinaryIO) -> None:
    file.write(guide_html(lesson).encode())


FORMS = (
    Format("handout-html", "Learner handout, to print", "text/html", ".html", _write_handout),
    Format("guide-html", "Facilitator guide, to print", "text/html", ".html", _write_guide),
)

"""Slides for PowerPoint, LibreOffice Impress and Keynote: a slide per stage and question, its answer on the next.

Each slide has a title of its own, then the text, then the safety line: that is also the order in which a screen reader
reads them. Notes hold what the facilitator needs. Charts are the presentation's own, with alternative text, drawn where
a quantity has values at two times or more. Text that does not fit a slide goes on on the next.
"""

import io
from typing import BinaryIO

from itbkg.errors import MissingExtraError
from itbkg.teaching.formats.form import Format
from itbkg.teaching.formats.slidefit import pages
from itbkg.teaching.formats.slideplan import plan
from itbkg.teaching.formats.zips import read_members, write_members
from itbkg.teaching.lesson import Lesson

_MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.presentationml.presentation"


def write(lesson: Lesson, file: BinaryIO) -> None:
    """Write a lesson as slides; MissingExtraError where python-pptx is not installed."""
    try:
        from itbkg.teaching.formats.slidedraw import BODY, Deck  # noqa: PLC0415 - an extra
    except ImportError as error:
        raise MissingExtraError("python-pptx", "teaching", "slides") from error
    deck = Deck(lesson)
    for slide in plan(lesson):
        if slide.chart:
            deck.chart(slide.title, slide.chart, slide.notes)
            continue
        parts = pages(slide.blocks, BODY.width, BODY.height)
        for number, lines in enumerate(parts, start=1):
            deck.text(slide.title, f" ({number} of {len(parts)})" if len(parts) > 1 else "", lines, slide.notes)
    packed = io.BytesIO()
    deck.save(packed)
    write_members(file, read_members(packed.getvalue()))


FORMS = (Format("pptx", "Slides for PowerPoint", _MEDIA_TYPE, ".pptx", write),)

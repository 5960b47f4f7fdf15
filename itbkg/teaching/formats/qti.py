"""QTI 3.0: a content package with an item for each part of the story and each question, and a test in their order.

Feedback is modal and shown after the attempt: that of the chosen options, then the answer with its explanation. An
order question whose options have ranks of their own is an order interaction; where ranks are shared or options belong
nowhere in the order, it is a match interaction, option to step, for an order has no ties. A text question is not scored
by the item: a person marks it (`external-scored="human"`). Each item holds the safety line, for it may be taken singly.

Specification: 1EdTech QTI 3.0, https://www.imsglobal.org/spec/qti/v3p0/impl; elements in the order of its XML schema.
"""

from typing import BinaryIO

from itbkg.teaching.formats.form import Format
from itbkg.teaching.formats.qtiitem import question_item, story_item
from itbkg.teaching.formats.qtipackage import manifest, test
from itbkg.teaching.formats.qtiwords import Item, identifier, serialize
from itbkg.teaching.formats.quiz import closing_html, opening_html, stage_html, stage_title
from itbkg.teaching.formats.zips import write_members
from itbkg.teaching.lesson import Lesson, Question

_TEST = "test.xml"


def write(lesson: Lesson, file: BinaryIO) -> None:
    """Write a lesson as a QTI 3.0 package."""
    sections = _sections(lesson)
    items = [item for _, _, inside in sections for item in inside]
    members = {"imsmanifest.xml": manifest(lesson, _TEST, items), _TEST: test(lesson, sections)}
    members.update({item.path: item.content for item in items})
    write_members(file, {name: serialize(content) for name, content in members.items()})


def _sections(lesson: Lesson) -> list[tuple[str, str, list[Item]]]:
    """Divide a lesson into sections of the test: id, title and items of each."""
    opening = _story(lesson, identifier("part", "opening"), "Opening", opening_html(lesson))
    closing = _story(lesson, identifier("part", "closing"), "Sources", closing_html(lesson))
    sections = [("opening", "Opening", [opening])]
    for stage in lesson.stages:
        title = stage_title(lesson, stage)
        story = _story(lesson, identifier("stage", stage.id), title, stage_html(lesson, stage))
        asked = [_question(lesson, identifier("question", question.id), question) for question in stage.questions]
        sections.append((f"stage-{stage.id}", title, [story, *asked]))
    return [*sections, ("closing", "Sources", [closing])]


def _story(lesson: Lesson, unique: str, title: str, html: str) -> Item:
    return Item(unique, f"items/{unique}.xml", story_item(lesson, unique, title, html))


def _question(lesson: Lesson, unique: str, question: Question) -> Item:
    return Item(unique, f"items/{unique}.xml", question_item(lesson, unique, question))


FORMS = (Format("qti", "QTI 3.0 package", "application/zip", ".qti.zip", write),)

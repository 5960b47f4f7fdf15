"""Moodle XML: a question bank with the story as descriptions, in the order of the lesson.

Every question bears its id as ID number, made of the ids of lesson and question. What Moodle has no place for:

* An order question becomes a matching question, option to step: the core type that takes options of one rank and those
  that belong nowhere, and that no Moodle lacks. The feedback for each option stands in the general feedback. With fewer
  than two options, of which no matching question can be made, it becomes an essay.
* A text question becomes an essay, which a person marks; the model answer stands in the grader's information and in
  the general feedback.
* Units are not checked: the prompt says in which unit to answer.
* Weights are those that Moodle knows: with more than ten right (or wrong) options there is none that adds up, and an
  import has to be set to the nearest grade.

Format: https://docs.moodle.org/en/Moodle_XML_format; the weights are those of `question_bank::fraction_options_full`.
"""

from collections.abc import Sequence
from typing import BinaryIO
from xml.etree import ElementTree as ET

from itbkg.teaching.formats.form import Format
from itbkg.teaching.formats.quiz import (
    clean,
    closing,
    closing_html,
    feedback,
    feedback_named,
    how,
    opening_html,
    paragraphs,
    plain_number,
    stage_html,
    step,
    to_html,
)
from itbkg.teaching.formats.shown import choices
from itbkg.teaching.lesson import Lesson, Option, Question

#: Fewer pairs make no matching question in Moodle.
_FEWEST_PAIRS = 2
_NO_MARK, _MARK = "0", "1"


def to_moodle(lessons: Sequence[Lesson]) -> bytes:
    """Write lessons as Moodle XML, each in a category of its own."""
    quiz = ET.Element("quiz")
    for lesson in lessons:
        _lesson(quiz, lesson)
    ET.indent(quiz)
    return bytes(ET.tostring(quiz, encoding="utf-8", xml_declaration=True))


def write(lesson: Lesson, file: BinaryIO) -> None:
    """Write a lesson as Moodle XML."""
    write_many((lesson,), file)


def write_many(lessons: Sequence[Lesson], file: BinaryIO) -> None:
    """Write lessons as one file."""
    file.write(to_moodle(lessons))


def _lesson(quiz: ET.Element, lesson: Lesson) -> None:
    category = ET.SubElement(quiz, "question", {"type": "category"})
    _text(category, "category", f"$course$/top/itbkg/{clean(lesson.id).replace('/', '//')}")
    _html(category, "info", paragraphs([lesson.safety]))
    _entry(quiz, "description", lesson, "0", "opening", opening_html(lesson))
    for place, stage in enumerate(lesson.stages, start=1):
        _entry(quiz, "description", lesson, str(place), f"stage {stage.id}", stage_html(lesson, stage))
        for number, question in enumerate(stage.questions, start=1):
            _question(quiz, lesson, f"{place}.{number}", question)
    _entry(quiz, "description", lesson, str(len(lesson.stages) + 1), "closing", closing_html(lesson))


def _question(quiz: ET.Element, lesson: Lesson, place: str, question: Question) -> None:
    kind = _kind(question)
    unplaced = question.options if kind in ("matching", "essay") else ()
    general = [*closing(question), *(line for option in unplaced for line in feedback_named(question, option))]
    prompt = paragraphs((question.prompt, how(question)))
    entry = _entry(quiz, kind, lesson, place, question.id, prompt, paragraphs(general))
    _FILL[kind](entry, question)


def _kind(question: Question) -> str:
    if question.kind == "numeric" and question.number is not None:
        return "numerical"
    if question.kind == "order" and len(question.options) >= _FEWEST_PAIRS:
        return "matching"
    return "multichoice" if question.kind in ("single", "several") and question.options else "essay"


def _entry(
    quiz: ET.Element, kind: str, lesson: Lesson, place: str, name: str, html: str, general: str = ""
) -> ET.Element:
    """Begin a question, with all that every kind has."""
    entry = ET.SubElement(quiz, "question", {"type": kind})
    _text(entry, "name", f"{lesson.id} {place} {name}")
    _html(entry, "questiontext", html)
    _html(entry, "generalfeedback", general)
    mark = _NO_MARK if kind == "description" else _MARK
    for tag, value in (("defaultgrade", mark), ("penalty", "0"), ("hidden", "0")):
        ET.SubElement(entry, tag).text = value
    ET.SubElement(entry, "idnumber").text = clean(f"{lesson.id} {name}")
    return entry


def _multichoice(entry: ET.Element, question: Question) -> None:
    several = question.kind == "several"
    for tag, value in (("single", str(not several).lower()), ("shuffleanswers", "true"), ("answernumbering", "ABCD")):
        ET.SubElement(entry, tag).text = value
    right = sum(option.correct for option in question.options)
    for choice in choices(question):
        fraction = _fraction(choice.option, several, right, len(question.options) - right)
        answer = _html(entry, "answer", to_html(choice.option.text), {"fraction": fraction})
        _html(answer, "feedback", paragraphs(feedback(question, choice.option)))


def _fraction(option: Option, several: bool, right: int, wrong: int) -> str:
    if not several:
        return "100" if option.correct else "0"
    return f"{100 / right if option.correct else -100 / wrong:.7g}"


def _matching(entry: ET.Element, question: Question) -> None:
    ET.SubElement(entry, "shuffleanswers").text = "true"
    for choice in choices(question):
        pair = _html(entry, "subquestion", to_html(choice.option.text))
        _text(pair, "answer", step(choice.option))


def _numerical(entry: ET.Element, question: Question) -> None:
    answer = ET.SubElement(entry, "answer", {"fraction": "100", "format": "moodle_auto_format"})
    ET.SubElement(answer, "text").text = plain_number(question.number or 0.0)
    _html(answer, "feedback", paragraphs(["Right."]))
    ET.SubElement(answer, "tolerance").text = plain_number(question.tolerance)


def _essay(entry: ET.Element, question: Question) -> None:
    for tag, value in (("responseformat", "editor"), ("responserequired", "1"), ("responsefieldlines", "10")):
        ET.SubElement(entry, tag).text = value
    _html(entry, "graderinfo", paragraphs(closing(question)))
    _html(entry, "responsetemplate", "")


_FILL = {"multichoice": _multichoice, "matching": _matching, "numerical": _numerical, "essay": _essay}


def _text(above: ET.Element, tag: str, text: str) -> None:
    ET.SubElement(ET.SubElement(above, tag), "text").text = clean(text)


def _html(above: ET.Element, tag: str, html: str, attributes: dict[str, str] | None = None) -> ET.Element:
    element = ET.SubElement(above, tag, {**(attributes or {}), "format": "html"})
    ET.SubElement(element, "text").text = html
    return element


FORMS = (Format("moodle-xml", "Quiz as Moodle XML", "application/xml", ".xml", write, write_many),)

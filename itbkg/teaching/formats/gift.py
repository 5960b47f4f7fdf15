"""GIFT, the text format of quizzes that Moodle and others read.

Texts are HTML (`[html]`), so that every character can be written; what GIFT itself gives a meaning to is escaped, or
written as a character reference where readers differ in what they escape. The story stands between the questions as
descriptions, in the order of the lesson. What GIFT has no place for:

* An order question becomes a matching question, option to step. The feedback for each option stands in the feedback of
  the whole question, for pairs have none; credit is for each pair, not for an order that is nearly right. With fewer
  than three options, of which no matching question can be made, it becomes an essay.
* A text question becomes an essay, which a person marks; its model answer stands in the feedback.
* Units are not checked: the prompt says in which unit to answer.

Format: https://docs.moodle.org/en/GIFT_format.
"""

import re
from collections.abc import Iterator, Sequence
from typing import BinaryIO

from itbkg.teaching.formats.form import Format
from itbkg.teaching.formats.quiz import (
    Asked,
    asked,
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

#: Readers differ in how a backslash is escaped, a percent sign begins a weight, and a bracket a format.
_REFERENCES = {"\\": "&#92;", "%": "&#37;", "[": "&#91;", "]": "&#93;"}
_ESCAPED = re.compile(r"[~=#{}:]")
#: Fewer pairs make no matching question in Moodle.
_FEWEST_PAIRS = 3


def to_gift(lesson: Lesson) -> str:
    """Write a lesson as GIFT."""
    return "\n\n".join((*_blocks(lesson), ""))


def write(lesson: Lesson, file: BinaryIO) -> None:
    """Write a lesson as GIFT, in UTF-8."""
    write_many((lesson,), file)


def write_many(lessons: Sequence[Lesson], file: BinaryIO) -> None:
    """Write lessons one after the other, each in a category of its own."""
    file.write("".join(map(to_gift, lessons)).encode())


def _blocks(lesson: Lesson) -> Iterator[str]:
    numbered = {id(one.question): one for one in asked(lesson)}
    yield f"// {_one_line(lesson.safety)}"
    yield f"$CATEGORY: $course$/top/itbkg/{_one_line(lesson.id).replace('/', '//')}"
    yield _entry(f"{lesson.id} 0", opening_html(lesson))
    for place, stage in enumerate(lesson.stages, start=1):
        yield _entry(f"{lesson.id} {place} {stage.id}", stage_html(lesson, stage))
        for number, question in enumerate(stage.questions, start=1):
            yield _question(f"{lesson.id} {place}.{number} {question.id}", numbered[id(question)])
    yield _entry(f"{lesson.id} {len(lesson.stages) + 1}", closing_html(lesson))


def _question(name: str, one: Asked) -> str:
    prompt = paragraphs((one.question.prompt, how(one.question)))
    return _entry(name, prompt, _answers(one.question))


def _entry(name: str, html: str, answers: str = "") -> str:
    title = _escape(_one_line(name).replace("\\", "/"))
    return f"::{title}::[html]{_escape(html)}{answers}"


def _answers(question: Question) -> str:
    if question.kind == "numeric" and question.number is not None:
        value = f"={plain_number(question.number)}:{plain_number(question.tolerance)}"
        return _braced(f"#{value}", _general(question, ()))
    if question.kind == "order" and len(question.options) >= _FEWEST_PAIRS:
        pairs = (f"={_escape(to_html(choice.option.text))} -> {step(choice.option)}" for choice in choices(question))
        return _braced(*pairs, _general(question, question.options))
    if question.kind in ("single", "several") and question.options:
        return _braced(*_choices(question), _general(question, ()))
    return f"{{{_general(question, question.options)}}}"


def _choices(question: Question) -> Iterator[str]:
    """Weigh each option; no answer without a weight, so that what begins an option is never read as one."""
    right = sum(option.correct for option in question.options)
    wrong = len(question.options) - right
    for choice in choices(question):
        told = _escape(paragraphs(feedback(question, choice.option)))
        yield f"{_weight(question, choice.option, right, wrong)}{_escape(to_html(choice.option.text))}#{told}"


def _weight(question: Question, option: Option, right: int, wrong: int) -> str:
    if question.kind == "single":
        return "=" if option.correct else "~"
    share = 100 / right if option.correct else -100 / wrong
    return f"~%{share:.5f}%".replace(".00000%", "%")


def _general(question: Question, options: Sequence[Option]) -> str:
    """Tell what belongs to the whole question: the answer, and options that have no place of their own."""
    lines = [*closing(question), *(line for option in options for line in feedback_named(question, option))]
    return f"####{_escape(paragraphs(lines))}"


def _braced(*lines: str) -> str:
    return "\n".join(("{", *lines, "}"))


def _escape(text: str) -> str:
    referred = "".join(_REFERENCES.get(character, character) for character in text)
    return _ESCAPED.sub(lambda found: f"\\{found[0]}", referred)


def _one_line(text: str) -> str:
    return " ".join(clean(text).split())


FORMS = (Format("gift", "Quiz as GIFT", "text/plain; charset=utf-8", ".gift.txt", write, write_many),)

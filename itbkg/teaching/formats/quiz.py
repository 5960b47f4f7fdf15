"""How questions, options and facts are worded in quizzes, decks and slides: the same words in every form."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from html import escape

from itbkg.teaching.formats.shown import KINDS, clock_line, listed, printed_unit
from itbkg.teaching.lesson import Fact, Lesson, Option, Question, Stage

#: What XML 1.0 cannot hold (section 2.2), and what Python cannot write as UTF-8.
_UNPRINTABLE = re.compile("[^\t\n\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_REPLACED = "\ufffd"
#: What is said of an option of an order question that belongs nowhere in the order.
NO_STEP = "Not among the steps"
#: What a harm begins with.
HARM = "Harm: "


@dataclass(frozen=True, slots=True)
class Asked:
    """A question where it stands: `number` counts through the lesson from 1."""

    stage: Stage
    question: Question
    number: int


def asked(lesson: Lesson) -> Iterator[Asked]:
    """Yield the questions of a lesson in order."""
    pairs = ((stage, question) for stage in lesson.stages for question in stage.questions)
    return (Asked(stage, question, number) for number, (stage, question) in enumerate(pairs, start=1))


def clean(text: str) -> str:
    """Return text that every form can hold: control characters replaced, each end of a line one line feed."""
    return _UNPRINTABLE.sub(_REPLACED, text.replace("\r\n", "\n").replace("\r", "\n"))


def to_html(text: str) -> str:
    """Escape text for HTML, with its line breaks."""
    return escape(clean(text)).replace("\n", "<br/>")


def paragraphs(lines: Iterable[str]) -> str:
    """Write each line that says anything as a paragraph of HTML, and one that holds empty lines as several."""
    parts = (part for line in lines for part in clean(line).split("\n\n"))
    return "".join(f"<p>{to_html(part)}</p>" for part in parts if part.strip())


def bullets(lines: Iterable[str]) -> str:
    """Write lines as a list of HTML; nothing where there are none."""
    items = "".join(f"<li>{to_html(line)}</li>" for line in lines)
    return f"<ul>{items}</ul>" if items else ""


def step(option: Option) -> str:
    """Name the place of an option in an order."""
    return NO_STEP if option.rank is None else f"Step {option.rank}"


def verdict(question: Question, option: Option) -> str:
    """Say in a word or two what an option is: right, wrong or dangerous, or its step."""
    if question.kind == "order":
        return step(option)
    if option.harm and not option.correct:
        return "Dangerous"
    return "Right" if option.correct else "Wrong"


def why(option: Option) -> tuple[str, ...]:
    """Say why: the feedback, the harm, the sources, a line each."""
    return _said((option.feedback, _with(HARM, option.harm), _sources(option.sources)))


def feedback(question: Question, option: Option) -> tuple[str, ...]:
    """Say what an option is and why."""
    return (f"{verdict(question, option)}.", *why(option))


def feedback_named(question: Question, option: Option) -> tuple[str, ...]:
    """Say the same where the option is not in sight: its text first."""
    return (f"{verdict(question, option)}: {option.text}", *why(option))


def closing(question: Question) -> tuple[str, ...]:
    """Tell the answer, the explanation and the sources of a question."""
    return _said((_with("Answer: ", question.answer), question.explanation, _sources(question.sources)))


def how(question: Question) -> str:
    """Say how a question is to be answered where the form does not show it; empty where it is plain."""
    unit = f" in {printed_unit(question.unit)}" if question.unit else ""
    return {
        "several": "Several may be right.",
        "order": "Put them in order.",
        "numeric": f"Give the number{unit}.",
    }.get(question.kind, "")


def fact_line(fact: Fact) -> str:
    """Tell a fact in a line: what it is, the fact, when, and where in the report it stands."""
    when = f" ({fact.time})" if fact.time else ""
    place = f" [{fact.place}]" if fact.place else ""
    return f"{KINDS[fact.kind]}: {fact.text}{when}{place}"


def plain_number(number: float) -> str:
    """Write a number without an exponent, which not every form reads."""
    return format(Decimal(repr(number)), "f")


def stage_title(lesson: Lesson, stage: Stage) -> str:
    """Title a stage by its number and title, so that no two are alike."""
    return f"Part {lesson.stages.index(stage) + 1}: {stage.title or stage.kind.capitalize()}"


def stage_html(lesson: Lesson, stage: Stage) -> str:
    """Tell a stage in HTML: its title, its text and its facts."""
    lines = bullets(map(fact_line, stage.facts))
    clock = paragraphs([clock_line(lesson, stage)])
    return f"<h3>{to_html(stage_title(lesson, stage))}</h3>{paragraphs([stage.text])}{lines}{clock}"


def opening_lines(lesson: Lesson) -> tuple[str, ...]:
    """Tell for whom a lesson is and how long it takes."""
    about = f"Audience: {lesson.audience}. Level: {lesson.level}. Time: {lesson.minutes} minutes."
    return (about, lesson.safety)


def opening_html(lesson: Lesson) -> str:
    """Tell in HTML what comes before the first stage: title, audience, objectives and the safety line."""
    aims = f"<p>Objectives:</p>{bullets(lesson.objectives)}" if lesson.objectives else ""
    return f"<h3>{to_html(lesson.title)}</h3>{paragraphs(opening_lines(lesson))}{aims}"


def closing_lines(lesson: Lesson) -> tuple[str, ...]:
    """Tell what comes after the last stage: references, licence, provenance."""
    references = (f"{one.text} {one.url}".strip() for one in lesson.references)
    return (*references, f"Licence: {lesson.licence}", *lesson.provenance)


def closing_html(lesson: Lesson) -> str:
    """Tell the same in HTML, with the safety line."""
    return f"<h3>Sources</h3>{bullets(closing_lines(lesson))}{paragraphs([lesson.safety])}"


def _said(lines: Iterable[str]) -> tuple[str, ...]:
    return tuple(line for line in lines if line.strip())


def _with(label: str, text: str) -> str:
    return f"{label}{text}" if text else ""


def _sources(ids: tuple[str, ...]) -> str:
    return _with("Sources: ", listed(ids))

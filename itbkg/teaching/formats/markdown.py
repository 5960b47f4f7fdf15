"""Markdown (CommonMark, GitHub's tables): the parts and their questions first, then all answers, then the sources."""

import re
from collections.abc import Iterator, Sequence
from typing import BinaryIO

from itbkg.teaching.formats.form import Format
from itbkg.teaching.formats.shown import (
    KINDS,
    Choice,
    Group,
    choices,
    clock_line,
    groups,
    key,
    listed,
    numbers,
    printed_unit,
)
from itbkg.teaching.lesson import Lesson, Question, Stage

#: What begins an emphasis, code, link, tag, cell or entity anywhere (CommonMark 0.31, sections 2.4 and 6).
_INLINE = re.compile(r"[\\`*_\[\]<>|~&$]")
#: What begins a heading, list or rule at the start of a line (sections 4 and 5.2).
_BLOCK = re.compile(r"^(\s*)([#+\-=]|\d{1,9}(?=[.)]))")
_HINTS = {
    "single": "Choose one.",
    "several": "Choose all that are right.",
    "order": "Put these in order.",
    "text": "Answer in your own words.",
}


def to_markdown(lesson: Lesson) -> str:
    """Write a lesson as Markdown; every text of it stays text."""
    return "\n".join(_lines(lesson)).rstrip() + "\n"


def write(lesson: Lesson, file: BinaryIO) -> None:
    """Write the Markdown to an open file."""
    file.write(to_markdown(lesson).encode())


def escaped(text: str) -> str:
    """Return a text on one line, in which nothing is taken for markup."""
    line = _INLINE.sub(r"\\\g<0>", " ".join(text.split()))
    return _BLOCK.sub(lambda begun: f"{begun[1]}{_held(begun[2])}", line)


def _held(begun: str) -> str:
    """Hold what would begin a block: a backslash before a sign, and an entity for the first digit of a number."""
    return f"&#{ord(begun[0])};{begun[1:]}" if begun[0].isdigit() else f"\\{begun}"


def _lines(lesson: Lesson) -> Iterator[str]:
    number = numbers(lesson)
    about = f"Audience: {lesson.audience} · {lesson.level} · about {lesson.minutes} minutes"
    yield from (f"# {escaped(lesson.title)}", "", escaped(about), "", f"> **{escaped(lesson.safety)}**", "")
    yield from ("## What you will practise", "", *_items(lesson.objectives), "")
    for place, stage in enumerate(lesson.stages, start=1):
        yield from (f"## Part {place} of {len(lesson.stages)}: {escaped(stage.title)}", "")
        yield from _told(lesson, stage)
        for question in stage.questions:
            yield from _asked(question, number[question.id])
    yield from ("## Answers", "")
    for question in (question for stage in lesson.stages for question in stage.questions):
        yield from _answered(question, number[question.id])
    yield from _sources(lesson)


def _told(lesson: Lesson, stage: Stage) -> Iterator[str]:
    for paragraph in stage.text.split("\n\n"):
        if paragraph.strip():
            yield from (escaped(paragraph), "")
    for group in groups(stage):
        yield from (f"**{escaped(group.heading)}**", "", *_group(group), "")
    clock = clock_line(lesson, stage)
    yield from (f"*{escaped(clock)}*", "") if clock else ()


def _group(group: Group) -> Iterator[str]:
    """Write facts as a table where any has a time, else as a list."""
    lines = [(fact, f"{KINDS[fact.kind]}: {escaped(fact.text)}", escaped(fact.place)) for fact in group.facts]
    if group.timed:
        yield from ("| Time | Fact | Place |", "| --- | --- | --- |")
        yield from (f"| {escaped(fact.time) or 'not reported'} | {line} | {place} |" for fact, line, place in lines)
    else:
        yield from (f"- {line}{f' ({place})' if place else ''}" for _, line, place in lines)


def _asked(question: Question, number: int) -> Iterator[str]:
    yield from (f"### Question {number}", "", escaped(question.prompt), "", f"*{_hint(question)}*", "")
    yield from (f"- {choice.letter}: {escaped(choice.option.text)}" for choice in choices(question))
    yield from [""] if question.options else []


def _hint(question: Question) -> str:
    unit = printed_unit(question.unit)
    return _HINTS.get(question.kind, f"Write a number{f' in {escaped(unit)}' if unit else ''}.")


def _answered(question: Question, number: int) -> Iterator[str]:
    yield from (f"### Answer to question {number}", "", f"**{escaped(question.answer)}**", "")
    for choice in key(question):
        yield from _why(question, choice)
    yield from [""] if question.options else []
    for text in (question.explanation, _from(question.sources)):
        yield from (escaped(text), "") if text else ()


def _why(question: Question, choice: Choice) -> Iterator[str]:
    option = choice.option
    yield f"- {choice.letter}: {escaped(option.text)} – **{_place(question, choice)}**"
    if option.feedback:
        yield f"  - {escaped(option.feedback)}"
    if option.harm:
        yield f"  - **Dangerous:** {escaped(option.harm)}"
    if option.sources:
        yield f"  - {escaped(_from(option.sources))}"


def _place(question: Question, choice: Choice) -> str:
    if question.kind != "order":
        return "right answer" if choice.option.correct else "not the answer"
    return f"step {choice.option.rank}" if choice.option.rank is not None else "no step"


def _from(sources: Sequence[str]) -> str:
    return f"{'Source' if len(sources) == 1 else 'Sources'}: {listed(sources)}" if sources else ""


def _sources(lesson: Lesson) -> Iterator[str]:
    yield from ("## Sources", "")
    for place, reference in enumerate(lesson.references, start=1):
        yield f"{place}. {escaped(reference.text)} {_address(reference.url)}".rstrip()
    told = (f"Case {lesson.case}, teaching case {lesson.id}", *lesson.provenance, f"Licence: {lesson.licence}")
    yield from ("", *_items(told), "", f"> {escaped(lesson.safety)}")


def _address(url: str) -> str:
    """Write an address as a link where it is one of the web and holds nothing that would end the link."""
    return f"<{url}>" if re.fullmatch(r"https?://[^\s<>]+", url) else escaped(url)


def _items(texts: Sequence[str]) -> Iterator[str]:
    return (f"- {escaped(text)}" for text in texts)


FORMS = (Format("md", "Markdown", "text/markdown", ".md", write),)

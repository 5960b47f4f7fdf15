"""What stands on each slide of a lesson, before any of it is drawn."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from itbkg.teaching.formats.quiz import (
    HARM,
    Asked,
    asked,
    clean,
    closing,
    closing_lines,
    fact_line,
    how,
    stage_title,
    verdict,
    why,
)
from itbkg.teaching.formats.shown import KINDS, choices, clock_line, groups, key, zero
from itbkg.teaching.formats.slidechart import Chart, charts
from itbkg.teaching.formats.slidefit import Block, Line
from itbkg.teaching.lesson import Fact, Lesson, Question, Stage


@dataclass(frozen=True, slots=True)
class Slide:
    """A slide to be: a title (a chart adds its own), blocks of text, notes for the speaker, and a chart or none."""

    title: str
    blocks: tuple[Block, ...]
    notes: tuple[str, ...]
    chart: Chart | None = None


def plan(lesson: Lesson) -> Iterator[Slide]:
    """Yield the slides of a lesson: opening, of each stage its story, charts and questions, and the sources."""
    yield _opening(lesson)
    numbered = {id(one.question): one for one in asked(lesson)}
    for place, stage in enumerate(lesson.stages):
        yield _stage(lesson, stage)
        yield from _charts(lesson, place)
        for question in stage.questions:
            yield _question(numbered[id(question)])
            yield _answer(numbered[id(question)])
    yield Slide(
        "Sources",
        tuple((Line(line, level=1),) for line in closing_lines(lesson)),
        ("References, licence and where the facts come from.",),
    )


def _opening(lesson: Lesson) -> Slide:
    about = (
        Line(lesson.audience, "Audience: "),
        Line(lesson.level, "Level: "),
        Line(f"{lesson.minutes} minutes", "Time: "),
    )
    aims = (Line("", "Objectives"), *(Line(aim, level=1) for aim in lesson.objectives)) if lesson.objectives else ()
    notes = ("An answer stands on the slide after its question.", f"Case {lesson.case}", lesson.safety)
    return Slide(lesson.title or lesson.id, (about, *((line,) for line in aims)), notes)


def _stage(lesson: Lesson, stage: Stage) -> Slide:
    blocks = [*_singly(clean(stage.text).split("\n\n"))]
    for group in groups(stage):
        first, *rest = ((_fact(fact),) for fact in group.facts)
        blocks += [(Line("", group.heading), *first), *rest]
    clock = clock_line(lesson, stage)
    blocks += [(Line(clock, level=1),)] if clock else []
    notes = (*stage.notes, *(fact_line(fact) for fact in stage.facts))
    return Slide(stage_title(lesson, stage), tuple(blocks) or _singly([stage.kind.capitalize()]), notes)


def _fact(fact: Fact) -> Line:
    when = f" ({fact.time})" if fact.time else ""
    return Line(f"{fact.text}{when}", f"{KINDS[fact.kind]}: ", level=1)


def _charts(lesson: Lesson, place: int) -> Iterator[Slide]:
    """Yield the charts of what is known up to a stage, where the stage adds to them."""
    title = stage_title(lesson, lesson.stages[place])
    for chart in charts(lesson.stages[: place + 1], zero(lesson, lesson.stages[place])):
        notes = (
            f"The chart in words: {chart.words}",
            "A point stands in the middle of the time that the report leaves open.",
        )
        yield Slide(title, (), notes, chart)


def _question(one: Asked) -> Slide:
    question = one.question
    lines = [Line(question.prompt), Line(how(question), level=1)]
    options = ((Line(choice.option.text, f"{choice.letter}. "),) for choice in choices(question))
    notes = ("The answer stands on the next slide.", *closing(question))
    return Slide(_title("Question", one), (_said(lines), *options), notes)


def _answer(one: Asked) -> Slide:
    question = one.question
    first = tuple(Line(line) for line in closing(question))
    notes = (f"Question: {question.prompt}", *closing(question))
    return Slide(_title("Answer to question", one), (first, *_explained(question)), notes)


def _explained(question: Question) -> Iterator[Block]:
    for choice in key(question):
        lead = f"{choice.letter}. {verdict(question, choice.option)}: "
        danger = bool(choice.option.harm)
        reasons = (Line(line, level=1, danger=line.startswith(HARM)) for line in why(choice.option))
        yield (Line(choice.option.text, lead, danger=danger), *reasons)


def _title(word: str, one: Asked) -> str:
    return f"{word} {one.number}"


def _singly(lines: Iterable[str]) -> tuple[Block, ...]:
    return tuple((Line(line),) for line in lines if line.strip())


def _said(lines: Iterable[Line]) -> Block:
    return tuple(line for line in lines if clean(line.text).strip())

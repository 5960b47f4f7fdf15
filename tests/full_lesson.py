"""The made-up lesson with more in it: values over time, an order without ties, long feedback, hostile text."""

from collections.abc import Iterator
from dataclasses import replace
from html.parser import HTMLParser

from itbkg.teaching.formats.shown import clock_line
from itbkg.teaching.lesson import Fact, Lesson, Option, Question, ReferenceText
from tests.made_lesson import fact, made_lesson, option

#: What some format takes for a command: markup, weights, answers, clozes, fields, comments, escapes, ends of sections.
COMMANDS = (
    "<b>bold</b> &amp; {c1::x} {{c2::y}} {{Front}} =right ~%50%wrong #note ####all ::name:: -> $CATEGORY: // [html] "
    "[sound:a.mp3] \\n \\\\ \\{ ]]> <!-- \"q\" 'a' `t` 100 % ünïcode 🧠\nsecond line\n\n=third\n// fourth"
)
_LONG = "The pump had been filled late, which is told for 3 of 9 cases and not reported by 5. " * 14


def full_lesson() -> Lesson:
    """Make it: of the made-up lesson the same ids, so that what is added moves nothing."""
    lesson = made_lesson()
    stages = list(lesson.stages)
    stages[0] = replace(stages[0], facts=(*stages[0].facts, _value("creatine kinase", "U/L", "0 h", 0, 5250)))
    stages[2] = replace(stages[2], facts=tuple(_course()))
    stages[4] = replace(stages[4], questions=(*stages[4].questions, _strict(), _partly(), _long()))
    stages[6] = replace(stages[6], text=COMMANDS, notes=(COMMANDS,), questions=(*stages[6].questions, _hostile()))
    reference = ReferenceText(f"A title {COMMANDS}", "https://doi.example/10.0/2?a=1&b=2#c")
    return replace(
        lesson,
        stages=tuple(stages),
        objectives=(*lesson.objectives, COMMANDS),
        references=(*lesson.references, reference),
    )


def told(lesson: Lesson) -> Iterator[str]:
    """Yield every text that must arrive in every format: what learners read, answers, feedback, counts and sources."""
    yield from (lesson.title, lesson.audience, lesson.level, lesson.safety, lesson.licence, *lesson.objectives)
    yield from lesson.provenance
    for reference in lesson.references:
        yield from (reference.text, reference.url)
    for stage in lesson.stages:
        yield from (stage.title, stage.text, clock_line(lesson, stage))
        for one in stage.facts:
            yield from (one.text, one.time)
        for question in stage.questions:
            yield from _asked(question)


def squash(text: str) -> str:
    """Put every stretch of white space down to one space, as a browser does."""
    return " ".join(text.split())


def text_of(html: str) -> str:
    """Return the text of HTML, with a space where an element begins or ends."""
    reader = _Reader()
    reader.feed(html)
    reader.close()
    return squash(" ".join(reader.found))


class _Reader(HTMLParser):
    """Gathers text, and every element and attribute that is none of ours."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_data(self, data: str) -> None:
        self.found.append(data)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        assert tag in {"p", "br", "ul", "li", "h3"}, tag
        assert not attrs, attrs


def _asked(question: Question) -> Iterator[str]:
    yield from (question.prompt, question.explanation, question.answer, *question.sources)
    for one in question.options:
        yield from (one.text, one.feedback, one.harm, *one.sources)


def _value(label: str, unit: str, time: str, hours: float, number: float) -> Fact:
    made = fact("measurement", f"{label} {number:g} {unit}", time, hours, f"{number:g} {unit}", unit)
    return replace(made, label=label)


def _course() -> Iterator[Fact]:
    """Measure a quantity at four times, one for the second time, one once, and one without a time."""
    for hours, number in ((2, 41.1), (6, 41.7), (24, 38.2), (30, 37.4)):
        yield _value("body temperature", "Cel", f"{hours} h", hours, number)
    yield _value("creatine kinase", "U/L", "24 h", 24, 40250)
    yield _value("potassium", "mmol/L", "3 h", 3, 6.1)
    yield replace(_value("sodium", "mmol/L", "", 0, 140), earliest_hours=None, latest_hours=None)


def _strict() -> Question:
    options = (option("call", "Call", rank=1), option("check", "Check", rank=2), option("treat", "Treat", rank=3))
    return Question("strict", "order", "In which order?", options, "Call, check, treat", None, 0, "", "", ("a/1",))


def _partly() -> Question:
    options = (option("one", "First", rank=1), option("two", "Second", rank=2), option("no", "Never", harm="It kills."))
    return Question("partly", "order", "Which belong?", options, "First, second", None, 0, "", "So.", ("b/2",))


def _long() -> Question:
    options = tuple(
        Option(
            f"long-{number}", f"Option {number}. {_LONG}", number == 1, None, f"{number} of 9. {_LONG}", "", ("c/3",)
        )
        for number in range(1, 7)
    )
    return Question("long", "single", _LONG, options, "Option 1", None, 0, "", _LONG * 3, ("d/4",))


def _hostile() -> Question:
    options = (
        Option("right: {1}", COMMANDS, True, None, COMMANDS, COMMANDS, ("e/5",)),
        Option("wrong", f"{COMMANDS} again", False, None, COMMANDS, COMMANDS, ("f/6",)),
    )
    return Question("hostile.q:1", "several", COMMANDS, options, COMMANDS, None, 0, "", COMMANDS, ("g/7",))

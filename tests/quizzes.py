"""What the tests of quizzes share: lessons written in a form, hostile texts, and reading back."""

import io
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from hypothesis import strategies as st

from itbkg.teaching.formats import FORMATS
from itbkg.teaching.formats.quiz import clean
from itbkg.teaching.lesson import Lesson, Option, Question, QuestionKind
from tests.full_lesson import full_lesson, squash, told
from tests.made_lesson import made_lesson

HOSTILE = st.lists(
    st.text(st.one_of(st.sampled_from("~=#{}:\\%[]<>&\"'-/$\n\r\t*_` 🧠\x00\x0b"), st.characters()), max_size=30),
    min_size=1,
    max_size=12,
)


def written(name: str, lesson: Lesson) -> bytes:
    """Write a lesson in a form."""
    file = io.BytesIO()
    FORMATS[name].write(lesson, file)
    return file.getvalue()


def with_questions(questions: Sequence[Question]) -> Lesson:
    """Make a lesson that asks these in its second part and nothing else."""
    lesson = made_lesson()
    stages = [replace(stage, questions=()) for stage in lesson.stages]
    stages[1] = replace(stages[1], questions=tuple(questions))
    return replace(lesson, stages=tuple(stages))


def hostile_question(number: int, text: str, kind: QuestionKind = "single") -> Question:
    """Make a question that is nothing but one text."""
    options = (
        Option("right", f"{text}a", True, 1, f"b{text}", f"c{text}", ("x/1",)),
        Option("wrong", f"{text}d", False, 2, f"e{text}", "", ()),
        Option("other", f"{text}f", False, 3, "", "", ()),
    )
    return Question(f"q{number}", kind, f"g{text}", options, f"h{text}", None, 0, "", f"i{text}", ())


def seen(text: str) -> str:
    """Return text as a reader sees it in any form."""
    return squash(clean(text))


def strings(document: Any) -> Iterator[str]:
    """Yield every text of a JSON document."""
    if isinstance(document, str):
        yield document
    elif isinstance(document, dict | list):
        for one in document.values() if isinstance(document, dict) else document:
            yield from strings(one)


def check_form(name: str, read: Callable[[Lesson, Path], str], folder: Path) -> None:
    """Hold a form against what every form owes: the same bytes each time, all that learners read, and no more.

    A time, the order of a set or a random id stands in it; a fact, an answer, a reason, a count, a harm or a source is
    lost on the way; or a learner's quiz tells what only the facilitator is to read.
    """
    lesson = full_lesson()
    assert written(name, lesson) == written(name, lesson)
    text = read(lesson, folder)
    assert not [one for one in told(lesson) if seen(one) not in text]
    assert "Note on" not in text

"""The way through a lesson as H5P's Branching Scenario wants it: pieces of content, each naming the next by place."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from uuid import NAMESPACE_URL, uuid5

from itbkg.teaching.formats.h5plibraries import QUESTION, TEXT
from itbkg.teaching.formats.quiz import (
    Asked,
    asked,
    clean,
    closing,
    closing_html,
    feedback_named,
    how,
    opening_html,
    paragraphs,
    stage_html,
    stage_title,
    to_html,
    verdict,
    why,
)
from itbkg.teaching.formats.shown import choices, key
from itbkg.teaching.lesson import Lesson, Option, Question

#: The way out: the end of the scenario.
END = -1
_FEWEST = 2
_GO_ON = "I have chosen all that I think right: go on"


@dataclass(frozen=True, slots=True)
class Node:
    """A piece of content: its library, what it holds, and `then`, the place of the next (None: its answers say)."""

    library: str
    kind: str
    title: str
    unique: str
    parameters: dict[str, object]
    then: int | None


@dataclass(frozen=True, slots=True)
class _Answer:
    text: str
    title: str
    subtitle: tuple[str, ...]
    then: int


@dataclass(slots=True)
class _Way:
    """The content so far; a place is taken before what stands there is known, for it may lead back."""

    lesson: Lesson
    nodes: dict[int, Node] = field(default_factory=dict)
    taken: int = 0

    def take(self) -> int:
        """Take the next place."""
        self.taken += 1
        return self.taken - 1

    def text(self, name: str, title: str, html: str, then: int | None = None) -> None:
        """Put a text at the next place; it leads to the one after unless told otherwise."""
        place = self.take()
        following = place + 1 if then is None else then
        self.nodes[place] = Node(TEXT, "Text", title, self._unique(name), {"text": html}, following)

    def question(self, place: int, name: str, title: str, lines: tuple[str, ...], answers: list[_Answer]) -> None:
        """Put a branching question at a place that was taken."""
        alternatives = [
            {
                "text": to_html(answer.text),
                "nextContentId": answer.then,
                "feedback": {"title": paragraphs([answer.title]), "subtitle": paragraphs(answer.subtitle)},
            }
            for answer in answers
        ]
        parameters = {"branchingQuestion": {"question": paragraphs(lines), "alternatives": alternatives}}
        kind = "Branching Question"
        self.nodes[place] = Node(QUESTION, kind, title, self._unique(name), dict(parameters), None)

    def _unique(self, name: str) -> str:
        return str(uuid5(NAMESPACE_URL, f"itbkg:teaching:{clean(self.lesson.id)}:{clean(name)}"))


def path(lesson: Lesson) -> tuple[Node, ...]:
    """Lay the way through a lesson: opening, each stage with its questions, closing."""
    way, numbered = _Way(lesson), {id(one.question): one for one in asked(lesson)}
    way.text("opening", "Opening", opening_html(lesson))
    for stage in lesson.stages:
        way.text(f"stage {stage.id}", clean(stage_title(lesson, stage)), stage_html(lesson, stage))
        for question in stage.questions:
            _ask(way, numbered[id(question)])
    way.text("closing", "Sources", closing_html(lesson), END)
    return tuple(way.nodes[place] for place in sorted(way.nodes))


def _ask(way: _Way, one: Asked) -> None:
    """Put a question, and after it the answer with all feedback that was not met on the way."""
    question = one.question
    chosen = _ASKING.get(question.kind, _thought) if len(question.options) >= _FEWEST else _thought
    chosen(way, one)
    left = key(question) if question.kind in ("several", "order") or chosen is _thought else ()
    lines = (*closing(question), *(line for choice in left for line in feedback_named(question, choice.option)))
    html = f"<h3>{_title(one, 'Answer to question')}</h3>{paragraphs(lines)}"
    way.text(f"answer {question.id}", _title(one, "Answer to question"), html)


def _single(way: _Way, one: Asked) -> None:
    place = way.take()
    answers = [_answer(one.question, option, place + 1 if option.correct else place) for option in _shown(one.question)]
    way.question(place, one.question.id, _title(one), _prompt(one.question), answers)


def _several(way: _Way, one: Asked) -> None:
    place = way.take()
    answers = [_answer(one.question, option, place) for option in _shown(one.question)]
    answers.append(_Answer(_GO_ON, "", (), place + 1))
    way.question(place, one.question.id, _title(one), _prompt(one.question), answers)


def _order(way: _Way, one: Asked) -> None:
    """Ask step by step; options of one rank may be chosen in either order, so that each choice has its own way on."""
    steps = list(_steps(frozenset(one.question.options), {}))
    places = {remaining: way.take() for remaining in steps}
    for remaining in steps:
        name = " ".join((one.question.id, *sorted(option.id for option in remaining)))
        first = min(option.rank for option in remaining if option.rank is not None)
        answers = [
            _answer(
                one.question,
                option,
                places.get(remaining - {option}, way.taken) if first == option.rank else places[remaining],
            )
            for option in _shown(one.question)
            if option in remaining
        ]
        way.question(places[remaining], name, _title(one), (*_prompt(one.question), _STEP), answers)


_STEP = "What comes next?"


def _steps(remaining: frozenset[Option], seen: dict[frozenset[Option], None]) -> Iterator[frozenset[Option]]:
    """Yield what may be left to choose from, the whole first; nothing is asked where no choice is left."""
    ranks = [option.rank for option in remaining if option.rank is not None]
    if not ranks or len(remaining) < _FEWEST or remaining in seen:
        return
    seen[remaining] = None
    yield remaining
    for option in sorted(remaining, key=lambda option: option.id):
        if option.rank == min(ranks):
            yield from _steps(remaining - {option}, seen)


def _thought(way: _Way, one: Asked) -> None:
    """Let the learner think, or write on paper, before the answer is shown."""
    lines = (*_prompt(one.question), *(f"{choice.letter}. {choice.option.text}" for choice in choices(one.question)))
    html = f"<h3>{_title(one)}</h3>{paragraphs((*lines, 'Note your answer, then go on to compare it.'))}"
    way.text(f"question {one.question.id}", _title(one), html)


_ASKING: dict[str, Callable[[_Way, Asked], None]] = {"single": _single, "several": _several, "order": _order}


def _answer(question: Question, option: Option, then: int) -> _Answer:
    return _Answer(option.text, f"{verdict(question, option)}.", why(option), then)


def _shown(question: Question) -> tuple[Option, ...]:
    return tuple(choice.option for choice in choices(question))


def _prompt(question: Question) -> tuple[str, ...]:
    return tuple(line for line in (question.prompt, how(question)) if line)


def _title(one: Asked, word: str = "Question") -> str:
    return f"{word} {one.number}"

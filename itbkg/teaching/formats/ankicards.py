"""What stands on the cards of a deck: a card per question, and per fact that is worth keeping."""

from collections.abc import Iterator
from dataclasses import dataclass

from itbkg.teaching.formats.quiz import (
    Asked,
    asked,
    bullets,
    closing,
    fact_line,
    feedback_named,
    how,
    paragraphs,
    stage_title,
    to_html,
)
from itbkg.teaching.formats.shown import KINDS, choices, clock_line, key
from itbkg.teaching.lesson import Fact, FactKind, Lesson, Stage

BASIC, CLOZE = "basic", "cloze"
#: The kinds of facts that make a card; single values and findings of one patient are nothing to learn by heart.
_KEY_FACTS: frozenset[FactKind] = frozenset(("cause", "event", "delay", "treatment", "outcome", "guidance"))
#: The kinds that tell what happened.
_TELLING: frozenset[FactKind] = frozenset(("event", "cause"))
#: What Anki itself reads in a field: the ends of a cloze, its hint, and commands in brackets.
_COMMANDS = {"{": "&#123;", "}": "&#125;", "[": "&#91;", "]": "&#93;", ":": "&#58;"}


@dataclass(frozen=True, slots=True)
class Card:
    """A note to be: its kind, the ids of which its own is made, and its fields as HTML."""

    kind: str
    ids: tuple[str, ...]
    fields: tuple[str, ...]


def cards(lesson: Lesson) -> Iterator[Card]:
    """Yield the cards of a lesson in its order: of each stage its key facts, then its questions."""
    numbered = {id(one.question): one for one in asked(lesson)}
    told: set[tuple[str, str]] = set()
    for stage in lesson.stages:
        for fact in stage.facts:
            if fact.kind in _KEY_FACTS and (fact.kind, fact.text) not in told:
                told.add((fact.kind, fact.text))
                yield _fact(lesson, stage, fact)
        yield from (_question(lesson, numbered[id(question)]) for question in stage.questions)


def _question(lesson: Lesson, one: Asked) -> Card:
    question = one.question
    options = (f"{choice.letter}. {choice.option.text}" for choice in choices(question))
    why = (line for choice in key(question) for line in feedback_named(question, choice.option))
    ids = (lesson.id, "question", question.id)
    return Card(
        BASIC,
        ids,
        (
            _plain(" ".join(ids)),
            _case(lesson, one.stage),
            _safe(paragraphs((question.prompt, how(question)))),
            _safe(bullets(options)),
            _safe(paragraphs(closing(question))),
            _safe(paragraphs(why) + _references(lesson, one.stage)),
            _safe(to_html(lesson.safety)),
        ),
    )


def _fact(lesson: Lesson, stage: Stage, fact: Fact) -> Card:
    ids = (lesson.id, "fact", stage.id, fact.kind, fact.id)
    hidden = f"<p>{KINDS[fact.kind]}&#58; {{{{c1::{_safe(to_html(fact.text))}}}}}{_safe(to_html(_when(fact)))}</p>"
    clock = clock_line(lesson, stage) if fact.time else ""
    why = _safe(paragraphs([fact_line(fact), clock]) + _references(lesson, stage))
    return Card(CLOZE, ids, (_plain(" ".join(ids)), _case(lesson, stage), hidden, why, _safe(to_html(lesson.safety))))


def _when(fact: Fact) -> str:
    return f" ({fact.time})" if fact.time else ""


def _case(lesson: Lesson, stage: Stage) -> str:
    return _plain(f"{lesson.title}. {stage_title(lesson, stage)}")


def _references(lesson: Lesson, stage: Stage) -> str:
    """Cite the report on the cards of the stages that tell the event, and later: its title gives the event away."""
    told = [place for place, one in enumerate(lesson.stages) if any(fact.kind in _TELLING for fact in one.facts)]
    if lesson.stages.index(stage) < next(iter(told), len(lesson.stages) - 1):
        return ""
    return bullets(f"{one.text} {one.url}".strip() for one in lesson.references)


def _plain(text: str) -> str:
    return _safe(to_html(text))


def _safe(html: str) -> str:
    """Take from HTML what Anki would read as a command; to readers it looks the same."""
    return "".join(_COMMANDS.get(character, character) for character in html)

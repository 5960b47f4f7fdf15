"""What every question of a lesson is made with: when it is asked, its prompt, and what its key was computed from."""

from collections.abc import Iterator
from dataclasses import dataclass

from itbkg.teaching.counting import Asking
from itbkg.teaching.lesson import Option, Question
from itbkg.teaching.material import Keys, Material
from itbkg.teaching.record import Key, QuestionRecord


@dataclass(frozen=True, slots=True)
class Answer:
    """What the key of a question gave: `text` is the answer, and the rest belongs to some kinds of question."""

    text: str = ""
    options: tuple[Option, ...] = ()
    number: float | None = None
    tolerance: float = 0.0
    unit: str = ""
    told_by: str = ""


@dataclass(frozen=True, slots=True)
class Told:
    """What learners know when a question is asked: the event, and not yet the order of the `unordered` documents."""

    event: bool
    unordered: frozenset[str] = frozenset()

    def asking(self, material: Material) -> Asking:
        """Say among which cases is counted; only once the event is told are they those of the event."""
        if not self.event:
            return Asking(material.account.id)
        label = material.account.events[0]
        return Asking(material.account.id, material.words.find("event", label).iri, label, self.unordered)


def question_of(material: Material, record: QuestionRecord, keys: Keys, answer: Answer, told: Told) -> Question:
    """Put prompt, answer and explanation together; the educator's explanation goes before `told_by`."""
    return Question(
        id=record.id,
        kind=record.kind,
        prompt=material.fill(record.prompt, (*keys, "prompt")),
        options=answer.options,
        answer=answer.text,
        number=answer.number,
        tolerance=answer.tolerance,
        unit=answer.unit,
        explanation=material.fill(record.explanation, (*keys, "explanation")) or answer.told_by,
        sources=told.asking(material).named((material.account.id, *_asked(record.key))),
    )


def _asked(key: Key | None) -> Iterator[str]:
    """Name what a key was computed from."""
    if key is not None:
        named = (key.ask.question if key.ask else None, key.statement, key.guidance)
        yield from (name for name in named if name)

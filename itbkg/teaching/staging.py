"""The stages of a lesson: what each shows and asks, and what learners have been told by then."""

from collections.abc import Sequence

from itbkg.teaching.keys import make_question
from itbkg.teaching.lesson import Stage
from itbkg.teaching.material import Material
from itbkg.teaching.questioning import Told
from itbkg.teaching.record import QuestionRecord, StageRecord, TeachingCase
from itbkg.teaching.showing import facts_shown, shown_names


def make_stages(material: Material, teaching: TeachingCase) -> tuple[Stage, ...]:
    """Make the stages of a teaching case; names and patterns of nothing become faults."""
    shown, wrong = shown_names(teaching.stages, material.pieces)
    material.faults.extend(wrong)
    told_from = first_told(shown)
    left = _orders_left(teaching)
    return tuple(
        _stage(material, stage, index, shown, Told(index >= told_from, left[index]))
        for index, stage in enumerate(teaching.stages)
    )


def first_told(shown: Sequence[Sequence[str]]) -> int:
    """Return the first stage that tells the event, or the number of stages where none does."""
    stages = (index for index, names in enumerate(shown) if any(name.startswith("event/") for name in names))
    return next(stages, len(shown))


def _orders_left(teaching: TeachingCase) -> list[frozenset[str]]:
    """Name for each stage the documents whose order it, or a later stage, asks for."""
    asked = [{*_orders(stage.questions)} for stage in teaching.stages]
    return [frozenset().union(*asked[index:]) for index in range(len(asked))]


def _orders(questions: Sequence[QuestionRecord]) -> list[str]:
    return [one.key.guidance for one in questions if one.kind == "order" and one.key and one.key.guidance]


def _stage(material: Material, stage: StageRecord, index: int, shown: Sequence[Sequence[str]], told: Told) -> Stage:
    keys = ("stages", index)
    everywhere = [name for names in shown for name in names]
    return Stage(
        id=stage.id,
        kind=stage.kind,
        title=material.fill(stage.title, (*keys, "title")),
        text=material.fill(stage.text, (*keys, "text")),
        facts=tuple(facts_shown(shown[index], material.pieces, everywhere)),
        questions=tuple(
            make_question(material, question, (*keys, "questions", place), told)
            for place, question in enumerate(stage.questions)
        ),
        notes=tuple(
            material.fill(note.text, (*keys, "notes", place, "text")) for place, note in enumerate(stage.notes)
        ),
    )

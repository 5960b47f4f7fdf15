"""What a draft would tell too early is held back: moved to the stage that tells it, or left out."""

from collections.abc import Iterator, Sequence
from typing import Any

from itbkg.cases import CaseAccount
from itbkg.cases.readable import readable_age
from itbkg.teaching.drafting.questions import Draft
from itbkg.teaching.making import Workshop
from itbkg.teaching.record import TeachingCase
from itbkg.teaching.showing import shown_names
from itbkg.teaching.spoilers import Early, find_early

#: What is moved can tell something of what is left; so often is looked again.
_ROUNDS = 6


def held_back(workshop: Workshop, draft: Draft, account: CaseAccount) -> Draft:
    """Hold back what tells too much, until nothing does; the draft is changed in place."""
    for _ in range(_ROUNDS):
        early = list(_early(workshop, draft))
        if not early:
            break
        for one in early:
            _hold(draft, one, account)
        _drop_empty(workshop, draft)
    return draft


def _early(workshop: Workshop, draft: Draft) -> Iterator[Early]:
    teaching = TeachingCase.model_validate(draft)
    lesson, material = workshop.assemble(teaching)
    shown, _ = shown_names(teaching.stages, material.pieces)
    return find_early(lesson, shown, material.pieces, workshop.words)


def _hold(draft: Draft, one: Early, account: CaseAccount) -> None:
    keys, stages = one.shown.keys, draft["stages"]
    if keys == ("title",):
        draft["title"] = _plain_title(account)
    elif "shows" in keys:
        _move(stages, str(keys[-1]), one)
    elif "questions" in keys:
        stage = stages[_index(keys, "stages")]
        stage["questions"] = [asked for asked in stage["questions"] if asked["id"] != one.question]
        if not stage["questions"]:
            del stage["questions"]


def _move(stages: Sequence[Draft], name: str, one: Early) -> None:
    """Show a fact where its secret is told; first only its detail, where that is what tells it."""
    telling = stages[min(one.secret.stage, len(stages) - 1)]["shows"]
    if one.detail and not any(one.detail in stage["shows"] for stage in stages):
        stages[-1]["shows"].append(one.detail)
        return
    for stage in stages:
        stage["shows"] = [shown for shown in stage["shows"] if shown != name or stage["shows"] is telling]
    if name not in telling and one.secret.stage < len(stages):
        stages[one.secret.stage]["shows"].append(name)


def _drop_empty(workshop: Workshop, draft: Draft) -> None:
    """Take out the patterns that fit nothing any more."""
    teaching = TeachingCase.model_validate(draft)
    _, wrong = shown_names(teaching.stages, workshop.material(teaching).pieces)
    gone = {(_index(found.keys, "stages"), _index(found.keys, "shows")) for found in wrong}
    for number, stage in enumerate(draft["stages"]):
        stage["shows"] = [name for place, name in enumerate(stage["shows"]) if (number, place) not in gone]


def _index(keys: Sequence[Any], name: str) -> int:
    return int(keys[keys.index(name) + 1])


def _plain_title(account: CaseAccount) -> str:
    """Title a case by its patient, where its own title says too much."""
    patient = account.patient
    about = ", ".join(filter(None, (patient.sex, readable_age(patient.age) if patient.age else "")))
    return f"A patient with a pump for intrathecal therapy{f' ({about})' if about else ''}"

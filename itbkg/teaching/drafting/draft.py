"""Draft a teaching case: stages cut from the course, and a question at each decision."""

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from itbkg.cases import CaseAccount
from itbkg.errors import ThinCaseError
from itbkg.naming import slug
from itbkg.teaching.drafting.advising import ask_order, ask_treatment
from itbkg.teaching.drafting.cutting import Cut, cut_story
from itbkg.teaching.drafting.holding import held_back
from itbkg.teaching.drafting.questions import Asker, Draft
from itbkg.teaching.drafting.thin import missing_in
from itbkg.teaching.facts import pieces_of
from itbkg.teaching.lesson import Level, StageKind
from itbkg.teaching.making import Workshop
from itbkg.teaching.steps import advised_steps, longest_order

#: Minutes for reading a stage and for answering a question.
_STAGE_MINUTES, _QUESTION_MINUTES = 2, 3
_MOST_RESPONSES = 2


@dataclass(frozen=True, slots=True)
class Audience:
    """For whom a teaching case is drafted."""

    audience: str = "Clinicians and students of the health professions"
    level: Level = "intermediate"


def draft_case(workshop: Workshop, case: str, audience: Audience | None = None) -> Draft:
    """Draft a teaching case as its YAML holds it.

    Raises NotFoundError where there is no such case, ThinCaseError, with what is missing, where it holds too little.
    """
    account = workshop.desk.account(case)
    missing = missing_in(account)
    if missing:
        raise ThinCaseError(case, missing)
    given = audience or Audience()
    asker = Asker(workshop, account, pieces_of(account))
    event = workshop.words.find("event", account.events[0])
    document = longest_order(advised_steps(workshop.store, event.iri))
    stages = list(_stages(asker, cut_story(account), document))
    asked = sum(len(stage.get("questions", ())) for stage in stages)
    draft = {
        "format": 1,
        "case": case,
        **plain_name(account),
        "title": account.title,
        "audience": given.audience,
        "level": given.level,
        "minutes": 5 + _STAGE_MINUTES * len(stages) + _QUESTION_MINUTES * asked,
        "objectives": list(_objectives(stages)),
        "stages": stages,
        **({"guidance": [document]} if document else {}),
        "licence": "CC BY 4.0",
    }
    return held_back(workshop, draft, account)


def plain_name(account: CaseAccount) -> dict[str, str]:
    """Name a case whose id is not made of its first author: words that others chose may say what happened."""
    author = account.reference.authors.partition(",")[0].rpartition(" ")[0]
    if author and account.id.startswith(slug(author)):
        return {}
    return {"name": f"case-{hashlib.sha256(account.id.encode()).hexdigest()[:6]}"}


def _stages(asker: Asker, cut: Cut, document: str) -> Iterator[Draft]:
    yield from _presentations(asker, cut)
    owed = _parts(asker, cut.arrival or cut.later, "response")
    if cut.thoughts:
        yield _stage("thoughts", "first thoughts", "What was thought", [*owed, *cut.thoughts], [])
        owed = []
    looking = [*asker.responses(cut.looked)[:_MOST_RESPONSES], asker.next_step(), asker.cause()]
    yield _stage("looking", "investigations", "Looking for the cause", [*owed, *cut.looked], looking)
    found = [
        *_parts(asker, cut.looked, "response"),
        *cut.settling,
        *_parts(asker, cut.settling, "shows"),
        "event/*",
        *(["assertion/*"] if asker.account.causes else []),
        *cut.delays,
        *_parts(asker, cut.thoughts, "became"),
    ]
    treating = [ask_treatment(asker, document), ask_order(document)]
    yield _stage("cause", "cause found", "The cause", found, treating)
    if cut.after:
        later = [*cut.after, *_parts(asker, cut.after, "response")]
        yield _stage("treatment", "treatment and response", "What was done", later, [asker.outcome()])
    yield _stage("outcome", "outcome", "How it ended", ["outcome/*"], [])
    yield _debrief(asker, document)


def _presentations(asker: Asker, cut: Cut) -> Iterator[Draft]:
    """Tell what led here in up to three stages; the last asks for first thoughts."""
    about = [name for name in ("patient/*", "therapy/*", "circumstance/*") if _fits(asker, name)]
    number = asker.number([*_therapy(asker), *cut.before, *cut.later, *cut.arrival])
    parts = [("story", "What came before", cut.before), ("later", "What came next", cut.later)]
    told = [part for part in (*parts, ("arrival", "What is seen now", cut.arrival)) if part[2]]
    owed: list[str] = about
    for place, (name, title, names) in enumerate(told):
        asked = [*asker.responses(names)[:_MOST_RESPONSES], number if place == 0 else None]
        last = [asker.first_thoughts() if cut.thoughts else None] if place == len(told) - 1 else []
        yield _stage(name, "presentation", title, [*owed, *names], [*asked, *last])
        owed = _parts(asker, names, "response")


def _stage(name: str, kind: StageKind, title: str, shows: Sequence[str], questions: Iterable[Draft | None]) -> Draft:
    asked = [question for question in questions if question]
    shown = list(dict.fromkeys(shows))
    stage: dict[str, Any] = {"id": name, "kind": kind, "title": title, "text": _TEXTS[kind], "shows": shown}
    if asked:
        stage["questions"] = asked
    stage["notes"] = [{"id": "pace", "text": _NOTES[kind]}]
    return stage


#: What learners are told at each kind of stage until the educator tells it better.
_TEXTS: dict[StageKind, str] = {
    "presentation": "Read what is told so far, and decide before you go on.",
    "first thoughts": "These diagnoses were thought of at the time. Some were right, and some were not.",
    "investigations": "The search goes on. Not everything that was done is told, and not everything told was needed.",
    "cause found": "Now the report says what had happened, and how sure it is.",
    "treatment and response": "This is what was done, and what came of it where the report tells it.",
    "outcome": "This is how it ended, as far as the report follows the patient.",
    "debrief": "What guidance advises stands beside what was done. What is not reported may have been done or not.",
}
#: What a facilitator is told at each kind of stage.
_NOTES: dict[StageKind, str] = {
    "presentation": "Let the learners say what they see and what they want to know before anything more is shown.",
    "first thoughts": "Ask what speaks for and against each thought. They are thoughts of the time, not the answer.",
    "investigations": "Ask what each result changes. What is not shown is not reported, which does not mean normal.",
    "cause found": "Let the learners say which sign could have led here earlier.",
    "treatment and response": "Doses are told as they were reported. Ask what the learners would have watched for.",
    "outcome": "One case shows what can happen, not how often it happens.",
    "debrief": "Lay what was done beside what is advised. What is not reported may have been done or not.",
}


def _debrief(asker: Asker, document: str) -> Draft:
    shows = [
        *([f"guidance/{document}/*"] if document else []),
        *(name for name in asker.pieces if name.startswith("implied/") and name.count("/") == 1),
        *(name for name in asker.pieces if name.endswith("/discrepancy")),
        *(name for name in ("patient/detail", "therapy/detail") if name in asker.pieces),
    ]
    chain = asker.account.causal_paths[0] if asker.account.causal_paths else ()
    links = [name for name in asker.pieces if name.startswith("assertion/")]
    sure = "; ".join(f"{asker.pieces[name].fact.label} ({{{{{name}}}}})" for name in links)
    question = {
        "id": "lesson",
        "kind": "text",
        "prompt": "Which step, and by whom, could have broken the chain of causes or shown it earlier?",
        "answer": f"The chain was {' → '.join(chain)}. How sure the report is of each link: {sure}.",
    }
    return _stage("debrief", "debrief", "Looking back", shows, [question] if chain else [])


def _objectives(stages: Sequence[Draft]) -> Iterator[dict[str, str]]:
    """Say what learners shall be able to do, by the kinds of question; nothing of it tells the case."""
    asked = {question["id"] for stage in stages for question in stage.get("questions", ())}
    for name, text in (
        ("first-thoughts", "List the diagnoses that fit a patient with an implanted pump who falls ill, and say why."),
        ("next-step", "Choose the investigation that is most likely to show the cause."),
        ("order", "Put the first steps of treatment in the order that guidance gives."),
    ):
        if name in asked:
            yield {"id": name, "text": text}
    yield {"id": "sources", "text": "Tell what a report states, what it states as absent, and what it does not report."}


def _therapy(asker: Asker) -> list[str]:
    return [name for name in asker.pieces if name.startswith("therapy/")]


def _fits(asker: Asker, pattern: str) -> bool:
    start = pattern.removesuffix("*")
    return any(name.startswith(start) and not piece.part_of for name, piece in asker.pieces.items())


def _parts(asker: Asker, names: Iterable[str], part: str) -> list[str]:
    return [f"{name}/{part}" for name in names if f"{name}/{part}" in asker.pieces]

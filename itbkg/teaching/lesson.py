"""A lesson: a teaching case with every text filled in from the graph. Every output format reads this and nothing else.

Ids are stable: they are made of what a thing is and not of where it stands, so that an inserted line moves none.
Within a lesson the ids of stages are unique, those of questions are unique in the lesson, those of facts in their
stage and those of options in their question.
"""

from dataclasses import dataclass
from typing import Literal, get_args

#: What stands on every product of teaching.
SAFETY = (
    "For teaching. Doses and treatments are told as they were reported; nothing here is treatment advice. "
    "In an emergency call a physician who knows the therapy."
)

Level = Literal["basic", "intermediate", "advanced"]
StageKind = Literal[
    "presentation",
    "first thoughts",
    "investigations",
    "cause found",
    "treatment and response",
    "outcome",
    "debrief",
]
#: `guidance` is a step that a document advises, laid beside what was done; `event` is the diagnosis itself;
#: `therapy` is intrathecal therapy before the event, `circumstance` what stood around the event; `considered` is a
#: diagnosis that was thought of at the time.
FactKind = Literal[
    "patient",
    "therapy",
    "circumstance",
    "finding",
    "absent",
    "measurement",
    "treatment",
    "investigation",
    "considered",
    "delay",
    "cause",
    "event",
    "outcome",
    "guidance",
]
#: `order` is answered by putting all options in order; options of one rank may stand in either order.
QuestionKind = Literal["single", "several", "order", "numeric", "text"]

LEVELS: tuple[Level, ...] = get_args(Level)
STAGE_KINDS: tuple[StageKind, ...] = get_args(StageKind)
FACT_KINDS: tuple[FactKind, ...] = get_args(FactKind)
QUESTION_KINDS: tuple[QuestionKind, ...] = get_args(QuestionKind)


@dataclass(frozen=True, slots=True)
class ReferenceText:
    """A source: what to cite, and an address that leads to it (empty where none is known)."""

    text: str
    url: str


@dataclass(frozen=True, slots=True)
class Fact:
    """One fact of the case as a line of text.

    `label` is the word alone ("body temperature"), `text` the whole line ("body temperature 40.3 °C"). `value` is as
    recorded for readers, `unit` its UCUM code and `number` the one number where it is one, so that a chart can be
    drawn. `time` is for readers; hours count from the case's clock zero and are None where they are not known.
    `place` says where in the report (or document) it stands.
    """

    id: str
    kind: FactKind
    text: str
    label: str
    time: str
    value: str
    unit: str
    number: float | None
    earliest_hours: float | None
    latest_hours: float | None
    place: str


@dataclass(frozen=True, slots=True)
class Option:
    """One option of a question.

    `correct` belongs to questions of kind single and several, `rank` (from 1) to those of kind order. `feedback` says
    why, with counts and their base, or the step of the guidance, or that the corpus is silent. `harm` is empty unless
    the option is dangerous. `sources` are case ids (`kao-2003/1`; "this case" as long as its id could say too much)
    and ids of guidance statements (`guidance/emergency-procedure/recommendation-of-benzodiazepines`).
    """

    id: str
    text: str
    correct: bool
    rank: int | None
    feedback: str
    harm: str
    sources: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Question:
    """One question. `answer` is the key as text: the right options, the number with its unit, or the model answer.

    `number`, `tolerance` (absolute) and `unit` belong to numeric questions; a text question has no options.
    """

    id: str
    kind: QuestionKind
    prompt: str
    options: tuple[Option, ...]
    answer: str
    number: float | None
    tolerance: float
    unit: str
    explanation: str
    sources: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Stage:
    """One step of the story: what is shown, then what is asked. `notes` are for the facilitator alone."""

    id: str
    kind: StageKind
    title: str
    text: str
    facts: tuple[Fact, ...]
    questions: tuple[Question, ...]
    notes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Lesson:
    """A teaching case, whole. `provenance` names the dataset by digest, the version of itbkg and the record.

    `references` are shown after the last stage and never before: the titles of reports give the diagnosis away.
    `clock` is the moment from which hours count, empty where the report gives none; it may say what happened, so that
    it is told from the stage `clock_stage` on.
    """

    id: str
    case: str
    title: str
    audience: str
    level: Level
    minutes: int
    objectives: tuple[str, ...]
    stages: tuple[Stage, ...]
    clock: str
    clock_stage: str
    references: tuple[ReferenceText, ...]
    licence: str
    provenance: tuple[str, ...]
    safety: str

"""The format of a teaching case: what is shown when, and what is asked. It names facts and never states them.

A stage names statements of the case by the end of their IRI (`finding/seizure-m48-0-h`), or many by a pattern
(`measurement/*-day-1`). A question names what its key is computed from. In texts `{{measurement/heart-rate-0-h}}`
stands for the value of a statement, and `{{helped}}` for a number that a saved question gives (`figures`).
"""

from typing import Annotated

from pydantic import Field, StringConstraints

from itbkg.records.parts import Record
from itbkg.records.words import CaseName, Id, Passage, Phrase, Text
from itbkg.teaching.lesson import Level, QuestionKind, StageKind

#: The name of a statement within its case, of a part of it, or a pattern for several.
Name = Annotated[str, StringConstraints(pattern=r"^[a-z]+(?:/[a-z0-9*-]+)+$", max_length=200)]
#: The branches in which the words of options are looked up, by what they are called in a teaching case.
BRANCHES: dict[str, str] = {
    "diagnosis": "Diagnosis",
    "investigation": "Investigation",
    "treatment": "Treatment",
    "cause": "Cause",
    "event": "TherapyEvent",
    "response": "TreatmentResponse",
    "outcome": "Outcome",
    "finding": "Finding",
}
Branch = Annotated[str, StringConstraints(pattern=f"^(?:{'|'.join(BRANCHES)})$")]


class Objective(Record):
    """What learners shall be able to do afterwards, in a sentence that gives nothing of the case away."""

    id: Id
    text: Text


class Note(Record):
    """A note for the facilitator; learners never see it."""

    id: Id
    text: Passage


class Asked(Record):
    """A saved question with what is set in it, and the column that is read; `where` keeps rows by other columns."""

    question: Id = Field(description="A file of ontology/questions, without its ending")
    settings: dict[Phrase, Phrase] = Field(
        default_factory=dict, alias="with", description="What is set: 'case: mohammed-2004/1'"
    )
    column: Phrase
    where: dict[Phrase, str | int] = Field(default_factory=dict, description="Only rows with these values")


class Key(Record):
    """From what the answer is computed: exactly one of a saved question, a statement, or a guidance document."""

    ask: Asked | None = Field(None, description="Right are the options that the column names")
    statement: Name | None = Field(None, description="Right is the number of this statement")
    convert: Phrase | None = Field(None, description="The number is wanted in this UCUM unit")
    guidance: Id | None = Field(None, description="Right is the order of this document's steps for the event")


class Choice(Record):
    """One option: a word of the ontology, and what the educator adds to its feedback."""

    word: Phrase
    says: Text | None = Field(None, description="Put before the feedback that the graph gives")


class QuestionRecord(Record):
    """A question at a decision point."""

    id: Id
    kind: QuestionKind
    prompt: Passage
    branch: Branch | None = Field(None, alias="of", description="What the options are: 'diagnosis'")
    key: Key | None = Field(None, description="None for a question that is answered in the learner's own words")
    options: tuple[Choice, ...] = ()
    tolerance: Phrase | None = Field(None, description="How far a number may be off: '0.1'")
    answer: Passage | None = Field(None, description="The model answer of a text question")
    explanation: Passage | None = None


class StageRecord(Record):
    """One step of the story: what is told, what is shown, what is asked, and what the facilitator should know."""

    id: Id
    kind: StageKind
    title: Text
    text: Passage | None = None
    shows: tuple[Name, ...] = ()
    questions: tuple[QuestionRecord, ...] = ()
    notes: tuple[Note, ...] = ()


class TeachingCase(Record):
    """One file of teaching: a case and how it is taught."""

    format: int = Field(1, ge=1, le=1, description="The version of this format")
    case: CaseName
    name: Id | None = Field(None, description="Its id, where that of the case says too much: 'hard-to-rouse'")
    title: Text = Field(description="A line that gives nothing away")
    audience: Text
    level: Level
    minutes: int = Field(ge=5, le=480)
    objectives: tuple[Objective, ...] = Field(min_length=1)
    figures: dict[Id, Asked] = Field(default_factory=dict, description="Numbers for texts, each from a saved question")
    stages: tuple[StageRecord, ...] = Field(min_length=2)
    guidance: tuple[Id, ...] = Field((), description="Guidance documents to refer to beside the report")
    licence: Phrase = "CC BY 4.0"

    @property
    def id(self) -> str:
        """The id of the teaching case, and the stem of its file: its name, or that of its case, `mohammed-2004-1`."""
        return self.name or self.case.replace("/", "-")

"""The format of guidance: one document with what it advises, warns of and states for patients in general.

The first key of a statement tells its kind and holds the word of its class; signs and look-alikes hold the event that
they are of. The other words are those of the cases, so that what was done can be laid beside what is advised.
"""

from typing import Annotated, Any, Literal

from pydantic import Discriminator, Field, Tag

from itbkg.records.parts import Record, Sourced, kind_by_key
from itbkg.records.publication import Report
from itbkg.records.quantity import Quantity
from itbkg.records.words import EventWord, Id, OneOrMany, Phrase, RouteWord, Text, Word

#: The branches in which the words of each key are looked up; the first that knows a word wins.
BRANCHES: dict[str, tuple[str, ...]] = {
    "recommendation": ("Recommendation",),
    "alarm": ("AlarmMeaning",),
    "indication": ("Indication",),
    "contraindication": ("Contraindication",),
    "warning": ("Warning",),
    "precaution": ("Precaution",),
    "goal": ("TreatmentGoal",),
    "risk_group": ("RiskGroup",),
    "adverse_reaction": ("AdverseReactionStatement",),
    "names": ("Finding", "Cause", "Outcome"),
    "mimics": ("Diagnosis", "Finding"),
    "for": ("TherapyEvent", "Alarm", "Cause", "Finding", "UnderlyingCondition", "Treatment", "Investigation"),
    "do": ("Treatment", "Investigation", "PreventiveMeasure"),
    "avoid": ("Treatment", "Investigation", "Cause"),
    "leads_to": ("TherapyEvent", "Cause", "Outcome", "Finding"),
}

DocumentWord = Annotated[Phrase, Word(("GuidanceDocument",))]
ActorWord = Annotated[Phrase, Word(("Actor",))]
SituationWord = Annotated[Phrase, Word(BRANCHES["for"])]
ActWord = Annotated[Phrase, Word(BRANCHES["do"])]
AvoidedWord = Annotated[Phrase, Word(BRANCHES["avoid"])]
ConsequenceWord = Annotated[Phrase, Word(BRANCHES["leads_to"])]
NamedWord = Annotated[Phrase, Word(BRANCHES["names"])]
MimicWord = Annotated[Phrase, Word(BRANCHES["mimics"])]

Situations = Annotated[tuple[SituationWord, ...], OneOrMany]
Acts = Annotated[tuple[ActWord, ...], OneOrMany]
Avoided = Annotated[tuple[AvoidedWord, ...], OneOrMany]
Actors = Annotated[tuple[ActorWord, ...], OneOrMany]
Consequences = Annotated[tuple[ConsequenceWord, ...], OneOrMany]
Named = Annotated[tuple[NamedWord, ...], Field(min_length=1), OneOrMany]
Mimics = Annotated[tuple[MimicWord, ...], Field(min_length=1), OneOrMany]


class GuidanceLine(Sourced):
    """One statement of a document; `detail` says in our own words what no other key holds."""

    id: Id | None = Field(None, description="Only where two statements would bear one name")
    condition: Text | None = Field(None, description="When it holds, in our own words")


class Advice(GuidanceLine):
    """A statement about a situation: what to do or leave, who does it, how soon, and what follows otherwise."""

    situation: Situations = Field((), alias="for", description="Event, alarm, cause, finding, condition or act")
    step: int | None = Field(None, ge=1, le=50, description="Place in the document's order; equal for alternatives")
    do: Acts = Field((), description="Treatment, investigation or preventive measure that is advised")
    avoid: Avoided = Field((), description="What is advised against")
    dose: Quantity | None = None
    every: Quantity | None = Field(None, description="Time between doses, or between two soundings of an alarm")
    dose_text: Text | None = Field(None, description="A dose that is no single quantity, in our own words")
    route: RouteWord | None = None
    by: Actors = Field((), description="Who acts")
    within: Quantity | None = Field(None, description="How soon: '90 d'; '0 h' where the document says at once")
    leads_to: Consequences = Field((), description="What follows, or follows if nothing is done")


class Recommendation(Advice):
    """Something that the document advises."""

    recommendation: Annotated[Phrase, Word(BRANCHES["recommendation"])]


class Alarm(Advice):
    """What an alarm of the pump means; `for` names the alarm."""

    alarm: Annotated[Phrase, Word(BRANCHES["alarm"])]


class Indication(Advice):
    """A state for which the therapy is meant."""

    indication: Annotated[Phrase, Word(BRANCHES["indication"])]


class Contraindication(Advice):
    """A state in which the therapy, the implant or the drug should not be used."""

    contraindication: Annotated[Phrase, Word(BRANCHES["contraindication"])]


class Danger(Advice):
    """A danger; `leads_to` names what can come of it."""

    warning: Annotated[Phrase, Word(BRANCHES["warning"])]


class Precaution(Advice):
    """What to watch or do in order to avoid harm."""

    precaution: Annotated[Phrase, Word(BRANCHES["precaution"])]


class Goal(Advice):
    """An improvement that the therapy may bring."""

    goal: Annotated[Phrase, Word(BRANCHES["goal"])]


class RiskGroup(Advice):
    """Patients who need special attention."""

    risk_group: Annotated[Phrase, Word(BRANCHES["risk_group"])]


class AdverseReaction(GuidanceLine):
    """Unwanted effects, each a statement of its own, with their frequency where the document gives one."""

    adverse_reaction: Annotated[Phrase, Word(BRANCHES["adverse_reaction"])]
    names: Named
    percent: Quantity | None = Field(None, description="As printed: '34.7 %'")
    n: int | None = Field(None, ge=0, le=10_000_000, description="Patients or events that had it")
    of: int | None = Field(None, ge=1, le=10_000_000, description="Patients or events looked at")
    population: Text | None = Field(None, description="Who was looked at, in our own words")


class Signs(GuidanceLine):
    """Signs by which an event of therapy is known, each a statement of its own."""

    signs: EventWord
    names: Named


class LookAlikes(GuidanceLine):
    """Conditions that an event of therapy may resemble, each a statement of its own."""

    look_alikes: EventWord
    names: Mimics


#: The key that tells what a statement is.
STATEMENT_KINDS: dict[str, type[GuidanceLine]] = {
    "recommendation": Recommendation,
    "alarm": Alarm,
    "indication": Indication,
    "contraindication": Contraindication,
    "warning": Danger,
    "precaution": Precaution,
    "goal": Goal,
    "risk_group": RiskGroup,
    "adverse_reaction": AdverseReaction,
    "signs": Signs,
    "look_alikes": LookAlikes,
}


def statement_kind(given: Any) -> str | None:
    """Name the kind of a statement."""
    return kind_by_key(given, STATEMENT_KINDS)


GuidanceStatement = Annotated[
    Annotated[Recommendation, Tag("recommendation")]
    | Annotated[Alarm, Tag("alarm")]
    | Annotated[Indication, Tag("indication")]
    | Annotated[Contraindication, Tag("contraindication")]
    | Annotated[Danger, Tag("warning")]
    | Annotated[Precaution, Tag("precaution")]
    | Annotated[Goal, Tag("goal")]
    | Annotated[RiskGroup, Tag("risk_group")]
    | Annotated[AdverseReaction, Tag("adverse_reaction")]
    | Annotated[Signs, Tag("signs")]
    | Annotated[LookAlikes, Tag("look_alikes")],
    Discriminator(statement_kind),
]


class Document(Report):
    """The guidance document: what a reader needs to find it, what it is, and how it was read."""

    kind: DocumentWord
    publisher: Phrase | None = None
    advice_of: Id | None = Field(None, description="The publication with cases or numbers whose advice this is")


class Guidance(Record):
    """One file of `data/guidance/`: a document and its statements."""

    format: Literal[1] = Field(description="The version of this format")
    document: Document
    statements: tuple[GuidanceStatement, ...] = Field(min_length=1)

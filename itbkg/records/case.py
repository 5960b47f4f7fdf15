"""A case: a *course*, one fact a line in the order of the story, and beside it the *causes* and the *outcomes*.

The causes are links of a chain that ends in the event. A word such as `catheter kink` is a label or synonym of the
ontology; the field says by its type in which branch it is looked up. Times are hours, days ... from the case's clock
zero.
"""

from pydantic import Field

from itbkg.records.lines import Line
from itbkg.records.parts import Record, Sourced, Timed
from itbkg.records.place import Place
from itbkg.records.quantity import Quantity
from itbkg.records.words import (
    Basises,
    CaseName,
    CauseWord,
    CertaintyWord,
    ClockWord,
    ConditionWord,
    EffectWord,
    EventWord,
    FindingWord,
    Id,
    OutcomeWord,
    Passage,
    PumpWord,
    ResponseWord,
    SexWord,
    Text,
)


class Patient(Sourced):
    """The person, described no further than the report does."""

    age: Quantity | None = Field(
        None, description="'24 a'; '16..18 a' or '<18 a' where only a range is known; '>89 a' for all above 89"
    )
    sex: SexWord | None = None
    conditions: tuple[ConditionWord, ...] = ()


class Therapy(Sourced):
    """Intrathecal baclofen therapy as it stood before the event."""

    implanted_before: Quantity | None = Field(None, description="Time from implantation to clock zero: '36 mo'")
    dose: Quantity | None = Field(None, description="Dose before the event: '260 ug/d'")
    concentration: Quantity | None = Field(None, description="Baclofen in the reservoir: '2000 ug/mL'")
    pump: PumpWord | None = Field(None, description="Model of the pump")
    benefit: dict[FindingWord, ResponseWord] = Field(default_factory=dict)


class CauseLink(Sourced):
    """One link of the causal chain, with how sure it is and on what it rests."""

    cause: CauseWord
    leads_to: EffectWord
    certainty: CertaintyWord
    basis: Basises


class OutcomeLine(Timed):
    """How the patient was at a stated time."""

    outcome: OutcomeWord


class Case(Record):
    """One patient's event of therapy."""

    id: Id
    title: Text = Field(description="A short line in our own words that does not give the cause away")
    narrative: Passage = Field(description="The story in 60 to 200 of our own words, saying only what is recorded")
    patient: Patient
    therapy: Therapy | None = Field(None, description="Left out where the report tells nothing of it")
    event: EventWord
    also: tuple[EventWord, ...] = Field((), description="Further events of the same patient that the case tells")
    event_where: Place
    episodes: int | None = Field(None, ge=2, le=1000, description="How often the event came back, told as one case")
    circumstances: tuple[Text, ...] = Field((), description="What stood around the event without being its mechanism")
    clock: ClockWord | None = Field(
        None, description="The moment from which times are counted; only where any is given"
    )
    course: tuple[Line, ...] = Field(min_length=1)
    causes: tuple[CauseLink, ...] = ()
    outcomes: tuple[OutcomeLine, ...] = ()
    same_patient_as: CaseName | None = Field(None, description="A case elsewhere that tells of the same person")
    distinct_from: tuple[CaseName, ...] = Field((), description="Cases that look alike and are of other people")

    @property
    def events(self) -> tuple[str, ...]:
        """All events of the case, the chief one first."""
        return (self.event, *self.also)

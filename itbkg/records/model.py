"""The record format: one publication with its cases.

A case is a *course*, one fact a line in the order of the story, and beside it the *causes* (links of a chain
that ends in the event) and the *outcomes*. A word such as `catheter kink` is a label or synonym of the ontology;
the field says by its type in which branch it is looked up. Times are hours, days ... from the case's clock zero.
"""

from dataclasses import dataclass
from typing import Annotated, Any, Literal

from pydantic import (
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Discriminator,
    Field,
    GetCoreSchemaHandler,
    StringConstraints,
    Tag,
)
from pydantic_core import CoreSchema, core_schema

from itbkg.records.place import Place
from itbkg.records.quantity import Quantity


@dataclass(frozen=True, slots=True)
class Word:
    """Marks a field whose text is a word of the ontology; `branches` name the top classes it is looked up in.

    A validation context may bring a `word` function, called with the text and the branches, that raises ValueError
    for a word it does not know. Without one, any text passes: the format alone knows no medicine.
    """

    branches: tuple[str, ...]

    def __get_pydantic_core_schema__(self, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        return core_schema.with_info_after_validator_function(self._known, handler(source))

    def _known(self, text: str, info: core_schema.ValidationInfo) -> str:
        if info.context:
            info.context["word"](text, self.branches)
        return text


Id = Annotated[str, StringConstraints(pattern=r"^[a-z0-9](?:[a-z0-9-]{0,62}[a-z0-9])?$")]
#: A short text of our own, never a sentence of the source.
Text = Annotated[str, StringConstraints(min_length=1, max_length=300, strip_whitespace=True)]
Phrase = Annotated[str, StringConstraints(min_length=1, max_length=120)]
#: A longer text of our own: the story of a case, or what a reader should know of a reading.
Passage = Annotated[str, StringConstraints(min_length=1, max_length=2000, strip_whitespace=True)]
#: A case by publication and id: 'mohammed-2004/1'.
CaseName = Annotated[str, StringConstraints(pattern=r"^[a-z0-9][a-z0-9-]*/[a-z0-9][a-z0-9-]*$")]

FindingWord = Annotated[Phrase, Word(("Finding",))]
CauseWord = Annotated[Phrase, Word(("Cause",))]
EffectWord = Annotated[Phrase, Word(("Cause", "TherapyEvent"))]
ShownWord = Annotated[Phrase, Word(("Finding", "Cause"))]
MeasurementWord = Annotated[Phrase, Word(("Measurement",))]
TreatmentWord = Annotated[Phrase, Word(("Treatment",))]
ResponseWord = Annotated[Phrase, Word(("TreatmentResponse",))]
InvestigationWord = Annotated[Phrase, Word(("Investigation",))]
DiagnosisWord = Annotated[Phrase, Word(("Diagnosis",))]
StatusWord = Annotated[Phrase, Word(("DiagnosisStatus",))]
DelayWord = Annotated[Phrase, Word(("Delay",))]
OutcomeWord = Annotated[Phrase, Word(("Outcome",))]
EventWord = Annotated[Phrase, Word(("TherapyEvent",))]
ConditionWord = Annotated[Phrase, Word(("UnderlyingCondition",))]
CertaintyWord = Annotated[Phrase, Word(("Certainty",))]
BasisWord = Annotated[Phrase, Word(("Basis",))]
RouteWord = Annotated[Phrase, Word(("Route",))]
SeverityWord = Annotated[Phrase, Word(("Severity",))]
ClockWord = Annotated[Phrase, Word(("Clock",))]
ApproachWord = Annotated[Phrase, Word(("Approach",))]
PumpWord = Annotated[Phrase, Word(("PumpModel",))]
SexWord = Annotated[Phrase, Word(("Sex",))]
ReadingWord = Annotated[Phrase, Word(("Reading",))]
ReviewWord = Annotated[Phrase, Word(("ReviewStatus",))]
CitationWord = Annotated[Phrase, Word(("CitationStatus",))]
StandingWord = Annotated[Phrase, Word(("PublicationStatus",))]


def one_or_many(given: Any) -> Any:
    """Let a list of one be written without brackets."""
    return [given] if isinstance(given, str) else given


Many = Annotated[list[Phrase], Field(min_length=1)]
OneOrMany = BeforeValidator(one_or_many, json_schema_input_type=Phrase | Many)
Basises = Annotated[tuple[BasisWord, ...], Field(min_length=1), OneOrMany]
Diagnoses = Annotated[tuple[DiagnosisWord, ...], Field(min_length=1), OneOrMany]
Findings = Annotated[tuple[FindingWord, ...], Field(min_length=1), OneOrMany]
ShownWords = Annotated[tuple[ShownWord, ...], Field(min_length=1), OneOrMany]


class Record(BaseModel):
    """Base of all parts of a record: frozen, and an unknown key is a problem; made ready when the first is read."""

    model_config = ConfigDict(frozen=True, extra="forbid", defer_build=True)


class Sourced(Record):
    """A statement: where it stands, and what the report garbles there."""

    where: Place = Field(description="Heading and paragraph of the report: 'Case presentation, 2'")
    detail: Text | None = Field(None, description="A short addition in our own words")
    printed: Text | None = Field(None, description="The figure, unit or name as printed, where it is read otherwise")
    discrepancy: Text | None = Field(None, description="What is wrong or contradictory here, in our own words")


class Timed(Sourced):
    """A statement with a time: a window from clock zero, or a hospital day (the day of admission is 1)."""

    id: Id | None = Field(None, description="Only where two lines would bear one name")
    at: Quantity | None = Field(None, description="Time from clock zero: '-72..-24 h', '6 mo'")
    hospital_day: int | None = Field(None, ge=1, le=3650, description="Hospital day as the report counts it")


class FindingLine(Timed):
    """A sign, symptom, complication or result that was present."""

    finding: FindingWord
    severity: SeverityWord | None = None


class Absence(Timed):
    """A finding that the report says was absent."""

    absent: FindingWord


class MeasurementLine(Timed):
    """A measured quantity with the report's own reference range."""

    measurement: MeasurementWord
    value: Quantity
    normal: Quantity | None = Field(None, description="The report's own reference range, with the unit as printed")
    may_be: tuple[MeasurementWord, ...] = Field((), description="The kinds between which the report does not settle")


class TreatmentLine(Timed):
    """Something that was done, with dose, route and how findings responded."""

    treatment: TreatmentWord
    dose: Quantity | None = None
    every: Quantity | None = Field(None, description="Time between doses")
    route: RouteWord | None = None
    approach: ApproachWord | None = None
    effect: ResponseWord | None = Field(None, description="How the event as a whole responded, no finding being named")
    response: dict[FindingWord, ResponseWord] = Field(default_factory=dict)


class InvestigationLine(Timed):
    """A test or inspection: what it showed and what it showed to be absent."""

    investigation: InvestigationWord
    shows: ShownWords = ()
    excludes: Findings = ()


class Considered(Timed):
    """Diagnoses that were thought of together, and what became of them."""

    considered: Diagnoses
    became: StatusWord | None = None


class DelayLine(Timed):
    """A stretch of time that the report states."""

    delay: DelayWord
    lasted: Quantity


#: The key that tells what a line of the course is.
LINE_KINDS: dict[str, type[Timed]] = {
    "finding": FindingLine,
    "absent": Absence,
    "measurement": MeasurementLine,
    "treatment": TreatmentLine,
    "investigation": InvestigationLine,
    "considered": Considered,
    "delay": DelayLine,
}


def line_kind(given: Any) -> str | None:
    """Name the kind of a line by the first of its keys that tells one."""
    if isinstance(given, dict):
        return next((key for key in given if key in LINE_KINDS), None)
    return next((key for key, kind in LINE_KINDS.items() if type(given) is kind), None)


Line = Annotated[
    Annotated[FindingLine, Tag("finding")]
    | Annotated[Absence, Tag("absent")]
    | Annotated[MeasurementLine, Tag("measurement")]
    | Annotated[TreatmentLine, Tag("treatment")]
    | Annotated[InvestigationLine, Tag("investigation")]
    | Annotated[Considered, Tag("considered")]
    | Annotated[DelayLine, Tag("delay")],
    Discriminator(line_kind),
]


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


class Report(Record):
    """The publication: what a reader needs to find it, and how it was read."""

    title: Text
    authors: tuple[Phrase, ...] = ()
    year: int | None = Field(None, ge=1970, le=2100)
    journal: Phrase | None = None
    volume: Phrase | None = None
    issue: Phrase | None = None
    pages: Phrase | None = None
    doi: Annotated[str, StringConstraints(pattern=r"^10\.[0-9]{4,9}/\S+$")] | None = None
    pmid: Annotated[str, StringConstraints(pattern=r"^[1-9][0-9]{0,8}$")] | None = None
    pmcid: Annotated[str, StringConstraints(pattern=r"^PMC[1-9][0-9]{0,8}$")] | None = None
    url: Annotated[str, StringConstraints(pattern=r"^https?://[^<>\"{}|^`\\\s]+$", max_length=300)] | None = None
    license: Phrase | None = None
    citation: CitationWord = Field(description="Whether all that is cited was seen on a page")
    status: StandingWord | None = Field(None, description="Retracted, corrected or questioned since it appeared")
    read_as: ReadingWord
    secondary_source: Text | None = Field(None, description="Whose account was read, where it was not the report's own")
    review: ReviewWord
    note: Passage | None = Field(None, description="Oddities of the source and of its reading, in our own words")


class Publication(Record):
    """One file of `data/cases/`: a report and its cases."""

    format: Literal[1] = Field(description="The version of this format")
    report: Report
    cases: tuple[Case, ...] = Field(min_length=1)

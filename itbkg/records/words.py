"""What the texts of a record may be: words of the ontology, each looked up in its branch, ids, and texts of our own."""

from dataclasses import dataclass
from typing import Annotated, Any

from pydantic import BeforeValidator, Field, GetCoreSchemaHandler, StringConstraints
from pydantic_core import CoreSchema, core_schema


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

"""The lines of a course, one fact each; the first key of a line tells its kind."""

from typing import Annotated, Any

from pydantic import Discriminator, Field, Tag

from itbkg.records.parts import Timed, kind_by_key
from itbkg.records.quantity import Quantity
from itbkg.records.words import (
    ApproachWord,
    DelayWord,
    Diagnoses,
    Findings,
    FindingWord,
    InvestigationWord,
    MeasurementWord,
    ResponseWord,
    RouteWord,
    SeverityWord,
    ShownWords,
    StatusWord,
    TreatmentWord,
)


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
    """Name the kind of a line."""
    return kind_by_key(given, LINE_KINDS)


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

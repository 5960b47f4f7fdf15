"""The format of published numbers: one source with what it counted or measured in a group.

A number stands as printed. `counts` and `among` say in words of the ontology what numerator and denominator are, so
that a number of the graph can be laid beside it; a word is left out where none says it exactly. Numbers of one cohort,
or of cohorts that overlap, are never added.
"""

from typing import Annotated, Literal

from pydantic import Field, StringConstraints

from itbkg.records.parts import Record, Sourced
from itbkg.records.publication import Report
from itbkg.records.quantity import Quantity
from itbkg.records.words import CertaintyWord, Id, OneOrMany, Phrase, Text, Word

#: What can be counted or measured; the first branch that knows a word wins.
COUNTED = (
    *("TherapyEvent", "Cause", "Outcome", "Finding", "Treatment", "Investigation"),
    *("Diagnosis", "Measurement", "UnderlyingCondition", "TreatmentResponse"),
)
CountedWords = Annotated[tuple[Annotated[Phrase, Word(COUNTED)], ...], OneOrMany]
Period = Annotated[str, StringConstraints(pattern=r"^(?:19|20)[0-9]{2}(?:\.\.(?:19|20)[0-9]{2})?$")]


class Observation(Sourced):
    """One published number, or a published result without one, in `detail`."""

    measure: Text = Field(description="What was counted or measured, in our own words")
    id: Id | None = Field(None, description="Only where two numbers would bear one name")
    n: int | None = Field(None, ge=0, le=10_000_000, description="Numerator")
    of: int | None = Field(None, ge=1, le=10_000_000, description="Denominator, or the persons a value refers to")
    value: Quantity | None = Field(None, description="Any other number, a percentage included: '157 ug/d', '9.3 %'")
    counts: CountedWords = Field((), description="What the numerator is, or the value measures: any of these")
    along: CountedWords = Field((), alias="with", description="What goes along with each that is counted")
    among: CountedWords = Field(
        (), description="What the denominator is, where less than the whole group: any of these"
    )
    population: Text | None = Field(None, description="Who was looked at, where not as in the source")
    period: Period | None = Field(None, description="Years of observation: '2002..2006'")
    cohort: Id | None = Field(None, description="Who was looked at, by cohort id, where not the source's own")


class Source(Report):
    """The publication, with the group that its numbers are of."""

    population: Text | None = Field(None, description="Who was looked at, in our own words")
    period: Period | None = Field(None, description="Years of observation: '2002..2006'")
    cohort: Id | None = Field(None, description="Where several publications are of one cohort: its id")


class Published(Record):
    """One file of `data/published/`: a source and its numbers."""

    format: Literal[1] = Field(description="The version of this format")
    source: Source
    observations: tuple[Observation, ...] = Field(min_length=1)


class Overlap(Record):
    """Cohorts that share persons or events, as far as can be seen."""

    cohorts: tuple[Id, ...] = Field(min_length=2)
    certainty: CertaintyWord
    because: Text = Field(description="What speaks for it, in our own words")


class Overlaps(Record):
    """The file of known overlaps; a publication's cohort bears the publication's id unless it names another."""

    format: Literal[1] = Field(description="The version of this format")
    overlaps: tuple[Overlap, ...] = Field(min_length=1)

"""The record format: one publication with its cases."""

from typing import Annotated, Literal

from pydantic import Field, StringConstraints

from itbkg.records.case import Case
from itbkg.records.parts import Record
from itbkg.records.words import CitationWord, Passage, Phrase, ReadingWord, ReviewWord, StandingWord, Text


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

"""What all parts of a record have in common: a place in the report, and a time."""

from collections.abc import Mapping
from typing import Any

from pydantic import BaseModel, ConfigDict, Field

from itbkg.records.place import Place
from itbkg.records.quantity import Quantity
from itbkg.records.words import Id, Text


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


def kind_by_key(given: Any, kinds: Mapping[str, type[Record]]) -> str | None:
    """Name the kind of a line by the first of its keys that tells one."""
    if isinstance(given, dict):
        return next((key for key in given if key in kinds), None)
    return next((key for key, kind in kinds.items() if type(given) is kind), None)

"""What an import makes: a record that is not checked yet, and what of the input has no place in it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

#: A part of a record before it is written: what YAML can hold.
Part = dict[str, Any]


@dataclass(frozen=True, slots=True, order=True)
class Unplaced:
    """Something of the input that the record has no place for: where it stood, what it said, why it was left out."""

    path: str
    field: str
    value: str
    why: str

    def __str__(self) -> str:
        return f"{self.path}: {self.field}: '{self.value}' was left out: {self.why}"


@dataclass(frozen=True, slots=True)
class Draft:
    """A record to be written as `<name>.yaml`, made of the file `source`.

    `places` leads from fields of the record, such as `cases[1].course[3]`, to the line of the input.
    """

    name: str
    source: Path
    record: Part
    unplaced: tuple[Unplaced, ...] = ()
    places: Mapping[str, int] = field(default_factory=dict)


def joined(drafts: list[Draft]) -> Draft:
    """Make one draft of those of one report; the report is told as the first tells it."""
    first = drafts[0]
    cases = [case for draft in drafts for case in draft.record["cases"]]
    unplaced = tuple(one for draft in drafts for one in draft.unplaced)
    return Draft(first.name, first.source, first.record | {"cases": cases}, unplaced, first.places)

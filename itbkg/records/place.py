"""Where in a publication a statement stands: `Case presentation, 2` is the second paragraph under a heading."""

import re
from dataclasses import dataclass
from typing import Annotated, Any

from pydantic import BeforeValidator, PlainSerializer, WithJsonSchema

PATTERN = r"^[^\s,;][^,;\n]{0,79}(?:, [1-9][0-9]{0,2})?$"
_PARTS = re.compile(r"(?P<section>[^\s,;][^,;\n]{0,79})(?:, (?P<paragraph>[1-9][0-9]{0,2}))?")


@dataclass(frozen=True, slots=True, order=True)
class PlaceValue:
    """A heading of the publication and, where they can be counted, the paragraph under it, from 1."""

    section: str
    paragraph: int | None

    def __str__(self) -> str:
        return self.section if self.paragraph is None else f"{self.section}, {self.paragraph}"


def parse_place(given: Any) -> PlaceValue:
    """Read a place; ValueError, with an example of the right form, where the text is none."""
    if isinstance(given, PlaceValue):
        return given
    parts = _PARTS.fullmatch(given) if isinstance(given, str) else None
    if parts is None:
        raise ValueError(f"'{given}' is no place in a report; write heading and paragraph, like 'Case presentation, 2'")
    return PlaceValue(parts["section"], int(parts["paragraph"]) if parts["paragraph"] else None)


Place = Annotated[
    PlaceValue,
    BeforeValidator(parse_place),
    PlainSerializer(str, return_type=str),
    WithJsonSchema({"type": "string", "pattern": PATTERN, "examples": ["Case presentation, 2", "Abstract"]}),
]

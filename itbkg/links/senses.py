"""What one row, column or condition means: its cases by state over the index, and the same as SPARQL.

Present: the report tells it. Absent, by a ground that differs from variable to variable (`Ground`): for a finding the
report states that it was not there. All else cannot be stated absent; there, absent is that the report names another
cause, outcome, treatment ... and not this one, or for what has one value that it has another. Not reported: neither.
A case that tells a finding at one time and its absence at another counts as present, and is pointed out.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal, Protocol

from itbkg.index import Bits, Column, Field
from itbkg.links.asking import asks_any, asks_any_of, asks_denied, asks_telling
from itbkg.links.data import CaseData, rivals

#: On what it rests that something is absent.
Ground = Literal["stated absent", "another reported", "another value", "measured, and not so", "nothing"]


@dataclass(frozen=True, slots=True)
class States:
    """The cases with something, and those that say it is not so; a case of both says so at two times or places."""

    present: Bits
    said_absent: Bits

    @property
    def absent(self) -> Bits:
        """The cases that say it is not so and nowhere that it is."""
        return self.said_absent - self.present

    @property
    def both(self) -> Bits:
        """The cases that say both."""
        return self.said_absent & self.present

    @property
    def reported(self) -> Bits:
        """The cases that say either."""
        return self.said_absent | self.present


class Sense(Protocol):
    """What is asked: the cases of each state, and boolean SPARQL expressions over ?case that choose the same."""

    def ground(self) -> Ground:
        """Say on what absence rests."""

    def states(self, data: CaseData) -> States:
        """Find the cases by state."""

    def asks_present(self) -> str:
        """Ask whether ?case has it."""

    def asks_absent(self, data: CaseData) -> str:
        """Ask whether ?case says that it is not so; whether or not it says elsewhere that it is."""


@dataclass(frozen=True, slots=True)
class Terms:
    """A class or value of a field; of several, any."""

    field: Field
    terms: tuple[str, ...]

    def ground(self) -> Ground:
        """Say on what absence rests."""
        if self.field.absence:
            return "stated absent"
        return "another reported" if self.field.kind == "class" else "another value"

    def states(self, data: CaseData) -> States:
        """Find the cases by state."""
        column = data.column(self.field)
        present = Bits.union((column.present(term) for term in self.terms), data.size)
        if self.ground() == "another reported":
            return States(
                present, _all_of((data.telling(self.field, term) for term in self.terms), data.size) - present
            )
        absent = [self._denying(data, column, term) for term in self.terms]
        return States(present, _all_of(absent, data.size))

    def asks_present(self) -> str:
        """Ask whether ?case has any of the terms."""
        return asks_any_of(self.field.pattern, self.terms)

    def asks_absent(self, data: CaseData) -> str:
        """Ask whether ?case says that it has none of the terms."""
        if self.ground() == "another reported":
            told = dict.fromkeys(asks_telling(data, self.field, term) for term in self.terms)
            return f"({' && '.join(told)} && !{self.asks_present()})"
        return f"({' && '.join(asks_denied(self.field, f'<{term}>') for term in self.terms)})"

    def _denying(self, data: CaseData, column: Column, term: str) -> Bits:
        if self.field.absence:
            return column.absent(term)
        return Bits.union((column.present(other) for other in rivals(data, self.field, term)), data.size)


@dataclass(frozen=True, slots=True)
class AnyOf:
    """Anything that a field holds."""

    field: Field

    def ground(self) -> Ground:
        """Say on what absence rests: that nothing at all was there, no report says."""
        return "nothing"

    def states(self, data: CaseData) -> States:
        """Find the cases that say anything of the field."""
        return States(data.column(self.field).reported, Bits.none(data.size))

    def asks_present(self) -> str:
        """Ask whether ?case says anything of the field."""
        absence = f" || EXISTS {{ {self.field.absence} }}" if self.field.absence else ""
        return f"({asks_any(self.field)}{absence})"

    def asks_absent(self, data: CaseData) -> str:
        """Ask for what no case says."""
        del data
        return "false"


def _all_of(sets: Iterable[Bits], size: int) -> Bits:
    kept = Bits.full(size)
    for one in sets:
        kept &= one
    return kept

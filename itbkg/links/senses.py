"""What one row, column or condition means: its cases by state over the index, and the same as SPARQL.

Present: the report tells it. Absent, by a ground that differs from variable to variable (`Ground`): for a finding the
report states that it was not there. All else cannot be stated absent; there, absent is that the report names another
cause, outcome, treatment ... and not this one, or for what has one value that it has another. Not reported: neither.
A case that tells a finding at one time and its absence at another counts as present, and is pointed out.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Literal, Protocol

from itbkg.index import Bits, Column, Field, classes_telling
from itbkg.links.data import AGE_GROUP, CaseData, rivals
from itbkg.namespaces import ITB

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
        return _any_of(self.field.pattern, self.terms)

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


@dataclass(frozen=True, slots=True)
class Years:
    """The years of publication from `first` to `last`."""

    first: int
    last: int

    def ground(self) -> Ground:
        """Say on what absence rests: a publication has one year."""
        return "another value"

    def states(self, data: CaseData) -> States:
        """Find the cases by the year of their publication."""
        return States(
            _positions(data, lambda year: self.first <= year <= self.last),
            _positions(data, lambda year: not self.first <= year <= self.last),
        )

    def asks_present(self) -> str:
        """Ask whether the publication of ?case is of these years."""
        return asks_years(str(self.first), str(self.last))

    def asks_absent(self, data: CaseData) -> str:
        """Ask whether the publication of ?case is of another year."""
        del data
        return asks_other_years(str(self.first), str(self.last))


@dataclass(frozen=True, slots=True)
class AnyYear:
    """That the year of publication is known."""

    def ground(self) -> Ground:
        """Say on what absence rests."""
        return "nothing"

    def states(self, data: CaseData) -> States:
        """Find the cases whose publication has a year."""
        return States(_positions(data, lambda _: True), Bits.none(data.size))

    def asks_present(self) -> str:
        """Ask whether the publication of ?case has a year."""
        return f"EXISTS {{ {_YEAR} }}"

    def asks_absent(self, data: CaseData) -> str:
        """Ask for what no case says."""
        del data
        return "false"


_YEAR = "?case itb:reportedIn/itb:year ?year ."


def asks_years(first: str, last: str) -> str:
    """Ask whether the publication of ?case is of some years; they are numbers, or variables."""
    return f"EXISTS {{ {_YEAR} FILTER (?year >= {first} && ?year <= {last}) }}"


def asks_other_years(first: str, last: str) -> str:
    """Ask whether the publication of ?case is of other years than these."""
    return f"EXISTS {{ {_YEAR} FILTER (?year < {first} || ?year > {last}) }}"


def _positions(data: CaseData, fits: Callable[[int], bool]) -> Bits:
    years = enumerate(source.year for source in data.sources)
    return data.bits(place for place, year in years if year is not None and fits(year))


def _all_of(sets: Iterable[Bits], size: int) -> Bits:
    kept = Bits.full(size)
    for one in sets:
        kept &= one
    return kept


def asks_any(field: Field) -> str:
    """Ask whether ?case has anything of a field: a class by its branch, for an engine looks a constant up faster."""
    if field.kind == "value":
        return f"EXISTS {{ {field.pattern} }}"
    return _any_of(field.pattern, (str(ITB[branch]) for branch in field.of))


def asks_telling(data: CaseData, field: Field, term: str) -> str:
    """Ask whether ?case says anything of a class: whether it reports one that answers the same question."""
    return _any_of(field.pattern, classes_telling(data.store, field, term))


def asks_denied(field: Field, term: str) -> str:
    """Ask whether ?case says that a finding was not there, or has a value that excludes this one.

    `term` is an IRI in `<>`, or a variable.
    """
    if field.absence:
        return f"EXISTS {{ {field.absence.replace('?term', term)} }}"
    other = field.pattern.replace("?term", "?other")
    if field.of != AGE_GROUP:
        return f"EXISTS {{ {other} FILTER (?other != {term}) }}"
    spans = "?other itb:fromYears ?from ; itb:belowYears ?below . "
    return (
        f"EXISTS {{ {other} {spans}{term} itb:fromYears ?start ; itb:belowYears ?end . "
        "FILTER (?from >= ?end || ?below <= ?start) }"
    )


def _any_of(pattern: str, terms: Iterable[str]) -> str:
    """Ask for each term by itself: an engine that is handed several as VALUES walks all of them for every case."""
    asked = [f"EXISTS {{ {pattern.replace('?term', f'<{term}>')} }}" for term in terms]
    return f"({' || '.join(asked)})" if asked else "false"

"""The year in which a case was published, as a row, column or condition."""

from collections.abc import Callable
from dataclasses import dataclass

from itbkg.index import Bits
from itbkg.links.data import CaseData
from itbkg.links.senses import Ground, States

_YEAR = "?case itb:reportedIn/itb:year ?year ."


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


def asks_years(first: str, last: str) -> str:
    """Ask whether the publication of ?case is of some years; they are numbers, or variables."""
    return f"EXISTS {{ {_YEAR} FILTER (?year >= {first} && ?year <= {last}) }}"


def asks_other_years(first: str, last: str) -> str:
    """Ask whether the publication of ?case is of other years than these."""
    return f"EXISTS {{ {_YEAR} FILTER (?year < {first} || ?year > {last}) }}"


def _positions(data: CaseData, fits: Callable[[int], bool]) -> Bits:
    years = enumerate(source.year for source in data.sources)
    return data.bits(place for place, year in years if year is not None and fits(year))

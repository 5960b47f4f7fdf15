"""One side of a pair: the cases of a group by the state of the column, with risk, interval and bounds."""

from dataclasses import dataclass, field

from itbkg.index import Bits
from itbkg.links.cohort import ids
from itbkg.links.data import CaseData
from itbkg.links.senses import States
from itbkg.statistics import bounds, risk


@dataclass(frozen=True, slots=True)
class Cell:
    """`n` of the `of` cases of a group have the column; `absent` do not, and `not_reported` do not say.

    `risk` is n among those that say, n / (n + absent), with its Wilson interval; None where none says. The bounds are
    n / of and (n + not_reported) / of: the risk if all that is not reported were absent, and if all of it were present.
    The ids of the cases stand behind each count; those of `both` say at one time or place that it is so and at another
    that it is not, and are counted in n.
    """

    n: int
    absent: int
    not_reported: int
    of: int
    risk: float | None
    risk_low: float | None
    risk_high: float | None
    bound_low: float | None
    bound_high: float | None
    present_cases: tuple[str, ...]
    absent_cases: tuple[str, ...]
    not_reported_cases: tuple[str, ...]
    both_cases: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Sets:
    """The cases of a cell, as sets."""

    present: Bits = field(repr=False)
    absent: Bits = field(repr=False)
    not_reported: Bits = field(repr=False)
    both: Bits = field(repr=False)

    @classmethod
    def of(cls, group: Bits, column: States) -> "Sets":
        """Part a group by the state of a column."""
        present, absent = group & column.present, group & column.absent
        return cls(present, absent, group - present - absent, group & column.both)

    def within(self, bits: Bits) -> "Sets":
        """Keep the cases that are in a set."""
        return Sets(self.present & bits, self.absent & bits, self.not_reported & bits, self.both & bits)


def tell_cell(data: CaseData, sets: Sets) -> Cell:
    """Count a cell."""
    n, absent, silent = len(sets.present), len(sets.absent), len(sets.not_reported)
    share, limits = risk(n, n + absent), bounds(n, absent, silent)
    return Cell(
        n=n,
        absent=absent,
        not_reported=silent,
        of=n + absent + silent,
        risk=share.share,
        risk_low=share.low,
        risk_high=share.high,
        bound_low=limits.low,
        bound_high=limits.high,
        present_cases=ids(data, sets.present),
        absent_cases=ids(data, sets.absent),
        not_reported_cases=ids(data, sets.not_reported),
        both_cases=ids(data, sets.both),
    )

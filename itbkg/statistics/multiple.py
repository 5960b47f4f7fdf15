"""Many tests at once: which are made at all, and their p-values adjusted for their number."""

from collections.abc import Sequence
from enum import StrEnum

#: A cell under this many cases shows its counts and is not tested.
LEAST_CASES = 3


class NotTested(StrEnum):
    """Why a pair was not tested; a pair that is not tested does not count among the tests."""

    TOO_FEW_CASES = "too few cases"
    NO_VARIATION = "no variation"
    IMPLIED = "implied by the hierarchy"


def why_not_tested(a: int, b: int, c: int, d: int, *, implied: bool = False) -> NotTested | None:
    """Return why a table is not tested, the gravest reason first; None where it is to be tested.

    `implied` says that one class of the pair lies above the other, or is it, so that they go together by definition.
    No variation: all cases, or none, are on one side of the table. Too few: under `LEAST_CASES` cases have both.
    """
    if implied:
        return NotTested.IMPLIED
    if 0 in (a + b, c + d, a + c, b + d):
        return NotTested.NO_VARIATION
    return NotTested.TOO_FEW_CASES if a < LEAST_CASES else None


def benjamini_hochberg(ps: Sequence[float | None]) -> tuple[float | None, ...]:
    """Return the p-values adjusted to hold the rate of false discoveries, in their order.

    None is a test that was not made: it stays None and does not count among the tests. Benjamini Y, Hochberg Y.
    Controlling the false discovery rate. J R Stat Soc B 1995;57:289-300. ValueError for a p outside 0 and 1.
    """
    made = sorted(((p, place) for place, p in enumerate(ps) if p is not None), reverse=True)
    if any(not 0 <= p <= 1 for p, _ in made):
        raise ValueError("a p-value lies between 0 and 1")
    adjusted: list[float | None] = [None] * len(ps)
    least = 1.0
    for rank, (p, place) in zip(range(len(made), 0, -1), made, strict=True):
        least = min(least, p * len(made) / rank)
        adjusted[place] = least
    return tuple(adjusted)

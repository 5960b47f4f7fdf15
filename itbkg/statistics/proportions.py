"""Risks with their intervals, what the risk would be were nothing unreported, and the difference of two risks."""

import math
from dataclasses import dataclass

from itbkg.statistics.distributions import normal_quantile


@dataclass(frozen=True, slots=True)
class Risk:
    """n of N cases, and the interval of the share; without any case there is no share and no interval."""

    n: int
    of: int
    low: float | None
    high: float | None

    @property
    def share(self) -> float | None:
        """The share n of N; None of no cases."""
        return self.n / self.of if self.of else None


@dataclass(frozen=True, slots=True)
class Bounds:
    """The least and the greatest risk that the unreported leaves possible; None of no cases."""

    low: float | None
    high: float | None


@dataclass(frozen=True, slots=True)
class Difference:
    """One risk less another, with its interval; all None where one of the groups is empty."""

    value: float | None
    low: float | None
    high: float | None


def risk(n: int, of: int, *, level: float = 0.95) -> Risk:
    """Return n of N with the score interval, without continuity correction.

    Wilson EB. Probable inference, the law of succession, and statistical inference. J Am Stat Assoc 1927;22:209-212.
    It stays within 0 and 1, and is not empty for 0 of N or N of N. ValueError where n is not within 0 and N.
    """
    if not 0 <= n <= of:
        raise ValueError(f"{n} of {of} cases cannot be")
    if not of:
        return Risk(n, of, None, None)
    z = normal_quantile(level)
    centre = n + z * z / 2
    reach = z * math.sqrt(n * (of - n) / of + z * z / 4)
    low = (centre - reach) / (of + z * z) if n else 0.0
    high = (centre + reach) / (of + z * z) if n < of else 1.0
    return Risk(n, of, low, high)


def bounds(present: int, absent: int, not_reported: int) -> Bounds:
    """Return the risk were all that is not reported absent, and were all of it present.

    The worst-case bounds of Manski CF. Nonparametric bounds on treatment effects. Am Econ Rev 1990;80:319-323: nothing
    is assumed of the cases that do not report, so the truth of these cases lies between. They hold no chance: they are
    no confidence interval. ValueError for a negative count.
    """
    if min(present, absent, not_reported) < 0:
        raise ValueError(f"counts are not below zero: {present}, {absent}, {not_reported}")
    total = present + absent + not_reported
    return Bounds(present / total, (present + not_reported) / total) if total else Bounds(None, None)


def risk_difference(a: int, b: int, c: int, d: int, *, level: float = 0.95) -> Difference:
    """Return a/(a+b) - c/(c+d) with the hybrid score interval, which joins the Wilson intervals of both risks.

    Newcombe RG. Interval estimation for the difference between independent proportions: comparison of eleven methods.
    Stat Med 1998;17:873-890, method 10. ValueError for a negative count.
    """
    one, other = risk(a, a + b, level=level), risk(c, c + d, level=level)
    if one.share is None or one.low is None or one.high is None:
        return Difference(None, None, None)
    if other.share is None or other.low is None or other.high is None:
        return Difference(None, None, None)
    value = one.share - other.share
    below = math.hypot(one.share - one.low, other.high - other.share)
    above = math.hypot(one.high - one.share, other.share - other.low)
    return Difference(value, value - below, value + above)

"""The two distributions that the other modules need: quantiles of the normal, tails of the chi-square."""

import math
from functools import cache
from statistics import NormalDist


@cache
def normal_quantile(level: float) -> float:
    """Return z such that a standard normal lies within -z..z with the probability `level`: 1.96 for 0.95.

    ValueError where the level is not between 0 and 1.
    """
    if not 0 < level < 1:
        raise ValueError(f"a level of confidence of {level} is none; give a number between 0 and 1, such as 0.95")
    return NormalDist().inv_cdf((1 + level) / 2)


def chi_square_tail(value: float, freedom: int) -> float:
    """Return the probability that a chi-square of so many degrees of freedom is at least `value`.

    The finite sums for whole degrees of freedom: Abramowitz and Stegun 1964, 26.4.4 (odd) and 26.4.5 (even).
    """
    half = value / 2
    if half <= 0:
        return 1.0
    if freedom % 2:
        start, tail = 0.5, math.erfc(math.sqrt(half))
    else:
        start, tail = 0.0, 0.0
    terms = (
        math.exp((start + step) * math.log(half) - half - math.lgamma(start + step + 1)) for step in range(freedom // 2)
    )
    return min(1.0, tail + math.fsum(terms))

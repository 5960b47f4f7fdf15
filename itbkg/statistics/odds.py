"""The odds ratio of a table of two by two, given its margins, with its exact interval."""

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from itbkg.statistics.tables import tables

#: Newton's method gains digits fast, but a far first guess would throw it further off: no step is longer than this.
_LONGEST_STEP = 8.0
_ENOUGH = 1e-13
_MOST_STEPS = 500


@dataclass(frozen=True, slots=True)
class OddsRatio:
    """The odds ratio and its interval.

    All three are None where a margin is zero, so that the table says nothing. Otherwise `low` is a number, and `high`
    is None where the ratio has no upper limit: the observed table is the uppermost that the margins allow. Then `value`
    is None as well, for the ratio is infinite.
    """

    value: float | None
    low: float | None
    high: float | None


@dataclass(frozen=True, slots=True)
class _Moments:
    """Of the tables from one place on: the logarithm of their summed weights, mean and variance of the place."""

    log: float
    mean: float
    variance: float


def odds_ratio(a: int, b: int, c: int, d: int, *, level: float = 0.95) -> OddsRatio:
    """Return the conditional maximum likelihood estimate, and the interval that inverts two one-sided exact tests.

    The estimate makes the expected first count of Fisher's noncentral hypergeometric distribution the observed one; at
    the limits, a count as far out or further has the probability (1 - level) / 2. Cornfield J. A statistical problem
    arising from retrospective studies. Proc 3rd Berkeley Symp 1956;4:135-148; as R's `fisher.test`. ValueError for a
    negative count, or a level that is not between 0 and 1.
    """
    if not 0 < level < 1:
        raise ValueError(f"a level of confidence of {level} is none; give a number between 0 and 1, such as 0.95")
    every = tables(a, b, c, d)
    if len(every.ways) == 1:
        return OddsRatio(None, None, None)
    logs, seen, tail = [math.log(ways) for ways in every.ways], every.observed, math.log((1 - level) / 2)
    low = _lower_limit(logs, seen, tail)
    upper = _lower_limit(logs[::-1], len(logs) - 1 - seen, tail)
    value = 0.0 if seen == 0 else None if seen == len(logs) - 1 else _estimate(logs, seen)
    return OddsRatio(value, low, 1 / upper if upper else None)


def _estimate(logs: Sequence[float], seen: int) -> float:
    def off(theta: float) -> tuple[float, float]:
        whole = _moments(logs, theta, 0)
        return whole.mean - seen, whole.variance

    return math.exp(_root(off))


def _lower_limit(logs: Sequence[float], seen: int, tail: float) -> float:
    """Return the ratio at which the observed place or one above has the probability of which `tail` is the log."""
    if seen == 0:
        return 0.0

    def off(theta: float) -> tuple[float, float]:
        whole, above = _moments(logs, theta, 0), _moments(logs, theta, seen)
        return above.log - whole.log - tail, above.mean - whole.mean

    return math.exp(_root(off))


def _root(function: Callable[[float], tuple[float, float]]) -> float:
    """Return where a rising function, given with its slope, is zero, from zero on.

    Newton's method, kept between the nearest points at which the function was seen to be below and above zero; where a
    step leaves them, or is not half as long as the last, their middle is tried instead.
    """
    theta, below, above, last = 0.0, -math.inf, math.inf, math.inf
    for _ in range(_MOST_STEPS):
        value, slope = function(theta)
        if not value:
            break
        below, above = (theta, above) if value < 0 else (below, theta)
        step = -value / slope if slope * _LONGEST_STEP > abs(value) else math.copysign(_LONGEST_STEP, -value)
        if math.isfinite(below + above) and (not below < theta + step < above or abs(step) > last / 2):
            step = (below + above) / 2 - theta
        theta, last = theta + step, abs(step)
        if last <= _ENOUGH * max(1.0, abs(theta)):
            break
    return theta


def _moments(logs: Sequence[float], theta: float, start: int) -> _Moments:
    terms = [logs[place] + place * theta for place in range(start, len(logs))]
    most = max(terms)
    weights = [math.exp(term - most) for term in terms]
    total = math.fsum(weights)
    mean = math.fsum(weight * place for place, weight in enumerate(weights, start)) / total
    spread = math.fsum(weight * (place - mean) ** 2 for place, weight in enumerate(weights, start)) / total
    return _Moments(most + math.log(total), mean, spread)

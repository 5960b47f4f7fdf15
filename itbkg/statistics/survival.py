"""Times to an event, some of them cut short before it: the curve of those who still wait for it."""

import math
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from itbkg.statistics.distributions import normal_quantile

#: A share that is a half but for rounding is a half.
_HALF = 0.5 + 1e-12


@dataclass(frozen=True, slots=True)
class Step:
    """What happens at one time: how many were at risk just before, had the event, were censored; the share after it.

    `deviation` is Greenwood's standard error. The interval is None while the share is 1 and once it is 0.
    """

    time: float
    at_risk: int
    events: int
    censored: int
    share: float
    deviation: float
    low: float | None
    high: float | None


@dataclass(frozen=True, slots=True)
class Median:
    """The time by which half had the event, with its interval; None for an end that the curve does not reach."""

    value: float | None
    low: float | None
    high: float | None


@dataclass(frozen=True, slots=True)
class Curve:
    """The Kaplan-Meier curve of n times, of which so many ended in the event; a step for each time, in order."""

    n: int
    events: int
    steps: tuple[Step, ...]
    median: Median

    def at_risk(self, time: float) -> int:
        """Count those who had neither event nor censoring before this time."""
        return next((step.at_risk for step in self.steps if step.time >= time), 0)


def kaplan_meier(times: Sequence[float], events: Sequence[bool], *, level: float = 0.95) -> Curve:
    """Return the share without the event after each time; `events` tells which times ended in it, others are censored.

    Kaplan EL, Meier P. Nonparametric estimation from incomplete observations. J Am Stat Assoc 1958;53:457-481. The
    variance is that of Greenwood M. The natural duration of cancer. Rep Public Health Med Subj 1926;33:1-26. The
    interval is symmetric in log(-log(share)), so that it stays within 0 and 1: Kalbfleisch JD, Prentice RL. The
    statistical analysis of failure time data, 1980. Those censored at a time are at risk at it. ValueError for a
    negative time.
    """
    z, share, variance, steps = normal_quantile(level), 1.0, 0.0, []
    for time, at_risk, dead, censored in _counted(times, events):
        share *= 1 - dead / at_risk
        variance += dead / (at_risk * (at_risk - dead)) if at_risk > dead else 0.0
        low, high = _interval(share, variance, z)
        steps.append(Step(time, at_risk, dead, censored, share, share * math.sqrt(variance), low, high))
    return Curve(len(times), sum(map(bool, events)), tuple(steps), _median(steps))


def _counted(times: Sequence[float], events: Sequence[bool]) -> list[tuple[float, int, int, int]]:
    """Give each time, in order, with the number at risk, of events and of censored."""
    if any(not 0 <= time < math.inf for time in times):
        raise ValueError("a time is a number from zero on")
    dead = Counter(time for time, event in zip(times, events, strict=True) if event)
    all_of, at_risk, rows = Counter(times), len(times), []
    for time in sorted(all_of):
        rows.append((time, at_risk, dead[time], all_of[time] - dead[time]))
        at_risk -= all_of[time]
    return rows


def _interval(share: float, variance: float, z: float) -> tuple[float | None, float | None]:
    if variance == 0 or share <= 0:
        return None, None
    reach = math.exp(z * math.sqrt(variance) / abs(math.log(share)))
    return share**reach, share ** (1 / reach)


def _median(steps: Sequence[Step]) -> Median:
    """Return the first times at which the share and the ends of its interval are a half or less.

    Brookmeyer R, Crowley J. A confidence interval for the median survival time. Biometrics 1982;38:29-41.
    """
    value = next((step.time for step in steps if step.share <= _HALF), None)
    low = next((step.time for step in steps if step.share <= 0 or (step.low or 1) <= _HALF), None)
    high = next((step.time for step in steps if step.high is not None and step.high <= _HALF), None)
    return Median(value, low, high)

"""Whether groups come to an event at the same pace."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from itbkg.statistics.distributions import chi_square_tail

#: Times and, in the same order, which of them ended in the event.
Times = tuple[Sequence[float], Sequence[bool]]
#: A pivot smaller than this part of the greatest is zero but for rounding.
_NOTHING = 1e-10


@dataclass(frozen=True, slots=True)
class GroupOfTimes:
    """A group in the test: its size, its events, and how many there would be were all groups alike."""

    name: str
    n: int
    observed: int
    expected: float


@dataclass(frozen=True, slots=True)
class LogRank:
    """The test over all groups; `chi_square` and `p` are None where no two groups were ever at risk together."""

    groups: tuple[GroupOfTimes, ...]
    chi_square: float | None
    freedom: int
    p: float | None


def log_rank(groups: Mapping[str, Times]) -> LogRank:
    """Test whether groups, each given with times and which of them ended in the event, have one curve.

    Mantel N. Evaluation of survival data and two new rank order statistics. Cancer Chemother Rep 1966;50:163-170; for
    more than two groups Peto R, Peto J. Asymptotically efficient rank invariant test procedures. J R Stat Soc A
    1972;135:185-207, with the hypergeometric variance. The degrees of freedom are the rank of that variance: one less
    than the groups, unless some were never at risk beside others.
    """
    names = list(groups)
    observed, expected, variance = _summed(list(groups.values()))
    excess = [seen - due for seen, due in zip(observed, expected, strict=True)]
    value, freedom = _quadratic(variance, excess)
    told = tuple(
        GroupOfTimes(name, len(groups[name][0]), seen, due)
        for name, seen, due in zip(names, observed, expected, strict=True)
    )
    if not freedom:
        return LogRank(told, None, 0, None)
    return LogRank(told, value, freedom, chi_square_tail(value, freedom))


def _summed(groups: Sequence[Times]) -> tuple[list[int], list[float], list[list[float]]]:
    """Sum events, expected events and their variance over all times at which there was an event."""
    observed, expected = [0] * len(groups), [0.0] * len(groups)
    variance = [[0.0] * len(groups) for _ in groups]
    for at_risk, dead in _counted(groups):
        n, d = sum(at_risk), sum(dead)
        spread = d * (n - d) / (n * n * (n - 1)) if n > 1 else 0.0
        for one, (here, died) in enumerate(zip(at_risk, dead, strict=True)):
            observed[one] += died
            expected[one] += d * here / n
            for other, there in enumerate(at_risk):
                variance[one][other] += spread * here * ((n if one == other else 0) - there)
    return observed, expected, variance


def _counted(groups: Sequence[Times]) -> Iterator[tuple[list[int], list[int]]]:
    """Yield, for each time with an event, how many of each group were at risk and how many had it."""
    dead = [Counter(time for time, event in zip(*group, strict=True) if event) for group in groups]
    for time in sorted(set().union(*dead)):
        yield [sum(other >= time for other in times) for times, _ in groups], [one[time] for one in dead]


def _quadratic(matrix: list[list[float]], vector: list[float]) -> tuple[float, int]:
    """Return v' M⁻ v and the rank of M, by Cholesky's elimination with the greatest pivot first."""
    rows, right = [list(row) for row in matrix], list(vector)
    left, value, rank = set(range(len(right))), 0.0, 0
    least = _NOTHING * max((rows[place][place] for place in left), default=0.0)
    while left and rows[pivot := max(left, key=lambda place: (rows[place][place], -place))][pivot] > least:
        left.remove(pivot)
        rank += 1
        value += right[pivot] ** 2 / rows[pivot][pivot]
        for row in left:
            share = rows[row][pivot] / rows[pivot][pivot]
            right[row] -= share * right[pivot]
            for column in left:
                rows[row][column] -= share * rows[pivot][column]
    return value, rank

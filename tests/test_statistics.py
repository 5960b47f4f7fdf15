"""The statistics: equal to SciPy, statsmodels and lifelines, by hand where these do not go, defined at the edges."""

import json
import math
import subprocess
import sys
import warnings
from collections.abc import Callable, Iterator
from fractions import Fraction
from itertools import product
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

with warnings.catch_warnings():
    warnings.simplefilter("ignore")  # what other people's packages use that is to go is not ours to mend
    import lifelines
    import numpy as np
    from lifelines.statistics import multivariate_logrank_test
    from lifelines.utils import median_survival_times
    from scipy import stats
    from scipy.stats import contingency
    from statsmodels.stats.multitest import multipletests
    from statsmodels.stats.proportion import confint_proportions_2indep, proportion_confint

from itbkg.statistics import (
    NotTested,
    benjamini_hochberg,
    bounds,
    chi_square_tail,
    fisher,
    kaplan_meier,
    log_rank,
    mid_p,
    normal_quantile,
    odds_ratio,
    risk,
    risk_difference,
    why_not_tested,
)
from itbkg.statistics.tables import tables
from tests.conftest import TESTS

FIXTURES: dict[str, Any] = json.loads((TESTS / "statistics.json").read_text("utf-8"))
TABLES: list[tuple[int, int, int, int]] = [tuple(table) for table in FIXTURES["tables"]]
COUNT = st.integers(0, 40)
LEVELS = (0.8, 0.95, 0.99)


def near(value: float | None, other: float) -> bool:
    """Say whether two numbers are equal to 1e-9; None is what the other says by nan or infinity."""
    if value is None:
        return math.isnan(other) or math.isinf(other)
    return value == pytest.approx(other, rel=1e-9, abs=1e-9)


# --- risks -----------------------------------------------------------------------------------


@pytest.mark.parametrize("level", LEVELS)
@pytest.mark.parametrize(("n", "of"), FIXTURES["shares"])
def test_an_interval_of_a_risk_is_wilsons(n: int, of: int, level: float) -> None:
    """Another interval than the one that is named would be shown, or none at 0 of N and N of N."""
    ours = risk(n, of, level=level)
    low, high = proportion_confint(n, of, alpha=1 - level, method="wilson")
    assert near(ours.low, low)
    assert near(ours.high, high)
    assert ours.share == n / of


def test_a_risk_of_none_is_undefined() -> None:
    """An empty cohort would be a division by zero, or a risk of 0 %."""
    assert (risk(0, 0).share, risk(0, 0).low, risk(0, 0).high) == (None, None, None)
    assert (bounds(0, 0, 0).low, bounds(0, 0, 0).high) == (None, None)
    assert risk_difference(0, 0, 1, 1).value is None
    assert risk_difference(1, 1, 0, 0).low is None


@pytest.mark.parametrize(
    ("counts", "low", "high"),
    [
        ((3, 5, 2), Fraction(3, 10), Fraction(5, 10)),  # by hand: 3 of 10 were the 2 absent, 5 of 10 were they present
        ((0, 0, 7), Fraction(0), Fraction(1)),
        ((4, 0, 0), Fraction(1), Fraction(1)),
        ((0, 4, 0), Fraction(0), Fraction(0)),
        ((1, 0, 3), Fraction(1, 4), Fraction(1)),
        ((2, 34, 12), Fraction(2, 48), Fraction(14, 48)),
    ],
)
def test_bounds_are_those_computed_by_hand(counts: tuple[int, int, int], low: Fraction, high: Fraction) -> None:
    """What is not reported would be counted as absent without being said."""
    found = bounds(*counts)
    assert (found.low, found.high) == (float(low), float(high))


@given(present=COUNT, absent=COUNT, untold=st.lists(st.booleans(), max_size=20))
def test_every_truth_lies_within_the_bounds(present: int, absent: int, untold: list[bool]) -> None:
    """Some way in which the unreported can have been would be ruled out."""
    found = bounds(present, absent, len(untold))
    if present + absent + len(untold):
        truth = (present + sum(untold)) / (present + absent + len(untold))
        assert found.low is not None
        assert found.high is not None
        assert found.low <= truth <= found.high


@pytest.mark.parametrize("level", LEVELS)
@pytest.mark.parametrize("table", TABLES)
def test_a_difference_is_newcombes(table: tuple[int, int, int, int], level: float) -> None:
    """Another interval than the one that is named would be shown."""
    a, b, c, d = table
    ours = risk_difference(a, b, c, d, level=level)
    if not (a + b and c + d):
        assert ours.value is None
        return
    low, high = confint_proportions_2indep(a, a + b, c, c + d, method="newcomb", compare="diff", alpha=1 - level)
    assert near(ours.low, low)
    assert near(ours.high, high)
    assert near(ours.value, a / (a + b) - c / (c + d))


def test_a_difference_is_that_of_newcombes_paper() -> None:
    """The formula would be another than that of the paper: its table II, 56/70 against 48/80, 9/10 against 3/10."""
    assert [
        round(end or 0, 4) for end in (risk_difference(56, 14, 48, 32).low, risk_difference(56, 14, 48, 32).high)
    ] == [
        0.0524,
        0.3339,
    ]
    found = risk_difference(9, 1, 3, 7)
    assert (round(found.low or 0, 4), round(found.high or 0, 4)) == (0.1705, 0.8090)


# --- tables of two by two ----------------------------------------------------------------------


@pytest.mark.parametrize("table", TABLES)
def test_a_p_value_is_fishers(table: tuple[int, int, int, int]) -> None:
    """A p-value would not be that of the exact test, at zeros and equal probabilities least of all."""
    a, b, c, d = table
    assert near(fisher(a, b, c, d), stats.fisher_exact([[a, b], [c, d]]).pvalue)


@pytest.mark.parametrize(
    ("table", "p"),
    [((3, 1, 1, 3), 0.25714), ((7, 27, 1, 33), 0.02966), ((9, 4, 4, 10), 0.03914), ((0, 16, 15, 57), 0.04466),
     ((745, 3, 127, 2), 0.09193)],
)  # fmt: skip
def test_a_mid_p_is_that_of_the_book(table: tuple[int, int, int, int], p: float) -> None:
    """Another mid-p than the one that is named: Fagerland and others 2017, chapter 4, by R contingencytables."""
    assert round(mid_p(*table), 5) == p


@given(COUNT, COUNT, COUNT, COUNT)
def test_exact_p_values_are_those_of_fractions(a: int, b: int, c: int, d: int) -> None:
    """A table as probable as the observed one would be left out for rounding, or half too much be taken."""
    row, column, total = a + b, a + c, a + b + c + d
    ways = {
        first: math.comb(row, first) * math.comb(total - row, column - first)
        for first in range(max(0, column - (total - row)), min(row, column) + 1)
    }
    rarer = Fraction(sum(way for way in ways.values() if way < ways[a]), sum(ways.values()))
    alike = Fraction(sum(way for way in ways.values() if way == ways[a]), sum(ways.values()))
    assert near(fisher(a, b, c, d), float(rarer + alike))
    assert near(mid_p(a, b, c, d), float(rarer + alike / 2))
    assert tables(a, b, c, d).ways == tuple(ways.values())


@pytest.mark.parametrize("level", LEVELS)
@pytest.mark.parametrize("table", TABLES)
def test_an_odds_ratio_is_the_conditional_one(table: tuple[int, int, int, int], level: float) -> None:
    """The ratio or its exact interval would be another, or a zero in the table be no answer."""
    a, b, c, d = table
    ours = odds_ratio(a, b, c, d, level=level)
    if 0 in (a + b, c + d, a + c, b + d):
        assert (ours.value, ours.low, ours.high) == (None, None, None)
        return
    theirs = contingency.odds_ratio([[a, b], [c, d]], kind="conditional")
    interval = theirs.confidence_interval(level)
    assert near(ours.value, theirs.statistic)
    assert near(ours.low, interval.low)
    assert near(ours.high, interval.high)


@given(st.integers(0, 60), st.integers(0, 60), st.integers(0, 60), st.integers(0, 60))
def test_an_odds_ratio_solves_its_equations(a: int, b: int, c: int, d: int) -> None:
    """The search for a root would stop short of it, or run away, on a table that no fixture has."""
    found = odds_ratio(a, b, c, d)
    if found.low is None:
        assert 0 in (a + b, c + d, a + c, b + d)
        return
    if found.value:
        expected, _, _ = _noncentral(a, b, c, d, found.value)
        assert expected == pytest.approx(a, rel=1e-9)
    if found.low:
        assert _noncentral(a, b, c, d, found.low)[1] == pytest.approx(0.025, rel=1e-8)
    if found.high is not None:
        assert _noncentral(a, b, c, d, found.high)[2] == pytest.approx(0.025, rel=1e-8)
    assert (found.high is None) == (a == min(a + b, a + c))
    turned = odds_ratio(b, a, d, c)
    assert near(turned.low, 1 / found.high if found.high else 0)


def _noncentral(a: int, b: int, c: int, d: int, ratio: float) -> tuple[float, float, float]:
    """Return mean, and the probabilities of `a` or more and of `a` or less, by logarithms."""
    every = tables(a, b, c, d)
    logs = [math.log(ways) + place * math.log(ratio) for place, ways in enumerate(every.ways)]
    shares = [math.exp(log - max(logs)) for log in logs]
    total, seen = math.fsum(shares), every.observed
    mean = math.fsum(share * (every.lowest + place) for place, share in enumerate(shares)) / total
    return mean, math.fsum(shares[seen:]) / total, math.fsum(shares[: seen + 1]) / total


def test_an_odds_ratio_is_that_of_r() -> None:
    """R's own example, the criminal twins of Fisher 1962, would come out otherwise than in R's manual."""
    found = odds_ratio(2, 10, 15, 3)
    assert found.value == pytest.approx(0.04693661, rel=1e-5)
    assert found.low == pytest.approx(0.003325764, rel=3e-3)  # R looks for a root to four digits
    assert found.high == pytest.approx(0.363182271, rel=1e-4)
    assert fisher(2, 10, 15, 3) == pytest.approx(0.0005367, rel=1e-4)


# --- many tests ----------------------------------------------------------------------------------


@given(st.lists(st.one_of(st.none(), st.floats(0, 1)), max_size=30))
def test_adjusted_p_values_are_those_of_benjamini_and_hochberg(ps: list[float | None]) -> None:
    """A pair that was not tested would count among the tests, or lose its place."""
    made = [p for p in ps if p is not None]
    ours = benjamini_hochberg(ps)
    assert [one is None for one in ours] == [p is None for p in ps]
    if made:
        theirs = multipletests(made, method="fdr_bh")[1]
        assert all(near(one, other) for one, other in zip((p for p in ours if p is not None), theirs, strict=True))


def test_nothing_adjusted_is_nothing() -> None:
    """A table in which no pair is tested would be an error."""
    assert benjamini_hochberg([]) == ()
    assert benjamini_hochberg([None, None]) == (None, None)
    assert benjamini_hochberg([0.04]) == (0.04,)


@pytest.mark.parametrize(
    ("table", "implied", "reason"),
    [
        ((5, 0, 0, 5), True, NotTested.IMPLIED),
        ((5, 0, 3, 0), False, NotTested.NO_VARIATION),
        ((0, 5, 0, 3), False, NotTested.NO_VARIATION),
        ((5, 5, 0, 0), False, NotTested.NO_VARIATION),
        ((2, 5, 3, 4), False, NotTested.TOO_FEW_CASES),
        ((0, 5, 3, 4), False, NotTested.TOO_FEW_CASES),
        ((3, 5, 3, 4), False, None),
    ],
)
def test_the_reason_for_no_test_is_the_right_one(
    table: tuple[int, int, int, int],
    implied: bool,
    reason: NotTested | None,
) -> None:
    """A cell under three would get a p-value, or a reader would look for what is no mystery."""
    assert why_not_tested(*table, implied=implied) is reason


# --- times -----------------------------------------------------------------------------------


@pytest.mark.parametrize("level", LEVELS)
@pytest.mark.parametrize("name", FIXTURES["times"])
def test_a_curve_is_kaplans_and_meiers(name: str, level: float) -> None:
    """Shares, Greenwood's variance, log-log intervals or the numbers at risk would be others."""
    times, events = FIXTURES["times"][name]["times"], FIXTURES["times"][name]["events"]
    ours = kaplan_meier(times, events, level=level)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        fitted = lifelines.KaplanMeierFitter(alpha=1 - level).fit(times, events)
        limits = fitted.confidence_interval_.to_numpy()
    shares = dict(zip(fitted.survival_function_.index, fitted.survival_function_.to_numpy()[:, 0], strict=True))
    ends = dict(zip(fitted.survival_function_.index, limits, strict=True))
    table = fitted.event_table
    for step in ours.steps:
        row = table.loc[step.time]
        assert (step.at_risk, step.events, step.censored) == (row["at_risk"], row["observed"], row["censored"])
        assert near(step.share, shares[step.time])
        if step.low is not None and step.high is not None:
            assert near(step.low, ends[step.time][0])
            assert near(step.high, ends[step.time][1])
        else:
            assert step.share in (0, 1)
    assert near(ours.median.value, fitted.median_survival_time_)


@pytest.mark.parametrize("name", FIXTURES["times"])
def test_a_variance_is_greenwoods(name: str) -> None:
    """The standard error would be another than the one that is named."""
    times, events = FIXTURES["times"][name]["times"], FIXTURES["times"][name]["events"]
    for step in kaplan_meier(times, events).steps:
        done = [(one, sum(t >= one for t in times)) for one in sorted(set(times)) if one <= step.time]
        dead = {one: sum(e for t, e in zip(times, events, strict=True) if t == one) for one, _ in done}
        parts = [Fraction(dead[one], n * (n - dead[one])) for one, n in done if n > dead[one]]
        assert near(step.deviation, step.share * math.sqrt(sum(parts, Fraction(0))))


@pytest.mark.parametrize("name", ["freireich", "some censored", "ties"])
def test_the_interval_of_a_median_is_brookmeyers_and_crowleys(name: str) -> None:
    """The median would look surer than it is."""
    times, events = FIXTURES["times"][name]["times"], FIXTURES["times"][name]["events"]
    ours = kaplan_meier(times, events).median
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        fitted = lifelines.KaplanMeierFitter().fit(times, events)
        low, high = median_survival_times(fitted.confidence_interval_).to_numpy()[0]
    assert near(ours.low, low)
    assert near(ours.high, high)


def test_a_curve_of_nobody_and_of_one() -> None:
    """An empty cohort or a single case would be an error, or look like knowledge."""
    nobody, one, censored = kaplan_meier([], []), kaplan_meier([5.0], [True]), kaplan_meier([5.0], [False])
    assert (nobody.n, nobody.steps, nobody.median.value) == (0, (), None)
    assert [(step.share, step.low, step.high) for step in one.steps] == [(0.0, None, None)]
    assert (one.median.value, one.median.high) == (5.0, None)
    assert [(step.share, step.low) for step in censored.steps] == [(1.0, None)]
    assert censored.median.value is None
    assert [one.at_risk(time) for time in (0, 5, 6)] == [1, 1, 0]


@pytest.mark.parametrize("groups", FIXTURES["groups"], ids=map(str, range(len(FIXTURES["groups"]))))
def test_a_log_rank_test_is_that_of_lifelines(groups: list[str]) -> None:
    """The test of two groups, or of more, would have another statistic, other degrees of freedom or another p."""
    given = {name: (FIXTURES["times"][name]["times"], FIXTURES["times"][name]["events"]) for name in groups}
    ours = log_rank(given)
    times = np.concatenate([times for times, _ in given.values()])
    names = np.concatenate([[name] * len(times) for name, (times, _) in given.items()])
    events = np.concatenate([events for _, events in given.values()])
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        theirs = multivariate_logrank_test(times, names, events)
    assert ours.freedom == len(groups) - 1
    assert near(ours.chi_square, theirs.test_statistic)
    assert near(ours.p, theirs.p_value)
    assert sum(one.observed for one in ours.groups) == pytest.approx(sum(one.expected for one in ours.groups))


def test_a_log_rank_test_of_what_cannot_be_compared_has_no_p() -> None:
    """Groups of which one is never at risk beside the other, or one group alone, would get a p-value."""
    assert log_rank({}).p is None
    assert log_rank({"a": ([1.0, 2.0], [True, True])}).p is None
    assert log_rank({"a": ([1.0], [False]), "b": ([5.0, 6.0], [True, True])}).p is None
    assert log_rank({"a": ([1.0], [False]), "b": ([2.0], [False])}).chi_square is None


def test_a_group_that_is_never_at_risk_takes_no_degree_of_freedom() -> None:
    """A group censored before any event would make a difference look smaller than it is."""
    two = {
        name: (FIXTURES["times"][name]["times"], FIXTURES["times"][name]["events"]) for name in ("freireich", "placebo")
    }
    beside = log_rank(two | {"none": ([0.5, 0.5], [False, False])})
    assert beside.freedom == 1
    assert beside.p == pytest.approx(log_rank(two).p)


# --- what they rest on ---------------------------------------------------------------------------


@pytest.mark.parametrize("level", [0.5, 0.8, 0.9, 0.95, 0.99, 0.999])
def test_quantiles_are_those_of_the_normal(level: float) -> None:
    """All intervals would be too wide or too narrow."""
    assert near(normal_quantile(level), stats.norm.ppf((1 + level) / 2))


@pytest.mark.parametrize(("value", "freedom"), list(product((0.0, 1e-9, 0.5, 3.84, 30.0, 400.0), range(1, 9))))
def test_tails_are_those_of_the_chi_square(value: float, freedom: int) -> None:
    """The p-values of log-rank tests would be wrong for some number of groups."""
    assert chi_square_tail(value, freedom) == pytest.approx(stats.chi2.sf(value, freedom), rel=1e-9, abs=1e-300)


@pytest.mark.parametrize(
    "call",
    [
        lambda: risk(3, 2),
        lambda: risk(-1, 2),
        lambda: bounds(1, -1, 0),
        lambda: risk_difference(-1, 2, 3, 4),
        lambda: fisher(-1, 2, 3, 4),
        lambda: mid_p(1, 2, 3, -4),
        lambda: odds_ratio(1, 2, -3, 4),
        lambda: odds_ratio(1, 2, 3, 4, level=1.0),
        lambda: risk(1, 2, level=0.0),
        lambda: benjamini_hochberg([1.5]),
        lambda: benjamini_hochberg([math.nan]),
        lambda: kaplan_meier([-1.0], [True]),
        lambda: kaplan_meier([math.nan], [True]),
        lambda: kaplan_meier([1.0, 2.0], [True]),
    ],
)
def test_what_cannot_be_is_refused(call: Callable[[], object]) -> None:
    """A slip of the caller would come out as a number."""
    with pytest.raises(ValueError, match=r"\w"):
        call()


def test_no_number_is_nan_or_infinite() -> None:
    """A reader of JSON would stumble over NaN, which JSON has not."""
    for a, b, c, d in product((0, 1, 7), repeat=4):
        values = _numbers(a, b, c, d)
        assert all(value is None or math.isfinite(value) for value in values), (a, b, c, d)


def _numbers(a: int, b: int, c: int, d: int) -> Iterator[float | None]:
    ratio, difference, share, ends = (
        odds_ratio(a, b, c, d),
        risk_difference(a, b, c, d),
        risk(a, a + b),
        bounds(a, b, c),
    )
    yield from (ratio.value, ratio.low, ratio.high, difference.value, difference.low, difference.high)
    yield from (share.share, share.low, share.high, ends.low, ends.high, fisher(a, b, c, d), mid_p(a, b, c, d))


def test_importing_them_is_cheap() -> None:
    """Every command that counts would begin with the second that SciPy takes to be imported."""
    code = "import sys, itbkg.statistics; print(sorted({'scipy', 'numpy', 'pandas'} & set(sys.modules)))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=Path.cwd())
    assert done.stdout.strip() == "[]"

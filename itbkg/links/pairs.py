"""A pair of a row and a column: the cases with the row beside those known not to have it, and what sets them apart."""

from dataclasses import dataclass

from itbkg.links.categories import Category
from itbkg.links.cells import Cell, tell_cell
from itbkg.links.data import CaseData
from itbkg.links.joined import Joined
from itbkg.links.marks import Mark
from itbkg.links.strata import Dependence
from itbkg.links.testing import Reason
from itbkg.statistics import LEAST_CASES, Difference, OddsRatio, fisher, mid_p, odds_ratio, risk_difference


@dataclass(frozen=True, slots=True)
class Pair:
    """A row and a column of a table, counted.

    `group` are the cases in which the row is present, `others` those in which it is absent by the row's ground;
    `row_not_reported` cases of the cohort say neither and are in none of the two. Difference (Newcombe), odds ratio
    (conditional, exact interval), `fisher` and `mid_p` compare the two groups, counting the cases that say of the
    column; `adjusted` is Fisher's p after Benjamini and Hochberg over all pairs tested. What cannot be told is None:
    p-values of a pair that is not tested, for the reason `not_tested`, and an odds ratio whose margin is zero, or
    whose `odds_low` alone is told because it has no upper end. `marks` are what a reader must know of it.
    """

    row: Category
    column: Category
    group: Cell
    others: Cell
    row_not_reported: int
    difference: float | None
    difference_low: float | None
    difference_high: float | None
    odds_ratio: float | None
    odds_low: float | None
    odds_high: float | None
    fisher: float | None
    mid_p: float | None
    adjusted: float | None
    not_tested: Reason | None
    marks: tuple[Mark, ...]
    dependence: Dependence | None


def tell_pair(
    data: CaseData, joined: Joined, reason: Reason | None, marks: tuple[Mark, ...], dependence: Dependence | None
) -> Pair:
    """Count a pair and compare its groups; `adjusted` is left for the whole table to fill in."""
    counts = joined.counts
    difference, odds = compare(joined, reason)
    return Pair(
        row=joined.row.category,
        column=joined.column.category,
        group=tell_cell(data, joined.group),
        others=tell_cell(data, joined.others),
        row_not_reported=joined.row_not_reported,
        difference=difference.value,
        difference_low=difference.low,
        difference_high=difference.high,
        odds_ratio=odds.value,
        odds_low=odds.low,
        odds_high=odds.high,
        fisher=None if reason else fisher(*counts),
        mid_p=None if reason else mid_p(*counts),
        adjusted=None,
        not_tested=reason,
        marks=marks,
        dependence=dependence,
    )


def compare(joined: Joined, reason: Reason | None) -> tuple[Difference, OddsRatio]:
    """Return difference and odds ratio, both empty for what goes together by definition and for groups under three."""
    a, b, c, d = joined.counts
    if reason in (Reason.IMPLIED, Reason.ONE_VARIABLE) or a + b < LEAST_CASES or c + d < LEAST_CASES:
        return Difference(None, None, None), OddsRatio(None, None, None)
    return risk_difference(a, b, c, d), odds_ratio(a, b, c, d)

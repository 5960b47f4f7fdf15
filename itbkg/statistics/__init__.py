"""Statistics of counts and of times, on plain numbers: nothing here knows the graph.

All functions take counts or times and return small typed values. Intervals are of 95 % unless `level` says otherwise.
What is undefined (the risk among none, the median that no one reached) is None; nothing divides by zero and nothing is
NaN. Four counts a, b, c, d are always the table

              with      without
    group     a         b
    others    c         d

The standard library alone is used: importing scipy.special costs 0.3 s, scipy.optimize 0.4 s and scipy.stats 0.8 s,
each more than the corpus takes to be counted. The tests hold every function against SciPy, statsmodels and lifelines.
"""

from itbkg.statistics.distributions import chi_square_tail, normal_quantile
from itbkg.statistics.logrank import GroupOfTimes, LogRank, log_rank
from itbkg.statistics.multiple import LEAST_CASES, NotTested, benjamini_hochberg, why_not_tested
from itbkg.statistics.odds import OddsRatio, odds_ratio
from itbkg.statistics.proportions import Bounds, Difference, Risk, bounds, risk, risk_difference
from itbkg.statistics.survival import Curve, Median, Step, kaplan_meier
from itbkg.statistics.tables import fisher, mid_p

__all__ = [
    "LEAST_CASES",
    "Bounds",
    "Curve",
    "Difference",
    "GroupOfTimes",
    "LogRank",
    "Median",
    "NotTested",
    "OddsRatio",
    "Risk",
    "Step",
    "benjamini_hochberg",
    "bounds",
    "chi_square_tail",
    "fisher",
    "kaplan_meier",
    "log_rank",
    "mid_p",
    "normal_quantile",
    "odds_ratio",
    "risk",
    "risk_difference",
    "why_not_tested",
]

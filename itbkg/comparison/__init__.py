"""Published numbers beside those of the graph: what others counted, and how often the cases told here have it."""

from itbkg.comparison.cohorts import Shared
from itbkg.comparison.comparing import Comparison, Comparisons, LeftOut, compare_numbers, compare_one
from itbkg.comparison.counting import Share
from itbkg.comparison.reasons import COUNTING_RULE, Agreement, NotCompared

__all__ = [
    "COUNTING_RULE",
    "Agreement",
    "Comparison",
    "Comparisons",
    "LeftOut",
    "NotCompared",
    "Share",
    "Shared",
    "compare_numbers",
    "compare_one",
]

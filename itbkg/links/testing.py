"""Which pairs are tested, and for the others the reason why not."""

from collections.abc import Iterable, Mapping, Set
from enum import StrEnum

from itbkg.links.categories import Line
from itbkg.links.data import CaseData
from itbkg.statistics import NotTested, why_not_tested
from itbkg.store import PREFIX_LINES


class Reason(StrEnum):
    """Why a pair is not tested; such a pair does not count among the tests that are adjusted for.

    `implied`: one class of the pair lies above the other, is it, or follows from it by a rule for measured values.
    `one-variable`: both are of one variable whose absence is not stated but read from another being reported, or of
    which a case has one value, so that the one being there makes the other absent. `told-above`: the same pair stands
    in the table with row and column exchanged. `no-variation`: all cases that say, or none, are on one side.
    `too-few`: under three cases have both.
    """

    IMPLIED = "implied"
    ONE_VARIABLE = "one-variable"
    TOLD_ABOVE = "told-above"
    NO_VARIATION = "no-variation"
    TOO_FEW = "too-few"


_REASONS: Mapping[NotTested | None, Reason | None] = {
    None: None,
    NotTested.IMPLIED: Reason.IMPLIED,
    NotTested.NO_VARIATION: Reason.NO_VARIATION,
    NotTested.TOO_FEW_CASES: Reason.TOO_FEW,
}
#: What values of a class of measurement imply: by a threshold rule, or by lying outside of the printed range.
_IMPLIED = f"""{PREFIX_LINES}
SELECT ?kind ?finding WHERE {{
  {{ ?rule itb:ofMeasurement ?kind ; itb:impliesFinding ?finding }} UNION
  {{ ?kind itb:aboveRangeImplies|itb:belowRangeImplies ?finding }} UNION
  {{ ?rule itb:ofDelay ?kind ; itb:impliesClass ?finding }}
}}
"""


class Verdicts:
    """Says of each pair of one table why it is not tested; it is asked in the order of the table."""

    def __init__(self, data: CaseData) -> None:
        self._data = data
        self._met: set[frozenset[str]] = set()
        self._rules: dict[str, set[str]] | None = None

    def reason(self, row: Line, column: Line, counts: tuple[int, int, int, int]) -> Reason | None:
        """Return why a pair is not tested, None where it is; `counts` are a, b, c and d of its table of two by two."""
        if self._implied(row, column):
            return Reason.IMPLIED
        if _one_variable(row, column):
            return Reason.ONE_VARIABLE
        pair = frozenset((row.category.key, column.category.key))
        if pair in self._met:
            return Reason.TOLD_ABOVE
        self._met.add(pair)
        return _REASONS[why_not_tested(*counts)]

    def _implied(self, row: Line, column: Line) -> bool:
        ours, theirs = row.category.iris, column.category.iris
        if row.category.key == column.category.key:
            return True
        return self._follows(ours, theirs) or self._follows(theirs, ours)

    def _follows(self, lower: Iterable[str], upper: Iterable[str]) -> bool:
        """Say whether a class is below another, or a rule leads from it to one that is."""
        uppers = set(upper)
        for term in lower:
            reached = {term} | self._ruled(term)
            if uppers & (reached | {above for one in reached for above in self._data.above(one)}):
                return True
        return False

    def _ruled(self, term: str) -> Set[str]:
        """Return what a rule lets follow from values of a class of measurement, or of the classes above it."""
        if self._rules is None:
            self._rules = {}
            for kind, finding in self._data.store.select(_IMPLIED).texts():
                self._rules.setdefault(kind, set()).add(finding)
        kinds = {term, *self._data.above(term)}
        return {finding for kind in kinds for finding in self._rules.get(kind, ())}


def _one_variable(row: Line, column: Line) -> bool:
    """Say whether one variable makes both, and its absences are not stated."""
    years = {"year", "decade"}
    same = (
        row.category.variable == column.category.variable or {row.category.variable, column.category.variable} <= years
    )
    return same and row.category.ground in ("another reported", "another value")

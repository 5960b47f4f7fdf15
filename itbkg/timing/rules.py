"""How a window of time is read as one time."""

from enum import StrEnum


class Rule(StrEnum):
    """Which moment of a window is taken for the event."""

    MIDPOINT = "midpoint"
    EARLIEST = "earliest"
    LATEST = "latest"

    def time(self, low: float, high: float) -> float:
        """Return the moment of a window of hours that stands for it."""
        match self:
            case Rule.EARLIEST:
                return low
            case Rule.LATEST:
                return high
            case Rule.MIDPOINT:
                return (low + high) / 2


#: All rules, the one that is reported first.
RULES = tuple(Rule)

#: What every door says of them.
WINDOW_RULE = (
    "A report tells most times as a window of hours. The event is taken to be in the middle of its window; all numbers "
    "are given again with every event at the earliest and at the latest hour of its window, so that one sees how much "
    "this choice matters. A length that the report states itself goes before one read from its course. A case is "
    "censored at the hour until which it tells that the event had not come. A death before the event is such an hour "
    "too: the curve then tells how soon the event came where it still could. A case that tells neither is not "
    "reported: it is counted and named, and has no part in the curve."
)

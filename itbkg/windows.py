"""The time of a line as a window of hours from clock zero."""

from dataclasses import dataclass
from decimal import Decimal

from itbkg.records import Timed
from itbkg.vocabulary import Units


@dataclass(frozen=True, slots=True)
class Window:
    """The earliest and the latest hour at which a statement can hold; None for an end that is open."""

    earliest: Decimal | None
    latest: Decimal | None


def window(line: Timed, units: Units, *, hospital_days: bool) -> Window | None:
    """Return the window of a line, or None where it has no time that can be counted in hours.

    Hospital day n is a calendar day, and admission on day 1 may be at any hour of it: so day n lies between
    (n - 2) and n times 24 hours after admission, day 1 between 0 and 24. `hospital_days` says whether clock zero
    falls on hospital day 1.
    """
    if line.at is not None:
        return Window(*units.hours(line.at))
    if line.hospital_day is None or not hospital_days:
        return None
    day = line.hospital_day
    return Window(Decimal(max(0, (day - 2) * 24)), Decimal(day * 24))

"""Values, ages and times in the form in which people read them; the account itself keeps what the record writes."""

import math
import re

#: Units that print otherwise than UCUM codes them (the print symbols of https://ucum.org), and ages in words.
_PRINTED = {"Cel": "°C", "[degF]": "°F", "mm[Hg]": "mmHg", "cm[H2O]": "cmH2O", "10*3/uL": "×10³/µL", "10*9/L": "×10⁹/L"}
_AGES = {"a": "year", "mo": "month", "wk": "week", "d": "day", "h": "hour"}
_BOUNDS = {"<": "under", "<=": "at most", ">": "over", ">=": "at least"}
_QUANTITY = re.compile(r"(?P<bound><=|>=|<|>)? ?(?P<number>\S+) (?P<unit>\S+)")

#: Units in which a time is said, the longest first: name and hours.
_UNITS = (("mo", 730.5), ("wk", 168.0), ("d", 24.0), ("h", 1.0), ("min", 1 / 60))
#: Up to so many hours a time is said in hours, and beyond in a unit of which it is so many at least.
_HOURS, _SEVERAL = 72.0, 3
_YEARS_FROM = 24  # months


def readable_quantity(text: str) -> str:
    """Write `5..6 mg/dL` as `5 to 6 mg/dL`, `107 [degF]` as `107 °F` and `6 {score}` as `6`."""
    number, _, unit = text.rpartition(" ")
    return f"{_range(number)} {'' if unit.startswith('{') else _PRINTED.get(unit, unit)}".strip()


def readable_age(text: str) -> str:
    """Write `24 a` as `24 years`, `16..18 a` as `16 to 18 years` and `<18 a` as `under 18 years`."""
    parts = _QUANTITY.fullmatch(text)
    if parts is None or parts["unit"] not in _AGES:
        return text
    several = "" if parts["number"] == "1" else "s"
    said = f"{_range(parts['number'])} {_AGES[parts['unit']]}{several}"
    return f"{_BOUNDS[parts['bound']]} {said}" if parts["bound"] else said


def readable_months(months: float) -> str:
    """Write 36 months as `3 years`, and what is less than two years, or no whole year, in months."""
    if months >= _YEARS_FROM and months % 12 == 0:
        return f"{months / 12:g} years"
    return "1 month" if months == 1 else f"{months:g} months"


def readable_time(earliest: float | None, latest: float | None, hospital_day: int | None = None) -> str:
    """Write a window of hours in the unit that suits it: `-72 to -24 h`, `3 wk`; a day in hospital as `day 3`."""
    if hospital_day is not None:
        return f"day {hospital_day}"
    ends = [hours for hours in (earliest, latest) if hours is not None]
    if not ends:
        return ""
    unit, hours = next(unit for unit in _UNITS if _suits(ends, unit[1]))
    said = f"{' to '.join(dict.fromkeys(f'{round(end / hours, 2):g}' for end in ends))} {unit}"
    if latest is None:
        return f"from {said}"
    return f"until {said}" if earliest is None else said


def _suits(ends: list[float], hours: float) -> bool:
    longest = max(abs(end) for end in ends)
    if hours < 1:
        return True
    if hours == 1:
        return longest == 0 or longest >= _SEVERAL or (longest >= 1 and all(_short(end) for end in ends))
    return longest > _HOURS and longest >= _SEVERAL * hours and all(end % hours == 0 for end in ends)


def _short(hours: float) -> bool:
    """Tell whether two decimals hold it: ten minutes are no tidy part of an hour."""
    return math.isclose(hours, round(hours, 2))


def _range(number: str) -> str:
    return number.replace("..", " to ")

"""Times of a health record that tell no date: ages as ISO 8601 durations, and windows of hours from clock zero.

A window is written as a code, `itbtime:0..48h`, because a Phenopacket has no other place for a time that is neither an
age nor a date. `itbtime:day3` is a hospital day, `itbtime:every6h` the time between doses, `itbtime:age>89a` an age
without an upper bound.
"""

import re
from decimal import Decimal

from itbkg.exports.tables.facts import Facts
from itbkg.namespaces import ITB
from itbkg.records.quantity import QuantityValue, parse_quantity

PREFIX = "itbtime"
#: Stands in the label of a time before the moment from which it is counted.
FROM = " from "
#: The designators of ISO 8601 (section 5.5.2.1) by UCUM code.
DESIGNATORS = {"a": "Y", "mo": "M", "wk": "W", "d": "D"}
_DURATION = re.compile(r"P(?P<number>[0-9]+(?:\.[0-9]+)?)(?P<designator>[YMWD])")


def time_code(facts: Facts, node: str, clock: str) -> tuple[str, str] | None:
    """Return the code of a statement's time and how it reads, `clock` named; None where it has none."""
    day = facts.any(node, str(ITB.hospitalDay))
    if day:
        return f"{PREFIX}:day{day}", f"hospital day {day}"
    low, high = (facts.any(node, str(end)) for end in (ITB.earliestHours, ITB.latestHours))
    if not low and not high:
        return None
    span = low if low == high else f"{low}..{high}"
    return f"{PREFIX}:{span}h", f"{span} h{FROM}{clock}"


def read_time_code(code: str) -> dict[str, str | int] | None:
    """Read a code of a time back as the keys of a record's line; None where it is none."""
    local = code.removeprefix(f"{PREFIX}:")
    if local == code:
        return None
    if local.removeprefix("day").isdecimal():
        return {"hospital_day": int(local.removeprefix("day"))}
    low, dots, high = local.removesuffix("h").partition("..")
    if (
        not local.endswith("h")
        or not (low or high)
        or not all(re.fullmatch(r"-?[0-9]+(\.[0-9]+)?", end) for end in (low, high) if end)
    ):
        return None
    if not dots:
        return {"at": f"{low} h"}
    return {"at": f"<={high} h" if not low else f">={low} h" if not high else f"{low}..{high} h"}


def interval_code(text: str) -> tuple[str, str]:
    """Return the code of a time between doses and how it reads."""
    return f"{PREFIX}:every{text.replace(' ', '')}", f"every {text}"


def read_interval_code(code: str) -> str | None:
    """Read a time between doses back; None where it is none."""
    parts = re.fullmatch(rf"{PREFIX}:every([<>=0-9.]+)([a-z]+)", code)
    return f"{parts[1]} {parts[2]}" if parts else None


def age_element(text: str) -> dict[str, object]:
    """Return an age as a TimeElement: an age, a range of ages, or a code where there is no upper bound."""
    age = parse_quantity(text)
    low, high = (None if end is None else iso_duration(end, age.unit) for end in (age.minimum, age.maximum))
    if high is None:
        return {"ontologyClass": {"id": f"{PREFIX}:age{text.replace(' ', '')}", "label": f"age {text}"}}
    if low == high:
        return {"age": {"iso8601duration": high}}
    start = low or iso_duration(Decimal(0), age.unit)
    return {"ageRange": {"start": {"iso8601duration": start}, "end": {"iso8601duration": high}}}


def read_age_code(code: str) -> str | None:
    """Read an age without an upper bound back; None where it is none."""
    parts = re.fullmatch(rf"{PREFIX}:age([<>=]+[0-9.]+)([a-z]+)", code)
    return f"{parts[1]} {parts[2]}" if parts else None


def iso_duration(value: Decimal, unit: str) -> str:
    """Write a duration of one unit: 24 a is P24Y."""
    return f"P{value}{DESIGNATORS[unit]}"


def read_duration(text: str) -> QuantityValue | None:
    """Read a duration of one unit back; None where it has several, or is none."""
    parts = _DURATION.fullmatch(text)
    units = {letter: unit for unit, letter in DESIGNATORS.items()}
    return parse_quantity(f"{parts['number']} {units[parts['designator']]}") if parts else None

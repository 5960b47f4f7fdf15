"""The lines of a draft's course in the order of their times, and told apart where two would bear one name."""

from collections import Counter
from decimal import Decimal
from typing import Any

from itbkg.drafts.draft import Part
from itbkg.naming import slug
from itbkg.records.quantity import parse_quantity
from itbkg.vocabulary import Vocabulary

_FIRST, _LAST = Decimal("-Infinity"), Decimal("Infinity")


def in_order(lines: list[Part], vocabulary: Vocabulary) -> list[Part]:
    """Sort lines by when they can have begun, those without a time last, and give a line an id where it needs one."""
    return _told_apart(sorted(lines, key=lambda line: _begun(line, vocabulary)))


def _begun(line: Part, vocabulary: Vocabulary) -> Decimal:
    if "at" in line:
        low, _ = vocabulary.units.hours(parse_quantity(line["at"]))
        return _FIRST if low is None else low
    return Decimal(max(0, (line["hospital_day"] - 2) * 24)) if "hospital_day" in line else _LAST


def _told_apart(lines: list[Part]) -> list[Part]:
    seen: Counter[tuple[Any, ...]] = Counter()
    for line in lines:
        kind = next(iter(line))
        name = (kind, slug(str(line[kind])), line.get("at"), line.get("hospital_day"))
        seen[name] += 1
        if seen[name] > 1 and "id" not in line:
            line["id"] = slug(f"{line[kind]} {seen[name]}")[:64]
    return lines

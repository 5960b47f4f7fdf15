"""Numbers of numeric questions: read from a statement, and converted exactly where another unit is wanted."""

from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

from itbkg.errors import NotFoundError, ParameterError
from itbkg.teaching.asking import Desk

#: Digits after the point of a converted number, and half of the last of them: how far an answer may be off.
_PLACES = Decimal("0.01")
_ROUNDING = 0.05


def converted(desk: Desk, number: float, unit: str, wanted: str) -> float:
    """Convert a number between units of one dimension, to two decimal places.

    Raises NotFoundError for a unit that the ontology does not list, ParameterError for one of another dimension.
    """
    for code in (unit, wanted):
        if code not in desk.units:
            raise NotFoundError("UCUM unit", code)
    source, target = desk.units[unit], desk.units[wanted]
    if source["dimension"] != target["dimension"]:
        raise ParameterError(f"'{unit}' does not convert to '{wanted}'; name a unit of {source['dimension']}")
    exact = (Fraction(str(number)) + _offset(source["offset"])) * Fraction(source["factor"]) / Fraction(
        target["factor"]
    ) - _offset(target["offset"])
    return float((Decimal(exact.numerator) / Decimal(exact.denominator)).quantize(_PLACES, ROUND_HALF_UP))


def allowance(number: float, given: str | None, *, is_converted: bool) -> float:
    """Say how far an answer may be off: what is given, a rounding where a unit was converted, and else nothing."""
    if given is not None:
        return float(given)
    return _ROUNDING if is_converted and number else 0.0


def _offset(text: str) -> Fraction:
    return Fraction(text or "0")

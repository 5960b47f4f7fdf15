"""A value with its unit, as a record writes it: `5250 U/L`, `<0.02 ug/mL`, `5..6 mg/dL`, `-72..-24 h`."""

import re
from dataclasses import dataclass
from decimal import Decimal
from typing import Annotated, Any, Literal, get_args

from pydantic import AfterValidator, BeforeValidator, PlainSerializer, ValidationInfo, WithJsonSchema

Comparator = Literal["<", "<=", ">", ">="]

_NUMBER = r"-?[0-9]{1,12}(?:\.[0-9]{1,6})?"
PATTERN = rf"^(?:(?:<|<=|>|>=) ?{_NUMBER}|{_NUMBER}(?:\.\.{_NUMBER})?) \S{{1,20}}$"
_PARTS = re.compile(
    rf"(?:(?P<comparator><=|>=|<|>) ?)?(?P<low>{_NUMBER})(?:\.\.(?P<high>{_NUMBER}))? (?P<unit>\S{{1,20}})"
)


@dataclass(frozen=True, slots=True)
class QuantityValue:
    """A number, a range or a bound, with a UCUM unit code (https://ucum.org).

    `minimum` is None where only an upper bound is known, `maximum` where only a lower one is;
    `text` is what the record says, trailing zeros kept.
    """

    minimum: Decimal | None
    maximum: Decimal | None
    comparator: Comparator | None
    unit: str
    text: str


def parse_quantity(given: Any) -> QuantityValue:
    """Read a quantity; ValueError, with an example of the right form, where the text is none."""
    if isinstance(given, QuantityValue):
        return given
    parts = _PARTS.fullmatch(given) if isinstance(given, str) else None
    if parts is None or (parts["comparator"] and parts["high"]):
        raise ValueError(f"'{given}' is no value with a unit; write it like '40.3 Cel', '<0.02 ug/mL' or '5..6 mg/dL'")
    low, high = Decimal(parts["low"]), Decimal(parts["high"] or parts["low"])
    if high < low:
        raise ValueError(f"'{given}' runs backwards; write the lower number first")
    return _bounded(low, high, parts["comparator"], parts["unit"], given)


def _known_unit(quantity: QuantityValue, info: ValidationInfo) -> QuantityValue:
    """Ask the `unit` function of the validation context, where one is given, whether it knows the unit."""
    if info.context:
        info.context["unit"](quantity.unit)
    return quantity


def _bounded(low: Decimal, high: Decimal, comparator: str | None, unit: str, text: str) -> QuantityValue:
    sign = next((known for known in get_args(Comparator) if known == comparator), None)
    lowest = None if sign in ("<", "<=") else low
    highest = None if sign in (">", ">=") else high
    return QuantityValue(lowest, highest, sign, unit, text)


Quantity = Annotated[
    QuantityValue,
    BeforeValidator(parse_quantity),
    AfterValidator(_known_unit),
    PlainSerializer(lambda quantity: quantity.text, return_type=str),
    WithJsonSchema({"type": "string", "pattern": PATTERN, "examples": ["5250 U/L", "<0.02 ug/mL", "5..6 mg/dL"]}),
]

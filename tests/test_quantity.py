"""Quantities as a record writes them."""

import re
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from itbkg.records.quantity import PATTERN, parse_quantity

NUMBERS = st.from_regex(r"-?[0-9]{1,12}(\.[0-9]{1,6})?", fullmatch=True, alphabet=st.characters(codec="ascii"))
UNITS = st.sampled_from(["U/L", "ug/mL", "Cel", "{score}", "10*3/uL", "%"])
BOUNDS = st.sampled_from(["<", "<=", ">", ">="])


@pytest.mark.parametrize(
    ("text", "minimum", "maximum", "comparator", "unit"),
    [
        ("5250 U/L", "5250", "5250", None, "U/L"),
        ("<0.02 ug/mL", None, "0.02", "<", "ug/mL"),
        ("<= 3 h", None, "3", "<=", "h"),
        (">=7 d", "7", None, ">=", "d"),
        ("> 7 d", "7", None, ">", "d"),
        ("5..6 mg/dL", "5", "6", None, "mg/dL"),
        ("-72..-24 h", "-72", "-24", None, "h"),
        ("2.0 {INR}", "2.0", "2.0", None, "{INR}"),
    ],
)
def test_a_quantity_is_read(
    text: str, minimum: str | None, maximum: str | None, comparator: str | None, unit: str
) -> None:
    """A bound or a range would be stored as another number."""
    quantity = parse_quantity(text)
    ends = tuple(None if end is None else Decimal(end) for end in (minimum, maximum))
    assert (quantity.minimum, quantity.maximum) == ends
    assert (quantity.comparator, quantity.unit, quantity.text) == (comparator, unit, text)


@pytest.mark.parametrize(
    "text",
    [
        *("", "5", "h", "5h", "5  h", " 5 h", "5 h ", "5 h\n", "5,0 h", "1e3 h", ".5 h", "5. h", "+5 h", "~5 h"),
        *("<3..5 h", "5-6 h", "٣ h", "NaN h", "5 mg per day", "1234567890123 h"),
    ],
)
def test_other_text_is_refused_with_an_example(text: str) -> None:
    """A slip would be read as some number."""
    with pytest.raises(ValueError, match=r"is no value with a unit; write it like '40\.3 Cel'"):
        parse_quantity(text)


@pytest.mark.parametrize("given_value", [5, 5.0, None, ["5 h"], {"value": 5}])
def test_what_is_no_text_is_refused(given_value: object) -> None:
    """A bare number would have no unit."""
    with pytest.raises(ValueError, match="is no value with a unit"):
        parse_quantity(given_value)


def test_a_range_that_runs_backwards_is_refused() -> None:
    """A window would end before it begins."""
    with pytest.raises(ValueError, match=r"'6\.\.5 h' runs backwards; write the lower number first"):
        parse_quantity("6..5 h")


@given(number=NUMBERS, unit=UNITS)
def test_a_single_value_is_both_of_its_ends(number: str, unit: str) -> None:
    """A digit would be lost between text and number."""
    quantity = parse_quantity(f"{number} {unit}")
    assert quantity.minimum == quantity.maximum == Decimal(number)
    assert quantity.text == f"{number} {unit}"


@given(ends=st.tuples(NUMBERS, NUMBERS), unit=UNITS)
def test_a_range_keeps_its_ends_in_order(ends: tuple[str, str], unit: str) -> None:
    """A range would change on its way."""
    low, high = sorted(ends, key=Decimal)
    quantity = parse_quantity(f"{low}..{high} {unit}")
    assert (quantity.minimum, quantity.maximum) == (Decimal(low), Decimal(high))


@given(bound=BOUNDS, number=NUMBERS, blank=st.sampled_from(["", " "]), unit=UNITS)
def test_a_bound_leaves_the_other_end_open(bound: str, number: str, blank: str, unit: str) -> None:
    """'less than' would count as a value that was measured."""
    quantity = parse_quantity(f"{bound}{blank}{number} {unit}")
    assert quantity.comparator == bound
    assert [quantity.minimum, quantity.maximum].count(None) == 1
    assert (quantity.minimum is None) == (bound in ("<", "<="))


@given(bound=st.sampled_from(["", "<", "<=", ">", ">="]), number=NUMBERS, unit=UNITS)
def test_reading_what_was_read_changes_nothing(bound: str, number: str, unit: str) -> None:
    """A record that is written and read again would drift."""
    quantity = parse_quantity(f"{bound}{number} {unit}")
    assert parse_quantity(quantity) is quantity
    assert parse_quantity(quantity.text) == quantity


@given(st.text(alphabet="0123456789.-<>= hmgµ\n", max_size=14))
def test_reader_and_editor_accept_the_same_texts(text: str) -> None:
    """The JSON Schema would show red what the build takes, or the other way round."""
    try:
        parse_quantity(text)
        accepted = True
    except ValueError as error:
        accepted = "runs backwards" in str(error)
    assert accepted == bool(re.fullmatch(PATTERN, text))

"""Units of measure: every row of the ontology held against UCUM, as ucumvert and pint read it."""

from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from ucumvert import PintUcumRegistry

from itbkg.errors import NotFoundError, OntologyError
from itbkg.vocabulary import Units, Vocabulary
from itbkg.vocabulary.units import shorten
from tests.conftest import PROJECT

UNITS = Vocabulary.read(PROJECT / "ontology").units
UCUM = PintUcumRegistry()
#: Dimensions whose base unit is worth 1 of something that UCUM has no unit for: it annotates the unity.
ANNOTATED = {"score", "ratio of clotting times", "ratio of odds"}


def ucum(code: str) -> Any:
    """Read a UCUM code; a bare annotation stands for the unity (UCUM section 6)."""
    return UCUM.from_ucum(f"1{code}" if code.startswith("{") else code).units


def base_of(units: Units, dimension: str) -> str:
    """Name the unit of a dimension to which all factors lead."""
    members = [units.unit(code) for code in units.codes if units.unit(code).dimension == dimension]
    return next(unit.code for unit in members if unit.factor == 1 and unit.offset == 0)


@pytest.mark.parametrize("code", UNITS.codes)
@pytest.mark.parametrize("value", [1, 37, 250])
def test_a_row_agrees_with_ucum(code: str, value: int) -> None:
    """A wrong factor would change every value in that unit."""
    unit = UNITS.unit(code)
    base = base_of(UNITS, unit.dimension)
    mine = float((value + unit.offset) * unit.factor)
    theirs = UCUM.Quantity(value, ucum(code)).to(ucum(base)).magnitude
    # UCUM and pint give the millimetre of mercury with other last digits: 133.322 and 133.322387 Pa.
    assert mine == pytest.approx(theirs, rel=1e-6)


@pytest.mark.parametrize("code", [code for code in UNITS.codes if code.startswith("{")])
def test_an_annotation_is_a_unity_of_its_own(code: str) -> None:
    """A score would convert into a percentage."""
    assert ucum(code).dimensionless
    assert UNITS.unit(code).dimension in ANNOTATED
    assert [other for other in UNITS.codes if UNITS.compatible(code, other)] == [code]


@pytest.mark.parametrize("code", UNITS.codes)
def test_a_code_is_printable_ascii_without_blanks(code: str) -> None:
    """A code could not be written in a quantity."""
    assert code.isascii()
    assert code.isprintable()
    assert " " not in code


@pytest.mark.parametrize(
    ("value", "code", "to", "expected"),
    [
        ("107", "[degF]", "Cel", "41.666667"),
        ("41.666667", "Cel", "[degF]", "107.000001"),
        ("-40", "[degF]", "Cel", "-40"),
        ("6", "mo", "h", "4383"),
        ("24", "a", "a", "24"),
        ("16.50", "g/dL", "g/L", "165"),
        ("260", "ug/d", "mg/d", "0.26"),
        ("12.2", "10*3/uL", "10*9/L", "12.2"),
    ],
)
def test_a_value_converts(value: str, code: str, to: str, expected: str) -> None:
    """The report's own slip (107 F as 41.6 C) would go unnoticed."""
    assert str(UNITS.convert(Decimal(value), code, to)) == expected


@pytest.mark.parametrize(
    ("code", "meant"),
    [("K/UL", ["10*3/uL"]), ("mcg/d", ["ug/d"]), ("MG/DL", ["mg/dL"]), ("µg", ["ug"]), ("furlong", [])],
)
def test_an_unknown_unit_names_those_of_like_spelling(code: str, meant: list[str]) -> None:
    """A curator would have to search the list."""
    with pytest.raises(NotFoundError) as caught:
        UNITS.unit(code)
    assert list(caught.value.nearest) == meant
    assert code not in UNITS


def test_units_of_two_dimensions_do_not_convert() -> None:
    """A mass would become a time."""
    with pytest.raises(OntologyError, match=r"mg \(mass\) does not convert to h \(time\)"):
        UNITS.convert(Decimal(1), "mg", "h")


PAIRS = [(code, to) for code in UNITS.codes for to in UNITS.codes if UNITS.compatible(code, to)]
VALUES = st.decimals(-(10**12), 10**12, places=9, allow_nan=False)


@given(value=VALUES, pair=st.sampled_from(PAIRS))
def test_any_value_that_a_record_can_hold_converts(value: Decimal, pair: tuple[str, str]) -> None:
    """A large value would end in an arithmetic error, a conversion be off by more than its last digit."""
    source, target = UNITS.unit(pair[0]), UNITS.unit(pair[1])
    exact = (Fraction(value) + source.offset) * source.factor / target.factor - target.offset
    assert abs(Fraction(UNITS.convert(value, *pair)) - exact) <= Fraction(1, 1_000_000)


@given(VALUES)
def test_a_shortened_value_has_no_exponent_and_no_trailing_zero(value: Decimal) -> None:
    """The same number would be written in two ways."""
    text = str(shorten(value))
    assert "E" not in text
    assert text != "-0"
    assert "." not in text or not text.endswith("0")
    assert shorten(shorten(value)) == shorten(value)

"""The grammar of variables and filters: what is read as what, and what is refused with a word on how to write it."""

from contextlib import suppress
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from itbkg.errors import ParameterError
from itbkg.links.conditions import All, Any, Atom, Measured, Not, Where
from itbkg.links.grammar import ALL, Family, Single, Threshold, Variable, parse_variable, quoted, unquoted
from itbkg.links.parsing import parse_where

VARIABLES: list[tuple[str, Variable]] = [
    ("cause", Family("cause")),
    (" Age-group ", Family("age_group")),
    ("cause@2", Family("cause", "", 2)),
    ("cause @ all", Family("cause", "", ALL)),
    ("cause:catheter-related cause", Family("cause", "catheter-related cause")),
    ("cause: human error@all", Family("cause", "human error", ALL)),
    ("finding=seizure", Single("finding", "seizure")),
    ("finding = 'nausea and vomiting'", Single("finding", "nausea and vomiting")),
    ("finding=fever, seizure", Single("finding", "fever, seizure")),
    ("finding=itb:Seizure", Single("finding", "itb:Seizure")),
    ("creatine kinase > 1000 U/L", Threshold("", "creatine kinase", ">", Decimal(1000), "U/L")),
    ("base excess>=-2.5 mmol/L", Threshold("", "base excess", ">=", Decimal("-2.5"), "mmol/L")),
    ("time of treatment=oral baclofen < 24 h", Threshold("treatment", "oral baclofen", "<", Decimal(24), "h")),
]


@pytest.mark.parametrize(("text", "variable"), VARIABLES)
def test_a_variable_is_read(text: str, variable: Variable) -> None:
    """A form of the grammar would be read as another one."""
    assert parse_variable(text) == variable


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "1 to 1000 characters"),
        ("x" * 1001, "this one 1001"),
        ("cause:", "names no class"),
        ("finding=", "names no class"),
        ("cause@0", "no level '0'"),
        ("creatine kinase > 1000", "no threshold; write it like creatine kinase > 1000 U/L"),
    ],
)
def test_what_is_no_variable_is_refused(text: str, said: str) -> None:
    """A half-written variable would choose something, or the error would not say how to write it."""
    with pytest.raises(ParameterError, match=said):
        parse_variable(text)


FILTERS: list[tuple[str, Where]] = [
    ("", All(())),
    ("event = withdrawal", Atom("event", "withdrawal", "present")),
    ("finding!=seizure", Atom("finding", "seizure", "absent")),
    ("finding = seizure not reported", Atom("finding", "seizure", "not reported")),
    ("finding = seizure reported", Atom("finding", "seizure", "reported")),
    ("outcome NOT REPORTED", Atom("outcome", "", "not reported")),
    ("not outcome reported", Not(Atom("outcome", "", "reported"))),
    ("finding = author's finding", Atom("finding", "author's finding", "present")),
    ('finding = "not reported"', Atom("finding", "not reported", "present")),
    (
        "a=b or c=d and not e=f",
        Any((Atom("a", "b", "present"), All((Atom("c", "d", "present"), Not(Atom("e", "f", "present")))))),
    ),
    (
        "(a=b or c=d) and e=f",
        All((Any((Atom("a", "b", "present"), Atom("c", "d", "present"))), Atom("e", "f", "present"))),
    ),
    (
        "creatine kinase > 1 kU/L not reported and a=b",
        All(
            (
                Measured(Threshold("", "creatine kinase", ">", Decimal(1), "kU/L"), "not reported"),
                Atom("a", "b", "present"),
            )
        ),
    ),
]


@pytest.mark.parametrize(("text", "where"), FILTERS)
def test_a_filter_is_read(text: str, where: Where) -> None:
    """A joint would bind otherwise, or a state be lost."""
    assert parse_where(text) == where


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("and", "a condition is missing before 'and'"),
        ("a=b and", "a condition is missing at the end"),
        ("finding", "'finding' is no condition"),
        ("finding =", "'finding =' is no condition"),
        ("(a=b", "not closed"),
        ("a=b)", "stands where the filter should end"),
        ("a='b", "cannot be read at"),
        ("a ! b", "cannot be read at"),
        ("a != b not reported", "two states at once"),
        ("(" * 25 + "a=b" + ")" * 25, "deeper than 20"),
        ("not " * 25 + "a=b", "deeper than 20"),
        ("a=" + "b" * 1000, "at most 1000"),
    ],
)
def test_what_is_no_filter_is_refused(text: str, said: str) -> None:
    """A filter that is cut short or nests without end would choose cases, or overflow the stack."""
    with pytest.raises(ParameterError, match=said):
        parse_where(text)


WORDS = st.text(
    st.characters(codec="ascii", categories=["L", "N"], include_characters=" -()'=<,"), min_size=1, max_size=20
)


@given(WORDS.map(lambda word: " ".join(word.split())).filter(lambda word: word and word[0] not in "'"))
def test_a_label_can_be_written_into_a_filter(word: str) -> None:
    """The key of a row would not choose the cases that stand behind it."""
    assert parse_where(f"finding = {quoted(word)}") == Atom("finding", word, "present")
    assert unquoted(quoted(word)) == word


@given(st.text(max_size=60))
def test_any_text_is_read_or_refused(text: str) -> None:
    """A strange text would end in another error than the one that says how to write it."""
    for parse in (parse_variable, parse_where):
        with suppress(ParameterError):
            parse(text)

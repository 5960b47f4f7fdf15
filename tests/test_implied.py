"""Findings that values imply: by the report's own range, or by a named threshold rule."""

from typing import Any

import pytest
from rdflib import RDF, RDFS

from itbkg.curation import read_publication
from itbkg.implied import implied_triples
from itbkg.namespaces import CASE, ITB
from itbkg.records import Case, DelayLine, MeasurementLine, Patient
from itbkg.triples import Triple, case_triples
from itbkg.vocabulary import Vocabulary
from tests.conftest import FICTIONAL


@pytest.fixture(scope="module")
def case(vocabulary: Vocabulary) -> Case:
    """Take the fictional case of an adult."""
    return read_publication(FICTIONAL / "doe-1901.yaml", vocabulary).cases[0]


def triples(case: Case, vocabulary: Vocabulary, age: str | None = "40 a", **line: Any) -> list[Triple]:
    """Return what one measurement of the case implies."""
    measured = MeasurementLine.model_validate({"at": "1 h", "where": "Case, 3"} | line)
    patient = Patient.model_validate({"age": age, "where": "Case, 1"})
    changed = case.model_copy(update={"course": (measured,), "patient": patient})
    return list(implied_triples("doe-1901", changed, vocabulary))


def implied(case: Case, vocabulary: Vocabulary, age: str | None = "40 a", **line: Any) -> list[str]:
    """Name the findings that one measurement implies."""
    found = triples(case, vocabulary, age, **line)
    return sorted(str(value) for _, predicate, value in found if predicate == RDFS.label)


@pytest.mark.parametrize(
    ("value", "normal", "expected"),
    [
        ("236 U/L", "25..235 U/L", ["elevated creatine kinase"]),
        ("235 U/L", "25..235 U/L", []),
        ("24 U/L", "25..235 U/L", []),  # no class for a low one
        (">235 U/L", "25..235 U/L", []),  # not beyond doubt above: the bound is the limit itself
        (">300 U/L", "25..235 U/L", ["elevated creatine kinase"]),
        ("<300 U/L", "25..235 U/L", []),
        ("200..300 U/L", "25..235 U/L", []),
        ("500 U/L", "<235 U/L", ["elevated creatine kinase"]),
        ("500 U/L", ">25 U/L", []),
    ],
)
def test_a_value_is_held_against_the_reports_own_range(
    value: str, normal: str, expected: list[str], case: Case, vocabulary: Vocabulary
) -> None:
    """A normal value would count as raised, or a raised one as normal."""
    assert implied(case, vocabulary, measurement="creatine kinase", value=value, normal=normal) == expected


def test_a_value_below_the_range_counts_as_low(case: Case, vocabulary: Vocabulary) -> None:
    """A missing drug in the blood would not be found."""
    line = {"measurement": "serum baclofen", "value": "<0.02 ug/mL", "normal": "0.08..0.4 ug/mL"}
    assert implied(case, vocabulary, **line) == ["low serum baclofen"]


def test_range_and_value_may_be_in_units_that_convert(case: Case, vocabulary: Vocabulary) -> None:
    """A range in another unit would be compared digit by digit."""
    line = {"measurement": "serum baclofen", "normal": "80..400 ng/mL"}
    assert implied(case, vocabulary, value="0.1 ug/mL", **line) == []
    assert implied(case, vocabulary, value="0.05 ug/mL", **line) == ["low serum baclofen"]


def test_a_range_in_a_unit_that_does_not_convert_implies_nothing(case: Case, vocabulary: Vocabulary) -> None:
    """The garbled range of a report would make a finding."""
    line = {
        "measurement": "creatine kinase MB",
        "value": "12.1 ng/mL",
        "normal": "0.5..6.3 U/L",
        "discrepancy": "Units",
    }
    assert implied(case, vocabulary, **line) == []


def test_without_a_range_nothing_is_implied(case: Case, vocabulary: Vocabulary) -> None:
    """A limit that no report and no rule gives would be made up."""
    assert implied(case, vocabulary, measurement="creatine kinase", value="9000 U/L") == []


@pytest.mark.parametrize(
    ("measurement", "value", "expected"),
    [
        ("body temperature", "37.9 Cel", []),
        ("body temperature", "38.0 Cel", ["fever"]),
        ("body temperature", "100.4 [degF]", ["fever"]),
        ("body temperature", "40.0 Cel", ["fever", "hyperthermia"]),
        ("body temperature", "37..39 Cel", []),
        ("body temperature", ">39 Cel", ["fever"]),
        ("body temperature", "34.9 Cel", ["hypothermia"]),
        ("Glasgow coma scale", "8 {score}", ["coma"]),
        ("Glasgow coma scale", "9 {score}", []),
        ("urine output", "<400 mL/d", ["oliguria"]),
        ("urine output", "<=400 mL/d", []),
        ("urine output", "400 mL/d", []),
        ("urine output", "<401 mL/d", []),
    ],
)
def test_a_rule_holds_when_every_allowed_value_is_beyond_its_limit(
    measurement: str, value: str, expected: list[str], case: Case, vocabulary: Vocabulary
) -> None:
    """A limit would be off by one, or a bound be read as a value."""
    assert implied(case, vocabulary, measurement=measurement, value=value) == expected


@pytest.mark.parametrize(
    ("age", "expected"),
    [
        ("16 a", ["tachycardia"]),
        ("192 mo", ["tachycardia"]),
        (">40 a", ["tachycardia"]),
        ("15 a", []),
        ("15..17 a", []),
        ("<90 a", []),
        (None, []),
    ],
)
def test_a_rule_for_adults_needs_a_known_adult(
    age: str | None, expected: list[str], case: Case, vocabulary: Vocabulary
) -> None:
    """A child's normal pulse would count as tachycardia."""
    assert implied(case, vocabulary, age, measurement="heart rate", value="120 /min") == expected


def test_a_rule_for_all_ages_needs_no_age(case: Case, vocabulary: Vocabulary) -> None:
    """A child's fever would not count."""
    assert implied(case, vocabulary, None, measurement="body temperature", value="39 Cel") == ["fever"]


def test_an_implied_finding_names_measurement_rule_time_and_place(case: Case, vocabulary: Vocabulary) -> None:
    """A finding that no sentence states could not be told from one that the report makes."""
    made = triples(case, vocabulary, measurement="body temperature", value="39 Cel")
    node = CASE["doe-1901/1/implied/fever-by-body-temperature-1-h"]
    own = {predicate: str(value).rsplit("/", 1)[-1] for subject, predicate, value in made if subject == node}
    assert (own[ITB.byRule], own[ITB.impliedBy]) == ("feverRule", "body-temperature-1-h")
    assert (own[ITB.earliestHours], own[ITB.latestHours], own[ITB.statedAt]) == ("1", "1", "3")
    assert (CASE["doe-1901/1"], ITB.hasFinding, node) in made


def test_an_implied_finding_is_no_statement_of_the_case(case: Case, vocabulary: Vocabulary) -> None:
    """What the report says and what we read off it would be mixed."""
    stated = {node for node, _, _ in case_triples("doe-1901", case, vocabulary)}
    found = {node for node, predicate, _ in implied_triples("doe-1901", case, vocabulary) if predicate == RDF.type}
    assert found
    assert not stated & found


@pytest.mark.parametrize(
    ("delay", "lasted", "long"),
    [
        ("delay to diagnosis", "24 h", True),
        ("delay to diagnosis", "3 wk", True),
        ("delay to diagnosis", "23 h", False),
        ("delay to diagnosis", "12..48 h", False),  # not beyond doubt
        ("delay to diagnosis", ">1 d", True),
        ("delay to diagnosis", "<2 d", False),
        ("delay to treatment", "3 d", False),
        ("long delay to diagnosis", "30 h", True),
    ],
)
def test_a_delay_is_long_by_a_named_rule(
    delay: str, lasted: str, long: bool, case: Case, vocabulary: Vocabulary
) -> None:
    """A diagnosis made within the hour would count as delayed, or one of weeks as timely."""
    line = DelayLine.model_validate({"delay": delay, "lasted": lasted, "id": "it", "where": "Case, 3"})
    found = list(implied_triples("doe-1901", case.model_copy(update={"course": (line,)}), vocabulary))
    node, long_delay = CASE["doe-1901/1/delay/it"], "https://w3id.org/itbkg/ont/LongDiagnosticDelay"
    types = [str(value) for subject, predicate, value in found if (subject, predicate) == (node, RDF.type)]
    assert types == [long_delay] * long
    assert len([value for _, predicate, value in found if predicate == ITB.byRule]) == long

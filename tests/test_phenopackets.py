"""Cases as Phenopackets: protobuf's own classes read them back, with no unknown field."""

import io
import json
import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from google.protobuf import json_format
from hypothesis import given
from hypothesis import strategies as st
from phenopackets.schema.v2 import Phenopacket

from itbkg.errors import SelectionError
from itbkg.exports.health import FORMATS
from itbkg.exports.health.codes import AGENT, CONDITION, Codes
from itbkg.exports.health.phenopackets import write_folder, write_lines
from itbkg.exports.health.times import (
    age_element,
    interval_code,
    read_age_code,
    read_duration,
    read_interval_code,
    read_time_code,
    time_code,
)
from itbkg.exports.health.vocabularies import VOCABULARIES
from itbkg.exports.selection import Selection, select_all, select_cases
from itbkg.exports.tables.facts import Facts
from itbkg.exports.tables.lexicon import Lexicon
from itbkg.namespaces import CASE, ITB
from itbkg.store import PREFIX_LINES, Store
from itbkg.vocabulary import Vocabulary


@pytest.fixture(scope="module")
def folder(real_store: Store, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Write the whole corpus once."""
    folder = tmp_path_factory.mktemp("phenopackets")
    write_folder(select_all(real_store), folder)
    return folder


@pytest.fixture(scope="module")
def packets(folder: Path) -> dict[str, Any]:
    """Read every packet as protobuf reads it: what is no field of the schema is an error."""
    found = (json_format.Parse(path.read_text("utf-8"), Phenopacket()) for path in sorted(folder.iterdir()))
    return {packet.id: packet for packet in found}


def rows(store: Store, select: str) -> list[tuple[str, ...]]:
    """Answer a query with our prefixes."""
    return list(store.select(f"{PREFIX_LINES} {select}").texts())


def counted(store: Store, predicates: str) -> int:
    """Count what these properties of cases lead to."""
    return int(rows(store, f"SELECT (COUNT(DISTINCT ?x) AS ?n) WHERE {{ ?c a itb:Case ; {predicates} ?x }}")[0][0])


def test_counts_are_those_of_the_graph(packets: dict[str, Any], real_store: Store) -> None:
    """A case, finding, absence, measurement or act is lost or told twice."""
    assert {CASE + name for name in packets} == set(select_all(real_store).cases)
    features = [one for packet in packets.values() for one in packet.phenotypic_features]
    assert sum(one.excluded for one in features) == counted(real_store, "itb:hasAbsence") > 20
    assert sum(not one.excluded for one in features) == counted(real_store, "itb:hasFinding")
    measured = sum(len(packet.measurements) for packet in packets.values())
    assert measured == counted(real_store, "itb:hasMeasurement")
    acts = sum(len(packet.medical_actions) for packet in packets.values())
    assert acts - len(packets) == counted(real_store, "itb:hasTreatment|itb:hasInvestigation")
    diseases = sum(len(packet.diseases) + len(packet.interpretations) for packet in packets.values())
    assert diseases == counted(real_store, "itb:considered|itb:hasPatient/itb:hasCondition")


def test_types_are_hpo_where_a_mapping_exists(packets: dict[str, Any], vocabulary: Vocabulary) -> None:
    """A mapped finding bears our code, an unmapped one another's, or exact and close are not told apart."""
    told: Counter[str] = Counter()
    for feature in (one for packet in packets.values() for one in packet.phenotypic_features):
        mapped = [one for one in feature.evidence if one.evidence_code.id.startswith("skos:")]
        if feature.type.id.startswith("itb:"):
            assert not mapped
            assert feature.type.label == vocabulary.words.label(ITB._NS[feature.type.id.removeprefix("itb:")])
            told["ours"] += 1
            continue
        assert feature.type.id.startswith("HP:")
        (evidence,) = mapped
        ours = (evidence.reference.id, evidence.reference.description)
        line = (*ours, evidence.evidence_code.id, feature.type.id, feature.type.label)
        assert "\t".join(line) in MAPPINGS
        told[evidence.evidence_code.id] += 1
    assert told["skos:exactMatch"] > told["skos:closeMatch"] > 5
    assert told["ours"] > 50


MAPPINGS = (Path(__file__).resolve().parents[1] / "ontology" / "itbkg.sssom.tsv").read_text("utf-8")


def test_one_case_in_depth(packets: dict[str, Any]) -> None:
    """Value, unit, reference range, dose, route, response, age, event or publication of a case went wrong."""
    packet = packets["mohammed-2004/1"]
    assert packet.subject.time_at_last_encounter.age.iso8601duration == "P24Y"
    assert packet.subject.sex == 2
    kinase = next(one for one in packet.measurements if "kinase" in one.assay.label)
    assert kinase.assay.id.startswith("LOINC:")
    assert kinase.value.quantity.value == 5250
    assert kinase.value.quantity.unit.id == "UCUM:U/L"
    therapy, *others = packet.medical_actions
    assert therapy.treatment.agent.id == "itb:Therapy"
    assert therapy.treatment.dose_intervals[0].quantity.unit.id == "UCUM:ug/d"
    assert {one.id for one in therapy.adverse_events} >= {"itb:Withdrawal"}
    assert any(one.response_to_treatment.id and one.treatment_target.id for one in others)
    assert {"PMID:15301690"} <= {one.id for one in packet.meta_data.external_references}
    evidence = packet.phenotypic_features[0].evidence[0]
    assert (evidence.reference.id, evidence.reference.description) == ("PMID:15301690", "Case presentation, 2")


def test_other_codes_lead_back_to_one_term(packets: dict[str, Any], real_store: Store) -> None:
    """A code of another vocabulary stands for two terms of a branch, so that a reader takes one for the other."""
    chosen = Codes(Lexicon(real_store))
    agents = {one.treatment.agent.id for packet in packets.values() for one in packet.medical_actions}
    terms = {one.term.id for packet in packets.values() for one in packet.diseases if not one.excluded}
    for told, slot in ((agents, AGENT), (terms, CONDITION)):
        others = {code for code in told if code and not code.startswith("itb:")}
        assert len(others) > 5
        assert all(len(chosen.terms(code, slot)) == 1 for code in others)
    many = {"itb:one", "itb:two"}
    chosen._back[AGENT] = dict.fromkeys(
        (match.id for iri in chosen.words.terms for match in chosen.words.matches(iri)), many
    )
    assert chosen.code(str(ITB._NS["Diazepam"]), AGENT).id == "itb:Diazepam"


def test_rejected_diagnoses_are_excluded(packets: dict[str, Any], real_store: Store) -> None:
    """A diagnosis that was given up, or only thought of, is told as a disease of the patient."""
    rejected = rows(real_store, "SELECT ?c ?d WHERE { ?c itb:considered ?d . ?d itb:became/rdfs:label 'rejected'@en }")
    excluded = [one for packet in packets.values() for one in packet.diseases if one.excluded]
    assert len(excluded) == len(rejected) > 5
    own = {one.term.id for packet in packets.values() for one in packet.diseases if not one.excluded}
    open_ones = {one.diagnosis.disease.id for packet in packets.values() for one in packet.interpretations}
    assert not {code for code in own & open_ones if code.startswith("itb:")}


def test_resources_tell_every_prefix(packets: dict[str, Any]) -> None:
    """A reader meets a CURIE whose vocabulary the packet does not name."""
    for packet in packets.values():
        text = json_format.MessageToDict(packet)
        known = {one.namespace_prefix for one in packet.meta_data.resources}
        assert {code.partition(":")[0] for code in codes_in(text)} == known
        assert all(one.version and one.iri_prefix and one.url for one in packet.meta_data.resources)
    assert packets


def codes_in(part: Any) -> Iterator[str]:
    """Yield the ids of ontology classes."""
    if isinstance(part, dict):
        if {"id", "label"} <= part.keys():
            yield part["id"]
        for value in part.values():
            yield from codes_in(value)
    elif isinstance(part, list):
        for value in part:
            yield from codes_in(value)


def test_no_packet_bears_a_date(folder: Path) -> None:
    """A date of a patient is made up: all but `created`, which is the same in all, must be relative."""
    dates = Counter(
        found
        for path in folder.iterdir()
        for found in re.findall(r'"(\d{4}-\d{2}-\d{2}[^"]*)"', path.read_text("utf-8"))
    )
    assert set(dates) == {"1970-01-01T00:00:00Z"}
    assert not [path for path in folder.iterdir() if re.search(r'"(timestamp|interval)"', path.read_text("utf-8"))]


def test_units_are_ucum(packets: dict[str, Any], vocabulary: Vocabulary) -> None:
    """A unit bears no UCUM code, or another than the ontology's."""
    quantities = [
        quantity
        for packet in packets.values()
        for one in packet.measurements
        for quantity in (one.value.quantity, *(typed.quantity for typed in one.complex_value.typed_quantities))
        if quantity.unit.id
    ]
    assert len(quantities) > 50
    assert all(one.unit.id.removeprefix("UCUM:") in vocabulary.units for one in quantities)


def test_lines_hold_the_same_packets(real_store: Store, folder: Path) -> None:
    """The file of lines tells other packets than the folder, or in another order than that of the cases."""
    file = io.BytesIO()
    lost = write_lines(select_all(real_store), file)
    told = [json.loads(line) for line in file.getvalue().splitlines()]
    assert [CASE + one["id"] for one in told] == list(select_all(real_store).cases)
    assert {one["id"]: one for one in told} == {
        one["id"]: one for one in (json.loads(path.read_text("utf-8")) for path in folder.iterdir())
    }
    assert {one.what: one.count for one in lost}["the property 'has outcome'"] == counted(real_store, "itb:hasOutcome")


def test_two_runs_give_the_same_bytes(store: Store) -> None:
    """A packet depends on time or on the order of a set."""
    files = [io.BytesIO(), io.BytesIO()]
    for file in files:
        write_lines(select_cases(store, [str(CASE["doe-1901/1"]), str(CASE["poe-1903/1"])]), file)
    assert files[0].getvalue() == files[1].getvalue()
    assert files[0].getvalue().count(b"\n") == 2


def test_formats_refuse_a_construct(store: Store, tmp_path: Path) -> None:
    """Triples without cases become a health record."""
    selection = Selection(store, (), triples=())
    for one in FORMATS:
        with pytest.raises(SelectionError):
            one.write(selection, tmp_path if one.ending == ".zip" else io.BytesIO())  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("text", "element"),
    [
        ("24 a", {"age": {"iso8601duration": "P24Y"}}),
        ("8 mo", {"age": {"iso8601duration": "P8M"}}),
        ("16..18 a", {"ageRange": {"start": {"iso8601duration": "P16Y"}, "end": {"iso8601duration": "P18Y"}}}),
        ("<18 a", {"ageRange": {"start": {"iso8601duration": "P0Y"}, "end": {"iso8601duration": "P18Y"}}}),
        (">89 a", {"ontologyClass": {"id": "itbtime:age>89a", "label": "age >89 a"}}),
    ],
)
def test_ages(text: str, element: dict[str, Any]) -> None:
    """An age is told in another way than ISO 8601 has it, or an open end is closed."""
    assert age_element(text) == element
    if "ontologyClass" in element:
        assert read_age_code(element["ontologyClass"]["id"]) == text


hours = st.decimals(min_value=-9999, max_value=9999, places=2).map(lambda one: format(one.normalize() + 0, "f"))


@given(low=st.none() | hours, high=st.none() | hours)
def test_windows_come_back(low: str | None, high: str | None) -> None:
    """A window of hours is read back as another, or an open end as closed."""
    if low is not None and high is not None and float(low) > float(high):
        low, high = high, low
    ends = ((ITB.earliestHours, low), (ITB.latestHours, high))
    found = time_code(Facts("c", [("n", str(key), end) for key, end in ends if end is not None]), "n", "admission")
    if low is None and high is None:
        assert found is None
        return
    assert found is not None
    told = read_time_code(found[0])
    expected = f"{low}..{high} h" if low != high else f"{low} h"
    expected = f"<={high} h" if low is None else f">={low} h" if high is None else expected
    assert told == {"at": expected}
    assert found[1].endswith(" from admission")


@given(st.integers(1, 3650))
def test_hospital_days_come_back(day: int) -> None:
    """A hospital day is read back as another."""
    found = time_code(Facts("c", [("n", str(ITB.hospitalDay), str(day))]), "n", "")
    assert found
    assert read_time_code(found[0]) == {"hospital_day": day}


@pytest.mark.parametrize("text", ["6 h", "1.5 d", "<2 wk", ">=30 min"])
def test_intervals_come_back(text: str) -> None:
    """A time between doses is read back as another."""
    assert read_interval_code(interval_code(text)[0]) == text


@pytest.mark.parametrize(
    "code", ["", "HP:0003577", "itbtime:", "itbtime:h", "itbtime:1..2..3h", "itbtime:xh", "itbtime:day"]
)
def test_other_codes_are_no_times(code: str) -> None:
    """A code that is none of ours is read as a time."""
    assert read_time_code(code) is None
    assert read_duration("P1Y2M") is None


def test_vocabularies_are_resolvable() -> None:
    """A vocabulary has no address or no system."""
    assert all(
        one.url.startswith("http") and one.iri.startswith("http") and one.system for one in VOCABULARIES.values()
    )

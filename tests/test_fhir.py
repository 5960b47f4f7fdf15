"""Cases as a FHIR R5 Bundle: fhir.resources reads it back, and what it does not check is checked here."""

import io
import json
from collections import Counter
from collections.abc import Iterator
from typing import Any

import pytest
from fhir.resources.bundle import Bundle

from itbkg.exports.health.fhir import write_fhir
from itbkg.exports.selection import select_all, select_cases
from itbkg.namespaces import BASE, CASE, ITB
from itbkg.store import PREFIX_LINES, Store
from itbkg.vocabulary import Vocabulary

RELATIVE = "http://hl7.org/fhir/StructureDefinition/cqf-relativeDateTime"
#: The codes that R5 allows where a binding is required, of the elements that are written
#: (https://hl7.org/fhir/R5/terminologies-valuesets.html).
REQUIRED = {
    ("Observation", "status"): {"final"},
    ("AdverseEvent", "status"): {"in-progress", "completed", "entered-in-error", "unknown"},
    ("AdverseEvent", "actuality"): {"actual", "potential"},
    ("MedicationAdministration", "status"): {"in-progress", "not-done", "on-hold", "completed", "stopped", "unknown"},
    ("Procedure", "status"): {"preparation", "in-progress", "not-done", "on-hold", "stopped", "completed", "unknown"},
    ("Patient", "gender"): {"male", "female", "other", "unknown"},
    ("Citation", "status"): {"draft", "active", "retired", "unknown"},
}
CLINICAL = {"active", "recurrence", "relapse", "inactive", "remission", "resolved", "unknown"}
VERIFICATION = {"unconfirmed", "provisional", "differential", "confirmed", "refuted", "entered-in-error"}
RELATIONSHIPS = {"before", "before-start", "before-end", "concurrent", "after", "after-start", "after-end"}


@pytest.fixture(scope="module")
def document(real_store: Store) -> dict[str, Any]:
    """Write the whole corpus once."""
    file = io.BytesIO()
    write_fhir(select_all(real_store), file)
    found: dict[str, Any] = json.loads(file.getvalue())
    return found


@pytest.fixture(scope="module")
def resources(document: dict[str, Any]) -> dict[str, dict[str, Any]]:
    """Return the resources by their IRI."""
    return {entry["fullUrl"]: entry["resource"] for entry in document["entry"]}


def of_type(resources: dict[str, dict[str, Any]], *kinds: str) -> list[tuple[str, dict[str, Any]]]:
    """Return the resources of some types, with their IRIs."""
    return [(iri, one) for iri, one in resources.items() if one["resourceType"] in kinds]


def counted(store: Store, predicates: str) -> int:
    """Count what these properties of cases lead to."""
    query = f"{PREFIX_LINES} SELECT (COUNT(DISTINCT ?x) AS ?n) WHERE {{ ?c a itb:Case ; {predicates} ?x }}"
    return int(next(store.select(query).texts())[0])


def subjects(store: Store, pattern: str) -> int:
    """Count what ?x is in a pattern."""
    query = f"{PREFIX_LINES} SELECT (COUNT(DISTINCT ?x) AS ?n) WHERE {{ {pattern} }}"
    return int(next(store.select(query).texts())[0])


def parts(value: Any) -> Iterator[dict[str, Any]]:
    """Yield every object of a document."""
    if isinstance(value, dict):
        yield value
        for one in value.values():
            yield from parts(one)
    elif isinstance(value, list):
        for one in value:
            yield from parts(one)


def test_fhir_resources_reads_the_bundle(document: dict[str, Any], real_store: Store) -> None:
    """The Bundle is no R5: an element is misspelt, missing or of another type."""
    bundle = Bundle.model_validate(document)
    assert bundle.type == "collection"
    told = Counter(entry.resource.__class__.__name__ for entry in bundle.entry or ())
    assert told["Patient"] == len(select_all(real_store).cases)
    assert told["Citation"] == counted(real_store, "itb:reportedIn")
    assert told["AdverseEvent"] == counted(real_store, "itb:hasEvent|itb:hasCause")
    assert told["Condition"] == counted(real_store, "itb:considered|itb:hasPatient/itb:hasCondition")
    given = counted(real_store, "itb:hasTreatment|itb:hasTherapy|itb:hasInvestigation")
    assert told["MedicationAdministration"] + told["Procedure"] == given
    assert told["Device"] == subjects(real_store, "?x itb:pumpModel ?model") > 5


def test_full_urls_are_unique_and_references_lead_to_them(document: dict[str, Any]) -> None:
    """Two entries bear one IRI (bdl-7), or a reference leads out of the Bundle."""
    urls = [entry["fullUrl"] for entry in document["entry"]]
    assert len(set(urls)) == len(urls) > 2000
    assert all(url.startswith(BASE) for url in urls)
    references = {one["reference"] for one in parts(document) if isinstance(one.get("reference"), str)}
    assert references <= set(urls)


def test_required_bindings_hold(resources: dict[str, dict[str, Any]]) -> None:
    """A code that R5 binds firmly is none of its value set."""
    for (kind, element), allowed in REQUIRED.items():
        told = {one.get(element) for _, one in of_type(resources, kind)}
        assert told - {None} <= allowed, (kind, element)
        assert None not in told or element == "gender"
    for _, condition in of_type(resources, "Condition"):
        assert condition["clinicalStatus"]["coding"][0]["code"] in CLINICAL
        assert condition["verificationStatus"]["coding"][0]["code"] in VERIFICATION
    extensions = [one for one in parts(resources) if one.get("url") == "relationship"]
    assert {one["valueCode"] for one in extensions} <= RELATIONSHIPS
    assert {name["type"] for _, one in of_type(resources, "Device") for name in one["name"]} == {"user-friendly-name"}


def test_absent_findings_are_false_and_unreported_ones_are_not_told(
    resources: dict[str, dict[str, Any]], real_store: Store
) -> None:
    """A stated absence reads as a presence, or what no report says is told."""
    findings = [one for _, one in of_type(resources, "Observation") if "valueBoolean" in one]
    states = Counter(one["valueBoolean"] for one in findings)
    assert states[False] == counted(real_store, "itb:hasAbsence") > 20
    assert states[True] == counted(real_store, "itb:hasFinding")


def test_units_are_ucum(resources: dict[str, dict[str, Any]], vocabulary: Vocabulary) -> None:
    """A quantity has no UCUM code, or another system."""
    quantities = [one for one in parts(resources) if {"value", "unit"} <= one.keys()]
    assert len(quantities) > 200
    assert {one["system"] for one in quantities} == {"http://unitsofmeasure.org"}
    assert all(one["code"] in vocabulary.units for one in quantities)
    assert {one.get("comparator") for one in quantities} - {None} <= {"<", "<=", ">", ">="}


def test_times_are_relative_to_the_clock_of_the_case(resources: dict[str, dict[str, Any]], real_store: Store) -> None:
    """A date is made up, or a time counts from something else than the clock of its own case."""
    dated = [
        one
        for one in parts(resources)
        if any(key.endswith(("DateTime", "Period", "birthDate")) and key[0] != "_" for key in one)
    ]
    assert not dated
    seen = 0
    for iri, resource in resources.items():
        for one in parts(resource):
            if one.get("url") == RELATIVE:
                assert [part["url"] for part in one["extension"]] == ["target", "targetPath", "relationship", "offset"]
                target = next(part for part in one["extension"] if part["url"] == "target")["valueReference"][
                    "reference"
                ]
                assert iri.startswith(target.removesuffix("/clock"))
                assert resources[target]["_effectiveDateTime"]
                seen += 1
    assert seen > 100
    assert sum(iri.endswith("/clock") for iri in resources) == subjects(real_store, "?x itb:clock ?clock")


def test_causality_tells_every_link(resources: dict[str, dict[str, Any]], real_store: Store) -> None:
    """A causal link is lost, or how sure it is and on what it rests."""
    suspects = [one for _, event in of_type(resources, "AdverseEvent") for one in event.get("suspectEntity", ())]
    assert len(suspects) == counted(real_store, "itb:hasCausalAssertion")
    query = f"""{PREFIX_LINES} SELECT ?certainty (COUNT(*) AS ?n) WHERE {{
      ?c itb:hasCausalAssertion/itb:certainty/rdfs:label ?certainty }} GROUP BY ?certainty ORDER BY ?certainty"""
    expected = {label: int(count) for label, count in real_store.select(query).texts()}
    assert Counter(one["causality"]["entityRelatedness"]["text"] for one in suspects) == expected
    assert all(
        one["causality"]["assessmentMethod"]["text"] and one["instanceCodeableConcept"]["coding"] for one in suspects
    )


def test_one_case_in_depth(resources: dict[str, dict[str, Any]]) -> None:
    """Value, range, code, label, place, dose or response of a case went wrong."""
    case = f"{CASE}mohammed-2004/1"
    own = {iri: one for iri, one in resources.items() if iri.startswith(case)}
    measured = (one for one in own.values() if "valueQuantity" in one)
    kinase = next(one for one in measured if "kinase" in one["code"]["text"])
    assert kinase["valueQuantity"] | {"unit": ""} == {
        "value": 5250.0, "unit": "", "system": "http://unitsofmeasure.org", "code": "U/L"
    }  # fmt: skip
    systems = [coding["system"] for coding in kinase["code"]["coding"]]
    assert systems[0] == "http://loinc.org"
    assert systems[-1] == f"{BASE}ont"
    assert own[f"{case}/patient"]["gender"] == "male"
    event = own[f"{case}/event/withdrawal"]
    assert event["suspectEntity"][0]["causality"]["entityRelatedness"]["coding"][0]["system"] == f"{BASE}ont"
    assert {"url": str(ITB.statedAt), "valueString": "Case presentation, 2"} in own[
        next(iri for iri in own if "/finding/seizure" in iri)
    ]["extension"]
    citation = resources[f"{BASE}publication/mohammed-2004"]
    assert citation["citedArtifact"]["identifier"][0]["value"] == "15301690"


def test_only_exact_codes_stand_beside_ours(resources: dict[str, dict[str, Any]]) -> None:
    """A code that covers more or less than our term is told as if it meant the same."""
    for one in parts(resources):
        for coding in one.get("coding", ()):
            if coding["system"] == f"{BASE}ont":
                assert one["coding"][-1] == coding


def test_two_runs_give_the_same_bytes_and_a_part_is_a_bundle(store: Store) -> None:
    """The Bundle depends on time or on the order of a set; or a part tells other cases."""
    files = [io.BytesIO(), io.BytesIO()]
    for file in files:
        write_fhir(select_cases(store, [str(CASE["roe-1902/1"]), str(CASE["roe-1902/2"])]), file)
    assert files[0].getvalue() == files[1].getvalue()
    bundle = Bundle.model_validate_json(files[0].getvalue())
    assert sum(entry.resource.__class__.__name__ == "Citation" for entry in bundle.entry or ()) == 1
    assert sum(entry.resource.__class__.__name__ == "Patient" for entry in bundle.entry or ()) == 2


def test_what_is_lost_is_counted(real_store: Store) -> None:
    """What no resource holds is lost without a word."""
    lost = {one.what: one.count for one in write_fhir(select_all(real_store), io.BytesIO())}
    assert lost["the property 'has review status'"] == counted(real_store, "itb:reportedIn")
    assert not [what for what in lost if "narrative" in what or "detail" in what]

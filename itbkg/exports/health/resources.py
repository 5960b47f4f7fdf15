"""The FHIR resources of one case, in one order, and among them its patient, its clock zero and its conditions."""

from rdflib import RDF

from itbkg.exports.health import codes
from itbkg.exports.health.acts import investigations, therapy, treatments
from itbkg.exports.health.adverse import adverse_events
from itbkg.exports.health.codes import Codes, Slot
from itbkg.exports.health.observations import delays, findings, measurements, observation, outcomes, responses
from itbkg.exports.health.parts import ABSENT_REASON, Json, Parts, Resources
from itbkg.exports.tables.facts import Facts
from itbkg.namespaces import ITB

#: The codes of FHIR's AdministrativeGender and of its condition verification that our labels are among.
GENDERS = ("male", "female", "other", "unknown")
VERIFIED = ("confirmed",)
_CLINICAL = "http://terminology.hl7.org/CodeSystem/condition-clinical"
_VERIFICATION = "http://terminology.hl7.org/CodeSystem/condition-ver-status"


def case_resources(facts: Facts, chosen: Codes) -> Resources:
    """Yield each resource of a case with its IRI, in one order."""
    parts = Parts(facts, chosen)
    yield from _patient(parts)
    yield from _clock(parts)
    yield from _conditions(parts)
    yield from findings(parts)
    yield from measurements(parts)
    yield from delays(parts)
    yield from outcomes(parts)
    yield from therapy(parts)
    yield from treatments(parts)
    yield from investigations(parts)
    yield from responses(parts)
    yield from adverse_events(parts)


def _patient(parts: Parts) -> Resources:
    """Tell the patient; the age stands in extensions, for a date of birth is not known and never made up."""
    (node,) = parts.all(ITB.hasPatient)
    found: Json = {"resourceType": "Patient"} | parts.about(node)
    found.pop("note", None)
    if age := parts.one(node, ITB.ageText):
        found["extension"].append({"url": str(ITB.ageText), "valueString": age})
    for key in (ITB.ageMinimum, ITB.ageMaximum):
        if years := parts.one(node, key):
            found["extension"].append({"url": str(key), "valueDecimal": float(years)})
    if detail := parts.one(node, ITB.detail):
        found["extension"].append({"url": str(ITB.detail), "valueString": detail})
    if sex := parts.one(node, ITB.sex):
        label = parts.codes.words.label(sex).lower()
        found["gender"] = label if label in GENDERS else "other"
    yield node, found | {"_birthDate": {"extension": [ABSENT_REASON]}}


def _clock(parts: Parts) -> Resources:
    """Stand for the moment from which times count: an observation without a date."""
    for clock in parts.all(ITB.clock):
        found = observation(parts, parts.concept(str(ITB.Clock))) | {"valueCodeableConcept": parts.concept(clock)}
        yield parts.clock(), found | {"_effectiveDateTime": {"extension": [ABSENT_REASON]}}


def _conditions(parts: Parts) -> Resources:
    """Tell conditions from before the event, and diagnoses that were thought of, with what became of them."""
    (patient,) = parts.all(ITB.hasPatient)
    for node in parts.all(ITB.hasCondition, patient):
        yield node, _condition(parts, node, codes.CONDITION, "confirmed")
    for node in parts.all(ITB.considered):
        became = parts.one(node, ITB.became)
        label = parts.codes.words.label(became) if became else ""
        given_up = str(ITB.RejectedDiagnosis) in parts.facts.all(node, str(RDF.type))
        status = "refuted" if given_up else label if label in VERIFIED else "differential"
        found = _condition(parts, node, codes.DIAGNOSIS, status)
        if became:
            found["extension"].append({"url": str(ITB.became), "valueCodeableConcept": parts.concept(became)})
        yield node, found | parts.time(node, "recordedDate")


def _condition(parts: Parts, node: str, slot: Slot, status: str) -> Json:
    return {
        "resourceType": "Condition",
        **parts.about(node),
        "clinicalStatus": {"coding": [{"system": _CLINICAL, "code": "unknown"}]},
        "verificationStatus": {"coding": [{"system": _VERIFICATION, "code": status}]},
        "code": parts.kind(node, slot),
        "subject": parts.subject(),
    }

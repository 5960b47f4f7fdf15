"""What was done as FHIR resources: MedicationAdministration, Procedure, and the Device of the therapy."""

from itbkg.exports.health import codes
from itbkg.exports.health.codes import Slot
from itbkg.exports.health.parts import ABSENT_REASON, Json, Parts, Resources
from itbkg.namespaces import ITB


def therapy(parts: Parts) -> Resources:
    """Tell the therapy before the event as a drug given, and its pump as a device."""
    for node in parts.all(ITB.hasTherapy):
        found = _administration(parts, node, parts.concept(str(ITB.Therapy)))
        for key in (ITB.concentrationText, ITB.hoursSinceImplant):
            if text := parts.one(node, key):
                found["extension"].append({"url": str(key), "valueString": text})
        pump = parts.one(node, ITB.pumpModel)
        if pump:
            found["device"] = [{"reference": {"reference": f"{node}/pump"}}]
        yield node, found
        if pump:
            name = {"value": parts.codes.words.label(pump), "type": "user-friendly-name"}
            yield f"{node}/pump", {"resourceType": "Device", "name": [name], "type": [parts.concept(pump)]}


def treatments(parts: Parts) -> Resources:
    """Tell what was done: a drug that was given, or a procedure."""
    for node in parts.all(ITB.hasTreatment):
        if parts.codes.is_drug(parts.facts, node):
            yield node, _administration(parts, node, parts.kind(node, codes.AGENT))
        else:
            found = _procedure(parts, node, codes.PROCEDURE)
            if approach := parts.one(node, ITB.approach):
                found["extension"].append({"url": str(ITB.approach), "valueCodeableConcept": parts.concept(approach)})
            yield node, found


def _administration(parts: Parts, node: str, drug: Json) -> Json:
    found = {
        "resourceType": "MedicationAdministration",
        **parts.about(node),
        "status": "completed",
        "medication": {"concept": drug},
        "subject": parts.subject(),
        "occurenceTiming": {"extension": parts.distance(node) or [ABSENT_REASON]},
    }
    return found | _dosage(parts, node)


def _dosage(parts: Parts, node: str) -> Json:
    """Tell the dose: a number where it is a single one, in words what else the report says."""
    low, high, unit = (parts.one(node, key) for key in (ITB.minimumValue, ITB.maximumValue, ITB.unit))
    route, every = parts.one(node, ITB.route), parts.one(node, ITB.interval)
    words = (parts.one(node, ITB.valueText), f"every {every}" if every else "")
    text = " ".join(word for word in words if word) or (parts.codes.words.label(route) if route else "")
    if not text:
        return {}
    found: Json = {"text": text}
    if route:
        found["route"] = parts.concept(route, codes.ROUTE)
    if low and low == high and "/" not in parts.codes.words.code(unit):
        found["dose"] = parts.quantity(low, unit)
    elif low and low == high:
        found["rateQuantity"] = parts.quantity(low, unit)
    return {"dosage": found}


def _procedure(parts: Parts, node: str, slot: Slot) -> Json:
    return {
        "resourceType": "Procedure",
        **parts.about(node),
        "status": "completed",
        "code": parts.kind(node, slot),
        "subject": parts.subject(),
        **parts.time(node, "occurrenceDateTime"),
    }


def investigations(parts: Parts) -> Resources:
    """Tell each test, imaging study or inspection."""
    for node in parts.all(ITB.hasInvestigation):
        found = _procedure(parts, node, codes.INVESTIGATION)
        yield node, found | {"category": [parts.concept(str(ITB.Investigation))]}

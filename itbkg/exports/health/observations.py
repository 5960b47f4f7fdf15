"""FHIR Observations: findings and absences, measurements, delays, outcomes, and responses to treatments."""

from typing import Any

from itbkg.exports.health import codes
from itbkg.exports.health.parts import Json, Parts, Resources, references
from itbkg.namespaces import ITB


def observation(parts: Parts, code: Json, node: str = "") -> Json:
    """Begin an Observation of the patient; of a statement, with where it stands."""
    about = parts.about(node) if node else {}
    return {"resourceType": "Observation", **about, "status": "final", "code": code, "subject": parts.subject()}


def findings(parts: Parts) -> Resources:
    """Tell each finding as true, and each that is stated absent as false; what is not reported has no resource."""
    shown = {node: one for one in parts.all(ITB.hasInvestigation) for node in parts.all(ITB.shows, one)}
    implied = parts.facts.about_inferred(str(ITB.impliedBy))
    for node in (*parts.all(ITB.hasFinding), *implied, *parts.all(ITB.hasAbsence)):
        absent = parts.one(node, ITB.absentClass) if node in parts.all(ITB.hasAbsence) else ""
        kind = parts.facts.one(node, str(ITB.absentClass)) if absent else parts.one(node, ITB.statedClass)
        found = observation(parts, parts.concept(kind, codes.FINDING), node) | parts.time(node, "effectiveDateTime")
        found["valueBoolean"] = not absent
        if severity := parts.one(node, ITB.severity):
            found["extension"].append({"url": str(ITB.severity), "valueCodeableConcept": parts.concept(severity)})
        if measured := parts.one(node, ITB.impliedBy):
            found["derivedFrom"] = references([measured])
        if node in shown:
            found["partOf"] = references([shown[node]])
        yield node, found


def measurements(parts: Parts) -> Resources:
    """Tell each measured value with its printed range."""
    for node in parts.all(ITB.hasMeasurement):
        found = observation(parts, parts.kind(node, codes.MEASUREMENT), node) | parts.time(node, "effectiveDateTime")
        for possible in parts.all(ITB.possibleClass, node):
            found["extension"].append({"url": str(ITB.possibleClass), "valueCodeableConcept": parts.concept(possible)})
        yield node, found | parts.measured(node) | _reference_range(parts, node)


def _reference_range(parts: Parts, node: str) -> Json:
    """Tell the printed range; its ends bear a unit where it is the value's own."""
    text = parts.one(node, ITB.referenceText)
    if not text:
        return {}
    unit = parts.one(node, ITB.unit)
    own = text.rpartition(" ")[2] == parts.codes.words.code(unit)
    ends = (("low", ITB.referenceLow), ("high", ITB.referenceHigh))
    told: dict[str, Any] = {
        name: parts.quantity(end, unit) for name, key in ends if own and (end := parts.one(node, key))
    }
    return {"referenceRange": [told | {"text": text}]}


def delays(parts: Parts) -> Resources:
    """Tell each stretch of time that the report states."""
    for node in parts.all(ITB.hasDelay):
        found = observation(parts, parts.kind(node), node) | parts.time(node, "effectiveDateTime")
        yield node, found | parts.measured(node)


def outcomes(parts: Parts) -> Resources:
    """Tell how the patient was at a stated time."""
    for node in parts.all(ITB.hasOutcome):
        found = observation(parts, parts.concept(str(ITB.Outcome)), node) | parts.time(node, "effectiveDateTime")
        yield node, found | {"valueCodeableConcept": parts.kind(node)}


def responses(parts: Parts) -> Resources:
    """Tell how things responded: an observation that is part of the treatment and looks at the finding."""
    for treatment in (*parts.all(ITB.hasTherapy), *parts.all(ITB.hasTreatment)):
        for node in parts.all(ITB.hasResponse, treatment):
            found = observation(parts, parts.concept(str(ITB.TreatmentResponse)), node)
            found |= {"valueCodeableConcept": parts.kind(node), "partOf": references([treatment])}
            about = parts.concept(parts.one(node, ITB.aboutClass))
            found["component"] = [{"code": parts.concept(str(ITB.aboutClass)), "valueCodeableConcept": about}]
            if finding := parts.one(node, ITB.responseOf):
                found["focus"] = references([finding])
            yield node, found

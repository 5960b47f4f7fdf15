"""What a Phenopacket tells of the course: findings and absences, measurements, diagnoses and conditions."""

from collections.abc import Iterator

from rdflib import RDF

from itbkg.exports.health import codes as slots
from itbkg.exports.health.codes import Code
from itbkg.exports.health.packetparts import Json, PacketParts, coded
from itbkg.exports.tables.columns import short
from itbkg.exports.tables.lexicon import curie
from itbkg.namespaces import ITB

#: How a statement of a publication, and what a rule reads off a value, came to be recorded.
STATED = {"id": "ECO:0006017", "label": "author statement from published clinical study used in manual assertion"}
IMPLIED = {"id": "ECO:0000501", "label": "evidence used in automatic assertion"}
EXACTNESS = {"exact": "skos:exactMatch", "close": "skos:closeMatch"}


def features(parts: PacketParts) -> Iterator[Json]:
    """Tell each finding, and as excluded each that is stated absent."""
    for node in parts.in_order(ITB.hasFinding):
        yield _feature(parts, node, parts.facts.any(node, str(ITB.statedClass)), STATED)
    for node in parts.facts.about_inferred(str(ITB.impliedBy)):
        yield _feature(parts, node, parts.facts.any(node, str(ITB.statedClass)), IMPLIED)
    for node in parts.in_order(ITB.hasAbsence):
        yield _feature(parts, node, parts.facts.one(node, str(ITB.absentClass)), STATED) | {"excluded": True}


def _feature(parts: PacketParts, node: str, kind: str, how: Json) -> Json:
    code = parts.codes.nearest(kind, slots.FINDING)
    found: Json = {"type": coded(code)}
    if severity := parts.facts.one(node, str(ITB.severity)):
        found["severity"] = coded(parts.codes.own(severity))
    parts.time(found, "onset", node)
    parts.describe(found, node)
    found["evidence"] = [_evidence(parts, node, how)]
    if code.relation:
        found["evidence"].append(_mapping(parts, code))
    return found


def _evidence(parts: PacketParts, node: str, how: Json) -> Json:
    reference: Json = {"id": parts.reference_ids()[0]}
    if place := parts.place(node):
        reference["description"] = place
    return {"evidenceCode": how, "reference": reference}


def _mapping(parts: PacketParts, code: Code) -> Json:
    """Tell from which term of ours a type was mapped, and whether it means the same or is close."""
    label = f"{code.relation} match"
    own = {"id": curie(code.term), "reference": code.term, "description": parts.codes.words.label(code.term)}
    return {"evidenceCode": {"id": EXACTNESS[code.relation], "label": label}, "reference": own}


def measurements(parts: PacketParts) -> Iterator[Json]:
    """Tell each measurement, with LOINC and UCUM codes where there are."""
    for node in parts.in_order(ITB.hasMeasurement):
        found: Json = {"assay": parts.kind(node, slots.MEASUREMENT)}
        found |= _value(parts, node)
        parts.time(found, "timeObserved", node)
        parts.describe(found, node)
        yield found


def _value(parts: PacketParts, node: str) -> Json:
    low, high = (parts.facts.one(node, str(end)) for end in (ITB.minimumValue, ITB.maximumValue))
    if low and low == high:
        return {"value": {"quantity": parts.quantity(node, low) | _range(parts, node)}}
    sign = parts.facts.one(node, str(ITB.comparator))
    ends = ((ITB.minimumValue, low), (ITB.maximumValue, high))
    typed = [
        {"type": {"id": curie(str(end)), "label": sign or "range"}, "quantity": parts.quantity(node, value)}
        for end, value in ends
        if value
    ]
    return {"complexValue": {"typedQuantities": typed}}


def _range(parts: PacketParts, node: str) -> Json:
    """Tell the printed range where it has two ends and the value's own unit: the schema knows no other."""
    ends = [parts.facts.one(node, str(end)) for end in (ITB.referenceLow, ITB.referenceHigh)]
    unit = parts.facts.one(node, str(ITB.referenceText)).rpartition(" ")[2]
    if not all(ends) or f"UCUM:{unit}" != parts.unit(node)["id"]:
        return {}
    return {"referenceRange": {"unit": parts.unit(node), "low": float(ends[0]), "high": float(ends[1])}}


def diseases(parts: PacketParts) -> Iterator[Json]:
    """Tell the conditions from before the event, and as excluded each diagnosis that was given up."""
    patient = parts.facts.one(parts.about, str(ITB.hasPatient))
    for node in parts.facts.all(patient, str(ITB.hasCondition)):
        yield {"term": parts.kind(node, slots.CONDITION)}
    for node in parts.in_order(ITB.considered):
        if _given_up(parts, node):
            found: Json = {"term": parts.kind(node, slots.DIAGNOSIS), "excluded": True}
            parts.time(found, "onset", node)
            yield found


def open_diagnoses(parts: PacketParts) -> Iterator[Json]:
    """Tell each diagnosis that was thought of and not given up: it is no disease that the patient had."""
    for node in parts.in_order(ITB.considered):
        if not _given_up(parts, node):
            became = parts.facts.one(node, str(ITB.became))
            found: Json = {"id": short(node), "progressStatus": "UNKNOWN_PROGRESS"}
            found["diagnosis"] = {"disease": parts.kind(node, slots.DIAGNOSIS)}
            yield found | ({"summary": parts.codes.words.label(became)} if became else {})


def _given_up(parts: PacketParts, node: str) -> bool:
    return str(ITB.RejectedDiagnosis) in parts.facts.all(node, str(RDF.type))

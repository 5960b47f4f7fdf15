"""What a Phenopacket tells of what was done: the therapy with its events, treatments, investigations."""

from collections.abc import Iterator

from itbkg.exports.health import codes as slots
from itbkg.exports.health.codes import Slot
from itbkg.exports.health.packetparts import Json, PacketParts, coded, pair
from itbkg.exports.health.times import interval_code
from itbkg.namespaces import ITB


def actions(parts: PacketParts) -> Iterator[Json]:
    """Tell the therapy with its events as adverse events, then what was done, then what was looked for."""
    yield _therapy(parts)
    for node in parts.in_order(ITB.hasTreatment):
        drug = parts.codes.is_drug(parts.facts, node)
        yield (_drug(parts, node) if drug else _procedure(parts, node, slots.PROCEDURE)) | _response(parts, node)
    for node in parts.in_order(ITB.hasInvestigation):
        intent = coded(parts.codes.own(str(ITB.Investigation)))
        yield _procedure(parts, node, slots.INVESTIGATION) | {"treatmentIntent": intent}


def _therapy(parts: PacketParts) -> Json:
    node = parts.facts.one(parts.about, str(ITB.hasTherapy))
    treatment = {"agent": coded(parts.codes.own(str(ITB.Therapy)))} | _dose(parts, node)
    nodes = (*parts.facts.all(parts.about, str(ITB.hasEvent)), *parts.facts.all(parts.about, str(ITB.hasCause)))
    adverse = [parts.kind(one, slots.OWN) for one in nodes]
    return {"treatment": treatment, "adverseEvents": adverse}


def _drug(parts: PacketParts, node: str) -> Json:
    treatment = {"agent": parts.kind(node, slots.AGENT)}
    if route := parts.facts.one(node, str(ITB.route)):
        treatment["routeOfAdministration"] = coded(parts.codes.code(route, slots.ROUTE))
    return {"treatment": treatment | _dose(parts, node)}


def _dose(parts: PacketParts, node: str) -> Json:
    low, high = (parts.facts.one(node, str(end)) for end in (ITB.minimumValue, ITB.maximumValue))
    every = parts.facts.one(node, str(ITB.interval))
    found: Json = {}
    if low and low == high:
        found["quantity"] = parts.quantity(node, low)
    elif low or high:
        parts.lost["doses that are a range or a bound"] += 1
    if every:
        found["scheduleFrequency"] = pair(interval_code(every))
    return {"doseIntervals": [found]} if found else {}


def _procedure(parts: PacketParts, node: str, slot: Slot) -> Json:
    found: Json = {"code": parts.kind(node, slot)}
    parts.time(found, "performed", node)
    return {"procedure": found}


def _response(parts: PacketParts, node: str) -> Json:
    """Tell the one response of a treatment and what responded; of several only one that all share."""
    responses = parts.facts.all(node, str(ITB.hasResponse))
    kinds = {parts.facts.one(one, str(ITB.statedClass)) for one in responses}
    if len(kinds) != 1:
        parts.lost["responses of a treatment to which several things responded differently"] += len(responses)
        return {}
    found: Json = {"responseToTreatment": coded(parts.codes.own(kinds.pop()))}
    if len(responses) == 1:
        about = parts.facts.one(responses[0], str(ITB.aboutClass))
        return {"treatmentTarget": coded(parts.codes.own(about))} | found
    parts.lost["what responded, where several things responded alike"] += len(responses)
    return found

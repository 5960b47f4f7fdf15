"""FHIR AdverseEvents with causality: the events of therapy, and the chain of causes that led to them."""

from itbkg.exports.health.parts import Json, Parts, Resources
from itbkg.namespaces import ITB


def adverse_events(parts: Parts) -> Resources:
    """Tell each event, and each cause that another cause led to, with its suspected causes: the chain, link by link."""
    links = parts.all(ITB.hasCausalAssertion)
    events = parts.all(ITB.hasEvent)
    for node in (*events, *parts.all(ITB.hasCause)):
        found: Json = {
            "resourceType": "AdverseEvent",
            **parts.about(node),
            "status": "completed",
            "actuality": "actual",
            "code": parts.kind(node),
            "subject": parts.subject(),
        }
        if node in events:
            found |= _event(parts)
        suspects = [_suspect(parts, link) for link in links if parts.one(link, ITB.assertedEffect) == node]
        yield node, found | ({"suspectEntity": suspects} if suspects else {})


def _event(parts: Parts) -> Json:
    """Tell of an event what the case tells of it as a whole."""
    outcomes = [parts.kind(node) for node in parts.all(ITB.hasOutcome)]
    texts = (*parts.all(ITB.title), *parts.all(ITB.narrative), *parts.all(ITB.circumstance))
    found: Json = {"note": [{"text": text} for text in texts]}
    return found | ({"outcome": outcomes} if outcomes else {})


def _suspect(parts: Parts, link: str) -> Json:
    """Tell one causal link: the suspected cause, how sure it is (relatedness) and on what that rests (method)."""
    cause = parts.one(link, ITB.assertedCause)
    bases = parts.all(ITB.basis, link)
    labels = [parts.codes.words.label(basis) for basis in bases]
    method = parts.concept(bases[0]) if len(bases) == 1 else {"text": "; ".join(labels)}
    about = parts.about(link)
    extensions = [*about["extension"], {"url": str(ITB.assertedCause), "valueReference": {"reference": cause}}]
    extensions += [{"url": str(ITB.detail), "valueString": note["text"]} for note in about.get("note", ())]
    return {
        "extension": extensions,
        "instanceCodeableConcept": parts.kind(cause),
        "causality": {"assessmentMethod": method, "entityRelatedness": parts.concept(parts.one(link, ITB.certainty))},
    }

"""Cases as one FHIR R5 Bundle (https://hl7.org/fhir/R5/), a collection of what each case and its publication hold.

No resource bears a date. A time is counted from the clock zero of the case, an Observation without a date, by HL7's own
extension cqf-relativeDateTime. Resources refer to each other by `fullUrl`, which is the IRI of the thing in the graph.
"""

import json
from collections import Counter
from collections.abc import Iterator
from typing import BinaryIO

from rdflib import RDF, RDFS

from itbkg.exports.format import Loss, Losses
from itbkg.exports.health.citation import publication_resource
from itbkg.exports.health.codes import Codes
from itbkg.exports.health.parts import Json
from itbkg.exports.health.resources import case_resources
from itbkg.exports.selection import Selection
from itbkg.exports.tables.facts import Facts, case_facts
from itbkg.exports.tables.lexicon import Lexicon
from itbkg.namespaces import BASE, ITB

#: Properties that say again what other resources and elements say.
SAID_AGAIN = frozenset(
    map(
        str,
        (
            *(RDF.type, RDFS.label, ITB.leadsTo, ITB.placeIn, ITB.ageGroup, ITB.canonicalMinimum, ITB.canonicalMaximum),
            *(ITB.concentrationMinimum, ITB.concentrationMaximum),
        ),
    )
)
_HEAD = {
    "resourceType": "Bundle",
    "language": "en",
    "identifier": {"system": "urn:ietf:rfc:3986", "value": BASE.rstrip("/")},
    "type": "collection",
}


def write_fhir(selection: Selection, file: BinaryIO) -> Losses:
    """Stream the Bundle, one entry a line."""
    selection.require_cases("fhir")
    chosen = Codes(Lexicon(selection.store))
    head = json.dumps(_HEAD, ensure_ascii=False)
    file.write(f'{head[:-1]}, "entry": [\n'.encode())
    lost: Counter[str] = Counter()
    for number, entry in enumerate(_entries(selection, chosen, lost)):
        file.write((",\n" if number else "").encode() + json.dumps(entry, ensure_ascii=False).encode())
    file.write(b"\n]}\n")
    told = (Loss(f"the property '{chosen.words.label(iri)}'", count) for iri, count in sorted(lost.items()))
    beside = (Loss("guidance, published numbers and ontology", 1),) if selection.whole else ()
    return (*told, *beside)


def _entries(selection: Selection, chosen: Codes, lost: Counter[str]) -> Iterator[Json]:
    told = ""
    for case in selection.cases:
        facts = case_facts(selection.store, case)
        publication = facts.one(facts.about, str(ITB.reportedIn))
        if publication != told:
            yield _entry(publication, publication_resource(facts, publication))
        yield from (_entry(iri, resource) for iri, resource in case_resources(facts, chosen))
        _note_lost(facts, publication if publication == told else "", lost)
        told = publication


def _entry(iri: str, resource: Json) -> Json:
    return {"fullUrl": iri, "resource": resource}


def _note_lost(facts: Facts, told: str, lost: Counter[str]) -> None:
    """Count what no resource was made of; `told` is the publication if an earlier case has told it."""
    for node, predicate, count in facts.counts():
        if node != told and predicate not in facts.asked | SAID_AGAIN:
            lost[predicate] += count

"""One case as a GA4GH Phenopacket v2 (ISO 4454; https://phenopacket-schema.readthedocs.io).

There are no dates: an age is an ISO 8601 duration, a time a code of the window of hours from clock zero. `created`,
which the schema wants, is the beginning of Unix time, so that the same case gives the same bytes.
"""

from collections import Counter
from collections.abc import Iterator
from typing import Any

from rdflib import OWL

from itbkg import __version__
from itbkg.exports.health.codes import Codes
from itbkg.exports.health.packetactions import actions
from itbkg.exports.health.packetcourse import diseases, features, measurements, open_diagnoses
from itbkg.exports.health.packetlosses import unheld
from itbkg.exports.health.packetparts import Json, PacketParts
from itbkg.exports.health.times import age_element
from itbkg.exports.health.vocabularies import UNSTATED, VOCABULARIES
from itbkg.exports.tables.columns import short
from itbkg.exports.tables.facts import Facts
from itbkg.namespaces import BASE, ITB

CREATED = "1970-01-01T00:00:00Z"
#: The words of the schema's Sex (https://phenopacket-schema.readthedocs.io/en/latest/sex.html).
SEXES = ("FEMALE", "MALE")


class PacketWriter:
    """Writes packets; `lost` counts what the schema had no place for."""

    def __init__(self, chosen: Codes) -> None:
        self._codes = chosen
        self.lost: Counter[str] = Counter()

    def packet(self, facts: Facts) -> Json:
        """Write the packet of a case; a list or object that would be empty is left out, as in protobuf's JSON."""
        parts = PacketParts(facts, self._codes, self.lost)
        found: Json = {
            "id": short(facts.about),
            "subject": _subject(parts),
            "phenotypicFeatures": [*features(parts)],
            "measurements": [*measurements(parts)],
            "interpretations": [*open_diagnoses(parts)],
            "diseases": [*diseases(parts)],
            "medicalActions": [*actions(parts)],
        }
        found = {key: value for key, value in found.items() if value}
        found["metaData"] = _meta_data(parts, found)
        for what, count in unheld(facts, self._codes.words):
            self.lost[what] += count
        return found


def _subject(parts: PacketParts) -> Json:
    """Tell age and sex; another case of the same person is an alternate id."""
    patient = parts.facts.one(parts.about, str(ITB.hasPatient))
    sex = parts.facts.one(patient, str(ITB.sex))
    label = parts.codes.words.label(sex).upper() if sex else ""
    found: Json = {"id": short(parts.about)}
    if others := parts.facts.all(parts.about, str(ITB.samePatientAs)):
        found["alternateIds"] = [*map(short, others)]
    if age := parts.facts.one(patient, str(ITB.ageText)):
        found["timeAtLastEncounter"] = age_element(age)
    if sex:
        found["sex"] = label if label in SEXES else "OTHER_SEX"
    return found


def _meta_data(parts: PacketParts, packet: Json) -> Json:
    """Tell where the packet comes from, and the vocabularies of its codes."""
    publication = parts.facts.one(parts.about, str(ITB.reportedIn))
    title = parts.facts.one(publication, str(ITB.title))
    prefixes = sorted({one.partition(":")[0] for one in _codes_in(packet)})
    return {
        "created": CREATED,
        "createdBy": f"itbkg {__version__}",
        "resources": [_resource(parts, prefix) for prefix in prefixes],
        "phenopacketSchemaVersion": "2.0",
        "externalReferences": [
            {"id": one, "reference": _address(one), "description": title} for one in parts.reference_ids()
        ],
    }


def _resource(parts: PacketParts, prefix: str) -> Json:
    one = VOCABULARIES[prefix]
    version = parts.codes.words.facts.one(f"{BASE}ont", str(OWL.versionInfo)) if one.iri.startswith(BASE) else ""
    found = {"id": prefix.lower(), "name": one.name, "url": one.url, "version": version or UNSTATED}
    return found | {"namespacePrefix": prefix, "iriPrefix": one.iri}


def _codes_in(part: Any) -> Iterator[str]:
    """Yield every code of a packet: the ids beside which a label stands."""
    if isinstance(part, list):
        for one in part:
            yield from _codes_in(one)
    elif isinstance(part, dict):
        if "label" in part:
            yield part["id"]
        for one in part.values():
            yield from _codes_in(one)


def _address(reference: str) -> str:
    """Return the address of a publication's number."""
    prefix, _, local = reference.partition(":")
    bases = {"PMID": "https://pubmed.ncbi.nlm.nih.gov/", "DOI": "https://doi.org/", "itbkg": BASE}
    return bases.get(prefix, "https://www.ncbi.nlm.nih.gov/pmc/articles/") + local

"""The parts that a Phenopacket's statements share: coded terms, quantities, times, places."""

from collections import Counter
from typing import Any

from rdflib import URIRef

from itbkg.exports.health.codes import Code, Codes, Slot
from itbkg.exports.health.times import time_code
from itbkg.exports.tables.facts import Facts
from itbkg.exports.tables.lexicon import curie
from itbkg.namespaces import ITB

Json = dict[str, Any]


class PacketParts:
    """Makes the parts of the packet of one case; `lost` counts what the schema had no place for."""

    def __init__(self, facts: Facts, chosen: Codes, lost: Counter[str]) -> None:
        self.facts, self.codes, self.lost = facts, chosen, lost
        self.about = facts.about

    def in_order(self, predicate: URIRef) -> list[str]:
        """Return what a property of the case leads to, in the order of the story."""
        order = str(ITB.storyOrder)
        nodes = self.facts.all(self.about, str(predicate))
        return sorted(nodes, key=lambda node: (int(self.facts.any(node, order) or 0), node))

    def kind(self, node: str, slot: Slot) -> Json:
        """Name the class of a statement."""
        return coded(self.codes.code(self.facts.any(node, str(ITB.statedClass)), slot))

    def place(self, node: str) -> str:
        """Tell where a statement stands: heading and paragraph."""
        place = self.facts.any(node, str(ITB.statedAt))
        parts = (self.facts.one(place, str(key)) for key in (ITB.section, ITB.paragraph))
        return ", ".join(part for part in parts if part)

    def time(self, found: Json, key: str, node: str) -> None:
        """Put the time of a statement under a key, where it has one."""
        clock = self.facts.one(self.about, str(ITB.clock))
        if time := time_code(self.facts, node, self.codes.words.label(clock)):
            found[key] = {"ontologyClass": pair(time)}

    def describe(self, found: Json, node: str) -> None:
        """Put what is said beside a statement into its description."""
        if detail := self.facts.one(node, str(ITB.detail)):
            found["description"] = detail

    def quantity(self, node: str, value: str) -> Json:
        """Give a number in the unit of a statement."""
        return {"unit": self.unit(node), "value": float(value)}

    def unit(self, node: str) -> Json:
        """Name the unit of a statement by its UCUM code."""
        unit = self.facts.one(node, str(ITB.unit))
        return {"id": f"UCUM:{self.codes.words.code(unit)}", "label": self.codes.words.label(unit)}

    def reference_ids(self) -> list[str]:
        """Name the publication of the case: by PubMed, DOI, PubMed Central, and by ours, the best known first."""
        publication = self.facts.one(self.about, str(ITB.reportedIn))
        numbers = (("PMID", ITB.pmid), ("DOI", ITB.doi), ("PMC", ITB.pmcid))
        known = [f"{name}:{found}" for name, key in numbers if (found := self.facts.one(publication, str(key)))]
        return [*known, curie(publication)]


def coded(code: Code) -> Json:
    """Write a code as an OntologyClass."""
    return {"id": code.id, "label": code.label}


def pair(given: tuple[str, str]) -> Json:
    """Write a code of a time and how it reads as an OntologyClass."""
    return {"id": given[0], "label": given[1]}

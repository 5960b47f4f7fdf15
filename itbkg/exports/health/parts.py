"""The parts that FHIR resources share: coded terms, quantities, times without a date, and where a statement stands."""

from collections.abc import Iterable, Iterator
from typing import Any

from rdflib import URIRef

from itbkg.exports.health.codes import OWN, Codes, Slot
from itbkg.exports.health.vocabularies import VOCABULARIES
from itbkg.exports.tables.facts import Facts
from itbkg.namespaces import ITB

Json = dict[str, Any]
#: Resources, each with its IRI.
Resources = Iterator[tuple[str, Json]]
UCUM = VOCABULARIES["UCUM"].system
RELATIVE = "http://hl7.org/fhir/StructureDefinition/cqf-relativeDateTime"
#: Said of a date that is not known and of one that is not to be known.
ABSENT_REASON = {"url": "http://hl7.org/fhir/StructureDefinition/data-absent-reason", "valueCode": "unknown"}
#: FHIR's comparators are the signs of our own (http://hl7.org/fhir/ValueSet/quantity-comparator).
COMPARATORS = ("<", "<=", ">=", ">")


class Parts:
    """Makes the parts of the resources of one case."""

    def __init__(self, facts: Facts, chosen: Codes) -> None:
        self.facts, self.codes = facts, chosen

    def one(self, node: str, predicate: URIRef) -> str:
        """Return the first value of a property, inferred ones too."""
        return self.facts.any(node, str(predicate))

    def all(self, predicate: URIRef, node: str = "") -> tuple[str, ...]:
        """Return what a property of the case, or of another thing, leads to."""
        return self.facts.all(node or self.facts.about, str(predicate))

    def concept(self, iri: str, slot: Slot = OWN) -> Json:
        """Name a term by all codes that mean the same, our own last."""
        codings = [coding(code.id, code.label) for code in self.codes.all(iri, slot)]
        return {"coding": codings, "text": self.codes.words.label(iri)}

    def kind(self, node: str, slot: Slot = OWN) -> Json:
        """Name the class of a statement."""
        return self.concept(self.one(node, ITB.statedClass), slot)

    def quantity(self, value: str, unit: str) -> Json:
        """Give a number in a unit."""
        code = self.codes.words.code(unit)
        return {"value": float(value), "unit": self.codes.words.label(unit), "system": UCUM, "code": code}

    def measured(self, node: str, prefix: str = "value") -> Json:
        """Give the value of a statement: a quantity, with a comparator where it is a bound, or a range."""
        low, high, unit = (self.one(node, key) for key in (ITB.minimumValue, ITB.maximumValue, ITB.unit))
        if low and high and low != high:
            return {f"{prefix}Range": {"low": self.quantity(low, unit), "high": self.quantity(high, unit)}}
        if not low and not high:
            return {}
        sign = self.one(node, ITB.comparator)
        quantity = self.quantity(low or high, unit)
        return {f"{prefix}Quantity": {**quantity, **({"comparator": sign} if sign in COMPARATORS else {})}}

    def subject(self) -> Json:
        """Refer to the patient."""
        return {"reference": self.facts.one(self.facts.about, str(ITB.hasPatient))}

    def about(self, node: str) -> Json:
        """Tell where a statement stands and what is said beside it: the extensions and notes of any resource."""
        place = self.one(node, ITB.statedAt)
        section, paragraph = self.one(place, ITB.section), self.one(place, ITB.paragraph)
        stated = ", ".join(part for part in (section, paragraph) if part)
        texts = [(ITB.statedAt, stated)]
        texts += [(key, self.one(node, key)) for key in (ITB.printedText, ITB.discrepancy, ITB.valueText)]
        extensions: list[Json] = [{"url": str(ITB.reportedIn), "valueReference": {"reference": self._publication()}}]
        extensions += [{"url": str(key), "valueString": text} for key, text in texts if text]
        if order := self.one(node, ITB.storyOrder):
            extensions.append({"url": str(ITB.storyOrder), "valueInteger": int(order)})
        detail = self.one(node, ITB.detail)
        return {"extension": extensions} | ({"note": [{"text": detail}]} if detail else {})

    def time(self, node: str, name: str) -> Json:
        """Tell a time by its distance from clock zero, in the place of the date that nobody knows."""
        distance = self.distance(node)
        return {f"_{name}": {"extension": [ABSENT_REASON, *distance]}} if distance else {}

    def distance(self, node: str) -> list[Json]:
        """Tell how far from clock zero a statement is, and on which day of the stay, as extensions of an element."""
        low, high = self.one(node, ITB.earliestHours), self.one(node, ITB.latestHours)
        day = self.one(node, ITB.hospitalDay)
        found = [self._relative(low, high)] if low or high else []
        return [*found, *([{"url": str(ITB.hospitalDay), "valueInteger": int(day)}] if day else [])]

    def _relative(self, low: str, high: str) -> Json:
        ends = {name: self._hours(end) for name, end in (("low", low), ("high", high)) if end}
        exact = {"url": "offset", "valueDuration": self._hours(low)}
        offset = exact if low == high else {"url": "offset", "valueRange": ends}
        return {
            "url": RELATIVE,
            "extension": [
                {"url": "target", "valueReference": {"reference": self.clock()}},
                {"url": "targetPath", "valueString": "effective"},
                {"url": "relationship", "valueCode": "after"},
                offset,
            ],
        }

    def clock(self) -> str:
        """Name the Observation that stands for the moment from which the times of the case count."""
        return f"{self.facts.about}/clock"

    def _hours(self, value: str) -> Json:
        return {"value": float(value), "unit": "h", "system": UCUM, "code": "h"}

    def _publication(self) -> str:
        return self.facts.one(self.facts.about, str(ITB.reportedIn))


def coding(code: str, label: str) -> Json:
    """Give a code with the system that it belongs to."""
    prefix, _, local = code.partition(":")
    return {"system": VOCABULARIES[prefix].system, "code": local, "display": label}


def references(iris: Iterable[str]) -> list[Json]:
    """Refer to resources by their IRIs."""
    return [{"reference": iri} for iri in iris]

"""The lines of a draft's course: what a Phenopacket tells of findings, measurements, diagnoses and acts."""

from collections.abc import Iterator, Sequence

from itbkg.drafts import times
from itbkg.drafts.draft import Part
from itbkg.drafts.lookup import OWN
from itbkg.drafts.packetwords import PacketWords
from itbkg.drafts.tree import Node
from itbkg.records.place import parse_place

#: Where a statement stands of which the packet does not say it: in somebody else's account.
ACCOUNT = "Secondary account"
#: A finding with this evidence follows from a measured value, and is read off it anew.
IMPLIED = "ECO:0000501"


class PacketLines(PacketWords):
    """Reads the lines of one packet."""

    def lines(self) -> Iterator[Part]:
        """Yield the lines of the course, in the order of the packet."""
        for feature in self.root.key("phenotypicFeatures").items():
            yield from self._feature(feature)
        for measurement in self.root.key("measurements").items():
            yield from self._measurement(measurement)
        for one in self.root.key("interpretations").items():
            yield from self._open_diagnosis(one)
        for action in self.root.key("medicalActions").items():
            yield from self._action(action)

    def _feature(self, node: Node) -> Iterator[Part]:
        evidence = node.key("evidence").items()
        if any(one.key("evidenceCode").key("id").value == IMPLIED for one in evidence):
            node.take()
            self.leave(
                node.place, self.shown(node.key("type")), "it follows from a measurement and is read off it anew"
            )
            return
        mapped = next(
            (one for one in evidence if str(one.key("evidenceCode").key("id").value).startswith("skos:")), None
        )
        kind = "absent" if node.key("excluded").flag() else "finding"
        word = self._own(mapped.key("reference")) if mapped else ""
        word = word or self.word(node.key("type"), "Finding")
        if not word:
            return
        node.key("type").take()
        line: Part = {kind: word} | self.time(node.key("onset"))
        if kind == "finding" and (severity := node.key("severity")):
            line |= self.optional("severity", severity, "Severity")
        yield line | self.detail(node) | {"where": self._where(evidence)}

    def _own(self, reference: Node) -> str:
        """Read the term of ours from which a type was mapped."""
        code = str(reference.key("id").value or "")
        return self.lookup.word(code, "", ("Finding",)) if code.startswith(OWN) else ""

    def _where(self, evidence: Sequence[Node]) -> str:
        for one in evidence:
            one.take()
        for one in evidence:
            place = one.key("reference").key("description").text()
            try:
                parse_place(place)
            except ValueError:
                continue
            if not str(one.key("evidenceCode").key("id").value).startswith("skos:"):
                return place
        return ACCOUNT

    def _measurement(self, node: Node) -> Iterator[Part]:
        word = self.word(node.key("assay"), "Measurement")
        value = self._value(node)
        if not word or not value:
            return
        line: Part = {"measurement": word} | self.time(node.key("timeObserved")) | value
        yield line | self.detail(node) | {"where": ACCOUNT}

    def _value(self, node: Node) -> Part:
        quantity = node.key("value").key("quantity")
        value = self.quantity(quantity)
        if value:
            return {"value": value} | self._normal(quantity.key("referenceRange"))
        ends: dict[str, str] = {}
        signs: list[str] = []
        for typed in node.key("complexValue").key("typedQuantities").items():
            kind = typed.key("type").key("id").value
            if kind in (f"{OWN}minimumValue", f"{OWN}maximumValue"):
                ends[str(kind)] = self.quantity(typed.key("quantity"))
                signs.append(typed.key("type").key("label").text())
                typed.key("type").take()
        return {"value": text} if (text := _range(ends, signs)) else {}

    def _normal(self, node: Node) -> Part:
        code = str(node.key("unit").key("id").value or "").removeprefix("UCUM:")
        if not node or code not in self.lookup.vocabulary.units:
            return {}
        low, high = node.key("low").number(), node.key("high").number()
        node.key("unit").take()
        return {"normal": f"{low}..{high} {code}"} if low and high else {}

    def _open_diagnosis(self, node: Node) -> Iterator[Part]:
        word = self.word(node.key("diagnosis").key("disease"), "Diagnosis")
        if not word:
            return
        node.key("id").take()
        node.key("progressStatus").take()
        line: Part = {"considered": word}
        summary = node.key("summary")
        if summary and (became := self.lookup.word("", str(summary.value), ("DiagnosisStatus",))):
            summary.take()
            line["became"] = became
        yield line | {"where": ACCOUNT}

    def _action(self, node: Node) -> Iterator[Part]:
        if self.is_therapy(node):
            return
        procedure = node.key("procedure")
        if not procedure:
            yield from self._drug(node)
            return
        looked = node.key("treatmentIntent").key("id").value == f"{OWN}Investigation"
        kinds = ("Investigation", "Treatment") if looked else ("Treatment", "Investigation")
        word = self.word(procedure.key("code"), *kinds)
        if not word:
            return
        node.key("treatmentIntent").take() if looked else None
        found = self.lookup.word("", word, kinds[:1])
        kind = kinds[0] if found else kinds[1]
        line: Part = {kind.lower(): word} | self.time(procedure.key("performed"))
        yield line | (self._response(node) if kind == "Treatment" else {}) | {"where": ACCOUNT}

    def _drug(self, node: Node) -> Iterator[Part]:
        treatment = node.key("treatment")
        word = self.word(treatment.key("agent"), "Treatment") if treatment else ""
        if not word:
            return
        line: Part = {"treatment": word}
        for dose in treatment.key("doseIntervals").items()[:1]:
            if quantity := self.quantity(dose.key("quantity")):
                line["dose"] = quantity
            every = dose.key("scheduleFrequency")
            if interval := times.interval(every):
                line["every"] = interval
        if route := treatment.key("routeOfAdministration"):
            line |= self.optional("route", route, "Route")
        yield line | self._response(node) | {"where": ACCOUNT}

    def _response(self, node: Node) -> Part:
        response, target = node.key("responseToTreatment"), node.key("treatmentTarget")
        if response and not target:
            response.take()
            self.leave(response.place, self.shown(response), "the packet does not say what responded")
        if not response or not target:
            return {}
        word = self.word(response, "TreatmentResponse")
        about = self.word(target, "Finding", "TherapyEvent") if word else ""
        if not about:
            return {}
        return {"response": {about: word}} if self.lookup.word("", about, ("Finding",)) else {"effect": word}


def _range(ends: dict[str, str], signs: Sequence[str]) -> str:
    """Join the ends of a range, or put the sign before the one end there is."""
    low, high = (ends.get(f"{OWN}{name}", "") for name in ("minimumValue", "maximumValue"))
    if low and high:
        number, _, unit = low.partition(" ")
        return f"{number}..{high.partition(' ')[0]} {unit}"
    sign = next((one for one in signs if one in ("<", "<=", ">", ">=")), "")
    return f"{sign}{low or high}" if sign and (low or high) else ""

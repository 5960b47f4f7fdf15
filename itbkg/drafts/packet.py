"""From a Phenopacket (v2) to a draft record of one case."""

import re
from pathlib import Path

from itbkg.drafts import times
from itbkg.drafts.draft import Draft, Part
from itbkg.drafts.lookup import Lookup
from itbkg.drafts.order import in_order
from itbkg.drafts.packetlines import ACCOUNT, PacketLines
from itbkg.drafts.tree import Node
from itbkg.errors import Problem, RecordError
from itbkg.naming import slug

#: Said in place of what a packet does not hold and a curator writes.
UNWRITTEN = "To be written."
UNTITLED = "A case without a title yet"
_NAME = re.compile(r"(?P<publication>[a-z0-9][a-z0-9-]*)/(?P<case>[a-z0-9][a-z0-9-]*)")
_NUMBERS = {"PMID": "pmid", "DOI": "doi", "PMC": "pmcid"}


def read_packet(path: Path, line: int, root: Node, lookup: Lookup) -> Draft:
    """Make a draft of a packet; RecordError where the document is none."""
    name = root.key("id").text()
    if not name or not root.key("metaData"):
        mend = "Give a Phenopacket of version 2, not a family or cohort."
        raise RecordError([Problem(str(path), line, "id", "no Phenopacket: 'id' or 'metaData' is missing.", mend)])
    return _Reader(str(path), root, lookup).draft(path, name)


class _Reader(PacketLines):
    def __init__(self, path: str, root: Node, lookup: Lookup) -> None:
        super().__init__(path, root, lookup)
        self.events: list[str] = []

    def draft(self, path: Path, name: str) -> Draft:
        parts = _NAME.fullmatch(name)
        stem = parts["publication"] if parts else slug(name)[:64].strip("-") or "packet"
        report = self._report(name)
        case = self._case(parts["case"] if parts else "1")
        self.root.key("metaData").take()
        self.root.key("subject").key("id").take()
        for place, value in self.root.passed_over():
            self.leave(place, value, "a record has no place for it")
        return Draft(stem, path, {"format": 1, "report": report, "cases": [case]}, tuple(self.unplaced))

    def _report(self, name: str) -> Part:
        meta = self.root.key("metaData")
        references = meta.key("externalReferences").items()
        titles = [title for one in references if (title := one.key("description").text())]
        report: Part = {"title": (titles or [f"Report told in the Phenopacket {name}"])[0]}
        for one in references:
            prefix, _, local = one.key("id").text().partition(":")
            if prefix in _NUMBERS:
                report[_NUMBERS[prefix]] = local
        maker = meta.key("createdBy").text() or "somebody unnamed"
        return report | {
            "citation": "partly verified",
            "read_as": "secondary source",
            "secondary_source": f"The Phenopacket {name} made by {maker}"[:300],
            "review": "entered",
            "note": "Draft made by an import. Title, narrative, event and places are to be held against the report.",
        }

    def _case(self, number: str) -> Part:
        patient = self._patient()
        course = [*self.lines()]
        therapy = self._therapy()
        self._diseases(patient, course)
        case: Part = {"id": number, "title": UNTITLED, "narrative": UNWRITTEN, "patient": patient}
        case |= {"therapy": therapy} if therapy else {}
        if self.events:
            case["event"] = self.events[0]
        case |= {"also": self.events[1:]} if self.events[1:] else {}
        case["event_where"] = ACCOUNT
        clocks = sorted(set(self.clocks))
        case |= {"clock": clocks[0]} if len(clocks) == 1 else {}
        case["course"] = in_order(course, self.lookup.vocabulary)
        return case | self._same_patient()

    def _same_patient(self) -> Part:
        for one in self.root.key("subject").key("alternateIds").items():
            if isinstance(one.value, str) and _NAME.fullmatch(one.value):
                return {"same_patient_as": one.text()}
        return {}

    def _patient(self) -> Part:
        subject = self.root.key("subject")
        age = times.age(subject.key("timeAtLastEncounter"))
        sex = subject.key("sex")
        found: Part = {"age": age} if age else {}
        if isinstance(sex.value, str) and (word := self.lookup.word("", sex.value.lower(), ("Sex",))):
            sex.take()
            found["sex"] = word
        return found | {"where": ACCOUNT}

    def _therapy(self) -> Part:
        """Read the therapy before the event, and the events among its adverse events."""
        found: Part = {}
        for node in self.root.key("medicalActions").items():
            if self.is_therapy(node):
                node.key("treatment").key("agent").take()
                doses = node.key("treatment").key("doseIntervals").items()[:1]
                found = {"dose": text} if doses and (text := self.quantity(doses[0].key("quantity"))) else found
                for one in node.key("adverseEvents").items():
                    self._adverse(one)
        return found | {"where": ACCOUNT} if found else {}

    def _adverse(self, node: Node) -> None:
        code, label = (str(node.key(name).value or "") for name in ("id", "label"))
        if word := self.lookup.word(code, label, ("TherapyEvent",)):
            node.take()
            self.events.append(word)
        elif self.lookup.word(code, label, ("Cause",)):
            node.take()
            self.leave(
                node.place, label, "a cause needs what it led to and how sure that is: write a link under 'causes'"
            )
        else:
            self.word(node, "TherapyEvent")

    def _diseases(self, patient: Part, course: list[Part]) -> None:
        conditions: list[str] = []
        for node in self.root.key("diseases").items():
            excluded = node.key("excluded").flag()
            kinds = ("Diagnosis",) if excluded else ("UnderlyingCondition", "TherapyEvent")
            word = self.word(node.key("term"), *kinds)
            if word and excluded:
                time = self.time(node.key("onset"))
                course.append({"considered": word} | time | {"became": self.lookup.rejected, "where": ACCOUNT})
            elif word and self.lookup.word("", word, kinds[:1]):
                conditions.append(word)
            elif word:
                self.events.append(word)
        if conditions:
            patient["conditions"] = [*dict.fromkeys(conditions)]

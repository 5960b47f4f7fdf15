"""Drafts from Phenopackets: what a packet holds comes back, over the whole corpus; the rest is said."""

import json
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

from itbkg.curation import read_publications
from itbkg.drafts import import_phenopackets
from itbkg.drafts.draft import Draft
from itbkg.drafts.lookup import Lookup
from itbkg.drafts.packet import UNWRITTEN, read_packet
from itbkg.drafts.packetlines import ACCOUNT
from itbkg.drafts.tree import Node
from itbkg.exports.health.phenopackets import write_folder
from itbkg.exports.selection import select_all
from itbkg.records import Case, InvestigationLine, Publication
from itbkg.records.quantity import parse_quantity
from itbkg.store import Store
from itbkg.vocabulary import Vocabulary

PROJECT = Path(__file__).resolve().parents[1]


@pytest.fixture(scope="module")
def drafts(real_store: Store, vocabulary: Vocabulary, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """Write the whole corpus as packets, import them, and read the drafts, by case."""
    packets, out = (tmp_path_factory.mktemp(name) for name in ("packets", "drafts"))
    write_folder(select_all(real_store), packets)
    imported = import_phenopackets([packets], out, vocabulary)
    assert not imported.refused
    records = {made.path.stem: yaml.safe_load(made.path.read_text("utf-8")) for made in imported.made}
    return {
        f"{stem}/{case['id']}": {"report": one["report"], **case}
        for stem, one in records.items()
        for case in one["cases"]
    }


@pytest.fixture(scope="module")
def records(vocabulary: Vocabulary) -> dict[str, Publication]:
    """Read the records of the corpus."""
    return read_publications(sorted((PROJECT / "data" / "cases").glob("*.yaml")), vocabulary)


class Facts:
    """What a packet can hold of a case, from its record or from its draft, in one form."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        self._vocabulary = vocabulary

    def term(self, word: str, *branches: str) -> str:
        """Name the term of a word."""
        return self._vocabulary.words.resolve(word, branches).label

    def quantity(self, text: str | None, *, single: bool = False) -> tuple[Any, ...] | None:
        """Tell a quantity by its numbers; None for none, or for a range where only a single value can be held."""
        if not text:
            return None
        found = parse_quantity(text)
        if single and found.minimum != found.maximum:
            return None
        return found.minimum, found.maximum, found.comparator, found.unit

    def time(self, line: dict[str, Any]) -> Any:
        """Tell a time as hours, or as a day of the stay."""
        if "hospital_day" in line:
            return line["hospital_day"]
        return tuple(self._vocabulary.units.hours(parse_quantity(line["at"]))) if "at" in line else None

    def of(self, case: dict[str, Any]) -> Counter[tuple[Any, ...]]:
        """Collect what the lines of a case state."""
        return Counter(fact for line in case["course"] for fact in self._line(line))

    def _line(self, line: dict[str, Any]) -> Iterator[tuple[Any, ...]]:
        time = self.time(line)
        if "finding" in line or "absent" in line:
            kind = "finding" if "finding" in line else "absent"
            yield kind, self.term(line[kind], "Finding"), time, line.get("severity"), line.get("detail"), line["where"]
        elif "measurement" in line:
            value, normal = (self.quantity(line.get(key)) for key in ("value", "normal"))
            yield "measurement", self.term(line["measurement"], "Measurement"), time, value, normal, line.get("detail")
        elif "treatment" in line:
            yield from self._treatment(line)
        elif "investigation" in line:
            yield "investigation", self.term(line["investigation"], "Investigation"), time
        elif "considered" in line:
            given_up = line.get("became") == "rejected"
            words = [line["considered"]] if isinstance(line["considered"], str) else line["considered"]
            yield from (
                ("considered", self.term(one, "Diagnosis"), line.get("became"), time if given_up else None)
                for one in words
            )

    def _treatment(self, line: dict[str, Any]) -> Iterator[tuple[Any, ...]]:
        dose, every = self.quantity(line.get("dose"), single=True), self.quantity(line.get("every"))
        responses = [
            (self.term(word, "Finding"), self.term(one, "TreatmentResponse"))
            for word, one in line.get("response", {}).items()
        ]
        effect = line.get("effect") and ("event", self.term(line["effect"], "TreatmentResponse"))
        told = [*responses, *([effect] if effect else [])]
        yield (
            "treatment",
            self.term(line["treatment"], "Treatment"),
            dose,
            every,
            line.get("route"),
            told[0] if len(told) == 1 else None,
        )


def stated(case: Case) -> dict[str, Any]:
    """Write a case of the corpus as a draft has it: each finding that an investigation showed is a line of its own."""
    plain = case.model_dump(mode="json", exclude_none=True)
    shown: list[dict[str, Any]] = []
    for line, told in zip(case.course, plain["course"], strict=True):
        if isinstance(line, InvestigationLine):
            shared = {key: told[key] for key in ("at", "hospital_day", "where", "detail") if key in told}
            shown += [{"finding": word} | shared for word in line.shows]
            shown += [{"absent": word} | shared for word in line.excludes]
    return plain | {"course": [*plain["course"], *shown]}


def test_what_a_packet_holds_comes_back(
    drafts: dict[str, Any], records: dict[str, Publication], vocabulary: Vocabulary
) -> None:
    """A line of a case is lost or changed on the way to a packet and back."""
    facts, words = Facts(vocabulary), vocabulary.words
    total = 0
    for name, record in records.items():
        for case in record.cases:
            plain, draft = stated(case), drafts[f"{name}/{case.id}"]
            findings = {
                word
                for line in plain["course"]
                for word in [line.get("finding")]
                if word and words.find(word, ("Finding",)) is None
            }
            plain["course"] = [line for line in plain["course"] if line.get("finding") not in findings]
            expected, told = facts.of(normal_range(plain)), facts.of(draft)
            assert told == expected, f"{name}/{case.id}"
            total += sum(expected.values())
    assert total > 1000


def normal_range(case: dict[str, Any]) -> dict[str, Any]:
    """Leave out what a packet cannot hold: a range that is open or in another unit, or beside a range of values."""
    course = []
    for line in case["course"]:
        kept = dict(line)
        if "normal" in line:
            value, normal = (parse_quantity(line[key]) for key in ("value", "normal"))
            fits = value.unit == normal.unit and None not in (normal.minimum, normal.maximum)
            if not fits or value.minimum != value.maximum:
                del kept["normal"]
        course.append(kept)
    return case | {"course": course}


def test_patient_events_and_report_come_back(
    drafts: dict[str, Any], records: dict[str, Publication], vocabulary: Vocabulary
) -> None:
    """Age, sex, conditions, events, clock, dose of the therapy or the numbers of the publication are lost."""
    facts = Facts(vocabulary)
    for name, record in records.items():
        for case in record.cases:
            draft = drafts[f"{name}/{case.id}"]
            plain = case.model_dump(mode="json", exclude_none=True)
            assert facts.quantity(draft["patient"].get("age")) == facts.quantity(plain["patient"].get("age")), name
            assert draft["patient"].get("sex") == plain["patient"].get("sex")
            conditions = [
                {facts.term(word, "UnderlyingCondition") for word in one["patient"].get("conditions", ())}
                for one in (draft, plain)
            ]
            assert conditions[0] == conditions[1], name
            events = [
                {facts.term(word, "TherapyEvent") for word in (one["event"], *one.get("also", ()))}
                for one in (draft, plain)
            ]
            assert events[0] == events[1]
            dose = facts.quantity(plain.get("therapy", {}).get("dose"), single=True)
            assert facts.quantity(draft.get("therapy", {}).get("dose")) == dose
            assert draft.get("same_patient_as") == plain.get("same_patient_as")
            assert draft.get("clock", plain.get("clock")) == plain.get("clock")
            assert (draft["report"].get("pmid"), draft["report"].get("doi")) == (record.report.pmid, record.report.doi)
            assert draft["report"]["review"] == "entered"


def test_drafts_are_records_but_for_what_is_to_be_written(store: Store, vocabulary: Vocabulary, tmp_path: Path) -> None:
    """A draft has other problems than that its story is not written: keys out of place, words unknown, wrong order."""
    packets, out = tmp_path / "packets", tmp_path / "drafts"
    packets.mkdir()
    write_folder(select_all(store), packets)
    imported = import_phenopackets([packets], out, vocabulary)
    problems = [problem for made in imported.made for problem in made.problems]
    assert {problem.field.split(".")[-1] for problem in problems} == {"narrative"}
    assert len(problems) == len(list(packets.iterdir()))
    assert all(made.path.read_text("utf-8").startswith("# A draft") for made in imported.made)
    left = [one for made in imported.made for one in made.unplaced]
    assert left
    assert all(
        "read off it anew" in one.why or "write a link" in one.why or "what responded" in one.why for one in left
    )


def packet(**parts: Any) -> dict[str, Any]:
    """Make a packet as a stranger would."""
    return {"id": "Patient #7", "metaData": {"createdBy": "somebody"}, **parts}


@pytest.fixture
def make(vocabulary: Vocabulary) -> Callable[[dict[str, Any]], Draft]:
    """Make the draft of a packet."""
    return lambda given: read_packet(Path("given.json"), 1, Node(given), Lookup(vocabulary))


def test_a_strangers_packet(make: Callable[[dict[str, Any]], Draft]) -> None:
    """A packet of another maker, with HPO and Mondo codes and labels of its own, is not understood."""
    draft = make(
        packet(
            subject={"id": "P7", "sex": "FEMALE", "timeAtLastEncounter": {"age": {"iso8601duration": "P8M"}}},
            phenotypic_features=[
                {"type": {"id": "HP:0001250", "label": "Seizure"}, "excluded": True},
                {"type": {"id": "X:1", "label": "increased spasticity"}},
                {"type": {"id": "HP:0000000", "label": "fevr"}, "onset": {"age": {"iso8601duration": "P1Y"}}},
            ],
            diseases=[{"term": {"id": "MONDO:0006497", "label": "cerebral palsy"}}],
        )
    )
    case = draft.record["cases"][0]
    assert draft.name == "patient-7"
    assert case["patient"] == {"age": "8 mo", "sex": "female", "where": ACCOUNT, "conditions": ["cerebral palsy"]}
    assert [*map(tuple, map(dict.items, case["course"]))] == [
        (("absent", "seizure"), ("where", ACCOUNT)),
        (("finding", "increased spasticity"), ("where", ACCOUNT)),
    ]
    assert case["narrative"] == UNWRITTEN
    told = {one.field: (one.value, one.why) for one in draft.unplaced}
    assert "did you mean 'fever'?" in told["phenotypic_features[3].type"][1]
    assert told["phenotypic_features[3].onset.age.iso8601duration"][0] == "P1Y"


def test_every_leaf_is_placed_or_told(make: Callable[[dict[str, Any]], Draft]) -> None:
    """Something of a packet goes without a word: genes, dates, files, karyotypes."""
    given = packet(
        subject={"id": "x", "dateOfBirth": "1990-01-01T00:00:00Z", "karyotypicSex": "XX", "sex": "OTHER_SEX"},
        biosamples=[{"id": "b1"}],
        files=[{"uri": "file:x"}],
        measurements=[
            {"assay": {"id": "X:2", "label": "mood"}, "value": {"ontologyClass": {"id": "Y:1", "label": "good"}}}
        ],
        medicalActions=[
            {"treatment": {"agent": {"id": "X:3", "label": "moonshine"}}},
            {"radiationTherapy": {"dosage": 3}},
        ],
    )
    fields = {one.field for one in make(given).unplaced}
    assert fields == {
        *("subject.dateOfBirth", "subject.karyotypicSex", "subject.sex", "biosamples[1].id", "files[1].uri"),
        *(
            "measurements[1].assay",
            "measurements[1].value.ontologyClass.id",
            "measurements[1].value.ontologyClass.label",
        ),
        *("medicalActions[1].treatment.agent", "medicalActions[2].radiationTherapy.dosage"),
    }


def test_bad_files_are_told_and_do_not_stop_the_others(vocabulary: Vocabulary, tmp_path: Path) -> None:
    """One bad file stops the import, or is passed over without file and line."""
    contents = {
        "a.json": b'{"id": "x",\n "metaData": }',
        "b.json": b"[1]",
        "c.json": b'{"id": "c"}',
        "d.json": b"\xff\xfe",
        "e.json": b"[" * 100_000,
        "f.jsonl": b'{"id": "f-1", "metaData": {"a": 1}}\n\n{"id": }\n',
        "good.json": json.dumps(packet()).encode(),
    }
    for name, content in contents.items():
        (tmp_path / name).write_bytes(content)
    imported = import_phenopackets([tmp_path, tmp_path / "none.json"], tmp_path / "out", vocabulary)
    assert [(Path(one.path).name, one.line) for one in imported.refused] == [
        *(("a.json", 2), ("b.json", 1), ("c.json", 1), ("d.json", 1), ("e.json", 1), ("f.jsonl", 3), ("none.json", 1)),
    ]
    assert [made.path.name for made in imported.made] == ["f-1.yaml", "patient-7.yaml"]


def test_an_existing_file_is_left_as_it_is(vocabulary: Vocabulary, tmp_path: Path) -> None:
    """A draft is written over a curated record."""
    (tmp_path / "p.json").write_text(json.dumps(packet()), "utf-8")
    (tmp_path / "patient-7.yaml").write_text("mine", "utf-8")
    imported = import_phenopackets([tmp_path / "p.json"], tmp_path, vocabulary)
    assert not imported.made
    assert "is there already" in imported.refused[0].message
    assert (tmp_path / "patient-7.yaml").read_text("utf-8") == "mine"

"""The summary of a graph: each count against the records that the graph was built from, at every door."""

import json
import os
import subprocess
import sys
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from itbkg.building import Built, build
from itbkg.curation import Records, read_records
from itbkg.records import Case, Report
from itbkg.settings import Corpus
from itbkg.store import Store
from itbkg.summary import Share, Summary, shares_text, summarize
from itbkg.vocabulary import Vocabulary
from itbkg_api.app import create_app


@pytest.fixture(scope="module")
def summary(store: Store) -> Summary:
    """Count the fictional graph once."""
    return summarize(store)


@pytest.fixture(scope="module")
def records(corpus: Corpus, vocabulary: Vocabulary) -> Records:
    """Read the fictional records, to count them by hand."""
    return read_records(sorted((corpus.root / "data").rglob("*.yaml")), vocabulary, complete=True)


def cases(records: Records) -> Iterator[Case]:
    """Yield every case."""
    for record in records.cases.values():
        yield from record.cases


def test_cases_patients_causes_and_outcomes_are_those_of_the_records(summary: Summary, records: Records) -> None:
    """A case that is told twice would count as two patients, or a count would not be of what is stated."""
    told = list(cases(records))
    assert summary.cases == len(told)
    assert summary.patients == sum(case.same_patient_as is None for case in told) < len(told)
    assert summary.causes == sum(len(case.causes) for case in told)
    assert summary.outcomes == sum(len(case.outcomes) for case in told)


def test_every_statement_of_a_report_has_its_place(summary: Summary, store: Store) -> None:
    """What only follows from a measured value would count as stated, or a missing place would not show."""
    assert summary.placed == Share(summary.statements, summary.statements)
    everything = store.select(
        "SELECT (COUNT(DISTINCT ?s) AS ?n) { ?c a <https://w3id.org/itbkg/ont/Case> ; "
        "<https://w3id.org/itbkg/ont/hasStatement> ?s }"
    )
    assert summary.statements < int(next(everything.texts())[0])


def test_a_statement_without_a_place_shows(built: Built) -> None:
    """The share would be full whatever the graph holds."""
    node = b"<https://w3id.org/itbkg/case/doe-1901/1/absence/seizure-0-6-h> <https://w3id.org/itbkg/ont/statedAt>"
    lines = [line for line in built.nquads.splitlines() if not line.startswith(node)]
    assert len(lines) < len(built.nquads.splitlines())
    counted = summarize(Store.in_memory(b"\n".join(lines), built.manifest))
    assert counted.placed.n == counted.placed.of - 1


@pytest.mark.parametrize(
    ("what", "told"),
    [
        ("age", lambda case: case.patient.age),
        ("sex", lambda case: case.patient.sex),
        ("underlying condition", lambda case: case.patient.conditions),
        ("time since implantation", lambda case: case.therapy and case.therapy.implanted_before),
        ("dose before the event", lambda case: case.therapy and case.therapy.dose),
        ("concentration", lambda case: case.therapy and case.therapy.concentration),
        ("model of the pump", lambda case: case.therapy and case.therapy.pump),
        ("any time", lambda case: [line for line in (*case.course, *case.outcomes) if line.at or line.hospital_day]),
        ("measurement", lambda case: [line for line in case.course if hasattr(line, "measurement")]),
        ("investigation", lambda case: [line for line in case.course if hasattr(line, "investigation")]),
        ("diagnosis considered", lambda case: [line for line in case.course if hasattr(line, "considered")]),
        ("treatment", lambda case: [line for line in case.course if hasattr(line, "treatment")]),
        ("delay", lambda case: [line for line in case.course if hasattr(line, "delay")]),
        ("cause", lambda case: case.causes),
        ("outcome", lambda case: case.outcomes),
    ],
)
def test_not_reported_counts_the_cases_that_tell_nothing(
    what: str, told: Callable[[Case], object], summary: Summary, records: Records
) -> None:
    """A gap in what is published would look filled, or a filled one empty."""
    untold = sum(not told(case) for case in cases(records))
    assert summary.not_reported[what] == Share(untold, summary.cases)


def test_a_finding_that_is_only_implied_is_not_reported(corpus: Corpus, tmp_path: Path) -> None:
    """A case that tells only a temperature would seem to tell of findings."""
    root = tmp_path / "corpus"
    (root / "data" / "cases").mkdir(parents=True)
    (root / "ontology").symlink_to(corpus.ontology, target_is_directory=True)
    text = (corpus.cases / "doe-1901.yaml").read_text("utf-8")
    head, rest = text.split("    course:\n")
    line = "      - {measurement: body temperature, value: 41.0 Cel, where: Case}\n"
    cut = f"{head}    course:\n{line}    causes:{rest.split('    causes:')[1]}".replace(
        "clock: first symptom", "clock: admission"
    )
    (root / "data" / "cases" / "doe-1901.yaml").write_text(cut, "utf-8")
    built = build(Corpus(root))
    assert b"impliedBy" in built.nquads
    counted = summarize(Store.in_memory(built.nquads, built.manifest)).not_reported
    assert counted["finding, present or absent"] == Share(1, 1)
    assert counted["measurement"] == Share(0, 1)


def by_value(reports: list[Report], key: str) -> dict[str, int]:
    """Count the values of a key of the reports."""
    return dict(Counter(getattr(report, key) for report in reports if getattr(report, key)))


def test_trust_is_that_of_the_records(summary: Summary, records: Records) -> None:
    """A record would count as checked that nobody checked."""
    reports = [record.report for record in records.cases.values()]
    standing = summary.case_reports
    assert standing.publications == len(reports) == summary_of(standing.review)
    for key, shares in (("review", standing.review), ("citation", standing.citation), ("read_as", standing.reading)):
        assert {label: share.n for label, share in shares.items() if share.n} == by_value(reports, key)
        assert {share.of for share in shares.values()} == {len(reports)}
    assert list(standing.status) == ["corrected", "questioned", "retracted"]
    assert summary.guidance_documents.publications == len(records.guidance)
    assert summary.sources_of_numbers.publications == len(records.published)


def summary_of(shares: Mapping[str, Share]) -> int:
    """Add the parts of a whole."""
    return sum(share.n for share in shares.values())


def test_a_retracted_publication_is_counted(corpus: Corpus, tmp_path: Path) -> None:
    """A retraction would not show."""
    root = tmp_path / "corpus"
    (root / "data" / "cases").mkdir(parents=True)
    (root / "ontology").symlink_to(corpus.ontology, target_is_directory=True)
    for path in corpus.cases.glob("[dr]oe-*.yaml"):
        text = path.read_text("utf-8").replace("citation: verified\n", "citation: verified\n  status: retracted\n", 1)
        (root / "data" / "cases" / path.name).write_text(
            text if path.stem == "doe-1901" else path.read_text("utf-8"), "utf-8"
        )
    built = build(Corpus(root))
    standing = summarize(Store.in_memory(built.nquads, built.manifest)).case_reports
    assert shares_text(standing.status) == "corrected 0 of 2, questioned 0 of 2, retracted 1 of 2"


def run(corpus: Corpus, cache: Path, *arguments: str) -> str:
    """Run itbkg over the fictional corpus."""
    command = [
        sys.executable,
        "-c",
        "import sys; sys.argv[0] = 'itbkg'; from itbkg.cli import main; main()",
        *arguments,
    ]
    environment = os.environ | {"ITBKG_CORPUS": str(corpus.root), "ITBKG_CACHE": str(cache)}
    return subprocess.run(command, capture_output=True, text=True, env=environment, check=True, timeout=120).stdout


def test_build_says_what_was_built(corpus: Corpus, summary: Summary, tmp_path: Path) -> None:
    """A curator would not see what the corpus lacks."""
    lines = run(corpus, tmp_path, "build").splitlines()
    assert f"cases         {summary.cases}, of {summary.patients} patients" in lines
    assert f"statements    {summary.statements}, with a place in the source {summary.placed}" in lines
    assert f"review        {shares_text(summary.case_reports.review)}" in lines
    age = summary.not_reported["age"]
    assert ["age", str(age.n), str(age.of)] in [line.split() for line in lines]
    document = json.loads(run(corpus, tmp_path, "build", "--json"))
    assert document["cases"] == document["summary"]["cases"] == summary.cases
    assert document["summary"]["not_reported"]["age"] == {"n": age.n, "of": age.of}


def test_doctor_says_how_far_the_records_were_checked(corpus: Corpus, summary: Summary, tmp_path: Path) -> None:
    """Nobody would know how far to trust the data that is installed."""
    signs = {sign["what"]: sign["found"] for sign in json.loads(run(corpus, tmp_path, "doctor", "--json"))}
    assert signs["records"] == shares_text(summary.case_reports.review)
    assert signs["citations"] == shares_text(summary.case_reports.citation)
    assert signs["publications"] == shares_text(summary.case_reports.status)


def test_service_info_says_how_far_the_records_were_checked(corpus: Corpus, store: Store, summary: Summary) -> None:
    """A client could not tell data that was checked from data that was only entered."""
    info = TestClient(create_app(store, corpus.questions)).get("/service-info").json()
    checked = summary.case_reports.review["checked"]
    assert info["dataset"]["case_reports"]["review"]["checked"] == {"n": checked.n, "of": checked.of}

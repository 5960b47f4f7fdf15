"""Corpora with planted cases: records written by the test itself, built beside the project's ontology."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from itbkg.building import build
from itbkg.settings import Corpus
from itbkg.store import Store

PROJECT = Path(__file__).resolve().parents[1]


@dataclass(frozen=True)
class Planted:
    """A case of a planted report; what is empty is not reported."""

    event: str = "withdrawal"
    sex: str = ""
    age: str = ""
    findings: Sequence[str] = ()
    absences: Sequence[str] = ()
    causes: Sequence[str] = ()
    outcomes: Sequence[str] = ()
    treatments: Sequence[tuple[str, str]] = ()
    measured: Sequence[tuple[str, str]] = ()
    same_patient_as: str = ""
    distinct_from: Sequence[str] = ()


@dataclass(frozen=True)
class Report:
    """A planted report, with its cases numbered from 1."""

    cases: Sequence[Planted]
    year: int | None = 1990
    read_as: str = "abstract"
    status: str = ""
    cohorts: Sequence[str] = field(default=())


def plant(root: Path, reports: dict[str, Report], overlaps: Sequence[Sequence[str]] = ()) -> Store:
    """Write the reports below a folder and build them."""
    for folder in ("cases", "guidance", "published"):
        (root / "data" / folder).mkdir(parents=True)
    (root / "ontology").symlink_to(PROJECT / "ontology", target_is_directory=True)
    for name, report in reports.items():
        (root / "data" / "cases" / f"{name}.yaml").write_text(_report(name, report), "utf-8")
    if overlaps:
        (root / "data" / "published" / "overlaps.yaml").write_text(_overlaps(overlaps), "utf-8")
    built = build(Corpus(root))
    return Store.in_memory(built.nquads, built.manifest)


def _report(name: str, report: Report) -> str:
    head = [
        "format: 1",
        "report:",
        f"  title: An invented report {name}",
        f"  authors: [{''.join(letter for letter in name.title() if letter.isalpha())} J]",
        *([f"  year: {report.year}"] if report.year else []),
        "  citation: verified",
        *([f"  status: {report.status}"] if report.status else []),
        f"  read_as: {report.read_as}",
        "  review: entered",
        "cases:",
    ]
    told = [line for number, case in enumerate(report.cases, 1) for line in _case(number, case)]
    return "\n".join([*head, *told]) + "\n"


def _case(number: int, case: Planted) -> list[str]:
    patient = {"sex": case.sex, "age": case.age and f"'{case.age}'", "where": "Table"}
    words = " ".join(["This invented case tells nothing that stands in any report, and it is long enough."] * 5)
    return [
        f'  - id: "{number}"',
        f"    title: An invented case, number {number}",
        f"    narrative: {words}",
        f"    patient: {{{', '.join(f'{key}: {value}' for key, value in patient.items() if value)}}}",
        f"    event: {case.event}",
        "    event_where: Table",
        *_list("course", _course(case) or ["{investigation: pump interrogation, where: Table}"]),
        *_list("causes", [_cause(cause, case.event) for cause in case.causes]),
        *_list("outcomes", [f"{{outcome: {outcome}, where: Table}}" for outcome in case.outcomes]),
        *([f"    same_patient_as: {case.same_patient_as}"] if case.same_patient_as else []),
        *([f"    distinct_from: [{', '.join(case.distinct_from)}]"] if case.distinct_from else []),
    ]


def _course(case: Planted) -> list[str]:
    return [
        *(f"{{finding: {one}, where: Table}}" for one in case.findings),
        *(f"{{absent: {one}, where: Results}}" for one in case.absences),
        *(f"{{treatment: {one}, effect: {effect}, where: Table}}" for one, effect in case.treatments),
        *(
            f"{{measurement: {one}, id: value-{place}, value: '{value}', where: Table}}"
            for place, (one, value) in enumerate(case.measured, 1)
        ),
    ]


def _cause(cause: str, event: str) -> str:
    return f"{{cause: {cause}, leads_to: {event}, certainty: certain, basis: contrast study, where: Table}}"


def _list(key: str, lines: Sequence[str]) -> list[str]:
    return [f"    {key}:", *(f"      - {line}" for line in lines)] if lines else []


def _overlaps(overlaps: Sequence[Sequence[str]]) -> str:
    lines = [
        f"  - cohorts: [{', '.join(cohorts)}]\n    certainty: certain\n    because: They share an invented clinic"
        for cohorts in overlaps
    ]
    return "\n".join(["format: 1", "overlaps:", *lines]) + "\n"

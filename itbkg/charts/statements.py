"""What a case tells, as the lines of its timeline."""

from collections.abc import Iterator
from dataclasses import dataclass

from itbkg.cases import CaseAccount, Entry
from itbkg.cases.readable import readable_quantity, readable_time
from itbkg.charts.style import PAPER

#: Lanes in their order: what an entry's kind is called, with its mark and the colour of it.
LANES = {
    "cause": ("Causes, in the order of their chain", "diamond", "#D55E00"),
    "finding": ("Findings", "circle", "#000000"),
    "absent": ("Stated absent", "circle", PAPER),
    "measurement": ("Measurements", "square", "#0072B2"),
    "investigation": ("Investigations", "triangle-down", "#0072B2"),
    "considered": ("Diagnoses considered", "triangle-up", PAPER),
    "treatment": ("Treatments", "triangle-right", "#009E73"),
    "delay": ("Delays that the report states", "stroke", "#000000"),
    "outcome": ("Outcomes", "square", "#000000"),
}


@dataclass(frozen=True, slots=True)
class TimelineRow:
    """One statement: `lane` is its kind, `row` the line of the chart on which it stands.

    Hours count from the case's clock zero; both are None where no time is told. `text` is what a reader is told of it
    beside its name: a value, a response, what became of it. `place` is where the report says so.
    """

    lane: str
    row: str
    text: str
    earliest_hours: float | None
    latest_hours: float | None
    time: str
    place: str


def timeline_rows(account: CaseAccount) -> Iterator[TimelineRow]:
    """Yield the causes in the order of their chain, then every statement by its lane, in the order of the report."""
    for label in dict.fromkeys(label for path in account.causal_paths for label in path[:-1]):
        yield TimelineRow("cause", label, _leads_to(account, label), None, None, "", _place(account, label))
    entries = sorted((*account.course, *account.implied, *account.outcomes), key=lambda one: _lane(one.kind))
    for entry in entries:
        time = readable_time(entry.earliest_hours, entry.latest_hours, entry.hospital_day)
        name = entry.label if entry.kind != "considered" else entry.label.removeprefix("diagnosis of ")
        yield TimelineRow(entry.kind, name, _text(entry), entry.earliest_hours, entry.latest_hours, time, entry.place)


def _lane(kind: str) -> int:
    return [*LANES].index(kind)


def _leads_to(account: CaseAccount, cause: str) -> str:
    effects = dict.fromkeys(link.effect for link in account.causes if link.cause == cause)
    return f"→ {', '.join(effects)}"


def _place(account: CaseAccount, cause: str) -> str:
    return next((link.place for link in account.causes if link.cause == cause), "")


def _text(entry: Entry) -> str:
    """Say of an entry its value, its response, what became of it, and what it follows from."""
    parts = [
        readable_quantity(entry.value) if entry.value else "",
        entry.became,
        ", ".join(f"{finding}: {response}" for finding, response in entry.responses),
        f"shows {', '.join(entry.shows)}" if entry.shows else "",
        f"by {entry.implied_by}" if entry.implied_by else "",
    ]
    return "; ".join(part for part in parts if part)

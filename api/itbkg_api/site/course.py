"""The course of a case as its page tells it: lines gathered by moment, and what measured values imply beside them."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from itbkg.cases import Entry
from itbkg.cases.readable import readable_time
from itbkg.cases.wording import entry_text

#: What the kind of a line is called where the line says it not.
_KINDS = {"absent": "stated absent"}


@dataclass(frozen=True, slots=True)
class Line:
    """One statement of the course: of what kind, in words, and where in the report."""

    kind: str
    called: str
    text: str
    place: str


@dataclass(frozen=True, slots=True)
class Moment:
    """What is told of one time; `when` is empty where the report gives none."""

    when: str
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Implied:
    """A finding that measured values imply: by which measurement, and when."""

    label: str
    by: str
    times: tuple[str, ...]


def moments(entries: Sequence[Entry], clock: str = "") -> tuple[Moment, ...]:
    """Gather entries in their order by time; what an investigation shows stands with it and not by itself."""
    shown = {(entry.order, label) for entry in entries for label in entry.shows}
    told = (one for one in entries if one.kind not in ("finding", "absent") or (one.order, one.label) not in shown)
    return tuple(Moment(when, tuple(map(_line, some))) for when, some in groupby(told, lambda one: _when(one, clock)))


def implied_findings(entries: Sequence[Entry]) -> tuple[Implied, ...]:
    """Gather what is implied, each finding once for each measurement, in the order of the entries."""
    found: dict[tuple[str, str], list[str]] = {}
    for one in entries:
        found.setdefault((one.label, one.implied_by), []).extend(_times(one))
    return tuple(Implied(label, by, tuple(times)) for (label, by), times in found.items())


def _times(one: Entry) -> Iterator[str]:
    if when := _when(one, ""):
        yield when


def _when(one: Entry, clock: str) -> str:
    """Write a time with a true minus, and what happened at hour 0."""
    when = readable_time(one.earliest_hours, one.latest_hours, one.hospital_day).replace("-", "\N{MINUS SIGN}")
    return f"{when}, {clock}" if clock and when == "0 h" else when


def _line(one: Entry) -> Line:
    """Tell an entry; its kind, which stands beside it, is left out of its words."""
    text = entry_text(one).removeprefix(f"{one.kind}: ")
    return Line(
        one.kind, _KINDS.get(one.kind, one.kind), text.removeprefix("no ") if one.kind == "absent" else text, one.place
    )

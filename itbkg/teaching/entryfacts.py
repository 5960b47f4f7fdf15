"""The statements of a case's course and its outcomes as facts, whole and in parts."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from itbkg.cases import CaseAccount, Entry
from itbkg.cases.readable import readable_quantity, readable_time
from itbkg.cases.wording import entry_text
from itbkg.teaching.lesson import Fact, FactKind
from itbkg.teaching.pieces import WHOLE, Piece, make_fact


def entry_pieces(account: CaseAccount) -> Iterator[Piece]:
    """Name the statements of the course, what they imply, and the outcomes."""
    shown = {
        (entry.order, label): entry.label
        for entry in account.course
        if entry.kind == "investigation"
        for label in entry.shows
    }
    stated = {(entry.order, entry.label) for entry in account.course if entry.kind in ("finding", "absent")}
    for entry in (*account.course, *account.implied, *account.outcomes):
        name = entry.iri.removeprefix(f"{account.iri}/")
        by = shown.get((entry.order, entry.label), "") if entry.kind in ("finding", "absent") else ""
        yield _whole(name, entry, by)
        causes = tuple(label for label in entry.shows if (entry.order, label) not in stated)
        yield from _parts(name, entry, causes, account.events)


def _whole(name: str, entry: Entry, by: str) -> Piece:
    bare = replace(entry, detail="", discrepancy="", responses=(), shows=(), became="")
    text = entry_text(bare).removeprefix(f"{entry.kind}: ")
    text = f"{by}: {text}" if by else text
    text = f"{text} (read off {entry.implied_by})" if entry.implied_by else text
    tells = (entry.label,) if entry.kind in ("finding", "outcome") and not entry.implied_by else ()
    values = tuple(dict.fromkeys((entry.value, readable_quantity(entry.value)))) if entry.kind == "measurement" else ()
    return Piece(_of(entry, name, text, given=entry.value), tells=tells, values=values)


def _parts(name: str, entry: Entry, causes: tuple[str, ...], events: Sequence[str]) -> Iterator[Piece]:
    if entry.detail:
        yield Piece(_of(entry, f"{name}/detail", f"{entry.label}: {entry.detail}"), part_of=name, quiet=True)
    if entry.responses:
        told = "; ".join(_response(about, response, events) for about, response in entry.responses)
        yield Piece(_of(entry, f"{name}/response", f"after {entry.label}: {told}", value=told), part_of=name)
    if entry.became:
        text = f"{entry.label}: {entry.became}"
        yield Piece(_of(entry, f"{name}/became", text, value=entry.became), part_of=name)
    if causes:
        text = f"{entry.label} shows {', '.join(causes)}"
        yield Piece(_of(entry, f"{name}/shows", text, value=", ".join(causes)), part_of=name, tells=causes)
    if entry.discrepancy:
        text = f"{entry.label}: {entry.discrepancy}"
        yield Piece(_of(entry, f"{name}/discrepancy", text), part_of=name)


def _response(about: str, response: str, events: Sequence[str]) -> str:
    """Tell a response; the event as a whole is not named, for that would give it away."""
    return f"{WHOLE if about in events else about} {response.removesuffix(' response')}"


def _of(entry: Entry, name: str, text: str, *, given: str = "", value: str = "") -> Fact:
    return make_fact(
        name,
        KINDS[entry.kind],
        text,
        label=entry.label,
        place=entry.place,
        time=readable_time(entry.earliest_hours, entry.latest_hours, entry.hospital_day),
        value=value,
        given=given,
        window=(entry.earliest_hours, entry.latest_hours),
    )


#: The kind of fact for each kind of entry.
KINDS: Mapping[str, FactKind] = {
    "finding": "finding",
    "absent": "absent",
    "measurement": "measurement",
    "treatment": "treatment",
    "investigation": "investigation",
    "considered": "considered",
    "delay": "delay",
    "outcome": "outcome",
}

"""The facts of a case by name: what a stage may show, each as a line of text.

A name is the end of the statement's IRI within the case (`finding/seizure-m48-0-h`). What would tell more than the
statement itself are parts with names of their own: `.../detail`, `.../response`, `.../became`, `.../shows` (causes that
an investigation showed) and `.../discrepancy`.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from itbkg.cases import CaseAccount, Entry, Link, PatientAccount, TherapyAccount
from itbkg.cases.readable import readable_age, readable_months, readable_quantity, readable_time
from itbkg.cases.wording import entry_text, sentences
from itbkg.guidance import Beside, Deed
from itbkg.naming import slug
from itbkg.records.quantity import parse_quantity
from itbkg.teaching.lesson import Fact, FactKind

#: What a name may end in to mean a part of a statement.
PARTS = ("detail", "response", "became", "shows", "discrepancy")
#: What is said for the event where its name would give it away.
WHOLE = "the state of the patient"


@dataclass(frozen=True, slots=True)
class Piece:
    """A fact, the statement of which it is a part (empty where it is whole), and the words that it gives away.

    `tells` are words of causes, events, findings and outcomes, `values` the measured values as they may be written.
    `quiet` marks a detail, which is shown with its statement unless a stage names it.
    """

    fact: Fact
    order: int
    part_of: str = ""
    quiet: bool = False
    tells: tuple[str, ...] = ()
    values: tuple[str, ...] = ()


def pieces_of(account: CaseAccount) -> dict[str, Piece]:
    """Name every fact of a case that its record states or implies."""
    found = [
        *_patient(account.patient),
        *_therapy(account.therapy),
        *_circumstances(account),
        *_entries(account),
        *_causes(account),
    ]
    return {piece.fact.id: piece for piece in found}


def guidance_pieces(document: str, laid: Sequence[Beside]) -> dict[str, Piece]:
    """Lay what a document advises for the events of a case beside what was done."""
    rows = [row for row in laid if row.document == document]
    pieces = [_step(document, row, order) for order, row in enumerate(rows)]
    return {piece.fact.id: piece for piece in pieces}


def _step(document: str, row: Beside, order: int) -> Piece:
    name = slug(f"{row.advice} {row.act}")
    step = f"step {row.step}" if row.step is not None else "no step given"
    act = row.act if row.sense == "advised" else f"leave {row.act}"
    when = f" ({row.condition[:1].lower()}{row.condition[1:]})" if row.condition else ""
    deeds = ", ".join(_when(deed) for deed in row.deeds)
    done = f"{row.state}: {deeds}" if deeds else row.state
    text = f"{step}: {act}{when}. In this case: {done}"
    fact = _fact(f"guidance/{document}/{name}", "guidance", text, label=row.act, value=row.state, place=document)
    return Piece(fact, order)


def _when(deed: Deed) -> str:
    time = readable_time(deed.earliest_hours, deed.latest_hours)
    return f"{deed.label} at {time}" if time else deed.label


def _fact(
    name: str,
    kind: FactKind,
    text: str,
    *,
    label: str,
    place: str,
    time: str = "",
    value: str = "",
    given: str = "",
    window: tuple[float | None, float | None] = (None, None),
) -> Fact:
    """Make a fact; `given` is a quantity as the record writes it, from which value, unit and number are read."""
    unit, number = _number(given) if given else ("", None)
    shown = readable_quantity(given) if given else value
    return Fact(name, kind, text, label, time, shown, unit, number, *window, place)


def _number(text: str) -> tuple[str, float | None]:
    try:
        quantity = parse_quantity(text)
    except ValueError:
        return "", None
    one = quantity.minimum if quantity.minimum == quantity.maximum and not quantity.comparator else None
    return quantity.unit, None if one is None else float(one)


def _patient(patient: PatientAccount) -> Iterator[Piece]:
    place = patient.place
    if patient.sex:
        yield Piece(_fact("patient/sex", "patient", patient.sex, label="sex", value=patient.sex, place=place), 0)
    if patient.age:
        age = readable_age(patient.age)
        yield Piece(_fact("patient/age", "patient", f"age {age}", label="age", value=age, place=place), 0)
    for word in patient.conditions:
        yield Piece(_fact(f"patient/{slug(word)}", "patient", word, label=word, place=place), 0)
    if patient.detail:
        yield Piece(
            _fact("patient/detail", "patient", patient.detail, label="patient", place=place), 0, "patient", True
        )


def _therapy(therapy: TherapyAccount | None) -> Iterator[Piece]:
    if therapy is None:
        return
    place = therapy.place
    for name, label, given in (
        ("dose", "intrathecal dose before the event", therapy.dose),
        ("concentration", "concentration in the reservoir", therapy.concentration),
    ):
        if given:
            text = f"{label} {readable_quantity(given)}"
            yield Piece(_fact(f"therapy/{name}", "therapy", text, label=label, given=given, place=place), 0)
    if therapy.pump:
        yield Piece(
            _fact("therapy/pump", "therapy", f"pump: {therapy.pump}", label="pump", value=therapy.pump, place=place), 0
        )
    if therapy.months_since_implant is not None:
        since = readable_months(therapy.months_since_implant)
        text = f"pump implanted {since} before"
        yield Piece(_fact("therapy/implanted", "therapy", text, label="pump implanted", value=since, place=place), 0)
    for about, response in therapy.benefit:
        told = response.removesuffix(" response")
        text = f"under the therapy: {about} {told}"
        yield Piece(_fact(f"therapy/{slug(about)}", "therapy", text, label=about, value=told, place=place), 0)
    if therapy.detail:
        yield Piece(
            _fact("therapy/detail", "therapy", therapy.detail, label="therapy", place=place), 0, "therapy", True
        )


def _circumstances(account: CaseAccount) -> Iterator[Piece]:
    for text in account.circumstances:
        name = f"circumstance/{slug(' '.join(text.split()[:6]))}"
        yield Piece(_fact(name, "therapy", text, label="circumstance", place=account.event_place), 0)


def _entries(account: CaseAccount) -> Iterator[Piece]:
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
    return Piece(_of(entry, name, text, given=entry.value), _order(entry), tells=tells, values=values)


def _parts(name: str, entry: Entry, causes: tuple[str, ...], events: Sequence[str]) -> Iterator[Piece]:
    order = _order(entry)
    if entry.detail:
        yield Piece(_of(entry, f"{name}/detail", f"{entry.label}: {entry.detail}"), order, name, quiet=True)
    if entry.responses:
        told = "; ".join(_response(about, response, events) for about, response in entry.responses)
        yield Piece(_of(entry, f"{name}/response", f"after {entry.label}: {told}", value=told), order, name)
    if entry.became:
        text = f"{entry.label}: {entry.became}"
        yield Piece(_of(entry, f"{name}/became", text, value=entry.became), order, name)
    if causes:
        text = f"{entry.label} shows {', '.join(causes)}"
        yield Piece(_of(entry, f"{name}/shows", text, value=", ".join(causes)), order, name, tells=causes)
    if entry.discrepancy:
        text = f"{entry.label}: {entry.discrepancy}"
        yield Piece(_of(entry, f"{name}/discrepancy", text), order, name)


def _response(about: str, response: str, events: Sequence[str]) -> str:
    """Tell a response; the event as a whole is not named, for that would give it away."""
    return f"{WHOLE if about in events else about}: {response.removesuffix(' response')}"


def _order(entry: Entry) -> int:
    """Order implied findings, which have no place in the story, after all others."""
    return entry.order if entry.order is not None else 1_000_000


def _of(entry: Entry, name: str, text: str, *, given: str = "", value: str = "") -> Fact:
    return _fact(
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


def _causes(account: CaseAccount) -> Iterator[Piece]:
    for event in account.events:
        fact = _fact(f"event/{slug(event)}", "event", event, label=event, place=account.event_place)
        yield Piece(fact, 0, tells=(event,))
    yield from (_link(account, link, order) for order, link in enumerate(account.causes))


def _link(account: CaseAccount, link: Link, order: int) -> Piece:
    name = link.iri.removeprefix(f"{account.iri}/")
    text = f"{link.cause} → {link.effect}: {link.certainty}, by {', '.join(link.basis)}"
    fact = _fact(name, "cause", sentences(text, link.detail), label=link.cause, value=link.certainty, place=link.place)
    return Piece(fact, order, tells=(link.cause, link.effect))

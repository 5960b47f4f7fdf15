"""The facts of a case by name: what a stage may show, each as a line of text.

A name is the end of the statement's IRI within the case (`finding/seizure-m48-0-h`). What would tell more than the
statement itself are parts with names of their own: `.../detail`, `.../response`, `.../became`, `.../shows` (causes that
an investigation showed) and `.../discrepancy`.
"""

from collections.abc import Iterator

from itbkg.cases import CaseAccount, Link, PatientAccount, TherapyAccount
from itbkg.cases.readable import readable_age, readable_months, readable_quantity
from itbkg.cases.wording import sentences
from itbkg.naming import slug
from itbkg.teaching.entryfacts import entry_pieces
from itbkg.teaching.lesson import Fact
from itbkg.teaching.pieces import Piece, make_fact


def pieces_of(account: CaseAccount) -> dict[str, Piece]:
    """Name every fact of a case that its record states or implies."""
    found = [
        *_patient(account.patient),
        *_therapy(account.therapy),
        *_circumstances(account),
        *entry_pieces(account),
        *_causes(account),
    ]
    return {piece.fact.id: piece for piece in found}


def _patient(patient: PatientAccount) -> Iterator[Piece]:
    def fact(name: str, text: str, label: str, value: str = "") -> Fact:
        return make_fact(f"patient/{name}", "patient", text, label=label, value=value, place=patient.place)

    if patient.sex:
        yield Piece(fact("sex", patient.sex, "sex", patient.sex))
    if patient.age:
        age = readable_age(patient.age)
        yield Piece(fact("age", f"age {age}", "age", age))
    yield from (Piece(fact(slug(word), word, word)) for word in patient.conditions)
    if patient.detail:
        yield Piece(fact("detail", patient.detail, "patient"), part_of="patient", quiet=True)


def _therapy(therapy: TherapyAccount | None) -> Iterator[Piece]:
    if therapy is None:
        return

    def fact(name: str, text: str, label: str, value: str = "") -> Fact:
        return make_fact(f"therapy/{name}", "therapy", text, label=label, value=value, place=therapy.place)

    yield from _doses(therapy)
    if therapy.pump:
        yield Piece(fact("pump", f"pump: {therapy.pump}", "pump", therapy.pump))
    if therapy.months_since_implant is not None:
        since = readable_months(therapy.months_since_implant)
        yield Piece(fact("implanted", f"pump implanted {since} before", "pump implanted", since))
    for about, response in therapy.benefit:
        told = response.removesuffix(" response")
        yield Piece(fact(slug(about), f"under the therapy: {about} {told}", about, told))
    if therapy.detail:
        yield Piece(fact("detail", therapy.detail, "therapy"), part_of="therapy", quiet=True)


def _doses(therapy: TherapyAccount) -> Iterator[Piece]:
    for name, label, given in (
        ("dose", "intrathecal dose before the event", therapy.dose),
        ("concentration", "concentration in the reservoir", therapy.concentration),
    ):
        if given:
            text = f"{label} {readable_quantity(given)}"
            yield Piece(make_fact(f"therapy/{name}", "therapy", text, label=label, given=given, place=therapy.place))


def _circumstances(account: CaseAccount) -> Iterator[Piece]:
    for text in account.circumstances:
        name = f"circumstance/{slug(' '.join(text.split()[:6]))}"
        yield Piece(make_fact(name, "circumstance", text, label="circumstance", place=account.event_place))


def _causes(account: CaseAccount) -> Iterator[Piece]:
    for event in account.events:
        fact = make_fact(f"event/{slug(event)}", "event", event, label=event, place=account.event_place)
        yield Piece(fact, tells=(event,))
    yield from (_link(account, link) for link in account.causes)


def _link(account: CaseAccount, link: Link) -> Piece:
    name = link.iri.removeprefix(f"{account.iri}/")
    text = f"{link.cause} → {link.effect}: {link.certainty}, by {', '.join(link.basis)}"
    told = sentences(text, link.detail)
    fact = make_fact(name, "cause", told, label=link.cause, value=link.certainty, place=link.place)
    return Piece(fact, tells=(link.cause, link.effect))

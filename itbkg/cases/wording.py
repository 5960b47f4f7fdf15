"""What is told of a case, in words: the sentences that every door prints."""

from collections.abc import Iterable, Iterator

from itbkg.cases.account import Entry, PatientAccount, Reference, TherapyAccount
from itbkg.cases.readable import readable_age, readable_months, readable_quantity


def cited(reference: Reference) -> str:
    """Cite a publication: authors, title, journal, year, volume, issue and pages."""
    parts = (reference.authors, reference.title, _issue(reference))
    return " ".join(part if part[-1] in ".?!" else f"{part}." for part in parts if part)


def _issue(reference: Reference) -> str:
    """Write journal, year, volume, issue and pages as `J. 2004;4(2):6`."""
    place = f"{reference.volume}{f'({reference.issue})' if reference.issue else ''}"
    place = f"{place}:{reference.pages}" if reference.pages else place
    when = ";".join(part for part in (str(reference.year or ""), place) if part)
    return ". ".join(part for part in (reference.journal.rstrip("."), when) if part)


def patient_text(patient: PatientAccount) -> str:
    """Say who the patient is."""
    who = (
        patient.sex or "sex not reported",
        f"age {readable_age(patient.age)}" if patient.age else "age not reported",
        *patient.conditions,
    )
    return sentences(", ".join(who), patient.detail, patient.discrepancy)


def therapy_text(therapy: TherapyAccount | None) -> str:
    """Say how the therapy stood before the event."""
    if therapy is None:
        return "not reported"
    months = therapy.months_since_implant
    told = (
        readable_quantity(therapy.dose) if therapy.dose else "dose not reported",
        readable_quantity(therapy.concentration) if therapy.concentration else "",
        therapy.pump,
        f"implanted {readable_months(months)} before" if months is not None else "time of implantation not reported",
    )
    benefit = ", ".join(f"{about}: {response.removesuffix(' response')}" for about, response in therapy.benefit)
    facts = "; ".join(part for part in (", ".join(filter(None, told)), benefit) if part)
    return sentences(facts, therapy.detail, therapy.discrepancy)


def entry_text(entry: Entry) -> str:
    """Say what an entry states."""
    what = entry.label if entry.kind in ("finding", "absent", "outcome") else f"{entry.kind}: {entry.label}"
    named = f"{what}, {entry.severity}" if entry.severity else what
    given = " ".join(part for part in (named, *_amounts(entry)) if part)
    ways = _unsaid(entry.label, (entry.route, entry.approach))
    return sentences("; ".join([", ".join([given, *ways]), *_results(entry)]), entry.detail, entry.discrepancy)


def sentences(*texts: str) -> str:
    """Join texts as sentences, the last without its full stop; the first keeps its small letter."""
    told = [text.rstrip(".") for text in texts if text]
    return ". ".join([*told[:1], *(text[:1].upper() + text[1:] for text in told[1:])])


def _amounts(entry: Entry) -> Iterator[str]:
    yield readable_quantity(entry.value) if entry.value else ""
    yield f"every {readable_quantity(entry.interval)}" if entry.interval else ""
    yield f"(normal {readable_quantity(entry.reference_range)})" if entry.reference_range else ""


def _unsaid(label: str, words: Iterable[str]) -> Iterator[str]:
    """Leave out the words that the label itself says: oral baclofen was given by mouth."""
    return (word for word in words if word and word not in label)


def _results(entry: Entry) -> Iterator[str]:
    yield from (f"{about}: {response.removesuffix(' response')}" for about, response in entry.responses)
    if entry.shows:
        yield f"shows {', '.join(entry.shows)}"
    if entry.may_be:
        yield f"it may be {' or '.join(entry.may_be)}"
    if entry.became:
        yield entry.became

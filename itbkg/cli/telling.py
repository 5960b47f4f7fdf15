"""`itbkg case`."""

from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path
from textwrap import wrap

from itbkg.cases import CaseAccount, Entry, tell_case
from itbkg.cli.output import SAFETY, progress, say, say_json, settings
from itbkg.opening import open_graph

#: Units in which a time is said, the longest first: name and hours.
_UNITS = (("mo", 730.5), ("wk", 168.0), ("d", 24.0), ("h", 1.0))


def run(case: str, graph: Path | None, *, as_json: bool) -> None:
    """Tell a case as text, or as one JSON document."""
    with progress() as bar:
        store = open_graph(settings(), graph, bar)
    account = tell_case(store, case)
    if as_json:
        say_json(asdict(account))
    else:
        say("\n".join(_lines(account)))


def _lines(account: CaseAccount) -> Iterator[str]:
    yield f"{account.id}  {account.title}"
    yield from _head(account)
    yield ""
    yield from wrap(account.narrative, 110, initial_indent="  ", subsequent_indent="  ")
    yield ""
    yield "What caused it"
    yield from (f"  {' → '.join(path)}" for path in account.causal_paths)
    for link in account.causes:
        bases = ", ".join(link.basis)
        yield f"  {link.cause} → {link.effect}: {link.certainty}, by {bases}  [{link.place}]"
    if not account.causes:
        yield "  the report names no cause"
    yield ""
    yield f"Course (times from {account.clock})" if account.clock else "Course (the report gives no times)"
    yield from (_entry(entry) for entry in account.course)
    yield ""
    yield "Implied by measured values, not stated in the report"
    yield from (
        f"  {_time(entry):>14}  {entry.label}, by {entry.implied_by}  [{entry.place}]" for entry in account.implied
    )
    yield ""
    yield "How it ended"
    yield from (_entry(entry) for entry in account.outcomes)
    yield ""
    yield "What is not listed was not reported: it is neither present nor absent."
    yield SAFETY


def _head(account: CaseAccount) -> Iterator[str]:
    reference, patient = account.reference, account.patient
    cited = [reference.authors, reference.title, reference.journal, str(reference.year or "")]
    yield f"Source   {'. '.join(part for part in cited if part)}"
    ids = [
        f"doi:{reference.doi}" if reference.doi else "",
        f"PMID {reference.pmid}" if reference.pmid else "",
        reference.address if not reference.doi else "",
    ]
    yield f"         {', '.join(part for part in ids if part)}"
    yield f"         read: {reference.read_as}; citation: {reference.citation}; record: {reference.review}"
    if reference.secondary_source:
        yield f"         by way of {reference.secondary_source}"
    recurred = f", {account.episodes} times" if account.episodes else ""
    yield f"Event    {', '.join(account.events)}{recurred}"
    if account.circumstances:
        yield f"Around   {'; '.join(account.circumstances)}"
    yield f"Patient  {', '.join(part for part in (patient.sex, _age(account), *patient.conditions) if part)}"
    dose = patient.therapy_dose or "dose not reported"
    months = patient.months_since_implant
    since = f"implanted {months:g} months before" if months is not None else "time of implantation not reported"
    yield f"Therapy  {', '.join(part for part in (dose, patient.concentration, patient.pump, since) if part)}"


def _age(account: CaseAccount) -> str:
    return f"age {account.patient.age}" if account.patient.age else "age not reported"


def _entry(entry: Entry) -> str:
    what = entry.label if entry.kind in ("finding", "absent", "outcome") else f"{entry.kind}: {entry.label}"
    given = " ".join(part for part in (entry.value, f"every {entry.interval}" if entry.interval else "") if part)
    normal = f"(normal {entry.reference_range})" if entry.reference_range else ""
    said = " ".join(part for part in (what, entry.severity, given, normal, entry.route) if part)
    notes = [f"{finding} {response}" for finding, response in entry.responses]
    notes += [
        f"shows {', '.join(entry.shows)}" if entry.shows else "",
        entry.became,
        entry.detail,
        entry.discrepancy,
    ]
    tail = "".join(f"; {part}" for part in notes if part)
    return f"  {_time(entry):>14}  {said}{tail}  [{entry.place}]"


def _time(entry: Entry) -> str:
    if entry.hospital_day is not None:
        return f"day {entry.hospital_day}"
    ends = [hours for hours in (entry.earliest_hours, entry.latest_hours) if hours is not None]
    if not ends:
        return ""
    unit, hours = next(unit for unit in _UNITS if _suits(ends, unit[1]))
    return f"{'..'.join(dict.fromkeys(f'{end / hours:g}' for end in ends))} {unit}"


def _suits(ends: list[float], hours: float) -> bool:
    """Say up to three days in hours, and more in the longest unit of which it is whole numbers, three at least."""
    longest = max(abs(end) for end in ends)
    return hours == 1.0 or (longest > 72.0 and longest >= 3 * hours and all(end % hours == 0 for end in ends))  # noqa: PLR2004

"""`itbkg case`."""

import textwrap
from collections.abc import Iterable, Iterator
from dataclasses import asdict
from pathlib import Path

from itbkg.building.opening import open_graph
from itbkg.cases import CaseAccount, Reference, tell_case
from itbkg.cases.wording import cited, patient_text, sentences, therapy_text
from itbkg.cli.coursetext import WIDTH, course_lines, placed_lines, timed_lines
from itbkg.cli.drawing import Drawing
from itbkg.cli.output import SAFETY, progress, say, say_json, settings

_MARGIN = 9


def run(case: str, graph: Path | None, drawing: Drawing, *, as_json: bool) -> None:
    """Tell a case as text, or as one JSON document, and draw its timeline where a file is given."""
    drawing.check()
    with progress() as bar:
        store = open_graph(settings(), graph, bar)
    account = tell_case(store, case)
    if as_json:
        say_json(asdict(account))
    else:
        say("\n".join(case_lines(account)))
    if drawing.path:
        from itbkg.charts.timeline import timeline  # noqa: PLC0415 - few ask for it

        drawing.draw(lambda width: timeline(account, width))


def case_lines(account: CaseAccount) -> Iterator[str]:
    """Tell a case as lines of text."""
    yield f"{account.id}  {account.title}"
    yield from _head(account)
    yield ""
    yield from textwrap.wrap(account.narrative, WIDTH, initial_indent="  ", subsequent_indent="  ")
    yield from _section("What caused it", _causes(account), "the report names no cause")
    yield from _section(_course_title(account), course_lines(account.course), "")
    if account.implied:
        yield from _section("Implied by measured values, not stated in the report", _implied(account), "")
    yield from _section("How it ended", course_lines(account.outcomes), "the report does not tell how it ended")
    yield ""
    yield "What is not listed was not reported: it is neither present nor absent."
    yield SAFETY


def _section(title: str, lines: Iterable[str], otherwise: str) -> Iterator[str]:
    told = list(lines)
    yield ""
    yield title
    yield from told or [f"  {otherwise}"]


def _head(account: CaseAccount) -> Iterator[str]:
    yield from _entry("Source", reference_lines(account.reference))
    yield from _entry("Note", [account.reference.note])
    again = f" ({account.episodes} episodes)" if account.episodes else ""
    yield from _entry("Event", [f"{', '.join(account.events)}{again}"])
    yield from _entry("Person", _persons(account))
    yield from _entry("Around", ["; ".join(account.circumstances)])
    yield from _entry("Patient", [patient_text(account.patient)])
    yield from _entry("Therapy", [therapy_text(account.therapy)])


def _entry(title: str, texts: Iterable[str]) -> Iterator[str]:
    """Yield texts, each on lines of its own, beside a title; nothing where there is no text."""
    for text in filter(None, texts):
        for line in textwrap.wrap(text, WIDTH - _MARGIN, break_long_words=False, break_on_hyphens=False):
            yield f"{title:<{_MARGIN}}{line}"
            title = ""


def reference_lines(reference: Reference) -> Iterator[str]:
    """Cite a publication, and say where it is found and how it was read."""
    yield cited(reference)
    ids = (
        f"doi:{reference.doi}" if reference.doi else reference.address,
        f"PMID {reference.pmid}" if reference.pmid else "",
        reference.pmcid,
    )
    yield ", ".join(part for part in ids if part)
    status = f"; the publication: {reference.status}" if reference.status else ""
    yield f"read: {reference.read_as}; citation: {reference.citation}; record: {reference.review}{status}"
    if reference.secondary_source:
        yield f"by way of {reference.secondary_source}"


def _persons(account: CaseAccount) -> Iterator[str]:
    yield from (f"the same patient as in {other}" for other in account.same_patient_as)
    yield from (f"told again in {other}" for other in account.told_again_in)
    yield from (f"not the patient of {other}" for other in account.distinct_from)


def _causes(account: CaseAccount) -> Iterator[str]:
    """Tell the ways to the event where any has more than one link, and then each link with its evidence."""
    chains = [path for path in account.causal_paths if len(path) > 2]  # noqa: PLR2004 - a cause and the event
    yield from (f"  {' → '.join(path)}" for path in chains)
    for link in account.causes:
        said = f"{link.cause} → {link.effect}: {link.certainty}, by {', '.join(link.basis)}"
        yield from placed_lines("    " if chains else "  ", sentences(said, link.detail, link.discrepancy), link.place)


def _course_title(account: CaseAccount) -> str:
    if account.clock:
        return f"Course (times from {account.clock})"
    days = any(entry.hospital_day for entry in account.course)
    return "Course (days of the hospital stay)" if days else "Course (the report gives no times)"


def _implied(account: CaseAccount) -> Iterator[str]:
    for entry in account.implied:
        yield from timed_lines(entry, f"{entry.label}, by {entry.implied_by}")

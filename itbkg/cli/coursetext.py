"""The lines of a course as text: what, when, with what result, and where the report says so."""

import textwrap
from collections.abc import Iterable, Iterator, Sequence

from itbkg.cases import Entry
from itbkg.cases.readable import readable_quantity, readable_time

WIDTH = 110
_TIME = 14
#: A blank at which no line is broken.
_FIRM = "\N{NO-BREAK SPACE}"


def course_lines(entries: Sequence[Entry]) -> Iterator[str]:
    """Tell the entries in their order; what an investigation shows stands with it and not by itself."""
    shown = {(entry.order, label) for entry in entries for label in entry.shows}
    for entry in entries:
        if entry.kind not in ("finding", "absent") or (entry.order, entry.label) not in shown:
            yield from timed_lines(entry, entry_text(entry))


def timed_lines(entry: Entry, text: str) -> Iterator[str]:
    """Set a text beside the time of an entry, its place at the end."""
    when = readable_time(entry.earliest_hours, entry.latest_hours, entry.hospital_day)
    yield from placed_lines(f"  {when:>{_TIME}}  ", text, entry.place)


def placed_lines(margin: str, text: str, place: str) -> Iterator[str]:
    """Break a text with its place into lines that begin below the margin of the first."""
    whole = f"{text}  [{place.replace(' ', _FIRM)}]"
    lines = textwrap.wrap(
        whole, WIDTH + 10, initial_indent=margin, subsequent_indent=" " * len(margin), break_on_hyphens=False
    )
    yield from (line.replace(_FIRM, " ") for line in lines)


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

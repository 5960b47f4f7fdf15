"""The lines of a course as text: what, when, with what result, and where the report says so."""

import textwrap
from collections.abc import Iterator, Sequence

from itbkg.cases import Entry
from itbkg.cases.readable import readable_time
from itbkg.cases.wording import entry_text

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

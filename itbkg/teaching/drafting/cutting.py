"""Where the story of a case is cut into stages, by its order, times and kinds of statement alone."""

from collections.abc import Sequence
from dataclasses import dataclass

from itbkg.cases import CaseAccount, Entry

_SIGNS = ("finding", "absent", "measurement", "treatment")


@dataclass(frozen=True, slots=True)
class Cut:
    """The names of the statements of each part of the story, in its order.

    `before` is what led to the clock zero up to the first treatment whose effect is told, `later` what came of it,
    `arrival` what was seen at the clock zero; without times all of it is `before` and `later`. `looked` is what was
    measured, tested and tried until the cause was found; `settling` are the investigations that showed it, with what
    else they showed.
    """

    before: tuple[str, ...]
    later: tuple[str, ...]
    arrival: tuple[str, ...]
    thoughts: tuple[str, ...]
    looked: tuple[str, ...]
    settling: tuple[str, ...]
    after: tuple[str, ...]
    delays: tuple[str, ...]


def cut_story(account: CaseAccount) -> Cut:
    """Cut the course of a case."""
    story = [entry for entry in account.course if entry.kind not in ("considered", "delay")]
    pivot, settling = _pivot(account, story)
    first = [entry for entry in story if _order(entry) < pivot and entry not in settling]
    rest = [entry for entry in story if _order(entry) >= pivot and entry not in settling]
    early = [entry for entry in first if _is_early(entry)]
    seen = [entry for entry in first if entry not in early and _is_seen(entry)]
    if not early:
        early, seen = seen, []
    looked = [entry for entry in first if entry not in early and entry not in seen]
    if not early:
        early, looked = looked[:1], looked[1:]
    split = _answered(early)
    return Cut(
        _names(account, early[:split]),
        _names(account, early[split:]),
        _names(account, seen),
        _names(account, account.course, "considered"),
        _names(account, looked),
        _names(account, settling),
        _names(account, rest),
        _names(account, account.course, "delay"),
    )


def _pivot(account: CaseAccount, story: Sequence[Entry]) -> tuple[int, list[Entry]]:
    """Find the first investigation that showed a cause; else the last investigation, or the first treatment."""
    causes = {name for link in account.causes for name in (link.cause, link.effect)}
    showing = [entry for entry in story if entry.kind == "investigation" and causes & {*entry.shows}]
    if showing:
        orders = {entry.order for entry in showing}
        return _order(showing[0]), [entry for entry in story if entry.order in orders]
    made = [entry for entry in story if entry.kind == "investigation"]
    if made:
        return _order(made[-1]) + 1, []
    treated = [entry for entry in story if entry.kind == "treatment"]
    return (_order(treated[0]) if treated else len(story)), []


def _answered(entries: Sequence[Entry]) -> int:
    """Cut behind the first treatment whose effect is told and what was at its time; else behind all."""
    first = next((entry for entry in entries if entry.responses), None)
    if first is None:
        return len(entries)
    window = (first.earliest_hours, first.latest_hours)
    same = [place for place, entry in enumerate(entries) if (entry.earliest_hours, entry.latest_hours) == window]
    return (entries.index(first) if first.earliest_hours is None else same[-1]) + 1


def _is_early(entry: Entry) -> bool:
    ends = entry.earliest_hours, entry.latest_hours
    return entry.kind in _SIGNS and ends[0] is not None and ends[1] is not None and ends[0] < 0 >= ends[1]


def _is_seen(entry: Entry) -> bool:
    """Say whether something was seen at the bedside: no laboratory day, nothing that an investigation showed."""
    by = entry.iri.rsplit("/", 1)[-1]
    return entry.kind in _SIGNS and entry.hospital_day is None and "-by-" not in by


def _order(entry: Entry) -> int:
    return entry.order or 0


def _names(account: CaseAccount, entries: Sequence[Entry], kind: str = "") -> tuple[str, ...]:
    return tuple(entry.iri.removeprefix(f"{account.iri}/") for entry in entries if kind in ("", entry.kind))

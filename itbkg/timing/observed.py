"""What each case tells of the length of a stretch: a window of hours, how long it had not ended, or nothing."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from itbkg.cases.rows import named_rows, number
from itbkg.namespaces import CASE
from itbkg.store import PREFIX_LINES, Store
from itbkg.timing.spans import Span

_CLOCKS = f"{PREFIX_LINES} SELECT ?case ?clock WHERE {{ ?case itb:clock ?clock }}"
_COURSE = f"""{PREFIX_LINES}
SELECT DISTINCT ?case ?class ?low ?high ?statement WHERE {{
  ?case itb:hasFinding|itb:hasTreatment|itb:hasInvestigation|itb:considered|itb:hasOutcome ?statement .
  ?statement a ?class ; itb:earliestHours ?low .
  OPTIONAL {{ ?statement itb:latestHours ?high }}
}}
"""
_STATED = f"""{PREFIX_LINES}
SELECT DISTINCT ?case ?class ?low ?high ?statement WHERE {{
  ?case itb:hasDelay ?statement .
  ?statement a ?class .
  OPTIONAL {{ ?statement itb:canonicalMinimum ?low }}
  OPTIONAL {{ ?statement itb:canonicalMaximum ?high }}
}}
"""

#: How the time of a case came to be known: stated as a length, or read from the times of its course.
Basis = Literal["stated", "course"]


@dataclass(frozen=True, slots=True)
class CaseTime:
    """The time of one case, in hours from the start: between `earliest` and `latest`.

    With `event` the stretch ended then; without, it had not ended by then. `case` is its id.
    """

    case: str
    event: bool
    earliest: float
    latest: float
    basis: Basis


@dataclass(frozen=True, slots=True)
class _Window:
    """Hours between which something was; `high` is None where the report sets no end."""

    low: float
    high: float | None


_Windows = Mapping[str, Sequence[_Window]]


class Told:
    """What the cases of a graph tell of times; each clock and each class is read once, when it is first asked for."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._read: dict[tuple[str, str], _Windows] = {}
        self._clocks = {row["case"]: row["clock"] for row in named_rows(store, _CLOCKS)}

    def of(self, span: Span) -> dict[str, CaseTime]:
        """Return the time of every case that tells the length of a stretch, by IRI."""
        stated, courses = self.windows(_STATED, span.stated_by), _Courses(self, span)
        found: dict[str, CaseTime] = {}
        for case in sorted({*stated, *self._clocks}):
            told = _by_length(case, stated.get(case, ())) or courses.tell(case, self._clocks.get(case))
            if told:
                found[case] = told
        return found

    def windows(self, query: str, classes: Sequence[str]) -> _Windows:
        """Return the windows of the statements of some classes, by case."""
        found: defaultdict[str, list[_Window]] = defaultdict(list)
        for iri in classes:
            for case, windows in self._of_class(query, iri).items():
                found[case].extend(windows)
        return found

    def _of_class(self, query: str, iri: str) -> _Windows:
        if (query, iri) not in self._read:
            self._read[query, iri] = _read(self._store, query, iri)
        return self._read[query, iri]


class _Courses:
    """Reads the length of a stretch off the times of a course."""

    def __init__(self, told: Told, span: Span) -> None:
        self._clock = span.clock
        self._starts = told.windows(_COURSE, span.starts_with)
        self._ends = told.windows(_COURSE, span.ends_with)
        self._watched = told.windows(_COURSE, span.ends_watch)

    def tell(self, case: str, clock: str | None) -> CaseTime | None:
        start = _Window(0, 0) if clock == self._clock else self._start(case)
        if start is None:
            return None
        ends, watched = (_since(start, windows.get(case, ())) for windows in (self._ends, self._watched))
        if ends:
            return _until(case, _first(ends))
        last = max((window.low for window in watched), default=None)
        return None if last is None else _censored(case, last, max(window.high or last for window in watched), "course")

    def _start(self, case: str) -> _Window | None:
        """Return the first statement that begins the stretch, where it lies before clock zero.

        A statement at or after it, such as a finding on admission, may be of what had begun before.
        """
        before = [one for one in self._starts.get(case, ()) if one.low < 0 and one.high is not None and one.high <= 0]
        return _first(before) if before else None


def _by_length(case: str, lengths: Sequence[_Window]) -> CaseTime | None:
    """Take a length that the report states; of several all that they allow."""
    if not lengths:
        return None
    low, highs = min(one.low for one in lengths), [one.high for one in lengths if one.high is not None]
    if len(highs) < len(lengths):
        return _censored(case, low, low, "stated")
    return CaseTime(_id(case), event=True, earliest=low, latest=max(highs), basis="stated")


def _until(case: str, end: _Window) -> CaseTime:
    """Read an end without an upper limit as not having come before its lower one."""
    if end.high is None:
        return _censored(case, end.low, end.low, "course")
    return CaseTime(_id(case), event=True, earliest=end.low, latest=end.high, basis="course")


def _censored(case: str, low: float, high: float, basis: Basis) -> CaseTime:
    return CaseTime(_id(case), event=False, earliest=low, latest=high, basis=basis)


def _first(windows: Sequence[_Window]) -> _Window:
    """Return the window of the first of several things, of which only windows are known."""
    highs = [one.high for one in windows if one.high is not None]
    return _Window(min(one.low for one in windows), min(highs, default=None))


def _since(start: _Window, windows: Sequence[_Window]) -> list[_Window]:
    """Count windows from a start, those left out that can begin before it."""
    latest_start = start.low if start.high is None else start.high
    return [
        _Window(max(0.0, one.low - latest_start), None if one.high is None else one.high - start.low)
        for one in windows
        if one.low >= start.low
    ]


def _read(store: Store, query: str, iri: str) -> _Windows:
    """Read the windows of the statements of a class by case; a length without a lower end begins at zero."""
    found: defaultdict[str, list[_Window]] = defaultdict(list)
    for row in named_rows(store, query, **{"class": iri}):
        found[row["case"]].append(_Window(number(row["low"]) or 0.0, number(row["high"])))
    return found


def _id(case: str) -> str:
    return case.removeprefix(str(CASE))

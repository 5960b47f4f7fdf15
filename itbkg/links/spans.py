"""Stretches of time, such as from interruption to diagnosis, against a threshold, as `itbkg times` reads them."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from itbkg.links.data import CaseData
from itbkg.links.grammar import Comparison, Threshold
from itbkg.links.quantities import OPPOSITE, Window
from itbkg.links.senses import Ground, States
from itbkg.links.thresholds import length
from itbkg.timing.observed import CaseTime, Told
from itbkg.timing.spans import find_span


@dataclass(frozen=True, slots=True)
class Spanned:
    """The cases whose time surely passes a threshold, and those whose surely does not, by IRI.

    The length of a stretch follows from a case's clock, its course and its stated delays by rules that SPARQL cannot
    say in reasonable space: as SPARQL, these cases are listed.
    """

    passing: tuple[str, ...]
    failing: tuple[str, ...]

    def ground(self) -> Ground:
        """Say on what absence rests."""
        return "measured, and not so"

    def states(self, data: CaseData) -> States:
        """Find the cases by state."""
        return States(data.index.bits(self.passing), data.index.bits(self.failing))

    def asks_present(self) -> str:
        """Ask whether ?case is one of those that pass."""
        return _among(self.passing)

    def asks_absent(self, data: CaseData) -> str:
        """Ask whether ?case is one of those that do not."""
        del data
        return _among(self.failing)


def spanned(data: CaseData, threshold: Threshold) -> Spanned:
    """Hold a stretch of time against a threshold; a time that had not ended by an hour is open above it.

    Raises NotFoundError for a stretch that is not known, and what `length` raises.
    """
    span, limit = find_span(data.store, threshold.word), length(data, threshold)
    times = sorted(Told(data.store).of(span).items())
    known = [(case, _window(time)) for case, time in times]
    return Spanned(
        _sure(known, threshold.comparison, limit),
        _sure(known, OPPOSITE[threshold.comparison], limit),
    )


def _sure(known: Iterable[tuple[str, Window]], comparison: Comparison, limit: Decimal) -> tuple[str, ...]:
    return tuple(case for case, window in known if window.surely(comparison, limit))


def _window(time: CaseTime) -> Window:
    return Window(Decimal(str(time.earliest)), Decimal(str(time.latest)) if time.event else None, "")


def _among(cases: Iterable[str]) -> str:
    listed = ", ".join(f"<{case}>" for case in cases)
    return f"(?case IN ({listed}))" if listed else "false"

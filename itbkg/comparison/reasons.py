"""Why a published number and the graph's may differ, in plain sentences, and why some are not compared."""

from collections.abc import Iterator, Mapping
from enum import StrEnum

from itbkg.comparison.cohorts import Shared
from itbkg.comparison.counting import Share
from itbkg.published import PublishedNumber

#: What every door says of the graph's numbers.
COUNTING_RULE = (
    "Counted are the cases of the graph that are of the group, each person once, none of a retracted report. A finding "
    "is absent where the report says so. Anything else, such as an outcome or a treatment, counts as absent where the "
    "case tells another answer to the same question and not this one: what a report did not think worth telling is "
    "among them. The risk is that of the cases that tell either; its bounds are the shares of all were the others "
    "absent, or present."
)


class NotCompared(StrEnum):
    """Why a published number has none of the graph beside it."""

    NO_SHARE = "no share"
    NO_CLASS = "no class"
    NO_GROUP = "no group"


#: What each of these means.
MEANINGS: Mapping[NotCompared, str] = {
    NotCompared.NO_SHARE: "it is no share: numerator and denominator, or a percentage, are wanting",
    NotCompared.NO_CLASS: "no word says exactly what was counted",
    NotCompared.NO_GROUP: "no word says in which group, and the cases are no sample of all who have a pump",
}


class Agreement(StrEnum):
    """Where the published share lies by the interval of the graph's, and by what is not reported.

    `IN_BOUNDS` is outside of the interval, which is of the cases that say, and yet possible by those that do not.
    """

    WITHIN = "within the graph's interval"
    IN_BOUNDS = "outside of the graph's interval, and possible by what is not reported"
    BELOW = "below the graph's interval"
    ABOVE = "above the graph's interval"


def why_not_compared(number: PublishedNumber) -> NotCompared | None:
    """Return why a number is not compared, the first reason that holds; None where it can be."""
    if published_share(number) is None:
        return NotCompared.NO_SHARE
    if not number.counts:
        return NotCompared.NO_CLASS
    return None if number.among else NotCompared.NO_GROUP


def published_share(number: PublishedNumber) -> float | None:
    """Return the published share: of its counts, or where it has not both, its printed percentage."""
    if number.numerator is not None and number.denominator:
        return number.numerator / number.denominator
    return None if number.percent is None else number.percent / 100


def agreement(number: PublishedNumber, ours: Share) -> Agreement | None:
    """Say where the published share lies by the graph's interval and bounds; None where there are none."""
    theirs, limits = published_share(number), ours.bounds
    if theirs is None or ours.risk.low is None or ours.risk.high is None:
        return None
    if ours.risk.low <= theirs <= ours.risk.high:
        return Agreement.WITHIN
    if limits.low is not None and limits.high is not None and limits.low <= theirs <= limits.high:
        return Agreement.IN_BOUNDS
    return Agreement.BELOW if theirs < ours.risk.low else Agreement.ABOVE


def why_differing(number: PublishedNumber, ours: Share, shared: Shared) -> Iterator[str]:
    """Yield the reasons for which the two may differ, each a sentence."""
    if not ours.of:
        yield "The graph holds no case of this group."
        return
    yield (
        "Reporting bias: single cases are published because they are grave, rare or instructive, so that their shares "
        "are no frequencies in patients."
    )
    if number.population:
        yield f"Another group: the source counted '{number.population}'."
    yield from _of_unsaid(ours)
    yield from _of_overlap(number, shared)
    if number.source_read_as != "full text":
        yield f"The source was read as {number.source_read_as}: what its full text says of this number is not known."


def _of_unsaid(ours: Share) -> Iterator[str]:
    if ours.not_reported and ours.bounds.low is not None and ours.bounds.high is not None:
        yield (
            f"Not reported: {ours.not_reported} of the {ours.of} cases do not say; were all of them absent or all "
            f"present, the share would be {_percent(ours.bounds.low)} or {_percent(ours.bounds.high)}."
        )


def _of_overlap(number: PublishedNumber, shared: Shared) -> Iterator[str]:
    if shared.cases:
        yield f"Overlap: the source may have counted cases that stand in the graph too ({', '.join(shared.cases)})."
    else:
        yield "Overlap: none of these cases is known to be among those that the source counted; it cannot be ruled out."
    if shared.cohorts:
        names, because = ", ".join(shared.cohorts), "; ".join(shared.because)
        yield f"Its cohort, {number.cohort}, overlaps with {names}: {because}. Their numbers are not to be added."


def _percent(share: float) -> str:
    return f"{share * 100:.0f} %"

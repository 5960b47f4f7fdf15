"""Flows from stage to stage, and the bars at which they begin and end."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class FlowRow:
    """`n` of `of` cases go from a class of one stage to a class of the next; `cases` by id.

    `untold` marks a flow from or to what is not reported.
    """

    stage: str
    source: str
    next_stage: str
    target: str
    n: int
    of: int
    untold: bool
    cases: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Bar:
    """A class at a stage, with its cases; where it stands is filled in by the plan."""

    stage: int
    label: str
    cases: frozenset[str]
    size: int
    untold: bool
    y: float = 0.0


#: How the classes that are put together are called.
_OTHERS = "others: "


def bars_of(rows: Sequence[FlowRow], stages: Sequence[str]) -> list[Bar]:
    """Make the bars, those of most cases first, what is not reported last in its stage."""
    having = defaultdict[tuple[int, str], set[str]](set)
    leaving, coming = defaultdict[tuple[int, str], int](int), defaultdict[tuple[int, str], int](int)
    told: set[tuple[int, str]] = set()
    for row in rows:
        start, end = (stages.index(row.stage), row.source), (stages.index(row.next_stage), row.target)
        for bar in (start, end):
            having[bar].update(row.cases)
        leaving[start] += row.n
        coming[end] += row.n
        told |= {start, end} if not row.untold else set()
    return sorted(
        (
            Bar(key[0], key[1], frozenset(cases), max(leaving[key], coming[key]), untold=key not in told)
            for key, cases in having.items()
        ),
        key=lambda bar: (bar.stage, bar.untold, bar.label.startswith(_OTHERS), -len(bar.cases), bar.label),
    )


def gathered(rows: Sequence[FlowRow], stages: Sequence[str], most: int) -> list[FlowRow]:
    """Put the classes of a stage beyond the first `most` together."""
    kept: dict[tuple[str, str], str] = {}
    for stage, name in enumerate(stages):
        labels = [bar.label for bar in bars_of(rows, stages) if bar.stage == stage]
        rest = labels[most:] if len(labels) > most + 1 else []
        kept |= {(name, label): f"{_OTHERS}{len(rest)} classes" if label in rest else label for label in labels}
    merged: defaultdict[tuple[str, str, str, str, bool], set[str]] = defaultdict(set)
    for row in rows:
        source, target = kept[row.stage, row.source], kept[row.next_stage, row.target]
        merged[row.stage, source, row.next_stage, target, row.untold].update(row.cases)
    of = rows[0].of if rows else 0
    return [
        FlowRow(stage, source, then, target, len(cases), of, untold, tuple(sorted(cases)))
        for (stage, source, then, target, untold), cases in sorted(merged.items())
    ]

"""What is advised beside what a case did, gathered by the act: each once, with the documents that advise it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby

from itbkg.guidance import Beside, Deed


@dataclass(frozen=True, slots=True)
class Advised:
    """An act that documents advise, or advise against, and what of it the case reports."""

    act: str
    against: bool
    state: str
    deeds: tuple[Deed, ...]
    sources: tuple[Beside, ...]


def by_act(rows: Iterable[Beside]) -> tuple[Advised, ...]:
    """Gather rows by act and sense; what the case reports comes first, and of that what most documents advise."""
    ordered = sorted(rows, key=_act)
    told = (_advised(tuple(some)) for _, some in groupby(ordered, key=_act))
    return tuple(sorted(told, key=lambda one: (one.state == "not reported", -len(one.sources), one.act, one.against)))


def _act(one: Beside) -> tuple[str, str, str]:
    return one.act, one.sense, one.state


def _advised(rows: Sequence[Beside]) -> Advised:
    first = rows[0]
    deeds = tuple(dict.fromkeys(deed for row in rows for deed in row.deeds))
    return Advised(first.act, first.sense == "advised against", first.state, deeds, tuple(dict.fromkeys(rows)))

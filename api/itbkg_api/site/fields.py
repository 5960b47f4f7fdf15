"""In which field of the cases a term stands: from a word to the cases that have it, and to what goes with it."""

from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import urlencode

from itbkg.index import case_index, find_field, labels_of
from itbkg.links.grammar import quoted
from itbkg.store import Store, once

#: The fields in which a case touches what a statement or a word is about.
TOUCHING = (
    "event",
    "cause",
    "finding",
    "measurement",
    "investigation",
    "considered",
    "treatment",
    "outcome",
    "condition",
)


@dataclass(frozen=True, slots=True)
class Touch:
    """A term in a field: `n` of `of` cases have it, and their addresses."""

    label: str
    field: str
    n: int
    of: int

    @property
    def cases(self) -> str:
        """The path of the cases that have it."""
        return f"/cases?{urlencode({self.field: self.label})}"

    @property
    def links(self) -> str:
        """The path of what goes with it."""
        one, other = f"{self.field}={quoted(self.label)}", "cause" if self.field == "outcome" else "outcome"
        return f"/links?{urlencode({'rows': one, 'columns': other})}"


@once
def touches(store: Store) -> Mapping[str, tuple[Touch, ...]]:
    """Say of each class, by IRI, in which fields cases have it."""
    index = case_index(store)
    found: dict[str, tuple[Touch, ...]] = {}
    for name in TOUCHING:
        column, labels = index.column(name), labels_of(store, find_field(name))
        for term in labels.keys() & {*column.terms}:
            if n := len(column.present(term)):
                found[term] = (*found.get(term, ()), Touch(labels[term], name, n, len(index.cases)))
    return found


@once
def touches_by_label(store: Store) -> Mapping[str, Touch]:
    """Say of each label of a class how many cases have it; of several fields the first."""
    ordered = sorted((touch for all_of in touches(store).values() for touch in all_of), key=_rank, reverse=True)
    return {touch.label: touch for touch in ordered}


def _rank(touch: Touch) -> int:
    return TOUCHING.index(touch.field)

"""A hierarchy of terms by number, for records that name their terms so."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Hierarchy:
    """Terms by number: the IRI of each, its field, and the numbers of the terms right above it, in the same field.

    Terms that lie above one another in a circle mean the same, and have the same cases. `can_be_absent` names the
    fields whose terms a record may state to be absent. ValueError where the three lists do not fit together.
    """

    terms: tuple[str, ...]
    fields: tuple[str, ...]
    above: tuple[tuple[int, ...], ...]
    can_be_absent: frozenset[str] = frozenset()

    def __post_init__(self) -> None:
        if not len(self.terms) == len(self.fields) == len(self.above):
            counts = f"{len(self.terms)} terms, {len(self.fields)} fields, {len(self.above)} lists of terms above"
            raise ValueError(f"{counts}: give one of each for every term")
        for term, above in enumerate(self.above):
            for other in above:
                self._refuse(term, other)

    def _refuse(self, term: int, other: int) -> None:
        if not 0 <= other < len(self.terms):
            count = f"there are {len(self.terms)}, counted from 0"
            raise ValueError(f"above <{self.terms[term]}> stands term {other}; {count}")
        if self.fields[term] != self.fields[other]:
            names = f"<{self.terms[term]}> of '{self.fields[term]}' and <{self.terms[other]}> of '{self.fields[other]}'"
            raise ValueError(f"{names}: a term lies above others of its own field only")

    def reach(self) -> list[set[int]]:
        """Return for each term the numbers of all terms above it, whatever the way, with its own."""
        return [self._upward(term) for term in range(len(self.terms))]

    def _upward(self, term: int) -> set[int]:
        met, left = {term}, [term]
        while left:
            new = [above for above in self.above[left.pop()] if above not in met]
            met.update(new)
            left.extend(new)
        return met

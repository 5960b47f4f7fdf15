"""One field of the index: the cases of each of its terms, present and stated absent."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property

from itbkg.index.bits import Bits


@dataclass(frozen=True)
class Column:
    """The cases of every term that any case has or states absent, by IRI, over `size` cases.

    A class takes in the cases of the classes below it, and an absence those of the classes above. A term that no case
    has is not among `terms`, and its sets are empty. A case that tells two times may be both present and absent.
    """

    name: str
    size: int
    can_be_absent: bool
    presents: Mapping[str, Bits] = field(repr=False)
    absents: Mapping[str, Bits] = field(repr=False)

    @cached_property
    def terms(self) -> tuple[str, ...]:
        """The IRIs of all terms that any case has or states absent, sorted."""
        return tuple(sorted(self.presents.keys() | self.absents.keys()))

    def present(self, term: str) -> Bits:
        """Return the cases that have a term or one below it."""
        return self.presents.get(term) or self._none

    def absent(self, term: str) -> Bits:
        """Return the cases that state a term, or one above it, to be absent; none where that cannot be stated."""
        return self.absents.get(term) or self._none

    def not_reported(self, term: str) -> Bits:
        """Return the cases that say nothing of a term; to say nothing is not to say that it is absent."""
        return ~(self.present(term) | self.absent(term))

    @cached_property
    def reported(self) -> Bits:
        """The cases that say anything of the field, be it that something is absent."""
        return Bits.union((*self.presents.values(), *self.absents.values()), self.size)

    @property
    def nbytes(self) -> int:
        """The bytes that the sets take in memory; the names of the terms, which do not grow with cases, left out."""
        return sum(one.nbytes for sets in (self.presents, self.absents) for one in sets.values())

    @cached_property
    def _none(self) -> Bits:
        return Bits.none(self.size)

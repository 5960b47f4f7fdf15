"""The classes as a tree, with the number of cases that use each."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from itbkg.terms.hierarchy import Hierarchy
from itbkg.terms.lexicon import Kind, Lexicon, Ref
from itbkg.terms.usage import Count

_NONE = Count(0, 0)


@dataclass(frozen=True, slots=True)
class Node:
    """A class or value in its place.

    `present` and `absent` count cases. `also_below` names its other parents, in whose places it stands too;
    `left_out` counts the classes and values below it that the depth leaves out.
    """

    iri: str
    name: str
    id: str
    label: str
    kind: Kind
    present: int
    absent: int
    also_below: tuple[Ref, ...]
    left_out: int
    below: tuple["Node", ...]


@dataclass(frozen=True, slots=True)
class Tree:
    """Everything below some tops; the counts are out of `of` cases."""

    of: int
    tops: tuple[Node, ...]


class Grower:
    """Makes nodes from a hierarchy and the counts of cases."""

    def __init__(self, lexicon: Lexicon, hierarchy: Hierarchy, counts: Mapping[str, Count]) -> None:
        self._lexicon = lexicon
        self._hierarchy = hierarchy
        self._counts = counts

    def grow(self, iri: str, depth: int | None, above: tuple[str, ...] = ()) -> Node:
        """Return the node of a term with everything below it, down to `depth` more levels where it is given."""
        term, count = self._lexicon[iri], self._counts.get(iri, _NONE)
        ahead = () if depth == 0 else self._ahead(iri, above)
        others = (one for one in self._hierarchy.parents[iri] if one not in above[-1:])
        return Node(
            iri=iri,
            name=term.name,
            id=term.id,
            label=term.label,
            kind=term.kind,
            present=count.present,
            absent=count.absent,
            also_below=self._lexicon.refs(others) if above else (),
            left_out=len(self._hierarchy.below(iri)) if depth == 0 else 0,
            below=tuple(self.grow(one, depth and depth - 1, (*above, iri)) for one in ahead),
        )

    def _ahead(self, iri: str, above: tuple[str, ...]) -> Iterator[str]:
        """Yield what stands directly below, but not what stands above too: a circle is walked once."""
        return (one for one in self._hierarchy.children(iri) if one not in (*above, iri))

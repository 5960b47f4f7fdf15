"""The classes of a graph as a tree: what is stated to lie below what, and the classes that a definition gathers.

Most classes are put below another by hand, and `itbkg terms --tree` draws them so. A few are filled by their definition
alone, from all over: a human error is a cause at the reservoir as well as a dosing cause. They cut across the tree, and
to count them among its branches would tell each case again.
"""

from collections import defaultdict
from collections.abc import Mapping
from functools import cached_property

from itbkg.namespaces import ONTOLOGY_GRAPH
from itbkg.store import PREFIX_LINES, Store, once

#: The classes that a class is stated to be below, and all that it follows to be below.
_STATED = f"""{PREFIX_LINES}
SELECT ?term ?above WHERE {{ GRAPH <{ONTOLOGY_GRAPH}> {{ ?term rdfs:subClassOf ?above }} FILTER isIRI(?above) }}
"""
_FOLLOWING = f"{PREFIX_LINES} SELECT ?term ?above WHERE {{ ?term rdfs:subClassOf ?above . FILTER (?term != ?above) }}"

Several = Mapping[str, frozenset[str]]


class Tree:
    """The classes of one graph, by IRI; each part is made when it is first needed."""

    def __init__(self, stated: Several, following: Several) -> None:
        self._stated = stated
        self._following = following

    def above(self, term: str) -> frozenset[str]:
        """Return all classes above a class, as stated and as follows."""
        return self._following.get(term, frozenset())

    def stated_above(self, term: str) -> frozenset[str]:
        """Return the classes of which it is stated that a class lies directly below them."""
        return self._stated.get(term, frozenset())

    @cached_property
    def gathered(self) -> frozenset[str]:
        """The classes that a definition alone fills: others follow to be below them, none is stated to be."""
        uppers = {upper for above in self._following.values() for upper in above}
        return frozenset(uppers.difference(*self._stated.values()))

    @cached_property
    def below(self) -> Mapping[str, tuple[str, ...]]:
        """The classes directly below each class, as is stated, a gathered class left out.

        Below a gathered class these are the nearest that follow to be.
        """
        found: defaultdict[str, set[str]] = defaultdict(set)
        for term, above in self._following.items():
            nearest = self._nearest(above)
            uppers = nearest & self.gathered
            if term not in self.gathered:
                uppers |= self._stated.get(term) or nearest
            for upper in uppers:
                found[upper].add(term)
        return {upper: tuple(sorted(terms)) for upper, terms in found.items()}

    def _nearest(self, above: frozenset[str]) -> frozenset[str]:
        """Return those of the classes above a class above which no other of them lies below."""
        covered = {upper for one in above for upper in self.above(one) if one not in self.above(upper)}
        return above - covered


@once
def read_tree(store: Store) -> Tree:
    """Read the classes of a graph."""
    return Tree(_gather(store, _STATED), _gather(store, _FOLLOWING))


def _gather(store: Store, query: str) -> dict[str, frozenset[str]]:
    """Gather the second column of an answer by the first; as text, which for thousands of rows takes half the time."""
    found: defaultdict[str, set[str]] = defaultdict(set)
    for line in store.answer(query, table="tsv").decode("utf-8").splitlines()[1:]:
        term, above = line.split("\t")
        found[term[1:-1]].add(above[1:-1])
    return {term: frozenset(several) for term, several in found.items()}

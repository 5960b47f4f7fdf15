"""How the classes lie above and below each other, and the branches that they make."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

from rdflib import RDF, RDFS, URIRef

from itbkg.namespaces import ITB
from itbkg.terms.lexicon import Kind, Lexicon

#: What puts a term of each kind below another.
_BELOW: Mapping[Kind, URIRef] = {"class": RDFS.subClassOf, "value": RDF.type, "property": RDFS.subPropertyOf}
#: The classes that only gather branches.
_GATHERING = (str(ITB.Statement), str(ITB.Value))


@dataclass(frozen=True, slots=True)
class Branch:
    """A branch: its uppermost class, with the number of classes and of values in it, that class counted."""

    name: str
    id: str
    label: str
    definition: str
    classes: int
    values: int


class Hierarchy:
    """The places of classes and values.

    A class stands below the classes that it is stated to be below; a defined class for which none is stated stands
    below the nearest that follow from its definition. A value stands below its class.
    """

    def __init__(self, lexicon: Lexicon, above: Mapping[str, frozenset[str]]) -> None:
        self._lexicon = lexicon
        self._above = above
        self.parents = {iri: lexicon.ordered(self._stand_below(iri)) for iri in lexicon.terms}
        self._children: defaultdict[str, list[str]] = defaultdict(list)
        for iri, parents in self.parents.items():
            for parent in parents:
                self._children[parent].append(iri)

    def children(self, iri: str) -> tuple[str, ...]:
        """Return what stands directly below a class, in label order."""
        return tuple(self._children.get(iri, ()))

    def ancestors(self, iri: str) -> frozenset[str]:
        """Return every class above a term."""
        return _walk(iri, self.parents.__getitem__)

    def below(self, iri: str) -> frozenset[str]:
        """Return every class and value below a class."""
        return _walk(iri, self.children)

    def paths(self, iri: str) -> tuple[tuple[str, ...], ...]:
        """Return every way from a top down to the parents of a term; one empty way for a top."""
        return tuple(self._paths(iri, ()))

    def follows_above(self, iri: str) -> tuple[str, ...]:
        """Return the nearest classes above a class that follow from definitions and are not among its places."""
        following = self._above.get(iri, frozenset()) - self.ancestors(iri) - {iri}
        return self._lexicon.ordered(self._nearest(following))

    def follows_below(self, iri: str) -> tuple[str, ...]:
        """Return the uppermost classes that fall under a class by its definition and do not stand below it."""
        falling = self._falling.get(iri, set()) - self.below(iri) - {iri}
        upper = {one for one in falling if not (self._above[one] - self._equals(one)) & falling}
        return self._lexicon.ordered(upper)

    @cached_property
    def tops(self) -> tuple[str, ...]:
        """The classes that stand below none, in label order; those no longer in use left out."""
        terms = self._lexicon.terms.values()
        return tuple(
            one.iri for one in terms if one.kind == "class" and not self.parents[one.iri] and not one.deprecated
        )

    @cached_property
    def branches(self) -> tuple[Branch, ...]:
        """The branches, in label order."""
        return tuple(self._branch(iri) for iri in self._branching)

    def branches_of(self, iri: str) -> tuple[str, ...]:
        """Return the uppermost classes of the branches that a term is in, in label order."""
        above = self.ancestors(iri) | {iri}
        return tuple(one for one in self._branching if one in above)

    @cached_property
    def _branching(self) -> tuple[str, ...]:
        tops = {iri for iri in self.tops if iri not in _GATHERING}
        gathered = {iri for top in _GATHERING for iri in self.children(top) if self._lexicon[iri].kind == "class"}
        return self._lexicon.ordered(tops | gathered)

    def _branch(self, iri: str) -> Branch:
        top, kinds = self._lexicon[iri], [self._lexicon[one].kind for one in self.below(iri)]
        return Branch(top.name, top.id, top.label, top.definition, kinds.count("class") + 1, kinds.count("value"))

    def _stand_below(self, iri: str) -> frozenset[str]:
        predicate = _BELOW[self._lexicon[iri].kind]
        stated = {one for one in self._lexicon.facts.values(iri, predicate) if one in self._lexicon and one != iri}
        return frozenset(stated) or self._nearest(self._above.get(iri, frozenset()) - self._equals(iri))

    def _nearest(self, classes: frozenset[str]) -> frozenset[str]:
        """Return those of the classes above which no other of them lies below."""
        covered = {upper for one in classes for upper in self._above.get(one, frozenset()) - self._equals(one)}
        return classes - covered

    def _equals(self, iri: str) -> frozenset[str]:
        """Return the classes that are both above and below a class."""
        above = self._above.get(iri, frozenset())
        return frozenset(one for one in above if iri in self._above.get(one, frozenset())) | {iri}

    @cached_property
    def _falling(self) -> dict[str, set[str]]:
        falling: defaultdict[str, set[str]] = defaultdict(set)
        for lower, uppers in self._above.items():
            for upper in uppers:
                falling[upper].add(lower)
        return falling

    def _paths(self, iri: str, down: tuple[str, ...]) -> Iterator[tuple[str, ...]]:
        parents = [one for one in self.parents[iri] if one not in down]
        if not parents:
            yield down
        for parent in parents:
            yield from self._paths(parent, (parent, *down))


def _walk(iri: str, step: Callable[[str], Iterable[str]]) -> frozenset[str]:
    """Gather what is reached by a step taken again and again; where it comes from is left out."""
    found: set[str] = set()
    ahead = [iri]
    while ahead:
        new = set(step(ahead.pop())) - found
        found |= new
        ahead.extend(new)
    return frozenset(found - {iri})

"""What the things of the graph are, in the words of the ontology's branches."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Self

from itbkg.exports.propertygraph.names import is_own, kind_name
from itbkg.store import Store
from itbkg.terms.facts import Facts, superclasses
from itbkg.terms.hierarchy import Hierarchy
from itbkg.terms.lexicon import Lexicon


@dataclass(frozen=True, slots=True)
class Kinds:
    """The branches of each class by its IRI, named in short, and the terms themselves."""

    lexicon: Lexicon
    branches: Mapping[str, tuple[str, ...]]

    @classmethod
    def read(cls, store: Store) -> Self:
        """Read them from the ontology in the graph."""
        lexicon = Lexicon(Facts(store))
        hierarchy = Hierarchy(lexicon, superclasses(store))
        classes = (iri for iri, term in lexicon.terms.items() if term.kind == "class")
        return cls(lexicon, {iri: tuple(lexicon[top].name for top in hierarchy.branches_of(iri)) for iri in classes})

    @property
    def labels(self) -> Mapping[str, str]:
        """The labels of the values that statements choose from, by IRI."""
        return {iri: term.label for iri, term in self.lexicon.terms.items() if term.kind == "value"}

    def of(self, types: Iterable[str]) -> tuple[str, ...]:
        """Name what a thing of these types is, sorted: by our own classes, where it has any that is in a branch."""
        given = tuple(types)
        own = {name for one in given if is_own(one) for name in self.branches.get(one, ())}
        return tuple(sorted(own or {kind_name(one) for one in given if not is_own(one)}))

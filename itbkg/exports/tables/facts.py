"""What named graphs say, by subject and property: one case or one document at a time, however many there are."""

from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property

import pyoxigraph as ox
from rdflib import RDF

from itbkg.exports.part import graph_of
from itbkg.namespaces import INFERRED_GRAPH, ITB
from itbkg.store import PREFIX_LINES, Store

#: What was inferred of the statements of a case whose classes a reader asks for; in no order, for it is sorted here.
_INFERRED = f"""{PREFIX_LINES}
SELECT ?case ?subject ?property ?value WHERE {{
  VALUES ?has {{ itb:hasFinding itb:hasAbsence itb:hasDelay }}
  ?case ?has ?subject .
  GRAPH <{INFERRED_GRAPH}> {{ ?subject ?property ?value }}
}}
"""

_Spo = tuple[str, str, str]
_Index = Mapping[str, Mapping[str, tuple[str, ...]]]


class Facts:
    """The triples about one thing (`about`, its IRI): stated in its graph, and `inferred` beside; values as text."""

    def __init__(self, about: str, stated: Iterable[_Spo], inferred: Iterable[_Spo] = ()) -> None:
        self.about = str(about)  # a URIRef of rdflib is no equal of the same text
        #: The properties that were asked for, so that a writer can tell which it passed over.
        self.asked: set[str] = set()
        self._stated = _index(stated)
        self._inferred = _index(inferred)

    def all(self, node: str, predicate: str) -> tuple[str, ...]:
        """Return the stated values of a property, sorted."""
        self.asked.add(predicate)
        return self._stated.get(node, {}).get(predicate, ())

    def one(self, node: str, predicate: str) -> str:
        """Return the first stated value of a property, or an empty text."""
        return next(iter(self.all(node, predicate)), "")

    def both(self, node: str, predicate: str) -> tuple[str, ...]:
        """Return the values of a property, stated or inferred, each once."""
        inferred = self._inferred.get(node, {}).get(predicate, ())
        stated = self.all(node, predicate)
        return tuple(dict.fromkeys((*stated, *inferred))) if inferred else stated

    def any(self, node: str, predicate: str) -> str:
        """Return the first value of a property, stated or inferred, or an empty text."""
        return next(iter(self.both(node, predicate)), "")

    @cached_property
    def present(self) -> frozenset[str]:
        """The classes of all findings that the case has, stated and inferred, those above them included."""
        stated = self.all(self.about, str(ITB.hasFinding))
        nodes = (*stated, *self.about_inferred(str(ITB.impliedBy)))
        return frozenset(kind for node in nodes for kind in self.both(node, str(RDF.type)))

    @cached_property
    def absent(self) -> frozenset[str]:
        """The classes of all findings that the case states to be absent, those below them included."""
        nodes = self.all(self.about, str(ITB.hasAbsence))
        return frozenset(kind for node in nodes for kind in self.both(node, str(ITB.absentClass)))

    def counts(self) -> Iterator[tuple[str, str, int]]:
        """Yield each subject and stated property with the number of its values."""
        for node, properties in self._stated.items():
            yield from ((node, predicate, len(values)) for predicate, values in properties.items())

    def about_inferred(self, predicate: str) -> tuple[str, ...]:
        """Name the subjects of which this property was inferred, sorted."""
        return tuple(sorted(node for node, properties in self._inferred.items() if predicate in properties))

    def subjects(self, predicate: str) -> tuple[str, ...]:
        """Name the subjects of which this property is stated, sorted."""
        return tuple(sorted(node for node, properties in self._stated.items() if predicate in properties))


def case_facts(store: Store, case: str) -> Facts:
    """Read what is stated of a case, its publication included, and what was inferred of its statements."""
    inferred = (row[1:] for row in store.select(_INFERRED, case=case).texts())
    return Facts(case, _texts(store.quads(graph_of(case))), inferred)  # type: ignore[arg-type]  # rows of three


def graph_facts(store: Store, graph: str) -> Facts:
    """Read what is stated in a named graph."""
    return Facts(graph, _texts(store.quads(graph)))


def _texts(quads: Iterable[ox.Quad]) -> Iterator[_Spo]:
    for quad in quads:
        if isinstance(quad.subject, ox.NamedNode) and isinstance(quad.object, ox.NamedNode | ox.Literal):
            yield quad.subject.value, quad.predicate.value, quad.object.value


def _index(triples: Iterable[_Spo]) -> _Index:
    found: dict[str, dict[str, list[str]]] = {}
    for subject, predicate, value in triples:
        found.setdefault(subject, {}).setdefault(predicate, []).append(value)
    return {node: {key: _sorted(several) for key, several in values.items()} for node, values in found.items()}


def _sorted(values: list[str]) -> tuple[str, ...]:
    return tuple(sorted(set(values))) if len(values) > 1 else tuple(values)

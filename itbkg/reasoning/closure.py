"""The rule closure: what follows for classes and individuals, by the completion rules of EL.

Own code, because no kept Python library closes over existentials on both sides: OWL RL engines do not.
HermiT gives the same types (tests/test_reasoning.py).
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator

from rdflib import OWL, RDF, RDFS, URIRef
from rdflib.term import Node

from itbkg.reasoning.axioms import Axioms
from itbkg.triples import Triple

#: What is reasoned about: a concept, an individual, or the unnamed filler of a successor with its property's ranges.
Element = Node | tuple[Node, frozenset[Node]]


def infer(axioms: Axioms, asserted: Iterable[Triple]) -> Iterator[Triple]:
    """Yield the triples that follow and are not asserted.

    These are types and relations of individuals, and subclass relations between named classes.
    """
    known = set(asserted)
    completion = _Completion(axioms)
    for concept in axioms.classes:
        completion.add_type(concept, concept)
    individuals = set(completion.assert_all(known))
    completion.run()
    for subject, predicate, value in completion.conclusions(individuals):
        if (subject, predicate, value) not in known:
            yield subject, predicate, value


class _Completion:
    """Types and relations of every element, grown until no rule adds anything."""

    def __init__(self, axioms: Axioms) -> None:
        self._axioms = axioms
        self._types: defaultdict[Element, set[Node]] = defaultdict(set)
        self._relations: defaultdict[Element, set[tuple[Node, Element]]] = defaultdict(set)
        self._holders: defaultdict[Element, set[tuple[Node, Element]]] = defaultdict(set)
        self._new_types: list[tuple[Element, Node]] = []
        self._new_relations: list[tuple[Element, Node, Element]] = []

    def add_type(self, element: Element, concept: Node) -> None:
        """Note that `element` is a `concept`."""
        if concept not in self._types[element]:
            self._types[element].add(concept)
            self._new_types.append((element, concept))

    def add_relation(self, element: Element, prop: Node, other: Element) -> None:
        """Note that `element` has the relation `prop` to `other`."""
        if (prop, other) not in self._relations[element]:
            self._relations[element].add((prop, other))
            self._holders[other].add((prop, element))
            self._new_relations.append((element, prop, other))

    def assert_all(self, triples: Iterable[Triple]) -> Iterator[URIRef]:
        """Take in the assertions about individuals; yield those individuals."""
        for subject, predicate, value in triples:
            if predicate == RDF.type and value in self._axioms.classes:
                self.add_type(subject, value)
                yield subject
            elif predicate in self._axioms.properties and isinstance(value, URIRef):
                self.add_relation(subject, predicate, value)
                yield from (subject, value)

    def run(self) -> None:
        """Apply the rules until nothing is new."""
        while self._new_types or self._new_relations:
            while self._new_types:
                self._follow_type(*self._new_types.pop())
            while self._new_relations:
                self._follow_relation(*self._new_relations.pop())

    def conclusions(self, individuals: set[URIRef]) -> Iterator[Triple]:
        """Yield what holds between named things."""
        for individual in individuals:
            for concept in self._types[individual] & self._axioms.classes:
                yield individual, RDF.type, URIRef(str(concept))
            for prop, other in self._relations[individual]:
                if isinstance(other, URIRef) and other not in self._axioms.classes:
                    yield individual, URIRef(str(prop)), other
        for concept in self._axioms.classes:
            for other in (self._types[concept] & self._axioms.classes) - {concept, OWL.Thing}:
                yield concept, RDFS.subClassOf, URIRef(str(other))

    def _follow_type(self, element: Element, concept: Node) -> None:
        for above in self._axioms.above[concept]:
            self.add_type(element, above)
        for parts, whole in self._axioms.conjunctions[concept]:
            if parts <= self._types[element]:
                self.add_type(element, whole)
        for prop, filler in self._axioms.successors[concept]:
            self.add_relation(element, prop, self._filler(prop, filler))
        for prop, holder in list(self._holders[element]):
            for found in self._axioms.predecessors[prop, concept]:
                self.add_type(holder, found)

    def _follow_relation(self, element: Element, prop: Node, other: Element) -> None:
        for above in self._axioms.properties.get(prop, frozenset()) - {prop}:
            self.add_relation(element, above, other)
        for concept in self._axioms.domains[prop]:
            self.add_type(element, concept)
        if isinstance(other, URIRef) and other not in self._axioms.classes:
            for concept in self._axioms.ranges[prop]:
                self.add_type(other, concept)
        for concept in list(self._types[other]):
            for found in self._axioms.predecessors[prop, concept]:
                self.add_type(element, found)

    def _filler(self, prop: Node, filler: Node) -> Element:
        """Make the unnamed thing that a class promises: a `filler` that is also in the ranges of the property."""
        ranges = {found for above in self._axioms.properties.get(prop, ()) for found in self._axioms.ranges[above]}
        element = (filler, frozenset(ranges))
        for concept in (filler, *ranges):
            self.add_type(element, concept)
        return element

"""The ontology's axioms in the normal form of the description logic EL.

The core keeps to EL with domains and ranges: named classes, intersections and someValuesFrom. Each class expression
is named by its own node, so that every axiom has one of five forms (Baader, Brandt, Lutz: Pushing the EL envelope,
IJCAI 2005, section 3).
"""

from collections import defaultdict
from dataclasses import dataclass, field

from rdflib import OWL, RDF, RDFS, Graph, URIRef
from rdflib.collection import Collection
from rdflib.term import Node

from itbkg.errors import OntologyError

#: What OWL could say beyond this form, and from which types or relations would follow.
FOREIGN = (
    *(OWL.unionOf, OWL.complementOf, OWL.oneOf, OWL.disjointUnionOf, OWL.allValuesFrom, OWL.hasValue, OWL.hasSelf),
    *(OWL.minCardinality, OWL.maxCardinality, OWL.cardinality),
    *(OWL.minQualifiedCardinality, OWL.maxQualifiedCardinality, OWL.qualifiedCardinality),
    *(OWL.inverseOf, OWL.propertyChainAxiom, OWL.equivalentProperty, OWL.sameAs, OWL.hasKey),
    *(OWL.TransitiveProperty, OWL.SymmetricProperty, OWL.ReflexiveProperty),
    *(OWL.FunctionalProperty, OWL.InverseFunctionalProperty),
)


@dataclass(slots=True)
class Axioms:
    """Normalised axioms; a concept is a named class or the node of a class expression.

    `above`: A -> every B with A below B. `conjunctions`: A -> (all parts, whole) of each intersection that A is part
    of. `successors`: A -> (r, B) where every A has an r that is a B. `predecessors`: (r, B) -> every C that holds of
    what has an r that is a B. `properties`: r -> every s above it, itself included.
    """

    above: defaultdict[Node, set[Node]] = field(default_factory=lambda: defaultdict(set))
    conjunctions: defaultdict[Node, list[tuple[frozenset[Node], Node]]] = field(
        default_factory=lambda: defaultdict(list)
    )
    successors: defaultdict[Node, set[tuple[Node, Node]]] = field(default_factory=lambda: defaultdict(set))
    predecessors: defaultdict[tuple[Node, Node], set[Node]] = field(default_factory=lambda: defaultdict(set))
    properties: dict[Node, frozenset[Node]] = field(default_factory=dict)
    domains: defaultdict[Node, set[Node]] = field(default_factory=lambda: defaultdict(set))
    ranges: defaultdict[Node, set[Node]] = field(default_factory=lambda: defaultdict(set))
    classes: frozenset[URIRef] = frozenset()


def read_axioms(ontology: Graph) -> Axioms:
    """Normalise an ontology; OntologyError for a class expression outside EL, which the rules would pass over."""
    axioms = Axioms()
    classes = {node for node in ontology.subjects(RDF.type, OWL.Class) if isinstance(node, URIRef)}
    axioms.classes = frozenset(classes)
    for part, whole in ontology.subject_objects(RDFS.subClassOf):
        axioms.above[part].add(whole)
    for left, right in ontology.subject_objects(OWL.equivalentClass):
        axioms.above[left].add(right)
        axioms.above[right].add(left)
    _read_expressions(ontology, axioms)
    _read_properties(ontology, axioms)
    return axioms


def _read_expressions(ontology: Graph, axioms: Axioms) -> None:
    for node, filler in ontology.subject_objects(OWL.someValuesFrom):
        prop = ontology.value(node, OWL.onProperty)
        if prop is None:
            raise OntologyError(f"a restriction to <{filler}> names no property")
        axioms.successors[node].add((prop, filler))
        axioms.predecessors[prop, filler].add(node)
    for node, members in ontology.subject_objects(OWL.intersectionOf):
        parts = frozenset(part for part in Collection(ontology, members) if part is not None)
        axioms.above[node] |= parts
        for part in parts:
            axioms.conjunctions[part].append((parts, node))
    for foreign in FOREIGN:
        if (None, foreign, None) in ontology or (None, RDF.type, foreign) in ontology:
            raise OntologyError(f"the ontology uses <{foreign}>, which the rule closure does not know; say it without")
    if (None, OWL.someValuesFrom, OWL.Thing) in ontology:
        raise OntologyError("a restriction asks for some owl:Thing, which the rule closure does not know; name a class")


def _read_properties(ontology: Graph, axioms: Axioms) -> None:
    for prop in ontology.subjects(RDF.type, OWL.ObjectProperty):
        above = ontology.transitive_objects(prop, RDFS.subPropertyOf)
        axioms.properties[prop] = frozenset(node for node in above if node is not None)
        axioms.domains[prop] |= set(ontology.objects(prop, RDFS.domain))
        axioms.ranges[prop] |= set(ontology.objects(prop, RDFS.range))

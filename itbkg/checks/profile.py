"""The profile of the ontology's own files: what its class expressions may use, and that every name is declared once.

The expressions keep to what the rule closure knows (itbkg.reasoning.axioms). The declarations follow OWL 2 Structural
Specification, section 5.8: https://www.w3.org/TR/owl2-syntax/#Entity_Declarations_and_Typing
"""

from collections.abc import Callable, Iterator

from rdflib import OWL, RDF, RDFS, XSD, Graph, URIRef
from rdflib.term import Node

from itbkg.checks.results import Check, Finding, Group, Kind, short
from itbkg.errors import OntologyError
from itbkg.reasoning import read_axioms

_PROPERTY_KINDS = (OWL.ObjectProperty, OWL.DatatypeProperty, OWL.AnnotationProperty)
#: OWL's own vocabulary, which nobody declares.
_RESERVED = (str(RDF), str(RDFS), str(OWL), str(XSD))
#: What stands behind these is a class.
_POSITIONS = (
    *(RDFS.subClassOf, OWL.equivalentClass, OWL.someValuesFrom),
    *(RDFS.domain, RDFS.range, RDF.type),
)


def _expressions(ontology: Graph) -> Iterator[Finding]:
    try:
        read_axioms(ontology)
    except OntologyError as error:
        mend = "Say it with named superclasses, intersections and someValuesFrom."
        yield Finding("", "", "", f"{error}.", mend)


def _properties(ontology: Graph) -> Iterator[Finding]:
    used = {prop for prop in ontology.predicates() if not str(prop).startswith(_RESERVED)}
    for prop in used | {prop for kind in _PROPERTY_KINDS for prop in ontology.subjects(RDF.type, kind)}:
        kinds = [kind for kind in _PROPERTY_KINDS if (prop, RDF.type, kind) in ontology]
        if len(kinds) != 1:
            message = "The property is declared as no kind of property, or as several."
            mend = "Declare it once as owl:ObjectProperty, owl:DatatypeProperty or owl:AnnotationProperty."
            yield Finding("", short(str(prop)), ", ".join(map(short, kinds)), message, mend)


def _classes(ontology: Graph) -> Iterator[Finding]:
    named: set[Node] = {value for position in _POSITIONS for value in ontology.objects(None, position)}
    named |= {part for parts in ontology.objects(None, OWL.intersectionOf) for part in ontology.items(parts)}
    for node in named | set(ontology.subjects(RDFS.subClassOf)):
        foreign = isinstance(node, URIRef) and not str(node).startswith(_RESERVED)
        if foreign and (node, RDF.type, OWL.Class) not in ontology:
            mend = "Mend its name, or declare it as owl:Class."
            yield Finding("", short(str(node)), "", "A class is used that no module declares.", mend)


CHECKS: dict[Check, Callable[[Graph], Iterator[Finding]]] = {
    Check("profile-classes", Group.PROFILE, "every class is declared", Kind.FAILURE): _classes,
    Check("profile-expressions", Group.PROFILE, "class expressions keep to the profile", Kind.FAILURE): _expressions,
    Check("profile-properties", Group.PROFILE, "every property is declared once", Kind.FAILURE): _properties,
}

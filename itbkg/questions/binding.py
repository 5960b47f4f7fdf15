"""From what a person writes for a parameter to the term that goes into the query.

A term that names something comes out of the graph itself: what the graph does not know is never put into a query.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from difflib import get_close_matches

from rdflib import DCTERMS, OWL, RDF, RDFS, XSD, Graph, Literal, URIRef

from itbkg.errors import NotFoundError, ParameterError, UnknownWordError, did_you_mean
from itbkg.namespaces import ITB
from itbkg.questions.question import Parameter, Question
from itbkg.store import PREFIXES, Store, once
from itbkg.vocabulary import Words

_NUMBER = re.compile(r"-?[0-9]{1,9}(?:\.[0-9]{1,6})?")

_LABELS = """
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
SELECT ?kind ?thing ?label WHERE { ?thing a ?kind ; rdfs:label ?label } ORDER BY ?label
"""
_LABEL = """
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
SELECT ?thing ?label WHERE { ?thing rdfs:label ?label }
"""
#: What belongs to a branch, and its names: by the property by which the classes below it, or its members, belong.
_BELONGS = {
    belongs: f"SELECT ?branch ?term WHERE {{ ?term <{belongs}> ?branch }} ORDER BY ?term"
    for belongs in (RDFS.subClassOf, RDF.type)
}
_NAMES = {
    belongs: f"""
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
SELECT ?branch ?term ?naming ?name WHERE {{
  VALUES ?naming {{ rdfs:label skos:altLabel }}
  ?term <{belongs}> ?branch ; ?naming ?name .
}}
"""
    for belongs in (RDFS.subClassOf, RDF.type)
}
_GIVEN_UP = """
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
PREFIX owl: <http://www.w3.org/2002/07/owl#>
PREFIX dcterms: <http://purl.org/dc/terms/>
SELECT ?term ?naming ?name ?instead WHERE {
  VALUES ?naming { rdfs:label skos:altLabel }
  ?term owl:deprecated true ; ?naming ?name .
  OPTIONAL { ?term dcterms:isReplacedBy ?instead }
}
"""


def set_once(pairs: Iterable[tuple[str, str]]) -> dict[str, str]:
    """Gather what is set, by parameter; ParameterError for one that is set twice."""
    given: dict[str, str] = {}
    for name, value in pairs:
        if name in given:
            raise ParameterError(f"'{name}' is set twice; set it once")
        given[name] = value
    return given


def find_terms(store: Store, question: Question, given: Mapping[str, str]) -> dict[str, URIRef | Literal]:
    """Find the term for each parameter that is set.

    A case or publication is given by its id, a class or value by label, synonym or `itb:Name`, each of them by its IRI
    too. Raises ParameterError for a parameter that the question does not have and for what is no number, NotFoundError,
    with what is like it, for what the graph does not know.
    """
    return {name: _find(store, _parameter(question, name), value) for name, value in given.items()}


@once
def suggestions(store: Store, parameter: Parameter) -> tuple[str, ...]:
    """List what may be given for a parameter: ids, or labels in the order of the alphabet; nothing for a number.

    What was given up is left out.
    """
    match parameter.kind:
        case "case":
            return tuple(_things(store, ITB.Case))
        case "publication":
            return tuple(_things(store, ITB.Publication))
        case "number":
            return ()
    known = _known(store, RDFS.subClassOf if parameter.kind == "class" else RDF.type, parameter.of)
    given_up = {*known.subjects(OWL.deprecated, Literal(True))}
    below = {*known.subjects(RDFS.subClassOf if parameter.kind == "class" else RDF.type)} - given_up
    return tuple(sorted({str(name) for term in below for name in known.objects(term, RDFS.label)}, key=str.casefold))


def _parameter(question: Question, name: str) -> Parameter:
    known = {parameter.name: parameter for parameter in question.parameters}
    if name in known:
        return known[name]
    hint = did_you_mean(get_close_matches(name, known, n=3, cutoff=0.5))
    has = f"it takes {', '.join(known)}" if known else "it takes none"
    raise ParameterError(f"'{name}' is no parameter of '{question.name}'{hint or f'; {has}'}")


def _find(store: Store, parameter: Parameter, value: str) -> URIRef | Literal:
    match parameter.kind:
        case "case":
            return _thing(store, ITB.Case, "case", value)
        case "publication":
            return _thing(store, ITB.Publication, "publication", value)
        case "class":
            return _word(store, RDFS.subClassOf, parameter.of, value)
        case "value":
            return _word(store, RDF.type, parameter.of, value)
        case "number":
            return _number(parameter, value)


def _thing(store: Store, kind: URIRef, noun: str, value: str) -> URIRef:
    known = _things(store, kind)
    if value in known:
        return URIRef(known[value])
    if value in known.values():
        return URIRef(value)
    raise NotFoundError(noun, value, get_close_matches(value, known, n=3, cutoff=0.5))


@once
def _things(store: Store, kind: URIRef) -> Mapping[str, str]:
    """Return the IRI of each thing of a kind by its label."""
    return {label: iri for _, iri, label in store.select(_LABELS, kind=str(kind)).texts()}


def _word(store: Store, belongs: URIRef, branches: Sequence[str], value: str) -> URIRef:
    """Look a word up in what belongs to some branches: the classes below them, or their members."""
    names = _members(store, belongs, tuple(branches))
    if value in names or value in names.values():
        return URIRef(names.get(value, value))
    words = _words(store, belongs, tuple(branches))
    if value.startswith("itb:"):
        raise UnknownWordError(words.kind(branches), value, get_close_matches(value, names, n=3))
    return words.resolve(value, branches).iri


@once
def _members(store: Store, belongs: URIRef, branches: tuple[str, ...]) -> Mapping[str, str]:
    """Return the IRI of all that belongs to some branches by its short name, such as itb:CatheterKink."""
    terms = [term for top in branches for _, term in store.select(_BELONGS[belongs], branch=str(ITB[top])).texts()]
    return {term.replace(PREFIXES["itb"], "itb:"): term for term in terms}


@once
def _words(store: Store, belongs: URIRef, branches: tuple[str, ...]) -> Words:
    return Words(_known(store, belongs, branches))


def _known(store: Store, belongs: URIRef, branches: Sequence[str]) -> Graph:
    """Take out of the graph what belongs to some branches, with all its names, and all terms that were given up."""
    known = Graph()
    for branch in branches:
        for _, label in store.select(_LABEL, thing=ITB[branch]).texts():
            known.add((ITB[branch], RDFS.label, Literal(label)))
        for top, term, naming, name in store.select(_NAMES[belongs], branch=ITB[branch]).texts():
            known.add((URIRef(term), belongs, URIRef(top)))
            known.add((URIRef(term), URIRef(naming), Literal(name)))
    for term, naming, name, instead in store.select(_GIVEN_UP).texts():
        known.add((URIRef(term), OWL.deprecated, Literal(True)))
        known.add((URIRef(term), URIRef(naming), Literal(name)))
        if instead:
            known.add((URIRef(term), DCTERMS.isReplacedBy, URIRef(instead)))
    return known


def _number(parameter: Parameter, value: str) -> Literal:
    if _NUMBER.fullmatch(value):
        return Literal(value, datatype=XSD.decimal)
    raise ParameterError(f"'{value}' is no number for '{parameter.name}'; write it like 41 or 41.5")

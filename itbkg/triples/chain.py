"""The causal chain: its links, and the assertions with their certainty and basis."""

from collections.abc import Iterator

from rdflib import RDF, RDFS, Literal, URIRef

from itbkg.namespaces import ITB
from itbkg.naming import slug
from itbkg.records import CauseLink
from itbkg.triples.scope import Scope, Triple, place_triples, source_triples, typed


def link_triples(scope: Scope, link: CauseLink) -> Iterator[Triple]:
    """Yield a link of the chain: the two ends, the short-cut between them, and the assertion with its evidence."""
    cause, effect = cause_node(scope, link.cause), _effect_node(scope, link.leads_to)
    yield from _cause(scope, link.cause)
    if _event_word(scope, link.leads_to) is None:
        yield from _cause(scope, link.leads_to)
    yield cause, ITB.leadsTo, effect
    words = (scope.term(link.cause, "Cause").label, scope.term(link.leads_to, "Cause", "TherapyEvent").label)
    node = scope.node(f"assertion/{slug(words[0])}--{slug(words[1])}")
    yield scope.iri, ITB.hasCausalAssertion, node
    yield node, RDF.type, ITB.CausalAssertion
    yield node, RDFS.label, Literal(f"{words[0]} led to {words[1]}")
    yield node, ITB.assertedCause, cause
    yield node, ITB.assertedEffect, effect
    yield node, ITB.certainty, scope.term(link.certainty, "Certainty").iri
    for word in link.basis:
        yield node, ITB.basis, scope.term(word, "Basis").iri
    yield from source_triples(scope, node, link)
    yield from place_triples(scope, cause, link.where)


def _cause(scope: Scope, word: str) -> Iterator[Triple]:
    node = cause_node(scope, word)
    yield scope.iri, ITB.hasCause, node
    yield from typed(node, scope.term(word, "Cause"))


def cause_node(scope: Scope, word: str) -> URIRef:
    """Name a link of the chain: by its class, so that two words for one class are one node."""
    return scope.node(f"cause/{slug(scope.term(word, 'Cause').label)}")


def event_node(scope: Scope, word: str) -> URIRef:
    """Name an event of the case by its word."""
    return scope.node(f"event/{slug(word)}")


def _effect_node(scope: Scope, word: str) -> URIRef:
    event = _event_word(scope, word)
    return event_node(scope, event) if event else cause_node(scope, word)


def _event_word(scope: Scope, word: str) -> str | None:
    """Return the word by which the case itself calls the event that a link leads to; None where it leads to a cause."""
    named = scope.vocabulary.words.find(word, ("TherapyEvent",))
    events = scope.case.events if named else ()
    return next((event for event in events if scope.term(event, "TherapyEvent") == named), None)

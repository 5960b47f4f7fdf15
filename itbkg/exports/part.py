"""A part of the graph that stands on its own: chosen cases with publication, what was inferred, and the words used."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet

import pyoxigraph as ox
from rdflib import RDF, RDFS, SKOS

from itbkg.exports.quads import in_order
from itbkg.namespaces import CASE, GRAPH, INFERRED_GRAPH, ITB, ONTOLOGY_GRAPH
from itbkg.store import Store

#: What leads from a word to others that its reader needs: what it is a kind of, and what it is mapped to.
_LEADS = frozenset(
    str(iri)
    for iri in (RDF.type, RDFS.subClassOf, RDFS.subPropertyOf, SKOS.exactMatch, SKOS.closeMatch, SKOS.broadMatch)
) | {str(SKOS.narrowMatch), str(SKOS.relatedMatch)}

_LABEL = str(RDFS.label)

_About = Mapping[str, Sequence[ox.Quad]]
#: How the quads of a graph are arranged as they are read.
Arrange = Callable[[Iterable[ox.Quad]], Iterator[ox.Quad]]


def all_cases(store: Store) -> tuple[str, ...]:
    """Return the IRIs of all cases, sorted."""
    return store.instances(str(ITB.Case))


def graph_of(case: str) -> str:
    """Name the graph of a case."""
    return f"{GRAPH}case/{case.removeprefix(CASE)}"


def graphs(store: Store, cases: Iterable[str], *, whole: bool) -> tuple[str, ...]:
    """Name the graphs that an export takes from: all, or those of cases with what was inferred and the words."""
    if whole:
        return store.graphs()
    return (*map(graph_of, cases), str(INFERRED_GRAPH), str(ONTOLOGY_GRAPH))


def whole_graphs(store: Store, names: Iterable[str], arrange: Arrange = in_order) -> Iterator[Iterator[ox.Quad]]:
    """Yield the quads of each of the named graphs, sorted."""
    return (arrange(store.quads(name)) for name in names)


def part_graphs(store: Store, cases: Sequence[str], arrange: Arrange = in_order) -> Iterator[Iterator[ox.Quad]]:
    """Yield the quads of each case, of what was inferred of them, and of the words that both use, each sorted.

    Each is to be read before the next is asked for. One case is held at a time, and the words of the ontology.
    """
    words = _by_subject(store.quads(str(ONTOLOGY_GRAPH)))
    used: set[str] = set()
    for case in cases:
        yield _noting(arrange(store.quads(graph_of(case))), words, used)
    yield _noting(arrange(_inferred(store, frozenset(cases), words, used)), words, used)
    yield arrange(_told(_with_those_above(used, words), words))


def _told(needed: AbstractSet[str], words: _About) -> Iterator[ox.Quad]:
    """Tell the words, and of others that they name in passing the label."""
    named = set()
    for word in needed:
        for quad in words[word]:
            named.add(_text(quad.object))
            yield quad
    for word in named - needed:
        yield from (quad for quad in words.get(word, ()) if quad.predicate.value == _LABEL)


def _noting(quads: Iterator[ox.Quad], words: _About, used: set[str]) -> Iterator[ox.Quad]:
    """Note the words that quads use as they pass."""
    for quad in quads:
        used.update(_named(quad, words))
        yield quad


def _by_subject(quads: Iterable[ox.Quad]) -> _About:
    about: dict[str, list[ox.Quad]] = defaultdict(list)
    for quad in quads:
        about[_text(quad.subject)].append(quad)
    return about


def _named(quad: ox.Quad, words: _About) -> Iterator[str]:
    """Yield the words that a quad uses."""
    return (name for name in (quad.predicate.value, _text(quad.object)) if name in words)


def _inferred(store: Store, cases: frozenset[str], words: _About, used: Iterable[str]) -> Iterator[ox.Quad]:
    """Yield what was inferred of the chosen cases and of the words that they state."""
    stated = _with_those_above(used, words)
    for quad in store.quads(str(INFERRED_GRAPH)):
        subject = _text(quad.subject)
        if subject in stated or _case_of(subject) in cases:
            yield quad


def _case_of(iri: str) -> str:
    """Name the case that something belongs to: its IRI begins with that of the case."""
    publication, _, below = iri.removeprefix(CASE).partition("/")
    return f"{CASE}{publication}/{below.partition('/')[0]}" if iri.startswith(CASE) else ""


def _with_those_above(used: Iterable[str], words: _About) -> set[str]:
    """Add what the words are kinds of, what they are mapped to, and the properties by which they are told."""
    found, waiting = set(used), list(used)
    while waiting:
        for quad in words[waiting.pop()]:
            led = (quad.predicate.value, _text(quad.object) if quad.predicate.value in _LEADS else "")
            further = {other for other in led if other in words} - found
            found |= further
            waiting += further
    return found


def _text(term: object) -> str:
    return term.value if isinstance(term, ox.NamedNode) else ""

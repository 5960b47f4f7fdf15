"""Back from nodes and edges in the full profile to the quads that they were made of."""

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import pyoxigraph as ox

from itbkg.exports.propertygraph.model import Value
from itbkg.exports.propertygraph.terms import Subject, from_id, to_literal


@dataclass(frozen=True, slots=True)
class Held:
    """What the full profile holds of an edge: its ends, the IRI of its predicate, the graphs with a blank between."""

    source: str
    predicate: str
    target: str
    graphs: str


def to_literals(values: Iterable[tuple[str, Iterable[Value]]]) -> str:
    """Write the values of a node as JSON: for each predicate, text, datatype, language and graphs; in ASCII alone."""
    rows = [(name, one.text, one.datatype, one.language, one.graphs) for name, some in values for one in some]
    return json.dumps(rows, separators=(",", ":"))


def quads_of(nodes: Iterable[tuple[str, str]], edges: Iterable[Held]) -> Iterator[ox.Quad]:
    """Yield the quads of nodes, given by id and what `to_literals` wrote of them, and of edges."""
    for name, written in nodes:
        for predicate, text, datatype, language, graphs in json.loads(written):
            literal = to_literal(Value(text, datatype, language, tuple(graphs)))
            yield from (ox.Quad(_subject(name), ox.NamedNode(predicate), literal, _graph(graph)) for graph in graphs)
    for edge in edges:
        ends = _subject(edge.source), ox.NamedNode(edge.predicate), from_id(edge.target)
        yield from (ox.Quad(*ends, _graph(graph)) for graph in edge.graphs.split(" "))


def _subject(name: str) -> Subject:
    term = from_id(name)
    if isinstance(term, ox.NamedNode | ox.BlankNode):
        return term
    raise TypeError(f"a statement cannot be about {name}")


def _graph(name: str) -> Subject | ox.DefaultGraph:
    return _subject(name) if name else ox.DefaultGraph()

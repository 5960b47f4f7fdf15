"""The lines into which quads are taken apart, so that they can be sorted: those of nodes and those of edges.

Each is a JSON array that begins with what it is about, so that sorted lines of one node, or one triple, stand together.
In its first part blank and slash change places: a blank sorts before all that an IRI has, so that what lies below a
case stands beside it.
"""

import json
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from itertools import groupby
from json.encoder import encode_basestring_ascii as quote
from operator import itemgetter
from typing import Any

import pyoxigraph as ox
from rdflib import RDF

from itbkg.exports.propertygraph.telling import Telling
from itbkg.exports.propertygraph.terms import to_id, to_language
from itbkg.exports.sorting import Sorter

_TYPE = str(RDF.type)
_TURN = str.maketrans(" /", "/ ")
_DECODER = json.JSONDecoder()
#: So many names of nodes are remembered, so that not each mention of a node is a line.
_NAMES = 20_000


class Apart:
    """Takes quads apart, graph by graph, into the lines of nodes and edges; `count` says how many quads there were."""

    def __init__(self, nodes: Sorter, edges: Sorter) -> None:
        self._nodes, self._edges = nodes, edges
        self._named: set[str] = set()
        self.count = 0

    def take(self, graph: str, quads: Iterable[ox.Quad], telling: Telling) -> None:
        """Write the lines of the quads of one graph."""
        for quad in quads:
            self.count += 1
            source, value = to_id(quad.subject), quad.object
            if isinstance(value, ox.Literal):
                self._value(source, quad.predicate.value, value, graph)
            else:
                self._edge((source, quad.predicate.value, to_id(value)), graph, telling)

    def _value(self, source: str, predicate: str, literal: ox.Literal, graph: str) -> None:
        parts = predicate, literal.value, literal.datatype.value, to_language(literal), graph
        self._nodes.add(f'[{_about(source)},"value",{",".join(map(quote, parts))}]\n'.encode("ascii"))

    def _edge(self, about: tuple[str, str, str], graph: str, telling: Telling) -> None:
        source, predicate, target = about
        self._name(source)
        self._name(target)
        if predicate == _TYPE:
            self._nodes.add(f'[{_about(source)},"type",{quote(target)}]\n'.encode("ascii"))
        parts = predicate, target, graph, telling.state(predicate, target)
        told = ",".join(map(_array, telling.source(*about).fields))
        self._edges.add(f"[{_about(source)},{','.join(map(quote, parts))},{told}]\n".encode("ascii"))

    def _name(self, name: str) -> None:
        if name in self._named:
            return
        if len(self._named) == _NAMES:
            self._named.clear()
        self._named.add(name)
        self._nodes.add(f'[{_about(name)},"named"]\n'.encode("ascii"))


def turned(name: str) -> str:
    """Change blank and slash, or change them back."""
    return name.translate(_TURN)


@lru_cache(maxsize=1_000)
def _about(name: str) -> str:
    """Write the first part of a line."""
    return quote(turned(name))


def _array(texts: Iterable[str]) -> str:
    return f"[{','.join(map(quote, texts))}]"


def to_line(*parts: object) -> bytes:
    """Write a line, in ASCII; what has no place in other formats, such as control characters, is escaped."""
    return f"{_ENCODER.encode(parts)}\n".encode("ascii")


_ENCODER = json.JSONEncoder(separators=(",", ":"))


def from_line(line: bytes) -> list[Any]:
    """Read a line."""
    parts: list[Any] = _DECODER.raw_decode(line.decode("ascii"))[0]
    return parts


def grouped(sorted_lines: Iterable[bytes], about: int) -> Iterator[list[list[Any]]]:
    """Yield the lines that agree in so many first parts, together."""
    return (list(group) for _, group in groupby(map(from_line, sorted_lines), key=itemgetter(slice(about))))


def merge(sources: Sequence[Sequence[Sequence[str]]]) -> list[list[str]]:
    """Put together the fields of a Source that several graphs give for one triple."""
    if len(sources) == 1:
        return [sorted(set(texts)) if len(texts) > 1 else [*texts] for texts in sources[0]]
    return [sorted({text for texts in column for text in texts}) for column in zip(*sources, strict=True)]

"""The lines into which quads are taken apart, so that they can be sorted: those of nodes and those of edges.

Each is a JSON array that begins with what it is about, so that sorted lines of one node, or one triple, stand together.
In its first part blank and slash change places: a blank sorts before all that an IRI has, so that what lies below a
case stands beside it.
"""

import json
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from itertools import groupby
from typing import Any

import pyoxigraph as ox
from rdflib import RDF

from itbkg.exports.propertygraph.telling import Telling
from itbkg.exports.propertygraph.terms import graph_name, to_id, to_language

_TYPE = str(RDF.type)
_TURN = str.maketrans(" /", "/ ")
_ENCODER = json.JSONEncoder(separators=(",", ":"))
Line = tuple[bytes, bool]


def lines(quad: ox.Quad, telling: Telling) -> Iterator[Line]:
    """Yield the lines of a quad, with whether each is of an edge."""
    source, graph = to_id(quad.subject), graph_name(quad)
    if isinstance(quad.object, ox.Literal):
        literal = quad.object
        parts = literal.value, literal.datatype.value, to_language(literal)
        yield to_line(turned(source), "value", quad.predicate.value, *parts, graph), False
        return
    target = to_id(quad.object)
    yield _named(source), False
    yield _named(target), False
    if quad.predicate.value == _TYPE:
        yield to_line(turned(source), "type", target), False
    about = (source, quad.predicate.value, target)
    yield to_line(turned(source), *about[1:], graph, telling.state(*about[1:]), *telling.source(*about).fields), True


def turned(name: str) -> str:
    """Change blank and slash, or change them back."""
    return name.translate(_TURN)


def to_line(*parts: object) -> bytes:
    """Write a line, in ASCII; what has no place in other formats, such as control characters, is escaped."""
    return f"{_ENCODER.encode(parts)}\n".encode("ascii")


@lru_cache(maxsize=10_000)
def _named(name: str) -> bytes:
    return to_line(turned(name), "named")


def grouped(sorted_lines: Iterable[bytes], about: int) -> Iterator[list[list[Any]]]:
    """Yield the lines that agree in so many first parts, together."""
    read = (json.loads(line) for line in sorted_lines)
    return (list(group) for _, group in groupby(read, key=lambda parts: parts[:about]))


def merge(sources: Iterable[Sequence[Iterable[str]]]) -> list[list[str]]:
    """Put together the fields of a Source that several graphs give for one triple."""
    return [sorted({text for texts in column for text in texts}) for column in zip(*sources, strict=True)]

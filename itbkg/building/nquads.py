"""The dataset as sorted N-Quads (https://www.w3.org/TR/n-quads/): the same triples are the same bytes."""

from collections.abc import Iterable

import pyoxigraph as ox
from rdflib import Literal, URIRef

from itbkg.building.dataset import Quad


def to_nquads(quads: Iterable[Quad]) -> bytes:
    """Write quads as N-Quads, a line each, sorted by code point, in UTF-8."""
    lines = sorted(_line(quad) for quad in quads)
    return "".join(lines).encode("utf-8")


def _line(quad: Quad) -> str:
    subject, predicate, value, graph = quad
    name = None if graph is None else ox.NamedNode(graph)
    return f"{ox.Quad(ox.NamedNode(subject), ox.NamedNode(predicate), _object(value), name)} .\n"


def _object(value: URIRef | Literal) -> ox.NamedNode | ox.Literal:
    if isinstance(value, URIRef):
        return ox.NamedNode(value)
    if value.language:
        return ox.Literal(str(value), language=value.language)
    datatype = ox.NamedNode(value.datatype) if value.datatype else None
    return ox.Literal(str(value), datatype=datatype)

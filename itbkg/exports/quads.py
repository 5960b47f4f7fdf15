"""Quads in one order, however many: as lines of N-Quads (https://www.w3.org/TR/n-quads/), and back."""

from collections.abc import Iterable, Iterator
from itertools import chain, islice

import pyoxigraph as ox

from itbkg.exports.sorting import sorted_lines

#: So many quads are held at once: some 50 MB.
MOST = 50_000
#: So many lines are written or read back at a time.
_BLOCK = 2_000


def to_lines(quads: Iterable[ox.Quad]) -> Iterator[bytes]:
    """Write each quad as a line of N-Quads, many at a time: what ends a line stands escaped within a text."""
    rest = iter(quads)
    while block := list(islice(rest, _BLOCK)):
        yield from (ox.serialize(block, format=ox.RdfFormat.N_QUADS) or b"").splitlines(keepends=True)


def from_lines(lines: Iterable[bytes]) -> Iterator[ox.Quad]:
    """Read lines of N-Quads."""
    rest = iter(lines)
    while block := b"".join(islice(rest, _BLOCK)):
        yield from ox.parse(block, format=ox.RdfFormat.N_QUADS)


def in_order(quads: Iterable[ox.Quad], most: int | None = None) -> Iterator[ox.Quad]:
    """Sort quads as their lines sort, each once; `most` of them, or MOST, are held at a time."""
    rest, most = iter(quads), most or MOST
    first = list(islice(rest, most))
    if len(first) < most:
        return iter(sorted(set(first), key=str))
    return from_lines(sorted_lines(to_lines(_chained(first, rest)), most))


def _chained(first: list[ox.Quad], rest: Iterator[ox.Quad]) -> Iterator[ox.Quad]:
    """Let go of what was held as it is passed on."""
    while first:
        yield first.pop()
    yield from rest


def without_graph(line: bytes) -> bytes:
    """Make the line of a triple of the line of a quad in a graph with an IRI, which stands last and has no blank."""
    return line[: line.rindex(b" <")] + b" .\n"


def by_default_too(lines: Iterable[bytes]) -> Iterator[bytes]:
    """Yield lines of quads in named graphs and, as the dataset has it, each triple in the default graph too."""
    return chain.from_iterable((line, without_graph(line)) for line in lines)

"""The dataset as JSON-LD 1.1 (https://www.w3.org/TR/json-ld11/), node by node: first the default graph, then the named.

The context stands in the file, so that it is read without a network; it is also a file of its own, with a frame.
"""

import json
from collections.abc import Iterable, Iterator
from itertools import groupby
from typing import Any, BinaryIO

from itbkg.exports.format import Losses
from itbkg.exports.rdf.context import Context, frame, read_context
from itbkg.exports.rdf.nodes import name, nodes
from itbkg.exports.rdf.plain import triples_once
from itbkg.exports.selection import Selection


def write_json_ld(selection: Selection, file: BinaryIO) -> Losses:
    """Write the default graph and each named graph; a node stands on a line of its own."""
    context = read_context(selection.store)
    write_graph(context, _members(selection, context), file)
    return ()


def write_context(selection: Selection, file: BinaryIO) -> Losses:
    """Write the context alone."""
    file.write(_pretty({"@context": read_context(selection.store).document}))
    return ()


def write_frame(selection: Selection, file: BinaryIO) -> Losses:
    """Write the frame, with the context in it."""
    file.write(_pretty(frame(read_context(selection.store))))
    return ()


def write_graph(context: Context, members: Iterable[str], file: BinaryIO) -> None:
    """Write a document: context and members of its graph, each of them JSON already."""
    file.write(f'{{"@context": {to_json(context.document)},\n"@graph": ['.encode())
    between = "\n"
    for member in members:
        file.write(f"{between}{member}".encode())
        between = ",\n"
    file.write(b"\n]}\n")


def to_json(value: Any) -> str:
    """Write JSON on one line, its keys as they come."""
    return json.dumps(value, ensure_ascii=False)


def _members(selection: Selection, context: Context) -> Iterator[str]:
    yield from map(to_json, nodes(triples_once(selection), context))
    if selection.constructed:
        return
    for graph, quads in groupby(selection.quads(), key=lambda quad: quad.graph_name):
        within = list(nodes((quad.triple for quad in quads), context))
        yield to_json({"id": name(graph, context), "@graph": within})


def _pretty(document: Any) -> bytes:
    return f"{json.dumps(document, ensure_ascii=False, indent=1)}\n".encode()

"""The view itself: made in one pass over the quads, kept in files aside, read as often as a writer likes."""

import os
import tempfile
from collections import defaultdict
from collections.abc import Iterable, Iterator
from contextlib import ExitStack
from typing import Any, BinaryIO
from weakref import WeakKeyDictionary, finalize

from rdflib import DCTERMS, RDFS, SKOS

from itbkg.exports.propertygraph.columns import Columns
from itbkg.exports.propertygraph.kinds import Kinds
from itbkg.exports.propertygraph.model import Edge, Node, Source, Value
from itbkg.exports.propertygraph.names import short_name
from itbkg.exports.propertygraph.records import Apart, from_line, grouped, merge, to_line, turned
from itbkg.exports.propertygraph.telling import Telling
from itbkg.exports.selection import Selection
from itbkg.exports.sorting import Sorter
from itbkg.namespaces import INFERRED_GRAPH, ITB, ONTOLOGY_GRAPH
from itbkg.store import Store

#: What a node is called by, the first that it has.
_NAMES = tuple(map(str, (RDFS.label, SKOS.prefLabel, ITB.title, DCTERMS.title)))
#: The graphs that no report tells; the default graph too, which stands for the triples of a CONSTRUCT.
_UNTOLD = frozenset((str(INFERRED_GRAPH), str(ONTOLOGY_GRAPH), ""))
_SHOWS = str(ITB.shows)
#: So many bytes are read at a time.
_BLOCK = 1 << 20


class PropertyGraph:
    """Nodes and edges, each in one order; both can be read again and again.

    `kinds` knows the ontology's words, `columns` are the attributes that the nodes' values make; `quads` counts what
    the selection held.
    """

    def __init__(self, files: tuple[BinaryIO, BinaryIO], kinds: Kinds, columns: Columns, *counts: int) -> None:
        self._nodes, self._edges = files
        self.kinds, self.columns = kinds, columns
        self.node_count, self.edge_count, self.quads = counts

    def nodes(self) -> Iterator[Node]:
        """Yield every node in one order, what lies below a case beside it."""
        return map(_read_node, _again(self._nodes))

    def edges(self) -> Iterator[Edge]:
        """Yield every edge, in the order of the nodes that they come from."""
        return map(_read_edge, _again(self._edges))


def property_graph(selection: Selection) -> PropertyGraph:
    """Return the view of a selection; it is made once, so that several formats of one selection share it.

    Memory holds one record's graph at a time and a bounded part of what is sorted; the rest stands in temporary files,
    which go with the view.
    """
    view = _MADE.get(selection)
    if view is None:
        view = _MADE[selection] = _make(selection)
    return view


_MADE: WeakKeyDictionary[Selection, PropertyGraph] = WeakKeyDictionary()
_KINDS: WeakKeyDictionary[Store, Kinds] = WeakKeyDictionary()


def _make(selection: Selection) -> PropertyGraph:
    kinds, columns = _kinds(selection.store), Columns()
    with ExitStack() as files:
        nodes, edges = (files.enter_context(tempfile.TemporaryFile()) for _ in range(2))
        with Sorter() as of_nodes, Sorter() as of_edges:
            quads = _take_apart(selection, kinds, Apart(of_nodes, of_edges))
            node_count = _put(nodes, _nodes(of_nodes.sorted(), kinds, columns))
            edge_count = _put(edges, _edges(of_edges.sorted()))
        view = PropertyGraph((nodes, edges), kinds, columns, node_count, edge_count, quads)
        finalize(view, files.pop_all().close)
    return view


def _kinds(store: Store) -> Kinds:
    """Read the ontology of a store once."""
    kinds = _KINDS.get(store)
    if kinds is None:
        kinds = _KINDS[store] = Kinds.read(store)
    return kinds


def _take_apart(selection: Selection, kinds: Kinds, apart: Apart) -> int:
    """Write the lines of every quad, graph by graph, and count the quads."""
    nothing, labels = Telling((), {}), kinds.labels
    for name, quads in selection.by_graph(iter):
        if name in _UNTOLD:
            apart.take(name, quads, nothing)
        else:
            told = list(quads)
            apart.take(name, told, Telling(told, labels))
    return apart.count


def _nodes(lines: Iterable[bytes], kinds: Kinds, columns: Columns) -> Iterator[bytes]:
    for group in grouped(lines, 1):
        values: defaultdict[tuple[str, ...], list[str]] = defaultdict(list)
        for parts in group:
            if parts[1] == "value":
                values[tuple(parts[2:6])].append(parts[6])
        types = [parts[2] for parts in group if parts[1] == "type"]
        node = [(*about, graphs) for about, graphs in values.items()]
        columns.see(_values(node))
        yield to_line(turned(group[0][0]), kinds.of(types), node)


def _edges(lines: Iterable[bytes]) -> Iterator[bytes]:
    for group in grouped(lines, 3):
        graphs = [parts[3] for parts in group]
        state = max(parts[4] for parts in group)
        about = turned(group[0][0]), *group[0][1:3]
        yield to_line(*about, graphs, state, merge([parts[5:] for parts in group]))


def _put(file: BinaryIO, written: Iterable[bytes]) -> int:
    count = 0
    for line in written:
        file.write(line)
        count += 1
    return count


def _again(file: BinaryIO) -> Iterator[bytes]:
    """Read the lines of a file from its beginning; two readers do not disturb each other."""
    file.flush()
    place, rest = 0, b""
    while block := os.pread(file.fileno(), _BLOCK, place):
        place += len(block)
        *whole, rest = (rest + block).split(b"\n")
        yield from (line + b"\n" for line in whole)


def _read_node(line: bytes) -> Node:
    name, kinds, listed = from_line(line)
    values = _values(listed)
    return Node(name, _label(name, values), tuple(kinds), values)


def _values(listed: Iterable[Any]) -> dict[str, tuple[Value, ...]]:
    values: defaultdict[str, list[Value]] = defaultdict(list)
    for predicate, text, datatype, language, graphs in listed:
        values[predicate].append(Value(text, datatype, language, tuple(graphs)))
    return {predicate: tuple(some) for predicate, some in values.items()}


def _label(name: str, values: dict[str, tuple[Value, ...]]) -> str:
    """Call a node by its name in English or in no language, before one in another."""
    for predicate in _NAMES:
        for value in sorted(values.get(predicate, ()), key=lambda one: (one.language not in ("", "en"), one.text)):
            return value.text
    return name.rstrip("/#").rpartition("/")[2] or name


def _read_edge(line: bytes) -> Edge:
    source, predicate, target, graphs, state, told = from_line(line)
    inferred = set(graphs) == {str(INFERRED_GRAPH)}
    return Edge(
        *(source, target, predicate, _type(predicate, state), state, inferred, tuple(graphs)),
        Source(*map(tuple, told)),
    )


def _type(predicate: str, state: str) -> str:
    """Name an edge; what an investigation showed to be absent gets a name of its own."""
    return f"{short_name(predicate)}Absence" if predicate == _SHOWS and state == "absent" else short_name(predicate)

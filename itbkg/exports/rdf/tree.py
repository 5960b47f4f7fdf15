"""Each case as a tree in JSON-LD: what belongs to it stands inside it, in the order of the story.

A node stands whole where it is met first; further on its id and label. The publication stands directly below the case.
"""

from collections.abc import Iterator, Mapping
from typing import Any, BinaryIO

from itbkg.exports import part
from itbkg.exports.format import Loss, Losses
from itbkg.exports.quads import in_order
from itbkg.exports.rdf.context import Context, read_context
from itbkg.exports.rdf.jsonld import to_json, write_graph
from itbkg.exports.rdf.nodes import Node, nodes, term_of
from itbkg.exports.selection import Selection
from itbkg.namespaces import ITB, ONTOLOGY_GRAPH
from itbkg.store import PREFIX_LINES, Store

_LABELS = f"""{PREFIX_LINES}
SELECT ?word ?label ?ontology WHERE {{ GRAPH ?ontology {{ ?word rdfs:label ?label }} FILTER(LANG(?label) = "en") }}
ORDER BY ?word ?label
"""


def write_tree(selection: Selection, file: BinaryIO) -> Losses:
    """Write the chosen cases as trees; SelectionError for the triples of a CONSTRUCT."""
    selection.require_cases("jsonld-tree")
    context = read_context(selection.store)
    write_graph(context, map(to_json, _trees(selection, context)), file)
    held = {f"<{part.graph_of(case)}>" for case in selection.cases}
    beside = sum(1 for quad in selection.quads() if str(quad.graph_name) not in held)
    return (Loss("triples of what is no part of a case: inferences, words but for labels, other documents", beside),)


def _trees(selection: Selection, context: Context) -> Iterator[Node]:
    labels = _labels(selection.store, context)
    for case in selection.cases:
        quads = in_order(selection.store.quads(part.graph_of(case)))
        told = {one["id"]: one for one in nodes((quad.triple for quad in quads), context)}
        yield _Tree(told, labels, context).of(context.compact(case))


def _labels(store: Store, context: Context) -> dict[str, str]:
    """Read the labels of the words, by compact IRI."""
    rows = store.select(_LABELS, ontology=str(ONTOLOGY_GRAPH)).texts()
    return {context.compact(word): label for word, label, _ in rows}


class _Tree:
    """The nodes of one case's graph, put inside each other."""

    def __init__(self, told: Mapping[str, Node], labels: Mapping[str, str], context: Context) -> None:
        self._told = told
        self._labels = labels
        self._met: set[str] = set()
        self._objects = {key for key, plain in context.terms.values() if plain == "@id"}
        self._first = [term_of(str(iri), context)[0] for iri in (ITB.title, ITB.reportedIn, ITB.hasPatient)]
        self._order = term_of(str(ITB.storyOrder), context)[0]

    def of(self, root: str) -> Node:
        """Return the node with everything that it leads to; what it does not lead to stands beside it."""
        tree = self._whole(root)
        beside = [self._whole(other) for other in sorted(self._told) if other not in self._met]
        return tree | ({"@included": beside} if beside else {})

    def _whole(self, name: str) -> Node:
        self._met.add(name)
        members = sorted(self._told[name].items(), key=self._rank)
        return {key: self._value(key, value) for key, value in members}

    def _rank(self, member: tuple[str, Any]) -> tuple[int, str]:
        """Put first what says which case this is; the rest keeps the order of names."""
        before = ("id", "type", "label", *self._first)
        return (before.index(member[0]), "") if member[0] in before else (len(before), member[0])

    def _value(self, key: str, value: Any) -> Any:
        if isinstance(value, dict) and value.keys() == {"id"}:
            return self._node(value["id"])
        if key not in self._objects:
            return value
        if not isinstance(value, list):
            return self._node(value)
        return [self._node(one) for one in sorted(value, key=self._story)]

    def _story(self, name: str) -> tuple[int, str]:
        return int(self._told.get(name, {}).get(self._order, 0)), name

    def _node(self, name: str) -> Node:
        if name in self._told and name not in self._met:
            return self._whole(name)
        if name in self._told:
            return {"id": name} | {key: value for key, value in self._told[name].items() if key == "label"}
        return {"id": name} | ({"name": self._labels[name]} if name in self._labels else {})

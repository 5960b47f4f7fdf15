"""KGX, the exchange format of Biolink graphs (https://github.com/biolink/kgx/blob/master/specification/kgx-format.md).

Two files, nodes and edges, as TSV (several values with `|` between) or as JSON Lines. The nodes are the cases and the
classes that are said of them; the words of Biolink are those of `itbkg.exports.graphs.biolink`. An edge is a statement
and has its id: where a report says that a finding was there at one time and absent at another, both are edges, of which
one is negated. A reader that keeps one edge for each subject, predicate and object must look at `negated` too.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import ExitStack
from functools import partial
from pathlib import Path
from typing import BinaryIO

from itbkg.exports.format import FolderFormat, Loss, Losses
from itbkg.exports.graphs.associations import associations, publication_id
from itbkg.exports.graphs.attributes import SEPARATOR, present
from itbkg.exports.graphs.biolink import CASE, CATEGORIES, Classes, Row, curie
from itbkg.exports.graphs.jsontext import write_lines
from itbkg.exports.graphs.xml import to_text
from itbkg.exports.propertygraph import Node, PropertyGraph, Scalar, property_graph
from itbkg.exports.selection import Selection
from itbkg.namespaces import BASE, ITB
from itbkg.sheet import write_tsv

_NODE_COLUMNS = ("id", "category", "name", "description", "synonym", "xref", "iri")
_EDGE_COLUMNS = (
    *("id", "category", "subject", "predicate", "object", "negated", "publications", "primary_knowledge_source"),
    *("knowledge_level", "agent_type", "has_confidence_level", "original_predicate", "original_object"),
    *("case", "place", "basis"),
)
_MANY = "|"
_TITLE = str(ITB.title)

_Write = Callable[[BinaryIO, Sequence[str], Iterable[Row]], None]


def write_kgx(selection: Selection, folder: Path, *, write: _Write, ending: str) -> Losses:
    """Write the two files into a folder; return what has no place in them."""
    selection.require_cases("kgx")
    seen = _Seen(property_graph(selection))
    with ExitStack() as files:
        nodes, edges = (
            files.enter_context((folder / f"itbkg_{name}.{ending}").open("wb")) for name in ("nodes", "edges")
        )
        write(nodes, _NODE_COLUMNS, _nodes(seen, lambda rows: write(edges, _EDGE_COLUMNS, rows)))
    return seen.left_out()


def _nodes(seen: "_Seen", write_edges: Callable[[Iterable[Row]], None]) -> Iterator[Row]:
    """Yield the cases, then the classes: which of these are named is known once the edges are written."""
    yield from seen.cases()
    classes = Classes(seen.view.kinds)
    write_edges(associations(seen.view, classes, seen.publications))
    yield from classes.rows()


def _title(node: Node) -> str:
    return SEPARATOR.join(value.text for value in node.values.get(_TITLE, ()))


class _Seen:
    """What one reading of the nodes tells.

    `publications` are their ids elsewhere. Left out is what records say that no association here leads to, and the
    times of what one does; words are no loss.
    """

    def __init__(self, view: PropertyGraph) -> None:
        self.view = view
        self.publications: dict[str, str] = {}
        self._kinds: Counter[str] = Counter()
        self._times = 0

    def cases(self) -> Iterator[Row]:
        """Read the nodes; yield a row for each case."""
        for node in self.view.nodes():
            self._note(node)
            if node.kind == "Case":
                named = {"id": curie(node.id), "iri": node.id, "name": node.label, "description": _title(node)}
                yield {**named, "category": [CASE.name]}

    def _note(self, node: Node) -> None:
        if node.kind == "Publication":
            self.publications[node.id] = publication_id(node)
        if node.kind not in _HELD and node.id.startswith(BASE) and node.id not in self.view.kinds.lexicon:
            self._kinds[node.kind] += 1
        self._times += not _TIMES.isdisjoint(node.values)

    def left_out(self) -> Losses:
        """Count it, once the nodes were read."""
        kinds = sorted(self._kinds.items())
        lost = (Loss(f"{kind}: nodes of this kind, to which no association leads", count) for kind, count in kinds)
        return present(*lost, Loss("times of statements", self._times))


#: The kinds of nodes that the associations are made of, and what is only pointed to.
_HELD = frozenset(
    ("Case", "CausalAssertion", "AbsenceStatement", "Publication", "Place", "Ontology", "Resource", *CATEGORIES)
)
_TIMES = frozenset(map(str, (ITB.earliestHours, ITB.latestHours, ITB.hospitalDay)))


def _write_tsv(out: BinaryIO, columns: Sequence[str], rows: Iterable[Row]) -> None:
    write_tsv(out, columns, ([_cell(row.get(column)) for column in columns] for row in rows))


def _cell(value: Scalar | Sequence[str] | None) -> Scalar:
    if value is None or isinstance(value, str | bool | int | float):
        return to_text(value) if isinstance(value, bool) else value or ""
    return _MANY.join(text.replace(_MANY, "/") for text in value)


def _write_jsonl(out: BinaryIO, _columns: Sequence[str], rows: Iterable[Row]) -> None:
    """Write what each row has; nothing is empty."""
    write_lines(out, ({name: value for name, value in row.items() if value not in ("", [], ())} for row in rows))


KGX_TSV = FolderFormat(
    name="kgx-tsv",
    title="KGX nodes and edges with Biolink categories, TSV",
    profile="simple",
    write=partial(write_kgx, write=_write_tsv, ending="tsv"),
)
KGX_JSONL = FolderFormat(
    name="kgx-jsonl",
    title="KGX nodes and edges with Biolink categories, JSON Lines",
    profile="simple",
    write=partial(write_kgx, write=_write_jsonl, ending="jsonl"),
)

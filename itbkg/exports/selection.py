"""What is exported: the graph as it stands, the chosen cases with what they need, or the triples of a CONSTRUCT."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Self

import pyoxigraph as ox

from itbkg.errors import SelectionError
from itbkg.exports import part
from itbkg.exports.quads import in_order, to_lines
from itbkg.namespaces import CASE
from itbkg.store import Store

#: Called with what is being done, the steps done and the steps in all.
Report = Callable[[str, int, int], None]


def _silent(step: str, done: int, of: int) -> None:
    """Say nothing."""


@dataclass(frozen=True)
class Selection:
    """What is exported.

    `cases` are the IRIs of the chosen cases, sorted; `whole` says that nothing was chosen: the graph as it stands, with
    guidance, published numbers and ontology. `triples` are those of a CONSTRUCT, sorted, where one was asked for.
    """

    store: Store
    cases: tuple[str, ...]
    whole: bool = False
    triples: tuple[ox.Triple, ...] | None = None
    report: Report = field(default=_silent, compare=False)

    def watched(self, report: Report | None) -> Self:
        """Return the same selection, which tells how many of its graphs have been read while `quads` is read."""
        return self if report is None else replace(self, report=report)

    @property
    def constructed(self) -> bool:
        """Say whether this is the triples of a CONSTRUCT, which RDF and the generic graph formats alone can take."""
        return self.triples is not None

    @property
    def case_ids(self) -> tuple[str, ...]:
        """The ids of the chosen cases, such as mohammed-2004/1, in the order of `cases`."""
        return tuple(iri.removeprefix(CASE) for iri in self.cases)

    @cached_property
    def graphs(self) -> tuple[str, ...]:
        """The IRIs of the named graphs of which `quads` yields something, in its order; none of a CONSTRUCT."""
        return () if self.constructed else part.graphs(self.store, self.cases, whole=self.whole)

    def quads(self) -> Iterator[ox.Quad]:
        """Yield what is exported: named graph by named graph, each sorted; of a CONSTRUCT in the default graph.

        The default graph of the store, which holds each of these triples once more, is left out. Of a part these are
        the graphs of the chosen cases, with their publications, what was inferred of them, and the words they use.
        """
        return (quad for _, quads in self.by_graph() for quad in quads)

    def lines(self) -> Iterator[bytes]:
        """Yield the same as lines of N-Quads, in no order, for who sorts them all."""
        return to_lines(quad for _, quads in self.by_graph(iter) for quad in quads)

    def by_graph(self, arrange: part.Arrange = in_order) -> Iterator[tuple[str, Iterator[ox.Quad]]]:
        """Yield each named graph by its IRI with its quads, to be read before the next; a CONSTRUCT has an empty name.

        `arrange` brings the quads of one graph in order; a reader who needs none gives `iter`.
        """
        if self.triples is not None:
            yield "", (ox.Quad(*triple) for triple in self.triples)
            return
        if self.whole:
            parts = part.whole_graphs(self.store, self.graphs, arrange)
        else:
            parts = part.part_graphs(self.store, self.cases, arrange)
        for done, found in enumerate(zip(self.graphs, parts, strict=True), 1):
            yield found
            self.report("exporting", done, len(self.graphs))

    def require_cases(self, name: str) -> None:
        """Raise SelectionError where a format of this name is given the triples of a CONSTRUCT: it needs cases."""
        if self.constructed:
            raise SelectionError(
                f"'{name}' holds cases, not the triples of a CONSTRUCT; choose cases, or take an RDF or graph format"
            )


def select_all(store: Store) -> Selection:
    """Take the graph as it stands."""
    return Selection(store, part.all_cases(store), whole=True)


def select_cases(store: Store, cases: Sequence[str]) -> Selection:
    """Take cases, given by their IRIs."""
    return Selection(store, tuple(sorted(set(cases))))

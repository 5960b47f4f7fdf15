"""What a property graph is made of: nodes with values, and edges with what vouches for them."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

#: Of an edge to a finding: it was there, or the report says that it was not. Empty where the edge tells of neither.
State = Literal["present", "absent", ""]


@dataclass(frozen=True, slots=True)
class Value:
    """A literal: text as RDF writes it, datatype (an IRI), language (`en`, or with a direction `ar--rtl`).

    `graphs` are the IRIs of the named graphs that state it, sorted; an empty text is the default graph.
    """

    text: str
    datatype: str
    language: str
    graphs: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Node:
    """A thing: its IRI as `id` (a blank node as `_:b0`, a triple term in N-Triples), and its literals by predicate.

    `kinds` are the branches of the ontology that its types lie in, sorted; for a term of the ontology what it is, such
    as Class. `kind` is the first of them, Resource where nothing is known of it.
    """

    id: str
    label: str
    kinds: tuple[str, ...]
    values: Mapping[str, tuple[Value, ...]]

    @property
    def kind(self) -> str:
        """The first kind."""
        return self.kinds[0] if self.kinds else "Resource"


@dataclass(frozen=True, slots=True)
class Source:
    """What vouches for an edge: the IRIs of the statements that make it and of the publications that tell it.

    `places` are places in these publications, `certainty` and `basis` the labels of what a causal assertion gives. Each
    is sorted and may be empty.
    """

    statements: tuple[str, ...] = ()
    publications: tuple[str, ...] = ()
    places: tuple[str, ...] = ()
    certainty: tuple[str, ...] = ()
    basis: tuple[str, ...] = ()

    @property
    def fields(self) -> tuple[tuple[str, ...], ...]:
        """The fields in their order."""
        return self.statements, self.publications, self.places, self.certainty, self.basis


@dataclass(frozen=True, slots=True)
class Edge:
    """A statement between two nodes: a triple, whichever graphs state it.

    `type` names the predicate in short; `graphs` are as those of a value; `inferred` says that no report states it.
    """

    source: str
    target: str
    predicate: str
    type: str
    state: State
    inferred: bool
    graphs: tuple[str, ...]
    told: Source

    @property
    def id(self) -> str:
        """A name made of the triple, the same in every export: 24 digits of its SHA-256."""
        triple = "\n".join((self.source, self.predicate, self.target))
        return f"e{hashlib.sha256(triple.encode()).hexdigest()[:24]}"

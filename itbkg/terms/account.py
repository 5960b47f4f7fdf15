"""What is told of a term: a row in a list, and the whole of it."""

from dataclasses import dataclass

from itbkg.terms.lexicon import External, Kind, Ref
from itbkg.terms.phrases import Axiom
from itbkg.terms.rules import Bounds, Rule
from itbkg.terms.search import How
from itbkg.terms.usage import Usage


@dataclass(frozen=True, slots=True)
class TermRow:
    """A term in a list; `how` and `matched` say by which of its names a search found it, None and empty without one."""

    iri: str
    name: str
    id: str
    label: str
    kind: Kind
    branches: tuple[str, ...]
    definition: str
    synonyms: tuple[str, ...]
    deprecated: bool
    how: How | None
    matched: str


@dataclass(frozen=True, slots=True)
class Found:
    """Terms that were found: `total` in all, of which `terms` are those from `offset` on.

    `exact` is the name of the one term that the query names, empty where it names none or several.
    """

    query: str
    branch: str
    total: int
    offset: int
    exact: str
    terms: tuple[TermRow, ...]


@dataclass(frozen=True, slots=True)
class Source:
    """Where a definition comes from; `label` is empty for what the graph does not describe."""

    iri: str
    label: str


@dataclass(frozen=True, slots=True)
class TermAccount:
    """A term, whole.

    `paths` are the ways from a top down to it, itself left out; `below` is what stands directly below it. Classes in
    `follows_above` and `follows_below` lie so by a definition and not by their place. `axioms` is None where the graph
    was built from other ontology files than those at hand, which alone hold the axioms.
    """

    iri: str
    name: str
    id: str
    label: str
    kind: Kind
    definition: str
    notes: tuple[str, ...]
    sources: tuple[Source, ...]
    synonyms: tuple[str, ...]
    codes: tuple[str, ...]
    deprecated: bool
    replaced_by: tuple[Ref, ...]
    branches: tuple[Ref, ...]
    paths: tuple[tuple[Ref, ...], ...]
    below: tuple[Ref, ...]
    follows_above: tuple[Ref, ...]
    follows_below: tuple[Ref, ...]
    mappings: tuple[External, ...]
    axioms: tuple[Axiom, ...] | None
    bounds: Bounds | None
    rules: tuple[Rule, ...]
    usage: Usage

"""From a record to RDF triples: pure, deterministic, without blank nodes."""

from itbkg.triples.case import case_triples
from itbkg.triples.publication import publication_triples
from itbkg.triples.scope import (
    Scope,
    Triple,
    canonical_triples,
    decimal,
    place_triples,
    quantity_triples,
    source_triples,
    time_triples,
    typed,
)

__all__ = [
    "Scope",
    "Triple",
    "canonical_triples",
    "case_triples",
    "decimal",
    "place_triples",
    "publication_triples",
    "quantity_triples",
    "source_triples",
    "time_triples",
    "typed",
]

"""Short names of predicates and types, fit for the column of a table or the type of an edge."""

import re
from functools import cache

from rdflib import OWL, RDF, RDFS, SKOS
from rdflib.namespace import DCTERMS

from itbkg.namespaces import ITB

_PREFIXES = {str(RDF): "rdf", str(RDFS): "rdfs", str(OWL): "owl", str(SKOS): "skos", str(DCTERMS): "dcterms"}
_OWN = str(ITB)


@cache
def short_name(iri: str) -> str:
    """Name a predicate by the end of its IRI: hasFinding; rdfs_label for one of the common vocabularies."""
    space, local = _cut(iri)
    prefix = _PREFIXES.get(space)
    word = re.sub(r"\W+", "_", local, flags=re.ASCII).strip("_") or "related"
    return f"{prefix}_{word}" if prefix else word


def kind_name(iri: str) -> str:
    """Name a type that is no class of ours by the end of its IRI: Class, ObjectProperty."""
    return re.sub(r"\W+", "_", _cut(iri)[1], flags=re.ASCII).strip("_") or "Resource"


def is_own(iri: str) -> bool:
    """Say whether a name is of our ontology."""
    return iri.startswith(_OWN)


def _cut(iri: str) -> tuple[str, str]:
    end = max(iri.rfind("/"), iri.rfind("#"), iri.rfind(":")) + 1
    return iri[:end], iri[end:]

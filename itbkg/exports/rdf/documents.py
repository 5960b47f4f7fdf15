"""RDF as Turtle, RDF/XML and JSON-LD, the same bytes for the same graph whatever the order of its sets."""

import json
from collections.abc import Iterator
from typing import Any

from rdflib import OWL, RDF, RDFS, SKOS, XSD, Graph
from rdflib.namespace import DCTERMS

from itbkg.namespaces import BASE, UNIT

_PREFIXES = {
    "itb": f"{BASE}ont/",
    "unit": str(UNIT),
    "owl": str(OWL),
    "rdf": str(RDF),
    "rdfs": str(RDFS),
    "skos": str(SKOS),
    "dcterms": str(DCTERMS),
    "xsd": str(XSD),
}


def to_turtle(graph: Graph) -> bytes:
    """Write Turtle (https://www.w3.org/TR/turtle/)."""
    return _ordered(graph).serialize(format="turtle", encoding="utf-8")


def to_rdf_xml(graph: Graph) -> bytes:
    """Write RDF/XML (https://www.w3.org/TR/rdf-syntax-grammar/), the form that every OWL tool reads."""
    return _ordered(graph).serialize(format="xml", encoding="utf-8")


def to_json_ld(graph: Graph) -> bytes:
    """Write JSON-LD 1.1 (https://www.w3.org/TR/json-ld11/) with the prefixes as context; nodes by their id."""
    text = _ordered(graph).serialize(format="json-ld", context=_PREFIXES)
    return to_json(_sorted_sets(json.loads(text)))


def to_json(document: Any) -> bytes:
    """Write JSON in UTF-8 with sorted keys."""
    text = json.dumps(document, ensure_ascii=False, indent=1, sort_keys=True)
    return f"{text}\n".encode()


class _Ordered(Graph):
    """A graph that gives its triples in order; rdflib's writers follow it."""

    def triples(self, triple: Any) -> Iterator[Any]:  # type: ignore[override]  # overloads by kind of path
        return iter(sorted(super().triples(triple)))


def _ordered(graph: Graph) -> Graph:
    ordered = _Ordered(bind_namespaces="none")
    for prefix, namespace in _PREFIXES.items():
        ordered.bind(prefix, namespace)
    for triple in graph:
        ordered.add(triple)
    return ordered


def _sorted_sets(value: Any) -> Any:
    """Sort every JSON array but the value of `@list`: in JSON-LD the others are sets."""
    if isinstance(value, list):
        return sorted(map(_sorted_sets, value), key=_key)
    if not isinstance(value, dict):
        return value
    return {name: _list(part) if name == "@list" else _sorted_sets(part) for name, part in value.items()}


def _list(values: list[Any]) -> list[Any]:
    return [_sorted_sets(value) for value in values]


def _key(value: Any) -> tuple[str, str]:
    name = str(value.get("@id", "")) if isinstance(value, dict) else ""
    return name, json.dumps(value, ensure_ascii=False, sort_keys=True)

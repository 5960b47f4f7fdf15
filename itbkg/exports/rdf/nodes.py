"""Nodes of JSON-LD: the triples of one subject as one JSON object, in the terms of a context."""

import re
from collections.abc import Iterable, Iterator
from itertools import groupby
from typing import Any

import pyoxigraph as ox
from rdflib import RDF, XSD

from itbkg.exports.rdf.context import Context

Node = dict[str, Any]

_TYPE, _INTEGER, _BOOLEAN, _STRING = map(str, (RDF.type, XSD.integer, XSD.boolean, XSD.string))
#: Integers that every JSON reader keeps whole: written as they are in XML Schema's canonical form, below 2^53.
_WHOLE = re.compile(r"0|-?[1-9][0-9]{0,14}")


def nodes(triples: Iterable[ox.Triple], context: Context) -> Iterator[Node]:
    """Yield a node for each subject; the triples come sorted by subject."""
    for subject, told in groupby(triples, key=lambda triple: triple.subject):
        yield node(subject, told, context)


def node(subject: Any, triples: Iterable[ox.Triple], context: Context) -> Node:
    """Write the triples of a subject as a node."""
    made: Node = {"id": name(subject, context)}
    values: dict[str, list[Any]] = {}
    for triple in triples:
        key, value = _member(triple, context)
        values.setdefault(key, []).append(value)
    return made | {key: values[key][0] if len(values[key]) == 1 else values[key] for key in sorted(values, key=_order)}


def name(term: Any, context: Context) -> str:
    """Name a subject or object as the value of `id`."""
    return str(term) if isinstance(term, ox.BlankNode) else context.compact(term.value)


def term_of(predicate: str, context: Context) -> tuple[str, str]:
    """Return the key of a property and what its plain values are."""
    return context.terms.get(predicate) or (context.compact(predicate), "")


def _member(triple: ox.Triple, context: Context) -> tuple[str, Any]:
    predicate, value = triple.predicate.value, triple.object
    if predicate == _TYPE and isinstance(value, ox.NamedNode):
        return "type", context.compact(value.value)
    key, plain = term_of(predicate, context)
    if isinstance(value, ox.Literal):
        if in_language := context.in_languages.get((predicate, value.language or "")):
            return in_language, value.value
        return key, _literal(value, plain)
    named = name(value, context)
    return key, named if plain == "@id" else {"id": named}


def _literal(value: ox.Literal, plain: str) -> Any:
    datatype = value.datatype.value
    if value.language:
        return {"@value": value.value, "@language": value.language}
    if datatype == _INTEGER and plain in ("", _INTEGER) and _WHOLE.fullmatch(value.value):
        return int(value.value)
    if datatype == _BOOLEAN and plain in ("", _BOOLEAN) and value.value in ("true", "false"):
        return value.value == "true"
    if datatype == (plain or _STRING):
        return value.value
    if datatype == _STRING:
        return {"@value": value.value}
    return {"@value": value.value, "@type": datatype}


def _order(key: str) -> tuple[int, str]:
    return (0 if key == "type" else 1 if key in ("label", "name") else 2), key

"""RDF terms as texts and back: the id of a node, the parts of a literal."""

import pyoxigraph as ox

from itbkg.exports.propertygraph.model import Value

_BLANK = "_:"
_TRIPLE = "<<( "

Subject = ox.NamedNode | ox.BlankNode
Term = ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple


def to_id(term: Term) -> str:
    """Name a node: an IRI as it is, a blank node with `_:`, a triple term in N-Triples."""
    if isinstance(term, ox.NamedNode):
        return term.value
    return f"{_TRIPLE}{term} )>>" if isinstance(term, ox.Triple) else str(term)


def from_id(name: str) -> Term:
    """Read the id of a node."""
    if name.startswith(_TRIPLE):
        line = f"<x:s> <x:p> {name} ."
        term: Term = next(iter(ox.parse(line, format=ox.RdfFormat.N_TRIPLES))).object
        return term
    return ox.BlankNode(name.removeprefix(_BLANK)) if name.startswith(_BLANK) else ox.NamedNode(name)


def to_language(literal: ox.Literal) -> str:
    """Return the language of a literal, with its direction where it has one."""
    language = literal.language
    if language is None:
        return ""
    return f"{language}--{literal.direction.value}" if literal.direction else language


def to_literal(value: Value) -> ox.Literal:
    """Make the literal of a value."""
    if not value.language:
        return ox.Literal(value.text, datatype=ox.NamedNode(value.datatype))
    language, _, direction = value.language.partition("--")
    if not direction:
        return ox.Literal(value.text, language=language)
    return ox.Literal(value.text, language=language, direction=ox.BaseDirection(direction))

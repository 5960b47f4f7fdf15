"""The tables of the words that the other tables use, and of what they correspond to elsewhere."""

from collections.abc import Callable, Iterable, Iterator

from rdflib import DCTERMS, SKOS

from itbkg.exports.tables.columns import text
from itbkg.exports.tables.facts import Facts
from itbkg.exports.tables.lexicon import RELATIONS, Lexicon, Match, curie
from itbkg.exports.tables.table import Column, Row, Table

_TO_TERMS = {"term_id": ("terms", "term_id")}


def _own_terms(facts: Facts, words: Lexicon) -> Iterator[Row]:
    yield from (Row(facts, words, iri) for iri in words.terms if words.kind(iri) != "property")


def _pairs(pairs: Callable[[Lexicon, str], Iterable[str]]) -> Callable[[Facts, Lexicon], Iterator[Row]]:
    """Take a row for each term of ours and each of what a function gives for it."""

    def rows(facts: Facts, words: Lexicon) -> Iterator[Row]:
        for row in _own_terms(facts, words):
            yield from (Row(facts, words, other, row.node) for other in pairs(words, row.node))

    return rows


def _match(row: Row) -> Match:
    return next(match for match in row.words.matches(row.parent) if match.iri == row.node)


_TERM_ID = Column("term_id", "string", "The term as a CURIE; itb: stands for https://w3id.org/itbkg/ont/.",
                  lambda row: curie(row.node), required=True)  # fmt: skip
_OF = Column("term_id", "string", "The term.", lambda row: curie(row.parent), required=True)

TERMS = Table(
    "terms",
    "Words",
    "A row for each class and value of the ontology.",
    (
        _TERM_ID,
        Column("label", "string", "What it is called.", lambda row: row.words.label(row.node), required=True),
        Column("kind", "string", "Class, or value of a short closed list.", lambda row: row.words.kind(row.node),
               values=("class", "value"), required=True),
        Column("branch", "string", "The top class that it belongs to, as a CURIE.",
               lambda row: curie(row.words.branch(row.node)) or None),
        text("identifier", DCTERMS.identifier, "Its number."),
        text("definition", SKOS.definition, "What it means."),
        Column("deprecated", "boolean", "True where it is no longer in use.",
               lambda row: row.words.deprecated(row.node), required=True),
    ),
    ("term_id",),
    _own_terms,
)  # fmt: skip

SYNONYMS = Table(
    "term_synonyms",
    "Other names of words",
    "A row for each further name of a term.",
    (_OF, Column("synonym", "string", "The name.", lambda row: row.node, required=True)),
    ("term_id", "synonym"),
    _pairs(lambda words, iri: words.facts.all(iri, str(SKOS.altLabel))),
    _TO_TERMS,
)

PARENTS = Table(
    "term_parents",
    "What words are kinds of",
    "A row for each class above a class, near or far.",
    (
        _OF,
        Column("parent_id", "string", "The class above it.", lambda row: curie(row.node), required=True),
        Column("stated", "boolean", "True where the ontology says so, false where it follows.",
               lambda row: dict(row.words.parents(row.parent))[row.node], required=True),
    ),
    ("term_id", "parent_id"),
    _pairs(lambda words, iri: [parent for parent, _ in words.parents(iri)]),
    {**_TO_TERMS, "parent_id": ("terms", "term_id")},
)  # fmt: skip

MAPPINGS = Table(
    "term_mappings",
    "What words correspond to elsewhere",
    "A row for each term of another vocabulary that a term corresponds to.",
    (
        _OF,
        Column("relation", "string", "How near it is: broad covers more than ours, narrow covers less.",
               lambda row: _match(row).relation, values=tuple(RELATIONS.values()), required=True),
        Column("vocabulary", "string", "Prefix of the other vocabulary.", lambda row: _match(row).vocabulary,
               required=True),
        Column("mapped_id", "string", "The other term, as a CURIE.", lambda row: _match(row).id, required=True),
        Column("mapped_label", "string", "What the other vocabulary calls it.", lambda row: _match(row).label or None),
        Column("mapped_iri", "string", "Its IRI.", lambda row: row.node, required=True),
    ),
    ("term_id", "mapped_id"),
    _pairs(lambda words, iri: [match.iri for match in words.matches(iri)]),
    _TO_TERMS,
)  # fmt: skip

WORD_TABLES = (TERMS, SYNONYMS, PARENTS, MAPPINGS)

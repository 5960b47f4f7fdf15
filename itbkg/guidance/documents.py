"""The guidance documents, and what all of them advise in a situation."""

from collections.abc import Mapping
from dataclasses import dataclass
from difflib import get_close_matches

from itbkg.cases.rows import named_rows, whole
from itbkg.errors import NotFoundError
from itbkg.guidance.statements import Statement, read_statements
from itbkg.store import PREFIX_LINES, Store, once

_DOCUMENTS = f"""{PREFIX_LINES}
SELECT ?document ?id ?title ?kind ?publisher ?byline ?year ?address ?reading ?statements WHERE {{
  {{ SELECT ?document (COUNT(?statement) AS ?statements) WHERE {{ ?statement itb:inDocument ?document }}
     GROUP BY ?document }}
  ?document rdfs:label ?id ; itb:title ?title ; itb:readAs/rdfs:label ?reading ; a ?class .
  ?class rdfs:subClassOf itb:GuidanceDocument ; rdfs:label ?kind .
  FILTER NOT EXISTS {{ ?document a ?narrower . ?narrower rdfs:subClassOf ?class }}
  OPTIONAL {{ ?document itb:publisher ?publisher }}
  OPTIONAL {{ ?document itb:byline ?byline }}
  OPTIONAL {{ ?document itb:year ?year }}
  OPTIONAL {{ ?document itb:webAddress ?address }}
}} ORDER BY ?id
"""

_SITUATIONS = f"""{PREFIX_LINES}
SELECT DISTINCT ?name ?class WHERE {{
  ?statement itb:concernsClass ?concerned .
  ?class rdfs:subClassOf? ?concerned ; rdfs:label|skos:altLabel ?name .
}} ORDER BY ?name ?class
"""


@dataclass(frozen=True, slots=True)
class DocumentRow:
    """A guidance document in a list; a text is empty, and the year None, where it is not known."""

    id: str
    iri: str
    title: str
    kind: str
    publisher: str
    authors: str
    year: int | None
    url: str
    read_as: str
    statements: int


@dataclass(frozen=True, slots=True)
class Document:
    """A document with its statements."""

    about: DocumentRow
    statements: tuple[Statement, ...]


def list_documents(store: Store) -> tuple[DocumentRow, ...]:
    """List the guidance documents in id order."""
    return tuple(
        DocumentRow(
            id=row["id"],
            iri=row["document"],
            title=row["title"],
            kind=row["kind"],
            publisher=row["publisher"],
            authors=row["byline"],
            year=whole(row["year"]),
            url=row["address"],
            read_as=row["reading"],
            statements=int(row["statements"]),
        )
        for row in named_rows(store, _DOCUMENTS)
    )


def tell_document(store: Store, document: str) -> Document:
    """Tell a document by its id; NotFoundError, with ids of like spelling, where there is none."""
    known = _documents(store)
    if document not in known:
        raise NotFoundError("guidance document", document, get_close_matches(document, known, n=3, cutoff=0.5))
    return Document(known[document], tuple(read_statements(store, known[document].iri)))


def recommendations_for(store: Store, situation: str) -> tuple[Statement, ...]:
    """List what all documents advise for an event, alarm, cause, finding or condition, in the order of their steps.

    `situation` is a label or synonym; advice for a wider class holds for the narrower. NotFoundError, with names of
    like spelling, where no advice is about anything of that name.
    """
    known = _situations(store)
    name = " ".join(situation.casefold().split())
    if name not in known:
        raise NotFoundError("situation with advice", situation, get_close_matches(name, known, n=3, cutoff=0.6))
    return tuple(read_statements(store, known[name]))


@once
def _documents(store: Store) -> Mapping[str, DocumentRow]:
    """Return the documents by id."""
    return {row.id: row for row in list_documents(store)}


@once
def _situations(store: Store) -> Mapping[str, str]:
    """Return the class of each name, in small letters, of anything that advice is about."""
    return {row["name"].casefold(): row["class"] for row in named_rows(store, _SITUATIONS)}

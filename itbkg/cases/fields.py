"""The words of the fields that cases are chosen by: what a person writes for a class or value."""

from collections.abc import Mapping
from functools import lru_cache

from itbkg.errors import DeprecatedWordError, ParameterError, UnknownWordError
from itbkg.index.fields import ABSENT, FIELDS, MARK, Field, find_field
from itbkg.questions import Parameter, Question
from itbkg.questions.binding import find_terms
from itbkg.store import PREFIX_LINES, Store
from itbkg.terms.facts import Facts
from itbkg.terms.lexicon import Lexicon
from itbkg.terms.names import LONGEST
from itbkg.terms.search import Index
from itbkg.vocabulary.words import fold

__all__ = ["ABSENT", "FIELDS", "MARK", "Field", "answered", "find_field", "find_words", "look_up"]

_ANSWERED = f"""{PREFIX_LINES}
SELECT DISTINCT ?case ?treatment ?response WHERE {{
  ?case itb:hasTreatment ?given .
  ?given a ?treatment ; itb:hasResponse/a ?response .
}}
"""

#: So many values are named where none is like a word.
_FEW = 10


def find_words(store: Store, field: Field, given: str, names: Mapping[str, str] | None = None) -> tuple[str, ...]:
    """Return the IRIs of the alternatives that a text names; a name that itself holds a comma is one of them.

    `names` are those of the field, where they have been read already. Raises ParameterError for an empty word, and what
    `look_up` raises.
    """
    known = field.names(store) if names is None else names
    words = [given] if fold(given) in known else [word.strip() for word in given.split(",")]
    if not all(words):
        raise ParameterError(f"'{given}' holds an empty word; give words, with commas between alternatives")
    return tuple(dict.fromkeys(known.get(fold(word)) or look_up(store, field, word) for word in words))


def look_up(store: Store, field: Field, word: str) -> str:
    """Return the IRI of what a word names in a field that is no label or synonym: `itb:Name`, or an IRI.

    Raises UnknownWordError, with the words that are like it or hold it, or with all of a few values;
    DeprecatedWordError, with the word to use instead; and ParameterError for a word that is too long.
    """
    if len(word) > LONGEST:
        raise ParameterError(f"the word has {len(word)} characters; give at most {LONGEST}")
    asking = Question("cases", "", "", (Parameter(field.name, "term", field.kind, field.of, "", ""),), (), "")
    try:
        return str(find_terms(store, asking, {field.name: word})[field.name])
    except UnknownWordError as error:
        if error.nearest or isinstance(error, DeprecatedWordError):
            raise
        raise UnknownWordError(error.kind, word, _holding(store, field, word)) from error


def _holding(store: Store, field: Field, word: str) -> list[str]:
    """Name up to three terms of a field that a search for the word finds; where it finds none, values that are few."""
    terms = field.terms(store)
    hits = _index(store).search(word)
    found = [terms[hit.term.iri] for hit in hits if hit.term.iri in terms][:3]
    few = field.kind == "value" and len(terms) <= _FEW
    return found or (sorted(terms.values()) if few else [])


@lru_cache(maxsize=2)
def _index(store: Store) -> Index:
    """Index the words of a graph once: reading all of them takes longer than any search."""
    return Index(Lexicon(Facts(store)))


def answered(store: Store, treatment: str, response: str) -> frozenset[str]:
    """Return the IRIs of the cases in which a treatment of one class was answered by a response of another."""
    table = store.select(_ANSWERED, treatment=treatment, response=response)
    return frozenset(case for case, _, _ in table.texts())

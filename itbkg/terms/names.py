"""The names of terms, made comparable: letters' case, accents and punctuation do not count."""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

from itbkg.errors import QueryError
from itbkg.terms.lexicon import Term

#: The longest query that is answered, in characters; the longest name of a term has 69.
LONGEST = 200


@dataclass(frozen=True, slots=True)
class Name:
    """A label, synonym or code of a term, as written and as it is compared."""

    text: str
    key: str
    words: tuple[str, ...]
    iri: str
    is_label: bool


def key_of(text: str) -> str:
    """Make letters' case, accents, width and runs of blanks not count."""
    if not text.isascii():
        letters = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", text).casefold())
        text = "".join(letter for letter in letters if not unicodedata.combining(letter))
    return " ".join(text.casefold().split())


def words_of(key: str) -> tuple[str, ...]:
    """Split at everything that is neither letter nor figure."""
    return tuple(re.findall(r"\w+", key))


def check_query(text: str) -> str:
    """Return the query without blanks around it.

    Raises QueryError where it is empty, over 200 characters, or holds characters that cannot be seen.
    """
    query = text.strip()
    if not key_of(query):
        raise QueryError("the search is empty; give a word, an identifier or the beginning of one")
    if len(query) > LONGEST:
        raise QueryError(f"the search has {len(query)} characters; give at most {LONGEST}")
    for letter in query:
        if unicodedata.category(letter) in ("Cc", "Cf", "Cs", "Zl", "Zp"):
            raise QueryError(f"the search holds the character U+{ord(letter):04X}, which cannot be seen; remove it")
    return query


def curie_of(term: Term) -> str:
    """Abbreviate an IRI as SPARQL queries do: itb:CatheterKink; a unit's name is one already."""
    return term.name if ":" in term.name else f"itb:{term.name}"


def names_of(term: Term) -> Iterator[Name]:
    """Yield the label, synonyms and codes of a term."""
    for text in dict.fromkeys((term.label, *term.synonyms, *term.codes)):
        key = key_of(text)
        yield Name(text, key, words_of(key), term.iri, is_label=text == term.label)

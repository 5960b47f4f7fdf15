"""Search the terms: by identifier, label, synonym, external id, and by what is spelt alike."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from difflib import get_close_matches
from functools import cached_property
from typing import Literal

from itbkg.terms.lexicon import KINDS, External, Kind, Lexicon, Term
from itbkg.terms.names import LONGEST, Name, check_query, curie_of, key_of, names_of, words_of

#: How a term was found, the best first. An external id identifies what matches it exactly; others are a mapping.
How = Literal["label", "identifier", "synonym", "mapping", "prefix", "words", "spelling"]
_HOW: tuple[How, ...] = ("label", "identifier", "synonym", "mapping", "prefix", "words", "spelling")
EXACT: frozenset[How] = frozenset({"label", "identifier", "synonym", "mapping"})

#: How alike (difflib's ratio) whole names and single words must be.
_NAMES_ALIKE, _WORDS_ALIKE = 0.75, 0.8


@dataclass(frozen=True, slots=True)
class Hit:
    """A term that was found, how, and which of its names matched; None and empty where nothing was searched for."""

    term: Term
    how: How | None
    matched: str


class Index:
    """The names of all terms, ready to be searched."""

    def __init__(self, lexicon: Lexicon) -> None:
        self._lexicon = lexicon
        self._names = tuple(name for term in lexicon.terms.values() for name in names_of(term))

    def search(self, text: str) -> tuple[Hit, ...]:
        """Return what a text finds, best first; what is only spelt alike where nothing else is found.

        Raises QueryError for a text that cannot be searched for.
        """
        query = check_query(text)
        key = key_of(query)
        hits = [*self._identified(query), *self._mapped(query), *self._named(key)]
        return _ranked(hits or self._alike(key))

    def identify(self, text: str) -> Term | None:
        """Return the term that has an IRI, a name, an ITBKG id, or alone an external id that matches exactly."""
        exact = [hit.term for hit in self._mapped(text) if hit.how == "identifier"]
        found = [hit.term for hit in self._identified(text)] or exact
        return found[0] if len(found) == 1 else None

    def nearest(self, text: str, kinds: Collection[Kind] = KINDS) -> tuple[Hit, ...]:
        """Return up to three terms that a text may mean: those with its external id, or the names most like it."""
        names = {name.key: name for name in reversed(self._names)}
        alike = get_close_matches(key_of(text[:LONGEST]), names, n=50, cutoff=0.6)
        spelt = (Hit(self._lexicon[names[key].iri], "spelling", names[key].text) for key in alike)
        found = _ranked(self._mapped(text)) or _each_once(spelt)
        return tuple(hit for hit in found if hit.term.kind in kinds)[:3]

    def _identified(self, text: str) -> Iterator[Hit]:
        """Yield what has an identifier as written, or else with other letters' case: `route` is not `Route`."""
        written = self._identifiers.get(text)
        iris = [written] if written else self._folded.get(key_of(text), [])
        yield from (Hit(self._lexicon[iri], "identifier", text) for iri in iris)

    def _mapped(self, text: str) -> Iterator[Hit]:
        for external, iri in self._external.get(key_of(text), ()):
            how: How = "identifier" if external.match == "exact" else "mapping"
            yield Hit(self._lexicon[iri], how, f"{external.match} {external.id}")

    def _named(self, key: str) -> Iterator[Hit]:
        words = words_of(key) or (key,)
        longest = max(words, key=len)
        for name in [name for name in self._names if longest in name.key]:
            how = _how(name, key, words)
            if how:
                yield Hit(self._lexicon[name.iri], how, name.text)

    def _alike(self, key: str) -> Iterator[Hit]:
        """Yield what is spelt alike as a whole, or word by word."""
        alike = set(get_close_matches(key, self._keys, n=20, cutoff=_NAMES_ALIKE))
        meant = [self._spellings(word) for word in words_of(key)]
        for name in self._names:
            if name.key in alike or (meant and all(spellings & set(name.words) for spellings in meant)):
                yield Hit(self._lexicon[name.iri], "spelling", name.text)

    def _spellings(self, word: str) -> set[str]:
        """Return the known words that a word may be; itself alone where it is known or has no four letters."""
        if word in self._words or len(word) < 4:  # noqa: PLR2004 - too short to tell a slip from another word
            return {word}
        return set(get_close_matches(word, self._words, n=10, cutoff=_WORDS_ALIKE))

    @cached_property
    def _keys(self) -> tuple[str, ...]:
        return tuple(sorted({name.key for name in self._names}))

    @cached_property
    def _words(self) -> dict[str, None]:
        return dict.fromkeys(sorted({word for name in self._names for word in name.words}))

    @cached_property
    def _identifiers(self) -> dict[str, str]:
        terms = self._lexicon.terms.values()
        return {text: term.iri for term in terms for text in (term.iri, term.name, curie_of(term), term.id) if text}

    @cached_property
    def _folded(self) -> dict[str, list[str]]:
        folded: defaultdict[str, list[str]] = defaultdict(list)
        for text, iri in self._identifiers.items():
            if iri not in folded[key_of(text)]:
                folded[key_of(text)].append(iri)
        return folded

    @cached_property
    def _external(self) -> dict[str, list[tuple[External, str]]]:
        external: defaultdict[str, list[tuple[External, str]]] = defaultdict(list)
        for iri in self._lexicon.terms:
            for one in self._lexicon.mappings(iri):
                for text in dict.fromkeys((one.id, one.iri)):
                    external[key_of(text)].append((one, iri))
        return external


def _ranked(hits: Iterable[Hit]) -> tuple[Hit, ...]:
    return _each_once(sorted(hits, key=_rank))


def _each_once(hits: Iterable[Hit]) -> tuple[Hit, ...]:
    """Keep the first hit of each term."""
    best: dict[str, Hit] = {}
    for hit in hits:
        best.setdefault(hit.term.iri, hit)
    return tuple(best.values())


def _how(name: Name, key: str, words: tuple[str, ...]) -> How | None:
    """Say how a name matches a query, or None where it does not."""
    if name.key == key or name.words == words:
        return "label" if name.is_label else "synonym"
    if name.key.startswith(key):
        return "prefix"
    if all(any(own.startswith(word) for own in name.words) for word in words):
        return "words"
    return None


def _rank(hit: Hit) -> tuple[object, ...]:
    """Put exact matches first, then what is in use, classes, labels, short names; the IRI makes the order total."""
    term, how = hit.term, _HOW.index(hit.how) if hit.how else 0
    loose = (hit.matched != term.label, len(hit.matched), term.label.casefold(), hit.matched, term.iri)
    return (0 if hit.how in EXACT else how, term.deprecated, KINDS.index(term.kind), how, *loose)

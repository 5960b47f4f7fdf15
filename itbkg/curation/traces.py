"""Traces of a person in a text: what it is that privacy forbids, and each place where it stands.

Kinds are searched in an order, and what was found is masked for all that is searched after it, so that the year of a
date is not found again. Quantities (2000 ug/mL), identifiers of publications and the phrases of `innocent.tsv` are
masked before all.
"""

import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from importlib.resources import files

from rdflib import RDFS, SKOS

from itbkg.curation.days import Span, dates, old_ages, years
from itbkg.curation.persons import INSTITUTION_HINT, institutions, mails, names, numbers, phones, web_addresses
from itbkg.curation.places import places
from itbkg.vocabulary import Vocabulary


class Kind(StrEnum):
    """A kind of trace, as it is said."""

    MAIL = "an e-mail address"
    WEB = "a web address"
    DATE = "a calendar date"
    PHONE = "a telephone or fax number"
    NUMBER = "a personal, record or serial number"
    AGE = "an age above 89"
    YEAR = "a year"
    INSTITUTION = "the name of a hospital, a clinic or a university"
    PLACE = "a place below country"
    NAME = "a person's name or initials"


@dataclass(frozen=True, slots=True)
class Trace:
    """One trace, with the text that gives it away."""

    kind: Kind
    text: str


@dataclass(frozen=True, slots=True)
class _Search:
    """How a kind is searched: `hint` is what every text with such a trace has, so that most texts cost little."""

    kind: Kind
    finder: Callable[[str], Iterator[Span]]
    hint: re.Pattern[str]


_SEARCHES = (
    _Search(Kind.MAIL, mails, re.compile(r"@|(?i:[\[(]at[\])])")),
    _Search(Kind.WEB, web_addresses, re.compile(r"://|\w\.[A-Za-z]")),
    _Search(Kind.DATE, dates, re.compile(r"[0-9]|[A-Z]")),
    _Search(Kind.PHONE, phones, re.compile(r"[0-9]")),
    _Search(Kind.NUMBER, numbers, re.compile(r"[0-9]")),
    _Search(Kind.AGE, old_ages, re.compile(r"9[0-9]|1[0-2][0-9]|(?i:ninet|hundred|nonagen|centen)")),
    _Search(Kind.YEAR, years, re.compile(r"[0-9]{2}")),
    _Search(Kind.INSTITUTION, institutions, INSTITUTION_HINT),
    _Search(Kind.PLACE, places, re.compile(r"[^\W\d_a-z]")),
)
#: DOI, PubMed, PubMed Central and trial register.
_IDENTIFIERS = re.compile(r"\b10\.[0-9]{4,9}/\S+|\bPMID:?\s?[0-9]+|\bPMC[0-9]+|\bNCT[0-9]{8}\b")
#: How reports print units that the ontology spells otherwise.
_PRINTED_UNITS = (
    "mcg",
    "μg",
    "mcg/ml",
    "iu",
    "iu/l",
    "units",
    "unit",
    "cells",
    "ml",
    "cc",
    "k/ul",
    "milligrams",
    "micrograms",
)
_NUMBER = r"[0-9]+(?:[.,][0-9]+)*"
_MASK = "\0"
_PLAIN = str.maketrans(dict.fromkeys("‐‑‒–—―−", "-") | dict.fromkeys("’‘´", "'"))
_CALENDAR_WORD = re.compile(r"(?i)\b(?:in|since|during|until|till|year|early|late|mid|of)[\s-]$")


class Seeker:
    """Finds traces; it knows the units by which a number is a quantity, and the abbreviations that are no initials."""

    def __init__(self, units: Iterable[str], abbreviations: Iterable[str]) -> None:
        spelt = f"{_either(units)}|(?i:{_either(_PRINTED_UNITS)})"
        lower = rf"(?:({_NUMBER})\s?(?:-|\.\.|/|to)\s?)?"
        self._quantity = re.compile(rf"(?<!\w){lower}{lower}({_NUMBER})\s?(?:{spelt})(?!\w)")
        self._known: dict[str, tuple[Trace, ...]] = {}
        known = frozenset(abbreviations)
        self._searches = (*_SEARCHES, _Search(Kind.NAME, lambda text: names(text, known), re.compile(r"[A-Z]")))

    @classmethod
    @cache
    def of(cls, vocabulary: Vocabulary) -> "Seeker":
        """Make a seeker that knows an ontology's units, those of time apart, and abbreviations."""
        units = vocabulary.units
        names_of_terms = (
            str(name) for naming in (RDFS.label, SKOS.altLabel) for name in vocabulary.graph.objects(None, naming)
        )
        capitals = {word for name in names_of_terms for word in re.findall(r"\b[A-Z]{2,3}\b", name)}
        return cls([code for code in units.codes if not units.compatible(code, "h")], capitals)

    def find(self, text: str) -> tuple[Trace, ...]:
        """Return every trace in a text, by kind and place; what was searched once ('Abstract') is remembered."""
        if text not in self._known:
            self._known[text] = tuple(self._search(text))
        return self._known[text]

    def _search(self, text: str) -> Iterator[Trace]:
        seen = self._masked(unicodedata.normalize("NFKC", text).translate(_PLAIN))
        for search in self._searches:
            if search.hint.search(seen):
                spans = _joined(search.finder(seen))
                yield from (Trace(search.kind, seen[start:end].strip(" ,.;:")) for start, end in spans)
                seen = _mask(seen, spans)

    def _masked(self, text: str) -> str:
        for pattern in (_IDENTIFIERS, innocent()):
            text = _mask(text, (found.span() for found in pattern.finditer(text)))
        return _mask(text, (_measured(found, text) for found in self._quantity.finditer(text)))


def _either(words: Iterable[str]) -> str:
    return "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True))


def _measured(found: re.Match[str], text: str) -> Span:
    """Take the numbers of a quantity; a year in front of it ('raised in 1999 to 2000 ug') is no part of it."""
    first = next(number for number in (1, 2, 3) if found[number])
    begins_with_year = first < 3 and _CALENDAR_WORD.search(text[: found.start()])  # noqa: PLR2004 - the last number
    return found.start(3) if begins_with_year else found.start(first), found.end()


def _joined(spans: Iterable[Span]) -> list[Span]:
    """Put the spans in order, with those that overlap made one."""
    joined: list[Span] = []
    for start, end in sorted(spans):
        if joined and start < joined[-1][1]:
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
        else:
            joined.append((start, end))
    return joined


def _mask(text: str, spans: Iterable[Span]) -> str:
    for start, end in spans:
        text = text[:start] + _MASK * (end - start) + text[end:]
    return text


@cache
def innocent() -> re.Pattern[str]:
    """Read the phrases that only look like a trace."""
    lines = (files(__package__) / "innocent.tsv").read_text("utf-8").splitlines()
    phrases = [re.escape(line.split("\t")[0]) for line in lines if line and not line.startswith("#")]
    return re.compile(rf"(?i)(?<![\w.])(?:{'|'.join(sorted(phrases, key=len, reverse=True))})(?!\w)")

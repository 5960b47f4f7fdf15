"""Conditions on cases: each names a set of cases, and cases that are in all of the sets are chosen.

A word is a label or synonym; commas separate alternatives, of which any will do. A condition given again is one more
that must hold. What a report does not say fulfils no condition but `not_reported`.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Self

from itbkg.cases.fields import ABSENT, FIELDS, MARK, Field, answered, find_words
from itbkg.cases.listing import CaseRow
from itbkg.cases.persons import first_tellings
from itbkg.cases.rows import named_rows
from itbkg.errors import ItbkgError, NotFoundError, ParameterError, QueryError
from itbkg.store import PREFIX_LINES, Store
from itbkg.terms.names import key_of

#: The conditions that are given by words, each with the field in which its words are looked up.
WORDS: Mapping[str, Field] = {**FIELDS, "absent": ABSENT, "not_reported": FIELDS["finding"], "without": MARK}

_YEARS = re.compile(r"(?P<year>[0-9]{4})|(?P<first>[0-9]{4})?\.\.(?P<last>[0-9]{4})?")
_TEXTS = f"{PREFIX_LINES} SELECT ?case ?title ?narrative WHERE {{ ?case itb:title ?title ; itb:narrative ?narrative }}"

Cases = frozenset[str]


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is asked of cases.

    `words` holds for a name of WORDS the texts given for it: for `without` marks of the publication or record, such as
    `retracted, unverified`, for any other what the case must have. `years` is `2004`, `2000..2010`, `2000..` or
    `..2010`; each of `text` stands in title or narrative; with `distinct_patients` a person of whom several cases tell
    is taken once.
    """

    words: Mapping[str, Sequence[str]] = field(default_factory=dict)
    years: str = ""
    text: Sequence[str] = ()
    distinct_patients: bool = False

    @classmethod
    def of(cls, given: Mapping[str, Any]) -> Self:
        """Make it of a door's parameters: the names of WORDS and `text`, each with texts or None, `year` and the rest.

        What is given beside is not for the choice of cases, and passed over.
        """
        words = {name: tuple(given[name]) for name in WORDS if given[name]}
        return cls(words, given["year"], tuple(given["text"] or ()), distinct_patients=given["distinct_patients"])


@dataclass(frozen=True, slots=True)
class Condition:
    """One condition: its name, the text given for it, and the cases (by IRI) that fulfil it, whatever the others do."""

    name: str
    given: str
    cases: Cases


class Conditions:
    """Makes conditions out of what is asked, over all cases of a graph."""

    def __init__(self, store: Store, rows: Sequence[CaseRow], wanted: Wanted) -> None:
        self._store = store
        self._rows = rows
        self._wanted = wanted
        self._all = frozenset(row.iri for row in rows)
        self._names: dict[tuple[str, ...], Mapping[str, str]] = {}

    def __iter__(self) -> Iterator[Condition]:
        """Yield each condition.

        Raises UnknownWordError for a word that the ontology does not know, ParameterError for an empty word or text and
        for what is no range of years; `parameter` of the error names the condition.
        """
        wanted = self._wanted
        for name in WORDS:
            for given in wanted.words.get(name, ()):
                yield Condition(name, given, self._by_words(name, given))
        if wanted.years:
            yield Condition("year", wanted.years, self._in_years(wanted.years))
        for given in wanted.text:
            yield Condition("text", given, self._telling(given))
        if wanted.distinct_patients:
            firsts = first_tellings(self._rows)
            once = frozenset(row.iri for row in self._rows if firsts[row.id] == row.id)
            yield Condition("distinct_patients", "", once)

    def _by_words(self, name: str, given: str) -> Cases:
        """Join the cases of the alternatives; `without` wants those that have none of them."""
        found: Cases = frozenset()
        for term in self._terms(name, given):
            found |= self._by_term(name, term)
        return self._all - found if name == "without" else found

    def _by_term(self, name: str, term: str) -> Cases:
        cases = WORDS[name].cases(self._store, term)
        match name:
            case "not_reported":
                return self._all - cases - ABSENT.cases(self._store, term)
            case "response":
                return cases & self._answering(term)
            case _:
                return cases

    def _answering(self, response: str) -> Cases:
        """Return the cases in which each treatment that is asked for, if any is, was answered by a response."""
        cases = self._all
        for given in self._wanted.words.get("treatment", ()):
            terms = self._terms("treatment", given)
            cases &= frozenset().union(*(answered(self._store, term, response) for term in terms))
        return cases

    def _terms(self, name: str, given: str) -> tuple[str, ...]:
        """Resolve the alternatives that a text names."""
        try:
            return find_words(self._store, WORDS[name], given, self._names_of(name))
        except (NotFoundError, QueryError) as error:
            raise _about(name, error) from error

    def _names_of(self, name: str) -> Mapping[str, str]:
        """Read the names of what a condition looks up, each field's once."""
        branches = WORDS[name].of
        if branches not in self._names:
            self._names[branches] = WORDS[name].names(self._store)
        return self._names[branches]

    def _in_years(self, given: str) -> Cases:
        first, last = read_years(given)
        return frozenset(row.iri for row in self._rows if row.year is not None and first <= row.year <= last)

    def _telling(self, given: str) -> Cases:
        """Return the cases in whose title or narrative a text stands; case, accents and line ends do not count."""
        wanted = key_of(given)
        if not wanted:
            raise _about("text", ParameterError("the text to search for is empty; give a word or a part of one"))
        rows = named_rows(self._store, _TEXTS)
        return frozenset(row["case"] for row in rows if wanted in key_of(f"{row['title']}\n{row['narrative']}"))


def read_years(given: str) -> tuple[int, int]:
    """Read a year, or a range whose one end may be open; ParameterError for anything else."""
    parts = _YEARS.fullmatch(given.strip())
    year, first, last = parts.group("year", "first", "last") if parts else (None, None, None)
    if not (year or first or last):
        form = "write it like 2004, 2000..2010, 2000.. or ..2010"
        raise _about("year", ParameterError(f"'{given}' is no year and no range of years; {form}"))
    low, high = int(year or first or 0), int(year or last or 9999)
    if low > high:
        raise _about("year", ParameterError(f"'{given}' runs backwards; write the earlier year first"))
    return low, high


def _about(name: str, error: ItbkgError) -> ItbkgError:
    """Note which condition an error is about."""
    error.parameter = name
    return error

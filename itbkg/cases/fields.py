"""What cases can be chosen and counted by: classes of statements, and values of patient or publication.

A class takes in all classes below it, those included that a reasoner puts there. A finding is present, stated absent or
not reported; to be absent is inherited downward: who has no seizure has no febrile seizure.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from functools import lru_cache

from itbkg.cases.rows import named_rows
from itbkg.errors import DeprecatedWordError, ParameterError, UnknownWordError, did_you_mean
from itbkg.namespaces import ITB
from itbkg.questions import Parameter, Question
from itbkg.questions.binding import find_terms
from itbkg.questions.question import Kind
from itbkg.store import PREFIX_LINES, Store
from itbkg.terms.facts import Facts
from itbkg.terms.lexicon import Lexicon
from itbkg.terms.names import LONGEST
from itbkg.terms.search import Index
from itbkg.vocabulary.words import fold

#: The cases of each term, by IRI.
Cases = Mapping[str, frozenset[str]]


@dataclass(frozen=True, slots=True)
class Field:
    """Something that cases can be chosen by; `pattern` leads in SPARQL from ?case to ?term, a class or a value."""

    name: str
    kind: Kind
    of: tuple[str, ...]
    pattern: str

    def cases(self, store: Store, term: str) -> frozenset[str]:
        """Return the IRIs of the cases that have a term."""
        return frozenset(case for case, _ in store.select(_cases_of(self.pattern), term=term).texts())

    def all_cases(self, store: Store) -> Cases:
        """Return the IRIs of the cases of every term that any case has."""
        found: defaultdict[str, set[str]] = defaultdict(set)
        for case, term in store.select(_cases_of(self.pattern)).texts():
            found[term].add(case)
        return {term: frozenset(cases) for term, cases in found.items()}

    def terms(self, store: Store) -> dict[str, str]:
        """Return the labels of all classes below the field's branches, or of all their values, by IRI."""
        return {row["term"]: row["name"] for row in self._names(store, _LABELS)}

    def names(self, store: Store) -> dict[str, str]:
        """Return the IRI of each label and synonym, letters' case and runs of blanks not counted."""
        return {fold(row["name"]): row["term"] for row in self._names(store, _NAMES)}

    def find(self, store: Store, word: str) -> str:
        """Return the IRI of what a word names that is no label or synonym: `itb:Name`, or an IRI.

        Raises UnknownWordError, with the words that are like it or hold it, DeprecatedWordError, with the word to use
        instead, and ParameterError for a word that is too long.
        """
        if len(word) > LONGEST:
            raise ParameterError(f"the word has {len(word)} characters; give at most {LONGEST}")
        asking = Question("cases", "", "", (Parameter(self.name, "term", self.kind, self.of, "", ""),), (), "")
        try:
            return str(find_terms(store, asking, {self.name: word})[self.name])
        except UnknownWordError as error:
            if error.nearest or isinstance(error, DeprecatedWordError):
                raise
            raise UnknownWordError(error.kind, word, self._holding(store, word)) from error

    def _holding(self, store: Store, word: str) -> list[str]:
        """Name up to three terms that a search for the word finds."""
        terms = self.terms(store)
        hits = _index(store).search(word)
        return [terms[hit.term.iri] for hit in hits if hit.term.iri in terms][:3]

    def _names(self, store: Store, queries: Mapping[Kind, str]) -> Iterator[dict[str, str]]:
        for branch in self.of:
            yield from named_rows(store, queries[self.kind], branch=ITB[branch])


@lru_cache(maxsize=2)
def _index(store: Store) -> Index:
    """Index the words of a graph once: reading all of them takes longer than any search."""
    return Index(Lexicon(Facts(store)))


def _cases_of(pattern: str) -> str:
    return f"{PREFIX_LINES} SELECT DISTINCT ?case ?term WHERE {{ ?case a itb:Case . {pattern} }}"


def _terms(naming: str) -> dict[Kind, str]:
    """Ask for the names of what belongs to a branch: the classes below it, or its values."""
    return {
        kind: f"""{PREFIX_LINES}
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
PREFIX owl: <http://www.w3.org/2002/07/owl#>
SELECT ?branch ?term ?name WHERE {{
  ?term {belongs} ?branch ; {naming} ?name .
  FILTER (?term != ?branch)
  FILTER NOT EXISTS {{ ?term owl:deprecated true }}
}}
"""
        for kind, belongs in _BELONGS.items()
    }


_BELONGS: Mapping[Kind, str] = {"class": "rdfs:subClassOf", "value": "a"}
_LABELS, _NAMES = _terms("rdfs:label"), _terms("rdfs:label|skos:altLabel")


def _statement(name: str, branch: str, link: str) -> Field:
    return Field(name, "class", (branch,), f"?case {link}/a ?term .")


def _of_publication(name: str, branch: str, link: str) -> Field:
    return Field(name, "value", (branch,), f"?case itb:reportedIn/{link} ?term .")


#: Every field by name, in the order in which doors show them.
FIELDS: Mapping[str, Field] = {
    field.name: field
    for field in (
        _statement("event", "TherapyEvent", "itb:hasEvent"),
        _statement("cause", "Cause", "itb:hasCause"),
        _statement("finding", "Finding", "itb:hasFinding"),
        _statement("measurement", "Measurement", "itb:hasMeasurement"),
        _statement("investigation", "Investigation", "itb:hasInvestigation"),
        _statement("considered", "Diagnosis", "itb:considered"),
        _statement("treatment", "Treatment", "itb:hasTreatment"),
        _statement("response", "TreatmentResponse", "itb:hasTreatment/itb:hasResponse"),
        _statement("outcome", "Outcome", "itb:hasOutcome"),
        _statement("condition", "UnderlyingCondition", "itb:hasPatient/itb:hasCondition"),
        Field("age_group", "value", ("AgeGroup",), "?case itb:hasPatient/itb:ageGroup ?term ."),
        Field("sex", "value", ("Sex",), "?case itb:hasPatient/itb:sex ?term ."),
        _of_publication("read_as", "Reading", "itb:readAs"),
        _of_publication("review", "ReviewStatus", "itb:reviewStatus"),
        _of_publication("citation", "CitationStatus", "itb:citationStatus"),
        _of_publication("status", "PublicationStatus", "itb:publicationStatus"),
    )
}

#: The findings that a case states to be absent, or that lie below such a one.
ABSENT = Field("absent", "class", ("Finding",), "?case itb:hasAbsence/itb:absentClass ?term .")
#: The marks of a publication and of its record, such as retracted, partly verified, entered or abstract.
MARK = Field(
    "without",
    "value",
    ("PublicationStatus", "CitationStatus", "ReviewStatus", "Reading"),
    "?case itb:reportedIn/(itb:publicationStatus|itb:citationStatus|itb:reviewStatus|itb:readAs) ?term .",
)

_ANSWERED = f"""{PREFIX_LINES}
SELECT DISTINCT ?case ?treatment ?response WHERE {{
  ?case itb:hasTreatment ?given .
  ?given a ?treatment ; itb:hasResponse/a ?response .
}}
"""


def answered(store: Store, treatment: str, response: str) -> frozenset[str]:
    """Return the IRIs of the cases in which a treatment of one class was answered by a response of another."""
    table = store.select(_ANSWERED, treatment=treatment, response=response)
    return frozenset(case for case, _, _ in table.texts())


def find_field(name: str) -> Field:
    """Return a field by its name, `-` and `_` alike; ParameterError, naming all of them, for any other."""
    known = name.replace("-", "_")
    if known in FIELDS:
        return FIELDS[known]
    hint = did_you_mean(get_close_matches(known, FIELDS, n=3, cutoff=0.5))
    raise ParameterError(f"cases cannot be counted by '{name}'{hint or '; there is ' + ', '.join(FIELDS)}")

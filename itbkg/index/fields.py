"""What cases are chosen and counted by: classes of statements, and values of patient or publication.

A class takes in all classes below it, those included that a reasoner puts there. A finding is present, stated absent or
not reported; to be absent is inherited downward: who has no seizure has no febrile seizure.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from typing import Literal

from itbkg.errors import ParameterError, did_you_mean
from itbkg.namespaces import ITB
from itbkg.store import PREFIX_LINES, Store, once
from itbkg.vocabulary.words import fold

#: Whether the terms of a field are the classes below its branches, or the members of these.
Kind = Literal["class", "value"]
#: The cases of each term, by IRI.
Cases = Mapping[str, frozenset[str]]


@dataclass(frozen=True, slots=True)
class Field:
    """Something that cases can be chosen by.

    `pattern` leads in SPARQL from ?case to ?term, a class or a value; `absence` does to a term that is stated to be
    absent, and is empty for what cannot be stated absent.
    """

    name: str
    kind: Kind
    of: tuple[str, ...]
    pattern: str
    absence: str = ""

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
        return dict(self._names(store, _LABELS))

    def names(self, store: Store) -> Mapping[str, str]:
        """Return the IRI of each label and synonym, letters' case and runs of blanks not counted; read once."""
        return _names_of(store, self)

    def _names(self, store: Store, queries: Mapping[Kind, str]) -> Iterator[tuple[str, str]]:
        for branch in self.of:
            yield from ((term, name) for _, term, name in store.select(queries[self.kind], branch=ITB[branch]).texts())


@once
def _names_of(store: Store, field: Field) -> Mapping[str, str]:
    return {fold(name): term for term, name in field._names(store, _NAMES)}


@once
def labels_of(store: Store, field: Field) -> Mapping[str, str]:
    """Return the labels of the terms of a field, read once."""
    return field.terms(store)


def _cases_of(pattern: str) -> str:
    return f"{PREFIX_LINES} SELECT DISTINCT ?case ?term WHERE {{ ?case a itb:Case . {pattern} }}"


def _terms(naming: str) -> dict[Kind, str]:
    """Ask for the names of what belongs to a branch: the classes below it, or its values."""
    return {
        kind: f"""{PREFIX_LINES}
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

#: The findings that a case states to be absent, or that lie below such a one.
ABSENT = Field("absent", "class", ("Finding",), "?case itb:hasAbsence/itb:absentClass ?term .")


def _statement(name: str, branch: str, link: str, absence: str = "") -> Field:
    return Field(name, "class", (branch,), f"?case {link}/a ?term .", absence)


def _of_publication(name: str, branch: str, link: str) -> Field:
    return Field(name, "value", (branch,), f"?case itb:reportedIn/{link} ?term .")


#: Every field by name, in the order in which doors show them.
FIELDS: Mapping[str, Field] = {
    field.name: field
    for field in (
        _statement("event", "TherapyEvent", "itb:hasEvent"),
        _statement("cause", "Cause", "itb:hasCause"),
        _statement("finding", "Finding", "itb:hasFinding", ABSENT.pattern),
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

#: The marks of a publication and of its record, such as retracted, partly verified, entered or abstract.
MARK = Field(
    "without",
    "value",
    ("PublicationStatus", "CitationStatus", "ReviewStatus", "Reading"),
    "?case itb:reportedIn/(itb:publicationStatus|itb:citationStatus|itb:reviewStatus|itb:readAs) ?term .",
)


def find_field(name: str) -> Field:
    """Return a field by its name, `-` and `_` alike; ParameterError, naming all of them, for any other."""
    known = name.replace("-", "_")
    if known in FIELDS:
        return FIELDS[known]
    hint = did_you_mean(get_close_matches(known, FIELDS, n=3, cutoff=0.5))
    raise ParameterError(f"cases cannot be counted by '{name}'{hint or '; there is ' + ', '.join(FIELDS)}")

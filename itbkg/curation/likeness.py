"""What can be compared of publications and of patients: titles, surnames, and the facts of a case in classes."""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from difflib import SequenceMatcher

from rdflib import URIRef

from itbkg.curation.gathered import Records
from itbkg.records import Case, Quantity, Report
from itbkg.vocabulary import Vocabulary

#: Publications further apart than this, in years, are not thought to tell of the same patients.
YEARS_APART = 2
#: Titles whose words, in order of the alphabet, are more alike than this (difflib's ratio) are similar.
SIMILAR = 0.75

Ages = tuple[Decimal, Decimal]


def folded_title(title: str) -> str:
    """Make case, accents, punctuation and blanks of a title not count."""
    letters = unicodedata.normalize("NFKD", title)
    plain = "".join(letter for letter in letters if not unicodedata.combining(letter)).casefold()
    return " ".join(re.findall(r"\w+", plain))


def similar_titles(one: str, other: str) -> bool:
    """Say whether two titles are of nearly the same words, in whatever order."""
    first, second = (" ".join(sorted(folded_title(title).split())) for title in (one, other))
    return SequenceMatcher(None, first, second, autojunk=False).ratio() >= SIMILAR


def surnames(authors: Iterable[str]) -> tuple[str, ...]:
    """Return the surnames of authors written like 'van Dijk LMM', without the initials."""
    return tuple(folded_title(re.sub(r"\s+[A-Z][A-Z-]{0,4}$", "", author)) for author in authors)


def years_near(one: int | None, other: int | None) -> bool:
    """Say whether two publications appeared within two years; a year that is not known may be any."""
    return one is None or other is None or abs(one - other) <= YEARS_APART


@dataclass(frozen=True, slots=True)
class Told:
    """A case with what two tellings of one patient would have in common; words are classes.

    `ages` are the bounds of the age in years, None where it is not given from both sides.
    """

    publication: str
    case: Case
    report: Report
    sex: URIRef | None
    ages: Ages | None
    events: frozenset[URIRef]
    causes: frozenset[URIRef]

    @property
    def name(self) -> str:
        """The case by publication and id."""
        return f"{self.publication}/{self.case.id}"

    def declared(self, other: "Told") -> bool:
        """Say whether one of two cases says what it has to do with the other."""
        pairs = ((self, other), (other, self))
        return any(two.name in (one.case.same_patient_as, *one.case.distinct_from) for one, two in pairs)


def told_cases(records: Records, vocabulary: Vocabulary) -> Iterator[Told]:
    """Yield every case of the corpus with its facts."""
    resolve = vocabulary.words.resolve
    for name, record in records.cases.items():
        for case in record.cases:
            yield Told(
                publication=name,
                case=case,
                report=record.report,
                sex=resolve(case.patient.sex, ("Sex",)).iri if case.patient.sex else None,
                ages=_ages(case.patient.age, vocabulary),
                events=frozenset(resolve(event, ("TherapyEvent",)).iri for event in case.events),
                causes=frozenset(resolve(link.cause, ("Cause",)).iri for link in case.causes),
            )


def _ages(age: Quantity | None, vocabulary: Vocabulary) -> Ages | None:
    if age is None or age.minimum is None or age.maximum is None:
        return None
    low, high = (vocabulary.units.convert(end, age.unit, "a") for end in (age.minimum, age.maximum))
    return low, high

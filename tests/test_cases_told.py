"""One case as it is told: complete as data, readable as text, and kept as it was."""

from collections.abc import Iterator
from dataclasses import asdict
from typing import Any

import pytest
from pydantic import BaseModel

from itbkg.cases import list_cases, list_publications, tell_case, tell_publication
from itbkg.cases.readable import readable_age, readable_months, readable_quantity, readable_time
from itbkg.cases.wording import sentences
from itbkg.curation import read_publications
from itbkg.errors import NotFoundError
from itbkg.records.place import PlaceValue
from itbkg.records.quantity import QuantityValue
from itbkg.store import Store
from itbkg.vocabulary import Vocabulary
from tests.conftest import FICTIONAL
from tests.write_told import CASES, TOLD, told_path, told_text

#: Where the words of a case are looked up.
BRANCHES = (
    *(
        "Finding",
        "Cause",
        "TherapyEvent",
        "Measurement",
        "Treatment",
        "TreatmentResponse",
        "Investigation",
        "Diagnosis",
    ),
    *("DiagnosisStatus", "Delay", "Outcome", "UnderlyingCondition", "Certainty", "Basis", "Route", "Severity", "Clock"),
    *("Approach", "PumpModel", "Sex", "Reading", "ReviewStatus", "CitationStatus", "PublicationStatus"),
)


@pytest.mark.parametrize("case", CASES)
def test_a_case_is_told_as_it_was(case: str, store: Store) -> None:
    """The text would change and nobody would have read it: 'python -m tests.write_told', then read what changed."""
    assert told_text(store, case) == told_path(case).read_text("utf-8")


def test_no_old_telling_is_kept() -> None:
    """A file would look as if it were held against anything."""
    assert {path.name for path in TOLD.iterdir()} == {told_path(case).name for case in CASES}


#: Keys whose values an account tells as numbers of hours or months, or not at all.
NUMBERS = ("at", "implanted_before", "id", "format")


def stated(value: Any) -> Iterator[str]:
    """Yield every text, word, quantity and place of a part of a record."""
    if isinstance(value, QuantityValue):
        yield value.text
    elif isinstance(value, PlaceValue | str):
        yield str(value)
    elif isinstance(value, BaseModel):
        for name in type(value).model_fields:
            if name not in NUMBERS:
                yield from stated(getattr(value, name))
    elif isinstance(value, dict):
        yield from (text for pair in value.items() for text in pair)
    elif isinstance(value, tuple):
        yield from (text for one in value for text in stated(one))


def told(value: Any) -> Iterator[str]:
    """Yield every text of an account."""
    if isinstance(value, dict):
        yield from (text for one in value.values() for text in told(one))
    elif isinstance(value, tuple | list):
        yield from (text for one in value for text in told(one))
    elif isinstance(value, str):
        yield value


def test_an_account_holds_all_that_a_record_states(store: Store, vocabulary: Vocabulary) -> None:
    """A fact of the record would be lost to whoever reads a case as JSON."""
    records = read_publications(FICTIONAL.glob("*.yaml"), vocabulary)
    for publication, record in records.items():
        for case in record.cases:
            texts = {text.casefold() for text in told(asdict(tell_case(store, f"{publication}/{case.id}")))}
            texts |= {text.removeprefix("no ") for text in texts} | {", ".join(record.report.authors).casefold()}
            texts |= {author.casefold() for author in record.report.authors}
            for text in (*stated(case), *stated(record.report)):
                terms = (vocabulary.words.find(text, (branch,)) for branch in BRANCHES)
                names = {text.casefold(), *(term.label.casefold() for term in terms if term)}
                assert names & texts, (publication, text)


def test_what_is_shown_stands_once_in_the_text_and_wholly_in_the_data(store: Store) -> None:
    """A reader would take one finding for two, or a script would miss one."""
    account = tell_case(store, "roe-1902/1")
    assert [entry.label for entry in account.course if entry.kind == "absent"] == ["no epileptiform EEG"]
    assert told_text(store, "roe-1902/1").count("no epileptiform EEG") == 1


def test_an_unknown_case_names_the_nearest(store: Store) -> None:
    """A typing slip would lead nowhere."""
    with pytest.raises(NotFoundError) as raised:
        tell_case(store, "doe-1910/1")
    assert raised.value.nearest[0] == "doe-1901/1"


def test_publications_hold_every_case_once(store: Store) -> None:
    """A case would be missing from the publication that tells it, or stand under two."""
    publications = list_publications(store)
    assert sorted(row.id for one in publications for row in one.cases) == sorted(row.id for row in list_cases(store))
    assert [one.reference.id for one in publications] == sorted(one.reference.id for one in publications)
    assert len(publications) == store.manifest.publications


def test_a_publication_says_how_it_was_read(store: Store) -> None:
    """A retracted report, or one known by hearsay, would look like any other."""
    retracted, hearsay = (tell_publication(store, name).reference for name in ("moe-1904", "voe-1905"))
    assert (retracted.status, retracted.citation, retracted.review) == ("retracted", "partly verified", "entered")
    assert (hearsay.read_as, hearsay.secondary_source) == ("secondary source", "A review of invented cases")
    with pytest.raises(NotFoundError, match="did you mean 'voe-1905' or 'moe-1904'"):
        tell_publication(store, "moe-1905")


# --- values as people read them ------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("107 [degF]", "107 °F"),
        ("39.0 Cel", "39.0 °C"),
        ("6 {score}", "6"),
        ("0.9..1.1 {INR}", "0.9 to 1.1"),
        ("<400 mL/d", "<400 mL/d"),
        ("85 mm[Hg]", "85 mmHg"),
        ("12.2 10*3/uL", "12.2 ×10³/µL"),
    ],
)
def test_a_quantity_reads_as_it_is_said(text: str, expected: str) -> None:
    """A reader would stumble over the codes of the units, or a value would change."""
    assert readable_quantity(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("24 a", "24 years"),
        ("1 a", "1 year"),
        ("8 mo", "8 months"),
        ("16..18 a", "16 to 18 years"),
        ("<18 a", "under 18 years"),
        (">=18 a", "at least 18 years"),
        (">89 a", "over 89 years"),
        ("<= 2 a", "at most 2 years"),
    ],
)
def test_an_age_reads_as_it_is_said(text: str, expected: str) -> None:
    """The bound of an age would be lost or turned round."""
    assert readable_age(text) == expected


@pytest.mark.parametrize(
    ("months", "expected"), [(1, "1 month"), (18, "18 months"), (24, "2 years"), (56, "56 months")]
)
def test_months_read_as_years_where_they_are_whole(months: float, expected: str) -> None:
    """A time since implantation would be rounded."""
    assert readable_months(months) == expected


@pytest.mark.parametrize(
    ("earliest", "latest", "day", "expected"),
    [
        (None, None, None, ""),
        (0.0, 48.0, 3, "day 3"),
        (-72.0, -24.0, None, "-72 to -24 h"),
        (6.0, 6.0, None, "6 h"),
        (24.0, 504.0, None, "1 to 21 d"),
        (504.0, 504.0, None, "3 wk"),
        (4383.0, 4383.0, None, "6 mo"),
        (24.0, None, None, "from 24 h"),
        (None, 0.0, None, "until 0 h"),
        (0.166667, 0.166667, None, "10 min"),
        (0.166667, 2.0, None, "10 to 120 min"),
        (0.5, 2.0, None, "0.5 to 2 h"),
        (100 / 3, 40.0, None, "33.33 to 40 h"),
    ],
)
def test_a_time_reads_as_it_is_said(
    earliest: float | None, latest: float | None, day: int | None, expected: str
) -> None:
    """An open end of a window would look like the whole of it."""
    assert readable_time(earliest, latest, day) == expected


def test_sentences_are_joined_once() -> None:
    """Two full stops would stand together, or a sentence begin small."""
    assert sentences("fever", "", "at night.", "the unit is odd") == "fever. At night. The unit is odd"

"""Privacy: every kind of trace is found wherever a record can hold text, and what only looks like one passes."""

import datetime
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rdflib import RDFS, SKOS

from itbkg.curation import read_publication
from itbkg.curation.form import check_form
from itbkg.curation.kinds import kind_of
from itbkg.curation.nodes import Node, read_nodes
from itbkg.curation.privacy import free_texts
from itbkg.curation.traces import Kind, Seeker, Trace
from itbkg.errors import Problem, RecordError
from itbkg.records import Quantity, Sourced
from itbkg.records.parts import Record
from itbkg.records.quantity import parse_quantity
from itbkg.records.words import FindingWord, Text
from itbkg.vocabulary import Vocabulary
from itbkg.vocabulary.words import fold
from tests.conftest import FICTIONAL, PROJECT

#: A text with a trace, and what must be named of it.
PLANTED: dict[Kind, tuple[tuple[str, str], ...]] = {
    Kind.DATE: (
        ("She came on 2004-05-06 with fever", "2004-05-06"),
        ("read out 2004/5/6", "2004/5/6"),
        ("seen 2004-05-06. L sided", "2004-05-06"),
        ("seen 6 May 2004", "6 May 2004"),
        ("seen 6th of May, 2004", "6th of May, 2004"),
        ("seen on May 6, 2004.", "May 6, 2004"),
        ("on May 6th the pump stopped", "May 6th"),
        ("on 6 May the pump stopped", "6 May"),
        ("on 06-May-04", "06-May-04"),
        ("on 06MAY2004", "06MAY2004"),
        ("on 6 may 2004", "6 may 2004"),
        ("refilled 05/06/04", "05/06/04"),
        ("refilled 31/12/2004", "31/12/2004"),
        ("refilled 12-31-04", "12-31-04"),
        ("refilled 6.5.2004", "6.5.2004"),
        ("refilled 6. 5. 2004", "6. 5. 2004"),
        ("refilled 04-05-31", "04-05-31"),
        ("refilled 2004–05–06", "2004-05-06"),
        ("refilled 20040506 at home", "20040506"),
        ("implanted in May 2013", "in May 2013"),
        ("implanted in May of 2013", "in May of 2013"),
        ("implanted Sept. 2013", "Sept. 2013"),
        ("implanted in may 2013", "may 2013"),
        ("implanted DEC 2013", "DEC 2013"),
        ("implanted May '13", "May '13"),
        ("implanted 05/2013", "05/2013"),
        ("implanted 2013-05", "2013-05"),
        ("implanted in May", "in May"),
        ("refilled last March", "last March"),
        ("mid-May", "mid-May"),
        ("the August refill was missed", "August"),
        ("Oct 3", "Oct 3"),
        ("on Christmas Eve the alarm sounded", "Christmas"),
    ),
    Kind.YEAR: (
        ("implanted in 2013", "2013"),
        ("since 1998 she had a pump", "1998"),
        ("(1998-2004)", "1998"),
        ("In 2004, 2 mg were given", "2004"),
        ("raised in 1999 to 2000 ug/d", "1999"),
        ("a pump of 2100", "2100"),
        ("in the 1990s", "1990s"),
        ("in '98", "in '98"),
        ("2013", "2013"),
    ),
    Kind.PHONE: (
        ("reached at +44 20 7946 0958", "+44 20 7946 0958"),
        ("(412) 555-0134", "(412) 555-0134"),
        ("412-555-0134", "412-555-0134"),
        ("412.555.0134", "412.555.0134"),
        ("Fax: 5550134", "Fax: 5550134"),
        ("tel. 020 7946 0958", "tel. 020 7946 0958"),
        ("the number 0412/555013 was given", "0412/555013"),
        ("pager 4711", "pager 4711"),
        ("he rang; call 555-0134", "call 555-0134"),
    ),
    Kind.MAIL: (
        ("write to jane.doe@example.org", "jane.doe@example.org"),
        ("JANE+itb@mail.example.co.uk", "JANE+itb@mail.example.co.uk"),
        ("jane (at) example.org", "jane (at) example.org"),
        ("jane [at] example [dot] org", "jane [at] example [dot] org"),
    ),
    Kind.WEB: (
        ("see https://example.org/jane", "https://example.org/jane"),
        ("see www.example.org", "www.example.org"),
        ("see blog.example.com/jane-doe", "blog.example.com/jane-doe"),
        ("ftp://example.net/x", "ftp://example.net/x"),
    ),
    Kind.NAME: (
        ("J.D. was admitted", "J.D"),
        ("the patient (J. D.) was admitted", "J. D"),
        ("patient AB was admitted", "patient AB"),
        ("The boy, JQ, was hot", "boy, JQ"),
        ("Mr. K fell", "Mr. K"),
        ("Mrs Doe fell", "Mrs Doe"),
        ("refilled by Dr. Roe", "Dr. Roe"),
        ("a boy named Timothy", "boy named Timothy"),
        ("her initials were QX", "initials were QX"),
    ),
    Kind.INSTITUTION: (
        ("taken to the University Hospital of Smallville", "University Hospital of Smallville"),
        ("St. Mary's Hospital", "St. Mary's Hospital"),
        ("at St Mary's hospital", "St Mary's hospital"),
        ("Guy's and St Thomas' Hospital", "Guy's and St Thomas' Hospital"),
        ("seen at Mercy Medical Center", "Mercy Medical Center"),
        ("seen at the Klinikum Rechts der Isar", "Klinikum Rechts"),
        ("the Universitätsklinikum took over", "Universitätsklinikum"),
        ("CHU Pontchaillou", "CHU Pontchaillou"),
        ("the Mayo clinic", "Mayo clinic"),
        ("Leeds General Infirmary", "Leeds General Infirmary"),
        ("the University of Somewhere", "University of Somewhere"),
        ("Department of Neurosurgery, Hôpital Raymond", "Department of Neurosurgery"),
        ("The Walton Centre NHS Foundation Trust", "The Walton Centre NHS Foundation Trust"),
        ("Ospedale Maggiore", "Ospedale Maggiore"),
        ("Johns Hopkins", "Johns Hopkins"),
    ),
    Kind.PLACE: (
        ("flown from Pittsburgh", "Pittsburgh"),
        ("Pittsburgh's doctors", "Pittsburgh's"),
        ("a Pittsburgh-based nurse", "Pittsburgh-based"),
        ("she lives in Salt Lake City", "Salt Lake City"),
        ("in Smalltown, OH", "in Smalltown, OH"),
        ("near Smalltown, PA 15213", "near Smalltown, PA 15213"),
        ("in Pennsylvania", "Pennsylvania"),
        ("from São Paulo", "São Paulo"),
        ("from Sao Paulo", "Sao Paulo"),
        ("from Dodge City", "Dodge City"),
        ("Allegheny County", "Allegheny County"),
        ("the city of Smallville", "city of Smallville"),
        ("12 Main Street", "12 Main Street"),
        ("a home in New South Wales", "New South Wales"),
    ),
    Kind.NUMBER: (
        ("MRN 12345", "MRN 12345"),
        ("MRN: 00-12-345", "MRN: 00-12-345"),
        ("medical record number 44871", "medical record number 44871"),
        ("hospital no. H4711", "hospital no. H4711"),
        ("pump serial no. NGP123456H", "serial no. NGP123456H"),
        ("the pump NGP123456H", "NGP123456H"),
        ("S/N 4711-22", "S/N 4711-22"),
        ("lot number A123", "lot number A123"),
        ("NHS number 943 476 5919", "NHS number 943 476 5919"),
        ("078-05-1120", "078-05-1120"),
        ("case file #8812", "case file #8812"),
        ("insurance number was 12-3456", "insurance number was 12-3456"),
        ("known as 123456789", "123456789"),
    ),
    Kind.AGE: (
        ("a 92-year-old man", "92-year-old"),
        ("93 years old", "93 years old"),
        ("aged 95", "aged 95"),
        ("at the age of 104 years", "age of 104 years"),
        ("91 y/o", "91 y/o"),
        ("a ninety-two-year-old woman", "ninety-two-year-old"),
        ("a woman of 94, deaf", "woman of 94"),
        ("a man of 94 years", "man of 94 years"),
        ("aged 60 to 92 years", "aged 60 to 92"),
        ("a nonagenarian", "nonagenarian"),
        ("in her nineties", "her nineties"),
        ("she was 93 and lived alone", "she was 93"),
    ),
}

#: Texts that hold none of these, though something in them comes near.
INNOCENT = (
    "2000 ug",
    "from 1950 to 2050 ug/d",
    "1950..2000 ug/mL, then 2400 ug a day",
    "birth weight 2004 g",
    "a creatine kinase of 2013 U/L",
    "12.2 K/UL and 1990 mcg/mL",
    "a temperature of 107 °F (41.67 °C)",
    "blood pressure 85/45, then 110/70 mm[Hg]",
    "C5-C6, T8 and L2 to L3",
    "SynchroMed II 8637-40",
    "grade 4/5, Ashworth 1-2, 5/6",
    "10-20-30 ug",
    "PMID 20040506, doi 10.1186/1752-1947-4-294, PMC2004050",
    "Glasgow coma scale 6",
    "Glasgow Coma Scale of 3",
    "she may have 5 of them, and they march on",
    "May be given again; March fracture",
    "Hospital day 3, then another hospital",
    "The local hospital sent him to a University Hospital",
    "At the Children's Hospital; General hospital",
    "Hospital Course, 2",
    "an American hospital and the ITB Clinic",
    "the patient ICU stay, patient MRI, a child CT",
    "patient A and patient B",
    "E. coli and S. aureus",
    "a vial sold in the U.S. and given T.I.D.",
    "an 89-year-old woman, a man aged 9",
    "aged 95 days; 92 kg; 90 days; 315 years of experience",
    "92 beats, 95 %, age 8.95",
    "after 100 hours and 120 weeks",
    "from the reservoir, at 2.5 cm",
    "version 1.2",
    "pump 2, lot of fluid, serial scans of 12 levels",
    "150-2000 ug",
    "4-8 mg every 4 h",
    "0.02 ug/mL (normal 0.08..0.4)",
    "130-400 K/UL",
    "10*3/uL; 12 345 cells",
    "in Spain, MRI was done; with sepsis, MI and PE",
    "the second of five, the last of seven",
    "Chiari, Foley, Babinski and Parkinson",
    "Medtronic analysed it; Lioresal was given",
    "Escherichia and Staphylococcus",
)

MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)
#: Any text; control characters, which no record may hold, apart.
anything = st.text(alphabet=st.characters(codec="utf-8", exclude_categories=("Cs", "Cc", "Cf")), max_size=40)


def written(date: datetime.date) -> tuple[str, ...]:
    """Write a date, or its month and year, in every usual way."""
    day, month, year, name = date.day, date.month, date.year, MONTHS[date.month - 1]
    return (
        f"{year}-{month:02}-{day:02}",
        f"{year}/{month}/{day}",
        f"{year}{month:02}{day:02}",
        f"{day:02}/{month:02}/{year}",
        f"{month}/{day}/{year}",
        f"{day}.{month}.{year}",
        f"{day}. {month}. {year}",
        f"{day}.{month}.{year % 100:02}",
        f"{month:02}-{day:02}-{year % 100:02}",
        f"{day} {name} {year}",
        f"{day}th of {name}, {year}",
        f"{name} {day}, {year}",
        f"{name} {day}",
        f"{day} {name[:3]} {year}",
        f"{name[:3]}. {day}, {year}",
        f"{day:02}-{name[:3]}-{year % 100:02}",
        f"{day:02}{name[:3].upper()}{year}",
        f"{name.upper()} {year}",
        f"{name.lower()} {year}",
        f"{name} '{year % 100:02}",
        f"{month:02}/{year}",
        f"{year}-{month:02}",
    )


@pytest.fixture(scope="module")
def seeker(vocabulary: Vocabulary) -> Seeker:
    """Make the seeker that reading a record uses."""
    return Seeker.of(vocabulary)


def record_with(old: str, new: str, tmp_path: Path) -> Path:
    """Write a fictional record with one text changed."""
    path = tmp_path / "doe-1901.yaml"
    text = (FICTIONAL / path.name).read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), "utf-8")
    return path


def problems_of(path: Path, vocabulary: Vocabulary) -> list[Problem]:
    """Read a record and return what is wrong with it."""
    with pytest.raises(RecordError) as refused:
        read_publication(path, vocabulary)
    return list(refused.value.problems)


@pytest.mark.parametrize(
    ("kind", "text", "named"), [(kind, *planted) for kind, texts in PLANTED.items() for planted in texts]
)
def test_a_planted_trace_is_found_and_named(kind: Kind, text: str, named: str, seeker: Seeker) -> None:
    """A date, a name ... of a patient would be published."""
    assert Trace(kind, named) in seeker.find(text)


def test_every_kind_is_planted() -> None:
    """A kind was added that no test plants."""
    assert set(PLANTED) == set(Kind)


@pytest.mark.parametrize("text", INNOCENT)
def test_what_comes_near_passes(text: str, seeker: Seeker) -> None:
    """A curator would be told to mend what is right."""
    assert seeker.find(text) == ()


@given(anything, anything, st.dates(datetime.date(1901, 1, 1), datetime.date(2100, 12, 31)), st.integers(0, 21))
def test_a_date_is_found_in_any_text(
    vocabulary: Vocabulary, before: str, after: str, date: datetime.date, form: int
) -> None:
    """What stands before or after a date would hide it."""
    found = Seeker.of(vocabulary).find(f"{before} on {written(date)[form]}. {after}")
    assert Kind.DATE in {trace.kind for trace in found}


@given(anything, anything, st.integers(1900, 2100), st.sampled_from(["in", "since", "during", "(", "the year"]))
def test_a_year_is_found_in_any_text(vocabulary: Vocabulary, before: str, after: str, year: int, preceded: str) -> None:
    """What stands before or after a year would hide it."""
    found = Seeker.of(vocabulary).find(f"{before} {preceded} {year}; {after}")
    assert {trace.kind for trace in found} & {Kind.YEAR, Kind.DATE}


@given(st.integers(1900, 2100), st.integers(1, 500), st.sampled_from(["-", "..", " to ", "/"]))
def test_a_quantity_is_no_year(vocabulary: Vocabulary, number: int, more: int, joint: str) -> None:
    """A dose of 2000 ug would be refused."""
    seeker = Seeker.of(vocabulary)
    for code in ("ug/d", "ug", "mg", "U/L", "g", "%"):
        assert seeker.find(f"from {number}{joint}{number + more} {code}, then {number} {code}") == ()


@given(st.integers(90, 129), st.sampled_from(["a {}-year-old man", "aged {}", "{} years old", "at age {} he", "{} yo"]))
def test_an_age_above_89_is_found(vocabulary: Vocabulary, age: int, form: str) -> None:
    """The oldest could be recognised (45 CFR 164.514(b)(2)(i)(C))."""
    seeker = Seeker.of(vocabulary)
    assert [trace.kind for trace in seeker.find(form.format(age))] == [Kind.AGE]
    assert seeker.find(form.format(age - 80)) == ()


#: A text of the fictional record, and the field of the problem where it is changed.
TEXTS = (
    ("title: A woman whose stiffness came back overnight", "title: A woman of Boston", "cases[1].title"),
    ("A forty-year-old woman", "In Boston a forty-year-old woman", "cases[1].narrative"),
    ("A forty-year-old woman", "It rained in 1999. A forty-year-old woman", "cases[1].narrative"),
    ("certainty: probable", "certainty: probable\n        detail: See www.example.org", "cases[1].causes[1].detail"),
    ("      where: Case, 1\n", "      where: Boston course, 1\n", "cases[1].patient.where"),
    ("event_where: Abstract", "event_where: Boston", "cases[1].event_where"),
    ("clock:", "circumstances: [Rain, Boston]\n    clock:", "cases[1].circumstances[2]"),
    ("certainty: probable", "certainty: probable\n        detail: In Boston", "cases[1].causes[1].detail"),
    ("printed: 39.0 °C", "printed: Boston", "cases[1].course[4].printed"),
    ("value: 500 U/L", "value: 500 U/L\n        discrepancy: Boston", "cases[1].course[6].discrepancy"),
    ("at: 14 h", "at: 14 h\n        id: mrn-1234567", "cases[1].course[9].id"),
    ("at: 3 d", "at: 3 d, detail: Home to Boston", "cases[1].outcomes[1].detail"),
    ("review: checked", "review: checked\n  note: Written in Boston", "report.note"),
    ("review: checked", "secondary_source: A Boston paper\n  review: checked", "report.secondary_source"),
    ("journal: Journal of Invented Cases", "license: as in Boston", "report.license"),
    ("journal: Journal of Invented Cases", "journal: call 412-555-0134", "report.journal"),
    ("An invented report", "On 6 May 1970 a report", "report.title"),
    ("authors: [Doe J]", "authors: [Doe J, doe@example.org]", "report.authors[2]"),
)


@pytest.mark.parametrize(
    ("old", "new", "field"), TEXTS, ids=[f"{field} {number}" for number, (_, _, field) in enumerate(TEXTS)]
)
def test_every_text_of_a_record_is_searched(
    old: str, new: str, field: str, vocabulary: Vocabulary, tmp_path: Path
) -> None:
    """A trace would be published from a corner that nobody thought of."""
    path = record_with(old, new, tmp_path)
    (problem,) = [one for one in problems_of(path, vocabulary) if "reads as" in one.message]
    assert problem.field == field
    assert problem.mend
    key = field.rsplit(".", maxsplit=1)[-1].split("[", maxsplit=1)[0]
    assert f"{key}:" in path.read_text("utf-8").splitlines()[problem.line - 1]


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("An invented report", "Baclofen in Boston, 1970, a report from Mercy Hospital on a 92-year-old"),
        ("authors: [Doe J]", "authors: [Boston J, Mercy Hospital of Smallville]"),
        ("Journal of Invented Cases", "Boston Journal of Mercy Hospital, 1971"),
        ("journal: Journal of Invented Cases", 'volume: "2004"\n  issue: "05/2004"\n  pages: 2004-2005'),
        ("journal: Journal of Invented Cases", "doi: 10.1000/6-May-2004.412-555-0134"),
        ("journal: Journal of Invented Cases", "url: https://example.org/boston/2004/05/06?patient=AB"),
        (
            "review: checked",
            "review: checked\n  note: Its list of references ends in 1970; see https://example.org/1970",
        ),
    ],
)
def test_a_citation_may_name_what_it_must(old: str, new: str, vocabulary: Vocabulary, tmp_path: Path) -> None:
    """A publication could not be cited."""
    assert read_publication(record_with(old, new, tmp_path), vocabulary)


@pytest.mark.parametrize(
    ("note", "passes"),
    [
        ("The account of 1999 was not seen.", True),
        ("A poster dates from 1999; the patient is the same.", True),
        ("Patients implanted in 1999 and later.", True),
        ("The patient came in 1999.", False),
        ("He had a pump since 1999.", False),
        ("Admitted in 1999.", False),
        ("A child was born in 1999; the report followed.", False),
        ("The report of May 1999 was not seen.", False),
    ],
)
def test_a_year_in_a_note_is_a_documents_unless_its_sentence_speaks_of_a_person(
    note: str, *, passes: bool, vocabulary: Vocabulary, tmp_path: Path
) -> None:
    """A year of a patient's life would slip through the note, or a note could not name another paper."""
    path = record_with("review: checked", f'review: checked\n  note: "{note}"', tmp_path)
    if passes:
        assert read_publication(path, vocabulary)
    else:
        assert [problem.field for problem in problems_of(path, vocabulary)] == ["report.note"]


def test_comments_are_searched(vocabulary: Vocabulary, tmp_path: Path) -> None:
    """What a curator notes beside a line would be published with the file."""
    path = record_with("    course:\n", "    course:  # refilled by Dr. Roe\n      # in May 2004\n", tmp_path)
    problems = problems_of(path, vocabulary)
    assert [problem.message for problem in problems] == [
        "in the comment: 'Dr. Roe' reads as a person's name or initials.",
        "in the comment: 'in May 2004' reads as a calendar date.",
    ]
    assert [problem.line for problem in problems] == sorted(problem.line for problem in problems)


def test_a_new_field_is_searched_on_the_day_it_is_added() -> None:
    """The list of what is searched would have to be kept by hand, and would be forgotten."""

    class Rumour(Record):
        heard: dict[str, Text]

    class Richer(Sourced):
        rumours: tuple[Rumour, ...]
        finding: FindingWord
        dose: Quantity | None = None
        others: tuple[FindingWord, ...] = ()
        responses: dict[FindingWord, FindingWord]

    given = Richer.model_validate(
        {
            "where": "Case",
            "rumours": [{"heard": {"a nurse": "his name"}}],
            "finding": "seizure",
            "dose": "2000 ug",
            "others": ["fever"],
            "responses": {"coma": "fever"},
        }
    )
    found = {free.keys: free.text for free in free_texts(given)}
    assert found == {
        ("rumours", 0, "heard", "a nurse", 0): "a nurse",
        ("rumours", 0, "heard", "a nurse", 1): "his name",
        ("where",): "Case",
    }


@pytest.mark.parametrize("path", sorted(FICTIONAL.rglob("*.yaml")), ids=lambda path: path.stem)
def test_no_text_of_a_file_escapes(path: Path, vocabulary: Vocabulary) -> None:
    """A text of a file would be neither searched nor held against the ontology."""
    root = read_nodes(path, path.name)
    record, _ = check_form(root, path.name, vocabulary, kind_of(root).form)
    assert record is not None
    searched = {free.text for free in free_texts(record)}
    labels = {
        fold(str(name)) for naming in (RDFS.label, SKOS.altLabel) for name in vocabulary.graph.objects(None, naming)
    }
    for text in scalars(root):
        assert text.strip() in searched or fold(text) in labels or parse_quantity(text), text


def scalars(node: Node) -> Iterator[str]:
    """Yield every text below a node, keys that are words of the ontology included."""
    if isinstance(node.value, str):
        yield node.value
    elif isinstance(node.value, list):
        for item in node.value:
            yield from scalars(item)
    elif isinstance(node.value, dict):
        for item in node.value.values():
            yield from scalars(item)


def test_the_lists_are_in_order() -> None:
    """A name would stand twice, or not be found again."""
    folder = PROJECT / "itbkg" / "curation"
    for name in ("places.txt", "innocent.tsv", "unnamed.txt"):
        lines = [line for line in (folder / name).read_text("utf-8").splitlines() if not line.startswith("#")]
        assert lines == sorted(set(lines))
    assert all(line.count("\t") == 1 for line in (folder / "innocent.tsv").read_text("utf-8").splitlines()[1:])

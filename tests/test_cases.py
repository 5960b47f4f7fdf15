"""Choosing and counting cases: what each condition means, and laws that hold for any of them."""

import csv
import io
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from itbkg.cases import FIELDS, SORTS, WORDS, CaseRow, Wanted, choose_cases, count_cases, list_cases
from itbkg.cases.fields import ABSENT
from itbkg.cases.filters import read_years
from itbkg.cases.names import id_order
from itbkg.cases.persons import first_tellings
from itbkg.cases.sheet import CASE_COLUMNS, FACET_COLUMNS, case_cells, facet_cells
from itbkg.errors import NotFoundError, ParameterError, UnknownWordError
from itbkg.sheet import safe_cell, to_csv, to_tsv
from itbkg.store import Store

LAWS = settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


def ids(store: Store, wanted: Wanted) -> list[str]:
    """Choose, and name the cases."""
    return [row.id for row in choose_cases(store, wanted).rows]


def by(**words: str | tuple[str, ...]) -> Wanted:
    """Want cases by words, one condition or several for a name."""
    return Wanted({name: (given,) if isinstance(given, str) else given for name, given in words.items()})


# --- what a condition means ------------------------------------------------------------------


#: A condition, a word, and the cases that it chooses.
CHOICES: list[tuple[str, str, list[str]]] = [
    ("event", "overdose", ["poe-1903/1", "roe-1902/1", "roe-1902/2"]),
    ("event", "event of too little baclofen", ["doe-1901/1", "moe-1904/1", "poe-1903/2", "voe-1905/1"]),
    ("cause", "catheter-related cause", ["moe-1904/1", "poe-1903/2", "voe-1905/1"]),
    ("cause", "Catheter  KINK", ["poe-1903/2", "voe-1905/1"]),
    ("cause", "itb:CatheterKink", ["poe-1903/2", "voe-1905/1"]),
    ("finding", "seizure", ["poe-1903/2"]),
    ("finding", "thrombocytopenia", []),
    ("finding", "hypotension", ["roe-1902/1"]),
    ("absent", "seizure", ["doe-1901/1", "poe-1903/1"]),
    ("absent", "status epilepticus", ["doe-1901/1", "poe-1903/1"]),
    ("absent", "seizure-related finding", []),
    ("not_reported", "seizure", ["moe-1904/1", "roe-1902/1", "roe-1902/2", "voe-1905/1", "voe-1905/2"]),
    ("measurement", "body temperature", ["doe-1901/1", "poe-1903/2"]),
    ("investigation", "catheter contrast study", ["poe-1903/2"]),
    ("considered", "meningitis", ["doe-1901/1"]),
    ("treatment", "oral baclofen", ["doe-1901/1", "poe-1903/2"]),
    ("response", "lack of benefit", ["doe-1901/1", "poe-1903/1", "poe-1903/2"]),
    ("outcome", "death", ["moe-1904/1", "poe-1903/2", "roe-1902/2", "voe-1905/1"]),
    ("condition", "stroke", ["voe-1905/2"]),
    ("age_group", "child", ["poe-1903/2", "roe-1902/2", "voe-1905/1"]),
    ("sex", "female", ["doe-1901/1", "poe-1903/1", "roe-1902/2", "voe-1905/2"]),
    ("read_as", "secondary source", ["voe-1905/1", "voe-1905/2"]),
    ("review", "checked", ["doe-1901/1", "poe-1903/1", "poe-1903/2"]),
    ("citation", "partly verified", ["moe-1904/1", "voe-1905/1", "voe-1905/2"]),
    ("status", "retracted", ["moe-1904/1"]),
    (
        "without",
        "retracted, secondary source",
        ["doe-1901/1", "poe-1903/1", "poe-1903/2", "roe-1902/1", "roe-1902/2"],
    ),
]


@pytest.mark.parametrize(("name", "word", "expected"), CHOICES)
def test_a_word_chooses_the_cases_that_have_it(store: Store, name: str, word: str, expected: list[str]) -> None:
    """A condition would look at another part of the case, or pass over a class below or above."""
    assert ids(store, by(**{name: word})) == expected


def test_every_name_of_a_condition_is_tried_above() -> None:
    """A condition was added that nobody tries."""
    assert {name for name, _, _ in CHOICES} == set(WORDS)


@pytest.mark.parametrize(
    ("wanted", "expected"),
    [
        (Wanted(years="1972"), ["moe-1904/1", "poe-1903/1", "poe-1903/2"]),
        (Wanted(years="1973.."), ["voe-1905/1", "voe-1905/2"]),
        (Wanted(years="..1971"), ["doe-1901/1", "roe-1902/1", "roe-1902/2"]),
        (Wanted(years="1974..1980"), []),
        (Wanted(text=["LAY in a COMA"]), ["roe-1902/2"]),
        (Wanted(text=["kinked catheter"]), ["voe-1905/1"]),
        (Wanted(text=["cerebral palsy", "died"]), ["poe-1903/2", "roe-1902/2", "voe-1905/1"]),
        (
            by(outcome="death, recovery to baseline"),
            ["moe-1904/1", "poe-1903/1", "poe-1903/2", "roe-1902/2", "voe-1905/1"],
        ),
        (by(finding=("fever", "seizure")), ["poe-1903/2"]),
        (by(treatment="oral baclofen", response="unchanged"), ["doe-1901/1"]),
        (by(treatment="oral baclofen, cooling", response="unchanged"), ["doe-1901/1", "poe-1903/2"]),
        (by(treatment=("oral baclofen", "cooling"), response="unchanged"), []),
        (Wanted({"outcome": ("death",)}, distinct_patients=True), ["moe-1904/1", "poe-1903/2", "roe-1902/2"]),
    ],
)
def test_conditions_together(store: Store, wanted: Wanted, expected: list[str]) -> None:
    """And would be or, or a response would be taken from another treatment than the one that is asked for."""
    assert ids(store, wanted) == expected


def test_the_numbers_say_out_of_how_many(store: Store) -> None:
    """A number would stand without its N, or a person who is told of twice would count as two."""
    chosen = choose_cases(store, by(outcome="death", cause="catheter kink"))
    assert (chosen.total, chosen.of, chosen.patients) == (2, store.manifest.cases, 1)
    assert [(one.name, one.given, one.cases) for one in chosen.page().conditions] == [
        ("cause", "catheter kink", 2),
        ("outcome", "death", 4),
    ]


def test_marked_cases_are_there_and_say_so(store: Store) -> None:
    """A retracted report would be lost without a word, or be taken for any other."""
    rows = {row.id: row for row in list_cases(store)}
    assert len(rows) == store.manifest.cases
    assert rows["moe-1904/1"].status == "retracted"
    assert (rows["voe-1905/1"].same_patient_as, rows["poe-1903/2"].told_again_in) == (("poe-1903/2",), ("voe-1905/1",))


def test_a_list_shows_causes_in_the_order_of_their_chain(store: Store) -> None:
    """What came first would stand last."""
    rows = {row.id: row for row in list_cases(store)}
    assert rows["doe-1901/1"].causes == ("missed refill", "empty reservoir")
    assert rows["doe-1901/1"].causal_paths == (("missed refill", "empty reservoir", "withdrawal"),)
    assert (rows["voe-1905/2"].causes, rows["voe-1905/2"].outcomes) == ((), ())


@pytest.mark.parametrize(
    ("given", "expected"),
    [("2004", (2004, 2004)), (" 2000..2010 ", (2000, 2010)), ("2000..", (2000, 9999)), ("..2010", (0, 2010))],
)
def test_years_are_read(given: str, expected: tuple[int, int]) -> None:
    """An end of a range would be left out or taken for the other."""
    assert read_years(given) == expected


@pytest.mark.parametrize(
    "given", ["", "..", "20", "2000-2010", "2010..2000", "20002010", "2000...2010", "\u0662\u0660\u0660\u0664"]
)
def test_what_are_no_years_is_said(given: str) -> None:
    """A slip would choose no case, or all."""
    with pytest.raises(ParameterError, match=r"write it like|earlier year first") as raised:
        read_years(given)
    assert raised.value.parameter == "year"


@pytest.mark.parametrize(
    ("wanted", "error", "said", "about"),
    [
        (by(cause="cathter kink"), UnknownWordError, "no known cause; did you mean 'catheter kink'", "cause"),
        (by(cause="kink"), UnknownWordError, "did you mean 'catheter kink'", "cause"),
        (by(finding="oral baclofen"), UnknownWordError, "no known finding", "finding"),
        (by(not_reported="feverr"), UnknownWordError, "did you mean 'fever'", "not_reported"),
        (by(outcome="death,,recovery"), ParameterError, "holds an empty word", "outcome"),
        (by(sex=""), ParameterError, "holds an empty word", "sex"),
        (by(without="retrcted"), NotFoundError, "did you mean 'retracted'", "without"),
        (by(cause="x" * 300), ParameterError, "300 characters", "cause"),
        (Wanted(text=[" "]), ParameterError, "is empty", "text"),
    ],
)
def test_what_is_not_known_is_said_with_what_is_like_it(
    store: Store, wanted: Wanted, error: type[Exception], said: str, about: str
) -> None:
    """A misspelt word would choose nothing without a word, or nobody could tell which of many was wrong."""
    with pytest.raises(error, match=said) as raised:
        choose_cases(store, wanted)
    assert getattr(raised.value, "parameter", "") == about


def test_an_order_that_is_none_is_said(store: Store) -> None:
    """A misspelt order would be passed over."""
    with pytest.raises(ParameterError, match="did you mean 'year'"):
        choose_cases(store, sort="yaer")


def test_a_year_that_is_not_known_comes_last(store: Store) -> None:
    """Cases would jump about, or those without a year stand first."""
    rows = choose_cases(store, sort="year").rows
    years = [row.year or 9999 for row in rows]
    assert years == sorted(years)
    for year in set(years):
        same = [row.id for row in rows if (row.year or 9999) == year]
        assert same == [row.id for row in list_cases(store) if row.id in same]


def test_ids_are_in_the_order_of_their_numbers() -> None:
    """The tenth case of a report would stand before its second."""
    names = ["doe-1901/10", "doe-1901/2", "abe-1901/1", "doe-99/1", "doe-nd/1"]
    assert sorted(names, key=id_order) == ["abe-1901/1", "doe-99/1", "doe-1901/2", "doe-1901/10", "doe-nd/1"]


def test_a_name_with_a_comma_is_one_word(store: Store) -> None:
    """Its parts would be taken for alternatives, which nothing bears."""
    names = {name: field for field in FIELDS.values() for name in field.names(store) if "," in name}
    assert names
    for name, field in names.items():
        assert choose_cases(store, by(**{field.name: name})).of == store.manifest.cases


# --- persons ---------------------------------------------------------------------------------


def tellings(again: Mapping[str, Sequence[str]], row: CaseRow) -> tuple[CaseRow, ...]:
    """Make rows of cases, each with the cases that it tells again."""
    return tuple(
        replace(
            row,
            id=case,
            same_patient_as=tuple(others),
            told_again_in=tuple(other for other, named in again.items() if case in named),
        )
        for case, others in again.items()
    )


@pytest.mark.parametrize(
    ("again", "expected"),
    [
        ({"a/1": (), "b/1": ("a/1",)}, ["a/1"]),
        ({"a/1": ("b/1",), "b/1": ()}, ["b/1"]),
        ({"a/1": ("b/1",), "b/1": ("c/1",), "c/1": ()}, ["c/1"]),
        ({"a/1": ("b/1",), "b/1": ("a/1",)}, ["a/1"]),
        ({"a/1": ("gone/1",), "b/1": ()}, ["a/1", "b/1"]),
        ({"a/1": ("c/1",), "b/1": ("c/1",), "c/1": (), "d/1": ()}, ["c/1", "d/1"]),
    ],
)
def test_each_person_is_counted_once(store: Store, again: Mapping[str, Sequence[str]], expected: list[str]) -> None:
    """A person would be counted twice, or be lost because the case that counts is not there."""
    rows = tellings(again, list_cases(store)[0])
    assert sorted(set(first_tellings(rows).values())) == expected


# --- laws ------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def pools(store: Store) -> dict[str, list[str]]:
    """Name for each condition words that cases have, and words of none."""
    pools = {name: sorted(field.terms(store).values()) for name, field in WORDS.items()}
    used = {
        name: [label for iri, label in field.terms(store).items() if iri in field.all_cases(store)]
        for name, field in WORDS.items()
    }
    return {name: used[name] * 3 + pools[name][:20] for name in pools}


@st.composite
def wanteds(draw: st.DrawFn, pools: Mapping[str, Sequence[str]]) -> Wanted:
    """Draw what could be asked, by one to three words and now and then by years, text and persons."""
    words: dict[str, tuple[str, ...]] = {}
    for name in draw(st.lists(st.sampled_from(sorted(pools)), min_size=1, max_size=3)):
        alternatives = draw(st.lists(st.sampled_from(pools[name]), min_size=1, max_size=2))
        words[name] = (*words.get(name, ()), ", ".join(alternatives))
    years = draw(st.sampled_from(["", "", "1971", "1972..", "..1972", "1971..1972"]))
    text = draw(st.sampled_from([[], [], ["invented"], ["spasticity"], ["a boy"]]))
    return Wanted(words, years, text, draw(st.booleans()))


@given(data=st.data())
@LAWS
def test_one_more_condition_never_adds_a_case(
    store: Store, pools: Mapping[str, list[str]], data: st.DataObject
) -> None:
    """Who narrows a search would find what was not there before."""
    wanted, more = data.draw(wanteds(pools)), data.draw(wanteds(pools))
    names = {*wanted.words, *more.words}
    both = Wanted(
        {name: (*wanted.words.get(name, ()), *more.words.get(name, ())) for name in names},
        wanted.years,
        [*wanted.text, *more.text],
        wanted.distinct_patients or more.distinct_patients,
    )
    assert set(ids(store, both)) <= set(ids(store, wanted))


@given(data=st.data())
@LAWS
def test_conditions_are_joined_by_and_alternatives_by_or(
    store: Store, pools: Mapping[str, list[str]], data: st.DataObject
) -> None:
    """The whole would be another set than what its parts say."""
    name = data.draw(st.sampled_from(sorted(set(pools) - {"response", "treatment"})))
    one, other = data.draw(st.sampled_from(pools[name])), data.draw(st.sampled_from(pools[name]))
    first, second = (set(ids(store, by(**{name: word}))) for word in (one, other))
    assert set(ids(store, by(**{name: (one, other)}))) == first & second
    joined = first & second if name == "without" else first | second
    assert set(ids(store, by(**{name: f"{one}, {other}"}))) == joined


def test_a_class_takes_in_what_stands_below_it(store: Store) -> None:
    """A wider word would find fewer cases; absence, which is inherited downward, fewer where a narrower is asked."""
    above = store.select("SELECT ?c ?d { ?c <http://www.w3.org/2000/01/rdf-schema#subClassOf> ?d }").texts()
    pairs = list(above)
    tried = 0
    for name in ("event", "cause", "finding", "treatment", "outcome", "absent"):
        cases, terms = WORDS[name].all_cases(store), WORDS[name].terms(store)
        for lower, upper in pairs:
            if lower in terms and upper in terms:
                narrow, wide = cases.get(lower, frozenset()), cases.get(upper, frozenset())
                assert (narrow >= wide) if name == "absent" else (narrow <= wide), (lower, upper)
                tried += bool(narrow or wide)
    assert tried > 200


def test_three_states_are_told_apart(store: Store) -> None:
    """What is not reported would count as absent, or a case fall into none of the three."""
    everything = {row.iri for row in list_cases(store)}
    present, absent = FIELDS["finding"].all_cases(store), ABSENT.all_cases(store)
    labels = FIELDS["finding"].terms(store)
    for iri in {*present, *absent} & labels.keys():
        assert not present.get(iri, frozenset()) & absent.get(iri, frozenset()), labels[iri]
    for iri in absent.keys() & labels.keys():
        untold = {row.iri for row in choose_cases(store, by(not_reported=labels[iri])).rows}
        assert untold == everything - present.get(iri, frozenset()) - absent[iri]


@given(data=st.data())
@LAWS
def test_counts_are_those_of_the_choice(store: Store, pools: Mapping[str, list[str]], data: st.DataObject) -> None:
    """A count would differ from the number of cases that the same word finds."""
    wanted = data.draw(wanteds(pools))
    field = data.draw(st.sampled_from(sorted(set(FIELDS) - {"response", "treatment"})))
    facets = count_cases(store, field, choose_cases(store, wanted))
    assert facets.total == choose_cases(store, wanted).total
    for one in facets.counts[:5]:
        words = {**wanted.words, field: (*wanted.words.get(field, ()), one.label)}
        assert choose_cases(store, replace(wanted, words=words)).total == one.present
        if field == "finding":
            assert one.absent is not None
            assert one.not_reported == facets.total - one.present - one.absent


def test_a_field_that_is_none_is_said(store: Store) -> None:
    """A misspelt field would count nothing."""
    with pytest.raises(ParameterError, match="did you mean 'cause'"):
        count_cases(store, "causes")


def test_the_counts_say_how_many_cases_tell_nothing(store: Store) -> None:
    """What is not reported would be lost from a list that shows only what is there."""
    facets = count_cases(store, "outcome")
    assert (facets.reported, facets.total, facets.of) == (7, 8, 8)


# --- spreadsheets ----------------------------------------------------------------------------


def read_csv(text: str) -> Iterator[list[str]]:
    """Read a CSV as its readers do."""
    return csv.reader(io.StringIO(text, newline=""), strict=True)


CELLS = st.one_of(
    st.none(), st.integers(), st.text(), st.sampled_from(["=1+1", "+1", "-1", "@a", "\t=1", "\r=1", "＝1"])
)


@given(rows=st.lists(st.tuples(CELLS, CELLS), max_size=5))
def test_any_cell_comes_back_from_a_csv_and_is_no_formula(rows: list[tuple[object, object]]) -> None:
    """A comma, quote or line end would break the table, or a spreadsheet run what a report is called."""
    given_rows = [tuple(cell for cell in row if cell is None or isinstance(cell, int | str)) for row in rows]
    text = to_csv(("one", "two"), given_rows)
    head, *read = read_csv(text)
    assert head == ["one", "two"]
    assert read == [[str(safe_cell(cell)) for cell in row] for row in given_rows]
    for row, back in zip(given_rows, read, strict=True):
        for cell, told in zip(row, back, strict=True):
            assert told.removeprefix("'") == str("" if cell is None else cell).removeprefix("'")
            assert isinstance(cell, int) or not told.startswith(
                ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
            )


@given(rows=st.lists(st.tuples(CELLS, CELLS), max_size=5))
def test_a_tsv_has_as_many_cells_as_columns(rows: list[tuple[object, object]]) -> None:
    """A tab within a text would move every cell after it."""
    given_rows = [tuple(cell for cell in row if cell is None or isinstance(cell, int | str)) for row in rows]
    lines = to_tsv(("one", "two"), given_rows).removesuffix("\n").split("\n")
    assert [line.count("\t") for line in lines] == [1] * (len(rows) + 1)


def test_the_csv_of_the_cases_holds_what_the_rows_hold(store: Store) -> None:
    """A column would stand under the name of another; a line would not end as RFC 4180 asks."""
    rows = list_cases(store)
    text = to_csv(CASE_COLUMNS, case_cells(rows))
    assert text.count("\r\n") == text.count("\n") == len(rows) + 1
    head, *read = read_csv(text)
    by_id = {line[0]: dict(zip(head, line, strict=True)) for line in read}
    assert by_id["doe-1901/1"] == {
        "id": "doe-1901/1",
        "year": "1971",
        "title": "A woman whose stiffness came back overnight",
        "sex": "female",
        "age": "40 a",
        "age_minimum_years": "40",
        "age_maximum_years": "40",
        "events": "withdrawal",
        "causes": "missed refill; empty reservoir",
        "outcomes": "recovery",
        "read_as": "full text",
        "review": "checked",
        "citation": "verified",
        "status": "",
        "same_patient_as": "",
        "told_again_in": "",
        "iri": "https://w3id.org/itbkg/case/doe-1901/1",
    }
    assert by_id["voe-1905/1"]["same_patient_as"] == "poe-1903/2"


def test_the_csv_of_counts_leaves_empty_what_cannot_be_absent(store: Store) -> None:
    """A cause that no report names would look as if reports denied it."""
    findings = list(read_csv(to_csv(FACET_COLUMNS, facet_cells(count_cases(store, "finding")))))
    causes = list(read_csv(to_csv(FACET_COLUMNS, facet_cells(count_cases(store, "cause")))))
    assert ["fever", "3", "1", "4", "8", "https://w3id.org/itbkg/ont/Fever"] in findings
    assert {tuple(row[2:4]) for row in causes[1:]} == {("", "")}


def test_the_orders_are_named() -> None:
    """The doors offer other orders than the library has."""
    assert set(SORTS) == {"id", "year"}

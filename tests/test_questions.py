"""The saved questions: whole headers, answers read by eye, two engines that agree, and counts that add up."""

import json
import re
import time
from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from pathlib import Path

import pytest
from rdflib import Graph, Literal, URIRef
from rdflib.query import ResultRow

from itbkg.building import Built, build_in_memory
from itbkg.curation import read_publications
from itbkg.errors import DeprecatedWordError, NotFoundError, OntologyError, ParameterError, UnknownWordError
from itbkg.questions import Question, answer, bound_query, find_question, read_questions
from itbkg.settings import packaged_corpus
from itbkg.store import PREFIXES, Store, Table, Term
from itbkg.vocabulary import Vocabulary
from tests.conftest import FICTIONAL, PROJECT
from tests.write_expected import EXPECTED, answer_text

FOLDER = PROJECT / "ontology" / "questions"
QUESTIONS = read_questions(FOLDER)
PITTSBURGH = "mohammed-2004/1"
NOTHING = URIRef("https://example.org/nothing")
each_question = pytest.mark.parametrize("name", QUESTIONS)
each_parameter = pytest.mark.parametrize(
    ("name", "parameter"), [(name, one.name) for name, asked in QUESTIONS.items() for one in asked.parameters]
)
#: What is set for each parameter, as a person would write it.
VALUES = {
    "above": "41.39",
    "act": "Oral  baclofen",
    "age": "itb:Minor",
    "alarm": "empty pump alarm",
    "basis": "itb:ContrastStudy",
    "cause": "itb:CatheterCause",
    "citation": "itb:VerifiedCitation",
    "condition": "cerebral palsy",
    "delay": "Delay to  treatment",
    "diagnosis": "infection",
    "document": "zoe-1906",
    "event": "itb:Withdrawal",
    "finding": "itb:Seizure",
    "investigation": "https://w3id.org/itbkg/ont/CatheterContrastStudy",
    "kind": "warning",
    "measurement": "creatine kinase",
    "outcome": "death",
    "publication": "poe-1903",
    "reading": "itb:FullText",
    "situation": "itb:ProgrammingError",
    "thing": "itb:OralBaclofen",
    "treatment": "oral baclofen",
}
#: Columns that together make up N: present, absent and not reported are never one.
PARTS: Mapping[str, tuple[str, ...]] = {
    "deaths": ("n", "otherOutcome", "noOutcomeReported"),
    "delays-by-event": ("n", "notReported"),
    "findings-by-event": ("present", "absent", "notReported"),
    "preventability-by-event": ("n", "otherCause", "noCauseReported"),
    "responses-by-cause": ("benefit", "noBenefit", "both", "notReported"),
    "responses-by-treatment": ("benefit", "noBenefit", "both", "notReported"),
    "signs-in-guidance-and-cases": ("present", "absent", "notReported"),
}
#: What the report of the Pittsburgh case says, read in the source by eye.
SAID = {
    "advice-and-course": (
        "emergency-procedure,1,recommendation to contact an ITB physician",
        "restoration of intrathecal baclofen,followed,restoration of intrathecal baclofen",
        "contact with an ITB physician,not reported",
        "oral baclofen,against the advice,oral baclofen,-72",
    ),
    "cause-and-outcome": ("programming error led to pump stopped,probable", "recovery to baseline,,4383"),
    "diagnoses-considered": ("neuroleptic malignant syndrome,rejected",),
    "dose-before-event": ("260 ug/d,260,260,,,36",),
    "fever-and-first-diagnosis": ("41.666667,diagnosis of seizure disorder,rejected", "diagnosis of sepsis,rejected"),
    "findings-absent": ("no epileptiform EEG",),
    "first-sign-to-restored-delivery": ("24,120,3 d",),
    "highest-measurement": ("creatine kinase,15878,15878 U/L",),
    "human-errors": ("programming error,pump stopped,probable",),
    "investigations-and-results": ("stated absent,no intracranial haemorrhage", "cause,programming error"),
    "oral-baclofen-failed": ("oral baclofen,120 mg/d,increased spasticity,worsened",),
    "preventable-cases": ("programming error",),
    "stated-delays": ("delay to diagnosis,3 d,72,72",),
    "treatment-responses": ("lorazepam,4..8 mg,increased spasticity,improved response",),
    "values-against-range": ("serum baclofen,<0.02 ug/mL,0.08..0.4 ug/mL,low serum baclofen",),
}

Row = Mapping[str, object]


@dataclass(frozen=True, slots=True)
class Engines:
    """One dataset in Oxigraph, and its default graph in rdflib."""

    store: Store
    graph: Graph


@pytest.fixture(scope="module")
def engines(built: Built, store: Store) -> Engines:
    """Load the graph of the fictional cases into both engines."""
    in_graph = re.compile(rb"<https://w3id.org/itbkg/graph/[^<>]*> \.$")
    default = b"\n".join(line for line in built.nquads.splitlines() if not in_graph.search(line))
    return Engines(store, Graph().parse(data=default, format="nt"))


@pytest.fixture(scope="module")
def whole() -> Store:
    """Build the whole corpus."""
    return build_in_memory(packaged_corpus())


def comparable(text: str, datatype: str) -> object:
    """Make a cell comparable by what it means: 2.50 is 2.5."""
    return Decimal(text).normalize() if datatype.rsplit("#", 1)[-1] in ("integer", "decimal", "double") else text


def cell(term: Term | None) -> object:
    """Take the value of a cell of Oxigraph's; None where nothing is bound."""
    return None if term is None else comparable(term.value, str(getattr(term, "datatype", "")).strip("<>"))


def as_rows(table: Table) -> list[Row]:
    """Name the cells of each row by the columns."""
    return [dict(zip(table.columns, map(cell, row), strict=True)) for row in table.rows]


def ask(store: Store, name: str, **given: str) -> list[Row]:
    """Ask a saved question."""
    return as_rows(store.select(bound_query(store, QUESTIONS[name], given)))


@cache
def timed(store: Store, name: str) -> tuple[list[Row], float]:
    """Ask a saved question, nothing being set, once for all tests; with the processor's seconds that it took."""
    begun = time.process_time()
    table = store.select(QUESTIONS[name].text)
    seconds = time.process_time() - begun
    return as_rows(table), seconds


def everything(store: Store, name: str) -> list[Row]:
    """Return the answer to a saved question, nothing being set."""
    return timed(store, name)[0]


def rows_of_rdflib(graph: Graph, query: str) -> list[Row]:
    """Ask rdflib's own engine; a row by the names of its columns."""
    result = graph.query(query)
    columns = [str(name) for name in result.vars or []]
    found = [row for row in result if isinstance(row, ResultRow)]
    return [dict(zip(columns, map(rdflib_cell, row), strict=True)) for row in found]


def rdflib_cell(term: object) -> object:
    """Take the value of a cell of rdflib's; None where nothing is bound."""
    if isinstance(term, Literal):
        return comparable(str(term), str(term.datatype or ""))
    return None if term is None else str(term)


def bag(found: list[Row]) -> Counter[tuple[tuple[str, object], ...]]:
    """Count rows, their order set aside."""
    return Counter(tuple(row.items()) for row in found)


def number(row: Row, column: str) -> int:
    """Read a count."""
    found = row[column]
    assert isinstance(found, Decimal)
    return int(found)


# --- the files -------------------------------------------------------------------------------------------------------


def test_there_are_enough() -> None:
    """Questions were lost, or one was added whose answer nobody has read."""
    assert len(QUESTIONS) >= 25
    assert {path.stem for path in EXPECTED.glob("*.csv")} == QUESTIONS.keys()
    assert len({question.title for question in QUESTIONS.values()}) == len(QUESTIONS)


@each_question
def test_header_is_whole(name: str, store: Store) -> None:
    """A question lacks what a reader needs to know of it, or names other columns than it gives."""
    question = QUESTIONS[name]
    assert question.title.endswith("?")
    assert question.reading.endswith(".")
    assert store.select(question.text).columns == tuple(column.name for column in question.columns)


@each_question
def test_every_name_is_in_the_ontology(name: str, vocabulary: Vocabulary) -> None:
    """A class was renamed, and the question would answer with nothing, as if nothing were known."""
    named = {URIRef(PREFIXES["itb"] + found) for found in re.findall(r"\bitb:(\w+)", QUESTIONS[name].text)}
    assert named
    assert [term for term in named if (term, None, None) not in vocabulary.graph] == []


@each_question
def test_cases_can_be_left_out_by_how_they_were_read(name: str) -> None:
    """What rests on abstracts or on an unverified citation could not be left out of a question about cases."""
    question = QUESTIONS[name]
    about_cases = "itb:reportedIn" in question.text
    assert about_cases or name in ("advice-for-situation", "advice-on-act", "alarms-and-demands", "cautions")
    assert ({"reading", "citation"} <= {parameter.name for parameter in question.parameters}) == about_cases


@each_question
def test_a_number_stands_beside_that_of_all_cases(name: str) -> None:
    """A count would stand without the number of cases that it is of."""
    columns = {column.name for column in QUESTIONS[name].columns}
    assert ("N" in columns) == ("COUNT" in QUESTIONS[name].text and name != "what-was-read")


# --- the answers -----------------------------------------------------------------------------------------------------


@each_question
def test_expected_answer(name: str, store: Store) -> None:
    """The answer on the fictional cases is not, to the letter, the one that was read by eye."""
    expected = (EXPECTED / f"{name}.csv").read_text("utf-8")
    assert expected.count("\n") > 1
    assert answer_text(store, QUESTIONS[name]) == expected


@each_question
def test_engines_agree(name: str, engines: Engines) -> None:
    """Another SPARQL engine answers otherwise: one of them, or the question, is wrong."""
    expected = everything(engines.store, name)
    assert bag(rows_of_rdflib(engines.graph, QUESTIONS[name].text)) == bag(expected)


@pytest.mark.parametrize("name", SAID)
def test_answer_about_the_pittsburgh_case(name: str, whole: Store) -> None:
    """A fact of the report was lost between record and answer."""
    query = bound_query(whole, QUESTIONS[name], {"case": PITTSBURGH})
    told = whole.answer(query, table="csv").decode("utf-8")
    assert [fact for fact in SAID[name] if fact not in told] == []


@each_question
def test_order_is_total(name: str, whole: Store, store: Store) -> None:
    """Rows that the ORDER BY leaves equal could come in another order next time."""
    keys = re.findall(r"\?(\w+)", QUESTIONS[name].text.rpartition("ORDER BY")[2])
    for graph in (whole, store):
        found = [tuple(row.get(key) for key in keys) for row in everything(graph, name)]
        assert len(found) == len(set(found))


@each_question
def test_the_whole_corpus_answers_in_a_second(name: str, whole: Store) -> None:
    """A question grew quadratic, and people wait."""
    assert timed(whole, name)[1] < 1


# --- the counts ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", [name for name, question in QUESTIONS.items() if "?N " in question.text])
def test_counts_add_up(name: str, whole: Store, store: Store) -> None:
    """A case would be counted twice, or absent and not reported folded into one."""
    full_texts = ask(store, name, reading="itb:FullText")
    for row in (*everything(whole, name), *everything(store, name), *full_texts):
        counts = [number(row, column) for column in row if column in ("n", "present") or column.startswith("no")]
        assert all(0 <= count <= number(row, "N") for count in counts)
        if name in PARTS:
            assert sum(number(row, part) for part in PARTS[name]) == number(row, "N")


def counted_cases(vocabulary: Vocabulary) -> dict[str, set[str]]:
    """Count the fictional cases of each kind of event straight from their records."""
    found: defaultdict[str, set[str]] = defaultdict(set)
    for publication, record in read_publications(FICTIONAL.glob("*.yaml"), vocabulary).items():
        for case in record.cases if record.report.status != "retracted" else ():
            kinds = [vocabulary.words.resolve(event, ("TherapyEvent",)).iri for event in case.events]
            for kind in {above for event in kinds for above in vocabulary.words.ancestors(event)}:
                if case.same_patient_as is None:
                    found[vocabulary.words.label(kind)].add(f"{publication}/{case.id}")
    return dict(found)


@pytest.mark.parametrize("name", [name for name, asked in QUESTIONS.items() if "SELECT ?event ?" in asked.text])
def test_n_is_of_the_cases_that_count(name: str, store: Store, vocabulary: Vocabulary) -> None:
    """A retracted report or a second telling of one patient would be counted, or a case lost."""
    counted = counted_cases(vocabulary)
    for row in everything(store, name):
        assert number(row, "N") == len(counted[str(row["event"])])


def test_three_states_are_kept_apart(store: Store) -> None:
    """A seizure that a report denies, and one that it does not mention, would be the same number."""
    [withdrawal] = ask(store, "findings-by-event", event="withdrawal", finding="seizure")
    [overdose] = ask(store, "findings-by-event", event="overdose", finding="seizure")
    states = ("present", "absent", "notReported", "N")
    assert [number(withdrawal, state) for state in states] == [1, 1, 0, 2]
    assert [number(overdose, state) for state in states] == [0, 1, 2, 3]


def test_full_texts_alone(store: Store) -> None:
    """Cases read from an abstract could not be left out of a count."""
    assert {row["event"]: number(row, "N") for row in ask(store, "deaths", reading="full text")} == {
        "event of too little baclofen": 2,
        "overdose": 1,
        "underdose": 1,
        "withdrawal": 2,
    }


# --- parameters ------------------------------------------------------------------------------------------------------


@each_parameter
def test_a_parameter_restricts_the_answer(name: str, parameter: str, store: Store) -> None:
    """A parameter would be offered and do nothing, and the answer be about all cases."""
    [one] = [one for one in QUESTIONS[name].parameters if one.name == parameter]
    term = Literal(Decimal(10**6)) if one.kind == "number" else NOTHING
    assert store.select(QUESTIONS[name].bind({parameter: term})).rows == ()


@each_parameter
def test_a_parameter_takes_what_people_write(name: str, parameter: str, store: Store) -> None:
    """A word, a short name or an IRI would pick other rows than those that are about it."""
    unbound = everything(store, name)
    if parameter == "case":
        case = str(unbound[0]["case"])
        assert ask(store, name, case=case) == [row for row in unbound if row["case"] == case]
        return
    found = ask(store, name, **{parameter: VALUES[parameter]})
    [one] = [one for one in QUESTIONS[name].parameters if one.name == parameter]
    recounted = parameter in ("reading", "citation") and "N" in unbound[0]
    assert found or (one.default and one.default != VALUES[parameter])
    if not one.default and not recounted:
        assert bag(found) <= bag(unbound)


@each_parameter
def test_a_default_is_what_stands_in_the_file(name: str, parameter: str, store: Store) -> None:
    """The listing would name another default than the one that the file asks with."""
    [one] = [one for one in QUESTIONS[name].parameters if one.name == parameter]
    if one.default:
        assert ask(store, name, **{parameter: one.default}) == everything(store, name)


def test_parameters_restrict_together(whole: Store) -> None:
    """Of two parameters the second would undo the first."""
    [row] = ask(whole, "highest-measurement", case=PITTSBURGH, measurement="creatine kinase")
    assert (row["case"], row["printed"]) == (PITTSBURGH, "15878 U/L")


def test_a_class_takes_in_those_below_it(store: Store) -> None:
    """Asking for a group of causes would miss the causes in it."""
    found = ask(store, "cases-with-cause", cause="cause at the reservoir")
    assert {row["cause"] for row in found} == {
        "empty reservoir",
        "missed refill",
        "pocket fill",
        "wrong concentration at refill",
    }


@pytest.mark.parametrize(
    ("given", "error", "message"),
    [
        ({"cas": PITTSBURGH}, ParameterError, "'cas' is no parameter of 'treatment-responses'; did you mean 'case'?"),
        ({"x": "1"}, ParameterError, "'x' is no parameter of 'treatment-responses'; it takes treatment, case, reading"),
        ({"case": "poe-1930/2"}, NotFoundError, "'poe-1930/2' is no known case; did you mean 'poe-1903/2'"),
        ({"case": "UNDEF"}, NotFoundError, "'UNDEF' is no known case"),
        ({"case": "https://x/> } SERVICE <http://x> { ?s ?p ?o } #"}, NotFoundError, "is no known case"),
        ({"treatment": "oral baclofn"}, UnknownWordError, "is no known treatment; did you mean 'oral baclofen'?"),
        ({"treatment": "seizure"}, UnknownWordError, "'seizure' is no known treatment"),
        ({"treatment": "itb:OralBaclofn"}, UnknownWordError, "did you mean 'itb:OralBaclofen'"),
        ({"treatment": "itb:Seizure"}, UnknownWordError, "'itb:Seizure' is no known treatment"),
        ({"treatment": "https://example.org/x"}, UnknownWordError, "is no known treatment"),
        ({"treatment": "?kind"}, UnknownWordError, "'?kind' is no known treatment"),
        ({"treatment": ""}, UnknownWordError, "'' is no known treatment"),
        ({"reading": "full txt"}, UnknownWordError, "did you mean 'full text'?"),
    ],
)
def test_what_the_graph_does_not_know_is_refused(
    given: dict[str, str], error: type[Exception], message: str, store: Store
) -> None:
    """A slip would end in an empty answer, or something else than one term get into the query."""
    with pytest.raises(error, match=re.escape(message)):
        bound_query(store, QUESTIONS["treatment-responses"], given)


@pytest.mark.parametrize("attempt", ["", "hot", "41,5", "41 }", "1e9", "--41", "٤١"])
def test_what_is_no_number_is_refused(attempt: str, store: Store) -> None:
    """Something else than a number would get into the query."""
    with pytest.raises(ParameterError, match=r"is no number for 'above'; write it like 41 or 41\.5"):
        bound_query(store, QUESTIONS["fever-and-first-diagnosis"], {"above": attempt})


def test_a_number_is_a_limit(store: Store) -> None:
    """The fever would be compared as text, or not at all."""
    fevers = {row["case"]: row["temperature"] for row in ask(store, "fever-and-first-diagnosis", above="38.5")}
    assert fevers == {"poe-1903/2": Decimal("41.4"), "doe-1901/1": Decimal(39)}
    assert ask(store, "fever-and-first-diagnosis", above="41.4") == []


def test_a_word_that_was_given_up_leads_to_its_replacement(built: Built) -> None:
    """Somebody who asks with an old word would be told that it never was one."""
    old = "<https://w3id.org/itbkg/ont/OldKink>"
    triples = (
        f"{old} <http://www.w3.org/2002/07/owl#deprecated> "
        '"true"^^<http://www.w3.org/2001/XMLSchema#boolean> .\n'
        f'{old} <http://www.w3.org/2000/01/rdf-schema#label> "bent hose"@en .\n'
        f"{old} <http://purl.org/dc/terms/isReplacedBy> <https://w3id.org/itbkg/ont/CatheterKink> .\n"
    )
    store = Store.in_memory(built.nquads + triples.encode(), built.manifest)
    with pytest.raises(DeprecatedWordError, match="write 'catheter kink'"):
        bound_query(store, QUESTIONS["cases-with-cause"], {"cause": "bent hose"})


# --- reading and answering -------------------------------------------------------------------------------------------


def test_misspelt_question() -> None:
    """A misspelt name gives no hint at the right one."""
    with pytest.raises(NotFoundError, match=r"question; did you mean 'cause-and-outcome'"):
        find_question(FOLDER, "cause-and-outcom")


@pytest.mark.parametrize(
    ("old", "new", "fault"),
    [
        ("# title:", "# titel:", "is no line of a header"),
        ("# title: ", "# reading: ", "it has 0 lines '# title: ...'"),
        ("# column ", "# parameter x ?asked case: ", "it names no column"),
        ("# column finding:", "# column case:", "'case' is named 2 times"),
        ("?asked case:", "?nobody case:", "'VALUES ?nobody { UNDEF }' stands nowhere"),
        ("value Reading:", "value Readings:", "is of Readings, which is no branch"),
        ("value Reading:", "value:", "which is no branch"),
        ("value Reading:", "thing Reading:", "is no line of a header"),
    ],
)
def test_header_that_is_not_whole(old: str, new: str, fault: str, tmp_path: Path) -> None:
    """A question whose header says too little, or names what its query does not have, would be offered all the same."""
    text = (FOLDER / "treatment-responses.rq").read_text("utf-8")
    assert old in text
    (tmp_path / "question.rq").write_text(text.replace(old, new), "utf-8")
    with pytest.raises(OntologyError, match=re.escape(fault)):
        read_questions(tmp_path)


def test_an_answer_is_plain_json(store: Store) -> None:
    """A script that knows no RDF could not read the answer."""
    question: Question = QUESTIONS["fever-and-first-diagnosis"]
    document = answer(store, question, {"case": "poe-1903/2"}).document()
    assert json.loads(json.dumps(document)) == document
    assert document["question"] == "fever-and-first-diagnosis"
    assert document["parameters"] == {"above": "41", "case": "poe-1903/2", "reading": None, "citation": None}
    [row] = document["rows"]
    assert list(row) == list(document["columns"])
    assert (row["temperature"], row["became"]) == (41.4, "left open")


def test_numbers_are_numbers_and_gaps_are_null(store: Store) -> None:
    """A count would be text, or what is not reported an empty text."""
    document = answer(store, QUESTIONS["dose-before-event"], {"case": "moe-1904/1"}).document()
    assert document["rows"][0]["dose"] is None
    [deaths] = answer(store, QUESTIONS["deaths"], {"event": "overdose"}).document()["rows"]
    assert (deaths["n"], deaths["N"]) == (1, 3)

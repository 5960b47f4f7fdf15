"""The saved questions: two engines give the same answers, and those about the Pittsburgh case are the report's own."""

import re
from collections import Counter
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

import pytest
from rdflib import Graph, Literal, URIRef
from rdflib.query import ResultRow

from itbkg.build import Built, build
from itbkg.errors import NotFoundError, OntologyError, QueryRefusedError
from itbkg.questions import find_question, read_questions, term_iri
from itbkg.settings import packaged_corpus
from itbkg.store import Store, Term

PROJECT = Path(__file__).resolve().parents[1]
FOLDER = PROJECT / "ontology" / "questions"
EXPECTED = PROJECT / "tests" / "expected"
QUESTIONS = read_questions(FOLDER)
#: The values with which each parameter is bound.
VALUES = {
    "case": ["mohammed-2004/1", "doe-1901/1", "roe-1902/2", "nobody-1999/1"],
    "measurement": ["itb:CreatineKinase", "itb:BodyTemperature"],
    "treatment": ["itb:OralBaclofen"],
}
BINDINGS: list[tuple[str, dict[str, str]]] = [
    (name, binding)
    for name, question in QUESTIONS.items()
    for binding in [{}, *({parameter: value} for parameter in question.parameters for value in VALUES[parameter])]
]
#: What the report of the Pittsburgh case says, read in the source by eye.
SAID = {
    "highest-measurement": "creatine kinase,15878,15878 U/L",
    "treatment-responses": "oral baclofen,120 mg/d,increased spasticity,worsened",
    "findings-absent": "no epileptiform EEG",
    "values-against-range": "serum baclofen,<0.02 ug/mL,0.08..0.4 ug/mL,low serum baclofen",
    "first-sign-to-restored-delivery": "24,120,3 d",
    "preventable-cases": "programming error",
    "cause-and-outcome": "programming error led to pump stopped,probable",
    "diagnoses-considered": "neuroleptic malignant syndrome,rejected",
}

Row = tuple[object, ...]


@dataclass(frozen=True, slots=True)
class Engines:
    """One dataset in Oxigraph, and its default graph in rdflib."""

    store: Store
    graph: Graph


def engines_of(built: Built) -> Engines:
    """Load a dataset into both engines."""
    in_graph = re.compile(rb"<https://w3id.org/itbkg/graph/[^<>]*> \.$")
    default = b"\n".join(line for line in built.nquads.splitlines() if not in_graph.search(line))
    return Engines(Store.in_memory(built.nquads, built.manifest), Graph().parse(data=default, format="nt"))


@pytest.fixture(scope="module")
def real() -> Engines:
    """Load the graph of the real cases."""
    return engines_of(build(packaged_corpus()))


@pytest.fixture(scope="module")
def fictional(built: Built) -> Engines:
    """Load the graph of the fictional cases."""
    return engines_of(built)


@pytest.fixture(params=["real", "fictional"])
def engines(request: pytest.FixtureRequest) -> Engines:
    """Take one graph after the other."""
    found: Engines = request.getfixturevalue(request.param)
    return found


def value(text: str, datatype: str | None) -> object:
    """Make a term comparable by what it means: 2.50 is 2.5."""
    numbers = ("integer", "decimal", "double")
    return Decimal(text).normalize() if datatype and datatype.rsplit("#", 1)[-1] in numbers else text


def from_rdflib(graph: Graph, query: str) -> tuple[list[str], list[Row]]:
    """Ask rdflib's own engine."""
    result = graph.query(query)
    rows = [row for row in result if isinstance(row, ResultRow)]
    return [str(name) for name in result.vars or []], [tuple(map(cell, row)) for row in rows]


def cell(term: object) -> object:
    """Take the value of a cell of rdflib's; None where nothing is bound."""
    if isinstance(term, Literal):
        return value(str(term), term.datatype)
    assert term is None or isinstance(term, URIRef)
    return None if term is None else str(term)


def from_oxigraph(store: Store, query: str) -> tuple[list[str], list[Row]]:
    """Ask Oxigraph."""
    table = store.select(query)
    return list(table.columns), [tuple(map(ox_cell, row)) for row in table.rows]


def ox_cell(term: Term | None) -> object:
    """Take the value of a cell of Oxigraph's; None where nothing is bound."""
    return None if term is None else value(term.value, str(getattr(term, "datatype", "")).strip("<>"))


def test_there_are_enough() -> None:
    """Questions were lost, or one was added whose answer nobody has read in the report."""
    assert len(QUESTIONS) >= 5
    assert {path.stem for path in EXPECTED.glob("*.csv")} == QUESTIONS.keys() == SAID.keys()


@pytest.mark.parametrize("name", QUESTIONS)
def test_header_is_whole(name: str, real: Engines) -> None:
    """A question lacks what a reader needs to know of it, or names other columns than it gives."""
    question = QUESTIONS[name]
    assert question.title.endswith("?")
    assert question.reading.endswith(".")
    assert "case" in question.parameters
    assert real.store.select(question.text).columns == question.columns


@pytest.mark.parametrize(("name", "binding"), BINDINGS)
def test_engines_agree(name: str, binding: dict[str, str], engines: Engines) -> None:
    """Two engines answer a question differently: one of them, or the question, is wrong."""
    query = QUESTIONS[name].bind(binding)
    columns, rows = from_rdflib(engines.graph, query)
    expected_columns, expected = from_oxigraph(engines.store, query)
    assert columns == expected_columns
    assert Counter(rows) == Counter(expected)


@pytest.mark.parametrize("name", QUESTIONS)
def test_binding_a_case_picks_its_rows(name: str, real: Engines) -> None:
    """A bound question answers something else than the rows of that case in the unbound one."""
    for case in ("mohammed-2004/1", "nobody-1999/1"):
        bound = from_oxigraph(real.store, QUESTIONS[name].bind({"case": case}))[1]
        assert bound == [row for row in from_oxigraph(real.store, QUESTIONS[name].text)[1] if row[0] == case]


@pytest.mark.parametrize("name", QUESTIONS)
def test_answer_about_the_pittsburgh_case(name: str, real: Engines) -> None:
    """The answer about the first case is not, to the letter, the one that was held against the report."""
    answer = real.store.answer(QUESTIONS[name].bind({"case": "mohammed-2004/1"}), table="csv").decode("utf-8")
    assert answer.replace("\r\n", "\n") == (EXPECTED / f"{name}.csv").read_text("utf-8")
    assert SAID[name] in answer


@pytest.mark.parametrize("name", QUESTIONS)
def test_order_is_total(name: str, engines: Engines) -> None:
    """Rows that the ORDER BY leaves equal could come in another order next time."""
    rows = from_oxigraph(engines.store, QUESTIONS[name].text)[1]
    assert len(rows) == len(set(rows))


def test_bound_twice(real: Engines) -> None:
    """Two parameters at once do not each restrict the answer."""
    binding = {"case": "mohammed-2004/1", "measurement": "itb:CreatineKinase"}
    text = find_question(FOLDER, "highest-measurement").bind(binding)
    rows = from_oxigraph(real.store, text)[1]
    assert [row[1:4] for row in rows] == [("creatine kinase", Decimal(15878), "15878 U/L")]


def test_misspelt_question() -> None:
    """A misspelt name gives no hint at the right one."""
    with pytest.raises(NotFoundError, match=r"question; did you mean 'cause-and-outcome'\?"):
        find_question(FOLDER, "cause-and-outcom")


def test_misspelt_parameter() -> None:
    """A misspelt parameter is left out in silence, and the answer is about all cases."""
    with pytest.raises(NotFoundError, match=r"'cas' is no known parameter of '.*'; did you mean 'case'\?"):
        QUESTIONS["cause-and-outcome"].bind({"cas": "mohammed-2004/1"})


@pytest.mark.parametrize(
    "attempt",
    [
        "",
        "mohammed-2004",
        "Mohammed-2004/1",
        "mohammed-2004/1> } SERVICE <http://x> { ?s ?p ?o } #",
        "https://x/> } SERVICE <http://x> { ?s ?p ?o } #",
        "https://x/ y",
        "https://x/\n",
        "https://x/{",
        "https://x/\\u003e",
        "itb:CatheterKink }",
        "itb:Catheter Kink",
        "foo:CatheterKink",
        "?asked",
        "UNDEF",
        "'text'",
        "file:///etc/passwd",
    ],
)
def test_what_is_no_term_is_refused(attempt: str) -> None:
    """A value gets into the query as something else than one IRI."""
    with pytest.raises(QueryRefusedError, match="is no term; write a case like"):
        QUESTIONS["cause-and-outcome"].bind({"case": attempt})


@pytest.mark.parametrize(
    ("short", "iri"),
    [
        ("mohammed-2004/1", "https://w3id.org/itbkg/case/mohammed-2004/1"),
        ("itb:CatheterKink", "https://w3id.org/itbkg/ont/CatheterKink"),
        ("https://example.org/a#b", "https://example.org/a#b"),
    ],
)
def test_short_forms(short: str, iri: str) -> None:
    """A short form stands for another term."""
    assert term_iri(short) == iri


@pytest.mark.parametrize("gone", ["# title:", "# reading:", "# columns:", "VALUES ?asked"])
def test_header_that_is_not_whole(gone: str, tmp_path: Path) -> None:
    """A question without title, reading, columns or the place of its parameter is offered all the same."""
    text = (FOLDER / "cause-and-outcome.rq").read_text("utf-8")
    (tmp_path / "question.rq").write_text(text.replace(gone, "#"), "utf-8")
    with pytest.raises(OntologyError, match=r"question\.rq"):
        read_questions(tmp_path)

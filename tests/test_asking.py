"""Saved questions at the doors: `itbkg ask` and `/questions`, over the fictional corpus."""

import csv
import io
import json
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from itbkg.building import Built, write_folder
from itbkg.cli import main
from itbkg.questions import read_questions
from itbkg.settings import Corpus
from itbkg.store import Store
from itbkg_api.app import create_app
from tests.conftest import PROJECT

NAMES = sorted(read_questions(PROJECT / "ontology" / "questions"))
SAFETY = "For research and teaching, not for treatment decisions."


@dataclass(frozen=True, slots=True)
class Done:
    """What a command printed, and its exit code."""

    code: int
    out: str
    err: str


Command = Callable[..., Done]


@pytest.fixture(scope="module")
def folder(built: Built, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Write the fictional graph as a build folder."""
    out = tmp_path_factory.mktemp("graph")
    write_folder(built, out)
    return out


@pytest.fixture
def itbkg(folder: Path, corpus: Corpus, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Command:
    """Run the command line in this process, on the fictional graph."""
    monkeypatch.setenv("ITBKG_CORPUS", str(corpus.root))

    def call(*arguments: str, stdin: str = "") -> Done:
        monkeypatch.setattr(sys, "argv", ["itbkg", *arguments, "--graph", str(folder)])
        monkeypatch.setattr(sys, "stdin", io.StringIO(stdin))
        with pytest.raises(SystemExit) as ended:
            main()
        printed = capsys.readouterr()
        return Done(int(ended.value.code or 0), printed.out, printed.err)

    return call


@pytest.fixture(scope="module")
def client(store: Store, corpus: Corpus) -> Iterator[TestClient]:
    """Talk to the application without a socket."""
    with TestClient(create_app(store, corpus.questions), raise_server_exceptions=False) as client:
        yield client


# --- the command -----------------------------------------------------------------------------------------------------


def test_ask_lists_every_question_with_what_it_takes(itbkg: Command) -> None:
    """Nobody could find a question, or know what to set."""
    listed = itbkg("ask").out.splitlines()
    assert [line.split()[0] for line in listed[2:]] == NAMES
    [line] = [line for line in listed if line.startswith("fever-and-first-diagnosis ")]
    assert line.endswith("above=41, case, reading, citation")
    assert [question["name"] for question in json.loads(itbkg("ask", "--json").out)] == NAMES


def test_ask_says_what_was_asked_and_warns_beside_it(itbkg: Command) -> None:
    """A reader would see numbers without what they mean, or the warning would spoil a script's input."""
    done = itbkg("ask", "treatment-responses", "--set", "treatment=oral baclofen", "--set", "case=doe-1901/1")
    lines = done.out.splitlines()
    assert lines[0] == "What was tried, and how did the patient respond?"
    assert lines[1].startswith("Every response to a treatment")
    assert "treatment = oral baclofen, case = doe-1901/1, reading = any, citation = any" in lines
    assert lines[-1].split("  ")[:3] == ["doe-1901/1", "oral baclofen", "20 mg"]
    assert (SAFETY in done.out, done.err.strip(), done.code) == (False, SAFETY, 0)


def test_ask_as_csv_json_and_sparql_are_one_answer(itbkg: Command) -> None:
    """A form would lack rows, or the query that is printed be another one."""
    setting = ("ask", "highest-measurement", "--set", "measurement=itb:CreatineKinase", "--set", "case=doe-1901/1")
    table = list(csv.DictReader(io.StringIO(itbkg(*setting, "--csv").out)))
    [row] = json.loads(itbkg(*setting, "--json").out)["rows"]
    again = itbkg("query", "-", "--csv", stdin=itbkg(*setting, "--sparql").out).out
    assert (row["highest"], row["printed"]) == (500, "500 U/L")
    assert table == list(csv.DictReader(io.StringIO(again))) == [{column: str(cell) for column, cell in row.items()}]


def test_an_answer_without_rows_says_so(itbkg: Command) -> None:
    """An empty answer would look like a step that did nothing."""
    done = itbkg("ask", "fever-and-first-diagnosis", "--set", "above=99")
    assert (done.code, "no rows" in done.out) == (0, True)


def test_a_corpus_without_questions_is_no_empty_list(
    itbkg: Command, tmp_path: Path, corpus: Corpus, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A mistyped corpus would look as if there were nothing to ask."""
    (tmp_path / "ontology").mkdir()
    (tmp_path / "data").symlink_to(corpus.root / "data", target_is_directory=True)
    monkeypatch.setenv("ITBKG_CORPUS", str(tmp_path))
    done = itbkg("ask")
    assert (done.code, done.out) == (1, "")
    assert "no saved question (*.rq) is here" in done.err


@pytest.mark.parametrize(
    ("arguments", "said", "code"),
    [
        (["deats"], "'deats' is no known question; did you mean 'deaths'", 4),
        (["deaths", "--set", "event=withdrawl"], "did you mean 'withdrawal'", 4),
        (["time-line", "--set", "case=doe-1910/1"], "did you mean 'doe-1901/1'", 4),
        (["deaths", "--set", "evnt=withdrawal"], "did you mean 'event'?", 2),
        (["deaths", "--set", "event"], "'event' sets nothing; write --set NAME=VALUE", 2),
        (["deaths", "--set", "event=overdose", "--set", "event=withdrawal"], "'event' is set twice", 2),
        (["fever-and-first-diagnosis", "--set", "above=hot"], "'hot' is no number for 'above'", 2),
    ],
)
def test_a_slip_is_named(itbkg: Command, arguments: list[str], said: str, code: int) -> None:
    """A slip would end in an answer to another question."""
    done = itbkg("ask", *arguments)
    assert (done.code, done.out) == (code, "")
    assert said in done.err


# --- the API ---------------------------------------------------------------------------------------------------------


def test_the_api_lists_every_question(client: TestClient) -> None:
    """A program could not find a question or what it takes."""
    listed = client.get("/questions").json()["questions"]
    assert [question["name"] for question in listed] == NAMES
    assert all(question["columns"] and "SELECT" in question["text"] for question in listed)


@pytest.mark.parametrize("name", NAMES)
def test_the_api_answers_every_question(client: TestClient, name: str) -> None:
    """A question would be listed and not be answered."""
    document = client.get(f"/questions/{name}").json()
    assert document["question"] == name
    assert document["rows"]
    assert all(list(row) == list(document["columns"]) for row in document["rows"])


def test_the_api_takes_parameters_in_the_address(client: TestClient) -> None:
    """An address would answer about all cases."""
    document = client.get("/questions/treatment-responses", params={"treatment": "oral baclofen", "case": "doe-1901/1"})
    [row] = document.json()["rows"]
    assert (row["case"], row["response"]) == ("doe-1901/1", "unchanged")
    assert document.json()["parameters"]["treatment"] == "oral baclofen"


@pytest.mark.parametrize(
    ("path", "accept", "media_type"),
    [
        ("/questions/deaths", None, "application/json"),
        ("/questions/deaths.json", "text/csv", "application/json"),
        ("/questions/deaths.csv", None, "text/csv"),
        ("/questions/deaths", "text/csv", "text/csv"),
        ("/questions/deaths", "application/sparql-results+json", "application/sparql-results+json"),
    ],
)
def test_the_api_gives_the_form_that_is_asked_for(
    client: TestClient, path: str, accept: str | None, media_type: str
) -> None:
    """A spreadsheet or a SPARQL library could not read the answer."""
    answer = client.get(path, params={"event": "overdose"}, headers={"Accept": accept} if accept else {})
    assert answer.status_code == 200
    assert answer.headers["content-type"].split(";")[0] == media_type
    assert answer.headers["vary"] == ("Accept-Encoding" if "." in path else "Accept, Accept-Encoding")
    assert "overdose" in answer.text
    assert "withdrawal" not in answer.text.replace("of withdrawal", "").split('"rows"')[-1]


@pytest.mark.parametrize(
    ("address", "status", "said"),
    [
        ("/questions/deats", 404, "did you mean 'deaths'"),
        ("/questions/deaths?event=withdrawl", 404, "did you mean 'withdrawal'"),
        ("/questions/time-line?case=doe-1910/1", 404, "did you mean 'doe-1901/1'"),
        ("/questions/deaths?evnt=withdrawal", 400, "did you mean 'event'?"),
        ("/questions/deaths?event=overdose&event=withdrawal", 400, "'event' is set twice"),
        ("/questions/fever-and-first-diagnosis?above=hot", 400, "'hot' is no number"),
        ("/questions/..%2f..%2fREADME", 404, ""),
    ],
)
def test_every_slip_is_a_problem_document(client: TestClient, address: str, status: int, said: str) -> None:
    """A client would get an error in a form that it cannot read, or an answer to another question."""
    answer = client.get(address)
    assert answer.status_code == status
    assert answer.headers["content-type"] == "application/problem+json"
    assert said in answer.json()["detail"]


def test_the_openapi_document_tells_of_parameters(client: TestClient) -> None:
    """A generated client could ask a question and set nothing."""
    [given] = [
        one
        for one in client.get("/openapi.json").json()["paths"]["/api/v1/questions/{name}"]["get"]["parameters"]
        if one["in"] == "query"
    ]
    assert (given["style"], given["explode"], given["schema"]["type"]) == ("form", True, "object")


def test_a_form_that_there_is_not_is_refused(client: TestClient) -> None:
    """A client would get something that it said it cannot read."""
    assert client.get("/questions/deaths", headers={"Accept": "image/png"}).status_code == 406
    assert client.get("/questions/deaths.xml").status_code == 404

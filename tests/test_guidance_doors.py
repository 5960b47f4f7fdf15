"""Guidance at the doors: the command as whole processes, the addresses over the fictional corpus."""

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from fastapi.testclient import TestClient
from rdflib import Graph

from itbkg.building import Built, write_folder
from itbkg.settings import Corpus
from itbkg.store import Store
from itbkg_api.app import create_app
from tests.conftest import FICTIONAL

ITBKG = [sys.executable, "-c", "import sys; sys.argv[0] = 'itbkg'; from itbkg.cli import main; main()"]


@pytest.fixture(scope="module")
def graph(tmp_path_factory: pytest.TempPathFactory, built: Built) -> Path:
    """Write the fictional graph into a folder."""
    out = tmp_path_factory.mktemp("graph") / "built"
    write_folder(built, out)
    return out


def run(*arguments: str | Path) -> subprocess.CompletedProcess[str]:
    """Run one command to its end."""
    return subprocess.run(
        [*ITBKG, *map(str, arguments)], capture_output=True, text=True, env=os.environ, check=False, timeout=120
    )


def test_a_document_is_told_in_words(graph: Path) -> None:
    """Act, actor, time or place would be missing where somebody reads."""
    told = run("guidance", "zoe-1906", "--graph", graph)
    assert "step 1  recommendation: recommendation to contact an ITB physician  [Steps, 1]" in told.stdout
    assert "by clinician, at once" in told.stdout
    assert "by ITB clinician, within 24 h" in told.stdout
    assert "leave: oral baclofen" in told.stdout
    assert "not for treatment decisions" in told.stderr


def test_advice_for_a_situation_is_one_document(graph: Path) -> None:
    """A program could not read what is advised."""
    advice = json.loads(run("guidance", "--for", "withdrawal", "--graph", graph, "--json").stdout)
    assert [(one["document"], one["step"]) for one in advice] == [("zoe-1906", 1), ("zoe-1906", 2), ("zoe-1906", None)]


def test_a_case_is_laid_beside_the_advice(graph: Path) -> None:
    """What was done and what is not reported could not be told apart."""
    told = run("guidance", "--case", "doe-1901/1", "--graph", graph).stdout
    assert "step 2  advised: restoration of intrathecal baclofen: done" in told
    assert "restoration of intrathecal baclofen, from 14 h  [Case, 4]" in told
    assert "advised: contact with an ITB physician: not reported" in told
    assert "What is not reported may have been done or not." in told


@pytest.mark.parametrize(("arguments", "code", "said"), [
    (("zoe-1905",), 4, "did you mean 'zoe-1906'?"),
    (("--for", "withdrawl"), 4, "did you mean 'withdrawal'"),
    (("zoe-1906", "--for", "withdrawal"), 2, "give one of them"),
])  # fmt: skip
def test_a_slip_ends_with_its_code(arguments: tuple[str, ...], code: int, said: str, graph: Path) -> None:
    """A script would take a slip for an empty answer."""
    done = run("guidance", *arguments, "--graph", graph)
    assert (done.returncode, done.stdout) == (code, "")
    assert said in done.stderr


def test_validate_reads_every_kind_of_record() -> None:
    """A guidance record would be held against the format of cases."""
    said = json.loads(run("validate", FICTIONAL, "--json").stdout)
    assert said == {"records": len(list(FICTIONAL.rglob("*.yaml"))), "problems": []}


@pytest.fixture(scope="module")
def client(store: Store, corpus: Corpus) -> Iterator[TestClient]:
    """Talk to the application without a socket."""
    with TestClient(create_app(store, corpus.questions), raise_server_exceptions=False) as client:
        yield client


def test_documents_are_listed_with_a_total(client: TestClient) -> None:
    """A document would be missing from the list."""
    listed = client.get("/guidance").json()
    assert listed["total"] == len(listed["documents"]) == 1


def test_advice_for_a_situation_has_an_address(client: TestClient) -> None:
    """A page could not show what is advised for an event."""
    found = client.get("/guidance", params={"situation": "withdrawal"}).json()
    assert found["total"] == len(found["recommendations"]) == 3
    assert client.get("/guidance", params={"situation": "withdrawl"}).status_code == 404


@pytest.mark.parametrize(("suffix", "accept", "kind", "form"), [
    (".ttl", "*/*", "text/turtle", "turtle"), ("", "text/turtle", "text/turtle", "turtle"),
    (".jsonld", "*/*", "application/ld+json", "json-ld"),
])  # fmt: skip
def test_a_document_as_rdf_is_its_named_graph(
    suffix: str, accept: str, kind: str, form: str, client: TestClient, store: Store
) -> None:
    """A document could not be had as triples, or only in part."""
    answer = client.get(f"/guidance/zoe-1906{suffix}", headers={"Accept": accept})
    assert answer.headers["content-type"].startswith(kind)
    asked = "SELECT (COUNT(*) AS ?n) { GRAPH <https://w3id.org/itbkg/graph/guidance/zoe-1906> { ?s ?p ?o } }"
    assert len(Graph().parse(data=answer.content, format=form)) == int(next(store.select(asked).texts())[0])


def test_the_iri_of_a_statement_leads_to_its_document(client: TestClient) -> None:
    """A statement that somebody cites could not be looked up."""
    answer = client.get("/id/guidance/zoe-1906/sign-of-overdose-coma", follow_redirects=False)
    assert (answer.status_code, answer.headers["location"]) == (303, "/api/v1/guidance/zoe-1906")
    told = client.get("/guidance/zoe-1906").json()
    assert any(one["iri"].endswith("/sign-of-overdose-coma") for one in told["statements"])


def test_an_unknown_document_is_a_problem_document(client: TestClient) -> None:
    """A mistyped address would answer with an empty document."""
    answer = client.get("/guidance/zoe-1905")
    assert (answer.status_code, answer.json()["nearest"]) == (404, ["zoe-1906"])

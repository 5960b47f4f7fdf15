"""The same question, the same bytes: from memory, from a folder, and from another's SPARQL server."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from itbkg.building import Built, write_folder
from itbkg.cases import Wanted, choose_cases, count_cases, list_cases, list_publications, tell_case
from itbkg.errors import QuerySyntaxError, RemoteStoreError
from itbkg.limits import Limits
from itbkg.questions import read_questions
from itbkg.settings import Corpus
from itbkg.store import Store
from itbkg.store.remote import RemoteStore
from itbkg_api.app import create_app
from tests.conftest import PROJECT
from tests.serving import served_by_oxigraph

QUESTIONS = read_questions(PROJECT / "ontology" / "questions")


@pytest.fixture(scope="module")
def folder(built: Built, tmp_path_factory: pytest.TempPathFactory) -> Store:
    """Open the fictional graph from a folder."""
    out = tmp_path_factory.mktemp("graph")
    write_folder(built, out)
    return Store.open(out)


@pytest.fixture(scope="module")
def address(built: Built, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Serve the fictional graph with Oxigraph's own server, on a free loopback port."""
    with served_by_oxigraph(tmp_path_factory.mktemp("oxigraph"), built.nquads) as address:
        yield address


@pytest.fixture(scope="module")
def remote(address: str) -> RemoteStore:
    """Connect to that server."""
    return RemoteStore.connect(address)


@pytest.mark.parametrize("name", QUESTIONS)
def test_a_saved_question_has_one_answer(name: str, store: Store, folder: Store, remote: RemoteStore) -> None:
    """Who serves from elsewhere would answer otherwise than who serves a folder."""
    text = QUESTIONS[name].text
    answers = {door.answer(text, table="csv") for door in (store, folder, remote)}
    assert len(answers) == 1
    assert len({door.answer(text, table="json") for door in (store, folder, remote)}) == 1


@pytest.mark.parametrize("form", ["turtle", "ntriples", "jsonld", "rdfxml"])
def test_a_graph_has_one_form(form: str, store: Store, folder: Store, remote: RemoteStore) -> None:
    """A case taken from elsewhere would have other bytes."""
    name = "https://w3id.org/itbkg/graph/case/doe-1901/1"
    graphs = {door.graph(name, form) for door in (store, folder, remote)}  # type: ignore[arg-type]
    assert len(graphs) == 1
    described = "DESCRIBE <https://w3id.org/itbkg/case/doe-1901/1>"
    assert len({door.answer(described) for door in (store, folder, remote)}) == 1


def test_a_case_is_told_alike(store: Store, remote: RemoteStore) -> None:
    """A bound term would not reach the other server."""
    for row in list_cases(store):
        assert tell_case(remote, row.id) == tell_case(store, row.id)


def test_cases_are_chosen_and_counted_alike(store: Store, remote: RemoteStore) -> None:
    """Who serves from elsewhere would find other cases, or count them otherwise."""
    words = {"cause": ("catheter-related cause",), "treatment": ("oral baclofen",), "response": ("improved",)}
    for wanted in (Wanted(), Wanted(words), Wanted({"not_reported": ("fever",), "without": ("retracted",)})):
        assert choose_cases(remote, wanted) == choose_cases(store, wanted)
        assert count_cases(remote, "finding", choose_cases(remote, wanted)) == count_cases(
            store, "finding", choose_cases(store, wanted)
        )
    assert list_publications(remote) == list_publications(store)


def test_the_counts_are_those_of_the_build(store: Store, remote: RemoteStore) -> None:
    """The service would say that it serves less, or more, than there is."""
    counted = ("publications", "cases", "quads", "triples", "graphs", "guidance_statements", "published_observations")
    assert {name: getattr(remote.manifest, name) for name in counted} == {
        name: getattr(store.manifest, name) for name in counted
    }


def test_the_endpoint_passes_queries_on(store: Store, remote: RemoteStore, corpus: Corpus) -> None:
    """`itbkg serve --store` would answer in other bytes, or let a stale copy pass for a fresh one."""
    asked = {"query": "SELECT ?s ?o { ?s <http://www.w3.org/2000/01/rdf-schema#label> ?o } ORDER BY ?s ?o LIMIT 50"}
    answers = []
    for door in (store, remote):
        with TestClient(create_app(door, corpus.questions)) as client:
            answer = client.get("/sparql", params=asked, headers={"Accept": "text/csv"})
            assert answer.status_code == 200
            assert ("etag" in answer.headers) == (door is store)
            answers.append(answer.content)
    assert answers[0] == answers[1]


def test_a_limit_holds_for_what_is_elsewhere(remote: RemoteStore, corpus: Corpus) -> None:
    """An endless query would hang, and a slip would look like a fault of the service."""
    limits = Limits(result_bytes=1_000)
    with TestClient(create_app(remote, corpus.questions, limits)) as client:
        assert client.get("/sparql", params={"query": "SELECT * { ?s ?p ?o }"}).status_code == 422
        assert client.get("/sparql", params={"query": "SELECT * {"}).status_code == 400


def test_prefixes_need_no_declaration_at_a_keyboard(remote: RemoteStore) -> None:
    """A person would have to declare our prefixes only when the graph is elsewhere."""
    assert remote.with_prefixes().select("SELECT ?c { ?c a itb:Case }").rows
    with pytest.raises(QuerySyntaxError):
        remote.select("SELECT ?c { ?c a itb:Case }")


@pytest.mark.parametrize("wrong", ["ftp://127.0.0.1/", "file:///etc/passwd", "127.0.0.1:7878", "http://127.0.0.1:1/"])
def test_an_address_that_is_none_is_said(wrong: str) -> None:
    """A slip in the address would be served as an empty graph, or a file be read."""
    with pytest.raises(RemoteStoreError, match="name the address of a SPARQL"):
        RemoteStore.connect(wrong)


def test_an_endpoint_without_cases_is_refused(tmp_path: Path) -> None:
    """An empty store would be served as if there were no cases in the world."""
    with served_by_oxigraph(tmp_path) as address, pytest.raises(RemoteStoreError, match="it holds no case"):
        RemoteStore.connect(address)

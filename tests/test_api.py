"""The API over the fictional corpus, and once as a server on a real socket."""

import re
from collections.abc import Iterator

import httpx2 as httpx
import pytest
from fastapi.testclient import TestClient
from rdflib import Dataset, Graph

from itbkg.settings import Corpus
from itbkg.store import Store
from itbkg_api.app import create_app
from tests.serving import served

CASE = "doe-1901/1"
COUNT = "SELECT (COUNT(*) AS ?n) WHERE { ?s ?p ?o }"


@pytest.fixture(scope="module")
def client(store: Store, corpus: Corpus) -> Iterator[TestClient]:
    """Talk to the application without a socket."""
    with TestClient(create_app(store, corpus.questions), raise_server_exceptions=False) as client:
        yield client


def test_health_says_that_it_lives(client: TestClient) -> None:
    """A load balancer would take the service for dead."""
    assert client.get("/health").json() == {"status": "ok"}


def test_service_info_names_the_dataset(client: TestClient, store: Store) -> None:
    """Nobody could tell which data answered."""
    info = client.get("/service-info").json()
    assert info["dataset"]["sha256"] == store.manifest.digest
    assert info["dataset"]["cases"] == store.manifest.cases


def test_cases_are_listed_with_a_total(client: TestClient, store: Store) -> None:
    """A case would be missing from the list."""
    listed = client.get("/cases").json()
    assert listed["total"] == len(listed["cases"]) == store.manifest.cases


def test_a_case_is_json_with_plain_names(client: TestClient) -> None:
    """Somebody who never heard of RDF could not read a case."""
    answer = client.get(f"/cases/{CASE}")
    assert answer.headers["content-type"] == "application/json"
    assert answer.headers["vary"] == "Accept, Accept-Encoding"
    assert answer.json()["events"] == ["withdrawal"]


@pytest.mark.parametrize(
    ("suffix", "media_type", "name"), [(".ttl", "text/turtle", "turtle"), (".jsonld", "application/ld+json", "json-ld")]
)
def test_a_case_as_rdf_holds_its_named_graph(client: TestClient, suffix: str, media_type: str, name: str) -> None:
    """The RDF of a case would lack triples, or suffix and Accept would differ."""
    by_suffix = client.get(f"/cases/{CASE}{suffix}")
    by_accept = client.get(f"/cases/{CASE}", headers={"Accept": media_type})
    assert by_suffix.headers["content-type"].startswith(media_type)
    assert by_suffix.content == by_accept.content
    graph = f"https://w3id.org/itbkg/graph/case/{CASE}"
    query = f"SELECT (COUNT(*) AS ?n) WHERE {{ GRAPH <{graph}> {{ ?s ?p ?o }} }}"
    counted = client.get("/sparql", params={"query": query}).json()["results"]["bindings"][0]["n"]["value"]
    assert len(_parse(by_suffix.text, name)) == int(counted) > 0


def _parse(text: str, name: str) -> Graph:
    return Dataset().parse(data=text, format=name) if name == "json-ld" else Graph().parse(data=text, format=name)


@pytest.mark.parametrize(
    ("method", "path", "headers", "status"),
    [
        ("GET", "/cases/doe-1901/9", {}, 404),
        ("GET", "/cases/..%2f..%2fetc/1", {}, 404),
        ("GET", f"/cases/{CASE}", {"Accept": "image/png"}, 406),
        ("GET", f"/cases/{CASE}", {"Accept": "nonsense"}, 400),
        ("GET", "/nothing", {}, 404),
        ("DELETE", "/cases", {}, 405),
        ("GET", "/sparql?query=SELEC", {}, 400),
        ("GET", "/sparql?query=DROP%20ALL", {}, 403),
        ("GET", "/sparql?query=ASK{SERVICE%20%3Chttp://127.0.0.1/%3E{}}", {}, 403),
        ("POST", "/sparql", {"Content-Type": "text/plain"}, 415),
    ],
)
def test_every_error_is_a_problem_document(
    client: TestClient, method: str, path: str, headers: dict[str, str], status: int
) -> None:
    """A client would get an error in a form that it cannot read."""
    answer = client.request(method, path, headers=headers)
    assert answer.status_code == status
    assert answer.headers["content-type"] == "application/problem+json"
    assert {"type", "title", "status", "detail"} <= answer.json().keys()


def test_an_unknown_case_names_the_nearest(client: TestClient) -> None:
    """A typing slip would lead nowhere."""
    assert CASE in client.get("/cases/doe-1910/1").json()["nearest"]


@pytest.mark.parametrize("way", ["get", "form", "direct"])
def test_sparql_answers_by_get_form_and_body(client: TestClient, store: Store, way: str) -> None:
    """One of the protocol's three ways to send a query would not work."""
    if way == "get":
        answer = client.get("/sparql", params={"query": COUNT})
    elif way == "form":
        answer = client.post("/sparql", data={"query": COUNT})
    else:
        answer = client.post("/sparql", content=COUNT, headers={"Content-Type": "application/sparql-query"})
    assert answer.headers["content-type"] == "application/sparql-results+json"
    assert answer.json()["results"]["bindings"][0]["n"]["value"] == str(store.manifest.triples)


@pytest.mark.parametrize(
    ("query", "accept"),
    [
        (COUNT, "text/csv"),
        (COUNT, "text/tab-separated-values"),
        (COUNT, "application/sparql-results+xml"),
        ("ASK { ?s ?p ?o }", "application/sparql-results+xml"),
        ("CONSTRUCT { ?s ?p ?o } WHERE { ?s ?p ?o } LIMIT 5", "application/n-triples"),
        (f"DESCRIBE <https://w3id.org/itbkg/case/{CASE}>", "text/turtle"),
        (f"DESCRIBE <https://w3id.org/itbkg/case/{CASE}>", "application/rdf+xml"),
    ],
)
def test_sparql_gives_the_form_that_is_asked_for(client: TestClient, query: str, accept: str) -> None:
    """A client would get another format than the one it reads."""
    answer = client.get("/sparql", params={"query": query}, headers={"Accept": accept})
    assert answer.status_code == 200
    assert answer.headers["content-type"].split(";")[0] == accept
    assert answer.content


def test_a_body_that_is_too_large_is_refused(client: TestClient) -> None:
    """One request could fill the server's memory."""
    answer = client.post("/sparql", content="x" * 300_000, headers={"Content-Type": "application/sparql-query"})
    assert answer.status_code == 413


def test_the_documentation_needs_no_network(client: TestClient) -> None:
    """Without a network the documentation would be a blank page."""
    page = client.get("/docs").text
    links = re.findall(r'(?:src|href)="([^"]+)"', page)
    assert links
    assert all(link.startswith("/") and client.get(link).status_code == 200 for link in links)
    assert "http://" not in page
    assert "https://" not in page


def test_the_openapi_document_names_every_route(client: TestClient) -> None:
    """A generated client would lack an address."""
    paths = client.get("/openapi.json").json()["paths"]
    assert {
        "/health",
        "/api/v1/service-info",
        "/api/v1/cases",
        "/api/v1/cases/{publication}/{case}",
        "/sparql",
        "/api/v1/questions",
    } <= paths.keys()


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Serve the packaged corpus on a free loopback port, by the command itself."""
    with served(None, {"ITBKG_CACHE": str(tmp_path_factory.mktemp("cache"))}) as (host, port):
        yield f"http://{host}:{port}"


def test_the_served_corpus_answers_over_a_socket(address: str) -> None:
    """`itbkg serve` would start and not serve the Pittsburgh case."""
    account = httpx.get(f"{address}/api/v1/cases/mohammed-2004/1").json()
    assert account["causal_paths"] == [["programming error", "pump stopped", "withdrawal"]]

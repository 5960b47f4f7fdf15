"""The terms over HTTP: search, every form of a term, and where the graph's IRIs lead."""

import json

import pytest
from fastapi.testclient import TestClient
from rdflib import OWL, Dataset, Graph, URIRef

from itbkg.settings import Corpus
from itbkg.store import Store
from itbkg.terms import Glossary
from itbkg_api.app import create_app
from itbkg_api.terms import FORMATS, SUFFIXES

BROWSER = "text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,*/*;q=0.8"
READERS = {"text/turtle": "turtle", "application/ld+json": "json-ld", "application/rdf+xml": "xml"}


# --- search ----------------------------------------------------------------------------------


def test_a_search_gives_what_the_library_finds(client: TestClient, glossary: Glossary) -> None:
    """The API would rank, count or cut otherwise than the command line."""
    answer = client.get("/api/v1/terms", params={"q": "pump", "branch": "Cause", "limit": 3, "offset": 2}).json()
    found = glossary.search("pump", "Cause", 3, 2)
    assert [one["name"] for one in answer["terms"]] == [row.name for row in found.terms]
    assert (answer["total"], answer["offset"], answer["branch"]) == (found.total, 2, "Cause")


def test_without_a_word_all_terms_are_listed(client: TestClient, glossary: Glossary) -> None:
    """A client could not get every term."""
    answer = client.get("/api/v1/terms", params={"limit": 2000}).json()
    assert answer["total"] == len(answer["terms"]) == len(glossary.lexicon.terms)


def test_nothing_found_is_an_empty_list(client: TestClient) -> None:
    """An emoji would be an error, or find something."""
    answer = client.get("/api/v1/terms", params={"q": "🙂"})
    assert answer.status_code == 200
    assert answer.json()["terms"] == []


@pytest.mark.parametrize(
    ("path", "status", "said"),
    [
        ("/api/v1/terms?q=%00pump", 400, "U+0000"),
        ("/api/v1/terms?q=" + "x" * 10_000, 400, "10000 characters"),
        ("/api/v1/terms?q=%20", 400, "empty"),
        ("/api/v1/terms?q=pump&branch=Causse", 404, "no known class"),
        ("/api/v1/terms?q=pump&branch=pump%20removal", 400, "several classes"),
        ("/api/v1/terms?limit=0", 422, "parameters"),
        ("/api/v1/terms?limit=1e9", 422, "parameters"),
        ("/api/v1/terms?offset=-1", 422, "parameters"),
        ("/api/v1/terms/Seizre", 404, "did you mean"),
        ("/api/v1/terms/X:0000002", 404, "did you mean 'InventedSign'"),
        ("/api/v1/terms/Seizure.pdf", 404, "no known term"),
        ("/api/v1/terms/..%2f..%2fetc", 404, "nothing is at"),
        ("/api/v1/terms/%3Cscript%3E", 404, "no known term"),
        ("/ont/a/b", 404, "nothing is at"),
    ],
)
def test_every_error_is_a_problem_document(client: TestClient, path: str, status: int, said: str) -> None:
    """A client would get an error that it cannot read, or that does not say what to do."""
    answer = client.get(path)
    assert answer.status_code == status
    assert answer.headers["content-type"] == "application/problem+json"
    assert said in answer.json()["detail"]


def test_an_unknown_term_names_those_like_it_by_their_address(client: TestClient) -> None:
    """What is suggested could not be put into the address."""
    nearest = client.get("/api/v1/terms/CathterKink").json()["nearest"]
    assert "CatheterKink" in nearest
    assert client.get(f"/api/v1/terms/{nearest[0]}").status_code == 200


# --- one term --------------------------------------------------------------------------------


def test_a_term_as_json_is_what_the_library_tells(client: TestClient, glossary: Glossary) -> None:
    """JSON would lack a field of a term."""
    answer = client.get("/api/v1/terms/InventedSign").json()
    account = glossary.show(glossary.identify("InventedSign"))
    assert answer.keys() == set(account.__slots__)
    assert answer["mappings"][0] == {
        "match": "exact",
        "id": "X:0000001",
        "label": "Invented sign of others",
        "iri": "https://example.org/x/1",
    }
    assert answer["usage"]["not_reported"] == answer["usage"]["of"]


@pytest.mark.parametrize("suffix", SUFFIXES)
def test_suffix_and_accept_give_the_same(client: TestClient, suffix: str) -> None:
    """A link and a header would lead to different answers."""
    by_suffix = client.get(f"/api/v1/terms/PumpCause{suffix}")
    by_accept = client.get("/api/v1/terms/PumpCause", headers={"Accept": SUFFIXES[suffix]})
    assert by_suffix.status_code == by_accept.status_code == 200
    assert by_suffix.headers["content-type"].split(";")[0] == SUFFIXES[suffix]
    assert by_suffix.content == by_accept.content
    assert by_accept.headers["vary"] == "Accept, Accept-Encoding"
    assert by_suffix.headers["vary"] == "Accept-Encoding"


@pytest.mark.parametrize("media_type", READERS)
def test_the_rdf_of_a_term_has_its_class_expressions(client: TestClient, glossary: Glossary, media_type: str) -> None:
    """Whoever follows an IRI would get less than the ontology says."""
    answer = client.get("/api/v1/terms/PumpCause", headers={"Accept": media_type})
    kind = READERS[media_type]
    graph = Dataset() if kind == "json-ld" else Graph()
    graph.parse(data=answer.text, format=kind)
    expected = glossary.describe(glossary.identify("PumpCause"), "ntriples").splitlines()
    assert len(graph) == len(expected)
    assert [*graph.objects(None, OWL.onProperty)] == [URIRef("https://w3id.org/itbkg/ont/affectsPart")]


@pytest.mark.parametrize(
    ("accept", "form"),
    [
        (None, "json"),
        ("*/*", "json"),
        (BROWSER, "json"),
        ("text/turtle;q=0.5, application/rdf+xml", "rdfxml"),
        ("application/json;q=0.1, text/turtle", "turtle"),
    ],
)
def test_accept_chooses_the_form(client: TestClient, accept: str | None, form: str) -> None:
    """A program would be given a form that it cannot read."""
    answer = client.get("/api/v1/terms/Seizure", headers={"Accept": accept} if accept else {})
    assert FORMATS[answer.headers["content-type"].split(";")[0]] == form


def test_what_is_not_offered_is_406(client: TestClient) -> None:
    """A client would get a form that it cannot read."""
    assert client.get("/api/v1/terms/Seizure", headers={"Accept": "image/png"}).status_code == 406
    assert client.get("/api/v1/terms", headers={"Accept": "text/turtle"}).status_code == 406


@pytest.mark.parametrize(
    ("path", "leads_to"),
    [
        ("/api/v1/terms/ITBKG:9999001", "/api/v1/terms/InventedSign"),
        ("/api/v1/terms/itb:InventedSign.ttl", "/api/v1/terms/InventedSign.ttl"),
        ("/api/v1/terms/inventedsign", "/api/v1/terms/InventedSign"),
        ("/api/v1/terms/X:0000001.jsonld", "/api/v1/terms/InventedSign.jsonld"),
        ("/ont", "/api/v1/ontology"),
        ("/ont/InventedSign", "/api/v1/terms/InventedSign"),
        ("/ont/InventedSign.rdf", "/api/v1/terms/InventedSign.rdf"),
        ("/ont/a%3Fb%23c%25", "/api/v1/terms/a%3Fb%23c%25"),
        ("/unit/day", "/api/v1/terms/unit:day"),
        ("/publication/doe-1901", "/api/v1/publications/doe-1901"),
        ("/publication/doe-1901/place/case/2", "/api/v1/publications/doe-1901"),
        ("/case/doe-1901/1", "/api/v1/cases/doe-1901/1"),
        ("/case/doe-1901/1.ttl", "/api/v1/cases/doe-1901/1.ttl"),
        ("/case/doe-1901/1/finding/increased-spasticity-0-h", "/api/v1/cases/doe-1901/1"),
    ],
)
def test_iris_and_identifiers_lead_to_the_thing(client: TestClient, path: str, leads_to: str) -> None:
    """An IRI of the graph would lead nowhere, or lose its suffix on the way."""
    for answer in (client.get(path), client.head(path)):
        assert (answer.status_code, answer.headers["location"]) == (303, leads_to)
        assert not answer.content


def test_what_the_iris_of_the_graph_lead_to_is_there(client: TestClient, glossary: Glossary) -> None:
    """A term would have an IRI and no address."""
    iris = [*glossary.lexicon.terms]
    assert all(glossary.identify(glossary.lexicon[iri].name).iri == iri for iri in iris)
    for iri in iris[::25]:
        lead = client.get(iri.removeprefix("https://w3id.org/itbkg")).headers["location"]
        assert client.get(lead).json()["iri"] == iri
    for iri in ("/case/doe-1901/1", "/publication/doe-1901", "/ont"):
        assert client.get(iri, follow_redirects=True).status_code == 200


@pytest.mark.parametrize("path", ["/terms/Seizure", "/terms?q=pump", "/terms"])
def test_a_client_that_has_it_is_told_so(client: TestClient, path: str) -> None:
    """Every visit would load everything again, or a page be taken for data."""
    page = client.get(path.replace("terms", "words"), headers={"Accept": BROWSER})
    data = client.get(f"/api/v1{path}")
    assert page.headers["etag"] != data.headers["etag"]
    for answer in (page, data):
        known = {"Accept": BROWSER, "If-None-Match": f'"other", W/{answer.headers["etag"]}'}
        again = client.get(str(answer.url.raw_path, "ascii"), headers=known)
        assert (again.status_code, again.content) == (304, b"")
        assert again.headers["etag"] == answer.headers["etag"]


@pytest.mark.parametrize("path", ["/api/v1/terms", "/api/v1/terms/Seizure", "/api/v1/terms/Seizure.ttl"])
def test_head_says_what_get_would(client: TestClient, path: str) -> None:
    """A link checker would take an address for dead."""
    whole, head = client.get(path), client.head(path)
    assert (head.status_code, head.content) == (200, b"")
    assert {**head.headers} == {**whole.headers}


def test_another_graph_has_another_tag(client: TestClient, store: Store, corpus: Corpus) -> None:
    """A cache would keep the terms of an old graph."""
    other = TestClient(create_app(store, corpus.questions))
    assert other.get("/api/v1/terms/Seizure").headers["etag"] != client.get("/api/v1/terms/Seizure").headers["etag"]


def test_rdf_of_other_files_than_the_graphs_is_refused_and_the_rest_says_so(store: Store, larger: Corpus) -> None:
    """A graph would be described by an ontology that it was not built from."""
    client = TestClient(create_app(store, larger.questions), raise_server_exceptions=False)
    refused = client.get("/api/v1/terms/PumpCause.ttl")
    assert refused.status_code == 503
    assert str(larger.root) not in refused.text
    assert client.get("/api/v1/terms/PumpCause.json").json()["axioms"] is None
    assert "another version of the ontology" in client.get("/words/PumpCause").text


def test_the_documentation_types_the_answers(client: TestClient) -> None:
    """A generated client would get untyped answers."""
    paths = client.get("/openapi.json").json()["paths"]
    assert set(paths["/api/v1/terms"]) == set(paths["/api/v1/terms/{name}"]) == {"get"}
    for path, model in (("/api/v1/terms", "Found"), ("/api/v1/terms/{name}", "TermAccount")):
        schema = paths[path]["get"]["responses"]["200"]["content"]["application/json"]["schema"]
        assert schema["$ref"].endswith(f"/{model}")


def test_json_is_plain(client: TestClient) -> None:
    """Two reads of one term would differ in their bytes."""
    first, second = (client.get("/api/v1/terms/Seizure").content for _ in range(2))
    assert first == second
    assert json.loads(first)["name"] == "Seizure"

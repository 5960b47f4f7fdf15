"""The SPARQL 1.1 Protocol, as a stranger's client reads it: each rule is asked of the running endpoint."""

from collections.abc import Iterator
from typing import Any
from urllib.parse import quote

import httpx2 as httpx
import pytest
from fastapi.testclient import TestClient
from rdflib import RDF, VOID, Graph, URIRef

from itbkg.limits import Limits
from itbkg.settings import Corpus
from itbkg.store import Store
from itbkg_api.app import create_app
from itbkg_api.sparql.description import SD

COUNT = "SELECT (COUNT(*) AS ?n) WHERE { ?s ?p ?o }"
ASK = "ASK { ?s ?p ?o }"
CONSTRUCT = "CONSTRUCT { ?s ?p ?o } WHERE { ?s ?p ?o } LIMIT 3"
DOE = "https://w3id.org/itbkg/graph/case/doe-1901/1"
LIMITS = Limits(seconds=3, result_bytes=100_000)
FORM = "application/x-www-form-urlencoded"
DIRECT = "application/sparql-query"


@pytest.fixture(scope="module")
def client(store: Store, corpus: Corpus) -> Iterator[TestClient]:
    """Talk to the application with its workers, without a socket."""
    with TestClient(create_app(store, corpus.questions, LIMITS), raise_server_exceptions=False) as client:
        yield client


def count(answer: httpx.Response) -> int:
    """Read the one number of an answer in JSON."""
    assert answer.status_code == 200, answer.text
    return int(answer.json()["results"]["bindings"][0]["n"]["value"])


def problem(answer: httpx.Response, status: int) -> dict[str, Any]:
    """Read a problem document of a status."""
    assert answer.status_code == status, answer.text
    assert answer.headers["content-type"] == "application/problem+json"
    document: dict[str, Any] = answer.json()
    assert document["status"] == status
    assert document["detail"]
    return document


@pytest.mark.parametrize(
    "form_type", [FORM, f"{FORM}; charset=UTF-8", "Application/X-WWW-Form-Urlencoded", f"{FORM};charset=utf-8"]
)
def test_a_form_is_read_however_its_type_is_written(client: TestClient, store: Store, form_type: str) -> None:
    """A client that names the charset would be turned away."""
    answer = client.post("/sparql", content=f"query={quote(COUNT)}", headers={"Content-Type": form_type})
    assert count(answer) == store.manifest.triples


@pytest.mark.parametrize("direct_type", [DIRECT, f"{DIRECT}; charset=utf-8", f'{DIRECT}; charset="UTF-8"'])
def test_a_query_may_be_the_body(client: TestClient, store: Store, direct_type: str) -> None:
    """The third way to send a query would not work."""
    answer = client.post("/sparql", content=COUNT, headers={"Content-Type": direct_type})
    assert count(answer) == store.manifest.triples


@pytest.mark.parametrize(
    ("accept", "query", "expected"),
    [
        (None, COUNT, "application/sparql-results+json"),
        ("*/*", COUNT, "application/sparql-results+json"),
        ("", COUNT, "application/sparql-results+json"),
        ("application/*", COUNT, "application/sparql-results+json"),
        ("text/*", COUNT, "text/csv"),
        ("text/csv;q=0.5, application/sparql-results+xml;q=0.9", COUNT, "application/sparql-results+xml"),
        ("text/csv;q=0.9, application/sparql-results+xml;q=0.5", COUNT, "text/csv"),
        ("image/png, */*;q=0.1", COUNT, "application/sparql-results+json"),
        ("text/turtle, text/tab-separated-values", COUNT, "text/tab-separated-values"),
        ("application/json", COUNT, "application/json"),
        ("TEXT/CSV", COUNT, "text/csv"),
        ("text/csv, application/json;q=0.5", ASK, "application/json"),
        (None, ASK, "application/sparql-results+json"),
        (None, CONSTRUCT, "text/turtle"),
        ("application/n-quads", CONSTRUCT, "application/n-quads"),
        ("application/trig", CONSTRUCT, "application/trig"),
        ("application/rdf+xml;q=0.4, application/ld+json;q=0.6", CONSTRUCT, "application/ld+json"),
        ("text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8", COUNT, "application/xml"),
    ],
)
def test_the_answer_has_the_form_that_is_liked_best(
    client: TestClient, accept: str | None, query: str, expected: str
) -> None:
    """A client would get a form that it ranks lower, or none."""
    headers = {"Accept": accept} if accept is not None else {}
    answer = client.get("/sparql", params={"query": query}, headers=headers)
    assert answer.status_code == 200, answer.text
    assert answer.headers["content-type"].split(";")[0] == expected
    assert "Accept" in answer.headers["vary"]


@pytest.mark.parametrize(
    ("accept", "query"),
    [
        ("image/png", COUNT),
        ("text/turtle", COUNT),
        ("text/csv", ASK),
        ("text/csv", CONSTRUCT),
        ("application/sparql-results+json;q=0", COUNT),
        ("*/*;q=0", COUNT),
    ],
)
def test_what_cannot_be_given_is_said(client: TestClient, accept: str, query: str) -> None:
    """A client would get bytes that it said it cannot read."""
    assert (
        "text/csv" in problem(client.get("/sparql", params={"query": query}, headers={"Accept": accept}), 406)["detail"]
        or query != COUNT
    )


@pytest.mark.parametrize(
    ("target", "status"),
    [
        ("/sparql?query=" + quote(COUNT) + "&query=" + quote(COUNT), 400),
        ("/sparql?query=", 400),
        ("/sparql?query=%FF%FE", 400),
        ("/sparql?query=SELECT%20*%20%7B", 400),
        ("/sparql?query=" + quote("PREFIX x: <urn:x:> SELECT * { ?s y:p ?o }"), 400),
        ("/sparql?query=" + quote(COUNT) + "&default-graph-uri=not%20an%20iri", 400),
        ("/sparql?query=" + quote(COUNT) + "&default-graph-uri=relative", 400),
        ("/sparql?" + "&".join("a=b" for _ in range(200)), 400),
        ("/sparql?update=" + quote("DELETE WHERE { ?s ?p ?o }"), 403),
        ("/sparql?query=" + quote("DELETE WHERE { ?s ?p ?o }"), 403),
        ("/sparql?query=" + quote("SELECT * { SERVICE <http://127.0.0.1:1/> { ?s ?p ?o } }"), 403),
        ("/sparql?query=" + quote(COUNT) + "&using-graph-uri=urn:x", 400),
    ],
)
def test_a_request_that_cannot_be_read_is_said_to_be_so(client: TestClient, target: str, status: int) -> None:
    """A client's slip would be answered with rows, with none, or with a fault of the server."""
    problem(client.get(target), status)


@pytest.mark.parametrize(
    ("content", "kind", "status"),
    [
        (COUNT, "text/plain", 415),
        (COUNT, "application/json", 415),
        (COUNT, f"{DIRECT}; charset=latin-1", 415),
        (COUNT, "nonsense", 415),
        ("DELETE WHERE { ?s ?p ?o }", "application/sparql-update", 403),
        (b"\xff\xfe", DIRECT, 400),
        (b"query=\xff", FORM, 400),
        ("nothing=here", FORM, 400),
        ("", FORM, 400),
        ("", DIRECT, 400),
        ("update=DROP%20ALL", FORM, 403),
        ("query=" + quote(COUNT) + "&update=DROP%20ALL", FORM, 403),
    ],
)
def test_a_body_that_cannot_be_read_is_said_to_be_so(
    client: TestClient, content: str | bytes, kind: str, status: int
) -> None:
    """A client's slip would be answered with rows, with none, or with a fault of the server."""
    answer = client.post("/sparql", content=content, headers={"Content-Type": kind})
    problem(answer, status)
    assert (status != 415) or DIRECT in answer.headers["accept-post"]


def test_a_body_without_a_type_is_not_guessed_at(client: TestClient) -> None:
    """A body of any kind would be taken for a query."""
    problem(client.post("/sparql", content=COUNT), 415)


def test_a_query_may_not_stand_in_address_and_body(client: TestClient) -> None:
    """One of two queries would be passed over in silence."""
    answer = client.post(f"/sparql?query={quote(ASK)}", content=COUNT, headers={"Content-Type": DIRECT})
    problem(answer, 400)


@pytest.mark.parametrize("method", ["PUT", "DELETE", "PATCH", "TRACE"])
def test_other_methods_are_refused_with_what_there_is(client: TestClient, method: str) -> None:
    """A client could not learn which methods there are."""
    answer = client.request(method, "/sparql")
    problem(answer, 405)
    assert set(answer.headers["allow"].split(", ")) == {"GET", "HEAD", "OPTIONS", "POST"}


def test_head_has_the_head_of_get_and_no_body(client: TestClient) -> None:
    """A cache could not learn the size of an answer, or would be sent it."""
    got = client.get("/sparql", params={"query": COUNT})
    head = client.head("/sparql", params={"query": COUNT})
    assert head.status_code == 200
    assert head.content == b""
    assert {name: head.headers[name] for name in ("content-length", "content-type", "etag")} == {
        name: got.headers[name] for name in ("content-length", "content-type", "etag")
    }


def test_a_page_of_another_site_may_ask(client: TestClient) -> None:
    """A browser would keep the answer from the page that asked."""
    preflight = client.options(
        "/sparql", headers={"Origin": "https://example.org", "Access-Control-Request-Method": "POST"}
    )
    assert preflight.status_code == 204
    assert "POST" in preflight.headers["access-control-allow-methods"]
    assert "Content-Type" in preflight.headers["access-control-allow-headers"]
    for answer in (preflight, client.get("/sparql", params={"query": COUNT}), client.get("/sparql?query=x")):
        assert answer.headers["access-control-allow-origin"] == "*"


@pytest.mark.parametrize("way", ["address", "form", "body"])
def test_the_protocol_names_the_dataset(client: TestClient, way: str) -> None:
    """A query over one case would be answered from all of them."""
    whole = count(
        client.get("/sparql", params={"query": f"SELECT (COUNT(*) AS ?n) {{ GRAPH <{DOE}> {{ ?s ?p ?o }} }}"})
    )
    fields = {"default-graph-uri": DOE}
    if way == "address":
        answer = client.get("/sparql", params={"query": COUNT} | fields)
    elif way == "form":
        answer = client.post("/sparql", data={"query": COUNT} | fields)
    else:
        answer = client.post("/sparql", params=fields, content=COUNT, headers={"Content-Type": DIRECT})
    assert count(answer) == whole > 0


def test_the_dataset_of_the_protocol_is_the_whole_dataset(client: TestClient) -> None:
    """What was not named would be in the answer all the same (SPARQL 1.1 Protocol, section 2.1.4)."""
    graphs = "SELECT (COUNT(DISTINCT ?g) AS ?n) { GRAPH ?g { ?s ?p ?o } }"
    assert count(client.get("/sparql", params={"query": graphs})) > 1
    assert count(client.get("/sparql", params={"query": graphs, "named-graph-uri": DOE})) == 1
    assert count(client.get("/sparql", params={"query": graphs, "default-graph-uri": DOE})) == 0
    assert count(client.get("/sparql", params={"query": COUNT, "named-graph-uri": DOE})) == 0
    both = f"/sparql?query={quote(COUNT)}&default-graph-uri={DOE}&default-graph-uri=urn:no-such-graph"
    assert count(client.get(both)) == count(client.get("/sparql", params={"query": COUNT, "default-graph-uri": DOE}))


def test_the_dataset_of_the_protocol_comes_before_that_of_the_query(client: TestClient) -> None:
    """FROM would win over default-graph-uri (section 2.1.4)."""
    query = "SELECT (COUNT(*) AS ?n) FROM <urn:no-such-graph> { ?s ?p ?o }"
    assert count(client.get("/sparql", params={"query": query})) == 0
    assert count(client.get("/sparql", params={"query": query, "default-graph-uri": DOE})) > 0


def test_every_triple_counts_once(client: TestClient, store: Store) -> None:
    """A count over the default graph would be too high by the triples that stand in several graphs."""
    distinct = "SELECT (COUNT(*) AS ?n) { SELECT DISTINCT ?s ?p ?o { GRAPH ?g { ?s ?p ?o } } }"
    assert count(client.get("/sparql", params={"query": COUNT})) == store.manifest.triples
    assert count(client.get("/sparql", params={"query": distinct})) == store.manifest.triples


def test_a_client_that_has_the_answer_is_told_so(client: TestClient) -> None:
    """Every question would be answered in full again, or a stale answer be taken for a fresh one."""
    first = client.get("/sparql", params={"query": COUNT})
    tag = first.headers["etag"]
    again = client.get("/sparql", params={"query": COUNT}, headers={"If-None-Match": f'"x", {tag}'})
    assert (again.status_code, again.content, again.headers["etag"]) == (304, b"", tag)
    other_form = client.get("/sparql", params={"query": COUNT}, headers={"Accept": "text/csv"})
    other_query = client.get("/sparql", params={"query": ASK})
    assert len({tag, other_form.headers["etag"], other_query.headers["etag"]}) == 3


def test_the_same_query_gives_the_same_bytes(client: TestClient) -> None:
    """Two answers could not be compared."""
    query = "CONSTRUCT { ?s ?p ?o } WHERE { ?s a <https://w3id.org/itbkg/ont/Seizure> ; ?p ?o } "
    bodies = {client.get("/sparql", params={"query": query + "#" * n}).content for n in range(3)}
    assert len(bodies) == 1


@pytest.mark.parametrize(
    ("query", "status", "limit"),
    [
        ("SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }", 503, "seconds"),
        ("SELECT * { ?a ?b ?c . ?d ?e ?f }", 422, "result-bytes"),
        ("CONSTRUCT { ?a ?e ?f } WHERE { ?a ?b ?c . ?d ?e ?f }", 422, "result-bytes"),
    ],
)
def test_a_limit_that_is_met_is_named(client: TestClient, query: str, status: int, limit: str) -> None:
    """A cut answer would look complete, or a client could not know what to change."""
    answer = client.get("/sparql", params={"query": query})
    document = problem(answer, status)
    assert document["limit"] == limit
    assert (status != 503) or int(answer.headers["retry-after"]) > 0
    assert count(client.get("/sparql", params={"query": COUNT})) > 0


def test_every_answer_tells_the_limits(client: TestClient) -> None:
    """A client could not know beforehand what it may ask."""
    told = client.get("/sparql", params={"query": COUNT}).headers["itbkg-limits"]
    assert "seconds=3" in told.split(", ")
    assert client.get("/sparql?query=x").headers["itbkg-limits"] == told


@pytest.mark.parametrize("path", ["/sparql", "/.well-known/void"])
@pytest.mark.parametrize(
    ("accept", "form"),
    [("text/turtle", "turtle"), ("application/ld+json", "json-ld"), ("application/rdf+xml", "xml"), (None, "turtle")],
)
def test_the_endpoint_describes_itself(
    client: TestClient, store: Store, path: str, accept: str | None, form: str
) -> None:
    """A federating client could not learn what it may ask, or how much there is."""
    answer = client.get(path, headers={"Accept": accept} if accept else {})
    described = Graph().parse(data=answer.text, format=form)
    (service,) = described.subjects(RDF.type, SD.Service)
    assert described.value(service, SD.endpoint) == service
    dataset = described.value(service, SD.defaultDataset)
    assert int(str(described.value(dataset, VOID.triples))) == store.manifest.triples
    assert len(list(described.subjects(RDF.type, SD.NamedGraph))) == store.manifest.graphs
    limits = {str(name) for name in described.objects(None, URIRef("https://schema.org/name"))}
    assert "limit: seconds" in limits


def test_a_browser_is_shown_a_page(client: TestClient) -> None:
    """A person who follows the address would see RDF."""
    page = client.get("/sparql", headers={"Accept": "text/html,application/xhtml+xml,*/*;q=0.8"})
    assert page.headers["content-type"].startswith("text/html")
    assert '<textarea id="query" name="query"' in page.text


def test_the_openapi_document_has_the_endpoint(client: TestClient) -> None:
    """A generated client would lack the endpoint."""
    operations = client.get("/openapi.json").json()["paths"]["/sparql"]
    assert operations.keys() == {"get", "post"}


def test_a_syntax_error_is_placed(client: TestClient) -> None:
    """A person would have to search a long query for the slip."""
    document = problem(client.get("/sparql", params={"query": "SELECT *\nWHERE { ?s ?p }"}), 400)
    assert (document["line"], document["column"]) == (2, 16)

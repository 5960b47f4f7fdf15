"""The W3C's tests of the SPARQL 1.1 Protocol that a read-only endpoint can be put to, by their names.

The suite in its packaged form names the tests; their requests are in the manifest of https://github.com/w3c/rdf-tests,
sparql/sparql11/protocol. Those of updates that are to succeed are turned round: they must be refused.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import quote, urlencode

import httpx2 as httpx
import pyoxigraph as ox
import pytest
from fastapi.testclient import TestClient
from rdflib import RDF, Graph

from itbkg.building import Built
from itbkg.settings import Corpus
from itbkg.store import Store
from itbkg_api.app import create_app
from tests.w3c import BASE, MF, suite

DATA = "http://kasei.us/2009/09/sparql/data/data"
ONE, TWO, THREE = (f"{DATA}{number}.rdf" for number in (1, 2, 3))
FORM, DIRECT, UPDATE = "application/x-www-form-urlencoded", "application/sparql-query", "application/sparql-update"
TRUE = "ASK {}"
BOTH = f"ASK {{ <{ONE}> a ?type . <{TWO}> a ?type . }}"
NAMED = f"GRAPH ?g1 {{ <{ONE}> a ?type }} GRAPH ?g2 {{ <{TWO}> a ?type }}"
TABLES = {"application/sparql-results+json", "application/sparql-results+xml", "text/csv", "text/tab-separated-values"}
TRUTHS = {"application/sparql-results+json", "application/sparql-results+xml"}
GRAPHS = {"text/turtle", "application/rdf+xml", "application/n-triples"}


@dataclass(frozen=True)
class Sent:
    """A request of a test: what stands in the address, and the body with its type."""

    method: str = "POST"
    fields: tuple[tuple[str, str], ...] = ()
    body: bytes = b""
    kind: str | None = None

    def to(self, client: TestClient) -> httpx.Response:
        """Send it."""
        headers = {"Content-Type": self.kind} if self.kind else {}
        address = f"/sparql?{urlencode(self.fields, quote_via=quote)}" if self.fields else "/sparql"
        return client.request(self.method, address, content=self.body, headers=headers)


def default(*graphs: str) -> tuple[tuple[str, str], ...]:
    """Name the default graph in the address."""
    return tuple(("default-graph-uri", graph) for graph in graphs)


def named(*graphs: str) -> tuple[tuple[str, str], ...]:
    """Name the named graphs in the address."""
    return tuple(("named-graph-uri", graph) for graph in graphs)


def direct(query: str, *fields: tuple[str, str]) -> Sent:
    """Send a query as the body."""
    return Sent("POST", fields, query.encode(), DIRECT)


def get(query: str, *fields: tuple[str, str]) -> Sent:
    """Send a query in the address."""
    return Sent("GET", (("query", query), *fields))


NONE = default(f"{DATA}0.rdf")
TRUE_ANSWERS = {
    "query_post_form": Sent("POST", NONE, b"query=ASK%20%7B%7D", FORM),
    "query_dataset_default_graphs_get": get(BOTH, *default(ONE, TWO)),
    "query_dataset_default_graphs_post": direct(BOTH, *default(ONE, TWO)),
    "query_dataset_named_graphs_post": direct(f"ASK {{ {NAMED} }}", *named(ONE, TWO)),
    "query_dataset_named_graphs_get": get(f"ASK {{ {NAMED} }}", *named(ONE, TWO)),
    "query_dataset_full": direct(f"ASK {{ <{THREE}> a ?type {NAMED} }}", *default(THREE), *named(ONE, TWO)),
    "query_multiple_dataset": direct(f"ASK FROM <{THREE}> {{ {NAMED} }}", *named(ONE, TWO)),
    "query_get": get(TRUE),
    "query_post_direct": direct(TRUE),
}
FORMS = {
    "query_content_type_select": (direct("SELECT (1 AS ?value) {}", *NONE), TABLES),
    "query_content_type_ask": (direct(TRUE, *NONE), TRUTHS),
    "query_content_type_describe": (direct("DESCRIBE <http://example.org/>", *NONE), GRAPHS),
    "query_content_type_construct": (direct("CONSTRUCT { <s> <p> 1 } WHERE {}", *NONE), GRAPHS),
}
UPDATES = {
    "update_dataset_default_graph": ("CLEAR ALL", (("using-graph-uri", ONE),)),
    "update_dataset_default_graphs": ("DROP ALL", (("using-graph-uri", ONE), ("using-graph-uri", TWO))),
    "update_dataset_named_graphs": ("DROP ALL", (("using-named-graph-uri", ONE), ("using-named-graph-uri", TWO))),
    "update_dataset_full": ("DROP ALL", (("using-graph-uri", ONE), ("using-named-graph-uri", TWO))),
    "update_post_direct": ("CLEAR ALL", ()),
    "update_base_uri": ("CLEAR GRAPH <http://example.org/protocol-base-test/>", ()),
    "bad_update_syntax": ("CLEAR XYZ", ()),
    "bad_update_dataset_conflict": ("INSERT { ?s ?p 1 } USING <urn:g> WHERE { ?s ?p 2 }", (("using-graph-uri", ONE),)),
}
REFUSED = {
    **{name: Sent("POST", fields, text.encode(), UPDATE) for name, (text, fields) in UPDATES.items()},
    "update_post_form": Sent("POST", (), b"update=CLEAR%20ALL", FORM),
    "bad_query_method": Sent("PUT", (("query", TRUE), *NONE), b"", FORM),
    "bad_multiple_queries": Sent("GET", (("query", TRUE), ("query", "SELECT * {}"))),
    "bad_query_wrong_media_type": Sent("POST", (), b"ASK {}", "text/plain"),
    "bad_query_missing_form_type": Sent("POST", (), b"query=ASK%20%7B%7D"),
    "bad_query_missing_direct_type": Sent("POST", (), b"ASK {}"),
    "bad_query_non_utf8": Sent("POST", (), "ASK {}".encode("utf-16"), f"{DIRECT}; charset=UTF-16"),
    "bad_query_syntax": get("ASK {"),
    "bad_update_get": Sent("GET", (("update", "CLEAR ALL"),)),
    "bad_multiple_updates": Sent("POST", (), b"update=CLEAR%20NAMED&update=CLEAR%20DEFAULT", FORM),
    "bad_update_wrong_media_type": Sent("POST", (), b"CLEAR NAMED", "text/plain"),
    "bad_update_missing_form_type": Sent("POST", (), b"update=CLEAR%20NAMED"),
    "bad_update_non_utf8": Sent("POST", (), "CLEAR NAMED".encode("utf-16"), f"{UPDATE}; charset=UTF-16"),
}


@pytest.fixture(scope="module")
def client(built: Built, corpus: Corpus) -> Iterator[TestClient]:
    """Serve the suite's three graphs, each of which says of itself that it is a document."""
    inner = ox.Store()
    kind = ox.NamedNode("http://www.w3.org/1999/02/22-rdf-syntax-ns#type")
    document = ox.NamedNode("http://xmlns.com/foaf/0.1/Document")
    inner.extend(ox.Quad(ox.NamedNode(iri), kind, document, ox.NamedNode(iri)) for iri in (ONE, TWO, THREE))
    with TestClient(create_app(Store(inner, built.manifest), corpus.questions)) as client:
        yield client


@pytest.mark.parametrize("name", TRUE_ANSWERS)
def test_the_answer_is_true(client: TestClient, name: str) -> None:
    """A query sent in one of the protocol's ways would be refused, or be asked of other graphs."""
    answer = TRUE_ANSWERS[name].to(client)
    assert (answer.status_code, answer.json()["boolean"]) == (200, True)


@pytest.mark.parametrize("name", FORMS)
def test_the_form_fits_the_query(client: TestClient, name: str) -> None:
    """A client would be sent a table for a graph, or a type that it does not know."""
    sent, forms = FORMS[name]
    answer = sent.to(client)
    assert answer.status_code == 200, answer.text
    assert answer.headers["content-type"].split(";")[0] in forms


@pytest.mark.parametrize("name", REFUSED)
def test_what_is_wrong_or_an_update_is_refused(client: TestClient, name: str) -> None:
    """A broken request would be guessed at, or the graph be changed."""
    assert 400 <= REFUSED[name].to(client).status_code < 500
    assert direct(f"ASK {{ {NAMED} }}").to(client).json()["boolean"]


def test_no_test_of_the_suite_is_left_out() -> None:
    """A test that the W3C lists would not be asked, or one here be none of theirs."""
    manifest = Graph().parse(suite() / "protocol" / "manifest.ttl", publicID=f"{BASE}protocol/manifest.ttl")
    listed = {str(test).rsplit("#", 1)[-1] for test in manifest.subjects(RDF.type, MF.ProtocolTest)}
    assert listed == {*TRUE_ANSWERS, *FORMS, *REFUSED}

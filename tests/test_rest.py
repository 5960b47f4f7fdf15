"""What holds on every address of the REST API: where things stand, heads, tags, compression, errors, the log."""

import gzip
import io
import json
import threading
from collections.abc import Iterator
from urllib.parse import urlsplit

import pytest
from fastapi.testclient import TestClient
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from starlette.requests import Request
from starlette.responses import PlainTextResponse
from starlette.types import Message

from itbkg.errors import SettingsError
from itbkg.limits import Limits
from itbkg.namespaces import BASE
from itbkg.settings import Corpus, read_settings
from itbkg.store import Store
from itbkg_api.addresses import API, SHORT
from itbkg_api.app import create_app
from itbkg_api.around.compression import accepts_gzip
from itbkg_api.around.heads import HeadAsGet
from itbkg_api.kinds import BY_STATUS, KINDS
from itbkg_api.problems import SLUGS, STATUS
from itbkg_api.resolving import place_of
from tests.running import run

PLAIN = {"Accept-Encoding": "identity"}
#: An address of every operation.
ADDRESSES = [
    *(f"{API}/{path}" for path in (
        "alarms", "alarms.csv", "cases", "cases.csv", "cases/doe-1901/1", "cases/doe-1901/1.ttl", "exports",
        "facets/finding", "guidance", "guidance?situation=withdrawal", "guidance/zoe-1906", "guidance/zoe-1906.ttl",
        "ontology", "ontology.ttl", "publications", "publications/doe-1901", "published", "published.tsv",
        "published/yoe-1907/people-in-withdrawal", "comparison", "comparison.csv",
        "comparison/yoe-1907/deaths-among-people-in-withdrawal", "times", "times.csv", "times/trigger-to-recovery",
        "questions", "questions/deaths", "questions/deaths.csv",
        "service-info", "terms", "terms/Seizure", "terms/Seizure.ttl", "version",
    )),
    "/problems", "/problems/busy", "/openapi.json", "/docs", "/static/page.css", "/.well-known/void",
]  # fmt: skip
UNSTORED = ["/health", "/health/live", "/health/ready"]


@pytest.fixture(scope="module")
def client(store: Store, corpus: Corpus) -> Iterator[TestClient]:
    """Talk to the application without a socket; it follows no redirect by itself."""
    application = create_app(store, corpus.questions)
    with TestClient(application, raise_server_exceptions=False, follow_redirects=False) as client:
        yield client


# --- where things stand ----------------------------------------------------------------------


@pytest.mark.parametrize("name", SHORT)
@pytest.mark.parametrize("method", ["GET", "HEAD"])
def test_a_short_address_leads_to_the_long_one(client: TestClient, name: str, method: str) -> None:
    """A link without a version would break, or lose what was asked."""
    for path in (f"/{name}", f"/{name}.json?limit=3&q=a%20b", f"/{name}/x%2Fy/1.ttl"):
        answer = client.request(method, path)
        given, there = urlsplit(path), urlsplit(answer.headers["location"])
        assert (answer.status_code, there.netloc) == (307, "")
        assert (there.path, there.query) == (API + given.path.replace("%2F", "/"), given.query)


def test_every_iri_of_the_graph_leads_to_what_is_there(client: TestClient, store: Store) -> None:
    """Somebody would cite an IRI of the graph that leads nowhere."""
    named = store.select(
        f"""SELECT DISTINCT ?it {{
        {{ ?it ?p ?o }} UNION {{ ?s ?p ?it }} UNION {{ ?s ?it ?o }} UNION {{ GRAPH ?it {{ ?s ?p ?o }} }}
        FILTER(ISIRI(?it) && STRSTARTS(STR(?it), "{BASE}")) }} ORDER BY ?it"""
    )
    places = {iri: place_of(store, iri.removeprefix(BASE)) for (iri,) in named.texts()}
    kinds = {iri.removeprefix(BASE).split("/")[0] for iri in places}
    assert {"ont", "unit", "case", "publication", "guidance", "published", "cohort", "graph"} <= kinds
    assert [iri for iri, place in places.items() if place is None] == []
    targets = sorted({place for place in places.values() if place})
    terms = [one for one in targets if one[0].startswith(f"{API}/terms/")]
    for address, asked in [one for one in targets if one not in terms] + terms[::40]:
        answer = client.get(f"{address}?{asked}", headers={"Accept": "*/*"})
        assert answer.status_code == 200, (address, asked)
        assert len(answer.content) > 200


def test_the_place_of_an_iri_has_its_terms(client: TestClient, store: Store) -> None:
    """The data of a thing without a page would be of another thing, or be empty."""
    for path in ("graph/case/doe-1901/1", "cohort/yoe-1907", "document/pump-management"):
        lead = client.get(f"/id/{path}")
        assert lead.status_code == 303
        data = client.get(lead.headers["location"], headers={"Accept": "application/n-triples"}).text
        assert data.strip()
        assert path.startswith("graph/") or all(f"<{BASE}{path}>" in line for line in data.splitlines())
    graph = f"SELECT (COUNT(*) AS ?n) {{ GRAPH <{BASE}graph/case/doe-1901/1> {{ ?s ?p ?o }} }}"
    address = client.get("/id/graph/case/doe-1901/1").headers["location"]
    lines = client.get(address, headers={"Accept": "application/n-triples"}).text.splitlines()
    assert len(lines) == int(next(store.select(graph).texts())[0])


@pytest.mark.parametrize(
    "path", ["/id/x", "/id/", "/id/ont/a/b", "/id/case/doe-1901", "/id/graph/none", "/id/cohort/x%3E%20%7D",
             "/id/dataset/x", "/cohort/none", "/document/none", "/id/published/yoe-1907"],
)  # fmt: skip
def test_what_is_no_iri_of_the_graph_is_not_found(client: TestClient, path: str) -> None:
    """A slip in an IRI would lead to an empty answer, or into a query."""
    assert client.get(path).status_code == 404


@pytest.mark.parametrize(
    "path", ["/ont/Seizure", "/unit/day", "/case/doe-1901/1", "/publication/doe-1901", "/cohort/yoe-1907"]
)
def test_an_iri_may_stand_without_id(client: TestClient, path: str) -> None:
    """Addresses that were given out before would break."""
    assert client.get(path).headers["location"] == client.get(f"/id{path}").headers["location"]


# --- lists -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("path", "items"),
    [
        ("alarms", "alarms"),
        ("cases", "cases"),
        ("guidance", "documents"),
        ("publications", "publications"),
        ("published", "numbers"),
        ("questions", "questions"),
        ("terms", "terms"),
    ],
)
def test_pages_hold_everything_once(client: TestClient, path: str, items: str) -> None:
    """Who follows the links would miss something, or never come to an end."""
    address, seen, step = f"{API}/{path}", [], 2 if path != "terms" else 400
    whole = client.get(f"{address}?limit=2000").json()
    address += f"?limit={step}"
    while address:
        answer = client.get(address)
        page = answer.json()
        assert page["total"] == whole["total"]
        seen += page[items]
        links = dict(one.split("; ")[::-1] for one in answer.headers["link"].split(", "))
        address = links.get('rel="next"', "").strip("<>")
    assert len(seen) == whole["total"] > 0
    assert seen == whole[items]


def test_published_numbers_are_chosen_by_source_and_words(client: TestClient) -> None:
    """A number would be lost, or one of another source be given for it."""
    chosen = client.get(f"{API}/published?source=yoe-1907&q=Withdrawal%20people").json()
    assert [one["id"] for one in chosen["numbers"]] == [
        "yoe-1907/deaths-among-people-in-withdrawal",
        "yoe-1907/people-in-withdrawal",
    ]
    one = chosen["numbers"][1]
    assert (one["numerator"], one["denominator"], one["percent"]) == (8, 40, 20.0)
    assert (one["cohort"], one["population"], one["counts"]) == (
        "yoe-1907",
        "Invented people with a pump",
        ["withdrawal"],
    )
    assert (chosen["total"], chosen["of"]) == (2, 7)
    slip = client.get(f"{API}/published?source=yoe-1970").json()
    assert slip["nearest"][0] == "yoe-1907"
    assert (
        client.get(f"{API}/published/yoe-1907/people-in-withdrawl").json()["nearest"][0]
        == "yoe-1907/people-in-withdrawal"
    )


def test_an_alarm_says_what_it_demands_and_how_soon(client: TestClient) -> None:
    """Somebody who hears a pump would not learn what to do."""
    [alarm] = client.get(f"{API}/alarms").json()["alarms"]
    assert alarm["alarms"] == ["empty reservoir alarm"]
    assert alarm["tones"] == ["two-tone alarm"]
    assert alarm["concerns"] == ["empty reservoir"]
    assert (alarm["demands"], alarm["by"]) == (["contact with an ITB physician"], ["caregiver", "patient"])
    assert (alarm["within_hours"], alarm["every"]) == (0.0, "10 min")
    assert alarm["otherwise"] == ["delivery stopped", "withdrawal"]


def test_what_can_be_taken_whole_is_there(client: TestClient) -> None:
    """An export would be listed and not be had."""
    exports = client.get(f"{API}/exports").json()["exports"]
    forms = [form for one in exports for form in one["forms"]]
    assert forms
    for form in forms:
        assert client.get(form["address"]).headers["content-type"].split(";")[0] == form["media_type"]


# --- heads, tags, compression ------------------------------------------------------------------


@pytest.mark.parametrize("address", [*ADDRESSES, *UNSTORED, f"{API}/nothing", f"{API}/cases?x=1"])
def test_head_is_get_without_the_body(client: TestClient, address: str) -> None:
    """A link checker would take an address for dead, or a client read a wrong length."""
    for headers in (PLAIN, {"Accept-Encoding": "gzip"}):
        whole, head = client.get(address, headers=headers), client.head(address, headers=headers)
        assert (head.status_code, head.content) == (whole.status_code, b"")
        assert {**head.headers} == {**whole.headers}


def test_head_sends_no_body_to_whatever_serves_it() -> None:
    """A server that passes on what it is given would send a body after a head, and the next answer be misread."""
    sent: list[Message] = []

    async def send(message: Message) -> None:
        sent.append(message)

    scope = {"type": "http", "method": "HEAD", "path": "/", "headers": []}
    run(HeadAsGet(PlainTextResponse("a body"))(scope, Request(scope).receive, send))
    assert [message.get("body", b"") for message in sent] == [b"", b""]
    assert (b"content-length", b"6") in sent[0]["headers"]


@pytest.mark.parametrize("address", ADDRESSES)
@pytest.mark.parametrize("coding", ["identity", "gzip"])
def test_who_has_it_is_told_so(client: TestClient, address: str, coding: str) -> None:
    """Everything would be sent again, or a client keep a form that it does not have."""
    asked = {"Accept-Encoding": coding}
    first = client.get(address, headers=asked)
    tag = first.headers["etag"]
    again = client.get(address, headers=asked | {"If-None-Match": tag})
    assert (again.status_code, again.content, again.headers["etag"]) == (304, b"", tag)
    assert again.headers["vary"] == first.headers["vary"]
    assert client.get(address, headers=asked | {"If-None-Match": '"other"'}).status_code == 200


@pytest.mark.parametrize("address", ADDRESSES)
def test_a_compressed_answer_is_another_form_of_the_same(client: TestClient, address: str) -> None:
    """A cache would hand the compressed bytes to who cannot read them (RFC 9110, 8.8.3.3)."""
    plain, zipped = (client.get(address, headers={"Accept-Encoding": coding}) for coding in ("identity", "gzip"))
    assert plain.content == zipped.content
    assert "Accept-Encoding" in plain.headers["vary"]
    is_zipped = zipped.headers.get("content-encoding") == "gzip"
    assert is_zipped == (len(plain.content) >= 1_000)
    assert (plain.headers["etag"] != zipped.headers["etag"]) == is_zipped
    if is_zipped:
        crossed = client.get(address, headers=PLAIN | {"If-None-Match": zipped.headers["etag"]})
        assert crossed.status_code == 200


def test_compressed_bytes_are_the_same_each_time(client: TestClient) -> None:
    """A strong tag would name two different sets of bytes."""
    with client.stream("GET", f"{API}/cases", headers={"Accept-Encoding": "gzip"}) as one:
        first = b"".join(one.iter_raw())
    with client.stream("GET", f"{API}/cases", headers={"Accept-Encoding": "gzip"}) as one:
        assert b"".join(one.iter_raw()) == first
    assert gzip.GzipFile(fileobj=io.BytesIO(first)).read() == client.get(f"{API}/cases", headers=PLAIN).content


@pytest.mark.parametrize(
    ("said", "accepts"),
    [("gzip", True), ("br, gzip;q=0.5", True), ("GZIP ; q=1", True), ("gzip;q=0", False), ("gzip; q=0.000", False),
     ("identity", False), ("", False), ("x-gzip-like", False), ("gzip;q=0.01", True)],
)  # fmt: skip
def test_only_who_accepts_it_is_sent_gzip(said: str, accepts: bool) -> None:
    """A client that refuses gzip would be sent it."""
    assert accepts_gzip(said) == accepts


@pytest.mark.parametrize("address", UNSTORED)
def test_how_it_is_now_is_never_stored(client: TestClient, address: str) -> None:
    """A cache would say for a dead service that it lives."""
    answer = client.get(address)
    assert (answer.status_code, answer.headers["cache-control"]) == (200, "no-store")
    assert "etag" not in answer.headers


# --- what stays as it is -------------------------------------------------------------------------


@pytest.mark.parametrize("address", [f"{API}/cases?limit=1", f"{API}/terms/Seizure", "/sparql?query=ASK%20%7B%7D"])
def test_below_the_name_of_a_release_nothing_changes(client: TestClient, address: str) -> None:
    """Whoever cites or keeps an answer would have to ask each time whether it is another by now."""
    place = client.get(f"{API}/version").json()["release"].removesuffix(API)
    assert place.startswith("/release/")
    plain, kept = client.get(address), client.get(f"{place}{address}")
    assert (kept.status_code, kept.content, kept.headers["etag"]) == (200, plain.content, plain.headers["etag"])
    assert plain.headers["cache-control"] == "no-cache"
    assert kept.headers["cache-control"] == "public, max-age=31536000, immutable"
    again = client.get(f"{place}{address}", headers={"If-None-Match": kept.headers["etag"]})
    assert (again.status_code, again.headers["cache-control"]) == (304, kept.headers["cache-control"])


def test_a_release_leads_on_within_itself(client: TestClient) -> None:
    """The second page of a list would be of another release than the first."""
    place = client.get(f"{API}/version").json()["release"]
    assert f"<{place}/terms?limit=2&offset=2>" in client.get(f"{place}/terms?limit=2").headers["link"]


@pytest.mark.parametrize(
    ("path", "status", "kept"),
    [("/health", 200, "no-store"), (f"{API}/cases?x=1", 400, None), (f"{API}/nothing", 404, None)],
)
def test_a_release_keeps_nothing_that_may_change(client: TestClient, path: str, status: int, kept: str | None) -> None:
    """A cache would say for good that a service lives, or that there is nothing."""
    place = client.get(f"{API}/version").json()["release"].removesuffix(API)
    answer = client.get(f"{place}{path}")
    assert (answer.status_code, answer.headers.get("cache-control")) == (status, kept)


def test_another_release_is_not_here(client: TestClient) -> None:
    """The data of one release would be taken for those of another."""
    answer = client.get(f"/release/0000-0.0.0{API}/cases")
    assert (answer.status_code, answer.json()["type"]) == (404, f"{BASE}problems/no-such-address")
    assert client.get(f"{API}/version").json()["release"].removesuffix(API) in answer.json()["detail"]


# --- how long it may take ----------------------------------------------------------------------


def test_a_request_that_takes_too_long_is_refused(store: Store, corpus: Corpus) -> None:
    """A client would wait without end, and everybody behind it."""
    application, go_on = create_app(store, corpus.questions, Limits(rest_seconds=1)), threading.Event()

    @application.get("/slow")
    def slow() -> str:
        go_on.wait(30)
        return "at last"

    with TestClient(application) as client:
        answer = client.get("/slow")
        go_on.set()
        said = answer.json()
        assert (answer.status_code, said["type"], said["limit"]) == (503, f"{BASE}problems/time-limit", "rest-seconds")
        assert int(answer.headers["retry-after"]) > 0
        assert answer.headers["x-content-type-options"] == "nosniff"
        assert client.get("/slow").json() == "at last"


# --- headers -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "address", [*ADDRESSES, *UNSTORED, "/nothing", f"{API}/cases?x=1", f"{API}/cases?limit=x", "/cases", "/id/ont",
                "/sparql", "/sparql?query=ASK%20%7B%7D", "/sparql?query=x", "/cases?q=%00"],
)  # fmt: skip
def test_every_answer_has_the_standing_headers(client: TestClient, address: str) -> None:
    """A browser would run, frame or guess at an answer, or another site's page not be let read it."""
    headers = client.get(address).headers
    assert "frame-ancestors 'none'" in headers["content-security-policy"]
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["referrer-policy"] == "no-referrer"
    assert headers["access-control-allow-origin"] == "*"
    assert "unsafe" not in headers["content-security-policy"] or address == "/docs"
    assert len(headers.get_list("access-control-allow-origin")) == 1


def test_a_failure_has_them_too_and_says_nothing_of_how(store: Store, corpus: Corpus) -> None:
    """A stack trace would leave the server."""
    application = create_app(store, corpus.questions)

    def fail() -> None:
        raise RuntimeError("a secret of the server")

    application.add_api_route("/fails", fail)
    answer = TestClient(application, raise_server_exceptions=False).get("/fails")
    assert (answer.status_code, answer.headers["content-type"]) == (500, "application/problem+json")
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert "secret" not in answer.text
    assert "Traceback" not in answer.text


@pytest.mark.parametrize("address", [f"{API}/cases", f"{API}/terms/Seizure", "/health", "/cases", "/id/ont"])
def test_options_says_what_may_be_done(client: TestClient, address: str) -> None:
    """A page of another site could not ask."""
    headers = {"Origin": "https://example.org", "Access-Control-Request-Method": "GET"}
    answer = client.options(address, headers=headers)
    assert (answer.status_code, answer.content) == (204, b"")
    assert answer.headers["allow"] == answer.headers["access-control-allow-methods"] == "GET, HEAD, OPTIONS"
    assert answer.headers["access-control-allow-origin"] == "*"


# --- errors ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("method", "path", "status", "slug", "parameter"),
    [
        ("GET", "/nothing", 404, "no-such-address", None),
        ("GET", f"{API}/nothing", 404, "no-such-address", None),
        ("POST", f"{API}/cases", 405, "method-not-allowed", None),
        ("DELETE", f"{API}/cases/doe-1901/1", 405, "method-not-allowed", None),
        ("PUT", "/health", 405, "method-not-allowed", None),
        ("PATCH", "/cases", 405, "method-not-allowed", None),
        ("GET", f"{API}/cases?caus=kink", 400, "invalid-parameter", "caus"),
        ("GET", f"{API}/version?x=1", 400, "invalid-parameter", "x"),
        ("GET", "/health?x=1", 400, "invalid-parameter", "x"),
        ("GET", f"{API}/terms?branches=x", 400, "invalid-parameter", "branches"),
        ("GET", f"{API}/questions?nme=x", 400, "invalid-parameter", "nme"),
        ("GET", f"{API}/alarms?limit=0", 422, "invalid-parameter", "limit"),
        ("GET", f"{API}/published?offset=x", 422, "invalid-parameter", "offset"),
        ("GET", f"{API}/cases?cause=cathter%20kink", 404, "unknown-name", "cause"),
        ("GET", f"{API}/cases?cause=a%E2%80%AEb", 400, "unreadable-address", "cause"),
        ("GET", f"{API}/cases?cause=a%00b", 400, "unreadable-address", "cause"),
        ("GET", f"{API}/terms?q=%FF", 400, "unreadable-address", "q"),
        ("GET", f"{API}/terms?q={'x' * 1001}", 400, "unreadable-address", "q"),
        ("GET", f"{API}/terms?%0A=1", 400, "unreadable-address", None),
        ("GET", f"{API}/terms/%E2%80%8Fx", 400, "unreadable-address", None),
        ("GET", f"{API}/terms/%FF", 400, "unreadable-address", None),
        ("GET", f"{API}/terms/{'x' * 3000}", 400, "unreadable-address", None),
        ("GET", f"{API}/terms?{'a=b&' * 200}", 400, "unreadable-address", None),
        ("GET", "/problems/buzy", 404, "unknown-name", None),
        ("GET", f"{API}/ontology.pdf", 404, "no-such-form", None),
        ("GET", "/sparql?query=SELEC", 400, "query-syntax", None),
        ("GET", "/sparql?query=DROP%20ALL", 403, "query-refused", None),
        ("POST", "/sparql", 415, "unsupported-media-type", None),
        ("PUT", "/sparql", 405, "method-not-allowed", None),
    ],
)
def test_every_error_names_its_kind(
    client: TestClient, method: str, path: str, status: int, slug: str, parameter: str | None
) -> None:
    """A program could not tell errors apart, or which parameter to mend."""
    answer = client.request(method, path)
    said = answer.json()
    assert (answer.status_code, answer.headers["content-type"]) == (status, "application/problem+json")
    assert (said["type"], said["status"]) == (f"{BASE}problems/{slug}", status)
    assert [one["parameter"] for one in said.get("errors", ())] == ([parameter] if parameter else [])
    if status == 405:
        assert "GET" in answer.headers["allow"]
    page = client.get(said["type"].removeprefix(BASE.rstrip("/")), headers={"Accept": "text/html"})
    assert (page.status_code, page.headers["content-type"]) == (200, "text/html; charset=utf-8")
    assert KINDS[slug].explanation.split("`")[0][:30] in page.text


def test_no_kind_is_without_use() -> None:
    """A page would explain an error that there is not, or an error have no page."""
    used = {*SLUGS.values(), *BY_STATUS.values(), "unreadable-address"}
    assert used == KINDS.keys()
    assert {kind for kind in STATUS if kind not in SLUGS} <= {kind for kind in STATUS if STATUS[kind] in (404, 500)}


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(value=st.text(max_size=40), name=st.sampled_from(["cause", "text", "q", "source", "situation", "branch"]))
def test_no_text_fails_the_server(client: TestClient, value: str, name: str) -> None:
    """Some letters in a parameter would end in a failure of the server."""
    route = {"q": "terms", "branch": "terms", "source": "published", "situation": "guidance"}.get(name, "cases")
    text = value.encode("utf-8", "surrogatepass").decode("utf-8", "replace")
    assert client.get(f"{API}/{route}", params={name: text}).status_code in (200, 400, 404)


# --- health and log ------------------------------------------------------------------------------


def test_readiness_says_whether_there_are_workers(store: Store, corpus: Corpus) -> None:
    """A load balancer would send queries to who cannot answer them."""
    unopened = TestClient(create_app(store, corpus.questions, Limits(workers=1)))
    answer = unopened.get("/health/ready")
    assert (answer.status_code, answer.json()["type"]) == (503, f"{BASE}problems/not-ready")
    assert int(answer.headers["retry-after"]) > 0
    assert unopened.get("/health/live").status_code == 200
    with unopened:
        assert unopened.get("/health/ready").json() == {"status": "ready", "graph_verified": True, "workers_open": True}


def test_the_log_tells_of_a_request_without_what_was_asked(
    store: Store, corpus: Corpus, capsys: pytest.CaptureFixture[str]
) -> None:
    """Whoever runs the service would learn nothing of its use, or too much of its users."""
    logged = TestClient(create_app(store, corpus.questions, access_log=True))
    size = len(logged.get(f"{API}/terms?q=seizure", headers=PLAIN).content)
    logged.get("/nothing")
    first, second = (json.loads(line) for line in capsys.readouterr().err.splitlines())
    assert first.keys() == {"method", "path", "status", "ms", "bytes"}
    assert (first["method"], first["path"], first["status"], first["bytes"]) == ("GET", f"{API}/terms", 200, size)
    assert first["ms"] > 0
    assert second["status"] == 404


def test_the_log_is_off_unless_it_is_asked_for(client: TestClient, capsys: pytest.CaptureFixture[str]) -> None:
    """A log would grow that nobody reads."""
    client.get(f"{API}/version")
    assert capsys.readouterr().err == ""
    assert not read_settings({}).access_log
    assert read_settings({"ITBKG_ACCESS_LOG": "1"}).access_log
    with pytest.raises(SettingsError, match="ITBKG_ACCESS_LOG='yes' is no switch"):
        read_settings({"ITBKG_ACCESS_LOG": "yes"})


def test_the_page_of_a_problem_sets_names_as_code(client: TestClient) -> None:
    """A reader would see the marks of the source instead of a name."""
    page = client.get("/problems", headers={"Accept": "text/html"}).text
    assert "<code>detail</code>" in page
    assert "`" not in page

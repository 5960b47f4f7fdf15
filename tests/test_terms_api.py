"""The terms over HTTP: search, every form of a term, the page for people, and where the graph's IRIs lead."""

import json
import re
from collections.abc import Iterator
from html.parser import HTMLParser
from itertools import pairwise

import pytest
from fastapi.testclient import TestClient
from rdflib import OWL, Dataset, Graph, URIRef

from itbkg.building import build_in_memory
from itbkg.settings import Corpus
from itbkg.store import Store
from itbkg.terms import Glossary
from itbkg_api.app import create_app
from itbkg_api.terms import FORMATS, SUFFIXES
from tests.extended import extend

BROWSER = "text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,*/*;q=0.8"
READERS = {"text/turtle": "turtle", "application/ld+json": "json-ld", "application/rdf+xml": "xml"}


@pytest.fixture(scope="module")
def larger(corpus: Corpus, tmp_path_factory: pytest.TempPathFactory) -> Corpus:
    """Put the added words beside those of the ontology."""
    return extend(corpus, tmp_path_factory.mktemp("extended"))


@pytest.fixture(scope="module")
def opened(larger: Corpus) -> Store:
    """Build the corpus with the added words."""
    return build_in_memory(larger)


@pytest.fixture(scope="module")
def client(opened: Store, larger: Corpus) -> TestClient:
    """Talk to the application without a socket; it follows no redirect by itself."""
    application = create_app(opened, larger.questions)
    return TestClient(application, raise_server_exceptions=False, follow_redirects=False)


@pytest.fixture(scope="module")
def glossary(opened: Store, larger: Corpus) -> Glossary:
    """Open the same terms without HTTP."""
    return Glossary(opened, larger.ontology)


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
        (BROWSER, "html"),
        ("text/turtle;q=0.5, application/rdf+xml", "rdfxml"),
        ("application/json;q=0.1, text/turtle", "turtle"),
    ],
)
def test_accept_chooses_the_form(client: TestClient, accept: str | None, form: str) -> None:
    """A browser would be shown JSON, or a program a page."""
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


@pytest.mark.parametrize("path", ["/api/v1/terms/Seizure", "/api/v1/terms?q=pump", "/api/v1/terms"])
def test_a_client_that_has_it_is_told_so(client: TestClient, path: str) -> None:
    """Every visit would load everything again, or a change of form be taken for the same."""
    page, data = (client.get(path, headers={"Accept": kind}) for kind in (BROWSER, "application/json"))
    tags = page.headers["etag"], data.headers["etag"]
    assert tags[0] != tags[1]
    again = client.get(path, headers={"Accept": BROWSER, "If-None-Match": f'"other", W/{tags[0]}'})
    assert (again.status_code, again.content) == (304, b"")
    assert again.headers["etag"] == tags[0]
    assert client.get(path, headers={"Accept": BROWSER, "If-None-Match": tags[1]}).status_code == 200


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
    assert "another version of the ontology" in client.get("/api/v1/terms/PumpCause.html").text


def test_the_documentation_types_the_answers(client: TestClient) -> None:
    """A generated client would get untyped answers."""
    paths = client.get("/openapi.json").json()["paths"]
    assert set(paths["/api/v1/terms"]) == set(paths["/api/v1/terms/{name}"]) == {"get"}
    for path, model in (("/api/v1/terms", "Found"), ("/api/v1/terms/{name}", "TermAccount")):
        schema = paths[path]["get"]["responses"]["200"]["content"]["application/json"]["schema"]
        assert schema["$ref"].endswith(f"/{model}")


# --- the page --------------------------------------------------------------------------------


class Page(HTMLParser):
    """A page as its tags with attributes, its links and its text."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.text = ""
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note a tag."""
        self.tags.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        """Note the text."""
        self.text += data

    def addresses(self) -> list[str]:
        """List what the page links to, loads or sends to."""
        return [value for _, held in self.tags for key in ("href", "src", "action") if (value := held.get(key))]


def page_of(client: TestClient, path: str) -> Page:
    """Get a page as a browser does."""
    answer = client.get(path, headers={"Accept": BROWSER})
    assert answer.headers["content-type"] == "text/html; charset=utf-8"
    return Page(answer.text)


PAGES = [
    "/api/v1/terms/Seizure",
    "/api/v1/terms/InventedScript",
    "/api/v1/terms/InventedReplaced",
    "/api/v1/terms?q=pump",
    "/api/v1/terms?q=zzzqqq",
    "/api/v1/terms",
]


@pytest.mark.parametrize("path", PAGES)
def test_a_page_has_what_a_screen_reader_goes_by(client: TestClient, path: str) -> None:
    """Someone who does not see the page could not find the way through it."""
    page = page_of(client, path)
    names = [tag for tag, _ in page.tags]
    assert dict(page.tags)["html"]["lang"] == "en"
    assert [names.count(one) for one in ("h1", "main", "header", "footer", "title")] == [1] * 5
    assert {"href": "#main", "class": "skip"} in [held for tag, held in page.tags if tag == "a"]
    levels = [int(name[1]) for name in names if re.fullmatch("h[1-6]", name)]
    assert all(later - earlier <= 1 for earlier, later in pairwise(levels))
    fields = {held.get("id") for tag, held in page.tags if tag == "input"}
    assert fields == {held.get("for") for tag, held in page.tags if tag == "label"}
    ids = [held["id"] for _, held in page.tags if "id" in held]
    assert len(ids) == len(set(ids))
    labels = {held["aria-labelledby"] for _, held in page.tags if "aria-labelledby" in held}
    assert labels <= {*ids}


@pytest.mark.parametrize("path", PAGES)
def test_a_page_loads_nothing_from_elsewhere_and_runs_nothing(client: TestClient, path: str) -> None:
    """Reading a page would tell another host, or need it."""
    answer = client.get(path, headers={"Accept": BROWSER})
    page = Page(answer.text)
    loaded = [str(held.get("href") or held.get("src")) for tag, held in page.tags if tag in ("link", "img", "script")]
    assert loaded
    assert all(one.startswith("/") and client.get(one).status_code == 200 for one in loaded)
    assert not [tag for tag, held in page.tags if tag in ("script", "style", "iframe") or "style" in held]
    assert "default-src 'none'" in answer.headers["content-security-policy"]


@pytest.mark.parametrize("path", PAGES)
def test_every_link_of_a_page_leads_somewhere(client: TestClient, path: str) -> None:
    """A reader would click and find nothing."""
    own = {address for address in page_of(client, path).addresses() if address.startswith("/")}
    assert own
    for address in own:
        assert client.get(address, headers={"Accept": BROWSER}).status_code in (200, 406), address
    cases = [address for address in own if address.startswith("/api/v1/cases/")]
    assert all(client.get(address).status_code == 200 for address in cases)


def test_text_of_the_graph_is_never_markup(client: TestClient) -> None:
    """A label could run a script in the reader's browser."""
    for path in (
        "/api/v1/terms/InventedScript",
        "/api/v1/terms?q=%3Cscript%3Ealert",
        "/api/v1/terms/InventedScript.html",
    ):
        answer = client.get(path, headers={"Accept": BROWSER})
        page = Page(answer.text)
        assert "<script>alert(1)</script>" in page.text
        assert {tag for tag, _ in page.tags}.isdisjoint({"script", "img", "b"})
        assert not [held for _, held in page.tags for key in held if key.startswith("on")]
        assert not [one for one in page.addresses() if "javascript" in one]


def test_what_was_asked_stands_in_the_field_again(client: TestClient) -> None:
    """A reader would have to type it anew, or a quote in it would break out of the field."""
    page = page_of(client, "/api/v1/terms?q=%22%3E%3Cb%3E")
    assert [held["value"] for tag, held in page.tags if tag == "input"] == ['"><b>']
    assert "b" not in [tag for tag, _ in page.tags]


def test_the_page_tells_what_the_library_tells(client: TestClient, glossary: Glossary) -> None:
    """A part of a term would be missing on its page."""
    for name in ("Seizure", "PumpStopped", "BodyTemperature", "PreventableCause", "unit:day", "InventedSign"):
        text, term = page_of(client, f"/api/v1/terms/{name}").text, glossary.show(glossary.identify(name))
        texts = [term.label, term.id, term.iri, term.definition, *term.synonyms, *term.codes, *term.usage.present]
        texts += [ref.label for path in term.paths for ref in path]
        texts += [ref.label for ref in (*term.below, *term.follows_above, *term.follows_below)]
        texts += [part for one in term.mappings for part in (one.match, one.id, one.label)]
        texts += [*map(str, term.axioms or ()), *map(str, term.rules), *([str(term.bounds)] if term.bounds else [])]
        assert not [one for one in texts if one not in text]
        if term.usage.not_reported is not None:
            assert f"{term.usage.not_reported} of {term.usage.of} not reported" in text


def test_the_pages_of_a_list_hang_together(client: TestClient) -> None:
    """The reader would see the first fifty and no way on."""
    path, seen, total = "/api/v1/terms?q=pump&limit=20", 0, client.get("/api/v1/terms?q=pump").json()["total"]
    while path:
        page = page_of(client, path)
        seen += len([tag for tag, _ in page.tags if tag == "h2"])
        assert seen <= total
        path = next((str(held["href"]) for tag, held in page.tags if held.get("rel") == "next"), "")
    assert seen == total


def contrast(one: str, other: str) -> float:
    """Compute the contrast of two colours (https://www.w3.org/TR/WCAG22/#dfn-contrast-ratio)."""

    def luminance(colour: str) -> float:
        parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
        linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
        return sum(share * part for share, part in zip((0.2126, 0.7152, 0.0722), linear, strict=True))

    darker, lighter = sorted((luminance(one), luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def palettes(style: str) -> Iterator[dict[str, str]]:
    """Yield the colours of each theme by name."""
    for block in re.findall(r":root \{([^}]*)\}", style):
        yield dict(re.findall(r"--(\w+): (#[0-9a-f]{6})", block))


def test_text_can_be_read_in_both_themes(client: TestClient) -> None:
    """Text would be too faint on its ground."""
    themes = [*palettes(client.get("/static/page.css").text)]
    assert len(themes) == 2
    for theme in themes:
        for ground in (theme["ground"], theme["raised"]):
            assert min(contrast(theme[name], ground) for name in ("ink", "soft", "link")) >= 4.5
            assert contrast(theme["focus"], ground) >= 3


def test_the_application_may_stand_below_a_path(opened: Store, larger: Corpus) -> None:
    """Behind a proxy that gives it a path of its own, links and redirects would leave that path."""
    client = TestClient(create_app(opened, larger.questions), root_path="/kg", follow_redirects=False)
    assert client.get("/kg/ont/Seizure").headers["location"] == "/kg/api/v1/terms/Seizure"
    for path in ("/kg/api/v1/terms/Seizure", "/kg/api/v1/terms", "/kg/api/v1/terms?q=pump"):
        own = [one for one in page_of(client, path).addresses() if one.startswith("/")]
        assert own
        assert all(one.startswith("/kg/") for one in own)


def test_json_is_plain(client: TestClient) -> None:
    """Two reads of one term would differ in their bytes."""
    first, second = (client.get("/api/v1/terms/Seizure").content for _ in range(2))
    assert first == second
    assert json.loads(first)["name"] == "Seizure"

"""The pages that ask: saved questions with their forms, and the query editor, as a reader without scripts has them."""

import html
from collections.abc import Iterator
from urllib.parse import parse_qs, urlsplit

import pytest
from fastapi.testclient import TestClient

from itbkg.limits import Limits
from itbkg.namespaces import BASE
from itbkg.questions import answer, bound_query, read_questions, suggestions
from itbkg.questions.binding import find_terms
from itbkg.settings import Corpus
from itbkg.store import Store
from itbkg_api.app import create_app
from itbkg_api.site.ask import OFFERED
from itbkg_api.site.leading import page_of_iri
from tests.reading_pages import BROWSER, Page, page_of

HTML = {"Accept": BROWSER}
ENDLESS = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . FILTER(?a != ?d && ?e != ?h) }"


@pytest.fixture(scope="module")
def asking(store: Store, corpus: Corpus) -> Iterator[TestClient]:
    """Talk to an application whose workers run, with little time for a query."""
    limits = Limits(seconds=2, workers=1)
    with TestClient(create_app(store, corpus.questions, limits), raise_server_exceptions=False) as client:
        yield client


def ask(client: TestClient, query: str) -> tuple[int, Page, str]:
    """Send a query as the form does."""
    answered = client.get("/ask/sparql", params={"query": query.replace("\n", "\r\n")}, headers=HTML)
    return answered.status_code, Page(answered.text), answered.text


def links(page: Page) -> list[str]:
    """List where a page leads."""
    return [str(held["href"]) for tag, held in page.tags if tag == "a"]


# --- saved questions -------------------------------------------------------------------------------------------------


def test_every_question_stands_in_one_topic(asking: TestClient, corpus: Corpus) -> None:
    """A question would be found nowhere, or twice."""
    listed = [one for one in links(page_of(asking, "/ask")) if one.startswith("/ask/") and one != "/ask/sparql"]
    assert sorted(listed) == [f"/ask/{name}" for name in sorted(read_questions(corpus.questions))]


def test_a_field_offers_what_the_question_takes(asking: TestClient, store: Store, corpus: Corpus) -> None:
    """What is offered would be refused, or a word of another branch be offered."""
    for question in read_questions(corpus.questions).values():
        for parameter in question.parameters:
            offered = suggestions(store, parameter)
            assert bool(offered) == (parameter.kind != "number"), (question.name, parameter.name)
            for word in (*offered[:2], *offered[-1:]):
                assert find_terms(store, question, {parameter.name: word})
    page = page_of(asking, "/ask/deaths")
    options = [held["value"] for tag, held in page.tags if tag == "option"]
    assert {"withdrawal", "full text"} <= {*options}
    assert "oral baclofen" not in options
    assert len(options) <= 3 * OFFERED


def test_the_page_holds_the_answer_of_the_library(asking: TestClient, store: Store, corpus: Corpus) -> None:
    """A reader would see other rows than a program."""
    question = read_questions(corpus.questions)["findings-by-event"]
    told = answer(store, question, {"event": "withdrawal"})
    page = page_of(asking, "/ask/findings-by-event?event=withdrawal")
    assert [tag for tag, _ in page.tags].count("td") == len(told.rows) * len(told.columns)
    assert told.query.strip() in page.text
    assert told.query == bound_query(store, question, {"event": "withdrawal"})


def test_a_case_in_an_answer_leads_to_its_page(asking: TestClient) -> None:
    """A reader could not look up what a row rests on."""
    assert "/cases/doe-1901/1" in links(page_of(asking, "/ask/time-line?case=doe-1901/1"))
    assert "/guidance/zoe-1906" in links(page_of(asking, "/ask/advice-for-situation?situation=withdrawal"))


def test_a_long_answer_comes_in_parts_that_make_the_whole(
    asking: TestClient, store: Store, corpus: Corpus, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A page would take seconds to draw, or a row stand on none."""
    monkeypatch.setattr("itbkg_api.site.ask.LENGTH", 40)
    total = len(answer(store, read_questions(corpus.questions)["findings-by-event"], {}).rows)
    assert total > 2 * 40
    path, seen = "/ask/findings-by-event", 0
    while path:
        page = page_of(asking, path)
        seen += [tag for tag, _ in page.tags].count("tr") - 1
        path = next((str(held["href"]) for tag, held in page.tags if held.get("rel") == "next"), "")
    assert seen == total
    assert asking.get("/ask/findings-by-event?offset=nonsense", headers=HTML).status_code == 200


def test_a_slip_leads_to_the_nearest_word_and_keeps_the_rest(asking: TestClient) -> None:
    """A reader would have to guess how a word is spelt, and to choose all else again."""
    answered = asking.get("/ask/deaths?event=withdrawl&reading=full text", headers=HTML)
    page = Page(answered.text)
    assert answered.status_code == 404
    [mended] = [one for one in links(page) if one.startswith("/ask/deaths?")]
    assert parse_qs(urlsplit(mended).query) == {"event": ["withdrawal"], "reading": ["full text"]}
    assert [held["name"] for tag, held in page.tags if held.get("aria-invalid")] == ["event"]
    assert asking.get(mended, headers=HTML).status_code == 200


@pytest.mark.parametrize(
    ("path", "status"),
    [("/ask/deaths?evnt=withdrawal", 400), ("/ask/fever-and-first-diagnosis?above=hot", 400), ("/ask/deats", 404)],
)
def test_what_cannot_be_asked_is_said(asking: TestClient, path: str, status: int) -> None:
    """A misspelt parameter would be passed over, and too much be counted."""
    assert asking.get(path, headers=HTML).status_code == status


def test_a_question_can_be_taken_elsewhere(asking: TestClient, store: Store, corpus: Corpus) -> None:
    """What a reader pastes into a shell or a program would not run, or ask something else."""
    path = "/ask/treatment-responses?treatment=oral baclofen&case=doe-1901/1"
    text = page_of(asking, path).text
    assert "itbkg ask treatment-responses --set 'treatment=oral baclofen' --set case=doe-1901/1" in text
    assert ".ask('treatment-responses', treatment='oral baclofen', case='doe-1901/1')" in text
    [editor] = [one for one in links(page_of(asking, path)) if one.startswith("/ask/sparql?")]
    given = {"treatment": "oral baclofen", "case": "doe-1901/1"}
    query = bound_query(store, read_questions(corpus.questions)["treatment-responses"], given)
    assert query.strip() in page_of(asking, editor).text


def test_what_is_typed_is_never_markup(asking: TestClient) -> None:
    """A quote in a field would break out of it, or a script run."""
    for path in ("/ask/deaths?event=%22%3E%3Cb%3Ex", "/ask/sparql?query=%3C/textarea%3E%3Cb%3Ex"):
        answered = asking.get(path, headers=HTML)
        assert answered.status_code in (400, 404)
        assert "<b>x" in Page(answered.text).text
        assert "<b>x" not in answered.text


def test_an_answer_is_kept(asking: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    """A question that takes long would take long every time."""
    first = page_of(asking, "/ask/deaths?event=overdose").text
    monkeypatch.setattr("itbkg_api.site.answers.answer", lambda *_: pytest.fail("asked again"))
    assert page_of(asking, "/ask/deaths?event=overdose").text == first


# --- the query editor ------------------------------------------------------------------------------------------------


def test_an_empty_editor_holds_a_query_that_runs(asking: TestClient) -> None:
    """Who begins would begin with an error."""
    text = page_of(asking, "/ask/sparql").text
    query = text[text.index("PREFIX itb") : text.index("LIMIT 100") + len("LIMIT 100")]
    status, told, _ = ask(asking, query)
    assert status == 200
    assert "/cases/doe-1901/1" in links(told)


def test_a_select_is_a_table_with_links(asking: TestClient) -> None:
    """A reader could not follow an answer to its case or its word."""
    query = f"SELECT ?it ?class ?none (3 AS ?n) {{\n ?it a <{BASE}ont/Case> ; a ?class }} LIMIT 2"
    status, page, text = ask(asking, query)
    assert (status, [tag for tag, _ in page.tags].count("tr")) == (200, 3)
    assert any(one.startswith("/cases/") for one in links(page))
    assert "/words/Case" in links(page)
    assert "nothing bound" in page.text
    assert '<td class="number">3</td>' in text


def test_truths_graphs_and_empty_answers_are_told(asking: TestClient) -> None:
    """An answer of another form would be no answer, or an empty one look like a failure."""
    assert "Yes" in ask(asking, "ASK {}")[1].text
    assert (
        "a itb:Case" in ask(asking, f"CONSTRUCT {{ ?s a <{BASE}ont/Case> }} WHERE {{ ?s a <{BASE}ont/Case> }}")[1].text
    )
    assert "No row" in ask(asking, "SELECT ?s { ?s ?s ?s }")[1].text


@pytest.mark.parametrize("query", ["SELECT * { ?s a ?o } LIMIT 2", "ASK {}", "CONSTRUCT WHERE { ?s a ?o } LIMIT 2"])
def test_every_download_is_in_its_form(asking: TestClient, query: str) -> None:
    """A file would hold another form than its name says."""
    told = [one for one in links(ask(asking, query)[1]) if one.startswith("/sparql?")]
    kinds = [asking.get(one).headers["content-type"].split(";")[0] for one in told]
    forms = {
        "S": [
            "text/csv",
            "text/tab-separated-values",
            "application/sparql-results+json",
            "application/sparql-results+xml",
        ],
        "A": ["application/sparql-results+json", "application/sparql-results+xml"],
        "C": ["text/turtle", "application/n-triples", "application/ld+json", "application/rdf+xml"],
    }
    assert kinds == forms[query[0]]


def test_a_syntax_error_is_told_with_its_place(asking: TestClient) -> None:
    """Who writes a query would have to search for the slip."""
    status, page, text = ask(asking, "SELECT * WHERE {\n  ?s ?p }")
    assert status == 400
    assert "line 2, column" in page.text
    assert "?s ?p }\n" in html.unescape(text)
    [field] = [held for tag, held in page.tags if tag == "textarea"]
    assert (field["aria-invalid"], field["aria-describedby"]) == ("true", "error")
    assert "SELECT * WHERE {" in page.text


def test_limits_hold_and_are_told(asking: TestClient) -> None:
    """A query of a stranger would hold the server, or end without a word."""
    status, page, _ = ask(asking, ENDLESS)
    assert status == 503
    assert "ran for more than 2 s" in page.text
    assert ask(asking, "SELECT * { SERVICE <http://localhost/> { ?s ?p ?o } }")[0] == 403
    assert ask(asking, "DELETE WHERE { ?s ?p ?o }")[0] == 403
    assert ask(asking, "ASK {}")[0] == 200
    assert "at most 2 s" in page_of(asking, "/ask/sparql").text


def test_only_the_query_of_the_editor_may_have_lines(asking: TestClient) -> None:
    """Controls would pass where nobody expects them."""
    assert asking.get("/ask/sparql", params={"query": "ASK {}\t\r\n"}, headers=HTML).status_code == 200
    assert asking.get("/ask/sparql", params={"query": "ASK {}\u202e"}, headers=HTML).status_code == 400
    assert asking.get("/ask/sparql", params={"question": "a\nb"}, headers=HTML).status_code == 400
    assert asking.get("/words", params={"q": "a\nb"}, headers=HTML).status_code == 400
    long = "ASK {}" + " " * 3_000
    assert asking.get("/ask/sparql", params={"query": long}, headers=HTML).status_code == 200
    assert asking.get("/words", params={"q": long}, headers=HTML).status_code == 400


@pytest.mark.parametrize(
    ("form", "accept", "expected"),
    [
        ("csv", "application/json", "text/csv"),
        ("turtle", "text/csv", "text/csv"),
        ("nonsense", "text/csv", "text/csv"),
        ("", "text/csv", "text/csv"),
    ],
)
def test_a_link_can_choose_the_form(asking: TestClient, form: str, accept: str, expected: str) -> None:
    """A link would give what the browser likes best; a client that sends a name of its own would be refused."""
    asked = {"query": "SELECT * { ?s ?p ?o } LIMIT 1", "format": form}
    answered = asking.get("/sparql", params=asked, headers={"Accept": accept})
    assert answered.headers["content-type"].split(";")[0] == expected
    posted = asking.post("/sparql", data=asked, headers={"Accept": accept})
    assert posted.headers["content-type"].split(";")[0] == expected


@pytest.mark.parametrize(
    ("iri", "path"),
    [
        ("case/doe-1901/1", "/cases/doe-1901/1"),
        ("case/doe-1901/1/event/withdrawal", "/cases/doe-1901/1"),
        ("case/doe-1901", ""),
        ("ont/Seizure", "/words/Seizure"),
        ("ont/", ""),
        ("unit/day", "/words/unit:day"),
        ("guidance/zoe-1906/step", "/guidance/zoe-1906"),
        ("graph/ontology", ""),
    ],
)
def test_an_iri_leads_to_the_page_that_tells_of_it(iri: str, path: str) -> None:
    """A link would lead nowhere."""
    assert page_of_iri(BASE + iri) == path
    assert page_of_iri(f"https://elsewhere.org/{iri}") == ""

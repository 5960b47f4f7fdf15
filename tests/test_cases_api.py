"""The cases and publications over HTTP: conditions, pages, forms, tags, and what is said of a slip."""

import csv
import hashlib
import io
import re
from collections.abc import Iterator
from dataclasses import replace
from urllib.parse import parse_qs, urlencode, urlsplit

import pytest
from fastapi.testclient import TestClient

from itbkg.cases import FIELDS, WORDS, Wanted, choose_cases, count_cases, list_publications, tell_case, tell_publication
from itbkg.settings import Corpus
from itbkg.store import Store
from itbkg.store.remote import RemoteStore
from itbkg_api.app import create_app
from itbkg_api.wanted import CHOOSING


@pytest.fixture(scope="module")
def client(store: Store, corpus: Corpus) -> Iterator[TestClient]:
    """Talk to the application without a socket."""
    with TestClient(create_app(store, corpus.questions), raise_server_exceptions=False) as client:
        yield client


def links(client: TestClient, address: str) -> dict[str, str]:
    """Read the Link header of an answer."""
    found = re.findall(r'<([^>]+)>; rel="([a-z]+)"', client.get(address).headers["link"])
    return {relation: target for target, relation in found}


# --- the list --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("asked", "wanted"),
    [
        ([("cause", "catheter-related cause")], Wanted({"cause": ("catheter-related cause",)})),
        ([("finding", "fever"), ("finding", "seizure")], Wanted({"finding": ("fever", "seizure")})),
        ([("absent", "seizure"), ("year", "1972..")], Wanted({"absent": ("seizure",)}, "1972..")),
        ([("not_reported", "fever"), ("text", "a boy")], Wanted({"not_reported": ("fever",)}, "", ("a boy",))),
        ([("treatment", "oral baclofen"), ("response", "unchanged")],
         Wanted({"treatment": ("oral baclofen",), "response": ("unchanged",)})),
        ([("outcome", "death"), ("distinct_patients", "true"), ("without", "retracted")],
         Wanted({"outcome": ("death",), "without": ("retracted",)}, distinct_patients=True)),
        ([("age_group", "child, adolescent"), ("read_as", "full text")],
         Wanted({"age_group": ("child, adolescent",), "read_as": ("full text",)})),
    ],
)  # fmt: skip
def test_the_list_is_what_the_library_chooses(
    client: TestClient, store: Store, asked: list[tuple[str, str]], wanted: Wanted
) -> None:
    """A parameter would be passed over, or a repeated one taken once."""
    answer = client.get(f"/cases?{urlencode(asked)}").json()
    chosen = choose_cases(store, wanted)
    assert [case["id"] for case in answer["cases"]] == [row.id for row in chosen.rows]
    assert (answer["total"], answer["of"], answer["patients"]) == (chosen.total, chosen.of, chosen.patients)
    assert answer["conditions"] == [
        {"name": one.name, "given": one.given, "cases": len(one.cases)} for one in chosen.conditions
    ]


def test_every_condition_has_its_parameter(client: TestClient) -> None:
    """A condition would be there and could not be asked for, or be asked for and be refused."""
    described = client.get("/openapi.json").json()["paths"]["/api/v1/cases"]["get"]["parameters"]
    names = {one["name"] for one in described if one["in"] == "query"}
    assert names == {*CHOOSING, "where", "sort", "limit", "offset"}
    assert set(WORDS) <= set(CHOOSING)


def test_pages_hold_every_case_once(client: TestClient, store: Store) -> None:
    """Who follows the links would miss a case or never come to an end."""
    address, seen = "/cases?sort=year&without=retracted&limit=3", []
    while address:
        seen += [case["id"] for case in client.get(address).json()["cases"]]
        address = links(client, address).get("next", "")
    chosen = choose_cases(store, Wanted({"without": ("retracted",)}), "year")
    assert seen == [row.id for row in chosen.rows]


def test_links_keep_what_was_asked(client: TestClient) -> None:
    """The next page would be of another list, or a letter of the query would break the address."""
    given = links(client, "/cases?cause=catheter%20kink%2C%20pocket%20fill&finding=coma&finding=coma&limit=1&offset=0")
    assert set(given) == {"first"}
    given = links(client, "/cases?outcome=death&outcome=death%2Crecovery&limit=1&offset=2")
    assert set(given) == {"first", "prev", "next"}
    asked = parse_qs(urlsplit(given["next"]).query)
    assert asked == {"outcome": ["death", "death,recovery"], "limit": ["1"], "offset": ["3"]}
    assert parse_qs(urlsplit(given["prev"]).query)["offset"] == ["1"]


def test_beyond_the_last_page_is_an_empty_list(client: TestClient) -> None:
    """A client would take the end for an error."""
    answer = client.get("/cases?offset=1000").json()
    assert (answer["cases"], answer["total"]) == ([], 8)


def test_no_case_is_an_empty_list_and_no_error(client: TestClient) -> None:
    """A client would take 'none' for a slip."""
    answer = client.get("/cases?finding=hyperthermia&absent=hyperthermia").json()
    assert (answer["total"], answer["of"], answer["cases"]) == (0, 8, [])


@pytest.mark.parametrize("address", ["/cases", "/facets/outcome", "/publications"])
@pytest.mark.parametrize(
    ("suffix", "media_type"),
    [(".json", "application/json"), (".csv", "text/csv"), (".tsv", "text/tab-separated-values")],
)
def test_suffix_and_accept_give_the_same(client: TestClient, address: str, suffix: str, media_type: str) -> None:
    """A link and a header would lead to different answers."""
    by_suffix = client.get(address + suffix)
    by_accept = client.get(address, headers={"Accept": media_type})
    assert by_suffix.status_code == by_accept.status_code == 200
    assert by_suffix.headers["content-type"].split(";")[0] == media_type
    assert by_suffix.content == by_accept.content
    assert by_accept.headers["vary"] == "Accept, Accept-Encoding"
    assert by_suffix.headers["vary"] == "Accept-Encoding"


def test_the_csv_holds_the_page(client: TestClient) -> None:
    """A spreadsheet would show other cases than the page asked for."""
    rows = list(csv.reader(io.StringIO(client.get("/cases.csv?limit=2&offset=1").text, newline="")))
    assert [row[0] for row in rows] == ["id", "moe-1904/1", "poe-1903/1"]


# --- counts, one case, publications --------------------------------------------------------------


@pytest.mark.parametrize("field", FIELDS)
def test_counts_are_what_the_library_counts(client: TestClient, store: Store, field: str) -> None:
    """A door would count otherwise than the command line."""
    answer = client.get(f"/facets/{field}", params={"event": "withdrawal"}).json()
    counted = count_cases(store, field, choose_cases(store, Wanted({"event": ("withdrawal",)})))
    assert (answer["total"], answer["reported"]) == (counted.total, counted.reported)
    assert [(one["label"], one["present"], one["absent"]) for one in answer["counts"]] == [
        (one.label, one.present, one.absent) for one in counted.counts
    ]


def test_a_case_as_json_is_what_the_library_tells(client: TestClient, store: Store) -> None:
    """JSON would lack a part of the case."""
    answer = client.get("/cases/poe-1903/2").json()
    assert answer.keys() == set(tell_case(store, "poe-1903/2").__slots__)
    assert answer["told_again_in"] == ["voe-1905/1"]
    assert answer["therapy"]["dose"] == "90..120 ug/d"


def test_publications_are_listed_with_their_cases(client: TestClient, store: Store) -> None:
    """A publication would be missing, or its cases."""
    answer = client.get("/publications?limit=2&offset=1").json()
    listed = list_publications(store)
    assert (answer["total"], answer["offset"]) == (len(listed), 1)
    assert [one["reference"]["id"] for one in answer["publications"]] == [one.reference.id for one in listed[1:3]]
    assert answer["publications"][1]["cases"] == ["poe-1903/1", "poe-1903/2"]


@pytest.mark.parametrize("suffix", ["", ".json"])
def test_a_publication_is_told_with_its_cases(client: TestClient, store: Store, suffix: str) -> None:
    """Nobody could tell how a publication was read, or what it tells."""
    answer = client.get(f"/publications/moe-1904{suffix}").json()
    told = tell_publication(store, "moe-1904")
    assert answer["reference"]["status"] == told.reference.status == "retracted"
    assert [case["id"] for case in answer["cases"]] == ["moe-1904/1"]


# --- tags and slips --------------------------------------------------------------------------


@pytest.mark.parametrize(
    "address", ["/cases", "/cases.csv", "/cases/doe-1901/1", "/cases/doe-1901/1.ttl", "/facets/cause", "/publications",
                "/publications/doe-1901"],
)  # fmt: skip
def test_a_client_that_has_it_is_told_so(client: TestClient, address: str) -> None:
    """Everything would be sent again to a client that has it, or HEAD say something else than GET."""
    first = client.get(address)
    again = client.get(address, headers={"If-None-Match": first.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")
    assert again.headers["etag"] == first.headers["etag"]
    head = client.head(address)
    assert (head.status_code, head.content) == (200, b"")
    assert head.headers["etag"] == first.headers["etag"]


def test_a_graph_that_may_change_is_tagged_by_the_answer_alone(
    store: Store, corpus: Corpus, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A client would be told that it has what has changed behind the other server."""
    elsewhere = RemoteStore("http://127.0.0.1/", replace(store.manifest, files={}), seconds=1, most_bytes=1)
    monkeypatch.setattr(elsewhere, "_run", store._run)
    with TestClient(create_app(elsewhere, corpus.questions)) as client:
        answer = client.get("/cases?cause=catheter%20kink", headers={"Accept-Encoding": "identity"})
    assert [case["id"] for case in answer.json()["cases"]] == ["poe-1903/2", "voe-1905/1"]
    assert answer.headers["etag"] == f'"{hashlib.sha256(answer.content).hexdigest()[:32]}"'


@pytest.mark.parametrize(
    ("path", "status", "said", "parameter"),
    [
        ("/cases?caus=kink", 400, "'caus' is no parameter here; did you mean 'cause'", "caus"),
        ("/cases?cause=cathter%20kink", 404, "did you mean 'catheter kink'", "cause"),
        ("/cases.csv?not_reported=feverr", 404, "did you mean 'fever'", "not_reported"),
        ("/cases?year=2000-2010", 400, "no range of years", "year"),
        ("/cases?without=retrcted", 404, "did you mean 'retracted'", "without"),
        ("/cases?text=%20", 400, "is empty", "text"),
        ("/cases?sex=female,", 400, "empty word", "sex"),
        ("/cases?cause=" + "x" * 10_000, 400, "10000 characters", "cause"),
        ("/cases?limit=0", 422, "parameters", None),
        ("/cases?sort=size", 422, "parameters", None),
        ("/cases?distinct_patients=perhaps", 422, "parameters", None),
        ("/cases.pdf", 404, "'.pdf' is no known form", None),
        ("/facets/colour", 400, "cannot be counted by 'colour'", None),
        ("/facets/cause?limit=1", 400, "'limit' is no parameter here", "limit"),
        ("/facets/cause.pdf", 404, "'.pdf' is no known form", None),
        ("/publications?cause=kink", 400, "'cause' is no parameter here; there is limit, offset", "cause"),
        ("/publications/doe-1910", 404, "did you mean 'doe-1901'", None),
    ],
)
def test_every_slip_is_a_problem_document(
    client: TestClient, path: str, status: int, said: str, parameter: str | None
) -> None:
    """A misspelt parameter would choose everything, or an error not say what to do."""
    answer = client.get(path)
    assert answer.status_code == status
    assert answer.headers["content-type"] == "application/problem+json"
    assert said in answer.json()["detail"]
    assert answer.json().get("parameter") == parameter
    assert status != 404 or answer.json()["nearest"]


def test_a_form_that_is_not_there_is_said(client: TestClient) -> None:
    """A browser that asks for a picture would get a table."""
    answer = client.get("/cases", headers={"Accept": "image/png"})
    assert answer.status_code == 406
    assert "text/csv" in answer.json()["detail"]

"""The ontology and its words as a user gets them: from the command line and over HTTP."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from itbkg.exports import PRODUCTS, Form
from itbkg.settings import Corpus
from itbkg.store import Store
from itbkg_api.app import create_app
from tests.conftest import PROJECT

FORMS = PRODUCTS["ontology"]


def run(*arguments: str) -> subprocess.CompletedProcess[str]:
    """Run one command to its end."""
    script = "import sys; sys.argv[0] = 'itbkg'; from itbkg.cli import main; main()"
    environment = os.environ | {"ITBKG_CORPUS": str(PROJECT)}
    command = [sys.executable, "-c", script, *arguments]
    return subprocess.run(command, capture_output=True, text=True, env=environment, check=False, timeout=120)


@pytest.fixture(scope="module")
def client(store: Store, corpus: Corpus) -> TestClient:
    """Talk to the application without a socket."""
    return TestClient(create_app(store, corpus.questions), raise_server_exceptions=False)


# --- command line ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("arguments", "form"), [(["a.obographs.json"], "obographs"), (["a.txt", "--format", "turtle"], "turtle")]
)
def test_export_writes_the_form_that_was_asked_for(
    arguments: list[str], form: str, tmp_path: Path, contents: dict[str, bytes]
) -> None:
    """The file would hold another form, or only a part of the ontology."""
    out = tmp_path / arguments[0]
    done = run("export", "ontology", str(out), *arguments[1:], "--json")
    told = json.loads(done.stdout)
    assert (done.returncode, told["format"], told["file"]) == (0, form, str(out))
    assert told["bytes"] == out.stat().st_size
    assert out.read_bytes() == contents[form]


@pytest.mark.parametrize(
    ("out", "code", "said"),
    [
        ("a.xlsx", 2, "the ending of 'a.xlsx' tells no form of the ontology; there is owl (.owl, .rdf)"),
        ("none/a.ttl", 1, "none/a.ttl: not written: No such file or directory"),
    ],
)
def test_export_says_what_is_wrong(out: str, code: int, said: str, tmp_path: Path) -> None:
    """The user would see a trace, or a success that is none."""
    done = run("export", "ontology", str(tmp_path / out))
    assert (done.returncode, done.stdout) == (code, "")
    assert said in done.stderr
    assert "Traceback" not in done.stderr


def test_the_help_names_every_form() -> None:
    """The user would not learn what can be had."""
    shown = run("export", "ontology", "--help").stdout
    assert all(form.name in shown for form in FORMS)


def test_export_words_writes_the_pages(tmp_path: Path) -> None:
    """The documentation could not be made anew."""
    done = run("export", "words", str(tmp_path / "docs"), "--json")
    told = json.loads(done.stdout)
    assert done.returncode == 0
    assert told["pages"][0] == "words.md"
    assert all((tmp_path / "docs" / page).is_file() for page in told["pages"])


# --- HTTP ------------------------------------------------------------------------------------


@pytest.mark.parametrize("form", FORMS, ids=lambda form: form.name)
def test_accept_and_suffix_give_the_form(client: TestClient, form: Form, contents: dict[str, bytes]) -> None:
    """A form would be had one way and not the other, or be labelled as another."""
    by_accept = client.get("/ontology", headers={"Accept": form.media_type})
    assert by_accept.headers["content-type"].startswith(form.media_type)
    assert by_accept.headers["vary"] == "Accept, Accept-Encoding"
    assert by_accept.content == contents[form.name]
    for ending in form.endings:
        by_suffix = client.get(f"/ontology{ending}", headers={"Accept": "text/html"})
        assert by_suffix.content == by_accept.content
        assert by_suffix.headers["content-type"] == by_accept.headers["content-type"]
        assert by_suffix.headers["vary"] == "Accept-Encoding"


def test_the_usual_form_is_owl(client: TestClient) -> None:
    """Who asks for anything would not get what OWL tools read."""
    assert client.get("/ontology").headers["content-type"].startswith("application/rdf+xml")


def test_forms_have_tags_of_their_own(client: TestClient) -> None:
    """A cache would give one form for another."""
    tags = {client.get(f"/ontology{form.endings[0]}").headers["etag"] for form in FORMS}
    assert len(tags) == len(FORMS)
    assert all(tag.startswith('"') and tag.endswith('"') for tag in tags)


@pytest.mark.parametrize("known", ["{tag}", "W/{tag}", '"x", {tag}', "*"])
def test_what_the_client_has_is_not_sent_again(client: TestClient, known: str) -> None:
    """Every visit would load a megabyte (RFC 9110 section 13.1.2)."""
    tag = client.get("/ontology").headers["etag"]
    answer = client.get("/ontology", headers={"If-None-Match": known.format(tag=tag)})
    assert (answer.status_code, answer.content) == (304, b"")
    assert (answer.headers["etag"], answer.headers["vary"]) == (tag, "Accept, Accept-Encoding")


def test_an_old_version_is_replaced(client: TestClient) -> None:
    """A client would keep an old ontology for good."""
    assert client.get("/ontology", headers={"If-None-Match": '"old"'}).status_code == 200


@pytest.mark.parametrize(
    ("path", "accept", "status", "said"),
    [("/ontology.xlsx", "*/*", 404, "owl (.owl, .rdf)"), ("/ontology", "image/png", 406, "text/turtle")],
)
def test_what_there_is_not_is_a_problem(client: TestClient, path: str, accept: str, status: int, said: str) -> None:
    """The client would not learn what can be had."""
    answer = client.get(path, headers={"Accept": accept})
    assert answer.headers["content-type"] == "application/problem+json"
    assert (answer.status_code, answer.json()["status"]) == (status, status)
    assert said in answer.json()["detail"]


def test_the_head_can_be_asked_alone(client: TestClient) -> None:
    """A client could not look for a new version without loading it."""
    whole, head = client.get("/ontology.ttl"), client.head("/ontology.ttl")
    assert (head.status_code, head.content) == (200, b"")
    assert head.headers["etag"] == whole.headers["etag"]

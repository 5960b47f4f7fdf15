"""`itbkg teach` and /teaching: what they give, and how they refuse."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from fastapi.testclient import TestClient
from typer.testing import CliRunner, Result

from itbkg.cli.app import app
from itbkg.cli.exits import exit_code
from itbkg.errors import ItbkgError, ThinCaseError
from itbkg.store import Store
from itbkg_api.app import create_app
from tests.conftest import PROJECT

Teach = Callable[..., Result]


@pytest.fixture
def teach(monkeypatch: pytest.MonkeyPatch, real_store: Store) -> Teach:
    """Run `itbkg teach` on the graph that the tests have built."""
    monkeypatch.setattr("itbkg.cli.lessons.open_graph", lambda *_: real_store)
    return lambda *given: CliRunner().invoke(app, ["teach", *map(str, given)])


@pytest.fixture(scope="module")
def client(real_store: Store) -> TestClient:
    """Talk to the application that serves the whole corpus."""
    return TestClient(create_app(real_store, PROJECT / "ontology" / "questions"), raise_server_exceptions=False)


# --- the command -----------------------------------------------------------------------------------


def test_without_a_case_it_lists(teach: Teach) -> None:
    """Nobody would know what there is; --json would mix in the notes."""
    rows = json.loads(teach("--json").stdout)
    assert {"mohammed-2004-1", "muntinga-2022-1"} <= {row["id"] for row in rows}


def test_a_draft_is_written_once_and_merged_after(teach: Teach, tmp_path: Path) -> None:
    """A second run would overwrite, or not say what it did."""
    first = json.loads(teach("salazar-2008/1", "--out", tmp_path, "--json").stdout)
    assert first["state"] == "new"
    path = Path(first["file"])
    path.write_text(path.read_text("utf-8").replace("minutes: ", "minutes: 1"), "utf-8")
    again = json.loads(teach("salazar-2008/1", "--out", tmp_path, "--json").stdout)
    assert again == {"file": str(path), "state": "unchanged", "conflicts": []}
    assert "minutes: 1" in path.read_text("utf-8")


def test_the_corpus_chooses_a_case(teach: Teach, tmp_path: Path) -> None:
    """An educator who knows only the topic would get nothing, or a case without it."""
    chosen = teach("--cause", "planned removal or stop", "--objective", "first-thoughts", "--out", tmp_path)
    assert chosen.exit_code == 0
    assert "swjpcc-2012-1.yaml" in chosen.stdout


def test_a_thin_case_ends_with_findings(teach: Teach) -> None:
    """A script would take the refusal for success."""
    refused = teach("alamri-2022/1")
    assert isinstance(refused.exception, ThinCaseError)
    assert exit_code(refused.exception) == 3
    assert refused.exception.missing == ("a cause",)


@pytest.mark.parametrize(
    ("given", "code"),
    [
        (("mohammed-2004/9",), 4),
        (("mohammed-2004/1", "--format", "docx"), 2),
        (("--cause", "nothing of the kind"), 4),
        (("--objective", "happiness"), 2),
        (("mohammed-2004/1", "--level", "hard"), 2),
        (("--course", "0"), 2),
    ],
)
def test_what_cannot_be_done_has_its_exit_code(teach: Teach, given: tuple[str, ...], code: int) -> None:
    """A script could not tell a slip from a failure."""
    error = teach(*given).exception
    assert isinstance(error, ItbkgError)
    assert exit_code(error) == code


def test_a_form_is_written(teach: Teach, tmp_path: Path) -> None:
    """No file would come, or one of a case that has no file could not be made."""
    for case in ("mohammed-2004/1", "salazar-2008/1"):
        out = tmp_path / f"{case[:7]}.md"
        assert teach(case, "--format", "md", out).exit_code == 0
        assert "no treatment advice" in " ".join(out.read_text("utf-8").split()) or "not treatment" in out.read_text() \
            or "nothing here is treatment advice" in " ".join(out.read_text("utf-8").split())  # fmt: skip


def test_a_course_is_a_folder(teach: Teach, tmp_path: Path) -> None:
    """Index, table or a case would be missing."""
    told = json.loads(teach("--course", 2, tmp_path / "course", "--format", "md", "--json").stdout)
    assert len(told["cases"]) == 2
    names = {path.name for path in (tmp_path / "course").iterdir()}
    assert {"index.html", "coverage.csv"} < names
    assert len(names) == 4


def test_the_facts_are_listed(teach: Teach) -> None:
    """An educator could not find the name to write into a stage."""
    assert "finding/seizure-m48-0-h" in teach("mohammed-2004/1", "--facts").stdout


# --- the API ---------------------------------------------------------------------------------------


def test_the_list_names_cases_and_forms(client: TestClient) -> None:
    """A client could not find the cases or the forms."""
    found = client.get("/api/v1/teaching").json()
    assert found["total"] >= 12
    assert {"html", "anki", "qti"} <= {form["name"] for form in found["forms"]}
    assert client.get("/api/v1/teaching?limit=1").json()["lessons"][0]["id"] == found["lessons"][0]["id"]


@pytest.mark.parametrize(
    ("address", "accept", "media_type"),
    [
        ("mohammed-2004-1", "*/*", "application/json"),
        ("mohammed-2004-1", "text/html", "text/html"),
        ("mohammed-2004-1.md", "*/*", "text/markdown"),
        ("mohammed-2004-1.gift.txt", "*/*", "text/plain"),
        ("mohammed-2004-1?format=moodle-xml", "*/*", "application/xml"),
    ],
)
def test_a_case_comes_in_the_form_that_is_asked_for(
    client: TestClient, address: str, accept: str, media_type: str
) -> None:
    """A form could not be had, or another one came; a second request would send all again."""
    answer = client.get(f"/api/v1/teaching/{address}", headers={"Accept": accept})
    assert answer.status_code == 200
    assert answer.headers["content-type"].partition(";")[0] == media_type
    again = client.get(
        f"/api/v1/teaching/{address}", headers={"Accept": accept, "If-None-Match": answer.headers["etag"]}
    )
    assert again.status_code == 304


@pytest.mark.parametrize(
    ("address", "status", "kind"),
    [
        ("mohamed-2004-1", 404, "unknown-name"),
        ("mohammed-2004-1.docx", 404, "no-such-form"),
        ("mohammed-2004-1?format=docx", 404, "no-such-form"),
        ("mohammed-2004-1?form=md", 400, "invalid-parameter"),
    ],
)
def test_what_cannot_be_had_is_a_problem(client: TestClient, address: str, status: int, kind: str) -> None:
    """A client would get a trace, or a page instead of a problem."""
    answer = client.get(f"/api/v1/teaching/{address}")
    assert answer.status_code == status
    assert answer.json()["type"].endswith(kind)


def test_the_player_brings_the_policy_for_its_scripts(client: TestClient) -> None:
    """The browser would refuse to run the player, or let it reach out."""
    policy = client.get("/api/v1/teaching/mohammed-2004-1.html").headers["content-security-policy"]
    assert "script-src" in policy
    assert "'unsafe-inline'" not in policy.partition("script-src")[2].partition(";")[0]


def test_the_short_address_leads_there(client: TestClient) -> None:
    """/teaching would be nothing."""
    assert client.get("/teaching", follow_redirects=False).headers["location"].endswith("/api/v1/teaching")

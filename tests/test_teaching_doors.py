"""`itbkg teach` and /teaching: what they give, and how they refuse."""

import json
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from fastapi.testclient import TestClient
from typer.testing import CliRunner, Result

from itbkg.cli.app import app
from itbkg.cli.exits import exit_code
from itbkg.errors import ItbkgError, ThinCaseError
from itbkg.store import Store
from itbkg.teaching.drafting import draft_case
from itbkg.teaching.making import Workshop
from itbkg.teaching.writing import write_case
from itbkg_api.app import create_app
from tests.conftest import PROJECT

QUESTIONS = PROJECT / "ontology" / "questions"
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
    assert "case: swjpcc-2012/1" in next(tmp_path.glob("*.yaml")).read_text("utf-8")
    assert "swjpcc" not in chosen.stdout


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
    assert {"index.html", "coverage.html", "coverage.csv"} < names
    assert len(names) == 5


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


def test_a_case_without_a_file_is_drafted(client: TestClient) -> None:
    """Only the curated cases could be had, or the draft would tell too early what its id says."""
    drafted = client.get("/api/v1/teaching/kao-2003-1")
    assert drafted.status_code == 200
    assert drafted.json()["case"] == "kao-2003/1"
    assert len(drafted.json()["stages"]) >= 4
    assert client.get("/api/v1/teaching/ncse-overdose-2014-1").json()["id"] == "brisk-reflexes"


def test_a_thin_case_is_a_problem_that_says_what_is_missing(client: TestClient) -> None:
    """A client would get an exercise of two lines, or not learn what the record lacks."""
    answer = client.get("/api/v1/teaching/alamri-2022-1")
    assert (answer.status_code, answer.headers["content-type"]) == (422, "application/problem+json")
    assert answer.json()["missing"] == ["a cause"]
    assert "'alamri-2022/1' holds too little to teach from: it lacks a cause" in answer.json()["detail"]


@pytest.fixture
def elsewhere(store: Store, tmp_path: Path) -> tuple[TestClient, Path]:
    """Serve the fictional graph with a folder of teaching cases of which a test writes some."""
    (tmp_path / "ontology").symlink_to(PROJECT / "ontology", target_is_directory=True)
    (tmp_path / "data" / "teaching").mkdir(parents=True)
    app = create_app(store, tmp_path / "ontology" / "questions")
    return TestClient(app, raise_server_exceptions=False), tmp_path / "data" / "teaching"


def test_a_faulty_file_is_told_without_its_path(elsewhere: tuple[TestClient, Path]) -> None:
    """A client would learn how the folders of the server are called, or not which line to mend."""
    client, folder = elsewhere
    written = write_case(draft_case(Workshop(client.app.state.store, QUESTIONS), "doe-1901/1"), folder)  # type: ignore[attr-defined]
    text = written.path.read_text("utf-8")
    written.path.write_text(text.replace("- word: sepsis", "- word: sepssis"), "utf-8")
    for address in ("/api/v1/teaching/doe-1901-1", "/teach/doe-1901-1"):
        answer = client.get(address)
        assert answer.status_code == 422
        assert re.search(r"data/teaching/doe-1901-1\.yaml:\d+: .*sepssis", answer.text)
        assert str(folder) not in answer.text
        assert folder.parent.parent.name not in answer.text
    written.path.write_text("stages: [", "utf-8")
    listed = client.get("/api/v1/teaching")
    assert listed.status_code == 422
    assert "data/teaching/doe-1901-1.yaml:" in listed.text
    assert folder.parent.parent.name not in listed.text


def test_a_teaching_case_of_another_dataset_is_not_there(elsewhere: tuple[TestClient, Path]) -> None:
    """A list would name lessons that cannot be made, or a request for one end in a fault of its file."""
    client, folder = elsewhere
    for name in ("mohammed-2004-1", "brisk-reflexes"):
        (folder / f"{name}.yaml").write_bytes((PROJECT / "data" / "teaching" / f"{name}.yaml").read_bytes())
    assert client.get("/api/v1/teaching").json()["total"] == 0
    for name in ("mohammed-2004-1", "brisk-reflexes", "ncse-overdose-2014-1"):
        answer = client.get(f"/api/v1/teaching/{name}")
        assert (answer.status_code, answer.json()["type"].rsplit("/", 1)[-1]) == (404, "unknown-name")
    assert "in this dataset" in client.get("/api/v1/teaching/mohammed-2004-1").json()["detail"]


def test_an_edit_is_seen_without_a_restart(elsewhere: tuple[TestClient, Path]) -> None:
    """An educator would look at the old text, or the browser keep it."""
    client, folder = elsewhere
    path = write_case(draft_case(Workshop(client.app.state.store, QUESTIONS), "doe-1901/1"), folder).path  # type: ignore[attr-defined]
    before = client.get("/teach/doe-1901-1")
    path.write_text(path.read_text("utf-8").replace("title: What came before", "title: In my words"), "utf-8")
    after = client.get("/teach/doe-1901-1", headers={"If-None-Match": before.headers["etag"]})
    assert after.status_code == 200
    assert "In my words" in after.text


def test_the_short_address_leads_there(client: TestClient) -> None:
    """/teaching would be nothing."""
    assert client.get("/teaching", follow_redirects=False).headers["location"].endswith("/api/v1/teaching")

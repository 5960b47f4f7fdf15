"""The exports at the doors: what command line and API take, give and refuse; safe tables; the page of formats."""

import csv
import hashlib
import io
import json
import os
import subprocess
import sys
import sysconfig
import threading
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient
from hypothesis import given
from hypothesis import strategies as st

from itbkg.building import Built, write_folder
from itbkg.errors import RemoteStoreError
from itbkg.exports import (
    FORMATS,
    PRODUCTS,
    TABLE,
    FolderFormat,
    make_guide,
    select_all,
    select_cases,
    write_format,
    write_one_file,
)
from itbkg.limits import Limits
from itbkg.namespaces import CASE, ITB
from itbkg.settings import Corpus
from itbkg.sheet import Cell, to_csv, to_tsv, write_csv, write_tsv
from itbkg.store import Store
from itbkg.store.remote import RemoteStore
from itbkg_api import exports
from itbkg_api.addresses import API
from itbkg_api.app import create_app
from tests.conftest import PROJECT
from tests.serving import served_by_oxigraph

SCRIPT = Path(sysconfig.get_path("scripts")) / "itbkg"
CONSTRUCT = f"CONSTRUCT {{ ?case <{ITB.hasCause}> ?cause }} WHERE {{ ?case <{ITB.hasCause}> ?cause }}"


def content_of(name: str, store: Store, *cases: str) -> bytes:
    """Write a format of the whole graph, or of cases, into one file."""
    file = io.BytesIO()
    write_one_file(
        FORMATS[name], select_cases(store, [CASE + one for one in cases]) if cases else select_all(store), file
    )
    return file.getvalue()


# --- a graph elsewhere -----------------------------------------------------------------------


@pytest.fixture(scope="module")
def address(built: Built, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Serve the fictional graph with Oxigraph's own server."""
    with served_by_oxigraph(tmp_path_factory.mktemp("oxigraph"), built.nquads) as address:
        yield address


@pytest.mark.parametrize("name", FORMATS)
def test_a_graph_elsewhere_gives_the_same_bytes(name: str, address: str, store: Store) -> None:
    """Who serves a graph that another endpoint holds would hand out other files."""
    assert content_of(name, RemoteStore.connect(address), "doe-1901/1") == content_of(name, store, "doe-1901/1")


@pytest.mark.parametrize("name", ["nquads", "kgx-jsonl", "csv", "fhir"])
def test_the_whole_of_a_graph_elsewhere_is_the_same(name: str, address: str, store: Store) -> None:
    """The whole is read graph by graph, and one might be missed."""
    assert content_of(name, RemoteStore.connect(address)) == content_of(name, store)


def test_what_is_too_long_elsewhere_leaves_no_file(address: str, corpus: Corpus, tmp_path: Path) -> None:
    """An answer that was cut off would pass for the graph, or the client would get a fault without a reason."""
    remote = RemoteStore.connect(address, most_bytes=100_000)
    with pytest.raises(RemoteStoreError, match="graph/ontology> has more than the 100000 bytes"):
        write_format(FORMATS["nquads"], select_cases(remote, [f"{CASE}doe-1901/1"]), tmp_path / "part.nq")
    assert not list(tmp_path.iterdir())
    with TestClient(create_app(remote, corpus.questions)) as client:
        answer = client.get(f"{API}/exports/nquads?cases=doe-1901/1")
    assert (answer.status_code, answer.headers["content-type"]) == (502, "application/problem+json")
    assert "ITBKG_LIMIT_RESULT_BYTES" in answer.json()["detail"]


# --- command line ----------------------------------------------------------------------------


@pytest.fixture(scope="module")
def graph(built: Built, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Put the fictional graph into a build folder."""
    folder = tmp_path_factory.mktemp("graph")
    write_folder(built, folder)
    return folder


def run(*arguments: str) -> "subprocess.CompletedProcess[str]":
    """Run the command."""
    environment = {"PATH": os.environ["PATH"], "HOME": os.environ.get("HOME", "/")}
    return subprocess.run(
        [sys.executable, str(SCRIPT), *arguments],
        env=environment,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )


def test_the_command_alone_lists_the_table() -> None:
    """A format could be had and nobody would know."""
    listed = json.loads(run("export", "--json").stdout)
    assert [(row["product"], row["name"], row["media_type"]) for row in listed] == [
        (row.product, row.name, row.media_type) for row in TABLE
    ]
    shown = run("export").stdout
    assert all(row.name in shown and row.title in shown for row in TABLE)


@pytest.mark.parametrize(
    ("options", "cases"),
    [
        (["--cases", "doe-1901/1, roe-1902/2"], ["doe-1901/1", "roe-1902/2"]),
        (["--event", "overdose", "--sex", "female"], None),
        (["--where", "event = overdose"], ["poe-1903/1", "roe-1902/1", "roe-1902/2"]),
    ],
)
def test_options_choose_cases(
    options: list[str], cases: list[str] | None, graph: Path, store: Store, tmp_path: Path
) -> None:
    """An option would be passed over, and the file hold other cases than it says."""
    out = tmp_path / "part.nq"
    done = run("export", "nquads", str(out), *options, "--graph", str(graph), "--json")
    told = json.loads(done.stdout)
    assert (done.returncode, told["whole"], told["losses"]) == (0, False, [])
    assert "nothing is lost" in done.stderr
    if cases:
        assert told["cases"] == len(cases)
        assert out.read_bytes() == content_of("nquads", store, *cases)


def test_a_construct_is_exported_and_losses_are_said(graph: Path, tmp_path: Path) -> None:
    """A query's triples would be left out, or a loss be kept quiet."""
    (tmp_path / "query.rq").write_text(CONSTRUCT, "utf-8")
    made = run(
        "export", "ntriples", str(tmp_path / "a.nt"), "--construct", str(tmp_path / "query.rq"), "--graph", str(graph)
    )
    assert made.returncode == 0
    lines = (tmp_path / "a.nt").read_text("utf-8").splitlines()
    assert lines
    assert all(f"<{ITB.hasCause}>" in line for line in lines)
    whole = run("export", "turtle", str(tmp_path / "a.ttl"), "--graph", str(graph), "--json")
    (loss,) = json.loads(whole.stdout)["losses"]
    assert f"not in this format: {loss['what']} ({loss['count']})" in whole.stderr


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        (["turtel", "OUT"], 2, "'turtel' is no format of the graph; there is turtle, "),
        (["turtle"], 2, "name it behind the format"),
        (["turtle", "OUT", "--cases", "doe-1901/9"], 4, "--cases: 'doe-1901/9' is no known case"),
        (["turtle", "OUT", "--cases", "doe-1901/1", "--sex", "male"], 2, "give one of them"),
        (["turtle", "OUT", "--year", "1900"], 4, "no case fulfils all conditions"),
        (["turtle", "OUT", "--where", "event ="], 2, "--where: "),
        (["turtle", "OUT", "--construct", "none.rq"], 2, "--construct: none.rq cannot be read"),
        (["turtle", "OUT", "--format", "owl"], 2, "--format is for the ontology alone"),
        (["words", "OUT", "--sex", "male"], 2, "is written whole"),
        (["turtle", "--all", "OUT"], 2, "--all writes everything"),
        (["turtle", "/none/at/all/a.ttl"], 1, "not written: No such file or directory"),
    ],
)
def test_what_is_wrong_is_said(arguments: list[str], code: int, said: str, graph: Path, tmp_path: Path) -> None:
    """The user would see a trace, or a file that is not what was asked for."""
    out = tmp_path / "out"
    done = run("export", *(str(out) if one == "OUT" else one for one in arguments), "--graph", str(graph))
    assert (done.returncode, done.stdout) == (code, "")
    assert said in done.stderr
    assert "Traceback" not in done.stderr
    assert list(tmp_path.iterdir()) == []


def test_the_help_names_the_conditions_of_cases() -> None:
    """The two commands would drift apart."""
    shown = run("export", "--help").stdout
    assert all(f"--{name}" in shown for name in ("event", "not-reported", "age-group", "without", "distinct-patients"))
    assert all(f"--{name}" in shown for name in ("cases", "where", "construct", "all"))


# --- HTTP ------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def client(store: Store, corpus: Corpus) -> Iterator[TestClient]:
    """Talk to the application with its workers, without a socket."""
    with TestClient(create_app(store, corpus.questions, Limits(seconds=3)), raise_server_exceptions=False) as client:
        yield client


def test_the_list_names_every_download(client: TestClient) -> None:
    """A format could be had and no program would find it, or an address would lead nowhere."""
    listed = client.get(f"{API}/exports").json()
    assert [one["name"] for one in listed["exports"]] == ["graph", "ontology"]
    forms = {one["name"]: one["forms"] for one in listed["exports"]}
    assert [one["name"] for one in forms["graph"]] == list(FORMATS)
    assert [one["name"] for one in forms["ontology"]] == [form.name for form in PRODUCTS["ontology"]]
    for form in (*forms["graph"], *forms["ontology"]):
        answer = client.head(form["address"] + ("?cases=doe-1901/1" if "/exports/" in form["address"] else ""))
        assert answer.status_code == 200, form["name"]
        assert answer.headers["content-type"].split(";")[0] == form["media_type"]


@pytest.mark.parametrize("name", FORMATS)
def test_a_download_has_the_bytes_of_the_file(name: str, client: TestClient, store: Store) -> None:
    """The API would give something else than the command writes."""
    answer = client.get(f"{API}/exports/{name}?cases=doe-1901/1,roe-1902/2")
    assert answer.status_code == 200
    assert answer.content == content_of(name, store, "doe-1901/1", "roe-1902/2")
    assert answer.headers["content-disposition"].startswith('attachment; filename="itbkg-part')
    if isinstance(FORMATS[name], FolderFormat):
        with zipfile.ZipFile(io.BytesIO(answer.content)) as archive:
            assert archive.testzip() is None
            assert archive.namelist() == sorted(archive.namelist())
            assert {one.date_time for one in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}


def test_the_whole_is_streamed_with_tag_and_length(client: TestClient, store: Store) -> None:
    """A client could neither check nor keep what it has."""
    answer = client.get(f"{API}/exports/nquads", headers={"Accept-Encoding": "identity"})
    whole = content_of("nquads", store)
    assert hashlib.sha256(answer.content).digest() == hashlib.sha256(whole).digest()
    assert int(answer.headers["content-length"]) == len(whole)
    assert answer.headers["content-disposition"] == 'attachment; filename="itbkg.nq"'
    tag = answer.headers["etag"]
    again = client.get(f"{API}/exports/nquads", headers={"If-None-Match": tag})
    assert (again.status_code, again.content) == (304, b"")
    other = client.get(f"{API}/exports/nquads?sex=female", headers={"If-None-Match": tag})
    assert (other.status_code, other.headers["etag"] != tag) == (200, True)


def test_the_link_leads_to_the_losses(client: TestClient) -> None:
    """A download would not say what it lacks."""
    answer = client.get(f"{API}/exports/turtle?event=overdose")
    address, relation = answer.headers["link"].split("; ")
    assert relation == 'rel="describedby"'
    statement = client.get(address.strip("<>")).json()
    assert (statement["format"], statement["cases"]) == ("turtle", 3)
    assert [one["count"] for one in statement["losses"]] == [5]


def test_a_construct_runs_within_limits(client: TestClient) -> None:
    """The query of a stranger would run without limits, or its triples not be given."""
    answer = client.get(f"{API}/exports/ntriples", params={"construct": CONSTRUCT})
    assert answer.status_code == 200
    assert all(f"<{ITB.hasCause}>" in line for line in answer.text.splitlines())
    endless = "CONSTRUCT { ?a ?b ?c } { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }"
    assert client.get(f"{API}/exports/ntriples", params={"construct": endless}).status_code in (422, 503)


@pytest.mark.parametrize(
    ("path", "status", "slug", "more"),
    [
        ("turtel", 404, "no-such-form", {}),
        ("turtel/losses", 404, "no-such-form", {}),
        ("turtle?cases=doe-1901/9", 404, "unknown-name", {"parameter": "cases"}),
        ("turtle?year=1900", 404, "nothing-chosen", {}),
        ("turtle?where=event%20=", 400, "invalid-parameter", {"parameter": "where"}),
        ("turtle?colour=red", 400, "invalid-parameter", {"parameter": "colour"}),
        (
            "turtle?construct=SELECT%20*%20%7B%3Fs%20%3Fp%20%3Fo%7D",
            400,
            "invalid-parameter",
            {"parameter": "construct"},
        ),
        ("jsonld-tree?construct=CONSTRUCT%20WHERE%20%7B%3Fs%20a%20%3Fo%7D", 400, "invalid-parameter", {}),
        ("turtle?cases=doe-1901/1&sex=male", 400, "invalid-parameter", {}),
    ],
)
def test_what_cannot_be_had_is_a_problem(
    path: str, status: int, slug: str, more: dict[str, Any], client: TestClient
) -> None:
    """A program would take an error page or an empty file for the data."""
    answer = client.get(f"{API}/exports/{path}")
    assert (answer.status_code, answer.headers["content-type"]) == (status, "application/problem+json")
    assert answer.json()["type"].endswith(f"/{slug}")
    assert more.items() <= answer.json().items()


def test_too_many_exports_at_once_are_told_to_wait(client: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    """Strangers who ask for everything at once would take the server down."""
    monkeypatch.setattr(exports, "PATIENCE", 0.05)
    monkeypatch.setattr(exports, "_TURNS", threading.BoundedSemaphore(1))
    with exports._TURNS:
        answer = client.get(f"{API}/exports/turtle")
    assert (answer.status_code, answer.json()["limit"]) == (503, "waiting")
    assert answer.headers["retry-after"]
    assert client.get(f"{API}/exports/turtle").status_code == 200


# --- tables for spreadsheets -----------------------------------------------------------------

CELLS = st.one_of(st.none(), st.integers(), st.floats(allow_nan=False, allow_infinity=False),
                  st.text(st.characters(exclude_categories=["Cs"]), max_size=8),
                  st.sampled_from(["=1", "+1", "-1", "@A", "\t=1", "\r=1", "＝1", "a,b", 'a"b', "a\nb"]))  # fmt: skip
ROWS = st.lists(st.tuples(CELLS, CELLS), max_size=6)
DANGEROUS = ("=", "+", "-", "@", "\t", "\r", "\n", "\0", "＝", "＋", "－", "＠")


@given(ROWS)
def test_no_cell_of_a_csv_is_a_formula_and_no_text_is_lost(rows: list[tuple[Cell, ...]]) -> None:
    """A spreadsheet would run what a report says, or a reader of CSV get other cells."""
    file = io.BytesIO()
    write_csv(file, ("=a", "b"), rows)
    assert file.getvalue().decode("utf-8") == to_csv(("=a", "b"), rows)
    read = list(csv.reader(io.StringIO(to_csv(("=a", "b"), rows), newline=""), strict=True))
    assert read[0] == ["'=a", "b"]
    assert len(read) == len(rows) + 1
    for row, cells in zip(rows, read[1:], strict=True):
        for cell, text in zip(row, cells, strict=True):
            if isinstance(cell, str):
                assert text == (f"'{cell}" if cell.startswith(DANGEROUS) else cell)
            else:
                assert text == "" if cell is None else float(text) == float(cell)


@given(ROWS)
def test_a_tsv_has_its_cells_and_lines(rows: list[tuple[Cell, ...]]) -> None:
    """A tab or line end within a text would move the cells behind it."""
    file = io.BytesIO()
    write_tsv(file, ("a", "b"), rows)
    text = file.getvalue().decode("utf-8")
    assert text == to_tsv(("a", "b"), rows)
    lines = text.removesuffix("\n").split("\n")
    assert len(lines) == len(rows) + 1
    assert all(line.count("\t") == 1 for line in lines)
    for line, row in zip(lines[1:], rows, strict=True):
        cells = zip(line.split("\t"), row, strict=True)
        assert not [cell for cell, given in cells if isinstance(given, str) and cell.startswith(DANGEROUS)]


# --- documentation ---------------------------------------------------------------------------


def test_the_page_of_formats_is_the_table() -> None:
    """The documentation would name other formats than there are; `itbkg export formats docs` makes it anew."""
    assert (PROJECT / "docs" / "exports.md").read_text("utf-8") == make_guide()
    assert all(f"| `{row.name}` |" in make_guide() for row in TABLE)

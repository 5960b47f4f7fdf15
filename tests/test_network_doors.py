"""Networks, similar cases and `--chart` as users meet them: whole processes and HTTP, over the fictional graph."""

import csv
import io
import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from itbkg.building import Built, write_folder
from itbkg.settings import Corpus
from itbkg.store import Store
from itbkg_api.app import create_app

ITBKG = [sys.executable, "-c", "import sys; sys.argv[0] = 'itbkg'; from itbkg.cli import main; main()"]
API = "/api/v1"


@pytest.fixture(scope="module")
def graph(built: Built, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Write the fictional graph into a folder."""
    out = tmp_path_factory.mktemp("graph")
    write_folder(built, out)
    return out


@pytest.fixture(scope="module")
def client(store: Store, corpus: Corpus) -> Iterator[TestClient]:
    """Talk to the application without a socket."""
    with TestClient(create_app(store, corpus.questions)) as talking:
        yield talking


def run(graph: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Run a command to its end."""
    command = [*ITBKG, *arguments, "--graph", str(graph)]
    return subprocess.run(command, capture_output=True, text=True, check=False, timeout=120)


def test_the_table_names_links_numbers_and_cases(graph: Path) -> None:
    """A reader would see a link without how many cases tell it, or which."""
    done = run(graph, "network", "chains", "--least", "1")
    line = next(line for line in done.stdout.splitlines() if line.startswith("missed refill"))
    assert "led to" in line
    assert "1 of 6" in line
    assert line.endswith("doe-1901/1")
    assert "5 of 6 cases are in this network" in done.stderr
    assert "1 of 6 cases report no cause" in done.stderr
    assert "not for treatment decisions" in done.stderr


def test_json_and_csv_hold_the_same(graph: Path) -> None:
    """Two forms of one answer would differ."""
    document = json.loads(run(graph, "network", "co-occurrence", "--of", "finding, cause", "--json").stdout)
    sheet = list(
        csv.DictReader(io.StringIO(run(graph, "network", "co-occurrence", "--of", "finding,cause", "--csv").stdout))
    )
    assert [(row["source"], row["target"], int(row["n"])) for row in sheet] == [
        (edge["source"], edge["target"], edge["n"]) for edge in document["edges"]
    ]
    assert {node["kind"] for node in document["nodes"]} == {"finding", "cause"}
    nodes = list(csv.DictReader(io.StringIO(run(graph, "network", "cases", "--nodes", "--csv").stdout)))
    assert {row["kind"] for row in nodes} == {"case", "finding"}


def test_cases_can_be_chosen(graph: Path) -> None:
    """A condition would be passed over."""
    document = json.loads(run(graph, "network", "chains", "--where", "event=overdose", "--json").stdout)
    assert document["of"] == 3
    assert {node["label"] for node in document["nodes"] if node["kind"] == "event"} == {"overdose"}


def test_similar_tells_what_is_shared_and_what_is_not_reported(graph: Path) -> None:
    """A reader would take silence for a difference."""
    done = run(graph, "similar", "doe-1901/1", "--limit", "1")
    assert "poe-1903/2" in done.stdout
    assert "likeness 0." in done.stdout
    assert "differ (present in one, stated absent in the other): seizure (1)" in done.stdout
    assert "not reported here" in done.stdout
    assert "5 of 5 other cases share any class" in done.stderr
    document = json.loads(run(graph, "similar", "doe-1901/1", "--by", "cause", "--json").stdout)
    assert document["fields"] == ["cause"]


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        (("network", "chain"), 4, "did you mean 'chains'"),
        (("network", "cases", "--of", "findings"), 2, "did you mean 'finding'"),
        (("network", "chains", "--least", "0"), 2, "--least: 0 is too small"),
        (("network", "chains", "--where", "evnt=overdose"), 4, "--where: 'evnt' is no known variable; did you mean"),
        (("network", "chains", "--chart", "a.gif"), 2, ".svg, .png, .json"),
        (("case", "doe-1901/1", "--chart", "a.svg", "--width", "9"), 2, "--width: a chart cannot be 9 pixels wide"),
        (("links", "--chart", "a.svg", "--draw", "pie"), 4, "'heat' or 'forest'"),
        (("times", "--chart", "a.svg"), 2, "--chart: a chart shows one span"),
        (("similar", "doe-1901/9"), 4, "did you mean"),
    ],
)
def test_a_slip_is_named_before_any_work(graph: Path, arguments: tuple[str, ...], code: int, said: str) -> None:
    """A slip would end in a stack trace, or in a chart of something else."""
    done = run(graph, *arguments)
    assert (done.returncode, done.stdout) == (code, "")
    assert said in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize(
    "arguments",
    [
        ("network", "chains"),
        ("network", "co-occurrence"),
        ("network", "cases"),
        ("case", "doe-1901/1"),
        ("links",),
        ("links", "--columns", "outcome=death", "--draw", "forest"),
        ("times", "interruption-to-first-symptom"),
    ],
)
def test_each_command_draws_what_it_tells(graph: Path, tmp_path: Path, arguments: tuple[str, ...]) -> None:
    """A command would print its answer and write no chart, or the other way round."""
    out = tmp_path / "chart.json"
    done = run(graph, *arguments, "--chart", str(out), "--width", "390")
    assert done.returncode == 0, done.stderr
    assert done.stdout
    assert f"chart: {out}" in done.stderr
    spec = json.loads(out.read_text("utf-8"))
    assert spec["padding"]["left"] + spec["width"] + spec["padding"]["right"] == pytest.approx(390, abs=1)


def test_networks_over_http(client: TestClient) -> None:
    """The same question would be answered otherwise than on the command line."""
    answer = client.get(f"{API}/network/chains", params={"event": "overdose", "depth": 1})
    assert answer.status_code == 200
    document = answer.json()
    assert (document["told"], document["of"]) == (3, 3)
    sheet = list(csv.DictReader(io.StringIO(client.get(f"{API}/network/chains.csv?event=overdose&depth=1").text)))
    assert [row["cases"].split("; ") for row in sheet] == [edge["cases"] for edge in document["edges"]]
    assert client.get("/network/cases", follow_redirects=True).json()["name"] == "cases"


def test_similar_cases_over_http(client: TestClient) -> None:
    """A page could not show what a case is like."""
    document = client.get(f"{API}/cases/doe-1901/1/similar?limit=2&by=finding").json()
    assert len(document["cases"]) == 2
    assert document["of"] == 5
    assert [one["label"] for one in document["cases"][0]["contradicted"]] == ["seizure"]
    sheet = client.get(f"{API}/cases/doe-1901/1/similar.csv").text
    assert sheet.splitlines()[0].startswith("id,low,high,shared")


@pytest.mark.parametrize(
    ("address", "status", "said"),
    [
        ("/network/chain", 404, "chains"),
        ("/network/chains.xml", 404, ".csv"),
        ("/network/cases?of=findings", 400, "finding"),
        ("/network/chains?depth=0", 422, "depth"),
        ("/cases/doe-1901/9/similar", 404, "doe-1901/1"),
    ],
)
def test_an_error_is_a_problem(client: TestClient, address: str, status: int, said: str) -> None:
    """A program could not tell what was wrong, or what there is instead."""
    answer = client.get(API + address)
    assert answer.status_code == status
    assert answer.headers["content-type"] == "application/problem+json"
    assert said in answer.text

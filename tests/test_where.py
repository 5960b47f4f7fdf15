"""One grammar of filters at every door: what `where` chooses is the same wherever cases are chosen."""

import json
import subprocess
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient

import itbkg
from itbkg.building import Built, write_folder
from itbkg.cases import Wanted, choose_cases
from itbkg.cases.counted import counted
from itbkg.cli.filtering import joined
from itbkg.errors import NotFoundError, ParameterError
from itbkg.links import choose_where, fulfilling, links
from itbkg.network.views import Asked, show
from itbkg.settings import Corpus
from itbkg.store import Store
from itbkg.timing import measure_times
from itbkg_api.app import create_app

API, ONSET = "/api/v1", "interruption-to-first-symptom"
ITBKG = [sys.executable, "-c", "import sys; sys.argv[0] = 'itbkg'; from itbkg.cli import main; main()"]
FILTERS = (
    "event = overdose",
    "event = withdrawal and not cause = catheter kink",
    "(finding = seizure or finding != seizure) and year = 1970..1973",
    "finding = fever not reported",
    "sex = male and sex = female",
    "",
)


@pytest.fixture(scope="module")
def graph(built: Built, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Write the fictional graph into a folder."""
    out = tmp_path_factory.mktemp("graph")
    write_folder(built, out)
    return out


@pytest.fixture(scope="module")
def client(store: Store, corpus: Corpus) -> Iterator[TestClient]:
    """Talk to the application without a socket."""
    with TestClient(create_app(store, corpus.questions), raise_server_exceptions=False) as talking:
        yield talking


def run(graph: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Run a command to its end."""
    command = [*ITBKG, *arguments, "--graph", str(graph)]
    return subprocess.run(command, capture_output=True, text=True, check=False, timeout=120)


def told(graph: Path, *arguments: str) -> Any:
    """Run a command and read its JSON."""
    done = run(graph, *arguments, "--json")
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def ids(rows: Sequence[Any]) -> list[str]:
    """Name cases by their ids."""
    return [row["id"] for row in rows]


# --- the library ----------------------------------------------------------------------------


@pytest.mark.parametrize("where", FILTERS)
def test_a_filter_chooses_the_cohort_of_its_table(store: Store, where: str) -> None:
    """A list of cases, times, a network and a table of links would be of different cases."""
    chosen = choose_where(store, where)
    cohort = links(store, "sex", "event", where).cohort
    kept = {row.id for row in chosen.rows if row.iri in counted(store)}
    assert len(kept) == cohort.total
    assert {*cohort.told_again, *cohort.retracted} == {row.id for row in chosen.rows} - kept
    assert show(store, "chains", Asked(chosen.rows)).of == cohort.total
    times = measure_times(store, ONSET, cases=chosen.rows)
    whole = times.groups[0]
    assert {one.case for one in whole.cases} | {*whole.untold} <= kept
    assert times.of == len(whole.cases) + len(whole.untold)


def test_a_filter_stands_beside_the_conditions(store: Store) -> None:
    """A filter would take the place of the other conditions, or not be said among them."""
    wanted = Wanted({"sex": ("female",)})
    chosen = choose_where(store, "event = overdose", wanted)
    assert {row.id for row in chosen.rows} == {
        row.id for row in choose_cases(store, Wanted({"sex": ("female",), "event": ("overdose",)})).rows
    }
    told = [(one.name, one.given, len(one.cases)) for one in chosen.conditions]
    assert told[-1] == ("where", "event = overdose", len(fulfilling(store, "event = overdose")))
    assert choose_where(store, "  ", wanted) == choose_cases(store, wanted)


def test_filters_are_joined_so_that_all_hold() -> None:
    """An `or` in one filter would open the other."""
    assert joined(None) == joined([]) == ""
    assert joined(["a = b or c = d"]) == "a = b or c = d"
    assert joined(["a = b or c = d", "e = f"]) == "(a = b or c = d) and (e = f)"


@pytest.mark.parametrize(("where", "kind"), [("evnt = overdose", NotFoundError), ("event overdose", ParameterError)])
def test_a_slip_says_that_it_is_in_the_filter(store: Store, where: str, kind: type[Exception]) -> None:
    """A person would look for the slip among the other conditions."""
    with pytest.raises(kind) as caught:
        choose_where(store, where)
    assert getattr(caught.value, "parameter", "") == "where"


# --- the command line -----------------------------------------------------------------------


@pytest.mark.parametrize("where", ["event = withdrawal and not cause = catheter kink", "sex = male and sex = female"])
def test_every_command_takes_the_same_filter(graph: Path, store: Store, where: str) -> None:
    """A command would read a filter otherwise than the next, or fail where nobody is chosen."""
    chosen = choose_where(store, where).rows
    assert ids(told(graph, "cases", "--where", where)["cases"]) == [row.id for row in chosen]
    assert told(graph, "cases", "--facets", "sex", "--where", where)["total"] == len(chosen)
    times = measure_times(store, ONSET, cases=chosen)
    assert told(graph, "times", ONSET, "--where", where)["of"] == times.of
    assert told(graph, "network", "chains", "--where", where)["of"] == show(store, "chains", Asked(chosen)).of
    assert told(graph, "links", "--where", where)["cohort"]["total"] == links(store, where=where).cohort.total


def test_filters_and_options_hold_together(graph: Path, tmp_path: Path) -> None:
    """A second filter, or an option beside it, would be passed over."""
    asked = ("--where", "event = overdose or event = withdrawal", "--where", "year = ..1972", "--sex", "male")
    chosen = told(graph, "cases", *asked)
    assert [one["name"] for one in chosen["conditions"]] == ["sex", "where"]
    assert chosen["total"] < min(one["cases"] for one in chosen["conditions"])
    written = told(graph, "export", "nquads", str(tmp_path / "part.nq"), *asked)
    assert written["cases"] == chosen["total"]


@pytest.mark.parametrize("command", [("cases",), ("times",), ("network", "cases"), ("links",)])
def test_every_command_names_a_slip_alike(graph: Path, command: tuple[str, ...]) -> None:
    """A slip would be named at one door and be a riddle at another."""
    done = run(graph, *command, "--where", "evnt = withdrawal")
    said = "itbkg: --where: 'evnt' is no known variable; did you mean 'event'?\n"
    assert (done.returncode, done.stdout, done.stderr) == (4, "", said)


# --- HTTP -----------------------------------------------------------------------------------


@pytest.mark.parametrize("where", FILTERS)
def test_every_address_takes_the_same_filter(client: TestClient, store: Store, where: str) -> None:
    """An address would read a filter otherwise than the command line, or leave it out."""
    chosen, asked = choose_where(store, where).rows, {"where": where}
    assert ids(client.get(f"{API}/cases", params=asked).json()["cases"]) == [row.id for row in chosen]
    assert len(client.get(f"{API}/cases.csv", params=asked).text.splitlines()) == len(chosen) + 1
    assert client.get(f"{API}/facets/cause", params=asked).json()["total"] == len(chosen)
    assert client.get(f"{API}/times/{ONSET}", params=asked).json()["of"] == measure_times(store, ONSET, "", chosen).of
    network = client.get(f"{API}/network/cases", params=asked).json()
    assert network["of"] == show(store, "cases", Asked(chosen)).of
    spans = client.get(f"{API}/times", params=asked).json()["spans"]
    assert [one["of"] for one in spans] == [measure_times(store, one["name"], "", chosen).of for one in spans]
    for chart in (f"times/{ONSET}", "network/chains", "links/heat"):
        assert client.get(f"{API}/charts/{chart}", params=asked).status_code == 200, chart


def test_a_filter_and_parameters_hold_together(client: TestClient, store: Store) -> None:
    """A parameter beside the filter would be passed over."""
    answer = client.get(f"{API}/cases", params={"where": "event = overdose", "sex": "female", "sort": "year"}).json()
    chosen = choose_where(store, "event = overdose", Wanted({"sex": ("female",)}), "year")
    assert ids(answer["cases"]) == [row.id for row in chosen.rows]
    assert [one["name"] for one in answer["conditions"]] == ["sex", "where"]


@pytest.mark.parametrize("address", ["cases", "facets/sex", "times", f"times/{ONSET}", "network/chains", "links"])
def test_every_address_names_a_slip_alike(client: TestClient, address: str) -> None:
    """A client would not learn that the filter was wrong, or what was meant."""
    answer = client.get(f"{API}/{address}", params={"where": "evnt = withdrawal"})
    problem = answer.json()
    assert (answer.status_code, problem["parameter"], problem["nearest"]) == (404, "where", ["event"])
    assert client.get(f"{API}/{address}", params={"where": "("}).json()["parameter"] == "where"


# --- Python ---------------------------------------------------------------------------------


def test_python_takes_the_same_filter(graph: Path, store: Store) -> None:
    """The library's door would know conditions alone."""
    opened = itbkg.open(graph)
    assert (
        opened.cases("event = overdose", sex="female").rows
        == choose_where(store, "event = overdose", Wanted({"sex": ("female",)})).rows
    )
    opened.close()

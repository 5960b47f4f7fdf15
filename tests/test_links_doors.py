"""Links through every door: command line as whole processes, HTTP, and Python; all tell the same numbers."""

import csv
import io
import json
import resource
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

import itbkg
from itbkg.building import Built, write_folder
from itbkg.errors import MissingExtraError, NotFoundError, ParameterError
from itbkg.links import frames, links
from itbkg.links.sheet import LINK_COLUMNS
from itbkg.settings import Corpus
from itbkg.store import Store
from itbkg_api.app import create_app

ITBKG = [sys.executable, "-c", "import sys; sys.argv[0] = 'itbkg'; from itbkg.cli import main; main()"]


@pytest.fixture(scope="module")
def folder(built: Built, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Write the fictional graph into a folder."""
    out = tmp_path_factory.mktemp("graph")
    write_folder(built, out)
    return out


@pytest.fixture(scope="module")
def real_folder(real_built: Built, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Write the graph of the whole corpus into a folder."""
    out = tmp_path_factory.mktemp("real")
    write_folder(real_built, out)
    return out


@pytest.fixture(scope="module")
def client(store: Store, corpus: Corpus) -> Iterator[TestClient]:
    """Talk to the application without a socket."""
    with TestClient(create_app(store, corpus.questions), raise_server_exceptions=False) as client:
        yield client


def run(graph: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Run `itbkg links` to its end."""
    command = [*ITBKG, "links", "--graph", str(graph), *arguments]
    return subprocess.run(command, capture_output=True, check=False, timeout=120, text=True)


# --- the command line -----------------------------------------------------------------------


def test_the_corpus_is_told_in_a_readable_table(real_folder: Path, real_store: Store) -> None:
    """A clinician could not read the table, or a row would not be in it; or it would take longer than a second."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    done = run(real_folder, "--rows", "cause", "--columns", "outcome")
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    assert done.returncode == 0
    assert max(map(len, done.stdout.splitlines())) < 140
    table = links(real_store)
    for row in table.rows:
        assert row.label.split()[0] in done.stdout
    assert f"{table.tested} of {len(table.pairs)} pairs tested" in done.stdout
    assert f"{table.cohort.total} of {table.cohort.of} cases" in done.stderr
    assert "no risk of patients" in done.stderr
    assert "not for treatment decisions" in done.stderr
    # The time of the processor: other work on the machine does not count.
    assert (after.ru_utime + after.ru_stime) - (before.ru_utime + before.ru_stime) < 2.0


def test_rows_that_a_definition_gathers_are_named_as_left_out(real_folder: Path) -> None:
    """Human error would be missed, with no word that it stands apart; or the word would stand where nothing is."""
    said = "classes of cause that a definition gathers from several of these stand apart: cause@defined."
    told = run(real_folder, "--rows", "cause", "--columns", "outcome=death").stdout
    assert said in " ".join(told.split())
    for rows in (("--rows", "cause@defined", "--rows", "cause"), ("--rows", "event"), ("--rows", "cause=human error")):
        assert "a definition gathers" not in run(real_folder, *rows, "--columns", "outcome=death").stdout


def test_every_number_opens_to_its_cases(folder: Path) -> None:
    """A number of the table could not be followed to the cases that it counts."""
    done = run(folder, "--rows", "cause=catheter kink", "--columns", "outcome=death", "--cases")
    assert "catheter kink / death\n  with the row, present (1): poe-1903/2\n" in done.stdout
    assert "others, absent" in done.stdout


def test_json_csv_and_the_library_tell_the_same(folder: Path, store: Store) -> None:
    """A form would round, lose a column, or be mixed with what is said beside it."""
    asked = ("--rows", "cause", "--rows", "sex", "--columns", "outcome", "--where", "not sex = male")
    table = links(store, ["cause", "sex"], "outcome", "not sex = male")
    assert json.loads(run(folder, *asked, "--json").stdout) == json.loads(json.dumps(table.document()))
    rows = list(csv.DictReader(io.StringIO(run(folder, *asked, "--csv").stdout)))
    assert [*rows[0]] == list(LINK_COLUMNS)
    assert [(row["row"], row["column"], int(row["n"]), int(row["of"])) for row in rows] == [
        (pair.row.label, pair.column.label, pair.group.n, pair.group.of) for pair in table.pairs
    ]


def test_filters_that_are_given_again_hold_together(folder: Path) -> None:
    """A second filter would take the place of the first, or an `or` in it open the first."""
    asked = ("--where", "sex = female", "--where", "event = overdose or event = withdrawal", "--json")
    where = json.loads(run(folder, *asked).stdout)["cohort"]["where"]
    assert where == "(sex = female) and (event = overdose or event = withdrawal)"


def test_the_query_is_printed_and_runs(folder: Path, store: Store) -> None:
    """The printed query would not be one."""
    done = run(folder, "--sparql", "--rows", "finding")
    assert {"row", "rowState", "column", "columnState", "cases"} == set(store.select(done.stdout).columns)


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        (("--rows", "caus"), 4, "itbkg: --rows: 'caus' is no known variable; did you mean 'cause'"),
        (("--columns", "outcome=deth"), 4, "itbkg: --columns: 'deth' is no known outcome; did you mean 'death'?"),
        (("--where", "event ="), 2, "itbkg: --where: 'event =' is no condition"),
    ],
)
def test_a_slip_is_one_line_and_its_exit_code(folder: Path, arguments: tuple[str, ...], code: int, said: str) -> None:
    """A slip would be a trace, or end as if all were well."""
    done = run(folder, *arguments)
    assert (done.returncode, done.stdout) == (code, "")
    assert done.stderr.startswith(said)


def test_nobody_to_count_is_said(folder: Path) -> None:
    """An empty cohort would be an error or an empty table without a word."""
    done = run(folder, "--where", "sex = male and sex = female")
    assert (done.returncode, done.stdout) == (0, "no case fulfils the filter: there is nothing to count\n")
    assert "0 of 8 cases" in done.stderr


def test_dependence_is_told_on_request(real_folder: Path) -> None:
    """What a result depends on could not be seen on a terminal."""
    done = run(real_folder, "--dependence", "--rows", "cause=delivery stopped")
    assert "without one of" in done.stdout
    assert "read as abstract:" in done.stdout
    assert "  1990s:" in done.stdout


# --- HTTP -----------------------------------------------------------------------------------


def test_http_tells_the_same_numbers(client: TestClient, store: Store) -> None:
    """The API would count otherwise than the library."""
    asked = {"rows": ["cause", "sex"], "columns": "outcome=death", "where": "not read_as = abstract"}
    answer = client.get("/api/v1/links", params=asked)
    table = links(store, ["cause", "sex"], "outcome=death", "not read_as = abstract")
    told, document = answer.json(), json.loads(json.dumps(table.document()))
    assert {name: told[name] for name in document} == document
    assert told["total"] == len(table.pairs)
    assert store.select(told["sparql"]).columns[0] == "row"


def test_http_pages_and_forms(client: TestClient) -> None:
    """A page would be numbered otherwise, or CSV be another table than JSON."""
    page = client.get("/api/v1/links", params={"limit": 2, "offset": 1})
    assert (page.json()["offset"], len(page.json()["pairs"])) == (1, 2)
    assert 'rel="next"' in page.headers["link"]
    for answer in (client.get("/links.csv"), client.get("/api/v1/links", headers={"Accept": "text/csv"})):
        rows = list(csv.DictReader(io.StringIO(answer.text)))
        assert len(rows) == page.json()["total"]


@pytest.mark.parametrize(
    ("asked", "status", "parameter", "nearest"),
    [
        ({"rows": "caus"}, 404, "rows", ["cause", "status"]),
        ({"columns": "outcome=deth"}, 404, "columns", ["death"]),
        ({"where": "evnt = overdose"}, 404, "where", ["event"]),
        ({"where": "("}, 400, "where", None),
        ({"row": "cause"}, 400, "row", None),
    ],
)
def test_http_points_to_what_is_wrong(
    client: TestClient, asked: dict[str, str], status: int, parameter: str, nearest: list[str] | None
) -> None:
    """A client would not learn which parameter was wrong, or what was meant."""
    answer = client.get("/api/v1/links", params=asked)
    assert (answer.status_code, answer.headers["content-type"]) == (status, "application/problem+json")
    problem = answer.json()
    assert (problem["parameter"], problem.get("nearest")) == (parameter, nearest)


def test_http_answers_an_empty_cohort(client: TestClient) -> None:
    """Nobody to count would be an error."""
    answer = client.get("/api/v1/links", params={"where": "sex = male and sex = female"})
    assert (answer.status_code, answer.json()["total"], answer.json()["cohort"]["total"]) == (200, 0, 0)


# --- Python ---------------------------------------------------------------------------------


def test_python_has_one_door(folder: Path) -> None:
    """`itbkg.open()` would not open, or an answer have no type."""
    graph = itbkg.open(folder)
    pair = graph.links("cause=catheter kink", "outcome=death").pairs[0]
    assert pair.group.present_cases == ("poe-1903/2",)
    assert [row.id for row in graph.cases(event="withdrawal", year="1971").rows] == ["doe-1901/1"]
    assert graph.cases(finding=["fever", "seizure"], distinct_patients=True).total == 1
    assert graph.case("doe-1901/1").events == ("withdrawal",)
    assert graph.select("SELECT (COUNT(?c) AS ?n) { ?c a itb:Case }").rows[0][0].value == "8"  # type: ignore[union-attr]
    assert graph.ask("deaths", event="withdrawal").rows
    assert "deaths" in graph.questions()
    assert graph.links_sparql().startswith("PREFIX itb:")
    with pytest.raises(NotFoundError, match="doe-1901/1"):
        graph.case("doe-1901/2")
    with pytest.raises(ParameterError, match="'colour' is no condition"):
        graph.cases(colour="red")
    graph.close()


def test_import_is_light() -> None:
    """`import itbkg` would read the whole library, which takes as long as a command."""
    light = (
        "import itbkg, sys; print(itbkg.__version__, len([name for name in sys.modules if name.startswith('itbkg.')]))"
    )
    done = subprocess.run([sys.executable, "-c", light], capture_output=True, check=True, text=True)
    assert done.stdout.split() == [itbkg.__version__, "0"]
    assert {"open", "Graph"} <= set(dir(itbkg))
    with pytest.raises(AttributeError, match="no attribute 'opne'"):
        _ = itbkg.opne  # type: ignore[attr-defined]


def test_a_table_is_a_data_frame(store: Store) -> None:
    """A count would be a text, or what is not known a zero."""
    table = links(store, "cause", "outcome")
    pandas, polars = table.to_pandas(), table.to_polars()
    assert list(pandas.columns) == polars.columns == list(LINK_COLUMNS)
    assert pandas["n"].dtype == "int64"
    assert pandas["n"].tolist() == polars["n"].to_list() == [pair.group.n for pair in table.pairs]
    assert pandas["risk"].isna().tolist() == [pair.group.risk is None for pair in table.pairs]
    assert polars["risk"].to_list() == [pair.group.risk for pair in table.pairs]


def test_an_empty_table_is_a_data_frame_too(store: Store) -> None:
    """A table without pairs would have no columns, or columns of another type."""
    table = links(store, where="sex = male and sex = female")
    assert table.to_pandas().shape == table.to_polars().shape == (0, len(LINK_COLUMNS))


def test_without_the_library_it_says_how_to_get_it(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where pandas is not installed, the error would be Python's own and not say what to install."""
    for name in ("pandas", "polars"):
        monkeypatch.setitem(sys.modules, name, None)
        with pytest.raises(MissingExtraError, match=rf"pip install 'itbkg\[{name}\]'"):
            getattr(frames, f"to_{name}")(links(store).pairs)

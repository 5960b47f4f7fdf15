"""The command line as a user meets it: whole processes over the packaged corpus."""

import json
import os
import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

from itbkg.cli import examining, extras
from itbkg.cli.extras import EXTRAS
from tests.conftest import PROJECT

ITBKG = [sys.executable, "-c", "import sys; sys.argv[0] = 'itbkg'; from itbkg.cli import main; main()"]


@pytest.fixture(scope="module")
def cache(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give the commands a cache of their own."""
    return tmp_path_factory.mktemp("cache")


def run(cache: Path, *arguments: str, stdin: str = "") -> subprocess.CompletedProcess[str]:
    """Run one command to its end."""
    environment = os.environ | {"ITBKG_CACHE": str(cache)}
    return subprocess.run(
        [*ITBKG, *arguments], capture_output=True, text=True, env=environment, check=False, input=stdin, timeout=120
    )


def test_help_imports_nothing_heavy() -> None:
    """The user would wait for rdflib and the server before seeing the help."""
    script = (
        "import sys; from itbkg.cli import main; sys.argv = ['itbkg', '--help']\n"
        "try: main()\nexcept SystemExit: pass\n"
        "print(sorted({'rdflib', 'fastapi', 'pyoxigraph', 'networkx', 'owlready2', 'pydantic'} & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert done.stdout.strip().endswith("[]")


def test_every_command_has_a_help_line(cache: Path) -> None:
    """A command would be there and nobody would know what it does."""
    shown = run(cache, "--help").stdout
    for command in ("build", "validate", "check", "case", "ask", "query", "serve", "export", "doctor"):
        assert command in shown
        assert run(cache, command, "--help").returncode == 0


def test_help_lists_the_commands_in_the_order_of_their_page(cache: Path) -> None:
    """A reader of the page would look for a command elsewhere in the help, or one would be on neither."""
    listed = re.findall(r"^  ([a-z]+)  ", run(cache, "--help").stdout.partition("Commands:")[2], re.MULTILINE)
    page = (PROJECT / "docs/commands.md").read_text("utf-8")
    assert listed == list(dict.fromkeys(re.findall(r"^itbkg ([a-z]+)", page, re.MULTILINE)))


def test_case_tells_cause_course_and_end_with_places(cache: Path) -> None:
    """The story would lack its cause, its outcome or where the report says so."""
    told = run(cache, "case", "mohammed-2004/1").stdout
    assert "programming error → pump stopped → withdrawal" in told
    assert "recovery to baseline" in told
    assert "oral baclofen 120 mg/d; increased spasticity: worsened" in told
    assert "no epileptiform EEG" in told
    assert "[Case presentation, 4]" in told
    assert "not for treatment decisions" in told


def test_case_as_json_is_one_document(cache: Path) -> None:
    """A script could not read the case."""
    account = json.loads(run(cache, "case", "mohammed-2004/1", "--json").stdout)
    assert account["causal_paths"] == [["programming error", "pump stopped", "withdrawal"]]


def test_an_unknown_case_names_the_nearest(cache: Path) -> None:
    """A typing slip would end in an empty answer."""
    done = run(cache, "case", "mohamed-2004/1")
    assert (done.returncode, done.stdout) == (4, "")
    assert done.stderr == "itbkg: 'mohamed-2004/1' is no known case; did you mean 'mohammed-2004/1'?\n"


def test_query_takes_text_file_and_standard_input(cache: Path) -> None:
    """One of the three ways to ask would fail."""
    text = "SELECT ?id WHERE { ?case a itb:Case ; rdfs:label ?id }"
    path = PROJECT / "ontology" / "questions" / "findings-absent.rq"
    assert "mohammed-2004/1" in run(cache, "query", text).stdout
    assert "mohammed-2004/1" in run(cache, "query", "-", stdin=text).stdout
    assert "epileptiform" in run(cache, "query", str(path)).stdout


def test_query_json_is_the_w3c_format(cache: Path) -> None:
    """Another tool could not read the answer."""
    answer = json.loads(run(cache, "query", "ASK { ?case a itb:Nothing }", "--json").stdout)
    assert answer["boolean"] is False


def test_a_query_that_matches_nothing_says_so(cache: Path) -> None:
    """An empty answer would look like a step that did nothing."""
    assert "nothing in the graph matches" in run(cache, "query", "SELECT ?c { ?c a itb:Nothing }").stdout


@pytest.mark.parametrize(
    ("query", "said", "code"),
    [
        ("SELECT ?s { ?s a itb:Case", "not SPARQL: line 1, column", 2),
        ("DELETE { ?s ?p ?o } WHERE { ?s ?p ?o }", "read-only", 2),
        ("SELECT * { SERVICE <http://127.0.0.1/> { ?s ?p ?o } }", "SERVICE", 2),
        ("cause-and-outcome", "asked with 'itbkg ask cause-and-outcome'", 2),
    ],
)
def test_a_query_that_cannot_run_says_why(cache: Path, query: str, said: str, code: int) -> None:
    """The reason would be missing, or a trace shown."""
    done = run(cache, "query", query)
    assert done.returncode == code
    assert said in done.stderr
    assert "Traceback" not in done.stderr


def test_validate_lists_problems_and_ends_with_3(cache: Path, tmp_path: Path) -> None:
    """A curator's script could not tell that a record has problems."""
    text = (PROJECT / "data" / "cases" / "mohammed-2004.yaml").read_text("utf-8")
    broken = tmp_path / "broken-2004.yaml"
    broken.write_text(text.replace("cause: programming error", "cause: cathter kink"), "utf-8")
    done = run(cache, "validate", str(broken))
    assert done.returncode == 3
    assert "'cathter kink' is no known cause; did you mean 'catheter kink'?" in done.stdout
    assert run(cache, "validate", str(PROJECT / "data" / "cases")).returncode == 0


def test_build_writes_a_folder_that_case_reads(cache: Path, tmp_path: Path) -> None:
    """What one command writes another could not open."""
    out = tmp_path / "graph"
    counts = json.loads(run(cache, "build", "--out", str(out), "--json").stdout)
    assert counts["cases"] >= 1
    assert run(cache, "case", "mohammed-2004/1", "--graph", str(out)).returncode == 0


def test_a_folder_that_is_no_build_is_refused(cache: Path, tmp_path: Path) -> None:
    """A mistyped folder would be opened as an empty graph."""
    done = run(cache, "query", "ASK { ?s ?p ?o }", "--graph", str(tmp_path / "nothing"))
    assert done.returncode == 1
    assert "there is no such folder" in done.stderr


def test_doctor_finds_this_installation_well(cache: Path) -> None:
    """A broken installation would look well, or a good one broken."""
    signs = json.loads(run(cache, "doctor", "--json").stdout)
    assert {sign["state"] for sign in signs} <= {"ok", "missing"}


def test_doctor_tells_what_each_extra_is_for(cache: Path) -> None:
    """Who lacks a chart or a PDF would not learn which extra brings it, or what it is for."""
    signs = {sign["what"]: sign for sign in json.loads(run(cache, "doctor", "--json").stdout)}
    for extra in EXTRAS:
        sign = signs[f"extra {extra.name}"]
        assert sign["purpose"] == extra.purpose
        assert sign["state"] == "missing" or all(library in sign["found"] for library in extra.libraries)


def test_every_extra_is_told_with_its_libraries() -> None:
    """An extra of pyproject.toml would be unknown to doctor, or be said to bring other libraries."""
    stated = tomllib.loads((PROJECT / "pyproject.toml").read_text("utf-8"))["project"]["optional-dependencies"]
    ours = {name: {re.split(r"[>=<\[; ]", one)[0] for one in needs} for name, needs in stated.items()}
    assert {extra.name: {*extra.libraries} for extra in EXTRAS} == {
        name: needs - {"itbkg"} for name, needs in ours.items() if name not in ("test", "bench", "lint")
    }


def test_a_missing_extra_is_no_failure(monkeypatch: pytest.MonkeyPatch) -> None:
    """An installation without extras would look broken, or the missing one not be named."""
    monkeypatch.setattr(extras, "_version", lambda library: "" if library in ("polars", "genanki") else "1.0")
    told = {found.extra.name: examining._extra(found) for found in extras.find_extras()}
    assert {sign.state for sign in told.values()} == {"ok", "missing"}
    assert (told["polars"].state, told["polars"].mend) == ("missing", "if wanted: pip install 'itbkg[polars]'")
    assert (told["teaching"].state, told["teaching"].mend) == ("missing", "genanki not installed")
    assert told["charts"].state == "ok"


def test_a_setting_that_cannot_be_used_is_named(cache: Path) -> None:
    """A mistyped corpus would be passed over in silence."""
    environment = os.environ | {"ITBKG_CORPUS": "/nowhere", "ITBKG_CACHE": str(cache)}
    done = subprocess.run([*ITBKG, "ask"], capture_output=True, text=True, env=environment, check=False)
    assert done.returncode == 2
    assert "ITBKG_CORPUS='/nowhere'" in done.stderr

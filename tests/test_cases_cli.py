"""`itbkg cases` as a user meets it: whole processes over the fictional graph."""

import csv
import io
import json
import re
import subprocess
import sys
from pathlib import Path

import pytest
import typer.main
from click import Option

from itbkg.building import Built, write_folder
from itbkg.cases import FIELDS, WORDS
from itbkg.cli.app import app
from itbkg.store import Store

ITBKG = [sys.executable, "-c", "import sys; sys.argv[0] = 'itbkg'; from itbkg.cli import main; main()"]


@pytest.fixture(scope="module")
def graph(built: Built, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Write the fictional graph into a folder."""
    out = tmp_path_factory.mktemp("graph")
    write_folder(built, out)
    return out


def run(graph: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Run `itbkg cases` to its end; line ends are left as they are."""
    command = [*ITBKG, "cases", "--graph", str(graph), *arguments]
    done = subprocess.run(command, capture_output=True, check=False, timeout=120)
    return subprocess.CompletedProcess(command, done.returncode, done.stdout.decode(), done.stderr.decode())


def test_the_table_shows_each_case_and_marks_what_must_not_be_counted(graph: Path) -> None:
    """A retracted report, or a person who is told of twice, would look like any other case."""
    done = run(graph, "--outcome", "death", "--sort", "year")
    lines = done.stdout.splitlines()
    assert re.split(r"  +", lines[0]) == ["id", "year", "event", "causes", "outcomes", "read as", "marks"]
    at, case, marks = lines[0].index("marks"), "", dict[str, str]()
    for line in lines[2:]:  # what goes on in the line below belongs to the case above
        case = line.split(" ")[0] or case
        marks[case] = f"{marks.get(case, '')} {line[at:]}".strip()
    assert marks["moe-1904/1"] == "retracted"
    assert marks["voe-1905/1"] == "same patient as poe-1903/2"
    assert marks["poe-1903/2"] == "told again in voe-1905/1"
    assert list(marks) == ["roe-1902/2", "moe-1904/1", "poe-1903/2", "voe-1905/1"]
    assert done.stderr.startswith("4 of 8 cases, of 3 patients\n")
    assert "not for treatment decisions" in done.stderr


def test_options_narrow_each_other(graph: Path) -> None:
    """An option would be passed over."""
    arguments = ("--finding", "fever", "--finding", "seizure", "--year", "1970..1980", "--without", "retracted")
    answer = json.loads(run(graph, *arguments, "--distinct-patients", "--json").stdout)
    assert [case["id"] for case in answer["cases"]] == ["poe-1903/2"]
    assert [one["name"] for one in answer["conditions"]] == [
        "finding",
        "finding",
        "without",
        "year",
        "distinct_patients",
    ]
    assert (answer["total"], answer["of"], answer["patients"]) == (1, 8, 1)


def test_no_case_is_said_and_is_no_failure(graph: Path) -> None:
    """An empty answer would look like a step that did nothing, and stop a script."""
    done = run(graph, "--finding", "hypotonia", "--absent", "fever", "--outcome", "death")
    assert (done.returncode, done.stdout) == (0, "no case fulfils all conditions\n")
    assert done.stderr.startswith("0 of 8 cases\n")
    assert "Each by itself: --finding 'hypotonia' 1, --outcome 'death' 4, --absent 'fever' 1." in done.stderr


def test_the_csv_is_one_document(graph: Path) -> None:
    """A spreadsheet could not read it, or would take the number of cases for a row."""
    done = run(graph, "--event", "overdose", "--csv")
    rows = list(csv.reader(io.StringIO(done.stdout, newline="")))
    assert [row[0] for row in rows] == ["id", "poe-1903/1", "roe-1902/1", "roe-1902/2"]
    assert done.stdout.count("\r\n") == done.stdout.count("\n") == 4


def test_counts_tell_three_states(graph: Path) -> None:
    """The counts would fold absent and not reported."""
    done = run(graph, "--facets", "finding")
    lines = [re.split(r"  +", line) for line in done.stdout.splitlines()]
    assert lines[0] == ["finding", "present", "stated absent", "not reported", "of"]
    assert ["seizure", "1", "2", "5", "8"] in lines
    assert done.stderr.startswith("8 of 8 cases; 1 of them do not report this at all\n")
    counted = json.loads(run(graph, "--facets", "age-group", "--sex", "female", "--json").stdout)
    assert (counted["field"], counted["total"], counted["reported"]) == ("age_group", 4, 3)
    assert counted["counts"][0] | {"iri": ""} == {
        "iri": "",
        "label": "18 to 64 years",
        "present": 2,
        "absent": None,
        "not_reported": None,
    }


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        (
            ("--cause", "cathter kink"),
            4,
            "itbkg: --cause: 'cathter kink' is no known cause; did you mean 'catheter kink'?\n",
        ),
        (
            ("--not-reported", "feverr"),
            4,
            "itbkg: --not-reported: 'feverr' is no known finding; did you mean 'fever'?\n",
        ),
        (("--year", "2000-2010"), 2, "itbkg: --year: '2000-2010' is no year and no range of years"),
        (("--sort", "yaer"), 2, "itbkg: --sort: cases cannot be sorted by 'yaer'; did you mean 'year'?\n"),
        (("--facets", "colour"), 2, "itbkg: cases cannot be counted by 'colour'; there is event, cause, finding"),
    ],
)
def test_what_cannot_be_asked_is_said(graph: Path, arguments: tuple[str, ...], code: int, said: str) -> None:
    """A slip would choose nothing without a word, or show a trace."""
    done = run(graph, *arguments)
    assert (done.returncode, done.stdout) == (code, "")
    assert done.stderr.startswith(said)


def options() -> dict[str, Option]:
    """Name the options of the command."""
    group = typer.main.get_command(app)
    command = group.commands["cases"]  # type: ignore[attr-defined] # the application is a group
    return {option.name: option for option in command.params}


def test_every_condition_has_its_option() -> None:
    """A condition would be there and could not be asked for."""
    others = {"year", "text", "distinct_patients", "where", "sort", "facets", "graph", "json", "csv"}
    assert set(options()) == {*WORDS, *others}
    assert all(option.help for option in options().values())
    assert all(f"--{name.replace('_', '-')}" in option.opts for name, option in options().items())


def test_every_example_of_the_help_is_a_word(store: Store) -> None:
    """Who tries what the help says would be told that there is no such word."""
    tried = 0
    for name, field in WORDS.items():
        for example in re.findall(r"'([^']+)'", options()[name].help or ""):
            names = field.names(store)
            assert all(word.strip() in names for word in example.split(",")), example
            tried += 1
    assert tried > 5
    assert set(FIELDS) <= set(WORDS)

"""Drafts from the case table: a filled-in sheet becomes a record, and what it holds beside is said."""

import csv
import io
import json
import subprocess
import sys
import sysconfig
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from itbkg.cli.exits import DONE, FINDINGS, USAGE
from itbkg.curation import read_publication, read_publications
from itbkg.drafts import import_case_tables, write_template
from itbkg.drafts.casetable import read_case_table
from itbkg.drafts.columns import COLUMNS, KINDS
from itbkg.drafts.sheetrows import sheet_rows
from itbkg.drafts.template import EXAMPLE
from itbkg.errors import ExportError, Problem, RecordError
from itbkg.sheet import write_csv
from itbkg.vocabulary import Vocabulary

PROJECT = Path(__file__).resolve().parents[1]
NAMES = [column.name for column in COLUMNS]
PROGRAM = Path(sysconfig.get_path("scripts")) / "itbkg"


def sheet(path: Path, *rows: dict[str, Any], names: list[str] = NAMES) -> Path:
    """Write a sheet with rows that fill some of its columns."""
    with path.open("wb") as file:
        write_csv(file, names, [[row.get(name) for name in names] for row in rows])
    return path


def test_the_whole_corpus_comes_back(vocabulary: Vocabulary, tmp_path: Path) -> None:
    """A key or line of a record is lost, changed or moved on the way to the sheet and back."""
    records = read_publications(sorted((PROJECT / "data" / "cases").glob("*.yaml")), vocabulary)
    with (tmp_path / "all.csv").open("wb") as file:
        write_csv(file, NAMES, (row for name, record in records.items() for row in sheet_rows(name, record)))
    imported = import_case_tables([tmp_path / "all.csv"], tmp_path / "drafts", vocabulary)
    assert not imported.refused
    assert len(imported.made) == len(records) > 100
    for made in imported.made:
        assert not made.problems, made.path
        record = records[made.path.stem]
        draft = read_publication(made.path, vocabulary)
        assert draft.report.review == "entered"
        expected = record.model_copy(update={"report": record.report.model_copy(update={"review": "entered"})})
        assert draft == expected, made.path.stem
        assert bool(made.unplaced) == (record.report.review != "entered")


def test_template_and_its_example(vocabulary: Vocabulary, tmp_path: Path) -> None:
    """The template lacks a column, the dictionary a line, or the example is no record that shows every kind."""
    table, dictionary, example = write_template(tmp_path, vocabulary)
    assert table.read_bytes() == (",".join(NAMES) + "\r\n").encode()
    told = [row[0] for row in csv.reader(io.StringIO(dictionary.read_text("utf-8")))]
    assert told == ["column", *NAMES, *(f"line: {kind}" for kind in KINDS)]
    rows = list(csv.DictReader(io.StringIO(example.read_text("utf-8"))))
    assert {row["line"] for row in rows} == set(KINDS)
    imported = import_case_tables([example], tmp_path / "drafts", vocabulary)
    assert not imported.refused
    assert not imported.made[0].problems + tuple(imported.made[0].unplaced)
    assert read_publication(imported.made[0].path, vocabulary) == read_publication(EXAMPLE, vocabulary)
    with pytest.raises(ExportError):
        write_template(tmp_path, vocabulary)


@pytest.mark.parametrize("delimiter", [";", "\t", ","])
def test_sheets_of_other_countries_are_read(delimiter: str, vocabulary: Vocabulary, tmp_path: Path) -> None:
    """A sheet that a spreadsheet saved with semicolons, tabs or a byte order mark is refused or read as one column."""
    rows = [*sheet_rows(EXAMPLE.stem, read_publication(EXAMPLE, vocabulary))]
    text = io.StringIO(newline="")
    csv.writer(text, delimiter=delimiter).writerows([NAMES, *rows])
    (tmp_path / "sheet.csv").write_bytes(text.getvalue().encode("utf-8-sig"))
    imported = import_case_tables([tmp_path / "sheet.csv"], tmp_path, vocabulary)
    assert not imported.refused
    assert read_publication(imported.made[0].path, vocabulary) == read_publication(EXAMPLE, vocabulary)


def test_empty_names_are_those_of_the_row_above(tmp_path: Path) -> None:
    """A row without file or case is lost, or goes into another case."""
    path = sheet(
        tmp_path / "s.csv",
        {"file": "doe-1", "case": "1", "line": "finding", "word": "fever", "where": "A"},
        {},
        {"line": "absent", "word": "coma", "at": "-72..-24 h", "where": "A"},
        {"case": "2", "line": "considered", "word": "sepsis; meningitis", "where": "A"},
    )
    (draft,) = read_case_table(path, [])
    one, two = draft.record["cases"]
    assert one["course"][1] == {"absent": "coma", "at": "-72..-24 h", "where": "A"}
    assert two["course"] == [{"considered": ["sepsis", "meningitis"], "where": "A"}]


def test_a_cell_without_a_place_is_told(tmp_path: Path) -> None:
    """A cell that its line has no key for goes without a word, or a draft passes as checked."""
    path = sheet(
        tmp_path / "s.csv",
        {"file": "doe-1", "line": "report", "word": "review", "value": "checked", "route": "oral"},
        {"line": "finding", "word": "fever", "value": "39 Cel", "leads_to": "coma", "where": "A"},
    )
    (draft,) = read_case_table(path, [])
    assert draft.record["report"] == {"review": "entered"}
    told = {(Path(one.path).name, one.field, one.value) for one in draft.unplaced}
    assert told == {
        *(("s.csv:2", "route", "oral"), ("s.csv:3", "value", "39 Cel"), ("s.csv:3", "leads_to", "coma")),
        ("s.csv", "review", "checked"),
    }


def test_problems_name_the_line_of_the_sheet(vocabulary: Vocabulary, tmp_path: Path) -> None:
    """A word that nobody knows is told by the draft's line alone, and not where it was typed."""
    rows = [dict(zip(NAMES, row, strict=True)) for row in sheet_rows("doe-1901", read_publication(EXAMPLE, vocabulary))]
    number = next(index for index, row in enumerate(rows) if row["line"] == "finding")
    rows[number]["word"] = "increased spastcity"
    path = sheet(tmp_path / "s.csv", *rows)
    (made,) = import_case_tables([path], tmp_path, vocabulary).made
    fitting = [one for one in made.problems if "spastcity" in one.message]
    assert f"({path}:{number + 2})" in fitting[0].message
    assert "did you mean 'increased spasticity'" in fitting[0].message


@pytest.mark.parametrize(
    ("content", "line", "said"),
    [
        (b"file,line,wrod\r\n", 1, "did you mean 'word'"),
        (b"file,line\r\n", 1, "column 'word' is missing"),
        (b"file,line,word,word\r\n", 1, "stands twice"),
        (b"", 1, "is missing"),
        (b"file,line,word\r\na,finding,fever,much,more\r\n", 2, "more cells"),
        (b'file,line,word\r\na,"finding,fever\r\n', 2, "not CSV"),
        (b"file,line,word\r\n\xff\r\n", 2, "not UTF-8"),
    ],
)
def test_what_is_no_case_table_is_refused(content: bytes, line: int, said: str, tmp_path: Path) -> None:
    """A file that is none becomes an empty draft, or a traceback."""
    (tmp_path / "s.csv").write_bytes(content)
    with pytest.raises(RecordError) as caught:
        list(read_case_table(tmp_path / "s.csv", []))
    (problem,) = caught.value.problems
    assert problem.line == line
    assert said in problem.message


def test_a_bad_row_does_not_stop_the_others(tmp_path: Path) -> None:
    """One bad row takes the sheet with it, or goes without a word."""
    path = sheet(
        tmp_path / "s.csv",
        {"line": "finding", "word": "fever"},
        {"file": "Doe 1", "line": "finding", "word": "fever"},
        {"file": "doe-1", "line": "findng", "word": "fever"},
        {"line": "finding", "where": "A"},
        {"line": "finding", "word": "fever", "where": "A"},
    )
    refused: list[Problem] = []
    (draft,) = read_case_table(path, refused)
    assert [(one.line, one.field) for one in refused] == [(2, "file"), (3, "file"), (4, "line"), (5, "word")]
    assert "'doe-1'" in refused[1].mend
    assert draft.record["cases"][0]["course"] == [{"finding": "fever", "where": "A"}]


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60)
@given(content=st.binary(max_size=300) | st.text(max_size=300).map(str.encode))
def test_any_bytes_are_read_or_refused(content: bytes, tmp_path: Path) -> None:
    """Some bytes end in another error than the one that names file and place."""
    (tmp_path / "s.csv").write_bytes(b"file,case,line,word,value\r\n" + content)
    refused: list[Problem] = []
    try:
        drafts = list(read_case_table(tmp_path / "s.csv", refused))
    except RecordError as error:
        drafts = []
        refused.extend(error.problems)
    assert all(draft.name for draft in drafts)
    assert all(problem.path.endswith("s.csv") and problem.line and problem.mend for problem in refused)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60)
@given(text=st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"]), min_size=1, max_size=40))
def test_texts_come_back(text: str, tmp_path: Path) -> None:
    """What keeps a cell from being run as a formula stays in the record, or a text of its own goes."""
    expected = text.strip()
    path = sheet(tmp_path / "s.csv", {"file": "doe-1", "line": "finding", "word": "fever", "detail": expected})
    (draft,) = read_case_table(path, [])
    told = draft.record["cases"][0]["course"][0].get("detail", "")
    assert told == expected or (expected[0] == "'" and f"'{told}" == expected)


def run(*arguments: str | Path, folder: Path) -> subprocess.CompletedProcess[str]:
    """Run the program."""
    return subprocess.run(
        [PROGRAM, "import", *arguments], cwd=folder, capture_output=True, text=True, check=False, timeout=120
    )


def test_commands(tmp_path: Path) -> None:
    """A command ends with the wrong code, says its findings elsewhere, or writes over a file."""
    assert run("case-table", folder=tmp_path).returncode == USAGE
    made = run("case-table", "--template", "new", "--json", folder=tmp_path)
    assert made.returncode == DONE
    assert [Path(one).name for one in json.loads(made.stdout)["written"]] == [
        "case-table.csv",
        "dictionary.csv",
        "example.csv",
    ]
    first = run("case-table", "new/example.csv", folder=tmp_path)
    assert (first.returncode, first.stdout.strip()) == (DONE, "wrote drafts/doe-1901.yaml")
    again = run("case-table", "new/example.csv", "--json", folder=tmp_path)
    assert again.returncode == FINDINGS
    assert "is there already" in json.loads(again.stdout)["refused"][0]["message"]
    (tmp_path / "p.json").write_text('{"id": "p", "metaData": {"a": 1}, "files": [{"uri": "x"}]}', "utf-8")
    packet = run("phenopackets", "p.json", "--out", "other", "--json", folder=tmp_path)
    assert packet.returncode == FINDINGS
    (draft,) = json.loads(packet.stdout)["drafts"]
    assert draft["file"] == "other/p.yaml"
    assert draft["unplaced"][0]["field"] == "files[1].uri"
    assert draft["problems"]


def test_help_is_light() -> None:
    """`itbkg --help` imports what only an import needs."""
    code = "import sys, itbkg.cli.app; print('itbkg.drafts' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "False"

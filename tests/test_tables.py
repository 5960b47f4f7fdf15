"""The graph as tables: DuckDB and frictionless read them back, and no cell runs in a spreadsheet."""

import csv
import json
import re
import sys
from collections import Counter
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

import duckdb
import pyarrow.parquet
import pytest
from frictionless import Package

from itbkg.building import Built
from itbkg.cases import count_cases
from itbkg.errors import MissingExtraError, SelectionError
from itbkg.exports.format import Loss
from itbkg.exports.selection import Selection, select_all, select_cases
from itbkg.exports.tables import FORMATS, parquet
from itbkg.exports.tables.csvs import write_csv
from itbkg.exports.tables.findings import ABSENT, BOTH, PRESENT, UNREPORTED
from itbkg.exports.tables.parquet import write_parquet
from itbkg.exports.tables.reading import Tables
from itbkg.namespaces import CASE, ITB
from itbkg.store import PREFIX_LINES, Store

KINDS = ("csv", "parquet")


@pytest.fixture(scope="module")
def folders(real_store: Store, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """Write both formats of the whole corpus once."""
    folders = {kind: tmp_path_factory.mktemp(kind) for kind in KINDS}
    for one in FORMATS:
        one.write(select_all(real_store), folders[one.name])  # type: ignore[arg-type]  # folders both
    return folders


@pytest.fixture(scope="module", params=KINDS)
def asked(request: pytest.FixtureRequest, folders: dict[str, Path]) -> Iterator[duckdb.DuckDBPyConnection]:
    """Open the tables of each format in DuckDB, by their names."""
    with duckdb.connect() as connection:
        for path in sorted(folders[request.param].glob(f"*.{request.param}")):
            read = "read_csv" if request.param == "csv" else "read_parquet"
            more = ", header=true, all_varchar=false, sample_size=-1" if request.param == "csv" else ""
            connection.execute(f"CREATE VIEW {path.stem} AS SELECT * FROM {read}('{path}'{more})")
        yield connection


def ask(connection: duckdb.DuckDBPyConnection, query: str) -> list[tuple[Any, ...]]:
    """Answer a query of SQL."""
    return connection.execute(query).fetchall()


def counted(store: Store, pattern: str) -> int:
    """Count what a pattern finds in the graph."""
    query = f"{PREFIX_LINES} SELECT (COUNT(*) AS ?n) WHERE {{ SELECT DISTINCT ?x WHERE {{ {pattern} }} }}"
    return int(next(store.select(query).texts())[0])


@pytest.mark.parametrize(
    ("table", "pattern"),
    [
        ("cases", "?x a itb:Case"),
        ("publications", "?c a itb:Case ; itb:reportedIn ?x"),
        ("patients", "?c itb:hasPatient ?x"),
        ("therapies", "?c itb:hasTherapy ?x"),
        ("events", "?c itb:hasEvent ?x"),
        ("findings", "?c itb:hasFinding|itb:hasAbsence ?x"),
        ("measurements", "?c itb:hasMeasurement ?x"),
        ("treatments", "?c itb:hasTreatment ?x"),
        ("responses", "?c itb:hasTreatment|itb:hasTherapy ?t . ?t itb:hasResponse ?x"),
        ("investigations", "?c itb:hasInvestigation ?x"),
        ("considered", "?c itb:considered ?x"),
        ("delays", "?c itb:hasDelay ?x"),
        ("causes", "?c itb:hasCause ?x"),
        ("causal_links", "?c itb:hasCausalAssertion ?x"),
        ("outcomes", "?c itb:hasOutcome ?x"),
        ("guidance_documents", "?s itb:inDocument ?x"),
        ("guidance_statements", "?x itb:inDocument ?d"),
        ("published_numbers", "?x itb:measure ?m"),
    ],
)
def test_counts_are_those_of_the_graph(
    asked: duckdb.DuckDBPyConnection, real_store: Store, table: str, pattern: str
) -> None:
    """A table lacks rows, or tells one twice."""
    expected = counted(real_store, pattern)
    assert expected > 0
    assert ask(asked, f"SELECT count(*) FROM {table}") == [(expected,)]


def test_identifiers_and_labels_are_those_of_the_graph(asked: duckdb.DuckDBPyConnection, real_store: Store) -> None:
    """A case or statement bears another id or label than in the graph."""
    query = f"{PREFIX_LINES} SELECT ?f ?label WHERE {{ ?c itb:hasFinding ?f . ?f rdfs:label ?label }}"
    stated = {(iri.removeprefix(CASE), label) for iri, label in real_store.select(query).texts()}
    told = ask(asked, f"SELECT statement_id, finding FROM findings WHERE state = '{PRESENT}'")
    assert set(told) == stated
    cases = {iri.removeprefix(CASE) for iri in select_all(real_store).cases}
    assert {case for (case,) in ask(asked, "SELECT case_id FROM cases")} == cases


def test_a_deep_attribute_is_that_of_the_graph(asked: duckdb.DuckDBPyConnection, real_store: Store) -> None:
    """Values, units, reference ranges, times or places of measurements are lost or moved to another row."""
    query = f"""{PREFIX_LINES} SELECT ?m ?text ?low ?code ?reference ?latest ?section WHERE {{
      ?c itb:hasMeasurement ?m . ?m itb:valueText ?text ; itb:unit ?u ; itb:statedAt ?p .
      ?u <http://www.w3.org/2004/02/skos/core#notation> ?code . ?p itb:section ?section .
      OPTIONAL {{ ?m itb:canonicalMinimum ?low }} OPTIONAL {{ ?m itb:referenceHigh ?reference }}
      OPTIONAL {{ ?m itb:latestHours ?latest }} }}"""
    stated = {
        (iri.removeprefix(CASE), text, number(low), code, number(reference), number(latest), section)
        for iri, text, low, code, reference, latest, section in real_store.select(query).texts()
    }
    columns = "statement_id, value_text, canonical_minimum, unit, reference_high, latest_hours, section"
    told = ask(asked, f"SELECT {columns} FROM measurements")
    assert {
        tuple(number(cell) if i in (2, 4, 5) else plain(cell) for i, cell in enumerate(row)) for row in told
    } == stated
    joined = ask(asked, "SELECT count(*) FROM measurements m JOIN cases c USING (case_id) JOIN terms t "
                        "ON t.term_id = m.measurement_class AND t.label = m.measurement")  # fmt: skip
    assert joined == [(len(stated),)]


def number(cell: Any) -> Decimal | None:
    """Read a number of any kind; None for none."""
    return None if cell in ("", None) else Decimal(str(cell)).normalize() + 0


def plain(cell: Any) -> Any:
    """Take away what keeps a cell from being run."""
    return cell.removeprefix("'") if isinstance(cell, str) else cell


def test_states_are_those_of_the_facets(asked: duckdb.DuckDBPyConnection, real_store: Store) -> None:
    """The three states are folded, or a class does not count what stands below it."""
    facets = count_cases(real_store, "finding")
    assert len(facets.counts) > 100
    answer = asked.execute("SELECT * FROM finding_states")
    names, rows = [one[0] for one in answer.description or ()], answer.fetchall()
    states = {name: Counter(cells) for name, cells in zip(names, zip(*rows, strict=True), strict=True)}
    for one in facets.counts:
        column = one.iri.removeprefix(ITB._NS)
        told = states[column]
        assert (one.present, one.absent) == (told[PRESENT] + told[BOTH], told[ABSENT] + told[BOTH]), column
        assert told[UNREPORTED] == one.not_reported
    assert len(rows) == facets.total


def test_frictionless_finds_no_fault(folders: dict[str, Path]) -> None:
    """A cell breaks the data dictionary: its type, an allowed value, a key or a join."""
    report = Package(folders["csv"] / "datapackage.json").validate()
    assert not report.flatten(["name", "rowNumber", "fieldName", "note"])
    assert report.valid
    assert len(report.tasks) == len(list(folders["csv"].glob("*.csv"))) - 1


def test_dictionary_tells_every_column(folders: dict[str, Path]) -> None:
    """A column has no row in the dictionary, or its page does not show it."""
    with (folders["csv"] / "dictionary.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    told = {(row["table"], row["column"]) for row in rows}
    heads = {
        (path.stem, name)
        for path in folders["csv"].glob("*.csv")
        if path.stem != "dictionary"
        for name in path.read_bytes().decode().split("\r\n", 1)[0].split(",")
    }
    assert told == heads
    assert all(row["description"] and row["type"] and row["missing"] for row in rows)
    page = (folders["csv"] / "dictionary.md").read_text("utf-8")
    assert all(f"`{column}`" in page and f"## {table}" in page for table, column in told)


def test_parquet_is_typed_and_described(folders: dict[str, Path]) -> None:
    """Numbers became texts, texts are not dictionary encoded, or a column lost its description and unit."""
    file = pyarrow.parquet.ParquetFile(folders["parquet"] / "findings.parquet")
    schema = file.schema_arrow
    assert str(schema.field("earliest_hours").type) == "double"
    assert str(schema.field("story_order").type) == "int64"
    assert str(schema.field("implied").type) == "bool"
    assert schema.field("earliest_hours").metadata[b"unit"] == b"h"
    assert b"Whether the report" in schema.field("state").metadata[b"description"]
    states = file.metadata.row_group(0).column(schema.names.index("state"))
    assert "RLE_DICTIONARY" in states.encodings
    assert not schema.field("case_id").nullable


def test_truth_values_are_written_as_table_schema_has_them(folders: dict[str, Path]) -> None:
    """A truth value is written `True`, which readers of Table Schema need not know, or is never true."""
    with (folders["csv"] / "findings.csv").open(encoding="utf-8", newline="") as file:
        assert {row["implied"] for row in csv.DictReader(file)} == {"true", "false"}


def test_two_runs_give_the_same_bytes(store: Store, tmp_path: Path) -> None:
    """A writer depends on time, on the order of a set, or on where it writes."""
    for kind, write in (("csv", write_csv), ("parquet", write_parquet)):
        contents = []
        for run in ("one", "two"):
            folder = tmp_path / kind / run
            folder.mkdir(parents=True)
            write(select_all(store), folder)
            contents.append({path.name: path.read_bytes() for path in folder.iterdir()})
        assert contents[0] == contents[1]
        assert len(contents[0]) > 30


def test_row_groups_hold_the_same_rows(store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Rows are lost or moved where a row group ends, or all rows are held until the end."""
    (tmp_path / "one").mkdir()
    (tmp_path / "many").mkdir()
    write_parquet(select_all(store), tmp_path / "one")
    monkeypatch.setattr(parquet, "CELLS", 60)
    monkeypatch.setattr(parquet, "ROWS", 1)
    write_parquet(select_all(store), tmp_path / "many")
    for path in (tmp_path / "one").glob("*.parquet"):
        assert pyarrow.parquet.read_table(path).equals(pyarrow.parquet.read_table(tmp_path / "many" / path.name))
    assert pyarrow.parquet.ParquetFile(tmp_path / "many" / "findings.parquet").num_row_groups > 3


def test_a_part_holds_its_cases_alone(store: Store, tmp_path: Path) -> None:
    """A part tells other cases too, or a publication of several cases twice; or guidance goes out with it."""
    write_csv(select_cases(store, [CASE["roe-1902/1"], CASE["roe-1902/2"]]), tmp_path)
    with (tmp_path / "findings.csv").open(encoding="utf-8", newline="") as file:
        assert {row["case_id"] for row in csv.DictReader(file)} == {"roe-1902/1", "roe-1902/2"}
    assert len((tmp_path / "publications.csv").read_bytes().splitlines()) == 2
    assert not list(tmp_path.glob("guidance*")) + list(tmp_path.glob("*number*"))
    assert Package(tmp_path / "datapackage.json").validate().valid


HOSTILE = (
    *("=cmd|' /C calc'!A0", "+1+1", "-2+3", "@SUM(A1)", "\t=1", "\r=1", "＝1+1", 'a\nb,"c"', "'quoted", "-72..-24 h"),
    *('=HYPERLINK("http://x","y")', "%0A=1", "NULL", "ünï\u0301 😀"),
)


@pytest.fixture(params=HOSTILE)
def hostile(request: pytest.FixtureRequest, built: Built) -> tuple[str, Selection]:
    """Give a graph in which each title and detail is a text that may harm, and the text."""
    text = str(request.param)
    escaped = json.dumps(text, ensure_ascii=False)
    pattern = re.compile(rf"(<{ITB._NS}(?:title|detail|narrative|circumstance)>) \"(?:[^\"\\]|\\.)*\"")
    changed = pattern.sub(lambda found: f"{found[1]} {escaped}", built.nquads.decode())
    return text, select_all(Store.in_memory(changed.encode(), built.manifest))


def test_no_cell_runs_in_a_spreadsheet(hostile: tuple[str, Selection], tmp_path: Path) -> None:
    """A text reaches a spreadsheet as a formula, or breaks the lines and columns of the file."""
    text, selection = hostile
    write_csv(selection, tmp_path)
    seen = 0
    for path in tmp_path.glob("*.csv"):
        with path.open(encoding="utf-8", newline="") as file:
            rows = list(csv.reader(file, strict=True))
        assert {len(row) for row in rows} == {len(rows[0])}
        for cell in (cell for row in rows for cell in row):
            assert re.fullmatch(r"-[0-9.]+", cell) or not re.match(r"[=+\-@\t\r\n＝＋－＠]", cell)
            seen += cell.removeprefix("'") == text.removeprefix("'")
    assert seen > 10


def test_parquet_holds_a_text_as_it_is(hostile: tuple[str, Selection], tmp_path: Path) -> None:
    """What keeps a cell of a CSV from running goes into Parquet too, where nothing runs."""
    text, selection = hostile
    write_parquet(selection, tmp_path)
    assert set(pyarrow.parquet.read_table(tmp_path / "cases.parquet").column("title").to_pylist()) == {text}


def test_what_no_column_reads_is_told(built: Built, tmp_path: Path) -> None:
    """A property that the tables do not hold is lost without a word."""
    assert not [one for one in losses(built, b"", tmp_path) if "property" in one.what]
    case = CASE["doe-1901/1"]
    graph = "https://w3id.org/itbkg/graph/case/doe-1901/1"
    extra = f'<{case}> <https://example.org/mood> "calm" <{graph}> .\n'.encode()
    assert Loss("the property 'mood'", 1) in losses(built, extra, tmp_path / "more")


def losses(built: Built, extra: bytes, folder: Path) -> tuple[Loss, ...]:
    """Write a graph with further quads, and return what was lost."""
    folder.mkdir(exist_ok=True)
    return write_csv(select_all(Store.in_memory(built.nquads + extra, built.manifest)), folder)


def test_every_column_reads_something(real_store: Store) -> None:
    """A column reads a property that nothing bears, such as a misspelt one, and stays empty for ever."""
    tables = Tables(select_all(real_store))
    filled = {table.name: [False] * len(table.columns) for table in tables.tables}
    for table, cells in tables.rows():
        filled[table.name] = [was or cell is not None for was, cell in zip(filled[table.name], cells, strict=True)]
    empty = {
        f"{table.name}.{column.name}"
        for table in tables.tables
        for column, told in zip(table.columns, filled[table.name], strict=True)
        if not told
    }
    may_be_empty = {"section", "paragraph", "detail", "printed_text", "discrepancy", "hospital_day", "earliest_hours"}
    may_be_empty |= {"latest_hours", "comparator", "pmcid", "licence", "publication_status", "secondary_source", "note"}
    may_be_empty |= {
        "volume",
        "issue",
        "pages",
        "doi",
        "pmid",
        "web_address",
        "journal",
        "advice_of",
        "population",
        "numerator",
        "denominator",
    }
    assert {name for name in empty if name.split(".")[1] not in may_be_empty} == set()


def test_the_triples_of_a_construct_are_refused(store: Store, tmp_path: Path) -> None:
    """Triples without cases are written as tables that say nothing."""
    with pytest.raises(SelectionError, match="'csv' holds cases"):
        write_csv(Selection(store, (), triples=()), tmp_path)


def test_missing_library_is_named(store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without pyarrow, a traceback in place of what to install."""
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    with pytest.raises(MissingExtraError, match=r"itbkg\[parquet\]"):
        write_parquet(select_all(store), tmp_path)

"""The store: it opens whole builds only, answers in formats that others can read, and never writes."""

import csv
import io
import json
import os
import shutil
from collections.abc import Callable
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
from rdflib import Graph

from itbkg.building import Built, write_folder
from itbkg.errors import BuildFolderError, QueryRefusedError, QuerySyntaxError
from itbkg.store import GraphFormat, Store, TableFormat
from itbkg.store.folder import CURRENT
from itbkg.store.manifest import DATASET, MANIFEST, STORE, STORE_SUMS

PREFIX = "PREFIX itb: <https://w3id.org/itbkg/ont/> PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>\n"
CASES = (
    PREFIX
    + "SELECT ?case ?id ?no WHERE { ?case a itb:Case ; rdfs:label ?id . OPTIONAL { ?case itb:no ?no } }"
    + " ORDER BY ?id"
)
CAUSES = PREFIX + "CONSTRUCT { ?s ?p ?o } WHERE { ?s a itb:CausalAssertion ; ?p ?o }"
ASK = PREFIX + "ASK { ?case a itb:Case }"
SPARQL_RESULTS = {"r": "http://www.w3.org/2005/sparql-results#"}


@pytest.fixture
def folder(tmp_path: Path, built: Built) -> Path:
    """Write a build folder to work on."""
    out = tmp_path / "graph"
    write_folder(built, out)
    return out


def snapshot(folder: Path) -> dict[str, tuple[bytes, int]]:
    """Read every file below a folder with the time of its last change."""
    files = (path for path in folder.rglob("*") if path.is_file())
    return {str(path.relative_to(folder)): (path.read_bytes(), path.stat().st_mtime_ns) for path in files}


def table_file(generation: Path) -> Path:
    """Find the largest file of the store: it holds the triples."""
    return max((generation / STORE).iterdir(), key=lambda path: path.stat().st_size)


def flip_byte(path: Path) -> None:
    """Change one bit in the middle of a file."""
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 1
    path.write_bytes(content)


def cut(path: Path) -> None:
    """Cut a file in half."""
    os.truncate(path, path.stat().st_size // 2)


def rewrite(path: Path, old: str, new: str) -> None:
    """Replace a text that stands in a file."""
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), "utf-8")


def empty(folder: Path) -> None:
    """Leave the folder and nothing in it."""
    shutil.rmtree(folder)
    folder.mkdir()


#: What is done to a generation, and what the refusal says.
DAMAGES: dict[str, tuple[Callable[[Path], object], str]] = {
    "manifest removed": (lambda g: (g / MANIFEST).unlink(), "cannot be read"),
    "manifest cut": (lambda g: cut(g / MANIFEST), "manifest"),
    "manifest empty": (lambda g: (g / MANIFEST).write_text(""), "manifest"),
    "manifest no object": (lambda g: (g / MANIFEST).write_text("[]"), "manifest"),
    "manifest not UTF-8": (lambda g: (g / MANIFEST).write_bytes(b"\xff"), "manifest"),
    "manifest of another format": (lambda g: rewrite(g / MANIFEST, '"format": 1', '"format": 2'), "format 2"),
    "manifest counts other cases": (
        lambda g: rewrite(g / MANIFEST, '"cases": ', '"cases": 1'),
        "manifest.json is not what",
    ),
    "manifest counts other quads": (
        lambda g: rewrite(g / MANIFEST, '"quads": ', '"quads": 1'),
        "manifest.json is not what",
    ),
    "dataset changed": (lambda g: flip_byte(g / DATASET), "dataset.nq is not what the manifest says"),
    "dataset cut": (lambda g: cut(g / DATASET), "dataset.nq is not what the manifest says"),
    "dataset removed": (lambda g: (g / DATASET).unlink(), "dataset.nq is not what the manifest says"),
    "store file changed": (lambda g: flip_byte(table_file(g)), "store/.* is not what store.sha256 says"),
    "store file cut": (lambda g: cut(table_file(g)), "store/.* is not what store.sha256 says"),
    "store file removed": (lambda g: table_file(g).unlink(), "store/.* is not what store.sha256 says"),
    "store file added": (lambda g: (g / STORE / "extra").write_text("x"), "store/.* is not what store.sha256 says"),
    "store removed": (lambda g: shutil.rmtree(g / STORE), "store/.* is not what store.sha256 says"),
    "store empty": (
        lambda g: empty(g / STORE),
        "store/.* is not what store.sha256 says",
    ),
    "sums removed": (lambda g: (g / STORE_SUMS).unlink(), "cannot be read"),
    "sums changed": (lambda g: flip_byte(g / STORE_SUMS), "is not what store.sha256 says|cannot be used"),
    "generation removed": (shutil.rmtree, "is gone"),
}


@pytest.mark.parametrize("damage", DAMAGES)
def test_damaged_folder_is_refused(damage: str, folder: Path) -> None:
    """A damaged build opens, perhaps as a store with fewer triples, or is refused without the reason."""
    inflict, reason = DAMAGES[damage]
    inflict(folder / os.readlink(folder / CURRENT))
    with pytest.raises(BuildFolderError, match=reason) as refused:
        Store.open(folder)
    assert "itbkg build" in refused.value.mend


def test_what_is_no_build_is_refused(tmp_path: Path, folder: Path) -> None:
    """A missing, mistyped or empty folder, or a file, opens as an empty store."""
    (tmp_path / "empty").mkdir()
    (tmp_path / "letter.txt").write_text("x", "utf-8")
    for name, reason in (("empty", "no finished build"), ("graf", "no such folder"), ("letter.txt", "no such folder")):
        with pytest.raises(BuildFolderError, match=f"{name}: .*{reason}"):
            Store.open(tmp_path / name)
    for wrong in (tmp_path, folder / CURRENT, folder / CURRENT / STORE):
        with pytest.raises(BuildFolderError, match="no finished build"):
            Store.open(wrong)
    assert not (tmp_path / "graf").exists()


def test_unfinished_build_is_refused(folder: Path) -> None:
    """A first build that died before its link was set is opened."""
    (folder / CURRENT).unlink()
    with pytest.raises(BuildFolderError, match="no finished build"):
        Store.open(folder)


def test_refused_folder_is_not_held(folder: Path, built: Built) -> None:
    """A refused open keeps its lock, and the next build cannot sweep what is broken."""
    flip_byte(folder / CURRENT / DATASET)
    with pytest.raises(BuildFolderError):
        Store.open(folder)
    write_folder(built, folder)
    assert sorted(path.name for path in folder.iterdir()) == sorted([CURRENT, os.readlink(folder / CURRENT)])


def test_reading_writes_nothing(folder: Path) -> None:
    """Opening or asking a store changes a byte or a time in its folder."""
    before = snapshot(folder)
    store = Store.open(folder)
    for query in (CASES, CAUSES, ASK):
        store.answer(query)
    store.close()
    assert snapshot(folder) == before


def test_folder_and_memory_answer_alike(folder: Path, store: Store) -> None:
    """A store from a folder knows something else than one in memory."""
    opened = Store.open(folder)
    assert opened.answer(CASES) == store.answer(CASES)
    assert opened.answer(CAUSES) == store.answer(CAUSES)
    opened.close()


def test_closing_twice_does_nothing(folder: Path) -> None:
    """A second close closes a descriptor that is someone else's by now."""
    store = Store.open(folder)
    store.close()
    with (folder / "current" / "manifest.json").open("rb") as other:  # takes the descriptor that is free again
        store.close()
        assert other.read()


def rows(answer: bytes, table: TableFormat) -> list[tuple[str, ...]]:
    """Read a table as other programs would."""
    text = answer.decode("utf-8")
    if table == "json":
        document = json.loads(text)
        columns = document["head"]["vars"]
        return [
            tuple(row.get(name, {"value": ""})["value"] for name in columns) for row in document["results"]["bindings"]
        ]
    if table == "xml":
        root = ET.fromstring(text)
        names = [str(variable.get("name")) for variable in root.findall("r:head/r:variable", SPARQL_RESULTS)]
        found = root.findall("r:results/r:result", SPARQL_RESULTS)
        return [tuple("".join(node.itertext()) for name in names for node in cell(row, name)) for row in found]
    if table == "csv":
        return [tuple(row) for row in csv.reader(io.StringIO(text, newline=""))][1:]
    return [tuple(value.strip('<>"') for value in line.split("\t")) for line in text.splitlines()[1:]]


def cell(row: ET.Element, name: str) -> list[ET.Element]:
    """Find the cell of a column; an empty one where nothing is bound."""
    return row.findall(f"r:binding[@name='{name}']", SPARQL_RESULTS) or [ET.Element("unbound")]


@pytest.mark.parametrize("table", ["json", "xml", "csv", "tsv"])
def test_table_formats(table: TableFormat, store: Store) -> None:
    """A result format cannot be read, loses a row, or loses that a cell is empty."""
    expected = [tuple(row) for row in store.select(CASES).texts()]
    assert len(expected) == store.manifest.cases
    assert rows(store.answer(CASES, table=table), table) == expected


def test_truth_formats(store: Store) -> None:
    """An ASK is answered with something else than true."""
    assert json.loads(store.answer(ASK, table="json"))["boolean"] is True
    assert ET.fromstring(store.answer(ASK, table="xml")).findtext("r:boolean", namespaces=SPARQL_RESULTS) == "true"
    assert json.loads(store.answer("ASK { FILTER(false) }"))["boolean"] is False


@pytest.mark.parametrize(("graph", "rdflib_name"), [("turtle", "turtle"), ("rdfxml", "xml"), ("jsonld", "json-ld")])
def test_graph_formats(graph: GraphFormat, rdflib_name: str, store: Store) -> None:
    """An RDF format loses or changes a triple of those in N-Triples."""
    lines = Graph().parse(data=store.answer(CAUSES, graph="ntriples"), format="nt")
    assert len(lines) == int(
        next(store.select(CAUSES.replace("CONSTRUCT { ?s ?p ?o }", "SELECT (COUNT(*) AS ?n)")).texts())[0]
    )
    assert set(Graph().parse(data=store.answer(CAUSES, graph=graph), format=rdflib_name)) == set(lines)


def test_describe(store: Store) -> None:
    """DESCRIBE gives no triple of the thing that it is asked for."""
    case = next(store.select(CASES).texts())[0]
    described = Graph().parse(data=store.answer(f"DESCRIBE <{case}>"), format="turtle")
    assert {str(subject) for subject in described.subjects()} == {case}


def test_named_graph_is_given_whole(store: Store) -> None:
    """A named graph is written with fewer triples than it holds, or an unknown one with any."""
    name, size = next(
        store.select("SELECT ?g (COUNT(*) AS ?n) WHERE { GRAPH ?g { ?s ?p ?o } } GROUP BY ?g ORDER BY ?n").texts()
    )
    assert len(Graph().parse(data=store.graph(name, "turtle"), format="turtle")) == int(size)
    assert len(Graph().parse(data=store.graph(name + "x", "turtle"), format="turtle")) == 0


def test_answers_are_the_same_bytes(store: Store) -> None:
    """A CONSTRUCT is written in another order the second time."""
    assert store.answer(CAUSES) == store.answer(CAUSES)


def test_bound_variable(store: Store) -> None:
    """A term put in for a variable does not restrict the answer to it."""
    case, name, _ = list(store.select(CASES).texts())[-1]
    assert list(store.select(CASES, case=case).texts()) == [(case, name, "")]


@pytest.mark.parametrize(
    "update", ["INSERT DATA { <a:a> <a:b> 1 }", "DELETE WHERE { ?s ?p ?o }", "CLEAR ALL", "LOAD <a:a>"]
)
def test_updates_are_refused(update: str, store: Store) -> None:
    """An update runs, or is said to be bad SPARQL."""
    with pytest.raises(QueryRefusedError, match="read-only"):
        store.answer(update)
    assert int(next(store.select("SELECT (COUNT(*) AS ?n) WHERE { ?s ?p ?o }").texts())[0]) == store.manifest.triples


def test_what_is_no_query_is_refused(store: Store) -> None:
    """A misspelt query fails with something else than an error that says where."""
    with pytest.raises(QuerySyntaxError, match="line 1, column"):
        store.answer("SELEC ?s WHERE { ?s ?p ?o }")
    with pytest.raises(QuerySyntaxError, match="no SELECT"):
        store.select(ASK)

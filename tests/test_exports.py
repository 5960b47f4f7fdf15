"""The exports' core: what is selected, the RDF formats read back by others, files whole or not there, the one table."""

import io
import json
import re
import subprocess
import sys
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pyoxigraph as ox
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pyld import jsonld
from rdflib import Dataset, Graph
from rdflib.compare import isomorphic

from itbkg.building import Built
from itbkg.errors import (  # fmt: skip
    EmptySelectionError,
    ExportError,
    ExportFormatError,
    NotFoundError,
    ParameterError,
    SelectionError,
    UnknownWordError,
)
from itbkg.exports import FORMATS, TABLE, Choice, Selection, choose, find_format, select_all, select_cases
from itbkg.exports.quads import in_order
from itbkg.exports.rdf import FORMATS as RDF_FORMATS
from itbkg.exports.sorting import sorted_lines
from itbkg.namespaces import BASE, CASE, ITB
from itbkg.store import Store
from itbkg.store.manifest import FORMAT, Manifest
from itbkg.writing import write_folder_whole, write_stream, write_zip

DOE = f"{CASE}doe-1901/1"
OX = {"nquads": ox.RdfFormat.N_QUADS, "trig": ox.RdfFormat.TRIG, "turtle": ox.RdfFormat.TURTLE,
      "ntriples": ox.RdfFormat.N_TRIPLES, "rdfxml": ox.RdfFormat.RDF_XML, "jsonld": ox.RdfFormat.JSON_LD}  # fmt: skip
RDFLIB = {
    "nquads": "nquads",
    "trig": "trig",
    "turtle": "turtle",
    "ntriples": "nt",
    "rdfxml": "xml",
    "jsonld": "json-ld",
}
DATASETS = ("nquads", "trig", "jsonld")


def written(name: str, selection: Selection) -> bytes:
    """Write a selection in a format of one file."""
    file = io.BytesIO()
    find_format(name).write(selection, file)  # type: ignore[arg-type]  # a format of one file
    return file.getvalue()


@pytest.fixture(scope="module")
def wholes(store: Store) -> Callable[[str], bytes]:
    """Write each format of the whole graph once."""
    return cache(lambda name: written(name, select_all(store)))


def loaded(content: bytes, form: ox.RdfFormat) -> ox.Store:
    """Load a file into a store."""
    found = ox.Store()
    found.load(content, format=form)
    return found


# --- RDF, read back --------------------------------------------------------------------------


def test_nquads_of_the_whole_graph_are_the_dataset_of_the_build(built: Built, wholes: Callable[[str], bytes]) -> None:
    """The export would hold other statements than the manifest's digest names, or twice the same."""
    lines = wholes("nquads").splitlines(keepends=True)
    assert lines == sorted(f"{quad} .\n".encode() for quad in loaded(built.nquads, ox.RdfFormat.N_QUADS))
    differing = {*lines} ^ {*built.nquads.splitlines(keepends=True)}
    assert all(b"XMLSchema#decimal>" in line for line in differing)


@pytest.mark.parametrize("name", OX)
def test_oxigraph_reads_every_statement(name: str, built: Built, wholes: Callable[[str], bytes]) -> None:
    """A format would lose, change or add a statement."""
    expected = set(loaded(built.nquads, ox.RdfFormat.N_QUADS))
    if name not in DATASETS:
        expected = {quad for quad in expected if quad.graph_name == ox.DefaultGraph()}
    assert set(loaded(wholes(name), OX[name])) == expected


@pytest.mark.parametrize("name", RDFLIB)
def test_rdflib_reads_the_same_part(name: str, store: Store) -> None:
    """A second library would read another graph, label or number."""
    selection = select_cases(store, [DOE])
    read = Dataset().parse(data=written(name, selection), format=RDFLIB[name])
    expected = Graph()
    for quad in selection.quads():
        expected.parse(data=f"{ox.Triple(*quad.triple)} .", format="nt")
    flat = Graph()
    for triple in (read if isinstance(read, Dataset) else Dataset()).triples((None, None, None)):
        flat.add(triple)
    assert isomorphic(flat, expected)
    if name in DATASETS:
        graphs = {str(graph.identifier) for graph in read.graphs() if len(graph)} - {"urn:x-rdflib:default"}
        assert graphs == set(selection.graphs)


TERMS = st.one_of(
    st.sampled_from([f"{CASE}doe-1901/1", f"{BASE}ont/Seizure", "urn:a:b", "https://example.org/%20?q=1#f"]).map(ox.NamedNode),
    st.builds(ox.Literal, st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=12)),
    st.builds(lambda text: ox.Literal(text, language="en"), st.text("aä\"'\\\n\t\r ", max_size=6)),
    st.builds(lambda number: ox.Literal(str(number), datatype=ox.NamedNode("http://www.w3.org/2001/XMLSchema#integer")),
              st.integers()),
    st.builds(lambda text: ox.Literal(text, datatype=ox.NamedNode("urn:type")), st.text("01 \"", max_size=4)),
)  # fmt: skip
NODES = st.sampled_from([ox.NamedNode(f"{CASE}a/{n}") for n in range(4)])
PREDICATES = st.sampled_from([ox.NamedNode(str(iri)) for iri in (ITB.detail, ITB.storyOrder, ITB.statedAt)])
GRAPHS = st.sampled_from([ox.NamedNode(f"{BASE}graph/case/a/{n}") for n in range(3)])


def held(quads: set[ox.Quad]) -> Store:
    """Hold quads of named graphs in a store, as the dataset does: each triple in the default graph too."""
    everything = quads | {ox.Quad(*quad.triple) for quad in quads}
    lines = "".join(f"{quad} .\n" for quad in everything).encode()
    counts = dict.fromkeys(("publications", "cases", "guidance_documents", "guidance_statements", "published_sources",
                            "published_observations", "quads", "triples", "graphs"), 0)  # fmt: skip
    return Store.in_memory(lines, Manifest(format=FORMAT, versions={}, inputs={}, files={}, **counts))


@settings(max_examples=60)
@given(st.sets(st.builds(ox.Quad, NODES, PREDICATES, TERMS, GRAPHS), min_size=1, max_size=12))
def test_datasets_are_lossless(quads: set[ox.Quad]) -> None:
    """A character, a datatype, a language or a graph would be lost on the way out and back."""
    selection = select_all(held(quads))
    first = written("nquads", selection)
    back = {quad for quad in ox.parse(first, format=ox.RdfFormat.N_QUADS) if quad.graph_name != ox.DefaultGraph()}
    assert back == quads
    assert written("nquads", select_all(held(back))) == first
    for name in ("trig", "jsonld"):
        assert set(loaded(written(name, selection), OX[name])) == set(loaded(first, OX["nquads"]))


@settings(max_examples=40)
@given(
    st.lists(st.binary(max_size=1).map(lambda line: line.replace(b"\n", b"") + b"\n"), max_size=60), st.integers(1, 9)
)
def test_sorting_in_parts_is_sorting(lines: list[bytes], most: int) -> None:
    """A large export would lose lines, double them, or have another order than a small one."""
    assert list(sorted_lines(lines, most)) == sorted(set(lines))


def test_quads_beyond_memory_sort_as_within(store: Store) -> None:
    """The order of an export would depend on how much is held at once."""
    quads = list(select_cases(store, [DOE]).quads())
    assert list(in_order(quads[::-1], 100)) == sorted(set(quads), key=str)


# --- JSON-LD ---------------------------------------------------------------------------------


def offline(iri: str, *_: Any) -> None:
    """Refuse to load anything: an export must not need a network to be read."""
    raise AssertionError(iri)


def test_the_frame_makes_a_tree_of_a_case(store: Store) -> None:
    """A JSON-LD tool would get a heap of nodes, or a tree without the parts of the case."""
    jsonld.set_document_loader(offline)
    selection = select_cases(store, [DOE])
    frame = json.loads(written("jsonld-frame", selection))
    tree = jsonld.frame(json.loads(written("jsonld", selection)), frame)
    assert (tree["id"], tree["label"]) == ("cases:doe-1901/1", "doe-1901/1")
    assert "itb:Case" in tree["type"]
    patient = tree["hasPatient"]
    assert (patient["type"], patient["sex"]["name"]) == ("itb:Patient", "female")
    (fever,) = [one for one in walk(tree) if one.get("label") == "body temperature" and "minimumValue" in one]
    assert fever["minimumValue"] == "39"
    assert isinstance(fever["storyOrder"], int)


def walk(value: Any) -> Iterator[dict[str, Any]]:
    """Yield every node of a tree."""
    for one in listed(value):
        if isinstance(one, dict):
            yield one
            yield from walk(list(one.values()))
        elif isinstance(one, list):
            yield from walk(one)


def listed(value: Any) -> list[Any]:
    """Return what JSON-LD writes as one value or several."""
    return value if isinstance(value, list) else [value]


def test_the_tree_says_what_the_case_says(store: Store) -> None:
    """The readable form would say something else than the graph, or leave out a statement."""
    jsonld.set_document_loader(offline)
    selection = select_all(store)
    document = json.loads(written("jsonld-tree", selection))
    lines = jsonld.to_rdf(document, {"format": "application/n-quads"}).splitlines()
    told = {line for line in lines if not re.match(rf"<{BASE}(ont|unit)/", line)}
    graphs = {f"<{BASE}graph/case/{name}>" for name in selection.case_ids}
    assert told == {f"{ox.Quad(*quad.triple)} ." for quad in selection.quads() if str(quad.graph_name) in graphs}
    assert [tree["id"] for tree in document["@graph"]] == [f"cases:{name}" for name in selection.case_ids]


def test_the_tree_is_in_the_order_of_the_story(store: Store) -> None:
    """A reader would meet what was done before what was seen, or not know which publication it is from."""
    differing = 0
    for tree in json.loads(written("jsonld-tree", select_all(store)))["@graph"]:
        assert list(tree)[:6] == ["id", "type", "label", "title", "reportedIn", "hasPatient"]
        assert "@included" not in tree
        for key in {"hasAbsence", "hasFinding", "hasTreatment", "hasMeasurement"} & tree.keys():
            told = [one for one in listed(tree[key]) if "storyOrder" in one]
            assert [one["storyOrder"] for one in told] == sorted(one["storyOrder"] for one in told)
            assert all(one["statedClass"]["name"] for one in told if "statedClass" in one)
            differing += [one["id"] for one in told] != sorted(one["id"] for one in told)
    assert differing, "the order of names would do as well"


# --- the part --------------------------------------------------------------------------------


def test_a_part_stands_on_its_own(store: Store) -> None:
    """A part would have words without label, or lack what is inferred of its case."""
    part = loaded(written("nquads", select_cases(store, [DOE])), ox.RdfFormat.N_QUADS)
    bare = part.query(
        f"""SELECT DISTINCT ?word {{ {{ ?s ?p ?word }} UNION {{ ?s ?word ?o }}
        FILTER(ISIRI(?word) && STRSTARTS(STR(?word), "{BASE}ont/"))
        FILTER NOT EXISTS {{ ?word <http://www.w3.org/2000/01/rdf-schema#label> ?label }} }}"""
    )
    assert [str(row["word"]) for row in bare] == []  # type: ignore[union-attr]  # a SELECT gives rows
    about = f"SELECT (COUNT(*) AS ?n) {{ ?s ?p ?o FILTER(STRSTARTS(STR(?s), '{DOE}')) }}"
    ((count,),) = store.select(about).texts()
    (answer,) = part.query(about)  # type: ignore[misc]  # as above
    assert answer["n"].value == count


def test_a_part_has_nothing_of_other_cases(store: Store) -> None:
    """A chosen part would give away the rest."""
    quads = list(select_cases(store, [DOE]).quads())
    subjects = {str(quad.subject) for quad in quads}
    assert {name.split("/")[5] for name in subjects if name.startswith(f"<{CASE}")} == {"doe-1901"}
    assert len(quads) < sum(1 for _ in select_all(store).quads()) / 2


def test_all_cases_as_a_part_have_every_case_graph(store: Store) -> None:
    """A case would be dropped from a long selection."""
    chosen = select_cases(store, select_all(store).cases)
    case_graphs = {name for name in select_all(store).graphs if "/graph/case/" in name}
    assert case_graphs <= {quad.graph_name.value for quad in chosen.quads()}  # type: ignore[union-attr]  # all are named


CONSTRUCT = f"CONSTRUCT {{ ?case <{ITB.hasCause}> ?cause }} WHERE {{ ?case <{ITB.hasCause}> ?cause }}"


@pytest.mark.parametrize("name", [one.name for one in RDF_FORMATS if one.name != "jsonld-tree"])
def test_the_triples_of_a_construct_go_into_every_rdf_format(name: str, store: Store) -> None:
    """A format would refuse an analyst's own graph, or add to it."""
    selection = choose(store, Choice(construct=CONSTRUCT))
    content = written(name, selection)
    if name in OX:
        read = loaded(content, OX[name])
        assert {quad.triple for quad in read} == set(selection.triples or ())
        assert len(read) == len(selection.triples or ()) > 0


# --- choosing --------------------------------------------------------------------------------


def wanted(**words: str) -> Any:
    """Want cases by words."""
    from itbkg.cases import Wanted  # noqa: PLC0415 - only here

    return Wanted({name: (given,) for name, given in words.items()})


@pytest.mark.parametrize(
    ("choice", "ids"),
    [
        (Choice(ids=["roe-1902/2", "doe-1901/1", "doe-1901/1"]), ("doe-1901/1", "roe-1902/2")),
        (Choice(wanted=wanted(event="overdose")), ("poe-1903/1", "roe-1902/1", "roe-1902/2")),
        (Choice(where="event = overdose and not sex = female"), None),
        (Choice(where="event = overdose", wanted=wanted(sex="female")), None),
    ],
)
def test_each_way_of_choosing_gives_its_cases(choice: Choice, ids: tuple[str, ...] | None, store: Store) -> None:
    """An option would be passed over, and the export hold cases that were not asked for."""
    chosen = choose(store, choice)
    overdoses = {"poe-1903/1", "roe-1902/1", "roe-1902/2"}
    assert chosen.case_ids == ids if ids else set() < set(chosen.case_ids) < overdoses
    assert not chosen.whole


@pytest.mark.parametrize(
    ("choice", "error", "parameter"),
    [
        (Choice(ids=["doe-1901/7"]), NotFoundError, "cases"),
        (Choice(ids=["doe-1901/1"], where="event = overdose"), ParameterError, ""),
        (Choice(wanted=wanted(event="overdoze")), UnknownWordError, "event"),
        (Choice(where="event = overdoze"), NotFoundError, "where"),
        (Choice(where="event ="), ParameterError, "where"),
        (Choice(where="event = overdose and event != overdose"), EmptySelectionError, ""),
        (Choice(construct="SELECT * { ?s ?p ?o }"), ParameterError, "construct"),
        (Choice(construct="CONSTRUCT { ?s ?p ?o } { ?s ?p ?o FILTER(false) }"), EmptySelectionError, ""),
        (Choice(construct="CONSTRUCT { ?s ?p [] } { ?s ?p ?o }"), ParameterError, "construct"),
    ],
)
def test_what_cannot_be_chosen_is_said(choice: Choice, error: type[Exception], parameter: str, store: Store) -> None:
    """An empty or a whole export would be taken for the part that was asked for."""
    with pytest.raises(error) as refused:
        choose(store, choice)
    assert getattr(refused.value, "parameter", "") == parameter


def test_a_format_of_cases_refuses_constructed_triples(store: Store) -> None:
    """An empty tree would be written for triples that are no case."""
    with pytest.raises(SelectionError, match="jsonld-tree"):
        written("jsonld-tree", choose(store, Choice(construct=CONSTRUCT)))


# --- the table -------------------------------------------------------------------------------


def test_the_table_names_each_thing_once() -> None:
    """Two formats would have one name, or write to one file of a release."""
    assert len({(row.product, row.name) for row in TABLE}) == len(TABLE)
    endings = [one.ending for one in FORMATS.values() if one.ending != ".zip"]
    assert len(set(endings)) == len(endings)
    for row in TABLE:
        assert re.fullmatch(r"[a-z0-9-]+", row.name)
        assert row.profile in ("full", "simple", "")
        assert "/" in row.media_type
        assert row.title
        assert all(ending.startswith(".") for ending in row.endings)


def test_an_unknown_format_names_the_most_like_it_first() -> None:
    """The user would have to read the whole list for a slip."""
    with pytest.raises(ExportFormatError) as refused:
        find_format("turtel")
    assert refused.value.forms[0] == "turtle"
    assert set(refused.value.forms) == set(FORMATS)


def test_importing_the_table_is_light() -> None:
    """Listing the formats would load the libraries of all of them."""
    heavy = {"networkx", "pyarrow", "owlready2", "google.protobuf", "fhir", "pyld"}
    script = "import sys, itbkg.exports.table; print(sorted(name for name in sys.modules))"
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert not heavy & set(re.findall(r"'([\w.]+)'", done.stdout)) - {"networkx"}


# --- files, whole or not at all --------------------------------------------------------------


def test_a_folder_is_whole_or_not_there(tmp_path: Path) -> None:
    """A writer that fails half-way would leave half a folder under the final name."""

    def fill(folder: Path) -> None:
        (folder / "a").write_text("a", "utf-8")
        raise OSError(28, "No space left on device")

    with pytest.raises(ExportError, match="No space left on device"):
        write_folder_whole(tmp_path / "out", fill)
    assert list(tmp_path.iterdir()) == []


def test_what_is_there_is_not_replaced_by_a_folder(tmp_path: Path) -> None:
    """A release would be mixed with what stood there, or wipe it out."""
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "mine").write_text("mine", "utf-8")
    with pytest.raises(ExportError, match="there already"):
        write_folder_whole(tmp_path / "out", lambda folder: (folder / "a").write_text("a", "utf-8"))
    assert [path.name for path in tmp_path.rglob("*")] == ["out", "mine"]


def test_a_stream_that_fails_leaves_the_old_file(tmp_path: Path) -> None:
    """An error in the middle of an export would cut the file that was there."""
    out = tmp_path / "a"
    out.write_bytes(b"old")

    def fail(file: Any) -> None:
        file.write(b"new")
        raise SelectionError("no")

    with pytest.raises(SelectionError):
        write_stream(out, fail)
    assert (out.read_bytes(), [path.name for path in tmp_path.iterdir()]) == (b"old", ["a"])


def test_a_zip_has_the_same_bytes_whenever_it_is_made(tmp_path: Path) -> None:
    """The times or the order of files would show in a download."""
    contents = []
    for names in ("ab", "ba"):
        folder = tmp_path / names
        folder.mkdir()
        for name in names:
            (folder / name).write_text(name, "utf-8")
        file = io.BytesIO()
        write_zip(file, folder)
        contents.append(file.getvalue())
    assert contents[0] == contents[1]


SCRIPT = """
import hashlib, io, sys
from pathlib import Path
from itbkg.exports import FORMATS, select_all, select_cases, write_one_file
from itbkg.store import Store
from itbkg.store.manifest import parse_manifest
folder, case = Path(sys.argv[1]), sys.argv[2]
store = Store.in_memory((folder / "nq").read_bytes(), parse_manifest((folder / "manifest").read_text()))
for one in FORMATS.values():
    for selection in (select_all(store), select_cases(store, [case])):
        file = io.BytesIO()
        write_one_file(one, selection, file)
        print(one.name, hashlib.sha256(file.getvalue()).hexdigest())
"""


def test_every_format_has_the_same_bytes_each_time(built: Built, tmp_path: Path) -> None:
    """The order of a set, a time or a random name would show in an export."""
    (tmp_path / "nq").write_bytes(built.nquads)
    (tmp_path / "manifest").write_text(built.manifest.to_json(), "utf-8")
    runs = [
        subprocess.Popen([sys.executable, "-c", SCRIPT, str(tmp_path), DOE], stdout=subprocess.PIPE, text=True,
                         env={"PYTHONHASHSEED": seed, "PATH": ""})
        for seed in ("1", "2")
    ]  # fmt: skip
    first, second = (run.communicate(timeout=300)[0].splitlines() for run in runs)
    assert first == second
    assert len(first) == 2 * len(FORMATS)

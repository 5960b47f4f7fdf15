"""The build: the same input is the same bytes, a failure leaves the earlier build alone, readers are not disturbed."""

import hashlib
import os
import shutil
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from itbkg.building import Built, build, build_folder, write_folder
from itbkg.errors import BuildBusyError, BuildFolderError, RecordError
from itbkg.settings import Corpus
from itbkg.store import Store
from itbkg.store import folder as folder_module
from itbkg.store.folder import CURRENT, generation
from itbkg.store.manifest import DATASET, MANIFEST

COUNT = "SELECT (COUNT(*) AS ?n) WHERE"
DIGEST_A_BUILD = """
import hashlib, sys
from pathlib import Path
from itbkg.building import build
from itbkg.settings import Corpus
built = build(Corpus(Path(sys.argv[1])))
sys.stdout.write(hashlib.sha256(built.nquads + built.manifest.to_json().encode()).hexdigest())
"""


def contents(folder: Path) -> dict[str, bytes]:
    """Read every file below a folder, and where each link points."""
    return {
        str(path.relative_to(folder)): os.readlink(path).encode() if path.is_symlink() else path.read_bytes()
        for path in folder.rglob("*")
        if path.is_symlink() or path.is_file()
    }


def count(store: Store, pattern: str) -> int:
    """Count the solutions of a pattern."""
    return int(next(store.select(f"{COUNT} {{ {pattern} }}").texts())[0])


@pytest.fixture
def folder(tmp_path: Path, built: Built) -> Path:
    """Write a build folder to work on."""
    out = tmp_path / "graph"
    write_folder(built, out)
    return out


@pytest.fixture
def broken(tmp_path: Path, corpus: Corpus) -> Corpus:
    """Copy the fictional corpus and misspell a key in one record."""
    root = tmp_path / "broken"
    shutil.copytree(corpus.cases, root / "data" / "cases")
    (root / "ontology").symlink_to(corpus.ontology.resolve(), target_is_directory=True)
    record = sorted((root / "data" / "cases").glob("*.yaml"))[0]
    record.write_text(record.read_text("utf-8").replace("clock:", "clok:"), "utf-8")
    return Corpus(root)


def test_same_input_same_bytes(corpus: Corpus, built: Built) -> None:
    """A second build of the same input differs in its N-Quads or its manifest."""
    again = build(corpus)
    assert again.nquads == built.nquads
    assert again.manifest.to_json() == built.manifest.to_json()


def test_same_bytes_on_disk(corpus: Corpus, tmp_path: Path) -> None:
    """Two build folders of the same input differ in dataset or manifest."""
    for name in ("one", "two"):
        build_folder(corpus, tmp_path / name)
    for file in (DATASET, MANIFEST):
        assert (tmp_path / "one" / CURRENT / file).read_bytes() == (tmp_path / "two" / CURRENT / file).read_bytes()


def test_hash_seed_changes_nothing(corpus: Corpus, built: Built) -> None:
    """The order of a set in memory gets into the bytes."""
    own = hashlib.sha256(built.nquads + built.manifest.to_json().encode()).hexdigest()
    for seed in ("1", "4711"):
        command = [sys.executable, "-c", DIGEST_A_BUILD, str(corpus.root)]
        run = subprocess.run(command, env=os.environ | {"PYTHONHASHSEED": seed}, capture_output=True, check=True)
        assert run.stdout.decode() == own


def test_default_graph_holds_each_triple_once(store: Store) -> None:
    """The default graph lacks a triple of a named graph, has one more, or counts one twice."""
    default = count(store, "?s ?p ?o")
    assert default == count(store, "{ SELECT DISTINCT ?s ?p ?o WHERE { GRAPH ?g { ?s ?p ?o } } }")
    assert default == store.manifest.triples


def test_default_graph_holds_every_named_graph(store: Store) -> None:
    """A triple of a named graph is missing in the default graph."""
    assert count(store, "GRAPH ?g { ?s ?p ?o } FILTER NOT EXISTS { ?s ?p ?o }") == 0


def test_manifest_counts_the_store(store: Store) -> None:
    """The manifest's counts are not those of the store."""
    assert count(store, "{ SELECT DISTINCT ?g WHERE { GRAPH ?g { ?s ?p ?o } } }") == store.manifest.graphs
    assert count(store, "?case a <https://w3id.org/itbkg/ont/Case>") == store.manifest.cases
    telling = "?case a <https://w3id.org/itbkg/ont/Case> ; <https://w3id.org/itbkg/ont/reportedIn> ?p"
    assert count(store, f"{{ SELECT DISTINCT ?p WHERE {{ {telling} }} }}") == store.manifest.publications


def test_broken_record_leaves_the_earlier_build(broken: Corpus, folder: Path) -> None:
    """A record with a problem changes a byte of the build that was there."""
    before = contents(folder)
    with pytest.raises(RecordError, match="clok"):
        build_folder(broken, folder)
    assert contents(folder) == before


def test_broken_record_writes_nothing(broken: Corpus, tmp_path: Path) -> None:
    """A failed first build leaves a folder behind that looks like a graph."""
    with pytest.raises(RecordError):
        build_folder(broken, tmp_path / "new")
    assert not (tmp_path / "new").exists()


def _fill_the_disk(aside: Path) -> None:
    (aside / DATASET).write_bytes(b"half")
    raise OSError("disk full")


def test_failure_while_writing_leaves_the_earlier_build(folder: Path) -> None:
    """A full disk in the middle of writing costs the earlier build, or leaves half of a new one."""
    before = contents(folder)
    with pytest.raises(OSError, match="full"), generation(folder) as aside:
        _fill_the_disk(aside)
    assert contents(folder) == before


@pytest.mark.parametrize("name", ["notes.txt", ".git", "build-notes", "build-releases", ".partial-notes.txt"])
@pytest.mark.parametrize("kind", ["file", "folder"])
def test_foreign_contents_are_refused(name: str, kind: str, tmp_path: Path, built: Built) -> None:
    """A build deletes, or builds beside, something that no build put there."""
    kept = tmp_path / "home" / name if kind == "file" else tmp_path / "home" / name / "letter.txt"
    kept.parent.mkdir(parents=True)
    kept.write_text("mine", "utf-8")
    with pytest.raises(BuildFolderError, match=f"'{name}'"):
        write_folder(built, tmp_path / "home")
    assert contents(tmp_path / "home") == {str(kept.relative_to(tmp_path / "home")): b"mine"}


@pytest.mark.parametrize("kind", ["file", "folder"])
def test_foreign_current_is_refused(kind: str, tmp_path: Path, built: Built) -> None:
    """A file or folder of one's own that happens to be named `current` is overwritten."""
    kept = tmp_path / CURRENT if kind == "file" else tmp_path / CURRENT / "letter.txt"
    kept.parent.mkdir(exist_ok=True)
    kept.write_text("mine", "utf-8")
    with pytest.raises(BuildFolderError, match="'current'"):
        write_folder(built, tmp_path)
    assert kept.read_text("utf-8") == "mine"


def test_building_into_a_file_is_refused(tmp_path: Path, built: Built) -> None:
    """A file named as the folder to build into is lost."""
    file = tmp_path / "letter.txt"
    file.write_text("mine", "utf-8")
    with pytest.raises(BuildFolderError, match=r"letter\.txt: this is a file"):
        write_folder(built, file)
    assert file.read_text("utf-8") == "mine"


def test_second_build_at_once_is_refused(folder: Path, built: Built) -> None:
    """Two builds write into one folder at the same time and sweep each other's files."""
    with generation(folder) as aside:
        (aside / DATASET).write_bytes(built.nquads)
        with pytest.raises(BuildBusyError, match="another build"):
            write_folder(built, folder)
        assert (aside / DATASET).exists()


def test_reader_keeps_its_generation(folder: Path, built: Built) -> None:
    """A rebuild pulls the graph away under a reader, or its old generation is never swept."""
    reader = Store.open(folder)
    old = os.readlink(folder / CURRENT)
    write_folder(built, folder)
    assert count(reader, "?s ?p ?o") == built.manifest.triples
    assert sorted(path.name for path in folder.iterdir()) == sorted({CURRENT, old, os.readlink(folder / CURRENT)})
    reader.close()
    write_folder(built, folder)
    assert sorted(path.name for path in folder.iterdir()) == sorted({CURRENT, os.readlink(folder / CURRENT)})


def test_opening_while_a_build_is_replaced(folder: Path, built: Built, monkeypatch: pytest.MonkeyPatch) -> None:
    """Who has read the link when two builds replace and sweep its target gets an error instead of the new graph."""
    rebuilds = iter([built, built])
    take = folder_module._hold

    def hold_late(generation: Path) -> int:
        for again in rebuilds:
            write_folder(again, folder)
        return take(generation)

    monkeypatch.setattr(folder_module, "_hold", hold_late)
    store = Store.open(folder)
    assert store.manifest == built.manifest
    store.close()


@pytest.fixture
def rebuilding(folder: Path, built: Built) -> Iterator[Path]:
    """Rebuild a folder over and over while the test runs."""
    stop = threading.Event()

    def rebuild() -> None:
        while not stop.is_set():
            write_folder(built, folder)

    thread = threading.Thread(target=rebuild)
    thread.start()
    yield folder
    stop.set()
    thread.join()


def test_opening_during_rebuilds_never_fails(rebuilding: Path, built: Built) -> None:
    """Who opens a folder in the moment in which its build is replaced gets an error or half a graph."""
    for _ in range(50):
        reader = Store.open(rebuilding)
        assert reader.manifest == built.manifest
        reader.close()

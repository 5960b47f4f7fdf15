"""A release: whole or not there, the same bytes each time, and every description held by the tool that reads it."""

import hashlib
import json
import random
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest
from frictionless import Package
from rdflib import DCAT, RDF, VOID, Graph, URIRef

from itbkg.errors import MissingExtraError
from itbkg.exports import FORMATS, PRODUCTS, write_release
from itbkg.exports.release import about
from itbkg.exports.release.make import DESCRIPTIONS
from itbkg.settings import Corpus
from itbkg.store import Store
from itbkg.store.manifest import digest_file
from tests.conftest import PROJECT
from tests.consumers import consume, consumer


@pytest.fixture(scope="module")
def release(store: Store, corpus: Corpus, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Write a release of the fictional graph once."""
    out = tmp_path_factory.mktemp("release") / "itbkg"
    write_release(store, corpus.ontology, out)
    return out


def read(release: Path, name: str) -> Any:
    """Read a JSON file of a release."""
    return json.loads((release / name).read_text("utf-8"))


def test_a_release_without_a_library_is_not_begun(
    store: Store, corpus: Corpus, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Who lacks the extra for Parquet would wait for the other formats first, get half a release, or no word why."""
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    begun: list[str] = []
    with pytest.raises(MissingExtraError, match=r"Parquet needs pyarrow.*pip install 'itbkg\[parquet\]'"):
        write_release(store, corpus.ontology, tmp_path / "out", lambda step, _done, _of: begun.append(step))
    assert not begun
    assert not list(tmp_path.iterdir())


# --- what is in it ---------------------------------------------------------------------------


def test_the_manifest_names_every_file_with_its_digest(release: Path, store: Store) -> None:
    """A file would be missing, changed or strange, and nobody could tell."""
    manifest = read(release, "manifest.json")
    there = {path.relative_to(release).as_posix() for path in release.rglob("*") if path.is_file()}
    assert set(manifest["files"]) == there - {"manifest.json"}
    for name, told in manifest["files"].items():
        assert told["sha256"] == hashlib.sha256((release / name).read_bytes()).hexdigest()
        assert told["bytes"] == (release / name).stat().st_size > 0
    assert manifest["dataset_sha256"] == store.manifest.digest
    assert manifest["counts"]["cases"] == store.manifest.cases
    assert (manifest["version"], manifest["licence"]) == (about.VERSION, "CC-BY-4.0")


def test_a_release_has_every_format(release: Path) -> None:
    """A format of the table would be left out."""
    formats = {told["format"] for told in read(release, "manifest.json")["files"].values()}
    assert set(FORMATS) | {f"ontology-{form.name}" for form in PRODUCTS["ontology"]} <= formats
    assert set(read(release, "losses.json")) == set(FORMATS)
    assert set(DESCRIPTIONS) <= {path.name for path in release.iterdir()}


def test_losses_say_what_and_how_many(release: Path) -> None:
    """A reader would take a part for the whole."""
    losses = read(release, "losses.json")
    assert losses["nquads"] == []
    assert [one["count"] for one in losses["turtle"]] == [len(set(graphs(release)))]
    assert all(one["count"] > 0 and one["what"] for found in losses.values() for one in found)


def graphs(release: Path) -> list[str]:
    """Name the graph of each quad that has one."""
    lines = (line.split(" ") for line in (release / "graph" / "itbkg.nq").read_text("utf-8").splitlines())
    return [parts[-2] for parts in lines if parts[-2].startswith("<https://w3id.org/itbkg/graph/")]


def test_two_releases_have_the_same_bytes(store: Store, corpus: Corpus, release: Path, tmp_path: Path) -> None:
    """A time, a random name or the order of a set would show, and nobody could check a release by making it again."""
    write_release(store, corpus.ontology, tmp_path / "again")
    assert read(tmp_path / "again", "manifest.json") == read(release, "manifest.json")
    assert digest_file(tmp_path / "again" / "manifest.json") == digest_file(release / "manifest.json")


# --- whole or not there ----------------------------------------------------------------------

SCRIPT = """
import sys
from pathlib import Path
from itbkg.exports import write_release
from itbkg.store import Store
from itbkg.store.manifest import parse_manifest
folder, ontology = Path(sys.argv[1]), Path(sys.argv[2])
store = Store.in_memory((folder / "nq").read_bytes(), parse_manifest((folder / "manifest").read_text()))
if len(sys.argv) > 3:
    import resource, signal
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (int(sys.argv[3]),) * 2)
sys.stdout.write("ready"); sys.stdout.flush()
write_release(store, ontology, folder / "out")
"""


@pytest.fixture(scope="module")
def folder(store: Store, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Put the graph where another process can read it."""
    made = tmp_path_factory.mktemp("killed")
    (made / "nq").write_bytes(store.to_nquads())
    (made / "manifest").write_text(store.manifest.to_json(), "utf-8")
    return made


def start(folder: Path, corpus: Corpus, *more: str) -> "subprocess.Popen[bytes]":
    """Begin to write a release in a process of its own, and return when it has begun."""
    command = [sys.executable, "-c", SCRIPT, str(folder), str(corpus.ontology), *more]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    assert process.stdout is not None
    assert process.stdout.read(5) == b"ready"
    return process


@pytest.mark.parametrize("seed", range(4))
def test_a_kill_leaves_nothing_under_the_final_name(seed: int, folder: Path, corpus: Corpus) -> None:
    """Half a release would be taken for a whole one."""
    process = start(folder, corpus)
    time.sleep(random.Random(seed).uniform(0.05, 2.5))
    process.send_signal(signal.SIGKILL)
    process.communicate(timeout=60)
    if (folder / "out").exists():  # it was faster than the kill: then it must be whole
        names = read(folder / "out", "manifest.json")["files"]
        assert all((folder / "out" / name).is_file() for name in names)
        shutil.rmtree(folder / "out")
    left = [path for path in folder.iterdir() if path.name not in ("nq", "manifest")]
    assert all(path.name.startswith(".out.") and path.name.endswith(".partial") for path in left)
    for path in left:
        shutil.rmtree(path)


def test_a_full_disk_leaves_nothing(folder: Path, corpus: Corpus) -> None:
    """Half a release would stay, or the user would see a trace."""
    process = start(folder, corpus, "300000")
    _, said = process.communicate(timeout=120)
    assert process.returncode == 1
    assert b"ExportError" in said
    assert b"File too large" in said
    assert {path.name for path in folder.iterdir()} == {"nq", "manifest"}


# --- what others make of the descriptions ----------------------------------------------------


def test_frictionless_holds_the_package(release: Path) -> None:
    """A user of Data Packages would be told of a missing file, a wrong digest or a cell of another type."""
    package = Package(str(release / "datapackage.json"))
    told = {name for name in read(release, "manifest.json")["files"] if not name.endswith("datapackage.json")}
    assert {one.path for one in package.resources} == told - {*DESCRIPTIONS}
    tables = [one for one in package.resources if one.format == "csv" and one.schema.fields]
    assert "case_id" in {field.name for one in tables for field in one.schema.fields}
    files = [one.to_copy() for one in package.resources if one.format in ("csv", "nq", "ttl", "graphml")]
    report = Package(basepath=str(release), resources=files).validate()
    assert [(task.name, task.errors[0].message) for task in report.tasks if not task.valid] == []


def test_mlcroissant_reads_the_records(release: Path) -> None:
    """A user of machine learning tools could not load the tables by their description."""
    python = consumer("mlcroissant", "mlcroissant==1.1.1", "setuptools<81")
    script = """
import json, sys
import mlcroissant
dataset = mlcroissant.Dataset(jsonld=sys.argv[1])
names = [one.uuid for one in dataset.metadata.record_sets]
cases = next(name for name in names if name.endswith("-cases-csv"))
rows = [{key.rsplit("/", 1)[-1]: value for key, value in row.items()} for row in dataset.records(cases)]
first = {key: value.decode() if isinstance(value, bytes) else str(value) for key, value in rows[0].items()}
print(json.dumps([dataset.metadata.name, len(names), len(rows), first, list(dataset.metadata.ctx.issues.errors)]))
"""
    name, sets, rows, first, errors = json.loads(consume(python, script, release / "croissant.json").splitlines()[-1])
    assert (name, errors) == ("itbkg", [])
    assert sets > 1
    assert rows == read(release, "manifest.json")["counts"]["cases"]
    assert first["case_id"] == "doe-1901/1"


ROCRATE = """
import importlib.util, io, json, sys
from pathlib import Path
import requests
from requests.adapters import HTTPAdapter

(folder,) = importlib.util.find_spec("rocrate").submodule_search_locations
context = Path(folder, "data", "ro-crate.jsonld").read_bytes()


def answer(self, request, **_):  # instead of the network: the context as ro-crate-py ships it
    known = request.url.startswith("https://w3id.org/ro/crate/1.1/context")
    made = requests.Response()
    made.status_code, made._content, made.url, made.request = 200 if known else 404, context, request.url, request
    made.headers["Content-Type"], made.raw = "application/ld+json", io.BytesIO()
    return made


HTTPAdapter.send = answer
from rocrate_validator import services
from rocrate_validator.models import Severity

told = []
for crate in sys.argv[1:]:
    settings = services.ValidationSettings(rocrate_uri=crate, profile_identifier="ro-crate-1.1", no_cache=True,
                                           requirement_severity=Severity.RECOMMENDED)
    told.append([f"{issue.severity.name} {issue.check.identifier} {issue.message}"
                 for issue in services.validate(settings).get_issues()])
print(json.dumps(told))
"""


def test_the_ro_crate_validator_finds_nothing(release: Path, tmp_path: Path) -> None:
    """A repository would refuse the crate; or the validator would pass whatever it is given."""
    python = consumer("rocrate", "roc-validator==0.13.0", "rocrate==0.16.0", "setuptools<81")
    broken = tmp_path / "broken"
    broken.mkdir()
    crate = read(release, "ro-crate-metadata.json")
    del crate["@graph"][1]["license"]
    (broken / "ro-crate-metadata.json").write_text(json.dumps(crate), "utf-8")
    sound, unsound = json.loads(consume(python, ROCRATE, release, broken, seconds=240).splitlines()[-1])
    assert sound == []
    assert [issue for issue in unsound if "license" in issue.lower()]


def test_cffconvert_makes_a_reference(release: Path) -> None:
    """A user could not cite the data by their file."""
    python = consumer("cffconvert", "cffconvert==2.0.0", "setuptools<81")
    script = """
import sys
from pathlib import Path
from cffconvert import Citation
citation = Citation(Path(sys.argv[1]).read_text("utf-8"))
citation.validate()
print(citation.as_bibtex())
"""
    bibtex = consume(python, script, release / "CITATION.cff")
    assert about.TITLE in bibtex
    assert about.CREATOR in bibtex


def test_dcat_and_void_count_what_there_is(release: Path, store: Store) -> None:
    """A catalogue would list files that are not there, or other numbers of triples."""
    dcat, void = Graph().parse(release / "dcat.ttl"), Graph().parse(release / "void.ttl")
    dataset = URIRef(about.IRI)
    files = read(release, "manifest.json")["files"]
    listed = {
        str(one).removeprefix(f"{about.IRI}/{about.VERSION}/") for one in dcat.subjects(RDF.type, DCAT.Distribution)
    }
    assert listed == set(files) - {*DESCRIPTIONS}
    assert int(str(void.value(dataset, VOID.triples))) == store.manifest.triples
    partitions = [int(str(void.value(one, VOID.triples))) for one in void.objects(dataset, VOID.propertyPartition)]
    assert sum(partitions) == store.manifest.triples
    dumps = {str(one).rsplit("/", 1)[-1] for one in void.objects(dataset, VOID.dataDump)}
    assert dumps == {"itbkg.nq", "itbkg.nt", "itbkg.ttl", "itbkg.trig", "itbkg.rdf", "itbkg.jsonld"}


def test_the_day_of_a_version_stands_in_the_changelog() -> None:
    """A release would say another day or version than the list of changes."""
    newest = next(line for line in (PROJECT / "CHANGELOG.md").read_text("utf-8").splitlines() if line.startswith("## "))
    assert newest == f"## {about.VERSION} ({about.RELEASED})"

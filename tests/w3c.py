"""The W3C's SPARQL 1.1 test suite, taken from where PyPI has it: the source distribution of rdflib.

It is fetched once, by pip, into a folder that git does not see; nothing of it is kept in this repository.
"""

import subprocess
import sys
import tarfile
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from rdflib import RDF, Graph, Namespace, URIRef
from rdflib.collection import Collection
from rdflib.term import Node

from tests.conftest import PROJECT

SOURCE = "rdflib==7.6.0"
SUITE = PROJECT / ".cache" / "w3c" / SOURCE.replace("==", "-")
#: What the tests are named below, wherever their files lie.
BASE = "http://www.w3.org/2009/sparql/docs/tests/data-sparql11/"
GROUPS = (
    *("aggregates", "bind", "bindings", "construct", "csv-tsv-res", "exists", "functions", "grouping", "json-res"),
    *("negation", "project-expression", "property-path", "service", "subquery", "syntax-fed", "syntax-query"),
)
MF = Namespace("http://www.w3.org/2001/sw/DataAccess/tests/test-manifest#")
QT = Namespace("http://www.w3.org/2001/sw/DataAccess/tests/test-query#")
EVALUATIONS = (MF.QueryEvaluationTest, MF.CSVResultFormatTest)
SYNTAXES = (MF.PositiveSyntaxTest11, MF.NegativeSyntaxTest11)


@dataclass(frozen=True, slots=True)
class W3cTest:
    """One test: its name, kind and query, its data by the name that the query knows it by, and the expected answer."""

    name: str
    kind: str
    query: str
    base: str
    data: tuple[str, ...]
    graphs: tuple[str, ...]
    result: str | None


def suite() -> Path:
    """Return the folder of the suite; pip fetches it where it is not there yet."""
    folder = SUITE / "sparql11"
    if not folder.is_dir():
        SUITE.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=SUITE.parent) as aside:
            _fetch(Path(aside))
            if not SUITE.exists():
                Path(aside, "suite").rename(SUITE)
    return folder


def _fetch(aside: Path) -> None:
    command = [sys.executable, "-m", "pip", "download", "--quiet", "--no-deps", "--no-binary", ":all:", SOURCE]
    subprocess.run([*command, "--dest", str(aside)], check=True, capture_output=True)
    (archive,) = aside.glob("*.tar.gz")
    inner = f"{archive.name.removesuffix('.tar.gz')}/test/data/suites/w3c/sparql11"
    with tarfile.open(archive) as packed:
        members = [member for member in packed.getmembers() if member.name.startswith(inner + "/")]
        packed.extraction_filter = getattr(tarfile, "data_filter", None)  # Python 3.11.3 and before know none
        packed.extractall(aside / "unpacked", members)
    (aside / "suite").mkdir()
    (aside / "unpacked" / inner).rename(aside / "suite" / "sparql11")


def path_of(iri: str) -> Path:
    """Find the file of a test's IRI."""
    return suite() / iri.removeprefix(BASE)


def read_tests() -> list[W3cTest]:
    """Read the manifests of all groups, in name order."""
    return sorted((test for group in GROUPS for test in _read(group)), key=lambda test: test.name)


def _read(group: str) -> Iterator[W3cTest]:
    manifest = Graph().parse(suite() / group / "manifest.ttl", publicID=f"{BASE}{group}/manifest.ttl")
    for listed in manifest.objects(None, MF.entries):
        for entry in Collection(manifest, listed):
            kind = manifest.value(entry, RDF.type)
            if entry is not None and kind in (*EVALUATIONS, *SYNTAXES):
                yield _test(manifest, group, entry, str(kind).rsplit("#", 1)[-1])


def _test(manifest: Graph, group: str, entry: Node, kind: str) -> W3cTest:
    action, result = manifest.value(entry, MF.action), manifest.value(entry, MF.result)
    query = manifest.value(action, QT.query) or action
    data = tuple(str(found) for found in manifest.objects(action, QT.data))
    graphs = tuple(sorted(str(found) for found in manifest.objects(action, QT.graphData) if isinstance(found, URIRef)))
    name = f"{group}/{str(entry).rsplit('#', 1)[-1]}"
    base = str(query)
    return W3cTest(name, kind, path_of(base).read_text("utf-8"), base, data, graphs, str(result) if result else None)

"""The checks as a whole: the corpus passes them, each is listed with its result, and the command says what it found."""

import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from rdflib import Graph

from itbkg.building import Built, build
from itbkg.checks import Kind, Result, run_checks
from itbkg.checks.profile import CHECKS
from itbkg.checks.results import Group, case_name, message_parts, short
from itbkg.errors import NotFoundError
from itbkg.settings import Corpus, packaged_corpus
from itbkg.store import Store
from tests.conftest import PROJECT

ITBKG = [sys.executable, "-c", "import sys; sys.argv[0] = 'itbkg'; from itbkg.cli import main; main()"]
#: A class without a definition.
FAULTY = """
@prefix itb: <https://w3id.org/itbkg/ont/> .
@prefix owl: <http://www.w3.org/2002/07/owl#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix dcterms: <http://purl.org/dc/terms/> .
itb:Invented a owl:Class ; rdfs:subClassOf itb:Finding ; rdfs:label "invented sign"@en ;
    dcterms:identifier "ITBKG:0099999" ; dcterms:source <https://example.org/paper> .
"""
ONTOLOGY = """
@prefix itb: <https://w3id.org/itbkg/ont/> .
@prefix owl: <http://www.w3.org/2002/07/owl#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
itb:Finding a owl:Class . itb:Seizure a owl:Class ; rdfs:subClassOf itb:Finding .
itb:severity a owl:ObjectProperty ; rdfs:domain itb:Finding . itb:Seizure itb:severity itb:Severe .
itb:Coma a owl:Class ; owl:equivalentClass
    [ owl:intersectionOf ( itb:Finding [ owl:onProperty itb:severity ; owl:someValuesFrom itb:Seizure ] ) ] .
"""


def test_packaged_corpus_passes_every_check() -> None:
    """The corpus that everybody gets has a fault that a check knows."""
    corpus = packaged_corpus()
    built = build(corpus)
    found = run_checks(corpus, Store.in_memory(built.nquads, built.manifest))
    assert [finding for result in found if result.failed for finding in result.findings] == []
    assert {result.check.group for result in found} == set(Group)


@pytest.fixture(scope="module")
def results(corpus: Corpus, store: Store) -> list[Result]:
    """Check the fictional corpus once."""
    return run_checks(corpus, store)


def test_every_check_is_listed_once(results: list[Result], corpus: Corpus) -> None:
    """A check that did not run would look like one that passed."""
    names = [result.check.name for result in results]
    assert len(names) == len(set(names)) > 60
    assert {path.stem for path in corpus.quality.glob("*.rq")} <= set(names)


@pytest.mark.parametrize("name", ["profile-classes", "chain-ends-in-event", "unused-class"])
def test_one_check_alone(name: str, results: list[Result], corpus: Corpus, store: Store) -> None:
    """The one that was asked for would not run, others would, or it would find something else than among all."""
    alone = run_checks(corpus, store, [name])
    assert [result.check.name for result in alone] == [name]
    assert alone[0] in results


def test_a_misspelt_check_names_the_nearest(corpus: Corpus, store: Store) -> None:
    """A slip would run nothing and look like a pass."""
    with pytest.raises(NotFoundError, match=r"no known check; did you mean 'unused-class'"):
        run_checks(corpus, store, ["unsed-class"])


def test_progress_is_told_by_case(corpus: Corpus, store: Store) -> None:
    """Nobody could see how far a long check has come."""
    told: list[tuple[str, int, int]] = []
    run_checks(corpus, store, ["labelled"], lambda step, done, of: told.append((step, done, of)))
    assert told[0][0].startswith("checking ")
    assert [done for _, done, _ in told] == list(range(1, store.manifest.cases + 1))
    assert {of for _, _, of in told} == {store.manifest.cases}


def test_the_same_graph_gives_the_same_findings(results: list[Result], corpus: Corpus, store: Store) -> None:
    """Two runs could not be compared."""
    assert run_checks(corpus, store) == results


def test_findings_stand_in_order(built: Built, corpus: Corpus) -> None:
    """Two runs over a graph with faults could not be compared: the engine finds them in any order."""
    label = re.compile(rb"<https://w3id.org/itbkg/case/doe-1901/1/[^>]*> <[^>]*#label> ")
    bare = b"\n".join(line for line in built.nquads.splitlines() if not label.match(line))
    result = run_checks(corpus, Store.in_memory(bare, built.manifest), ["labelled"])[0]
    assert len(result.findings) > 10
    assert list(result.findings) == sorted(set(result.findings))
    assert {finding.case for finding in result.findings} == {"doe-1901/1"}


def profile(change: tuple[str, str]) -> set[tuple[str, str]]:
    """Change the little ontology and return (check, node) of what the profile finds."""
    text = ONTOLOGY.replace(*change)
    assert text != ONTOLOGY or change == ("", "")
    ontology = Graph().parse(data=text, format="turtle")
    return {(check.name, finding.node) for check, find in CHECKS.items() for finding in find(ontology)}


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        (("", ""), set()),
        (("subClassOf itb:Finding", "subClassOf itb:Fnding"), {("profile-classes", "itb:Fnding")}),
        (("someValuesFrom itb:Seizure", "someValuesFrom itb:Fit"), {("profile-classes", "itb:Fit")}),
        (("( itb:Finding [", "( itb:Sign ["), {("profile-classes", "itb:Sign")}),
        (("domain itb:Finding", "domain itb:Sign"), {("profile-classes", "itb:Sign")}),
        (("itb:Coma a", "itb:Fit rdfs:subClassOf itb:Finding . itb:Coma a"), {("profile-classes", "itb:Fit")}),
        (("itb:Seizure itb:severity", "itb:Seizure itb:severty"), {("profile-properties", "itb:severty")}),
        (
            ("a owl:ObjectProperty", "a owl:ObjectProperty, owl:DatatypeProperty"),
            {("profile-properties", "itb:severity")},
        ),
        (("someValuesFrom", "allValuesFrom"), {("profile-expressions", "")}),
        (("( itb:Finding [", "( itb:Finding [ owl:complementOf itb:Coma ] ["), {("profile-expressions", "")}),
    ],
)
def test_profile(change: tuple[str, str], expected: set[tuple[str, str]]) -> None:
    """An expression that the reasoning passes over, or a misspelt name, would stand in the ontology unseen."""
    assert profile(change) == expected


def test_message_is_parted_where_the_mending_begins() -> None:
    """How to mend it would be lost."""
    assert message_parts("It is wrong. Mend it. Then build.") == ("It is wrong.", "Mend it. Then build.")
    assert message_parts("It is wrong.") == ("It is wrong.", "")


def test_short_names() -> None:
    """A finding would be at a place that nobody can read."""
    assert short("https://w3id.org/itbkg/ont/Seizure") == "itb:Seizure"
    assert short("https://w3id.org/itbkg/case/doe-1901/1/patient") == "doe-1901/1/patient"
    assert short("https://example.org/x") == "https://example.org/x"
    assert case_name("https://w3id.org/itbkg/case/doe-1901/1/finding/a") == "doe-1901/1"
    assert case_name("https://w3id.org/itbkg/ont/Seizure") == ""


def itbkg(corpus: Path, cache: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Run `itbkg check` over a corpus."""
    environment = os.environ | {"ITBKG_CORPUS": str(corpus), "ITBKG_CACHE": str(cache)}
    command = [*ITBKG, "check", *arguments]
    return subprocess.run(command, capture_output=True, text=True, env=environment, check=False, timeout=300)


@pytest.fixture(scope="module")
def faulty(corpus: Corpus, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Copy the fictional corpus and add a class with a fault."""
    root = tmp_path_factory.mktemp("faulty")
    shutil.copytree(PROJECT / "ontology", root / "ontology")
    shutil.copytree(corpus.root / "data", root / "data")
    (root / "ontology" / "faulty.ttl").write_text(FAULTY, "utf-8")
    return root


@pytest.fixture(scope="module")
def cache(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give the commands a cache of their own."""
    return tmp_path_factory.mktemp("cache")


def test_a_finding_is_said_and_ends_with_3(faulty: Path, cache: Path) -> None:
    """A script could not tell that a check failed, or a person not what to do."""
    done = itbkg(faulty, cache)
    assert done.returncode == 3
    assert "missing-definition" in done.stdout
    assert "failed: 1" in done.stdout
    assert "itb:Invented has no English definition. Give it one skos:definition@en" in done.stdout
    assert "chain-ends-in-event" in done.stdout
    assert "failed: 1" in done.stderr


def test_json_is_one_document_with_every_check(faulty: Path, cache: Path, store: Store) -> None:
    """A script would have to read prose."""
    document = json.loads(itbkg(faulty, cache, "--json").stdout)
    checks = {check["name"]: check for check in document["checks"]}
    assert (document["failed"], document["cases"]) == (1, store.manifest.cases)
    assert checks["missing-definition"]["result"] == "failed"
    assert checks["missing-definition"]["findings"][0]["node"] == "itb:Invented"
    assert checks["labelled"] == {
        "name": "labelled",
        "group": "shape",
        "title": "everything has one label",
        "kind": "failure",
        "result": "passed",
        "findings": [],
    }


def test_reports_do_not_fail(faulty: Path, cache: Path) -> None:
    """A class that waits for its first record would fail the corpus."""
    done = itbkg(faulty, cache, "--only", "unused-class", "--only", "labelled", "--json")
    document = json.loads(done.stdout)
    assert (done.returncode, document["failed"]) == (0, 0)
    assert [(check["name"], check["result"]) for check in document["checks"]] == [
        ("labelled", "passed"),
        ("unused-class", "to look at"),
    ]
    assert document["checks"][1]["kind"] == Kind.REPORT


def test_an_unknown_check_ends_with_4(faulty: Path, cache: Path) -> None:
    """A slip would look like a pass."""
    done = itbkg(faulty, cache, "--only", "labeled")
    assert (done.returncode, done.stdout) == (4, "")
    assert "did you mean 'labelled'" in done.stderr


def test_a_build_folder_is_checked(faulty: Path, cache: Path, tmp_path: Path) -> None:
    """A graph that was built elsewhere could not be checked."""
    environment = os.environ | {"ITBKG_CORPUS": str(faulty), "ITBKG_CACHE": str(cache)}
    subprocess.run([*ITBKG, "build", "--out", str(tmp_path / "g")], capture_output=True, env=environment, check=True)
    done = itbkg(PROJECT, cache, "--graph", str(tmp_path / "g"), "--only", "missing-definition")
    assert done.returncode == 3
    assert "itb:Invented" in done.stdout

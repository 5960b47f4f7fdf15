"""The API's description: valid, whole, as committed, and good enough to make a client from that works."""

import importlib
import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from fastapi.testclient import TestClient
from jsonschema import Draft202012Validator

from itbkg.building import Built, write_folder
from itbkg.settings import Corpus
from itbkg.store import Store
from itbkg_api.app import create_app
from itbkg_api.documents import openapi_json, problems_md
from itbkg_api.kinds import KINDS
from tests.conftest import PROJECT
from tests.serving import served

COMMITTED = PROJECT / "docs" / "openapi.json"
MEND = "make it anew: scripts/docs"
DOCUMENT: dict[str, Any] = json.loads(COMMITTED.read_text("utf-8"))
OPERATIONS: list[tuple[str, str, dict[str, Any]]] = [
    (path, method, operation) for path, methods in DOCUMENT["paths"].items() for method, operation in methods.items()
]
IDS = [operation["operationId"] for _, _, operation in OPERATIONS]


def schema_of(schema: dict[str, Any]) -> Draft202012Validator:
    """Make a validator for a schema of the document."""
    return Draft202012Validator({**schema, "components": DOCUMENT["components"]})


# --- the document ----------------------------------------------------------------------------


def test_the_committed_description_is_current() -> None:
    """A client made from the repository would ask for what the server does not have."""
    assert COMMITTED.read_text("utf-8") == openapi_json(), MEND


def test_the_committed_problems_are_current() -> None:
    """A reader would look up a kind of problem in vain."""
    assert (PROJECT / "docs" / "problems.md").read_text("utf-8") == problems_md(), MEND


def test_the_server_gives_the_committed_description(store: Store, corpus: Corpus) -> None:
    """What is served would be described otherwise than what is committed."""
    assert TestClient(create_app(store, corpus.questions)).get("/openapi.json").json() == DOCUMENT


def test_the_description_is_openapi_3_1() -> None:
    """A tool would refuse the description, or two operations have one name."""
    assert DOCUMENT["openapi"].startswith("3.1.")
    assert len(set(IDS)) == len(IDS)
    for schema in DOCUMENT["components"]["schemas"].values():
        Draft202012Validator.check_schema(schema)


@pytest.mark.parametrize(("path", "method", "operation"), OPERATIONS, ids=IDS)
def test_every_operation_has_an_example(path: str, method: str, operation: dict[str, Any]) -> None:
    """A reader would have to guess what to send, or what comes back."""
    body = operation.get("requestBody", {}).get("content", {})
    answer = operation["responses"].get("200", {}).get("content", {})
    places = [*operation.get("parameters", ()), *body.values(), *answer.values()]
    assert any("example" in place for place in places), (path, method)
    for one in operation.get("parameters", ()):
        if "example" in one:
            schema_of(one["schema"]).validate(one["example"])
    for form in answer.values():
        if "example" in form:
            schema_of(form["schema"]).validate(form["example"])


@pytest.mark.parametrize(("path", "method", "operation"), OPERATIONS, ids=IDS)
def test_every_error_is_described_as_a_problem(path: str, method: str, operation: dict[str, Any]) -> None:
    """A generated client would not know what to make of an error."""
    errors = {status: one for status, one in operation["responses"].items() if status == "default" or status >= "400"}
    assert errors, (path, method)
    assert all([*one["content"]] == ["application/problem+json"] for one in errors.values())


#: Whose JSON is a document of others: OBO Graphs, an export, a Vega-Lite specification.
FOREIGN = {"ontology", "ontologyFile", "export", "timelineChart", "linksChart", "viewChart", "spanChart"}


@pytest.mark.parametrize(("path", "method", "operation"), OPERATIONS, ids=IDS)
def test_every_json_answer_has_a_shape(path: str, method: str, operation: dict[str, Any]) -> None:
    """A generated client would hand out an answer without names."""
    form = operation["responses"].get("200", {}).get("content", {}).get("application/json")
    if form and path != "/sparql" and operation["operationId"] not in FOREIGN:
        assert "$ref" in form["schema"], (path, method)


@pytest.mark.parametrize("path", ["cases", "facets/finding", "publications", "guidance", "alarms", "published", "times",
                                  "times/trigger-to-recovery", "comparison",
                                  "comparison/yoe-1907/deaths-among-people-in-withdrawal",
                                  "questions", "questions/deaths", "terms", "terms/Seizure", "exports", "version",
                                  "service-info", "cases/doe-1901/1", "publications/doe-1901",
                                  "guidance/zoe-1906"])  # fmt: skip
def test_an_answer_has_the_shape_that_is_described(path: str, store: Store, corpus: Corpus) -> None:
    """A generated client would fail on what the server sends."""
    client = TestClient(create_app(store, corpus.questions))
    answer = client.get(f"/api/v1/{path}")
    assert answer.status_code == 200
    names = [name for name in DOCUMENT["paths"] if fits(name, f"/api/v1/{path}")]
    schema = DOCUMENT["paths"][min(names, key=lambda name: name.count("{"))]["get"]["responses"]["200"]
    schema_of(schema["content"]["application/json"]["schema"]).validate(answer.json())


def fits(template: str, path: str) -> bool:
    """Say whether a path is one of a template."""
    parts, names = path.split("/"), template.split("/")
    return len(parts) == len(names) and all(
        name == part or name.startswith("{") for name, part in zip(names, parts, strict=True)
    )


# --- a client made of it -----------------------------------------------------------------------


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Make a Python client of the committed description, as a stranger would; yield the name of its package."""
    folder = tmp_path_factory.mktemp("client")
    command = [sys.executable, "-m", "openapi_python_client", "generate", "--path", str(COMMITTED), "--meta", "none"]
    done = subprocess.run(
        [*command, "--output-path", str(folder / "itbkg_made")], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr
    sys.path.insert(0, str(folder))
    yield "itbkg_made"
    sys.path.remove(str(folder))


@pytest.fixture(scope="module")
def address(built: Built, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Serve the fictional graph on a free loopback port."""
    folder: Path = tmp_path_factory.mktemp("graph")
    write_folder(built, folder)
    with served(folder) as (host, port):
        yield f"http://{host}:{port}"


def part(made: str, name: str) -> ModuleType:
    """Import a module of the made client."""
    return importlib.import_module(f"{made}.{name}")


def test_the_made_client_has_every_operation(made: str) -> None:
    """An operation would be described so that a generator passes it over."""
    folder = Path(str(part(made, "api").__path__[0]))
    there = {path.stem for path in folder.rglob("*.py")}
    named = {"".join(f"_{letter.lower()}" if letter.isupper() else letter for letter in name) for name in IDS}
    assert named <= there


@pytest.fixture(scope="module")
def client(made: str, address: str) -> Iterator[Any]:
    """Open the made client, and close it with its connections."""
    with part(made, "client").Client(base_url=address, raise_on_unexpected_status=True) as client:
        yield client


def test_the_made_client_reads_a_case(made: str, client: Any) -> None:
    """What is described would not be what a client is sent."""
    listed = part(made, "api.cases.cases").sync(
        client=client, cause=["catheter kink"], sort=part(made, "models").CasesSort("year"), limit=1
    )
    assert (listed.total, len(listed.cases)) == (2, 1)
    publication, case = listed.cases[0].id.split("/")
    told = part(made, "api.cases.one_case").sync(publication, case, client=client)
    assert (told.id, told.events) == (listed.cases[0].id, listed.cases[0].events)


def test_the_made_client_reads_an_error(made: str, client: Any) -> None:
    """A client's user would not be told the nearest known word."""
    problem = part(made, "api.cases.cases").sync(client=client, cause=["cathter kink"])
    assert (problem.status, problem.parameter, problem.nearest) == (404, "cause", ["catheter kink"])
    assert problem.type_.rpartition("/")[2] in KINDS


@pytest.mark.parametrize(
    ("module", "given", "total"),
    [
        ("guidance.alarms", {}, 1),
        ("published_numbers.published", {"source": "yoe-1907"}, 6),
        ("guidance.guidance", {"situation": "withdrawal"}, 3),
        ("publications.publications", {}, 5),
    ],
)
def test_the_made_client_reads_lists(made: str, client: Any, module: str, given: dict[str, Any], total: int) -> None:
    """A list would be there that a client cannot read."""
    assert part(made, f"api.{module}").sync(client=client, **given).total == total

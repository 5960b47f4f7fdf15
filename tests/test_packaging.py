"""The wheel and the sdist carry ontology and data, and what is installed works without a checkout."""

import json
import os
import shutil
import subprocess
import sys
import tarfile
import zipfile
from pathlib import Path

import pytest

PROJECT = Path(__file__).resolve().parents[1]
#: What the corpus must hold, below the project.
CORPUS = sorted(
    str(path.relative_to(PROJECT))
    for pattern in ("ontology/*.ttl", "ontology/questions/*.rq", "data/cases/*.yaml", "data/record.schema.json")
    for path in PROJECT.glob(pattern)
)


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Build both archives into a folder."""
    out = tmp_path_factory.mktemp("dist")
    command = [sys.executable, "-m", "hatchling", "build", "-d", str(out)]
    subprocess.run(command, cwd=PROJECT, check=True, capture_output=True)
    return out


@pytest.fixture(scope="module")
def wheel(built: Path) -> zipfile.ZipFile:
    """Open the wheel."""
    return zipfile.ZipFile(next(built.glob("*.whl")))


def modules(top: str) -> set[str]:
    """List the Python files below a folder of the project, by their path below the folder's parent."""
    folder = PROJECT / top
    return {str(path.relative_to(folder.parent)) for path in folder.rglob("*.py")}


def test_there_is_a_corpus() -> None:
    """The lists that are compared here are empty, and every other test passes for nothing."""
    assert {Path(name).suffix for name in CORPUS} == {".ttl", ".rq", ".yaml", ".json"}


def test_wheel_carries_the_corpus(wheel: zipfile.ZipFile) -> None:
    """An installed itbkg lacks a module of the ontology, a question or a record, or has an old one."""
    for name in CORPUS:
        assert wheel.read(f"itbkg/corpus/{name}") == (PROJECT / name).read_bytes()


def test_wheel_holds_all_modules_and_no_other_package(wheel: zipfile.ZipFile) -> None:
    """A module is left out, or tests and scripts get into everybody's Python."""
    names = {name for name in wheel.namelist() if ".dist-info/" not in name}
    assert {name.split("/")[0] for name in names} == {"itbkg", "itbkg_api"}
    assert {name for name in names if name.endswith(".py")} == modules("itbkg") | modules("api/itbkg_api")
    assert {"itbkg/py.typed", "itbkg_api/py.typed"} <= names


def test_wheel_carries_the_pages(wheel: zipfile.ZipFile) -> None:
    """An installed itbkg would fail on its first page, for want of a template or the style sheet."""
    folder = PROJECT / "api" / "itbkg_api" / "pages"
    pages = {path for kind in ("templates", "static") for path in (folder / kind).iterdir()}
    assert pages
    assert {str(path.relative_to(PROJECT / "api")) for path in pages} <= {*wheel.namelist()}


def test_wheel_carries_the_islands(wheel: zipfile.ZipFile) -> None:
    """Charts, editor and drawing would be missing from every installation, or a chunk that another one loads."""
    built = "itbkg_api/pages/built"
    listed = json.loads(wheel.read(f"{built}/manifest.json"))
    assert "src/site.ts" in listed
    names = {f"{built}/{one['file']}" for one in listed.values()}
    assert names | {f"{built}/disk/{one}.js" for one in ("loader", "bundle")} <= {*wheel.namelist()}


def test_it_installs_and_works_without_node(tmp_path: Path) -> None:
    """On a machine without Node nothing could be installed, or pages would ask for scripts that are not there."""
    left = shutil.ignore_patterns("node_modules", "built", "__pycache__")
    for name in ("api", "itbkg", "ontology", "data"):
        shutil.copytree(PROJECT / name, tmp_path / "source" / name, ignore=left)
    for name in ("pyproject.toml", "hatch_build.py", "README.md", "LICENSE", "LICENSE-DATA"):
        shutil.copy(PROJECT / name, tmp_path / "source" / name)
    empty = tmp_path / "empty"
    empty.mkdir()
    command = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(tmp_path / "dist")]
    environment = os.environ | {"PATH": str(empty)}
    run = subprocess.run(command, cwd=tmp_path / "source", env=environment, capture_output=True, text=True, check=True)
    assert "the islands of the pages are not built" in run.stdout + run.stderr
    with zipfile.ZipFile(next((tmp_path / "dist").glob("*.whl"))) as wheel:
        assert not [name for name in wheel.namelist() if "/built/" in name]
        wheel.extractall(tmp_path / "site")
    told = installed(tmp_path, "from itbkg.cli import main; main()", "doctor", "--json")
    signs = {sign["what"]: sign for sign in json.loads(told)}
    assert signs["islands of the pages"]["state"] == "missing"
    assert "the pages work without" in signs["islands of the pages"]["mend"]
    assert "<h1>" in installed(tmp_path, _FIRST_PAGE)
    assert "<script" not in installed(tmp_path, _FIRST_PAGE)


#: Writes the first page as an installation gives it.
_FIRST_PAGE = """
from itbkg.building import build_in_memory
from itbkg.settings import packaged_corpus
from itbkg_api.app import create_app
from itbkg_api.offline.asking import Asker
corpus = packaged_corpus()
with Asker(create_app(build_in_memory(corpus), corpus.questions)) as asker:
    print(asker.get("/data").body.decode())
"""


def installed(folder: Path, script: str, *arguments: str) -> str:
    """Run Python with what was unpacked from a wheel; return what it says."""
    environment = os.environ | {"PYTHONPATH": str(folder / "site"), "ITBKG_CACHE": str(folder / "cache")}
    environment.pop("ITBKG_CORPUS", None)
    command = [sys.executable, "-c", script, *arguments]
    return subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True, check=True).stdout


def test_wheel_carries_the_licences(wheel: zipfile.ZipFile) -> None:
    """Code or data go out without their licence."""
    assert {"LICENSE", "LICENSE-DATA"} <= {Path(name).name for name in wheel.namelist()}


def test_sdist_carries_everything(built: Path) -> None:
    """The source archive lacks ontology, data, code or tests, or holds what was compiled here."""
    with tarfile.open(next(built.glob("*.tar.gz"))) as sdist:
        names = {name.split("/", 1)[1] for name in sdist.getnames()}
    own = {f"tests/{Path(__file__).name}", "README.md", "LICENSE", "LICENSE-DATA", "pyproject.toml"}
    assert {*CORPUS, *own, *modules("itbkg"), *(f"api/{name}" for name in modules("api/itbkg_api"))} <= names
    assert not [name for name in names if "__pycache__" in name or ".git/" in name]


def test_installed_itbkg_answers(wheel: zipfile.ZipFile, tmp_path: Path) -> None:
    """What is installed from the wheel needs the checkout to find its corpus."""
    wheel.extractall(tmp_path / "site")
    script = "import itbkg, sys; from itbkg.cli import main; sys.stderr.write(itbkg.__file__); main()"
    command = [sys.executable, "-c", script, "ask", "cause-and-outcome", "--csv"]
    environment = os.environ | {"PYTHONPATH": str(tmp_path / "site"), "ITBKG_CACHE": str(tmp_path / "cache")}
    environment.pop("ITBKG_CORPUS", None)
    run = subprocess.run(command, cwd=tmp_path, env=environment, capture_output=True, text=True, check=True)
    assert str(tmp_path / "site") in run.stderr
    assert "programming error led to pump stopped" in run.stdout

"""What an export of many cases takes of memory: a bounded part, however many they are."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from itbkg.building import Built
from tests.many import many_cases

FORMATS = ("nquads", "parquet", "kgx-tsv")
FEW, MANY = 50, 500
#: A list of the quads of the further cases would take some 15 MB, of their lines 25 MB.
MOST = 7_000_000


def taken(built: Built, size: int, folder: Path) -> dict[str, int]:
    """Export so many cases in a process of its own; return the memory that each format took."""
    given, nquads, out = (folder / f"{name}-{size}" for name in ("manifest", "cases", "out"))
    given.write_text(built.manifest.to_json(), "utf-8")
    with nquads.open("wb") as file:
        file.writelines(many_cases(built.nquads, "moe-1904/1", size))
    out.mkdir()
    command = [sys.executable, "-m", "tests.exported_memory", *map(str, (given, nquads, out)), *FORMATS]
    done = subprocess.run(command, stdout=subprocess.PIPE, text=True, check=True, cwd=Path(__file__).parents[1])
    found: dict[str, int] = json.loads(done.stdout)
    return found


@pytest.fixture(scope="module")
def risen(built: Built, tmp_path_factory: pytest.TempPathFactory) -> dict[str, int]:
    """Say for each format how much more memory many cases took than few."""
    folder = tmp_path_factory.mktemp("many")
    few, many = (taken(built, size, folder) for size in (FEW, MANY))
    return {name: many[name] - few[name] for name in FORMATS}


@pytest.mark.parametrize("name", FORMATS)
def test_memory_does_not_grow_with_the_cases(risen: dict[str, int], name: str) -> None:
    """An export holds all quads, lines, rows or nodes at once: a large corpus cannot be exported."""
    assert risen[name] < MOST

"""A build that is killed leaves the earlier build or the new one, whole, and the next build sweeps what it left."""

import hashlib
import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from itbkg.building import Built, write_folder
from itbkg.settings import Corpus
from itbkg.store import Store
from itbkg.store.folder import CURRENT
from itbkg.store.manifest import DATASET, FileDigest

KILLS = 50
#: Builds in memory, then for every line forks a child that writes the build into a folder over and over, and kills it
#: after the seconds of that line. It answers with the child's signal.
WRITER = """
import os, signal, sys, time
from pathlib import Path
from itbkg.building import build, write_folder
from itbkg.settings import Corpus

built = build(Corpus(Path(sys.argv[2])))

def kill_after(seconds):
    child = os.fork()
    if child == 0:
        while True:
            write_folder(built, Path(sys.argv[1]))
    time.sleep(seconds)
    os.kill(child, signal.SIGKILL)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])

print("ready", flush=True)
for line in sys.stdin:
    print(kill_after(float(line)), flush=True)
"""
#: Writes one build and kills itself at the nth change of the file system that is named on the command line.
SUICIDE = """
import os, signal, sys
from pathlib import Path
from itbkg.building import build, write_folder
from itbkg.settings import Corpus

built = build(Corpus(Path(sys.argv[2])))
CHANGES = ("os.rename", "os.symlink", "os.remove", "os.rmdir", "os.mkdir")

def run(last):
    seen = 0
    def watch(event, arguments):
        nonlocal seen
        if event in CHANGES:
            seen += 1
            if seen == last:
                os.kill(os.getpid(), signal.SIGKILL)
    sys.addaudithook(watch)
    write_folder(built, Path(sys.argv[1]))

print("ready", flush=True)
for line in sys.stdin:
    child = os.fork()
    if child == 0:
        run(int(line))
        os._exit(0)
    print(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]), flush=True)
"""
BUILD_COMMAND = "import sys; from itbkg.cli import main; sys.argv[1:] = ['build', '--out', {out!r}]; main()"


@pytest.fixture(scope="module")
def earlier(built: Built) -> Built:
    """Make the earlier graph: a small one, so that it is soon written again."""
    nquads = b"".join(built.nquads.splitlines(keepends=True)[:50])
    files = {DATASET: FileDigest(len(nquads), hashlib.sha256(nquads).hexdigest())}
    return Built(nquads, replace(built.manifest, quads=50, files=files))


@pytest.fixture(scope="module")
def whole(corpus: Corpus, tmp_path_factory: pytest.TempPathFactory) -> float:
    """Measure once how many seconds the command takes for a whole build."""
    begun = time.monotonic()
    subprocess.run(**_command(corpus, tmp_path_factory.mktemp("whole") / "graph"), check=True, capture_output=True)
    return time.monotonic() - begun


def _command(corpus: Corpus, out: Path) -> dict[str, Any]:
    command = [sys.executable, "-c", BUILD_COMMAND.format(out=str(out))]
    return {"args": command, "env": os.environ | {"ITBKG_CORPUS": str(corpus.root)}}


@pytest.fixture
def folder(earlier: Built, tmp_path: Path) -> Path:
    """Write the earlier build into a folder."""
    out = tmp_path / "graph"
    write_folder(earlier, out)
    return out


def _talk(script: str, *arguments: Path) -> Iterator[Callable[[object], int]]:
    """Start a script that answers each line with an exit code, and give the way to ask it."""
    command = [sys.executable, "-c", script, *map(str, arguments)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        asked, answers = process.stdin, process.stdout
        assert answers.readline() == "ready\n"

        def ask(line: object) -> int:
            asked.write(f"{line}\n")
            asked.flush()
            return int(answers.readline())

        yield ask
        asked.close()


@pytest.fixture
def kill_after(folder: Path, corpus: Corpus) -> Iterator[Callable[[object], int]]:
    """Start the process that writes builds and kills them."""
    yield from _talk(WRITER, folder, corpus.root)


@pytest.fixture
def kill_at(folder: Path, corpus: Corpus) -> Iterator[Callable[[object], int]]:
    """Start the process that writes builds which kill themselves."""
    yield from _talk(SUICIDE, folder, corpus.root)


def assert_whole(folder: Path, *allowed: Built) -> None:
    """Open the folder, which verifies every byte, and hold it against the builds that it may be."""
    store = Store.open(folder)
    assert store.manifest in [built.manifest for built in allowed]
    store.close()


def assert_swept(folder: Path) -> None:
    """Hold the folder against the link and one generation."""
    assert sorted(path.name for path in folder.iterdir()) == sorted([CURRENT, os.readlink(folder / CURRENT)])


def moments(whole: float) -> Iterator[float]:
    """Draw moments of a build: half of them anywhere, half in its last part, where it is renamed into place."""
    draw = random.Random(19010)
    for count in range(KILLS):
        yield whole * (draw.uniform(0.0, 1.0) if count % 2 else draw.uniform(0.8, 1.2))


def test_killed_at_fifty_moments(
    folder: Path, kill_after: Callable[[object], int], earlier: Built, built: Built
) -> None:
    """A SIGKILL at some moment of writing costs the earlier build, or leaves bytes that stay."""
    begun = time.monotonic()
    write_folder(built, folder)
    for seconds in moments(time.monotonic() - begun):
        write_folder(earlier, folder)
        assert_swept(folder)
        assert kill_after(seconds) == -signal.SIGKILL
        assert_whole(folder, earlier, built)


def test_killed_at_every_change_of_the_file_system(
    folder: Path, kill_at: Callable[[object], int], earlier: Built, built: Built
) -> None:
    """A SIGKILL between two certain steps, such as the rename and the link, leaves no build."""
    for change in range(1, 100):
        write_folder(earlier, folder)
        assert_swept(folder)
        ended = kill_at(change)
        assert_whole(folder, earlier, built)
        if ended == 0:
            break
    assert ended == 0
    assert change > 8
    assert_swept(folder)


@pytest.mark.parametrize("fraction", [0.5, 0.8, 0.9, 0.97])
def test_killed_command(
    fraction: float, whole: float, folder: Path, corpus: Corpus, earlier: Built, built: Built
) -> None:
    """A SIGKILL of `itbkg build`, from reading to renaming, costs the earlier build."""
    with subprocess.Popen(**_command(corpus, folder), stdout=subprocess.DEVNULL) as process:
        time.sleep(whole * fraction)
        process.kill()
    assert_whole(folder, earlier, built)
    write_folder(built, folder)
    assert_whole(folder, built)
    assert_swept(folder)

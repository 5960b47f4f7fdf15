"""Programs of others from npm that read our exports back, each in a folder of its own below .cache/."""

import fcntl
import hashlib
import shutil
import subprocess
from pathlib import Path

from tests.consumers import FOLDER

#: The file that says that a folder is whole.
_WHOLE = "whole"


def npm_consumer(name: str, *packages: str) -> Path:
    """Return a folder in which Node finds these packages, such as `cytoscape@3.34.4`; made once, and kept.

    Two processes that want one at once do not make it twice: one waits for the other.
    """
    folder = FOLDER / f"{name}-{hashlib.sha256(' '.join(packages).encode()).hexdigest()[:12]}"
    FOLDER.mkdir(parents=True, exist_ok=True)
    with (FOLDER / f".{folder.name}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not (folder / _WHOLE).is_file():
            shutil.rmtree(folder, ignore_errors=True)
            folder.mkdir()
            _run(["npm", "install", "--prefix", str(folder), "--no-audit", "--no-fund", "--ignore-scripts", *packages])
            (folder / _WHOLE).write_text("\n".join(packages), "utf-8")
    return folder


def run_node(folder: Path, script: str, *arguments: str | Path) -> str:
    """Run a script that may `require` the packages of a folder, and return what it prints."""
    path = folder / f"{hashlib.sha256(script.encode()).hexdigest()[:12]}.cjs"
    path.write_text(script, "utf-8")
    return _run(["node", str(path), *map(str, arguments)])


def _run(command: list[str]) -> str:
    done = subprocess.run(command, capture_output=True, text=True, timeout=300, check=False)
    assert done.returncode == 0, done.stdout[-2000:] + done.stderr[-4000:]
    return done.stdout

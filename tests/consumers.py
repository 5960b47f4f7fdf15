"""Programs of others that read our exports back, each in an environment of its own below .cache/.

Their requirements clash with ours or with each other, or their licence must not come near the product. An environment
is made once, by venv and pip, and kept: when it is there, nothing is fetched.
"""

import fcntl
import hashlib
import subprocess
import sys
import venv
from pathlib import Path

from tests.conftest import PROJECT

FOLDER = PROJECT / ".cache" / "consumers"
#: The file that says that an environment is whole.
_WHOLE = "whole"


def consumer(name: str, *requirements: str) -> Path:
    """Return the Python of an environment that has these requirements, such as `frictionless==5.18.1`.

    The folder is named after them and this Python, so that a change of either makes another. Of two processes that want
    one at once, one makes it and the other waits.
    """
    told = "\n".join((sys.version, *requirements))
    folder = FOLDER / f"{name}-{hashlib.sha256(told.encode()).hexdigest()[:12]}"
    python = folder / "bin" / "python"
    if not (folder / _WHOLE).is_file():
        FOLDER.mkdir(parents=True, exist_ok=True)
        with (FOLDER / f".{folder.name}.lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            if not (folder / _WHOLE).is_file():
                _make(folder, python, requirements)
    return python


def consume(python: Path, script: str, *arguments: str | Path, seconds: int = 120) -> str:
    """Run a script in an environment and return what it prints; AssertionError, with what it says, where it fails."""
    command = [str(python), "-c", script, *map(str, arguments)]
    done = subprocess.run(command, capture_output=True, text=True, timeout=seconds, check=False)
    assert done.returncode == 0, done.stdout[-2000:] + done.stderr[-4000:]
    return done.stdout


def _make(folder: Path, python: Path, requirements: tuple[str, ...]) -> None:
    venv.create(folder, clear=True, with_pip=True)
    command = [str(python), "-m", "pip", "install", "--quiet", "--disable-pip-version-check", *requirements]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr[-4000:]
    (folder / _WHOLE).write_text("\n".join(requirements), "utf-8")

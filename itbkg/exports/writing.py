"""Write a file whole or not at all."""

import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from itbkg.errors import ExportError


def write_whole(path: Path, content: bytes) -> None:
    """Write aside in the same folder, then rename: a reader sees the old file or the new one (rename(2) is atomic).

    Raises ExportError, with the system's reason, where that fails; what stood at `path` is then as it was.
    """
    aside = path.with_name(f".{path.name}.{secrets.token_hex(8)}.partial")
    with _telling(path):
        try:
            _write(aside, content)
            aside.replace(path)
        finally:
            aside.unlink(missing_ok=True)


def make_folder(path: Path) -> None:
    """Make a folder and those above it where they are missing; ExportError where that fails."""
    with _telling(path):
        path.mkdir(parents=True, exist_ok=True)


def remove(path: Path) -> None:
    """Remove a file; ExportError where that fails."""
    with _telling(path):
        path.unlink()


def _write(path: Path, content: bytes) -> None:
    with path.open("xb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())


@contextmanager
def _telling(path: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise ExportError(path, error.strerror or str(error)) from error

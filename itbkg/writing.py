"""Write a file, or a folder, whole or not at all."""

import os
import secrets
import shutil
import zipfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO, TypeVar

from itbkg.errors import ExportError

#: What stands aside until it is whole begins and ends so.
_ASIDE, _PARTIAL = ".", ".partial"
#: The time of every member of an archive: the first that a zip can hold.
_EPOCH = (1980, 1, 1, 0, 0, 0)

Said = TypeVar("Said")


def write_whole(path: Path, content: bytes) -> None:
    """Write a file of which all bytes are there; as `write_stream` does."""
    write_stream(path, lambda file: file.write(content))


def write_stream(path: Path, write: Callable[[BinaryIO], Said]) -> Said:
    """Write aside in the same folder, then rename: a reader sees the old file or the new one (rename(2) is atomic).

    Returns what `write` returns. Raises ExportError, with the system's reason, where that fails; what stood at `path`
    is then as it was, and so it is where the process is killed.
    """
    aside = _aside(path)
    with telling(path):
        try:
            with aside.open("xb") as file:
                said = write(file)
                file.flush()
                os.fsync(file.fileno())
            aside.replace(path)
            return said
        finally:
            aside.unlink(missing_ok=True)


def write_folder_whole(path: Path, fill: Callable[[Path], Said]) -> Said:
    """Fill a folder aside, bring it to the disk, then rename it; there is no folder of that name, or an empty one.

    Returns what `fill` returns. Raises ExportError where that fails, or where something stands at `path`; nothing is
    then left of the new folder. Where the process is killed, what stands aside has a name that begins with a dot.
    """
    aside = _aside(path)
    with telling(path):
        if path.is_file() or (path.is_dir() and any(path.iterdir())):
            raise ExportError(path, "something is there already and it is not replaced")
        path.parent.mkdir(parents=True, exist_ok=True)
        try:
            aside.mkdir()
            said = fill(aside)
            _sync(aside)
            aside.rename(path)
            return said
        finally:
            shutil.rmtree(aside, ignore_errors=True)


def write_zip(file: BinaryIO, folder: Path) -> None:
    """Write the files of a folder as a zip, sorted by name, with one fixed time: its bytes are always the same."""
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for path in sorted(one for one in folder.rglob("*") if one.is_file()):
            member = zipfile.ZipInfo(path.relative_to(folder).as_posix(), _EPOCH)
            member.compress_type, member.external_attr = zipfile.ZIP_DEFLATED, 0o644 << 16
            with path.open("rb") as source, archive.open(member, "w", force_zip64=True) as target:
                shutil.copyfileobj(source, target)


def make_folder(path: Path) -> None:
    """Make a folder and those above it where they are missing; ExportError where that fails."""
    with telling(path):
        path.mkdir(parents=True, exist_ok=True)


def remove(path: Path) -> None:
    """Remove a file; ExportError where that fails."""
    with telling(path):
        path.unlink()


@contextmanager
def telling(path: Path) -> Iterator[None]:
    """Make an ExportError of what the system says."""
    try:
        yield
    except OSError as error:
        raise ExportError(path, error.strerror or str(error)) from error


def _aside(path: Path) -> Path:
    return path.with_name(f"{_ASIDE}{path.name}.{secrets.token_hex(8)}{_PARTIAL}")


def _sync(folder: Path) -> None:
    for path in (*folder.rglob("*"), folder):
        descriptor = os.open(path, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)

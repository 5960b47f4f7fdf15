"""The build folder: generations beside each other, and a link `current` to the one that counts.

A generation is written aside as `.partial-*`, renamed to `build-*` when it is whole, and counts from the moment in
which the link is replaced (rename(2) is atomic). A build that dies leaves the link as it was; the next one removes
what it left. Who reads a generation holds a shared lock on it, so that it is not removed under a reader.
"""

import fcntl
import os
import re
import secrets
import shutil
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from itbkg.errors import BuildBusyError, BuildFolderError

CURRENT = "current"
MEND = "build it with 'itbkg build --out', or name another folder"
_OWN_LINK = re.compile(r"current|\.link-[0-9a-f]{16}")
_OWN_FOLDER = re.compile(r"(?:\.partial|build)-[0-9a-f]{16}")


@contextmanager
def generation(out: Path) -> Iterator[Path]:
    """Give an empty folder to fill; on leaving without an error it becomes the current generation of `out`.

    Raises BuildFolderError where `out` holds anything that no build put there, BuildBusyError where another
    build is at work.
    """
    _prepare(out)
    with _locked(out):
        _refuse_foreign(out)
        _sweep(out)
        aside = out / f".partial-{secrets.token_hex(8)}"
        aside.mkdir()
        try:
            yield aside
            _promote(out, aside)
        finally:
            shutil.rmtree(aside, ignore_errors=True)
        _sweep(out)


def hold_current(out: Path) -> tuple[Path, int]:
    """Return the current generation, and a descriptor with a shared lock on it; close it to let go.

    Begins again where a build replaces the generation meanwhile. BuildFolderError, with the reason, where none is.
    """
    while True:
        name = _current_name(out)
        with suppress(FileNotFoundError):
            held = _hold(out / name)
            if _current_name(out) == name:
                return out / name, held
            os.close(held)
        if _current_name(out) == name:
            raise BuildFolderError(out, f"its build {name} is gone", MEND)


def _current_name(out: Path) -> str:
    if not out.is_dir():
        raise BuildFolderError(out, "there is no such folder", MEND)
    if not (out / CURRENT).is_symlink():
        raise BuildFolderError(out, "no finished build is in this folder", MEND)
    return os.readlink(out / CURRENT)


def _hold(folder: Path) -> int:
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    fcntl.flock(descriptor, fcntl.LOCK_SH)
    return descriptor


def _prepare(out: Path) -> None:
    if out.exists() and not out.is_dir():
        raise BuildFolderError(out, "this is a file", "name a folder to build into")
    out.mkdir(parents=True, exist_ok=True)


def _refuse_foreign(out: Path) -> None:
    foreign = sorted(path.name for path in out.iterdir() if not _is_own(path))
    if foreign:
        raise BuildFolderError(out, f"it holds '{foreign[0]}', which no build put there", "name an empty or new folder")


def _is_own(path: Path) -> bool:
    """Say whether a build made this: what merely has such a name is not swept away."""
    if path.is_symlink():
        return _OWN_LINK.fullmatch(path.name) is not None
    return path.is_dir() and _OWN_FOLDER.fullmatch(path.name) is not None


@contextmanager
def _locked(out: Path) -> Iterator[None]:
    descriptor = os.open(out, os.O_RDONLY | os.O_DIRECTORY)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        yield
    except BlockingIOError as error:
        raise BuildBusyError(out) from error
    finally:
        os.close(descriptor)


def _promote(out: Path, aside: Path) -> None:
    """Make `aside` the current generation: everything is on the disk before the link says so."""
    _sync(aside)
    name = aside.name.removeprefix(".partial-")
    final = out / f"build-{name}"
    aside.rename(final)
    link = out / f".link-{name}"
    link.symlink_to(final.name)
    link.replace(out / CURRENT)
    _sync_one(out)


def _sync(folder: Path) -> None:
    for path in sorted(folder.rglob("*")):
        _sync_one(path)
    _sync_one(folder)


def _sync_one(path: Path) -> None:
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _sweep(out: Path) -> None:
    """Remove what earlier builds left, but for the current generation and any that is being read."""
    keep = (out / CURRENT).readlink().name if (out / CURRENT).is_symlink() else None
    for path in out.iterdir():
        if path.name in (CURRENT, keep):
            continue
        if path.is_symlink():
            path.unlink()
        elif not _is_read(path):
            shutil.rmtree(path, ignore_errors=True)


def _is_read(folder: Path) -> bool:
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        with suppress(BlockingIOError):
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
            return False
        return True
    finally:
        os.close(descriptor)

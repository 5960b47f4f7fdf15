"""The forms of a lesson found by name, and lessons written to files: aside first, so that a file is whole or as it was."""

import os
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import BinaryIO

from itbkg.errors import ExportError, ExportFormatError
from itbkg.teaching.formats import FORMATS
from itbkg.teaching.formats.form import Format
from itbkg.teaching.lesson import Lesson


def all_formats() -> Mapping[str, Format]:
    """Return the forms there are, by name."""
    return FORMATS


def find_format(name: str) -> Format:
    """Find a form by its name; ExportFormatError, with those there are, for any other."""
    if name not in FORMATS:
        raise ExportFormatError("teaching case", f"'{name}' is no form", tuple(FORMATS))
    return FORMATS[name]


def write_lesson(form: Format, lesson: Lesson, path: Path) -> Path:
    """Write a lesson to a file, or into a folder that is there under its id; ExportError where that cannot be."""
    file = path / f"{lesson.id}{form.ending}" if path.is_dir() else path
    write_aside(file, lambda stream: form.write(lesson, stream))
    return file


def write_aside(path: Path, write: Callable[[BinaryIO], None]) -> None:
    """Write a file aside and rename it; ExportError, with what stood there left as it was, where that fails."""
    aside = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        with aside.open("wb") as stream:
            write(stream)
        aside.replace(path)
    except OSError as error:
        raise ExportError(path, error.strerror or str(error)) from error
    finally:
        aside.unlink(missing_ok=True)

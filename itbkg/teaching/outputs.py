"""The forms of a lesson found by name, and lessons written to files, each whole or not at all."""

from collections.abc import Mapping
from pathlib import Path

from itbkg.errors import ExportFormatError
from itbkg.teaching.formats import FORMATS
from itbkg.teaching.formats.form import Format
from itbkg.teaching.lesson import Lesson
from itbkg.writing import write_stream


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
    write_stream(file, lambda stream: form.write(lesson, stream))
    return file

"""The forms of a teaching case: each module writes one or a few, out of a lesson and nothing else.

A module is read when one of its forms is first asked for, so that the names cost nothing.
"""

from collections.abc import Iterator, Mapping
from importlib import import_module

from itbkg.errors import ExportFormatError
from itbkg.teaching.formats.form import Format

__all__ = ["FORMATS", "Format", "named"]

#: Which module of this package writes a form; each lists its own under FORMS.
_MODULES = {
    "html": "player",
    "handout-html": "handout",
    "guide-html": "handout",
    "handout-pdf": "pdf",
    "guide-pdf": "pdf",
    "md": "markdown",
    "pptx": "slides",
    "anki": "anki",
    "gift": "gift",
    "moodle-xml": "moodle",
    "h5p": "h5p",
    "qti": "qti",
}


class _Forms(Mapping[str, Format]):
    """All forms by name, in the order in which they are told."""

    def __getitem__(self, name: str) -> Format:
        forms: tuple[Format, ...] = import_module(f"{__name__}.{_MODULES[name]}").FORMS
        return next(form for form in forms if form.name == name)

    def __iter__(self) -> Iterator[str]:
        return iter(_MODULES)

    def __len__(self) -> int:
        return len(_MODULES)

    def __contains__(self, name: object) -> bool:
        return name in _MODULES


FORMATS: Mapping[str, Format] = _Forms()


def named(name: str) -> Format:
    """Return the form of a name; ExportFormatError, with all names, where there is none."""
    if name not in FORMATS:
        raise ExportFormatError("teaching case", f"there is no form '{name}'", tuple(FORMATS))
    return FORMATS[name]

"""What a format of the graph is: a name, what a reader should know of it, and a writer that says what it lost."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, Literal

from itbkg.exports.selection import Selection

#: `full`: all that the format has a place for. `simple`: scalars only. Empty where a format has one profile.
Profile = Literal["full", "simple", ""]


@dataclass(frozen=True, slots=True)
class Loss:
    """Something that a format cannot hold: `what` in plain words, and how many of it the exported part has."""

    what: str
    count: int


Losses = tuple[Loss, ...]


@dataclass(frozen=True, slots=True)
class FileFormat:
    """A format of one file.

    `title` names it in plain words, `ending` begins with a dot. `write` streams the selection into a binary file, the
    same bytes each time, and returns what was lost.
    """

    name: str
    title: str
    media_type: str
    ending: str
    profile: Profile
    write: Callable[[Selection, BinaryIO], Losses]


@dataclass(frozen=True, slots=True)
class FolderFormat:
    """A format of several files: `write` fills an empty folder. Over HTTP it goes out as a zip."""

    name: str
    title: str
    profile: Profile
    write: Callable[[Selection, Path], Losses]
    media_type: str = "application/zip"
    ending: str = ".zip"


Format = FileFormat | FolderFormat

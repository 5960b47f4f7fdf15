"""What a form of a teaching case is: its names, and how lessons are written in it."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import BinaryIO

from itbkg.teaching.lesson import Lesson


@dataclass(frozen=True, slots=True)
class Format:
    """A form that a lesson is written in; `ending` begins with its dot, `write_many` puts several into one file."""

    name: str
    title: str
    media_type: str
    ending: str
    write: Callable[[Lesson, BinaryIO], None]
    write_many: Callable[[Sequence[Lesson], BinaryIO], None] | None = None

"""A deck for Anki: a note per question and per key fact, with the answer, the feedback and the sources on the back.

Deck, note types and notes have ids made of the ids of lesson, question and fact, so that a later deck updates the notes
of an earlier one and what was learned is kept. Anki tells old from new by a note's time of change. A deck holds no
time, for its bytes depend on its content alone; in its place stands a number that grows with the version of itbkg and
differs where the content of the note differs. So the deck of a later version updates whatever the import is set to.
Within one version choose "Update notes: always" in the import, which Anki remembers ("if newer" leaves about half of
what changed), or write the deck with a `moment`.

Written by genanki in the form that all versions of Anki, AnkiDroid and AnkiMobile read.
"""

from collections.abc import Sequence
from typing import BinaryIO

from itbkg.errors import MissingExtraError
from itbkg.teaching.formats.form import Format
from itbkg.teaching.lesson import Lesson


def write(lesson: Lesson, file: BinaryIO) -> None:
    """Write a lesson as a deck; MissingExtraError where genanki is not installed."""
    write_many((lesson,), file)


def write_many(lessons: Sequence[Lesson], file: BinaryIO, moment: int | None = None) -> None:
    """Write lessons as one package, a deck for each.

    `moment`, in seconds since 1970, is when all notes count as last changed. Raises MissingExtraError where genanki is
    not installed.
    """
    try:
        from itbkg.teaching.formats.ankideck import pack  # noqa: PLC0415 - an extra
    except ImportError as error:
        raise MissingExtraError("genanki", "teaching", "a deck for Anki") from error
    file.write(pack(lessons, moment))


FORMS = (Format("anki", "Anki deck", "application/apkg", ".apkg", write, write_many),)

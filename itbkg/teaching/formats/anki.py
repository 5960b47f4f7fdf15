"""A deck for Anki: a note per question and per key fact, with the answer, the feedback and the sources on the back.

Deck, note types and notes have ids made of the ids of lesson, question and fact, so that the deck of a later day
updates the notes of an earlier one and keeps what was learned. Anki's import updates a note "if newer" unless told
otherwise; the deck's bytes depend on its content alone, so its notes count as changed when the version of itbkg is a
later one. Within one version choose "Update notes: always" in the import (Anki remembers it), or give `moment`.

Written by genanki in the form that all versions of Anki, AnkiDroid and AnkiMobile read.
"""

import hashlib
import io
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, BinaryIO

from itbkg import __version__
from itbkg.errors import MissingExtraError
from itbkg.teaching.formats.ankicards import BASIC, CLOZE, Card, cards
from itbkg.teaching.formats.form import Format
from itbkg.teaching.formats.quiz import clean, opening_html
from itbkg.teaching.formats.zips import read_members, write_members
from itbkg.teaching.lesson import Lesson

if TYPE_CHECKING:
    import genanki

#: Where the ids of Anki's decks may lie for every version of it, and seconds at which versions of itbkg begin to count.
_LOWEST_ID, _IDS = 1 << 30, 1 << 30
_FIRST_MOMENT = 1_000_000_000
_STYLE = ".card { font: 20px sans-serif; text-align: left; } .safety, .case { font-size: 14px; opacity: .8; }"
_BACK = '{{FrontSide}}<hr id="answer">{{Answer}}{{Why}}<p class="safety">{{Safety}}</p>'
_FRONT = '<p class="case">{{Case}}</p>{{Prompt}}{{Options}}'
_CLOZE_FRONT = '<p class="case">{{Case}}</p>{{cloze:Text}}'
_CLOZE_BACK = f'{_CLOZE_FRONT}<hr id="answer">{{{{Why}}}}<p class="safety">{{{{Safety}}}}</p>'


def write(lesson: Lesson, file: BinaryIO) -> None:
    """Write a lesson as a deck; MissingExtraError where genanki is not installed."""
    write_many((lesson,), file)


def write_many(lessons: Sequence[Lesson], file: BinaryIO, moment: float | None = None) -> None:
    """Write lessons as one package, a deck for each.

    `moment` is when the notes count as last changed, in seconds since 1970; by default it follows from the version of
    itbkg. Raises MissingExtraError where genanki is not installed.
    """
    library = _library()
    models = {BASIC: _basic(library), CLOZE: _cloze(library)}
    decks = [_deck(library, lesson, models) for lesson in lessons]
    packed = io.BytesIO()
    library.Package(decks).write_to_file(packed, timestamp=_moment(__version__) if moment is None else moment)
    write_members(file, read_members(packed.getvalue()))


def _moment(version: str) -> float:
    """Count versions as seconds, a later one higher: 0.1.0 is 1000 after the first moment."""
    numbers = [int("".join(filter(str.isdecimal, part)) or 0) for part in (*version.split("."), "0", "0")[:3]]
    return float(_FIRST_MOMENT + (numbers[0] * 1000 + numbers[1]) * 1000 + numbers[2])


def _deck(library: "genanki", lesson: Lesson, models: dict[str, "genanki.Model"]) -> "genanki.Deck":
    name = f"itbkg teaching cases::{clean(lesson.id)}"
    deck = library.Deck(_number("deck", lesson.id), name, opening_html(lesson))
    for note in _notes(library, lesson, models):
        deck.add_note(note)
    return deck


def _notes(library: "genanki", lesson: Lesson, models: dict[str, "genanki.Model"]) -> Iterator["genanki.Note"]:
    return (_note(library, models[card.kind], card, place) for place, card in enumerate(cards(lesson)))


def _note(library: "genanki", model: "genanki.Model", card: Card, place: int) -> "genanki.Note":
    """Make a note; new cards are learned in the order of the lesson."""
    return library.Note(model=model, fields=list(card.fields), guid=_digest(*card.ids)[:16], due=place, tags=["itbkg"])


def _basic(library: "genanki") -> "genanki.Model":
    fields = ("Id", "Case", "Prompt", "Options", "Answer", "Why", "Safety")
    return _model(library, "itbkg question", fields, _FRONT, _BACK, library.Model.FRONT_BACK)


def _cloze(library: "genanki") -> "genanki.Model":
    fields = ("Id", "Case", "Text", "Why", "Safety")
    return _model(library, "itbkg fact", fields, _CLOZE_FRONT, _CLOZE_BACK, library.Model.CLOZE)


def _model(library: "genanki", name: str, fields: Sequence[str], front: str, back: str, kind: int) -> "genanki.Model":
    return library.Model(
        _number("note type", name),
        name,
        fields=[{"name": field} for field in fields],
        templates=[{"name": name, "qfmt": front, "afmt": back}],
        css=_STYLE,
        model_type=kind,
    )


def _number(*ids: str) -> int:
    """Make a number of ids that stays the same and that no other deck is likely to have."""
    return _LOWEST_ID + int(_digest(*ids), 16) % _IDS


def _digest(*ids: str) -> str:
    return hashlib.sha256("\0".join(("itbkg", *map(clean, ids))).encode()).hexdigest()


def _library() -> "genanki":
    try:
        import genanki  # noqa: PLC0415 - an extra
    except ImportError as error:
        raise MissingExtraError("genanki", "teaching", "a deck for Anki") from error
    return genanki


FORMS = (Format("anki", "Anki deck", "application/apkg", ".apkg", write, write_many),)

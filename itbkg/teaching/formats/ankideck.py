"""Decks made with genanki: ids that stay, templates, and the numbers by which Anki tells what changed."""

import hashlib
import io
from collections.abc import Iterator, Sequence

import genanki

from itbkg import __version__
from itbkg.teaching.formats.ankicards import BASIC, CLOZE, Card, cards
from itbkg.teaching.formats.quiz import clean, opening_html
from itbkg.teaching.formats.zips import read_members, write_members
from itbkg.teaching.lesson import Lesson

#: Where the ids of decks and note types may lie for every version of Anki.
_LOWEST_ID, _IDS = 1 << 30, 1 << 30
#: Ids of notes count up from here; an import gives others where one is taken.
_FIRST_NOTE = 1_000_000_000
#: Changes that a version of a note can be told by; version and change together fit the 32 bits that Anki keeps.
_CHANGES = 1 << 15
_BASE = 100
_STYLE = ".card { font: 20px sans-serif; text-align: left; } .safety, .case { font-size: 14px; opacity: .8; }"
_FRONT = '<p class="case">{{Case}}</p>{{Prompt}}{{Options}}'
_BACK = '{{FrontSide}}<hr id="answer">{{Answer}}{{Why}}<p class="safety">{{Safety}}</p>'
_CLOZE_FRONT = '<p class="case">{{Case}}</p>{{cloze:Text}}'
_CLOZE_BACK = f'{_CLOZE_FRONT}<hr id="answer">{{{{Why}}}}<p class="safety">{{{{Safety}}}}</p>'


class _Note(genanki.Note):  # type: ignore[misc]
    """A note with a time of change of its own; genanki gives all the same."""

    changed: int = 0

    def write_to_db(self, cursor: object, timestamp: float, deck_id: int, id_gen: Iterator[int]) -> None:  # noqa: ARG002
        """Write the note as genanki does, but for the time."""
        super().write_to_db(cursor, self.changed, deck_id, id_gen)


def pack(lessons: Sequence[Lesson], moment: int | None) -> bytes:
    """Pack a deck for each lesson; all notes count as changed at a moment, or as `change_of` says."""
    decks = [_deck(lesson, moment) for lesson in lessons]
    packed, fixed = io.BytesIO(), io.BytesIO()
    genanki.Package(decks).write_to_file(packed, timestamp=_FIRST_NOTE)
    write_members(fixed, read_members(packed.getvalue()))
    return fixed.getvalue()


def change_of(version: str, fields: Sequence[str]) -> int:
    """Return a number that is higher for a later version of itbkg, and another where the fields are others."""
    numbers = [int("".join(filter(str.isdecimal, part)) or 0) for part in (*version.split("."), "0", "0")[:3]]
    counted = 0
    for number in numbers:
        counted = counted * _BASE + min(number, _BASE - 1)
    return counted * _CHANGES + int(_digest(*fields), 16) % _CHANGES


def _deck(lesson: Lesson, moment: int | None) -> genanki.Deck:
    deck = genanki.Deck(_number("deck", lesson.id), f"itbkg teaching cases::{clean(lesson.id)}", opening_html(lesson))
    for place, card in enumerate(cards(lesson)):
        deck.add_note(_note(card, place, moment))
    return deck


def _note(card: Card, place: int, moment: int | None) -> _Note:
    """Make a note; new cards are learned in the order of the lesson."""
    fields = list(card.fields)
    note = _Note(model=_MODELS[card.kind], fields=fields, guid=_digest(*card.ids)[:16], due=place, tags=["itbkg"])
    note.changed = change_of(__version__, fields) if moment is None else moment
    return note


def _number(*ids: str) -> int:
    """Make a number of ids that stays the same and that no other deck is likely to have."""
    return _LOWEST_ID + int(_digest(*ids), 16) % _IDS


def _digest(*ids: str) -> str:
    return hashlib.sha256("\0".join(("itbkg", *map(clean, ids))).encode()).hexdigest()


def _model(name: str, fields: Sequence[str], front: str, back: str, kind: int) -> genanki.Model:
    return genanki.Model(
        _number("note type", name),
        name,
        fields=[{"name": field} for field in fields],
        templates=[{"name": name, "qfmt": front, "afmt": back}],
        css=_STYLE,
        model_type=kind,
    )


_QUESTION_FIELDS = ("Id", "Case", "Prompt", "Options", "Answer", "Why", "Safety")
_MODELS = {
    BASIC: _model("itbkg question", _QUESTION_FIELDS, _FRONT, _BACK, genanki.Model.FRONT_BACK),
    CLOZE: _model(
        "itbkg fact", ("Id", "Case", "Text", "Why", "Safety"), _CLOZE_FRONT, _CLOZE_BACK, genanki.Model.CLOZE
    ),
}

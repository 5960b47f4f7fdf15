"""What a lesson is made of: the case with its facts, the words, the saved questions, and texts that are filled in."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from itbkg.cases import CaseAccount
from itbkg.curation.found import Found
from itbkg.errors import ItbkgError
from itbkg.teaching.advicefacts import guidance_pieces
from itbkg.teaching.asking import Desk
from itbkg.teaching.facts import pieces_of
from itbkg.teaching.pieces import Piece
from itbkg.teaching.record import Asked, TeachingCase
from itbkg.teaching.words import Words

Keys = tuple[str | int, ...]
_SLOT = re.compile(r"\{\{\s*([a-z0-9/-]+)\s*\}\}")


@dataclass(slots=True)
class Material:
    """Everything that texts, facts and keys are taken from; `faults` gathers what does not fit, with its keys."""

    desk: Desk
    account: CaseAccount
    pieces: Mapping[str, Piece]
    figures: dict[str, str] = field(default_factory=dict)
    faults: list[Found] = field(default_factory=list)

    @property
    def words(self) -> Words:
        """The words of the graph."""
        return self.desk.words

    def fault(self, keys: Keys, message: str, mend: str) -> None:
        """Note what does not fit."""
        self.faults.append(Found(keys, message, mend))

    def trip(self, keys: Keys, error: ItbkgError) -> None:
        """Note an error as a fault: its message says how to mend it."""
        said = str(error)
        self.fault(keys, said if said.endswith((".", "?")) else f"{said}.", "")

    def fill(self, text: str | None, keys: Keys) -> str:
        """Put values into the slots of a text."""

        def value(slot: re.Match[str]) -> str:
            name = slot[1]
            if name in self.figures:
                return self.figures[name]
            if name in self.pieces:
                fact = self.pieces[name].fact
                return fact.value or fact.label
            self.fault(keys, f"'{{{{{name}}}}}' is neither a statement of the case nor a figure.", "Name one that is.")
            return slot[0]

        return _SLOT.sub(value, text or "")

    def rows(self, asked: Asked, keys: Keys) -> list[str]:
        """Ask a saved question and read its column, each value once."""
        try:
            rows = self.desk.ask(asked.question, asked.settings)
        except ItbkgError as error:
            self.trip(keys, error)
            return []
        columns = [column.name for column in self.desk.question(asked.question).columns]
        for name in (asked.column, *asked.where):
            if name not in columns:
                mend = f"Name one of {', '.join(columns)}."
                self.fault(keys, f"'{asked.question}' has no column '{name}'.", mend)
                return []
        kept = [row for row in rows if all(row[name] == str(value) for name, value in asked.where.items())]
        return list(dict.fromkeys(row[asked.column] for row in kept if row[asked.column]))


def gather(desk: Desk, teaching: TeachingCase) -> Material:
    """Gather the material of a teaching case; NotFoundError where there is no such case."""
    account = desk.account(teaching.case)
    pieces = pieces_of(account)
    named = (name for stage in teaching.stages for name in stage.shows)
    material = Material(desk, account, {**pieces, **_laid(desk, account, named)})
    for name, asked in teaching.figures.items():
        values = material.rows(asked, ("figures", name))
        if not values and not material.faults:
            material.fault(
                ("figures", name), f"'{asked.question}' gives no such row.", "Look at what 'where' asks for."
            )
        material.figures[name] = values[0] if values else ""
    return material


def _laid(desk: Desk, account: CaseAccount, named: Iterable[str]) -> dict[str, Piece]:
    """Lay the guidance documents that stages name beside the case."""
    documents = dict.fromkeys(name.split("/")[1] for name in named if name.startswith("guidance/"))
    if not documents:
        return {}
    laid = desk.laid(account.id)
    return {name: piece for document in documents for name, piece in guidance_pieces(document, laid).items()}

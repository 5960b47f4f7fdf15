"""Questions for a number: that of a statement, in another unit where one is wanted."""

from itbkg.cases.readable import readable_quantity
from itbkg.errors import ItbkgError
from itbkg.teaching.amounts import allowance, converted
from itbkg.teaching.lesson import Fact
from itbkg.teaching.material import Keys, Material
from itbkg.teaching.questioning import Answer
from itbkg.teaching.record import QuestionRecord


def number_asked(material: Material, record: QuestionRecord, keys: Keys) -> Answer:
    """Return the number of the statement that the key names, and how far an answer may be off."""
    name = record.key.statement if record.key else None
    piece = material.pieces.get(name or "")
    reported = piece.fact.number if piece else None
    if piece is None or reported is None:
        material.fault((*keys, "key"), f"'{name}' is no statement with one number.", "Name a measurement or a dose.")
        return Answer()
    fact, unit = piece.fact, (record.key.convert if record.key else None) or piece.fact.unit
    try:
        number = reported if unit == fact.unit else converted(material.desk, reported, fact.unit, unit)
        tolerance = allowance(number, record.tolerance, is_converted=unit != fact.unit)
    except ItbkgError as error:
        material.trip((*keys, "key"), error)
        return Answer()
    text = readable_quantity(f"{number:.10g} {unit}")
    return Answer(text, (), number, tolerance, unit, _told(material, fact, text, unit))


def _told(material: Material, fact: Fact, answer: str, unit: str) -> str:
    """Tell the number as it was reported beside the one that was asked for, and what is the matter with it."""
    doubt = material.pieces.get(f"{fact.id}/discrepancy")
    told = f"{fact.text} is {answer}." if unit != fact.unit else f"{fact.text}."
    return f"{told} {doubt.fact.text.removeprefix(f'{fact.label}: ')}." if doubt else told

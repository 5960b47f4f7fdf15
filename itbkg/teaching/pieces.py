"""What a fact of a case is before it is shown: a line of text with a name, and the words that it gives away."""

from dataclasses import dataclass

from itbkg.cases.readable import readable_quantity
from itbkg.records.quantity import parse_quantity
from itbkg.teaching.lesson import Fact, FactKind

#: What a name may end in to mean a part of a statement.
PARTS = ("detail", "response", "became", "shows", "discrepancy")
#: What is said for the event where its name would give it away.
WHOLE = "the state of the patient"


@dataclass(frozen=True, slots=True)
class Piece:
    """A fact, the statement of which it is a part (empty where it is whole), and the words that it gives away.

    `tells` are words of causes, events, findings and outcomes, `values` the measured values as they may be written.
    `quiet` marks a detail, which is shown with its statement unless a stage names it.
    """

    fact: Fact
    part_of: str = ""
    quiet: bool = False
    tells: tuple[str, ...] = ()
    values: tuple[str, ...] = ()


def make_fact(
    name: str,
    kind: FactKind,
    text: str,
    *,
    label: str,
    place: str,
    time: str = "",
    value: str = "",
    given: str = "",
    window: tuple[float | None, float | None] = (None, None),
) -> Fact:
    """Make a fact; `given` is a quantity as the record writes it, from which value, unit and number are read."""
    unit, number = _number(given) if given else ("", None)
    shown = readable_quantity(given) if given else value
    return Fact(name, kind, text, label, time, shown, unit, number, *window, place)


def _number(text: str) -> tuple[str, float | None]:
    try:
        quantity = parse_quantity(text)
    except ValueError:
        return "", None
    one = quantity.minimum if quantity.minimum == quantity.maximum and not quantity.comparator else None
    return quantity.unit, None if one is None else float(one)

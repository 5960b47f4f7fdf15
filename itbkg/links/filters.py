"""Filters over a graph: the cases that fulfil one, and the same as a SPARQL expression."""

from collections.abc import Callable
from typing import assert_never

from itbkg.index import Bits
from itbkg.links.conditions import All, Any, Atom, Measured, Not, State, Where
from itbkg.links.data import CaseData
from itbkg.links.senses import Sense, States
from itbkg.links.words import Words

#: The cases of each state that a condition can want.
_CASES: dict[State, Callable[[States], Bits]] = {
    "present": lambda states: states.present,
    "absent": lambda states: states.said_absent,
    "reported": lambda states: states.reported,
    "not reported": lambda states: ~states.reported,
}


class Filters:
    """Finds what fulfils a filter; both methods raise what `Words` raises for names and words that are not known."""

    def __init__(self, data: CaseData, words: Words) -> None:
        self._data = data
        self._words = words

    def cases(self, where: Where) -> Bits:
        """Return the cases that fulfil a filter."""
        match where:
            case Atom() | Measured():
                return _CASES[where.state](self._sense(where).states(self._data))
            case Not(part):
                return ~self.cases(part)
            case All(parts):
                kept = self._data.index.all
                for part in parts:
                    kept &= self.cases(part)
                return kept
            case Any(parts):
                return Bits.union(map(self.cases, parts), self._data.size)
            case _:
                assert_never(where)

    def asks(self, where: Where) -> str:
        """Return a SPARQL expression over ?case that chooses the same cases."""
        match where:
            case Atom() | Measured():
                return self._asks_state(self._sense(where), where.state)
            case Not(part):
                return f"!({self.asks(part)})"
            case All(parts):
                return " && ".join(f"({self.asks(part)})" for part in parts) or "true"
            case Any(parts):
                return " || ".join(f"({self.asks(part)})" for part in parts)
            case _:
                assert_never(where)

    def _sense(self, where: Atom | Measured) -> Sense:
        if isinstance(where, Measured):
            return self._words.quantity(where.threshold)
        return self._words.sense(where.name, where.words)

    def _asks_state(self, sense: Sense, state: State) -> str:
        present, absent = sense.asks_present(), sense.asks_absent(self._data)
        match state:
            case "present":
                return present
            case "absent":
                return absent
            case "reported":
                return f"({present} || {absent})"
            case "not reported":
                return f"!({present} || {absent})"

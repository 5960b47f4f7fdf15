"""Reads the text of a filter, in the grammar that `itbkg.links.conditions` shows."""

import re
from collections.abc import Callable
from dataclasses import dataclass

from itbkg.errors import ParameterError
from itbkg.links.conditions import All, Any, Atom, Measured, Not, State, Where
from itbkg.links.grammar import LONGEST, parse_threshold, variable_name

#: Brackets and `not` may nest so deep.
DEEPEST = 20

_TOKEN = re.compile(
    r"""\s*(?:(?P<bracket>[()])|(?P<quoted>'[^']*'|"[^"]*")|(?P<sign>!=|<=|>=|=|<|>)
    |(?P<joint>and|or|not)(?=[\s(]|$)|(?P<text>[^\s()'"=!<>][^\s()"=!<>]*))""",
    re.IGNORECASE | re.VERBOSE,
)
_FORMS = "write NAME = WORD, NAME != WORD, NAME = WORD not reported or WORD > NUMBER UNIT, joined by and, or, not"


def parse_where(text: str) -> Where:
    """Read a filter; an empty text takes in every case. ParameterError for one that cannot be read."""
    if len(text) > LONGEST:
        raise ParameterError(f"the filter has {len(text)} characters; give at most {LONGEST}")
    tokens = _tokens(text)
    if not tokens:
        return All(())
    reader = _Reader(tokens)
    where = reader.alternatives(0)
    if reader.ahead:
        raise ParameterError(f"'{reader.ahead}' stands where the filter should end; join conditions by and or or")
    return where


@dataclass(frozen=True, slots=True)
class _Token:
    kind: str
    text: str


def _tokens(text: str) -> list[_Token]:
    tokens: list[_Token] = []
    end, stripped = 0, text.rstrip()
    while end < len(stripped):
        found = _TOKEN.match(stripped, end)
        if found is None:
            rest = stripped[end : end + 20].strip()
            raise ParameterError(f"the filter cannot be read at {rest!r}: a quote or a sign is not whole; {_FORMS}")
        tokens.append(_token(str(found.lastgroup), found[str(found.lastgroup)]))
        end = found.end()
    return tokens


def _token(kind: str, text: str) -> _Token:
    if kind == "quoted":
        return _Token(kind, text[1:-1].strip())
    return _Token(kind, text.casefold() if kind == "joint" else text)


class _Reader:
    """Reads tokens from left to right: `or` binds weakest, then `and`, then `not`."""

    def __init__(self, tokens: list[_Token]) -> None:
        self._tokens = tokens
        self._at = 0

    @property
    def ahead(self) -> str:
        """The token that comes next; empty at the end."""
        return self._tokens[self._at].text if self._at < len(self._tokens) else ""

    def alternatives(self, depth: int) -> Where:
        """Read conditions joined by `or`."""
        parts = self._joined("or", lambda: self._together(depth))
        return parts[0] if len(parts) == 1 else Any(parts)

    def _together(self, depth: int) -> Where:
        parts = self._joined("and", lambda: self._part(depth))
        return parts[0] if len(parts) == 1 else All(parts)

    def _joined(self, joint: str, read: Callable[[], Where]) -> tuple[Where, ...]:
        parts = [read()]
        while self._take("joint", joint):
            parts.append(read())
        return tuple(parts)

    def _part(self, depth: int) -> Where:
        if depth > DEEPEST:
            raise ParameterError(f"the filter nests deeper than {DEEPEST}; write it flatter")
        if self._take("joint", "not"):
            return Not(self._part(depth + 1))
        if not self._take("bracket", "("):
            return _condition(self._texts())
        inner = self.alternatives(depth + 1)
        if not self._take("bracket", ")"):
            raise ParameterError("a bracket of the filter is not closed; close it with )")
        return inner

    def _texts(self) -> list[_Token]:
        """Gather a condition up to the next joint or bracket; `not reported` belongs to it."""
        texts: list[_Token] = []
        while self._at < len(self._tokens):
            kind = self._tokens[self._at].kind
            if kind in ("joint", "bracket") and not (texts and self._says_not_reported()):
                break
            texts.append(self._tokens[self._at])
            self._at += 1
        if not texts:
            where = f"before '{self.ahead}'" if self.ahead else "at the end"
            raise ParameterError(f"a condition is missing {where}; {_FORMS}")
        return texts

    def _says_not_reported(self) -> bool:
        ahead = [token.text.casefold() for token in self._tokens[self._at : self._at + 2]]
        return ahead == ["not", "reported"]

    def _take(self, kind: str, text: str) -> bool:
        if self._at < len(self._tokens) and self._tokens[self._at] == _Token(kind, text):
            self._at += 1
            return True
        return False


def _condition(tokens: list[_Token]) -> Atom | Measured:
    """Read one condition out of its tokens."""
    state, tokens = _state(tokens)
    said = " ".join(token.text for token in tokens)
    threshold = parse_threshold(said) if any(one.kind == "sign" and one.text[0] in "<>" for one in tokens) else None
    if threshold:
        return Measured(threshold, state or "present")
    at = next((place for place, token in enumerate(tokens) if token.kind == "sign"), None)
    name, words = (" ".join(one.text for one in part) for part in (tokens[:at], tokens[(at or 0) + 1 :]))
    if at is None and state:
        return Atom(variable_name(name), "", state)
    if sum(token.kind == "sign" for token in tokens) > 1:
        raise ParameterError(f"'{said}' has several signs; write one, and join conditions by and or or")
    if at is None or not name or not words:
        raise ParameterError(f"'{said}' is no condition; {_FORMS}")
    if tokens[at].text == "=":
        return Atom(variable_name(name), words, state or "present")
    if state:
        raise ParameterError(f"'{said} {state}' wants two states at once; write = instead of !=")
    return Atom(variable_name(name), words, "absent")


def _state(tokens: list[_Token]) -> tuple[State | None, list[_Token]]:
    """Part the state from the end of a condition."""
    folded = [token.text.casefold() if token.kind != "quoted" else "" for token in tokens]
    if folded[-2:] == ["not", "reported"] and len(tokens) > 2:  # noqa: PLR2004 - a name stands before
        return "not reported", tokens[:-2]
    if folded[-1] == "reported" and len(tokens) > 1:
        return "reported", tokens[:-1]
    return None, tokens

"""Reads the tokens of a SPARQL query before the engine does, and refuses what must not run.

SERVICE would make the store call out, and a few kilobytes of nested groups overflow its stack. Tokens follow
SPARQL 1.1 section 19.8: a word in a comment, an IRI, a string, a variable or a prefixed name is no keyword.
"""

import re
from dataclasses import dataclass
from typing import Literal

from itbkg.errors import QueryRefusedError

Form = Literal["SELECT", "ASK", "CONSTRUCT", "DESCRIBE"]

MOST_CHARACTERS = 50_000
MOST_DEPTH = 40
MOST_TOKENS = 10_000

_FORMS: tuple[Form, ...] = ("SELECT", "ASK", "CONSTRUCT", "DESCRIBE")
_UPDATES = frozenset({"INSERT", "DELETE", "LOAD", "CLEAR", "DROP", "CREATE", "ADD", "MOVE", "COPY", "WITH"})
_TOKEN = re.compile(
    r"""(?P<comment>\#[^\n\r]*)
    |(?P<iri><[^<>"{}|^`\\\x00-\x20]*>)
    |(?P<string>'''(?:(?:'|'')?(?:[^'\\]|\\.))*'''|\"\"\"(?:(?:"|"")?(?:[^"\\]|\\.))*\"\"\"
        |'(?:[^'\\\n\r]|\\.)*'|"(?:[^"\\\n\r]|\\.)*")
    |(?P<variable>[?$]\w+)
    |(?P<name>[\w.-]*:[\w.:%\\-]*)
    |(?P<word>\w+)
    |(?P<open>[{(\[])
    |(?P<close>[})\]])
    |(?P<other>\S)""",
    re.VERBOSE | re.DOTALL,
)


@dataclass(frozen=True, slots=True)
class Guarded:
    """A query that may run, unchanged, and its form; None where the engine will find it is no query."""

    text: str
    form: Form | None


def guard(text: str) -> Guarded:
    """Let a query pass, or raise QueryRefusedError saying what is refused and how to get under the limit."""
    if len(text) > MOST_CHARACTERS:
        raise QueryRefusedError(f"the query has {len(text)} characters, at most {MOST_CHARACTERS} are read; shorten it")
    form: Form | None = None
    depth = 0
    for count, token in enumerate(_TOKEN.finditer(text), 1):
        if count > MOST_TOKENS:
            raise QueryRefusedError(f"the query has more than {MOST_TOKENS} tokens; shorten it")
        depth += (token.lastgroup == "open") - (token.lastgroup == "close")
        if depth > MOST_DEPTH:
            raise QueryRefusedError(f"the query nests brackets more than {MOST_DEPTH} deep; write it flatter")
        if token.lastgroup == "word":
            form = form or _keyword(token, text, form)
            _refuse_service(token, text)
    return Guarded(text, form)


def _keyword(token: re.Match[str], text: str, form: Form | None) -> Form | None:
    word = token[0].upper()
    if word in _UPDATES:
        raise QueryRefusedError(f"{_place(token, text)}: {word} is an update; this graph is read-only")
    return next((known for known in _FORMS if known == word), form)


def _refuse_service(token: re.Match[str], text: str) -> None:
    if token[0].upper() == "SERVICE":
        where = _place(token, text)
        raise QueryRefusedError(f"{where}: SERVICE would call another server; ask that server itself")


def _place(token: re.Match[str], text: str) -> str:
    line = text.count("\n", 0, token.start()) + 1
    column = token.start() - (text.rfind("\n", 0, token.start()) + 1) + 1
    return f"line {line}, column {column}"

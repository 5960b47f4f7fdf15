"""Reads the tokens of a SPARQL query before the engine does, and refuses what must not run.

SERVICE would make the store call out, and a few kilobytes of nested groups or of list items overflow its stack. Tokens
follow SPARQL 1.1 section 19.8: a word in a comment, an IRI, a string, a variable or a prefixed name is no keyword. The
engine reads without tokens (`1SERVICE<...>` calls out, and `1<2)` is no IRI): where the two could read differently, the
query is refused.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal, NoReturn

from itbkg.errors import QueryRefusedError
from itbkg.limits import Limits
from itbkg.store.plain import plain_form

Form = Literal["SELECT", "ASK", "CONSTRUCT", "DESCRIBE"]

#: The engine's stack overflows at some 4000 items of an RDF list, and at some thousands of nested groups.
DEFAULTS = Limits()

_FORMS: Mapping[str, Form] = {
    "SELECT": "SELECT",
    "ASK": "ASK",
    "CONSTRUCT": "CONSTRUCT",
    "DESCRIBE": "DESCRIBE",
}
_UPDATES = frozenset({"INSERT", "DELETE", "LOAD", "CLEAR", "DROP", "CREATE", "ADD", "MOVE", "COPY", "WITH"})
#: The escapes that the engine reads: others end its string elsewhere than ours.
_ESCAPE = r"""\\(?:[tbnrf"'\\]|u(?:[0-9A-CEFa-cef][0-9A-Fa-f]|[Dd][0-7])[0-9A-Fa-f]{2}|U000[1-9A-Fa-f][0-9A-Fa-f]{4})"""
_TOKEN = re.compile(
    rf"""(?P<comment>\#[^\n\r]*)
    |(?P<iri><[^<>"{{}}|^`\x00-\x20]*>)
    |(?P<string>\'\'\'(?:'{{0,2}}(?:[^'\\]|{_ESCAPE}))*+\'\'\'|\"\"\"(?:"{{0,2}}(?:[^"\\]|{_ESCAPE}))*+\"\"\"
        |'(?:[^'\\\n\r]|{_ESCAPE})*+'|"(?:[^"\\\n\r]|{_ESCAPE})*+")
    |(?P<variable>[?$]\w+)
    |(?P<name>(?:\w[\w.-]*+)?:(?:[\w.:%-]|\\[_~.\-!$&'()*+,;=/?\#@%])*)
    |(?P<word>\w[\w.-]*+)
    |(?P<open>[{{(\[])
    |(?P<close>[}})\]])
    |(?P<other>\S)""",
    re.VERBOSE | re.DOTALL,
)
_BRACKETS = {"open": 1, "close": -1}
#: Tokens that the engine could read otherwise.
_AMBIGUOUS = frozenset({"iri", "word", "name", "other"})
#: Between `<` and `>` these end an expression or begin a comment or a string, unless it is an IRI: `://` says it is.
_SURE_IRI = re.compile(r"<[A-Za-z][A-Za-z0-9+.-]*://[^\\]*>")
_UNSURE = re.compile(r"[\\#'()\[\]]")
#: `prefix:SERVICE` is a name; `SERVICE:x` and `ex:.SERVICE` are read as the keyword by the engine.
_HARMLESS_NAME = re.compile(r"(?:(?!\w*SERVICE)[A-Za-z]\w*)?:[A-Za-z_][\w-]*", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Guarded:
    """A query that may run, unchanged, and its form; None where the engine will find it is no query."""

    text: str
    form: Form | None


def guard(text: str, limits: Limits = DEFAULTS) -> Guarded:
    """Let a query pass, or raise QueryRefusedError saying what is refused and how to get under the limit."""
    plain = plain_form(text, limits)
    return Guarded(text, _FORMS[plain]) if plain else read_tokens(text, limits)


def read_tokens(text: str, limits: Limits = DEFAULTS) -> Guarded:
    """Do the same token by token, for what is not plain."""
    most = limits.query_characters
    if len(text) > most:
        raise QueryRefusedError(f"the query has {len(text)} characters, at most {most} are read; shorten it")
    form: Form | None = None
    depth = count = 0
    for token in _TOKEN.finditer(text):
        kind, words = token.lastgroup, [token[0]]
        if kind == "word":
            words = re.split(r"[.-]", token[0])
            form = form or _form(words, token, text)
        elif kind in _BRACKETS:
            depth += _BRACKETS[kind]
        count += len(words)
        if count > limits.query_tokens or depth > limits.query_depth:
            _refuse_size(count, limits)
        if kind in _AMBIGUOUS:
            _refuse_ambiguous(token, text)
    return Guarded(text, form)


def _refuse_size(count: int, limits: Limits) -> NoReturn:
    if count > limits.query_tokens:
        raise QueryRefusedError(f"the query has more than {limits.query_tokens} tokens; shorten it")
    raise QueryRefusedError(f"the query nests brackets more than {limits.query_depth} deep; write it flatter")


def _form(words: Sequence[str], token: re.Match[str], text: str) -> Form | None:
    for word in map(str.upper, words):
        if word in _UPDATES:
            raise QueryRefusedError(f"{_place(token, text)}: {word} is an update; this graph is read-only")
    return next((_FORMS[word.upper()] for word in words if word.upper() in _FORMS), None)


def _refuse_ambiguous(token: re.Match[str], text: str) -> None:
    """Refuse SERVICE, and what the engine could read as other tokens than these."""
    if token.lastgroup == "iri" and not _SURE_IRI.fullmatch(token[0]) and _UNSURE.search(token[0]):
        where = _place(token, text)
        raise QueryRefusedError(
            f"{where}: this may be an IRI or a comparison; write the IRI in full or a blank after <"
        )
    if token[0] == "\\":
        raise QueryRefusedError(f"{_place(token, text)}: a backslash is read in strings and prefixed names only")
    keyword = token.lastgroup in ("word", "name") and "SERVICE" in token[0].upper()
    if keyword and not _HARMLESS_NAME.fullmatch(token[0]):
        where = _place(token, text)
        raise QueryRefusedError(f"{where}: SERVICE would call another server; ask that server itself")


def _place(token: re.Match[str], text: str) -> str:
    line = text.count("\n", 0, token.start()) + 1
    column = token.start() - (text.rfind("\n", 0, token.start()) + 1) + 1
    return f"line {line}, column {column}"

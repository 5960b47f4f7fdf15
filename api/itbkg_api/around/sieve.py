"""What may not stand in an address: letters that a reader cannot see, bytes that are no letters, and too much."""

import re
from collections.abc import Iterator
from typing import Any
from urllib.parse import parse_qsl, unquote_to_bytes

from starlette.types import ASGIApp, Receive, Scope, Send

from itbkg_api.addresses import path_within
from itbkg_api.problems import problem

PATH_CHARACTERS = 2_000
VALUE_CHARACTERS = 1_000
FIELDS = 100
#: A query in the address of the page that asks it has lines and tabs, and is held to the limits of queries.
_EDITOR, _QUERY, _BLANKS = "/ask/sparql", b"query", b"\t\n\r"
#: Controls, and what turns the direction of a line (Unicode Standard Annex 9, Trojan Source: CVE-2021-42574).
UNSEEN = "\x00-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028\u2029\u202a-\u202e\u2066-\u2069\ufeff"
#: An encoding in which every byte is a letter, to take an address apart before it is known to be UTF-8.
_BYTES = "latin-1"
#: The same as JSON Schema's regular expressions write it.
UNSEEN_ECMA = re.sub(r"[^!-~]", lambda found: f"\\u{ord(found[0]):04x}", UNSEEN)
_UNSEEN = re.compile(f"[{UNSEEN}]")


class Sieve:
    """Refuses a request whose address cannot be taken; the detail names the parameter."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        wrong = next(_faults(scope), None) if scope["type"] == "http" else None
        if wrong is None:
            await self._app(scope, receive, send)
            return
        await problem("unreadable-address", wrong[1], **_pointed(*wrong))(scope, receive, send)


def _pointed(parameter: str, said: str) -> dict[str, Any]:
    return {"parameter": parameter, "errors": [{"parameter": parameter, "detail": said}]} if parameter else {}


def _faults(scope: Scope) -> Iterator[tuple[str, str]]:
    """Yield what is wrong, each with the parameter that it is wrong with, if it is one."""
    path = unquote_to_bytes(scope.get("raw_path") or scope["path"].encode())
    yield from (("", f"the path {said}") for said in _wrong(path, PATH_CHARACTERS))
    try:
        fields = parse_qsl(scope["query_string"].decode(_BYTES), True, encoding=_BYTES, max_num_fields=FIELDS)
    except ValueError:
        yield "", f"the address has more than {FIELDS} parameters"
        return
    for name, value in ((name.encode(_BYTES), value.encode(_BYTES)) for name, value in fields):
        yield from (("", f"the name of a parameter {said}") for said in _wrong(name, VALUE_CHARACTERS))
        named = name.decode("utf-8", "replace")
        is_query = name == _QUERY and path_within(scope) == _EDITOR
        checked = (value.translate(None, _BLANKS), len(value)) if is_query else (value, VALUE_CHARACTERS)
        yield from ((named, f"'{named}' {said}") for said in _wrong(*checked))


def _wrong(given: bytes, most: int) -> Iterator[str]:
    try:
        text = given.decode("utf-8")
    except UnicodeDecodeError:
        yield "is not UTF-8"
        return
    if len(text) > most:
        yield f"has {len(text)} characters; the most is {most}"
    unseen = _UNSEEN.search(text)
    if unseen:
        yield f"has the character U+{ord(unseen[0]):04X}, which cannot be seen; leave it out"

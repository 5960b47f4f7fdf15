"""Which form of an answer a client gets: by suffix, or by its Accept header (RFC 9110 section 12.5.1)."""

from collections.abc import Mapping
from functools import lru_cache
from http import HTTPStatus
from typing import TypeVar

import mimeparse
from starlette.exceptions import HTTPException

Format = TypeVar("Format")
Name = TypeVar("Name", bound=str)

#: The forms in which a thing is told: media type and suffix by name.
_FORMS: Mapping[str, tuple[str, str]] = {
    "json": ("application/json", ".json"),
    "jsonld": ("application/ld+json", ".jsonld"),
    "turtle": ("text/turtle", ".ttl"),
    "rdfxml": ("application/rdf+xml", ".rdf"),
    "html": ("text/html", ".html"),
}


def by_media_type(*names: Name) -> dict[str, Name]:
    """Return the forms by media type, in the order in which they are offered."""
    return {_FORMS[name][0]: name for name in names}


def media_types_by_suffix(*names: str) -> dict[str, str]:
    """Return the media types of forms by suffix."""
    return {_FORMS[name][1]: _FORMS[name][0] for name in names}


def choose(accept: str | None, offered: Mapping[str, Format]) -> tuple[str, Format]:
    """Return the media type and format that `accept` likes best; the first offered where it likes any alike.

    Raises HTTPException 406, naming what there is, where it likes none, and 400 where it is no Accept header.
    """
    try:
        best = _best(tuple(offered), accept.lower()) if accept else next(iter(offered))
    except mimeparse.MimeTypeParseException as error:
        raise HTTPException(HTTPStatus.BAD_REQUEST, f"'{accept}' is no Accept header: {error}") from error
    if not best:
        there_is = ", ".join(offered)
        raise HTTPException(HTTPStatus.NOT_ACCEPTABLE, f"nothing here is '{accept}'; there is {there_is}")
    return best, offered[best]


@lru_cache(maxsize=1024)
def _best(offered: tuple[str, ...], accept: str) -> str:
    """Ask the library, which prefers the last of equals: so the first offered goes last."""
    return str(mimeparse.best_match(list(offered[::-1]), accept))

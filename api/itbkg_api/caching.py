"""Entity tags: a client that has an answer already is told so (RFC 9110 sections 8.8.3 and 13.1.2)."""

import hashlib
import re
from collections.abc import Mapping

from fastapi import Request, Response

import itbkg
from itbkg.store import Store

#: How long what never changes at its address may be kept (RFC 8246).
FOR_GOOD = "public, max-age=31536000, immutable"


def release(store: Store) -> str:
    """Name what everything here follows from: the graph and this version of the code.

    It is empty for a graph without a digest: one behind another endpoint, which may change while it is served.
    """
    digest = store.manifest.digest
    return f"{digest[:20]}-{itbkg.__version__}" if digest else ""


def entity_tag(store: Store, form: str) -> str:
    """Name one form of anything that follows from the release; empty where there is none."""
    name = release(store)
    return f'"{name}-{form}"' if name else ""


def content_tag(content: bytes) -> str:
    """Name an answer by its content."""
    return f'"{hashlib.sha256(content).hexdigest()[:32]}"'


def has_already(request: Request, tag: str) -> bool:
    """Say whether the client holds what a tag names."""
    return bool(tag) and holds(",".join(request.headers.getlist("if-none-match")), tag)


def holds(known: str, tag: str) -> bool:
    """Say whether an If-None-Match names a tag, weak or not."""
    return known.strip() == "*" or tag in re.findall(r'"[^"]*"', known)


def not_modified(headers: Mapping[str, str]) -> Response:
    """Answer that the client's copy holds; the headers are those of the whole answer but for what tells of its body."""
    of_body = ("content-type", "content-length")
    kept = {name: value for name, value in headers.items() if name.lower() not in of_body}
    return Response(status_code=304, headers=kept)


def tagged(
    request: Request, store: Store, form: str, response: Response, more: Mapping[str, str] | None = None
) -> Response:
    """Give an answer its tag and further headers, or say that the client has it already."""
    tag = entity_tag(store, form)
    response.headers.update({"Cache-Control": "no-cache"} | ({"ETag": tag} if tag else {}) | dict(more or {}))
    return not_modified(response.headers) if has_already(request, tag) else response

"""Read what a client asks of the endpoint (SPARQL 1.1 Protocol, section 2.1), byte by byte as it was sent."""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass
from email.message import Message
from http import HTTPStatus
from urllib.parse import parse_qsl

from starlette.exceptions import HTTPException
from starlette.requests import ClientDisconnect, Request

from itbkg.limits import Limits

FORM = "application/x-www-form-urlencoded"
DIRECT = "application/sparql-query"
UPDATE = "application/sparql-update"
#: Fields of the protocol; others may stand beside them and say nothing (section 2.1.1).
_FIELDS = ("query", "default-graph-uri", "named-graph-uri", "update", "using-graph-uri", "using-named-graph-uri")
#: A field of our own, for links, which cannot choose an Accept header: the name of a form, such as csv.
_FORMAT = "format"


@dataclass(frozen=True, slots=True)
class Wanted:
    """A query with the dataset that the protocol names; `query` is None where none was sent.

    `form` is the name of a form of the answer that was sent beside it, empty where none was.
    """

    query: str | None
    default_graphs: tuple[str, ...]
    named_graphs: tuple[str, ...]
    form: str = ""


async def read_request(request: Request, limits: Limits) -> Wanted:
    """Read a GET, HEAD or POST; HTTPException 400, 403, 408, 413 or 415 for what cannot be read or may not be asked."""
    fields = _pairs(request.scope["query_string"], "the address")
    if request.method != "POST":
        return _wanted(fields)
    kind = _media_type(request)
    try:
        async with asyncio.timeout(limits.read_seconds):
            body = await _body(request, limits.request_bytes)
    except TimeoutError as error:
        raise HTTPException(
            HTTPStatus.REQUEST_TIMEOUT, f"the body was not sent within {limits.read_seconds} s", {"Connection": "close"}
        ) from error
    if any(name == "query" for name, _ in fields):
        raise HTTPException(HTTPStatus.BAD_REQUEST, "a POST has its query in the body, and none in the address")
    sent = _pairs(body, "the form") if kind == FORM else [("query", _decode(body, "the body"))]
    return _wanted([*fields, *sent])


def _media_type(request: Request) -> str:
    """Return the media type of the body; 415 for one that is not read, 403 for an update."""
    header = Message()
    header["content-type"] = request.headers.get("content-type", "")
    kind = header.get_content_type() if request.headers.get("content-type") else ""
    charset = str(header.get_param("charset", "utf-8")).lower()
    if kind == UPDATE:
        raise HTTPException(HTTPStatus.FORBIDDEN, "this graph is read-only; an update changes nothing here")
    if kind not in (FORM, DIRECT) or charset not in ("utf-8", "utf8", "us-ascii"):
        said = request.headers.get("content-type") or "no media type"
        raise HTTPException(
            HTTPStatus.UNSUPPORTED_MEDIA_TYPE,
            f"'{said}' is not read here; send {FORM} or {DIRECT}, in UTF-8",
            {"Accept-Post": f"{DIRECT}, {FORM}"},
        )
    return kind


async def _body(request: Request, most_bytes: int) -> bytes:
    too_large = HTTPException(
        HTTPStatus.REQUEST_ENTITY_TOO_LARGE,
        f"the body has more than {most_bytes} bytes, the most that is read",
        {"Connection": "close"},
    )
    said = request.headers.get("content-length", "0")
    if said.isdecimal() and int(said) > most_bytes:
        raise too_large
    body = bytearray()
    try:
        async for part in request.stream():
            body += part
            if len(body) > most_bytes:
                raise too_large
    except ClientDisconnect as error:
        raise HTTPException(HTTPStatus.BAD_REQUEST, "the body broke off") from error
    return bytes(body)


def _pairs(raw: bytes, where: str) -> list[tuple[str, str]]:
    try:
        return parse_qsl(_decode(raw, where), keep_blank_values=True, errors="strict", max_num_fields=100)
    except UnicodeDecodeError as error:
        raise HTTPException(HTTPStatus.BAD_REQUEST, f"{where} has percent-encoded bytes that are not UTF-8") from error
    except ValueError as error:
        raise HTTPException(HTTPStatus.BAD_REQUEST, f"{where} has more than 100 fields") from error


def _decode(raw: bytes, where: str) -> str:
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError as error:
        raise HTTPException(HTTPStatus.BAD_REQUEST, f"{where} is not UTF-8") from error


def _wanted(fields: Sequence[tuple[str, str]]) -> Wanted:
    given = {field: tuple(value for name, value in fields if name == field) for field in _FIELDS}
    if given["update"]:
        raise HTTPException(HTTPStatus.FORBIDDEN, "this graph is read-only; an update changes nothing here")
    if given["using-graph-uri"] or given["using-named-graph-uri"]:
        raise HTTPException(HTTPStatus.BAD_REQUEST, "using-graph-uri is for updates; for a query, default-graph-uri")
    if len(given["query"]) > 1:
        raise HTTPException(HTTPStatus.BAD_REQUEST, f"{len(given['query'])} fields 'query' were sent; send one")
    query = given["query"][0] if given["query"] else None
    form = next((value for name, value in fields if name == _FORMAT), "")
    return Wanted(query, given["default-graph-uri"], given["named-graph-uri"], form)

"""The SPARQL endpoint: the query operation of the SPARQL 1.1 Protocol (https://www.w3.org/TR/sparql11-protocol/)."""

from collections.abc import Mapping
from http import HTTPStatus
from typing import Annotated, Any
from urllib.parse import parse_qs

from fastapi import APIRouter, Query, Request, Response
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException

from itbkg.store import GraphFormat, Store, TableFormat
from itbkg_api.negotiation import choose
from itbkg_api.parts import AcceptPart, StorePart

router = APIRouter(tags=["SPARQL"])

#: Answers to SELECT and ASK, the usual one first.
TABLES: Mapping[str, TableFormat] = {
    "application/sparql-results+json": "json",
    "application/sparql-results+xml": "xml",
    "text/csv": "csv",
    "text/tab-separated-values": "tsv",
    "application/json": "json",
}
#: Answers to ASK: CSV and TSV have no form for a truth value.
TRUTHS: Mapping[str, TableFormat] = {name: form for name, form in TABLES.items() if form in ("json", "xml")}
#: Answers to CONSTRUCT and DESCRIBE, the usual one first.
GRAPHS: Mapping[str, GraphFormat] = {
    "text/turtle": "turtle",
    "application/n-triples": "ntriples",
    "application/ld+json": "jsonld",
    "application/rdf+xml": "rdfxml",
}
MOST_BYTES = 200_000

_RESPONSES: dict[int | str, dict[str, Any]] = {
    200: {"content": {media_type: {} for media_type in (*TABLES, *GRAPHS)}},
    400: {"description": "not SPARQL", "content": {"application/problem+json": {}}},
    403: {"description": "an update, or SERVICE", "content": {"application/problem+json": {}}},
    406: {"description": "no form of the answer is acceptable", "content": {"application/problem+json": {}}},
}
_FORM = "application/x-www-form-urlencoded"
_DIRECT = "application/sparql-query"
_BODY = {
    "requestBody": {
        "required": True,
        "content": {
            _FORM: {
                "schema": {
                    "type": "object",
                    "properties": {"query": {"type": "string"}},
                    "required": ["query"],
                }
            },
            _DIRECT: {"schema": {"type": "string"}},
        },
    }
}


@router.get("/sparql", responses=_RESPONSES)
def get_sparql(store: StorePart, query: Annotated[str | None, Query()] = None, accept: AcceptPart = None) -> Response:
    """Answer a SPARQL query given in the address."""
    if query is None:
        raise HTTPException(HTTPStatus.BAD_REQUEST, "no 'query' in the address; send one, or POST it")
    return _answer(store, query, accept)


@router.post("/sparql", responses=_RESPONSES, openapi_extra=_BODY)
async def post_sparql(request: Request, store: StorePart, accept: AcceptPart = None) -> Response:
    """Answer a SPARQL query given as a form or as the body itself."""
    query = await _posted(request)
    return await run_in_threadpool(_answer, store, query, accept)


async def _posted(request: Request) -> str:
    """Read the query out of a POST; 415 for another media type, 413 and 400 for a body that cannot be read."""
    kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if kind not in (_FORM, _DIRECT):
        raise HTTPException(HTTPStatus.UNSUPPORTED_MEDIA_TYPE, f"'{kind}' is not read here; send {_FORM} or {_DIRECT}")
    body = b""
    async for part in request.stream():
        body += part
        if len(body) > MOST_BYTES:
            raise HTTPException(HTTPStatus.REQUEST_ENTITY_TOO_LARGE, f"the body is over {MOST_BYTES} bytes")
    try:
        text = body.decode("utf-8")
        queries = parse_qs(text, errors="strict").get("query", []) if kind == _FORM else [text]
    except UnicodeDecodeError as error:
        raise HTTPException(HTTPStatus.BAD_REQUEST, "the body is not UTF-8") from error
    if len(queries) != 1:
        raise HTTPException(HTTPStatus.BAD_REQUEST, f"the form has {len(queries)} fields 'query'; send one")
    return queries[0]


def _answer(store: Store, query: str, accept: str | None) -> Response:
    form = store.form(query)
    if form in ("CONSTRUCT", "DESCRIBE"):
        media_type, graph = choose(accept, GRAPHS)
        body = store.answer(query, graph=graph)
    else:
        media_type, table = choose(accept, TRUTHS if form == "ASK" else TABLES)
        body = store.answer(query, table=table)
    return Response(body, media_type=media_type, headers={"Vary": "Accept"})

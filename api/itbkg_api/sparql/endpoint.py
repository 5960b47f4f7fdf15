"""The endpoint as an ASGI application: every answer is whole before its first byte leaves."""

from http import HTTPStatus

from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.types import Message, Receive, Scope, Send

from itbkg.errors import ItbkgError
from itbkg.store.guard import guard
from itbkg_api.caching import content_tag, not_modified
from itbkg_api.negotiation import choose
from itbkg_api.problems import respond
from itbkg_api.sparql.backend import Backend
from itbkg_api.sparql.description import Description
from itbkg_api.sparql.forms import by_name, content_type, offered
from itbkg_api.sparql.hanging import unless_gone
from itbkg_api.sparql.kept import Kept
from itbkg_api.sparql.request import Wanted, read_request
from itbkg_api.standing import STANDING, beside, raw
from itbkg_api.workers import Asked, WorkerError

METHODS = ("GET", "HEAD", "OPTIONS", "POST")
_ALLOW = ", ".join(METHODS)
_EXPOSED = "Allow, ETag, Itbkg-Limits, Retry-After"


class SparqlEndpoint:
    """Answers the query operation, describes itself where no query is sent, and refuses everything else in words."""

    def __init__(self, backend: Backend, description: Description) -> None:
        self._backend = backend
        self._description = description
        self._kept: Kept[bytes] = Kept(backend.limits.kept_bytes // 2)
        self._repeated: Kept[tuple[Message, Message]] = Kept(backend.limits.kept_bytes // 2)
        told = ", ".join(f"{name.replace('_', '-')}={value}" for name, value in backend.limits.items())
        self._standing = raw(
            {**STANDING, "Vary": "Accept", "Itbkg-Limits": told, "Access-Control-Expose-Headers": _EXPOSED}
        )

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request; a GET that was answered before, byte for byte, is not read again."""
        told = _telling(scope)
        known = self._repeated.get(told) if told else None
        if known:
            await send(known[0])
            await send(known[1])
            return
        response = await self._respond(Request(scope, receive))
        if told and response.status_code == HTTPStatus.OK and "etag" in response.headers:
            self._repeat(told, response)
        await response(scope, receive, send)

    async def _respond(self, request: Request) -> Response:
        try:
            response = await self._answer(request)
        except (ItbkgError, HTTPException, WorkerError) as error:
            response = respond(request, error)
        response.raw_headers = beside(response.raw_headers, self._standing)
        return response

    def _repeat(self, told: tuple[bytes, ...], response: Response) -> None:
        start = {"type": "http.response.start", "status": response.status_code, "headers": response.raw_headers}
        body = {"type": "http.response.body", "body": response.body}
        self._repeated.put(told, (start, body), len(response.body))

    async def void(self, request: Request) -> Response:
        """Describe the dataset at its well-known address."""
        return await run_in_threadpool(self._description.respond, request)

    async def _answer(self, request: Request) -> Response:
        if request.method == "OPTIONS":
            return _options(request)
        if request.method not in METHODS:
            raise HTTPException(
                HTTPStatus.METHOD_NOT_ALLOWED,
                f"{request.method} does nothing here; GET or POST a query",
                {"Allow": _ALLOW},
            )
        wanted = await read_request(request, self._backend.limits)
        if wanted.query is None and request.method == "POST":
            raise HTTPException(HTTPStatus.BAD_REQUEST, "no field 'query' was sent; send one")
        if wanted.query is None:
            return await self.void(request)
        return await self._ask(request, wanted, wanted.query)

    async def _ask(self, request: Request, wanted: Wanted, query: str) -> Response:
        form = guard(query, self._backend.limits).form
        media_type, name = by_name(wanted.form, form) or choose(request.headers.get("accept"), offered(form))
        asked = Asked(query, name, wanted.default_graphs, wanted.named_graphs)
        headers = {"Cache-Control": "no-cache", "Content-Type": content_type(media_type)}
        if not self._backend.digest:
            return Response(await unless_gone(request, self._backend.answer(asked)), headers=headers)
        headers["ETag"] = self._tag(asked)
        if _has(request, headers["ETag"]):
            return not_modified(headers)
        return Response(await self._kept_or_new(request, asked, headers["ETag"]), headers=headers)

    async def _kept_or_new(self, request: Request, asked: Asked, tag: str) -> bytes:
        body = self._kept.get(tag)
        if body is None:
            body = await unless_gone(request, self._backend.answer(asked))
            self._kept.put(tag, body, len(body))
        return body

    def _tag(self, asked: Asked) -> str:
        """Name an answer before it is computed: the same dataset, query and form give the same bytes."""
        return content_tag(repr((self._backend.digest, asked)).encode())


def _telling(scope: Scope) -> tuple[bytes, ...] | None:
    """Return what of a GET its answer hangs on: the query and the forms accepted; None for any other request."""
    if scope["method"] != "GET":
        return None
    said = tuple(value for name, value in scope["headers"] if name == b"accept")
    conditional = any(name == b"if-none-match" for name, _ in scope["headers"])
    return None if conditional else (scope["query_string"], *said)


def _has(request: Request, tag: str) -> bool:
    """Say whether the client has the answer already (RFC 9110, section 13.1.2)."""
    given = request.headers.get("if-none-match", "")
    known = [name.strip().removeprefix("W/") for name in given.split(",")]
    return request.method in ("GET", "HEAD") and (tag in known or known == ["*"])


def _options(request: Request) -> Response:
    """Say what may be done, to a client and to a browser that asks before another site's page may."""
    headers = {"Allow": _ALLOW}
    if "access-control-request-method" in request.headers:
        headers |= {
            "Access-Control-Allow-Methods": _ALLOW,
            "Access-Control-Allow-Headers": "Accept, Content-Type, If-None-Match",
            "Access-Control-Max-Age": "86400",
        }
    return Response(status_code=HTTPStatus.NO_CONTENT, headers=headers)

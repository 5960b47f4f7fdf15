"""The endpoint as an ASGI application: every answer is whole before its first byte leaves."""

from http import HTTPStatus

from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.types import Receive, Scope, Send

from itbkg.errors import ItbkgError
from itbkg.store.guard import Form, guard
from itbkg_api.caching import content_tag, not_modified
from itbkg_api.kept import Kept
from itbkg_api.negotiation import choose
from itbkg_api.problems import respond
from itbkg_api.sparql.backend import Backend
from itbkg_api.sparql.description import Description
from itbkg_api.sparql.forms import by_name, content_type, offered
from itbkg_api.sparql.hanging import unless_gone
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
        #: Answers by their tags.
        self.kept: Kept[bytes] = Kept(backend.limits.kept_bytes // 2)
        told = ", ".join(f"{name.replace('_', '-')}={value}" for name, value in backend.limits.items())
        self._standing = raw(
            {**STANDING, "Vary": "Accept", "Itbkg-Limits": told, "Access-Control-Expose-Headers": _EXPOSED}
        )

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        request = Request(scope, receive)
        try:
            response = await self._answer(request)
        except (ItbkgError, HTTPException, WorkerError) as error:
            response = respond(request, error)
        await self.complete(response)(scope, receive, send)

    def complete(self, response: Response) -> Response:
        """Give an answer the headers that stand on all answers of the endpoint."""
        response.raw_headers = beside(response.raw_headers, self._standing)
        return response

    def choose(self, form: Form | None, accept: str | None, name: str = "") -> tuple[str, dict[str, str]]:
        """Return the name of the form of an answer, and headers of it; HTTPException as `negotiation.choose`.

        A form asked for by its name comes before what is accepted.
        """
        media_type, chosen = by_name(name, form) or choose(accept, offered(form))
        return chosen, {"Cache-Control": "no-cache", "Content-Type": content_type(media_type)}

    def tag(self, asked: Asked) -> str:
        """Name an answer before it is computed: the same dataset, query and form give the same bytes."""
        return content_tag(self._backend.digest.encode() + asked.to_bytes())

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
        name, headers = self.choose(form, request.headers.get("accept"), wanted.form)
        asked = Asked(query, name, wanted.default_graphs, wanted.named_graphs)
        if not self._backend.digest:
            return Response(await unless_gone(request, self._backend.answer(asked)), headers=headers)
        headers["ETag"] = self.tag(asked)
        if _has(request, headers["ETag"]):
            return not_modified(headers)
        return Response(await self._kept_or_new(request, asked, headers["ETag"]), headers=headers)

    async def _kept_or_new(self, request: Request, asked: Asked, tag: str) -> bytes:
        body = self.kept.get(tag)
        if body is None:
            body = await unless_gone(request, self._backend.answer(asked))
            self.kept.put(tag, body, len(body))
        return body


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

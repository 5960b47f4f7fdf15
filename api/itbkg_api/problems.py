"""Errors as RFC 9457 problem documents (https://www.rfc-editor.org/rfc/rfc9457), from one table."""

import json
import re
from collections.abc import Mapping
from http import HTTPStatus
from typing import Any

from fastapi import FastAPI, Request, Response
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException

from itbkg.errors import (
    BuildBusyError,
    BuildFolderError,
    DeprecatedWordError,
    EmptySelectionError,
    ExportError,
    ExportFormatError,
    ItbkgError,
    MissingExtraError,
    NotFoundError,
    OntologyError,
    ParameterError,
    QueryError,
    QueryRefusedError,
    QuerySyntaxError,
    ReasonerError,
    RecordError,
    RemoteStoreError,
    SelectionError,
    SettingsError,
    TeachingError,
    ThinCaseError,
    UnknownWordError,
)
from itbkg_api.kinds import BY_STATUS, KINDS
from itbkg_api.standing import STANDING
from itbkg_api.workers import AnswerTooLargeError, BusyError, MemoryLimitError, TimeLimitError, WorkerError

MEDIA_TYPE = "application/problem+json"
#: Where in a query something is wrong, as guard and engine say it.
_PLACE = re.compile(r"line (?P<line>\d+), column (?P<column>\d+)")

STATUS: dict[type[ItbkgError], int] = {
    ItbkgError: HTTPStatus.INTERNAL_SERVER_ERROR,
    SettingsError: HTTPStatus.INTERNAL_SERVER_ERROR,
    OntologyError: HTTPStatus.INTERNAL_SERVER_ERROR,
    RecordError: HTTPStatus.UNPROCESSABLE_ENTITY,
    NotFoundError: HTTPStatus.NOT_FOUND,
    UnknownWordError: HTTPStatus.NOT_FOUND,
    DeprecatedWordError: HTTPStatus.NOT_FOUND,
    BuildFolderError: HTTPStatus.SERVICE_UNAVAILABLE,
    BuildBusyError: HTTPStatus.SERVICE_UNAVAILABLE,
    RemoteStoreError: HTTPStatus.BAD_GATEWAY,
    ExportError: HTTPStatus.INTERNAL_SERVER_ERROR,
    ExportFormatError: HTTPStatus.NOT_FOUND,
    MissingExtraError: HTTPStatus.NOT_IMPLEMENTED,
    TeachingError: HTTPStatus.UNPROCESSABLE_ENTITY,
    ThinCaseError: HTTPStatus.UNPROCESSABLE_ENTITY,
    SelectionError: HTTPStatus.BAD_REQUEST,
    EmptySelectionError: HTTPStatus.NOT_FOUND,
    QueryError: HTTPStatus.BAD_REQUEST,
    QuerySyntaxError: HTTPStatus.BAD_REQUEST,
    QueryRefusedError: HTTPStatus.FORBIDDEN,
    ParameterError: HTTPStatus.BAD_REQUEST,
    ReasonerError: HTTPStatus.INTERNAL_SERVER_ERROR,
}

#: The kind of each error of ours; an error without a row has that of the one above it.
SLUGS: dict[type[Exception], str] = {
    ItbkgError: "server-failed",
    RecordError: "invalid-record",
    NotFoundError: "unknown-name",
    BuildFolderError: "not-ready",
    BuildBusyError: "not-ready",
    RemoteStoreError: "endpoint-elsewhere",
    ExportFormatError: "no-such-form",
    MissingExtraError: "not-installed",
    TeachingError: "invalid-record",
    ThinCaseError: "invalid-record",
    SelectionError: "invalid-parameter",
    EmptySelectionError: "nothing-chosen",
    QueryError: "query-failed",
    QuerySyntaxError: "query-syntax",
    QueryRefusedError: "query-refused",
    ParameterError: "invalid-parameter",
    TimeLimitError: "time-limit",
    MemoryLimitError: "memory-limit",
    AnswerTooLargeError: "answer-too-large",
    BusyError: "busy",
}
#: Where nothing is but read.
METHODS = "GET, HEAD, OPTIONS"


def problem(slug: str, detail: str, headers: Mapping[str, str] | None = None, **more: Any) -> Response:
    """Write a problem document of a kind; `status` among `more` stands in place of the kind's own."""
    kind = KINDS[slug]
    document: dict[str, Any] = {
        "type": kind.iri,
        "title": kind.title,
        "status": int(kind.status),
        "detail": detail,
    } | more
    body = json.dumps(document, ensure_ascii=False)
    return Response(body, status_code=document["status"], media_type=MEDIA_TYPE, headers=dict(headers or {}))


def respond(request: Request, error: Exception) -> Response:
    """Answer an error of ours or of the framework; anything else is raised again."""
    if isinstance(error, ItbkgError):
        return _ours(request, error)
    if isinstance(error, WorkerError):
        return _limited(error)
    return _http(request, error)


def _limited(error: WorkerError) -> Response:
    """Say which limit was met and how to get under it."""
    kind = KINDS[SLUGS[type(error)]]
    headers = {"Retry-After": "5"} if kind.status == HTTPStatus.SERVICE_UNAVAILABLE else {}
    mend = kind.mend[0].lower() + kind.mend[1:].rstrip(".")
    return problem(kind.slug, f"{error}; {mend}", headers, limit=error.limit.replace("_", "-"))


def install(app: FastAPI) -> None:
    """Make every error of the application a problem document, the framework's own included."""
    app.add_exception_handler(ItbkgError, respond)
    app.add_exception_handler(WorkerError, respond)
    app.add_exception_handler(HTTPException, _http)
    app.add_exception_handler(RequestValidationError, _invalid)
    app.add_exception_handler(Exception, _unforeseen)


def _ours(request: Request, error: Exception) -> Response:
    del request
    status = next(STATUS[kind] for kind in type(error).__mro__ if kind in STATUS)
    slug = next(SLUGS[kind] for kind in type(error).__mro__ if kind in SLUGS)
    about: dict[str, Any] = {"status": int(status)} | _pointed(error) | _place(error)
    if isinstance(error, NotFoundError):
        about["nearest"] = list(error.nearest)
    if isinstance(error, ThinCaseError):
        about["missing"] = list(error.missing)
    return problem(slug, str(error), None, **about)


def _pointed(error: Exception) -> dict[str, Any]:
    """Point to the parameter that was given wrongly, where the error names one."""
    name = error.parameter if isinstance(error, ItbkgError) else ""
    return {"parameter": name, "errors": [{"parameter": name, "detail": str(error)}]} if name else {}


def _place(error: Exception) -> dict[str, Any]:
    """Return line and column of what is wrong in a query, where its message names them."""
    found = _PLACE.search(str(error)) if isinstance(error, QueryError) else None
    return {name: int(at) for name, at in found.groupdict().items()} if found else {}


def _http(request: Request, error: Exception) -> Response:
    if not isinstance(error, HTTPException):
        raise error
    headers, detail = dict(error.headers or {}), str(error.detail)
    if error.status_code == HTTPStatus.METHOD_NOT_ALLOWED and detail == HTTPStatus.METHOD_NOT_ALLOWED.phrase:
        return _other_method(request)
    if error.status_code == HTTPStatus.NOT_FOUND and detail == HTTPStatus.NOT_FOUND.phrase:
        detail = f"nothing is at {request.url.path}; /docs lists every address"
    return problem(BY_STATUS.get(error.status_code, "bad-request"), detail, headers, status=error.status_code)


def _other_method(request: Request) -> Response:
    """Say what may be done at a place that is only read: it is asked by OPTIONS, or tried by another method."""
    if request.method == "OPTIONS":
        headers = {"Allow": METHODS}
        if "access-control-request-method" in request.headers:
            headers |= {
                "Access-Control-Allow-Methods": METHODS,
                "Access-Control-Allow-Headers": "Accept, If-None-Match",
            }
        return Response(status_code=HTTPStatus.NO_CONTENT, headers=headers)
    return problem("method-not-allowed", f"{request.method} does nothing here; GET reads", {"Allow": METHODS})


def _invalid(request: Request, error: Exception) -> Response:
    del request
    found = error.errors() if isinstance(error, RequestValidationError) else []
    errors = [{"parameter": str(one["loc"][-1]), "in": str(one["loc"][0]), "detail": one["msg"]} for one in found]
    names = ", ".join(f"'{one['parameter']}'" for one in errors)
    status = int(HTTPStatus.UNPROCESSABLE_ENTITY)
    detail = f"the request has parameters that cannot be used: {names}"
    return problem("invalid-parameter", detail, status=status, errors=errors)


def _unforeseen(request: Request, error: Exception) -> Response:
    """Say that it failed and nothing of how; the server's log has the trace.

    This answer passes by what stands around the routes, so it brings the standing headers along.
    """
    del request, error
    return problem("server-failed", "the server failed on this request; its log says how", STANDING)

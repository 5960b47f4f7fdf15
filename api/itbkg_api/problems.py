"""Errors as RFC 9457 problem documents (https://www.rfc-editor.org/rfc/rfc9457), from one table."""

import json
from http import HTTPStatus
from typing import Any

from fastapi import FastAPI, Request, Response
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException

from itbkg.errors import (
    BuildBusyError,
    BuildFolderError,
    ItbkgError,
    NotFoundError,
    OntologyError,
    QueryError,
    QueryRefusedError,
    QuerySyntaxError,
    ReasonerError,
    RecordError,
    SettingsError,
    UnknownWordError,
)

MEDIA_TYPE = "application/problem+json"

STATUS: dict[type[ItbkgError], int] = {
    ItbkgError: HTTPStatus.INTERNAL_SERVER_ERROR,
    SettingsError: HTTPStatus.INTERNAL_SERVER_ERROR,
    OntologyError: HTTPStatus.INTERNAL_SERVER_ERROR,
    RecordError: HTTPStatus.UNPROCESSABLE_ENTITY,
    NotFoundError: HTTPStatus.NOT_FOUND,
    UnknownWordError: HTTPStatus.NOT_FOUND,
    BuildFolderError: HTTPStatus.SERVICE_UNAVAILABLE,
    BuildBusyError: HTTPStatus.SERVICE_UNAVAILABLE,
    QueryError: HTTPStatus.BAD_REQUEST,
    QuerySyntaxError: HTTPStatus.BAD_REQUEST,
    QueryRefusedError: HTTPStatus.FORBIDDEN,
    ReasonerError: HTTPStatus.INTERNAL_SERVER_ERROR,
}


def problem(status: int, detail: str, headers: dict[str, str] | None = None, **more: Any) -> Response:
    """Write a problem document; `type` is about:blank, so `title` is the status phrase (RFC 9457 section 4.2.1)."""
    document = {
        "type": "about:blank",
        "title": HTTPStatus(status).phrase,
        "status": int(status),
        "detail": detail,
    }
    body = json.dumps(document | more, ensure_ascii=False)
    return Response(body, status_code=int(status), media_type=MEDIA_TYPE, headers=headers)


def install(app: FastAPI) -> None:
    """Make every error of the application a problem document, the framework's own included."""
    app.add_exception_handler(ItbkgError, _ours)
    app.add_exception_handler(HTTPException, _http)
    app.add_exception_handler(RequestValidationError, _invalid)
    app.add_exception_handler(Exception, _unforeseen)


def _ours(request: Request, error: Exception) -> Response:
    del request
    status = next(STATUS[kind] for kind in type(error).__mro__ if kind in STATUS)
    if isinstance(error, NotFoundError):
        return problem(status, str(error), nearest=list(error.nearest))
    return problem(status, str(error))


def _http(request: Request, error: Exception) -> Response:
    if not isinstance(error, HTTPException):
        raise error
    detail = str(error.detail)
    if error.status_code == HTTPStatus.NOT_FOUND and detail == HTTPStatus.NOT_FOUND.phrase:
        detail = f"nothing is at {request.url.path}; /docs lists every address"
    return problem(error.status_code, detail, dict(error.headers or {}))


def _invalid(request: Request, error: Exception) -> Response:
    del request
    found = error.errors() if isinstance(error, RequestValidationError) else []
    errors = [{"parameter": ".".join(map(str, one["loc"])), "detail": one["msg"]} for one in found]
    return problem(HTTPStatus.UNPROCESSABLE_ENTITY, "the request has parameters that cannot be used", errors=errors)


def _unforeseen(request: Request, error: Exception) -> Response:
    """Say that it failed and nothing of how; the server's log has the trace."""
    del request, error
    return problem(HTTPStatus.INTERNAL_SERVER_ERROR, "the server failed on this request; its log says how")

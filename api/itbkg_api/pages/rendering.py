"""Fill a template; everything that is put into one is escaped."""

from pathlib import Path
from typing import Any

from fastapi import Request
from fastapi.responses import HTMLResponse
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from starlette.staticfiles import StaticFiles

import itbkg
from itbkg.namespaces import BASE
from itbkg_api.addresses import API

_FOLDER = Path(__file__).resolve().parent

#: What a page may load: its own style sheet, and nothing that runs.
_POLICY = (
    "default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
_HEADERS = {"Content-Security-Policy": _POLICY}


def _is_web_address(iri: str) -> bool:
    """Say whether an IRI can be followed: on the web, and not one of ours that only names something."""
    return iri.startswith(("https://", "http://")) and not iri.startswith(BASE)


_ENVIRONMENT = Environment(
    loader=FileSystemLoader(_FOLDER / "templates"),
    autoescape=True,
    undefined=StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
)
_ENVIRONMENT.tests["web_address"] = _is_web_address
_ENVIRONMENT.globals["version"] = itbkg.__version__


def render(request: Request, template: str, **context: Any) -> HTMLResponse:
    """Fill a template.

    `root` is the path under which the application is mounted, before every address of ours; `api` that of the API.
    """
    root = str(request.scope.get("root_path", ""))
    text = _ENVIRONMENT.get_template(template).render(root=root, api=f"{root}{API}", **context)
    return HTMLResponse(text, headers=_HEADERS)


def static_files() -> StaticFiles:
    """Serve the style sheet."""
    return StaticFiles(directory=_FOLDER / "static")

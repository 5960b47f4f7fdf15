"""Fill a template; everything that is put into one is escaped."""

from pathlib import Path
from typing import Any

from fastapi import Request
from fastapi.responses import HTMLResponse
from jinja2 import Environment, FileSystemLoader, StrictUndefined

import itbkg
from itbkg.namespaces import BASE
from itbkg_api.addresses import API, path_within
from itbkg_api.pages.files import static_path
from itbkg_api.pages.islands import scripts

_FOLDER = Path(__file__).resolve().parent

#: What a page may load: what this server gives; nothing that stands in the page itself is run.
_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; font-src 'self'; connect-src 'self'; "
    "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
#: The pages that the head of every page leads to: what each is called and where it is.
SECTIONS = (
    ("Cases", "/cases"),
    ("Links", "/links"),
    ("Graph", "/graph"),
    ("Ask", "/ask"),
    ("Words", "/words"),
    ("Guidance", "/guidance"),
    ("Teach", "/teach"),
    ("Data", "/data"),
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
_ENVIRONMENT.globals["sections"] = SECTIONS
_ENVIRONMENT.globals["scripts"] = scripts


def render(request: Request, template: str, **context: Any) -> HTMLResponse:
    """Fill a template.

    `root` is the path under which the application is mounted, before every address of ours; `api` that of the API;
    `static` that of style sheets and pictures; `here` that of the page itself, within the application.
    """
    root = str(request.scope.get("root_path", ""))
    told = {
        "root": root,
        "api": f"{root}{API}",
        "static": f"{root}{static_path()}",
        "here": path_within(request.scope),
        **context,
    }
    text = _ENVIRONMENT.get_template(template).render(told)
    return HTMLResponse(text, headers=_HEADERS)

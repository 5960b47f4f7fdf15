"""The kinds of problem as pages and as JSON; docs/problems.md is made of the same table."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from difflib import get_close_matches
from typing import Any, Literal

from fastapi import APIRouter, Request, Response
from fastapi.responses import JSONResponse

from itbkg.errors import NotFoundError
from itbkg_api.caching import tagged
from itbkg_api.kinds import KINDS, Kind
from itbkg_api.lists import PROBLEM
from itbkg_api.negotiation import choose
from itbkg_api.pages import render
from itbkg_api.parts import AcceptPart, StorePart

router = APIRouter(tags=["problems"])

FORMATS: Mapping[str, Literal["json", "html"]] = {"application/json": "json", "text/html": "html"}


@dataclass(frozen=True, slots=True)
class KindAccount:
    """A kind of problem: what it means, and what a client does about it."""

    type: str
    slug: str
    status: int
    title: str
    explanation: str
    mend: str


@dataclass(frozen=True, slots=True)
class KindList:
    """All kinds of problem."""

    total: int
    problems: tuple[KindAccount, ...]


_LISTED: dict[int | str, dict[str, Any]] = {
    200: {"model": KindList, "content": {"text/html": {}}},
    304: {"description": "the client has it already"},
    406: {"description": "none of the forms is acceptable", **PROBLEM},
}
_TOLD: dict[int | str, dict[str, Any]] = _LISTED | {
    200: {"model": KindAccount, "content": {"text/html": {}}},
    404: {"description": "no such kind; `nearest` names those like it", **PROBLEM},
}


@router.get("/problems", responses=_LISTED, response_model=None)
def problem_kinds(request: Request, store: StorePart, accept: AcceptPart = None) -> Response:
    """List the kinds of problem that an answer can name: JSON, or a page for a browser."""
    told = KindList(len(KINDS), tuple(map(_account, KINDS.values())))
    return _answer(request, store, accept, told, tuple(KINDS.values()))


@router.get("/problems/{slug}", responses=_TOLD, response_model=None)
def problem_kind(slug: str, request: Request, store: StorePart, accept: AcceptPart = None) -> Response:
    """Tell one kind of problem: JSON, or a page for a browser."""
    if slug not in KINDS:
        raise NotFoundError("kind of problem", slug, get_close_matches(slug, KINDS))
    return _answer(request, store, accept, _account(KINDS[slug]), (KINDS[slug],))


def _account(kind: Kind) -> KindAccount:
    return KindAccount(kind.iri, kind.slug, int(kind.status), kind.title, kind.explanation, kind.mend)


def _answer(
    request: Request, store: StorePart, accept: str | None, told: KindList | KindAccount, kinds: tuple[Kind, ...]
) -> Response:
    _, form = choose(accept, FORMATS)
    title = kinds[0].title if isinstance(told, KindAccount) else "Problems"
    response = (
        JSONResponse(asdict(told)) if form == "json" else render(request, "problems.html", title=title, kinds=kinds)
    )
    return tagged(request, store, form, response, {"Vary": "Accept"})

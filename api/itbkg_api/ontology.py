"""The ontology as one document, in the form that the client asks for."""

import hashlib
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any

from fastapi import APIRouter, Request, Response
from rdflib import Graph

from itbkg.exports import PRODUCTS, Form, choose_form, ontology_document
from itbkg.vocabulary import read_ontology
from itbkg_api.caching import has_already, not_modified
from itbkg_api.negotiation import choose
from itbkg_api.parts import AcceptPart, QuestionsPart

router = APIRouter(tags=["ontology"])

#: The forms by media type, the usual one first.
FORMS: Mapping[str, Form] = {form.media_type: form for form in PRODUCTS["ontology"]}

_PROBLEM: dict[str, Any] = {"application/problem+json": {}}
_RESPONSES: dict[int | str, dict[str, Any]] = {
    200: {"content": {media_type: {} for media_type in FORMS}},
    304: {"description": "the client has it already"},
}


@router.get("/ontology", responses=_RESPONSES | {406: {"description": "none of the forms", "content": _PROBLEM}})
def ontology(request: Request, questions: QuestionsPart, accept: AcceptPart = None) -> Response:
    """Give the whole ontology as OWL (RDF/XML), Turtle, JSON-LD or OBO Graphs JSON, by Accept."""
    _, form = choose(accept, FORMS)
    return _answer(request, questions, form, {"Vary": "Accept"})


@router.get("/ontology.{ending}", responses=_RESPONSES | {404: {"description": "no such form", "content": _PROBLEM}})
def ontology_file(ending: str, request: Request, questions: QuestionsPart) -> Response:
    """Give the whole ontology by suffix: `.owl`, `.ttl`, `.jsonld`, or `.json` for OBO Graphs."""
    return _answer(request, questions, choose_form("ontology", Path(f"ontology.{ending}")), {})


def _answer(request: Request, questions: Path, form: Form, headers: Mapping[str, str]) -> Response:
    content, tag = _content(questions.parent, form)  # the saved questions lie in the ontology's folder
    told = {**headers, "ETag": tag}
    if has_already(request, tag):
        return not_modified(told)
    return Response(content, media_type=form.media_type, headers=told)


@lru_cache(maxsize=8)
def _content(folder: Path, form: Form) -> tuple[bytes, str]:
    content = form.write(_document(folder))
    return content, f'"{hashlib.sha256(content).hexdigest()}"'


@lru_cache(maxsize=2)
def _document(folder: Path) -> Graph:
    """Read it once: a server that runs gives one ontology until it stops."""
    return ontology_document(read_ontology(folder))

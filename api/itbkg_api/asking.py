"""The saved questions: a list, and the answer to one in the form that the client asks for."""

from collections.abc import Mapping
from dataclasses import asdict
from typing import Any, Literal

from fastapi import APIRouter, Request, Response
from fastapi.responses import JSONResponse

from itbkg.questions import answer, bound_query, find_question, read_questions, set_once
from itbkg_api.negotiation import choose
from itbkg_api.parts import AcceptPart, QuestionsPart, StorePart

router = APIRouter(tags=["questions"])

AnswerFormat = Literal["document", "csv", "json"]

#: The forms of an answer by media type, the usual one first, and the suffix of each that has one.
FORMATS: Mapping[str, AnswerFormat] = {
    "application/json": "document",
    "text/csv": "csv",
    "application/sparql-results+json": "json",
}
SUFFIXES: Mapping[str, str] = {".json": "application/json", ".csv": "text/csv"}
_RESPONSES: dict[int | str, dict[str, Any]] = {
    200: {"content": {media_type: {} for media_type in FORMATS}},
    400: {"description": "a parameter that the question does not take", "content": {"application/problem+json": {}}},
    404: {"description": "no such question, case or word", "content": {"application/problem+json": {}}},
    406: {"description": "none of the forms is acceptable", "content": {"application/problem+json": {}}},
}
#: Each question takes parameters of its own; `/questions` lists them.
_PARAMETERS = {
    "parameters": [
        {
            "name": "parameters",
            "in": "query",
            "description": "What `/questions` lists for it, such as `case=mohammed-2004/1`, `treatment=oral baclofen`",
            "schema": {"type": "object", "additionalProperties": {"type": "string"}},
            "style": "form",
            "explode": True,
        }
    ]
}


@router.get("/questions")
def questions(folder: QuestionsPart) -> list[dict[str, Any]]:
    """List the saved questions, each with what it takes and gives, and with its SPARQL."""
    return [asdict(question) for question in read_questions(folder).values()]


@router.get("/questions/{name}", responses=_RESPONSES, openapi_extra=_PARAMETERS)
def one_question(
    name: str, request: Request, folder: QuestionsPart, store: StorePart, accept: AcceptPart = None
) -> Response:
    """Answer one question: JSON with plain names, CSV, or the W3C's JSON.

    The form is chosen by suffix (`.json`, `.csv`) or by Accept.
    """
    stem, dot, ending = name.partition(".")
    by_suffix = SUFFIXES.get(dot + ending)
    media_type, form = (by_suffix, FORMATS[by_suffix]) if by_suffix else choose(accept, FORMATS)
    question, given = find_question(folder, stem if by_suffix else name), set_once(request.query_params.multi_items())
    headers = {} if by_suffix else {"Vary": "Accept"}
    if form == "document":
        return JSONResponse(answer(store, question, given).document(), headers=headers)
    body = store.answer(bound_query(store, question, given), table=form)
    return Response(body, media_type=media_type, headers=headers)

"""The saved questions: a list, and the answer to one in the form that the client asks for."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any, Literal

from fastapi import APIRouter, Depends, Request, Response
from fastapi.responses import JSONResponse

from itbkg.questions import Question, answer, bound_query, find_question, read_questions, set_once
from itbkg_api.caching import tagged
from itbkg_api.lists import LIMIT, LimitPart, OffsetPart, link_header, page_links
from itbkg_api.negotiation import choose
from itbkg_api.parts import AcceptPart, QuestionsPart, StorePart
from itbkg_api.strict import known_parameters

router = APIRouter(tags=["questions"])

AnswerFormat = Literal["document", "csv", "json"]

#: The forms of an answer by media type, the usual one first, and the suffix of each that has one.
FORMATS: Mapping[str, AnswerFormat] = {
    "application/json": "document",
    "text/csv": "csv",
    "application/sparql-results+json": "json",
}
SUFFIXES: Mapping[str, str] = {".json": "application/json", ".csv": "text/csv"}


@dataclass(frozen=True, slots=True)
class QuestionList:
    """Saved questions by name, `total` in all, of which these are those from `offset` on."""

    total: int
    offset: int
    questions: tuple[Question, ...]


@dataclass(frozen=True, slots=True)
class AnswerDocument:
    """An answer: the question, what was set, what the columns mean, and the rows, each an object by column."""

    question: str
    title: str
    reading: str
    parameters: dict[str, str | None]
    columns: dict[str, str]
    rows: list[dict[str, str | int | float | bool | None]]


_LISTED: dict[int | str, dict[str, Any]] = {
    200: {"model": QuestionList},
    304: {"description": "the client has it already"},
}
_RESPONSES: dict[int | str, dict[str, Any]] = {
    200: {"model": AnswerDocument, "content": {media_type: {} for media_type in FORMATS}},
    304: {"description": "the client has it already"},
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


@router.get("/questions", responses=_LISTED, response_model=None, dependencies=[Depends(known_parameters)])
def questions(
    request: Request, folder: QuestionsPart, store: StorePart, limit: LimitPart = LIMIT, offset: OffsetPart = 0
) -> Response:
    """List the saved questions by name, each with what it takes and gives, and with its SPARQL."""
    listed = tuple(read_questions(folder).values())
    page = QuestionList(len(listed), offset, listed[offset : offset + limit])
    links = link_header(page_links(request, len(listed), limit, offset))
    return tagged(request, store, "json", JSONResponse(asdict(page)), links)


@router.get("/questions/{name}", responses=_RESPONSES, response_model=None, openapi_extra=_PARAMETERS)
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
        return tagged(request, store, form, JSONResponse(answer(store, question, given).document()), headers)
    body = store.answer(bound_query(store, question, given), table=form)
    return tagged(request, store, form, Response(body, media_type=media_type), headers)

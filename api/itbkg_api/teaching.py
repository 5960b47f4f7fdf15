"""Teaching cases: the list, and one as a lesson in any of its forms. For teaching, never treatment advice."""

import io
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from functools import cache
from pathlib import Path
from typing import Annotated, Any

from fastapi import APIRouter, Query, Request, Response
from fastapi.responses import JSONResponse

from itbkg.settings import Corpus
from itbkg.teaching.formats.player import content_policy
from itbkg.teaching.lesson import Lesson
from itbkg.teaching.library import LessonRow
from itbkg.teaching.outputs import all_formats, find_format
from itbkg_api.lists import LIMIT, PROBLEM, LimitPart, OffsetPart, link_header, page_links
from itbkg_api.negotiation import choose
from itbkg_api.parts import AcceptPart, QuestionsPart, StorePart
from itbkg_api.shelf import lesson_named, lesson_rows, sent

router = APIRouter(tags=["teaching"])

#: The lesson itself, for those who make a form of their own.
_JSON = ("application/json", ".json")
#: The form that is a page of its own.
PLAYER = "html"


@dataclass(frozen=True, slots=True)
class LessonForm:
    """A form in which every teaching case can be had: with `?format=NAME`, or by its ending where that is its own."""

    name: str
    title: str
    media_type: str
    ending: str


@dataclass(frozen=True, slots=True)
class LessonList:
    """A page of `total` teaching cases, and the forms of each."""

    total: int
    offset: int
    lessons: tuple[LessonRow, ...]
    forms: tuple[LessonForm, ...]


@cache
def _by_media_type() -> Mapping[str, str]:
    """Name the form for each media type, the usual one first; JSON is the lesson itself."""
    forms = {_JSON[0]: ""}
    for form in all_formats().values():
        forms.setdefault(form.media_type.partition(";")[0], form.name)
    return forms


@cache
def _by_ending() -> Mapping[str, str]:
    forms = {_JSON[1]: ""}
    for form in all_formats().values():
        forms.setdefault(form.ending, form.name)
    return forms


def _media_types() -> dict[str, dict[str, Any]]:
    return {media_type: {} for media_type in _by_media_type()}


_LISTED: dict[int | str, dict[str, Any]] = {
    200: {"model": LessonList},
    304: {"description": "the client has it already"},
}
_TOLD: dict[int | str, dict[str, Any]] = {
    200: {"model": Lesson, "content": _media_types()},
    304: {"description": "the client has it already"},
    404: {"description": "no such teaching case or form; `nearest` names those like it", **PROBLEM},
    406: {"description": "none of the forms is acceptable", **PROBLEM},
    422: {
        "description": "too little to teach from (`missing` lists what), or a file with problems (`detail` lists them)",
        **PROBLEM,
    },
    501: {"description": "what writes this form is not installed here", **PROBLEM},
}

FormPart = Annotated[
    str | None, Query(alias="format", description="The name of a form, such as `handout-pdf` or `anki`.")
]


@router.get("/teaching", responses=_LISTED, response_model=None)
def lessons(
    request: Request, store: StorePart, questions: QuestionsPart, limit: LimitPart = LIMIT, offset: OffsetPart = 0
) -> Response:
    """List the teaching cases with level, time and objectives, and the forms in which each can be had."""
    rows = lesson_rows(store, _folder(questions))
    forms = tuple(LessonForm(one.name, one.title, one.media_type, one.ending) for one in all_formats().values())
    page = LessonList(len(rows), offset, rows[offset : offset + limit], forms)
    response = JSONResponse(asdict(page))
    return sent(request, response, link_header(page_links(request, len(rows), limit, offset)))


@router.get("/teaching/{lesson}", responses=_TOLD, response_model=None)
def one_lesson(
    lesson: str,
    request: Request,
    store: StorePart,
    questions: QuestionsPart,
    form: FormPart = None,
    accept: AcceptPart = None,
) -> Response:
    """Give one teaching case: as JSON with every text filled in, or in a form to teach with.

    A case of the dataset that has none (`doe-1901-1`) is drafted, if there is enough in it to teach from.

    The form is chosen by `format`, by suffix (`.html` plays it, `.pptx` are slides, `.apkg` an Anki deck) or by Accept.
    """
    name, dot, ending = lesson.partition(".")
    suffix = _by_ending().get(dot + ending) if dot else None
    if form is not None:
        chosen: str = find_format(form).name
    elif dot:
        chosen = suffix if suffix is not None else find_format(ending).name
    else:
        chosen = choose(accept, _by_media_type())[1]
    made = lesson_named(store, _folder(questions), questions, name)
    varies = {} if dot or form is not None else {"Vary": "Accept"}
    return sent(request, _written(made, chosen), varies)


def _folder(questions: Path) -> Path:
    """Find the teaching cases of the corpus to which the saved questions belong."""
    return Corpus(questions.parent.parent).teaching


def _written(lesson: Lesson, form: str) -> Response:
    """Write a lesson: the player is a page that brings the policy for its own scripts, all else is a file to keep."""
    if not form:
        return JSONResponse(asdict(lesson))
    found = find_format(form)
    stream = io.BytesIO()
    found.write(lesson, stream)
    response = Response(stream.getvalue(), media_type=found.media_type)
    if form == PLAYER:
        response.headers["Content-Security-Policy"] = f"{content_policy()}; frame-ancestors 'none'"
    else:
        apart = "" if _by_ending()[found.ending] == form else f"-{form}"
        response.headers["Content-Disposition"] = f'attachment; filename="{lesson.id}{apart}{found.ending}"'
    return response

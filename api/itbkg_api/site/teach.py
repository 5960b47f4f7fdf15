"""The pages of teaching: the teaching cases with what they are for, the player of each, and its other forms."""

import io
from functools import lru_cache
from pathlib import Path
from typing import Annotated

from fastapi import Depends, Request, Response
from fastapi.responses import HTMLResponse

from itbkg.teaching.formats import FORMATS, Format, named
from itbkg.teaching.formats.player import content_policy, to_html
from itbkg.teaching.lesson import LEVELS, SAFETY, Lesson
from itbkg.teaching.library import LessonRow
from itbkg_api.parts import QuestionsPart, StorePart
from itbkg_api.shelf import lesson_named, lesson_rows, sent
from itbkg_api.site.routing import page, page_router

router = page_router()

#: The form that is a page of its own.
PLAYER = "html"


def _folder(questions: QuestionsPart) -> Path:
    """Find the teaching cases of the corpus to which the saved questions belong."""
    return questions.parents[1] / "data" / "teaching"


FolderPart = Annotated[Path, Depends(_folder)]


@router.get("/teach")
def teach(request: Request, store: StorePart, folder: FolderPart) -> Response:
    """List the teaching cases, the easier and shorter first, each with its forms."""
    rows = sorted(lesson_rows(store, folder), key=_ease)
    return page(request, store, "teach.html", lessons=rows, forms=forms(), safety=SAFETY)


@router.get("/teach/{name}")
def play(name: str, request: Request, store: StorePart, folder: FolderPart, questions: QuestionsPart) -> Response:
    """Play a teaching case; its page is one file, which brings its own style and scripts and the policy for them."""
    text = to_html(lesson_named(store, folder, questions, name))
    response = HTMLResponse(text, headers={"Content-Security-Policy": f"{content_policy()}; frame-ancestors 'none'"})
    return sent(request, response)


@router.get("/teach/{name}/{form}")
def take(
    name: str, form: str, request: Request, store: StorePart, folder: FolderPart, questions: QuestionsPart
) -> Response:
    """Give a teaching case in another form, as a file."""
    chosen, lesson = named(form), lesson_named(store, folder, questions, name)
    file = io.BytesIO()
    chosen.write(lesson, file)
    headers = {"Content-Disposition": f'attachment; filename="{file_name(lesson, chosen)}"'}
    response = Response(file.getvalue(), media_type=chosen.media_type, headers=headers)
    return sent(request, response)


def _ease(row: LessonRow) -> tuple[int, int, str]:
    return LEVELS.index(row.level), row.minutes, row.id


@lru_cache(maxsize=1)
def forms() -> tuple[Format, ...]:
    """Read the forms once."""
    return tuple(FORMATS.values())


def file_name(lesson: Lesson, form: Format) -> str:
    """Name the file of a lesson in a form; two forms of one ending are told apart by their names."""
    same = sum(one.ending == form.ending for one in forms()) > 1 and form.name != form.ending.removeprefix(".")
    return f"{lesson.id}{f'-{form.name}' if same else ''}{form.ending}"

"""The teaching cases that the doors give: those at hand of cases in this graph, and drafts of its other cases."""

from collections.abc import Mapping
from dataclasses import replace
from difflib import get_close_matches
from functools import lru_cache
from pathlib import Path

from fastapi import Request, Response

from itbkg.cases.listing import case_ids
from itbkg.errors import NotFoundError, RecordError
from itbkg.store import Store
from itbkg.teaching.drafting import draft_case
from itbkg.teaching.lesson import Lesson
from itbkg.teaching.library import LessonRow, find_path, list_lessons
from itbkg.teaching.making import Workshop
from itbkg.teaching.reading import read_teaching
from itbkg.teaching.record import TeachingCase
from itbkg_api.caching import content_tag, has_already, not_modified

#: How the folder is called to those who cannot see it.
_FOLDER = "data/teaching"


def lesson_rows(store: Store, folder: Path) -> tuple[LessonRow, ...]:
    """List the teaching cases of a folder whose cases are in the graph, by id; RecordError where a file is amiss."""
    known = _cases(store).values()
    return tuple(row for row in _listed(folder, _state(folder)) if row.case in known)


def lesson_named(store: Store, folder: Path, questions: Path, name: str) -> Lesson:
    """Make the lesson of a teaching case, named by its id or that of its case; a case without one is drafted.

    Raises NotFoundError where neither is known, ThinCaseError for a case that holds too little, and RecordError, which
    names the file as it is called in the corpus, where a file is amiss.
    """
    try:
        path = find_path(folder, name)
    except NotFoundError:
        return _drafted(store, questions, _case(store, folder, name))
    if path.stem not in {row.id for row in lesson_rows(store, folder)}:
        raise NotFoundError("teaching case of a case in this dataset", name)
    return _read(store, path, path.stat().st_mtime_ns, questions)


def sent(request: Request, response: Response, more: Mapping[str, str] | None = None) -> Response:
    """Tag an answer by its content: teaching cases are edited without a new build of the graph."""
    tag = content_tag(bytes(response.body))
    response.headers.update({"Cache-Control": "no-cache", "ETag": tag, **(more or {})})
    return not_modified(dict(response.headers)) if has_already(request, tag) else response


def _case(store: Store, folder: Path, name: str) -> str:
    known = _cases(store)
    if name not in known:
        ids = (*(row.id for row in lesson_rows(store, folder)), *known)
        raise NotFoundError("teaching case", name, get_close_matches(name, ids, n=3, cutoff=0.5))
    return known[name]


def _state(folder: Path) -> tuple[tuple[str, int], ...]:
    return tuple((path.name, path.stat().st_mtime_ns) for path in sorted(folder.glob("*.yaml")))


@lru_cache(maxsize=8)
def _listed(folder: Path, state: tuple[tuple[str, int], ...]) -> tuple[LessonRow, ...]:
    """List the files of a folder as they were changed last."""
    del state
    try:
        return list_lessons(folder)
    except RecordError as error:
        raise _told_outside(error) from None


@lru_cache(maxsize=8)
def _cases(store: Store) -> Mapping[str, str]:
    """Return the cases of the graph as addresses write them."""
    return {case.replace("/", "-"): case for case in case_ids(store)}


@lru_cache(maxsize=8)
def _workshop(store: Store, questions: Path) -> Workshop:
    return Workshop(store, questions)


@lru_cache(maxsize=64)
def _read(store: Store, path: Path, changed: int, questions: Path) -> Lesson:
    """Make the lesson of a file as it was changed last."""
    del changed
    try:
        return read_teaching(path, _workshop(store, questions))[1]
    except RecordError as error:
        raise _told_outside(error) from None


@lru_cache(maxsize=64)
def _drafted(store: Store, questions: Path, case: str) -> Lesson:
    workshop = _workshop(store, questions)
    return workshop.lesson(TeachingCase.model_validate(draft_case(workshop, case)))


def _told_outside(error: RecordError) -> RecordError:
    """Tell problems by the name of the file within the corpus: where it lies on this machine is nobody's affair."""
    return RecordError([replace(one, path=f"{_FOLDER}/{Path(one.path).name}") for one in error.problems])

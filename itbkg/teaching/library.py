"""The teaching cases at hand: those of the corpus or of an educator's folder, and drafts of any case."""

from collections.abc import Iterator
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path

from itbkg.errors import NotFoundError
from itbkg.teaching.drafting import Audience, draft_case
from itbkg.teaching.lesson import Lesson, Level
from itbkg.teaching.making import Workshop
from itbkg.teaching.reading import path_of_case, read_form, read_teaching, teaching_paths
from itbkg.teaching.record import TeachingCase


@dataclass(frozen=True, slots=True)
class LessonRow:
    """A teaching case in a list; `stages` and `questions` are counted."""

    id: str
    case: str
    title: str
    audience: str
    level: Level
    minutes: int
    objectives: tuple[str, ...]
    stages: int
    questions: int


def list_lessons(folder: Path) -> tuple[LessonRow, ...]:
    """List the teaching cases of a folder, by id; RecordError where a file does not fit the form."""
    return tuple(_row(teaching) for teaching in _teachings(folder))


def find_path(folder: Path, name: str) -> Path:
    """Find a teaching case by its id or by that of its case; NotFoundError, with ids like it, where there is none."""
    known = {path.stem: path for path in teaching_paths(folder)}
    asked = name.replace("/", "-")
    path = known.get(asked) or path_of_case(folder, asked)
    if path is None:
        raise NotFoundError("teaching case", name, get_close_matches(asked, known, n=3, cutoff=0.5))
    return path


def lesson_name(folder: Path, case: str) -> str:
    """Name the teaching case that is made of a case; empty where there is none."""
    try:
        return find_path(folder, case).stem
    except NotFoundError:
        return ""


def lesson_of(workshop: Workshop, folder: Path, name: str, audience: Audience | None = None) -> Lesson:
    """Make the lesson of a case: from its file in a folder, else from a draft.

    Raises RecordError where the file does not fit, and what `draft_case` raises.
    """
    try:
        path = find_path(folder, name)
    except NotFoundError:
        draft = draft_case(workshop, name, audience)
        return workshop.lesson(TeachingCase.model_validate(draft))
    return read_teaching(path, workshop)[1]


def _teachings(folder: Path) -> Iterator[TeachingCase]:
    yield from (read_form(path)[0] for path in teaching_paths(folder))


def _row(teaching: TeachingCase) -> LessonRow:
    return LessonRow(
        id=teaching.id,
        case=teaching.case,
        title=teaching.title,
        audience=teaching.audience,
        level=teaching.level,
        minutes=teaching.minutes,
        objectives=tuple(one.text for one in teaching.objectives),
        stages=len(teaching.stages),
        questions=sum(len(stage.questions) for stage in teaching.stages),
    )

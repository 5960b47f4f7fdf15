"""From a YAML file of teaching to a teaching case and its lesson, or to every problem in it at once, with its line."""

import json
import re
from collections.abc import Iterable, Iterator
from pathlib import Path

from itbkg.curation.form import Form, fit_form
from itbkg.curation.found import Found, problem_at
from itbkg.curation.nodes import Node, read_nodes
from itbkg.errors import NotFoundError, Problem, RecordError
from itbkg.teaching.lesson import Lesson
from itbkg.teaching.making import Workshop
from itbkg.teaching.material import Material
from itbkg.teaching.record import TeachingCase
from itbkg.teaching.showing import shown_names
from itbkg.teaching.spoilers import find_spoilers

#: Where the JSON Schema of the format is kept, below the corpus.
SCHEMA_PATH = "data/teaching.schema.json"
_FORM = Form(TeachingCase, ("stages", "questions", "options", "shows", "notes", "objectives"))
#: A number as it is written; those without a point and of few digits are not looked at, for they fit by chance.
_FIGURE = re.compile(r"(?<![\w.{/-])\d+(?:\.\d+)?(?![\w.]*\}\})")
_LEAST_DIGITS = 3
_CASE = re.compile(r"^case:\s*['\"]?([^'\"\s#]+)", re.MULTILINE)
_STAGES = re.compile(r"^stages:", re.MULTILINE)


def teaching_paths(folder: Path) -> list[Path]:
    """List the files of teaching in a folder, by name; none where there is no such folder."""
    return sorted(folder.glob("*.yaml"))


def path_of_case(folder: Path, case: str) -> Path | None:
    """Find the file that teaches a case, written `doe-1901/1` or `doe-1901-1`; None where there is none."""
    asked = case.replace("/", "-")
    return next((path for path in teaching_paths(folder) if _case_in(path) == asked), None)


def _case_in(path: Path) -> str:
    found = _CASE.search(path.read_text("utf-8", errors="replace"))
    return found[1].replace("/", "-") if found else ""


def is_teaching(path: Path) -> bool:
    """Say whether a file has the stages of a teaching case, and is no record; one that cannot be read is none."""
    try:
        return _STAGES.search(path.read_text("utf-8")) is not None
    except (OSError, UnicodeDecodeError):
        return False


def read_form(path: Path) -> tuple[TeachingCase, Node]:
    """Read a file as far as its form goes; RecordError, with every problem, where it does not fit."""
    root = read_nodes(path, str(path))
    teaching, problems = fit_form(root, str(path), _FORM)
    if teaching is None or problems:
        raise RecordError(problems)
    if path.stem != teaching.id:
        mend = f"Rename it to '{teaching.id}.yaml', or write 'name: {path.stem}'."
        raise RecordError([Problem(str(path), 1, "case", f"'{path.name}' does not bear the name of its case.", mend)])
    return teaching, root


def read_teaching(path: Path, workshop: Workshop) -> tuple[TeachingCase, Lesson]:
    """Read a teaching case and make its lesson.

    Raises RecordError with every problem, each with line and mend: what does not fit the form, names and keys that the
    graph does not bear out, facts that are typed where they should be named, and what shows too early.
    """
    teaching, root = read_form(path)
    try:
        lesson, found = examine(workshop, teaching)
    except NotFoundError as error:
        raise RecordError([problem_at(Found(("case",), f"{error}.", "Name a case."), root, str(path))]) from error
    if found:
        raise RecordError([problem_at(one, root, str(path)) for one in found])
    return teaching, lesson


def examine(workshop: Workshop, teaching: TeachingCase) -> tuple[Lesson, list[Found]]:
    """Make a lesson and hold the teaching case against form of ids, graph, record and order of the story."""
    lesson, material = workshop.assemble(teaching)
    faults = material.faults
    shown, _ = shown_names(teaching.stages, material.pieces)
    spoilers = () if faults else find_spoilers(lesson, shown, material.pieces, workshop.words)
    return lesson, [*faults, *_same_ids(teaching), *_typed(teaching, material), *spoilers]


def teaching_schema() -> str:
    """Return the JSON Schema (draft 2020-12) of the format as text, the same bytes each time."""
    schema = TeachingCase.model_json_schema()
    schema["$schema"] = "https://json-schema.org/draft/2020-12/schema"
    schema["$id"] = f"https://w3id.org/itbkg/{SCHEMA_PATH.rsplit('/', 1)[-1]}"
    schema["title"] = "itbkg teaching case"
    return json.dumps(schema, indent=2, ensure_ascii=False, sort_keys=True) + "\n"


def _same_ids(teaching: TeachingCase) -> Iterator[Found]:
    """Want every id once: stages and questions in the whole case, notes in their stage."""
    stages = [(("stages", index), stage.id) for index, stage in enumerate(teaching.stages)]
    questions = [
        (("stages", index, "questions", place), question.id)
        for index, stage in enumerate(teaching.stages)
        for place, question in enumerate(stage.questions)
    ]
    objectives = [(("objectives", place), one.id) for place, one in enumerate(teaching.objectives)]
    for named in (stages, questions, objectives):
        yield from _twice(named)
    for index, stage in enumerate(teaching.stages):
        yield from _twice([(("stages", index, "notes", place), note.id) for place, note in enumerate(stage.notes)])


def _twice(named: Iterable[tuple[tuple[str | int, ...], str]]) -> Iterator[Found]:
    seen: set[str] = set()
    for keys, name in named:
        if name in seen:
            yield Found((*keys, "id"), f"the id '{name}' is taken.", "Give another; a merge goes by ids.")
        seen.add(name)


def _typed(teaching: TeachingCase, material: Material) -> Iterator[Found]:
    """Find values of the record that were typed instead of named."""
    known = {
        figure: name
        for name, piece in reversed(list(material.pieces.items()))
        if piece.fact.unit
        for figure in _FIGURE.findall(piece.fact.value)
        if "." in figure or len(figure) >= _LEAST_DIGITS
    }
    for keys, text in _own_texts(teaching):
        for figure in dict.fromkeys(_FIGURE.findall(text)):
            if figure in known:
                mend = f"Write '{{{{{known[figure]}}}}}' in its place, so that it follows the record."
                yield Found(keys, f"'{figure}' is a value of the record.", mend)


def _own_texts(teaching: TeachingCase) -> Iterator[tuple[tuple[str | int, ...], str]]:
    yield ("title",), teaching.title
    yield from ((("objectives", place, "text"), one.text) for place, one in enumerate(teaching.objectives))
    for index, stage in enumerate(teaching.stages):
        keys: tuple[str | int, ...] = ("stages", index)
        yield (*keys, "title"), stage.title
        yield (*keys, "text"), stage.text or ""
        yield from (((*keys, "notes", place, "text"), note.text) for place, note in enumerate(stage.notes))
        for place, question in enumerate(stage.questions):
            own = (*keys, "questions", place)
            yield (*own, "prompt"), question.prompt
            yield (*own, "answer"), question.answer or ""
            yield (*own, "explanation"), question.explanation or ""
            yield from (((*own, "options", at, "says"), one.says or "") for at, one in enumerate(question.options))

"""What `itbkg teach` does."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from itbkg.building import Progress
from itbkg.building.opening import open_graph
from itbkg.cli.output import note, progress, say, say_json, say_table, settings
from itbkg.errors import ParameterError
from itbkg.teaching.choosing import Wish, pick_case
from itbkg.teaching.course import Candidate, Course, Wishes, candidate, check_number, choose_course
from itbkg.teaching.coursepage import write_course
from itbkg.teaching.drafting import Audience, draft_case
from itbkg.teaching.facts import pieces_of
from itbkg.teaching.lesson import LEVELS, SAFETY, Lesson
from itbkg.teaching.library import lesson_of, list_lessons
from itbkg.teaching.making import Workshop
from itbkg.teaching.outputs import find_format, write_lesson
from itbkg.teaching.reading import read_teaching, teaching_paths
from itbkg.teaching.writing import draft_text, write_case


@dataclass(frozen=True, slots=True)
class Wanted:
    """What the case or the course is to have."""

    objectives: tuple[str, ...]
    causes: tuple[str, ...]
    outcomes: tuple[str, ...]
    levels: tuple[str, ...]

    def one(self) -> Wish:
        """Return it for one case; ParameterError where one thing is wanted twice."""
        for name, given in (("objective", self.objectives), ("cause", self.causes), ("outcome", self.outcomes)):
            if len(given) > 1:
                raise ParameterError(f"--{name} is given {len(given)} times; for one case give it once")
        return Wish("".join(self.objectives), "".join(self.causes), "".join(self.outcomes))


@dataclass(frozen=True, slots=True)
class Places:
    """Where teaching cases are read, the graph, where drafts go, and where a form or a course goes."""

    folder: Path | None
    graph: Path | None
    drafts: Path | None
    target: Path | None


@dataclass(frozen=True, slots=True)
class Doing:
    """What is asked for."""

    form: str | None
    course: int | None
    audience: str | None
    pick: bool
    facts: bool


def run(case: str | None, wanted: Wanted, places: Places, doing: Doing, *, as_json: bool) -> None:
    """List, draft, check, write, or choose a course."""
    corpus = settings().corpus
    folder = places.folder or corpus.teaching
    choosing = doing.pick or any((wanted.objectives, wanted.causes, wanted.outcomes))
    if case is None and doing.course is None and not choosing:
        _list(folder, as_json=as_json)
        return
    with progress() as bar:
        workshop = Workshop(open_graph(settings(), places.graph, bar), corpus.questions)
    if doing.course is not None:
        target = places.target or (Path(case) if case else None)
        _course(workshop, folder, doing, wanted, target, as_json=as_json)
        return
    if case is None:
        case = pick_case(workshop, wanted.one())
        note(f"chosen: {case}")
    if doing.facts:
        _facts(workshop, case, as_json=as_json)
    elif doing.form is not None:
        _write(_lesson(workshop, folder, case, _audience(doing, wanted)), doing.form, places.target, as_json=as_json)
    elif _is_file(case):
        _checked(_read(workshop, case), as_json=as_json)
    else:
        _draft(workshop, case, _audience(doing, wanted), places.drafts, as_json=as_json)


def _is_file(case: str) -> bool:
    return case.endswith(".yaml")


def _read(workshop: Workshop, case: str) -> Lesson:
    return read_teaching(Path(case), workshop)[1]


def _lesson(workshop: Workshop, folder: Path, case: str, audience: Audience) -> Lesson:
    return _read(workshop, case) if _is_file(case) else lesson_of(workshop, folder, case, audience)


def _audience(doing: Doing, wanted: Wanted) -> Audience:
    given = wanted.levels[-1] if wanted.levels else Audience().level
    level = next((known for known in LEVELS if known == given), None)
    if level is None:
        raise ParameterError(f"'{given}' is no level; there is {', '.join(LEVELS)}")
    return Audience(doing.audience or Audience().audience, level)


def _list(folder: Path, *, as_json: bool) -> None:
    rows = list_lessons(folder)
    if as_json:
        say_json([asdict(row) for row in rows])
        return
    table = [(row.id, row.level, f"{row.minutes} min", str(row.stages), str(row.questions), row.title) for row in rows]
    say_table(("teaching case", "level", "time", "stages", "questions", "title"), table)
    note(SAFETY)


def _facts(workshop: Workshop, case: str, *, as_json: bool) -> None:
    pieces = pieces_of(workshop.desk.account(case))
    if as_json:
        say_json([asdict(piece.fact) for piece in pieces.values()])
        return
    say_table(("name", "what it shows"), [(name, piece.fact.text) for name, piece in pieces.items()])
    note(SAFETY)


def _draft(workshop: Workshop, case: str, audience: Audience, folder: Path | None, *, as_json: bool) -> None:
    draft = draft_case(workshop, case, audience)
    if folder is None:
        if as_json:
            say_json(draft)
        else:
            say(draft_text(draft).rstrip())
        note(SAFETY)
        return
    written = write_case(draft, folder)
    if as_json:
        conflicts = [asdict(one) for one in written.conflicts]
        say_json({"file": str(written.path), "state": written.state, "conflicts": conflicts})
        return
    say(f"{written.path}: {written.state}")
    for conflict in written.conflicts:
        note(f"conflict: {conflict}")
    note(SAFETY)


def _checked(lesson: Lesson, *, as_json: bool) -> None:
    if as_json:
        say_json(asdict(lesson))
        return
    say(f"{lesson.id}: no problem found; {len(lesson.stages)} stages, {_questions(lesson)} questions")
    note(SAFETY)


def _write(lesson: Lesson, form: str, target: Path | None, *, as_json: bool) -> None:
    found = find_format(form)
    path = write_lesson(found, lesson, target or Path(f"{lesson.id}{found.ending}"))
    _said({"file": str(path), "format": found.name, "lesson": lesson.id}, f"{path}: {found.title}", as_json=as_json)


def _course(
    workshop: Workshop, folder: Path, doing: Doing, wanted: Wanted, target: Path | None, *, as_json: bool
) -> None:
    check_number(doing.course or 0)
    form = find_format(doing.form or "html")
    wishes = Wishes(wanted.objectives, wanted.causes, wanted.outcomes, wanted.levels)
    with progress() as bar:
        candidates = _candidates(workshop, teaching_paths(folder), bar)
        course = choose_course(workshop, candidates, doing.course or 0, wishes)
        files = write_course(course, target, form, bar) if target is not None else ()
    _course_told(course, files, as_json=as_json)


def _candidates(workshop: Workshop, paths: Sequence[Path], bar: Progress | None) -> list[Candidate]:
    """Make every lesson there is, for each may be the one that adds most."""
    made = []
    for done, path in enumerate(paths, 1):
        made.append(candidate(workshop, *read_teaching(path, workshop)))
        if bar:
            bar("reading teaching cases", done, len(paths))
    return made


def _course_told(course: Course, files: Sequence[Path], *, as_json: bool) -> None:
    document = {
        "cases": [one.teaching.case for one in course.chosen],
        "covered": len(course.topics) - len(course.uncovered),
        "of": len(course.topics),
        "uncovered": [list(topic) for topic in course.uncovered],
        "files": [str(path) for path in files],
    }
    if as_json:
        say_json(document)
        return
    say_table(
        ("case", "level", "title"), [(one.teaching.case, one.teaching.level, one.lesson.title) for one in course.chosen]
    )
    say(f"{document['covered']} of {document['of']} topics are covered")
    if course.uncovered:
        note("not covered: " + ", ".join(f"{kind} {name}" for kind, name in course.uncovered))
    note(SAFETY)


def _questions(lesson: Lesson) -> int:
    return sum(len(stage.questions) for stage in lesson.stages)


def _said(document: Any, line: str, *, as_json: bool) -> None:
    if as_json:
        say_json(document)
    else:
        say(line)
        note(SAFETY)

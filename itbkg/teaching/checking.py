"""The teaching cases of a corpus held against the format, the graph, their records and the order of the story."""

from collections.abc import Iterable
from pathlib import Path

from itbkg.checks.results import Check, Finding, Group, Kind, Result
from itbkg.errors import Problem, RecordError
from itbkg.teaching.making import Workshop
from itbkg.teaching.reading import read_teaching, teaching_paths

#: The check that `itbkg check` runs beside those of the graph.
CHECK = Check(
    "teaching-cases",
    Group.RECORDS,
    "every teaching case fits its record, has a key for each question and tells nothing too early",
    Kind.FAILURE,
)


def problems_of(paths: Iterable[Path], workshop: Workshop) -> tuple[Problem, ...]:
    """List every problem of some teaching cases, in the order of the files."""
    problems: list[Problem] = []
    for path in paths:
        try:
            read_teaching(path, workshop)
        except RecordError as error:
            problems.extend(error.problems)
    return tuple(problems)


def check_teaching(folder: Path, workshop: Workshop) -> Result:
    """Check the teaching cases of a folder; without any it passes."""
    problems = problems_of(teaching_paths(folder), workshop)
    return Result(CHECK, tuple(_finding(problem) for problem in problems))


def _finding(problem: Problem) -> Finding:
    place = f"{Path(problem.path).name}:{problem.line}: {problem.field}"
    return Finding("", place, "", problem.message, problem.mend)

"""`itbkg validate`."""

from dataclasses import asdict
from pathlib import Path

import typer

from itbkg.building import record_files
from itbkg.building.opening import open_graph
from itbkg.cli.exits import FINDINGS
from itbkg.cli.output import note, say, say_json, settings
from itbkg.curation import read_records, record_paths
from itbkg.errors import Problem, RecordError
from itbkg.settings import Corpus
from itbkg.teaching.checking import problems_of
from itbkg.teaching.making import Workshop
from itbkg.teaching.reading import is_teaching
from itbkg.vocabulary import Vocabulary


def run(paths: list[Path], *, as_json: bool) -> None:
    """Read every record and print the problems, a line each; nothing is written anywhere."""
    problems, count = _problems(paths)
    if as_json:
        say_json({"records": count, "problems": [asdict(problem) for problem in problems]})
    else:
        for problem in problems:
            say(str(problem))
        note(f"records read: {count}, problems: {len(problems)}")
    if problems:
        raise typer.Exit(FINDINGS)


def _problems(paths: list[Path]) -> tuple[tuple[Problem, ...], int]:
    try:
        given = record_paths(paths)
    except RecordError as error:
        return error.problems, 0
    teaching = [path for path in given if is_teaching(path)]
    problems, count = _of_records([path for path in given if path not in teaching])
    if teaching and not problems:
        problems = _of_teaching(teaching)
    return problems, count + len(teaching)


def _of_teaching(paths: list[Path]) -> tuple[Problem, ...]:
    """Hold teaching cases against the graph, which is made of records that have no problem."""
    known = settings()
    return problems_of(paths, Workshop(open_graph(known, None), known.corpus.questions))


def _of_records(found: list[Path]) -> tuple[tuple[Problem, ...], int]:
    corpus = settings().corpus
    try:
        read_records(found, Vocabulary.read(corpus.ontology), complete=_holds_all(found, corpus))
    except RecordError as error:
        return error.problems, len(found)
    return (), len(found)


def _holds_all(paths: list[Path], corpus: Corpus) -> bool:
    """Say whether every record of the corpus is among these, so that what they name must be among them too."""
    given = {path.resolve() for path in paths}
    return all(path.resolve() in given for path in record_files(corpus))

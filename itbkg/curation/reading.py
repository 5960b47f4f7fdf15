"""Read one record file, or many of them, of any kind."""

from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any

from itbkg.curation.duplicates import Clash, check_together
from itbkg.curation.form import Model, check_form
from itbkg.curation.found import problem_at
from itbkg.curation.gathered import Records
from itbkg.curation.kinds import CASES, Kind, kind_of
from itbkg.curation.nodes import Node, read_nodes
from itbkg.curation.privacy import check_comments, check_privacy
from itbkg.errors import Problem, RecordError
from itbkg.naming import slug
from itbkg.records import Publication
from itbkg.vocabulary import Vocabulary

#: Called with a file that has been read, the number read so far, and the number of all.
Progress = Callable[[Path, int, int], None]
#: The file to copy for a new record; it lies among the records and is none.
TEMPLATE = "template.yaml"


def read_publication(path: Path, vocabulary: Vocabulary) -> Publication:
    """Read one record of cases; RecordError, with every problem in the file, where it cannot be used."""
    return _read(path, read_nodes(path, str(path)), CASES, vocabulary)


def read_publications(
    paths: Iterable[Path], vocabulary: Vocabulary, progress: Progress | None = None
) -> dict[str, Publication]:
    """Read many records of cases by id, in id order; RecordError with the problems of all files."""
    return read_records(paths, vocabulary, progress, CASES).cases


def read_records(
    paths: Iterable[Path],
    vocabulary: Vocabulary,
    progress: Progress | None = None,
    kind: Kind[Any] | None = None,
    *,
    complete: bool = False,
) -> Records:
    """Read many records, of one kind or each of the kind that its top keys tell; RecordError with all problems.

    `complete` says that these are all records of a corpus, so that a record may name no other than these.
    """
    listed = sorted(paths, key=lambda path: (path.stem, str(path)))
    records = Records()
    problems: list[Problem] = []
    files: dict[tuple[str, str], Path] = {}
    for count, path in enumerate(listed, 1):
        try:
            files[_add(records, path, vocabulary, kind), path.stem] = path
        except RecordError as error:
            problems.extend(error.problems)
        if progress:
            progress(path, count, len(listed))
    clashes = check_together(records, vocabulary, complete=complete and not problems)
    problems.extend(_located(clash, files[clash.kind, clash.record]) for clash in clashes)
    if problems:
        raise RecordError(problems)
    return records


def record_paths(given: Iterable[Path]) -> list[Path]:
    """Expand folders to the record files below them; RecordError for a folder without any.

    The template and what lies below a hidden folder are left out.
    """
    paths: list[Path] = []
    for path in given:
        found = sorted(_records_below(path)) if path.is_dir() else [path]
        if not found:
            raise RecordError([Problem(str(path), 1, "", "no record (*.yaml) in this folder.", "Name another.")])
        paths.extend(found)
    return paths


def _records_below(folder: Path) -> Iterator[Path]:
    for path in folder.rglob("*.yaml"):
        hidden = any(part.startswith(".") for part in path.relative_to(folder).parts)
        if path.name != TEMPLATE and not hidden:
            yield path


def _located(clash: Clash, path: Path) -> Problem:
    return problem_at(clash.found, read_nodes(path, str(path)), str(path))


def _add(records: Records, path: Path, vocabulary: Vocabulary, kind: Kind[Any] | None) -> str:
    """Read a file and put its record to the others of its kind; return the name of the kind."""
    root = read_nodes(path, str(path))
    told = kind or kind_of(root)
    record = _read(path, root, told, vocabulary)
    known = getattr(records, told.name)
    if path.stem in known:
        message = f"a second file of this kind is named '{path.stem}'."
        raise RecordError([Problem(str(path), 1, "", message, "Rename one of them.")])
    known[path.stem] = record
    return told.name


def _read(path: Path, root: Node, kind: Kind[Model], vocabulary: Vocabulary) -> Model:
    name = str(path)
    record, problems = check_form(root, name, vocabulary, kind.form)
    if record is not None:
        problems.extend(kind.check(record, root, name, vocabulary))
        problems.extend(check_privacy(record, root, name, vocabulary))
    problems.extend(check_comments(path.read_text("utf-8"), name, vocabulary))
    problems.extend(_name_problems(path))
    if record is None or problems:
        raise RecordError(problems)
    return record


def _name_problems(path: Path) -> Iterator[Problem]:
    """Look at the file's name: its stem is the record's id, and part of every IRI made from it."""
    if path.suffix != ".yaml" or path.stem != slug(path.stem):
        mend = f"Rename it, for example to '{slug(path.stem) or 'author-2004'}.yaml'."
        yield Problem(str(path), 1, "", f"'{path.name}' is no name for a record.", mend)

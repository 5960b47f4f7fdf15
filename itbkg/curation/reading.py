"""Read one record file, or a folder of them."""

from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

from itbkg.curation.form import check_form
from itbkg.curation.nodes import read_nodes
from itbkg.curation.sense import check_sense
from itbkg.errors import Problem, RecordError
from itbkg.naming import slug
from itbkg.records import Publication
from itbkg.vocabulary import Vocabulary

#: Called with a file that has been read, the number read so far, and the number of all.
Progress = Callable[[Path, int, int], None]


def read_publication(path: Path, vocabulary: Vocabulary) -> Publication:
    """Read one record; RecordError, with every problem in the file, where it cannot be used."""
    name = str(path)
    root = read_nodes(path, name)
    record, problems = check_form(root, name, vocabulary)
    if record is not None:
        problems.extend(check_sense(record, root, name, vocabulary))
    problems.extend(_name_problems(path))
    if record is None or problems:
        raise RecordError(problems)
    return record


def read_publications(
    paths: Iterable[Path], vocabulary: Vocabulary, progress: Progress | None = None
) -> dict[str, Publication]:
    """Read many records by id (the file's stem), in id order; RecordError with the problems of all files."""
    listed = sorted(paths, key=lambda path: path.stem)
    records: dict[str, Publication] = {}
    problems: list[Problem] = []
    for count, path in enumerate(listed, 1):
        try:
            records[path.stem] = read_publication(path, vocabulary)
        except RecordError as error:
            problems.extend(error.problems)
        if progress:
            progress(path, count, len(listed))
    if problems:
        raise RecordError(problems)
    return records


def record_paths(given: Iterable[Path]) -> list[Path]:
    """Expand folders to the record files below them; RecordError for a folder without any."""
    paths: list[Path] = []
    for path in given:
        found = sorted(path.rglob("*.yaml")) if path.is_dir() else [path]
        if not found:
            raise RecordError([Problem(str(path), 1, "", "no record (*.yaml) in this folder.", "Name another.")])
        paths.extend(found)
    return paths


def _name_problems(path: Path) -> Iterator[Problem]:
    """Look at the file's name: its stem is the publication's id, and part of every IRI made from it."""
    if path.suffix != ".yaml" or path.stem != slug(path.stem):
        mend = f"Rename it, for example to '{slug(path.stem) or 'author-2004'}.yaml'."
        yield Problem(str(path), 1, "", f"'{path.name}' is no name for a record.", mend)

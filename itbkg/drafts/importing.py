"""Import files: a draft for each report in them; what cannot be used is told, and the other files go on."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from itbkg.drafts.casetable import read_case_table
from itbkg.drafts.draft import Draft, Unplaced, joined
from itbkg.drafts.lookup import Lookup
from itbkg.drafts.packet import read_packet
from itbkg.drafts.tree import read_documents
from itbkg.drafts.writing import problems_of, write_draft
from itbkg.errors import Problem, RecordError
from itbkg.vocabulary import Vocabulary

#: How the files of packets end.
ENDINGS = (".json", ".jsonl")


@dataclass(frozen=True, slots=True)
class Made:
    """A draft that was written: its file, what had no place in it, and what a curator has to mend or write."""

    path: Path
    source: Path
    unplaced: tuple[Unplaced, ...]
    problems: tuple[Problem, ...]


@dataclass(frozen=True, slots=True)
class Imported:
    """What an import did: the drafts it made, and why what else was given made none."""

    made: tuple[Made, ...]
    refused: tuple[Problem, ...]


def import_phenopackets(paths: Iterable[Path], folder: Path, vocabulary: Vocabulary) -> Imported:
    """Make drafts of Phenopackets: of JSON files, of files with one packet a line, and of folders of them.

    Packets of one report (`doe-1901/1` and `doe-1901/2`) make one draft. Raises ExportError where a draft cannot be
    written.
    """
    lookup = Lookup(vocabulary)
    refused: list[Problem] = []
    found: defaultdict[str, list[Draft]] = defaultdict(list)
    for path in _files(paths, refused):
        for draft in _gathered(lambda path=path: _packets(path, lookup), refused):  # type: ignore[misc]
            found[draft.name].append(draft)
    return _written(map(joined, found.values()), folder, vocabulary, refused)


def import_case_tables(paths: Iterable[Path], folder: Path, vocabulary: Vocabulary) -> Imported:
    """Make drafts of filled-in spreadsheets; ExportError where a draft cannot be written."""
    refused: list[Problem] = []
    drafts = [
        draft
        for path in paths
        for draft in _gathered(lambda path=path: read_case_table(path, refused), refused)  # type: ignore[misc]
    ]
    return _written(drafts, folder, vocabulary, refused)


def _packets(path: Path, lookup: Lookup) -> Iterator[Draft]:
    for line, root in read_documents(path):
        yield read_packet(path, line, root, lookup)


def _gathered(read: Callable[[], Iterator[Draft]], refused: list[Problem]) -> list[Draft]:
    """Read drafts until one of the file is refused."""
    drafts: list[Draft] = []
    try:
        drafts.extend(read())
    except RecordError as error:
        refused.extend(error.problems)
    return drafts


def _files(paths: Iterable[Path], refused: list[Problem]) -> Iterator[Path]:
    for path in paths:
        found = sorted(one for one in path.rglob("*") if one.suffix in ENDINGS) if path.is_dir() else [path]
        if not found:
            refused.append(Problem(str(path), 1, "", "no Phenopacket (*.json) in this folder.", "Name another."))
        yield from found


def _written(drafts: Iterable[Draft], folder: Path, vocabulary: Vocabulary, refused: list[Problem]) -> Imported:
    made: list[Made] = []
    for draft in drafts:
        try:
            path = write_draft(draft, folder)
        except RecordError as error:
            refused.extend(error.problems)
            continue
        problems = tuple(_at_source(problem, draft) for problem in problems_of(path, vocabulary))
        made.append(Made(path, draft.source, draft.unplaced, problems))
    return Imported(tuple(made), tuple(refused))


def _at_source(problem: Problem, draft: Draft) -> Problem:
    """Name the line of the input that a problem's field came from, where it is known."""
    fits = [place for place in draft.places if problem.field == place or problem.field.startswith(f"{place}.")]
    if not fits:
        return problem
    line = draft.places[max(fits, key=len)]
    return replace(problem, message=f"({draft.source}:{line}) {problem.message}")

"""Write a draft as a record file, never over one that is there, and read it as any record is read."""

from pathlib import Path
from typing import Any

import yaml

from itbkg.curation import read_publication
from itbkg.drafts.draft import Draft
from itbkg.errors import ExportError, Problem, RecordError
from itbkg.vocabulary import Vocabulary

_HEAD = "# A draft made by an import. Hold every line against the report, then see CONTRIBUTING.md.\n"


class _Dumper(yaml.SafeDumper):
    """Writes no anchors: a record may have none."""

    def ignore_aliases(self, data: Any) -> bool:
        del data
        return True

    def increase_indent(self, flow: bool = False, indentless: bool = False) -> None:
        """Indent lists below their key, as the records have them."""
        del indentless
        super().increase_indent(flow, False)


def draft_text(draft: Draft) -> str:
    """Write a draft as YAML, its keys in the order of the record."""
    text: str = yaml.dump(draft.record, Dumper=_Dumper, sort_keys=False, allow_unicode=True, width=110)
    return _HEAD + text


def write_draft(draft: Draft, folder: Path) -> Path:
    """Write a draft into a folder, which is made where it is missing.

    Raises RecordError where a file of its name is there already, ExportError where it cannot be written.
    """
    path = folder / f"{draft.name}.yaml"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with path.open("x", encoding="utf-8", newline="\n") as file:
            file.write(draft_text(draft))
    except FileExistsError as error:
        message = f"'{path}' is there already and was left as it is."
        problem = Problem(str(draft.source), 1, "", message, "Remove it, or import into another folder.")
        raise RecordError([problem]) from error
    except OSError as error:
        raise ExportError(path, error.strerror or str(error)) from error
    return path


def problems_of(path: Path, vocabulary: Vocabulary) -> tuple[Problem, ...]:
    """Read a draft as any record is read, and return what is wrong with it."""
    try:
        read_publication(path, vocabulary)
    except RecordError as error:
        return error.problems
    return ()

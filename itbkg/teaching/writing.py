"""A draft as a YAML file: new, or merged into one that was edited, whose comments stay.

Beside the file, in `.base/`, the draft is kept as it was made, so that edits can be told from it the next time.
"""

import io
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.error import YAMLError

from itbkg.errors import Problem, RecordError
from itbkg.teaching.merging import Conflict, merge
from itbkg.teaching.reading import path_of_case
from itbkg.writing import make_folder, write_whole

#: The folder in which drafts are kept as they were made.
BASE = ".base"
_HEAD = (
    "# A teaching case. Edit it: making it again keeps what was edited. 'itbkg teach FILE' tells what does not fit.\n"
)
_WIDTH = 116


@dataclass(frozen=True, slots=True)
class Written:
    """What was written: the file, whether it was new or changed, and the conflicts that were left as they stood."""

    path: Path
    state: str
    conflicts: tuple[Conflict, ...]


def write_case(draft: Mapping[str, Any], folder: Path) -> Written:
    """Write a draft into a folder, which is made where it is missing, or merge it into the file that is there.

    Raises RecordError where the file that is there is no YAML, ExportError where it cannot be written.
    """
    case = str(draft["case"])
    path = path_of_case(folder, case) or folder / f"{draft.get('name') or case.replace('/', '-')}.yaml"
    base = base_of(folder, case)
    make_folder(base.parent)
    state, conflicts = _into(draft, path, base)
    write_whole(base, draft_text(draft).encode())
    return Written(path, state, tuple(conflicts))


def base_of(folder: Path, case: str) -> Path:
    """Return where the last draft of a case is kept: by the case, for the file itself may be given another name."""
    return folder / BASE / f"{case.replace('/', '-')}.yaml"


def draft_text(draft: Mapping[str, Any]) -> str:
    """Write a draft as YAML, its keys in their order."""
    return _HEAD + _dumped(draft)


def _into(draft: Mapping[str, Any], path: Path, base: Path) -> tuple[str, list[Conflict]]:
    if not path.exists():
        write_whole(path, draft_text(draft).encode())
        return "new", []
    mine = _loaded(path)
    before = _loaded(base) if base.exists() else {}
    was = _dumped(mine)
    conflicts = merge(before, mine, draft)
    text = _dumped(mine)
    if text == was:
        return "unchanged", conflicts
    write_whole(path, text.encode())
    return "merged", conflicts


def _yaml() -> YAML:
    yaml = YAML()
    yaml.width = _WIDTH
    yaml.preserve_quotes = True
    yaml.indent(mapping=2, sequence=4, offset=2)
    return yaml


def _loaded(path: Path) -> Any:
    try:
        return _yaml().load(path.read_text("utf-8")) or {}
    except YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        line = mark.line + 1 if mark else 1
        said = getattr(error, "problem", None) or "it cannot be parsed"
        raise RecordError([Problem(str(path), line, "", f"not YAML: {said}.", "Mend it, or move it away.")]) from error


def _dumped(value: Any) -> str:
    stream = io.StringIO()
    _yaml().dump(value, stream)
    return stream.getvalue()

"""Rules of quality over the whole graph: SPARQL files with a header; each row that one selects is a finding.

A header line is `# title: ...` (what must hold), `# reading: ...`, `# kind: failure` or `report`, `# columns: ...` and
`# message: ...`. The first column is `node`, the thing that is wrong; a column `found` is what stands there. The
message may name columns as `{column}`; its first sentence says what is wrong, the rest how to mend it.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from itbkg.checks.results import Check, Finding, Group, Kind, case_name, fill, message_parts, short
from itbkg.errors import OntologyError
from itbkg.store import Store

_HEADER = re.compile(r"# (title|reading|kind|columns|message): (\S.*)")


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule: its check, the query, and how a row is said."""

    check: Check
    reading: str
    columns: tuple[str, ...]
    message: str
    query: str

    def findings(self, store: Store) -> Iterator[Finding]:
        """Yield a finding for each row, in the query's order; OntologyError where the query gives other columns."""
        table = store.select(self.query)
        if table.columns != self.columns:
            raise OntologyError(f"rule {self.check.name}: its header names other columns than {list(table.columns)}")
        for row in table.texts():
            cells = dict(zip(self.columns, map(short, row), strict=True))
            message, mend = message_parts(fill(self.message, cells))
            yield Finding(case_name(row[0]), cells["node"], cells.get("found", ""), message, mend)


def read_rules(folder: Path) -> list[Rule]:
    """Read every rule of a folder, in the order of their names.

    Raises OntologyError where there is none, and for a file whose header is not whole.
    """
    paths = sorted(folder.glob("*.rq"))
    if not paths:
        raise OntologyError(f"{folder}: no rule (*.rq) in this folder; it belongs to the ontology's")
    return [_read(path) for path in paths]


def _read(path: Path) -> Rule:
    text = path.read_text("utf-8")
    said = {match[1]: match[2] for match in map(_HEADER.fullmatch, text.splitlines()) if match}
    lacking = {"title", "reading", "kind", "columns", "message"} - said.keys()
    columns = tuple(said.get("columns", "").split())
    if lacking or said["kind"] not in list(Kind) or columns[0] != "node":
        raise OntologyError(f"{path}: the header lacks {sorted(lacking)}, or its kind or first column is not known")
    check = Check(path.stem, Group.QUALITY, said["title"], Kind(said["kind"]))
    return Rule(check, said["reading"], columns, said["message"], text)

"""Every error that itbkg raises on purpose, in one tree.

ItbkgError
├── SettingsError            a setting has a value that cannot be used
├── OntologyError            the ontology's own files contradict what the code relies on
├── RecordError              one or more records have problems; all of them are listed
├── NotFoundError            a name that nothing in the graph bears
│   └── UnknownWordError     a word that the ontology does not know
├── BuildFolderError         a build folder is missing, foreign, half written or changed
├── BuildBusyError           another build is writing to the same folder
├── QueryError               a query cannot be answered
│   ├── QuerySyntaxError     it is not SPARQL
│   └── QueryRefusedError    it asks for something that is not allowed
└── ReasonerError            HermiT cannot run, or does not agree with the rules

Each door (command line, API) maps this tree in one table of its own.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path


class ItbkgError(Exception):
    """Base of all errors that itbkg raises on purpose."""


class SettingsError(ItbkgError):
    """A setting has a value that cannot be used."""


class OntologyError(ItbkgError):
    """The ontology's own files contradict what the code relies on."""


@dataclass(frozen=True, slots=True, order=True)
class Problem:
    """One thing that is wrong in a record file.

    `line` counts from 1; `field` is the path of keys, such as `cases[1].course[3].value`;
    `mend` says what to do about it.
    """

    path: str
    line: int
    field: str
    message: str
    mend: str

    def __str__(self) -> str:
        place = f" {self.field}:" if self.field else ""
        return f"{self.path}:{self.line}:{place} {self.message} {self.mend}".rstrip()


class RecordError(ItbkgError):
    """One or more records have problems; `problems` lists all of them, in file and line order."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        self.problems = tuple(sorted(problems))
        super().__init__("\n".join(str(problem) for problem in self.problems))


class NotFoundError(ItbkgError):
    """A name that nothing in the graph bears; `nearest` holds the known names most like it."""

    def __init__(self, kind: str, name: str, nearest: Sequence[str] = ()) -> None:
        self.kind, self.name, self.nearest = kind, name, tuple(nearest)
        super().__init__(f"'{name}' is no known {kind}{did_you_mean(self.nearest)}")


class UnknownWordError(NotFoundError):
    """A word that no class or value of the asked branch of the ontology has as label or synonym."""


class BuildFolderError(ItbkgError):
    """A build folder is missing, foreign, half written or changed since it was built."""

    def __init__(self, path: Path, reason: str, mend: str) -> None:
        self.path, self.reason, self.mend = path, reason, mend
        super().__init__(f"{path}: {reason}; {mend}")


class BuildBusyError(ItbkgError):
    """Another build is writing to the same folder."""

    def __init__(self, path: Path) -> None:
        self.path = path
        super().__init__(f"{path}: another build is writing here; wait for it or choose another folder")


class QueryError(ItbkgError):
    """A query cannot be answered."""


class QuerySyntaxError(QueryError):
    """The text is not SPARQL 1.1; the message is the parser's, with line and column where it names them."""


class QueryRefusedError(QueryError):
    """The query asks for something that is not allowed here, such as SERVICE or an update."""


class ReasonerError(ItbkgError):
    """HermiT cannot run, finds the ontology inconsistent, or does not agree with the rules."""


def did_you_mean(nearest: Sequence[str]) -> str:
    """Phrase suggestions: `; did you mean 'catheter kink'?`, or nothing where there are none."""
    quoted = " or ".join(f"'{name}'" for name in nearest)
    return f"; did you mean {quoted}?" if quoted else ""

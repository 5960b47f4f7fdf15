"""Every error that itbkg raises on purpose, in one tree.

ItbkgError
├── SettingsError            a setting has a value that cannot be used
├── OntologyError            the ontology's own files contradict what the code relies on
├── RecordError              one or more records have problems; all of them are listed
├── NotFoundError            a name that nothing in the graph bears
│   └── UnknownWordError     a word that the ontology does not know
│       └── DeprecatedWordError  a word that the ontology has given up for another
├── BuildFolderError         a build folder is missing, foreign, half written or changed
├── BuildBusyError           another build is writing to the same folder
├── RemoteStoreError         a SPARQL endpoint elsewhere does not answer as one must
├── ExportError              an export's file cannot be written
├── ExportFormatError        what is to be exported has no such form
├── MissingExtraError        a library that this format needs is not installed
├── TeachingError            a teaching case does not fit its record or the graph
│   └── ThinCaseError        a case holds too little to teach from
├── SelectionError           what was chosen cannot be exported so
│   └── EmptySelectionError  nothing was chosen: no case fulfils what was asked
├── QueryError               a query cannot be answered
│   ├── QuerySyntaxError     it is not SPARQL
│   ├── QueryRefusedError    it asks for something that is not allowed
│   └── ParameterError       a question or a filter does not take what was given
└── ReasonerError            HermiT cannot run, or does not agree with the rules

Each door (command line, API) maps this tree in one table of its own.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path


class ItbkgError(Exception):
    """Base of all errors that itbkg raises on purpose; `parameter` names what was given wrongly among several."""

    parameter: str = ""


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


class DeprecatedWordError(UnknownWordError):
    """A word whose term is deprecated; `nearest` holds the labels of the terms to use instead."""

    def __init__(self, kind: str, name: str, instead: Sequence[str]) -> None:
        super().__init__(kind, name, instead)
        quoted = " or ".join(f"'{label}'" for label in instead)
        mend = f"write {quoted}" if quoted else "nothing replaces it"
        self.args = (f"'{name}' is a {kind} no longer in use; {mend}",)


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


class RemoteStoreError(ItbkgError):
    """A SPARQL endpoint elsewhere cannot be reached, or does not answer as one must."""

    def __init__(self, address: str, reason: str) -> None:
        self.address, self.reason = address, reason
        super().__init__(f"{address}: {reason}; name the address of a SPARQL 1.1 endpoint that holds a graph of itbkg")


class ExportError(ItbkgError):
    """An export's file cannot be written; what stood there before is as it was."""

    def __init__(self, path: Path, reason: str) -> None:
        self.path, self.reason = path, reason
        super().__init__(f"{path}: not written: {reason}; name a file in a folder that is there and can be written")


class ExportFormatError(ItbkgError):
    """What is to be exported has no such form, or the file's ending tells none; `forms` lists what there is."""

    def __init__(self, product: str, asked: str, forms: Sequence[str]) -> None:
        self.product, self.asked, self.forms = product, asked, tuple(forms)
        super().__init__(f"{asked} of the {product}; there is {', '.join(self.forms)}")


class MissingExtraError(ItbkgError):
    """A library that a format needs is not installed; `extra` of the package brings it, or `mend` says what does."""

    def __init__(self, library: str, extra: str, product: str, mend: str = "") -> None:
        self.library, self.extra = library, extra
        mend = mend or f"run pip install 'itbkg[{extra}]'"
        super().__init__(f"{product} needs {library}, which is not installed; {mend}")


class TeachingError(ItbkgError):
    """A teaching case does not fit its record or the graph; `faults` lists what, each with its mend."""

    def __init__(self, name: str, faults: Sequence[str]) -> None:
        self.name, self.faults = name, tuple(faults)
        super().__init__("\n".join(f"{name}: {fault}" for fault in self.faults))


class ThinCaseError(TeachingError):
    """A case holds too little to teach from; `missing` lists what its record would have to hold."""

    def __init__(self, case: str, missing: Sequence[str]) -> None:
        self.case, self.missing = case, tuple(missing)
        self.name, self.faults = case, self.missing
        wanting = "; ".join(self.missing)
        message = f"'{case}' holds too little to teach from: it lacks {wanting}; 'itbkg teach --pick' picks another"
        ItbkgError.__init__(self, message)


class SelectionError(ItbkgError):
    """What was chosen cannot be exported so, such as the triples of a CONSTRUCT in a format that holds cases."""


class EmptySelectionError(SelectionError):
    """No case fulfils what was asked, or a CONSTRUCT gives no triple: a file without content would say nothing."""


class QueryError(ItbkgError):
    """A query cannot be answered."""


class QuerySyntaxError(QueryError):
    """The text is not SPARQL 1.1; the message is the parser's, with line and column where it names them."""


class QueryRefusedError(QueryError):
    """The query asks for something that is not allowed here, such as SERVICE or an update."""


class ParameterError(QueryError):
    """A saved question or a filter has no such parameter, or takes no such value for it."""


class ReasonerError(ItbkgError):
    """HermiT cannot run, finds the ontology inconsistent, or does not agree with the rules."""


def did_you_mean(nearest: Sequence[str]) -> str:
    """Phrase suggestions: `; did you mean 'catheter kink'?`, or nothing where there are none."""
    quoted = " or ".join(f"'{name}'" for name in nearest)
    return f"; did you mean {quoted}?" if quoted else ""

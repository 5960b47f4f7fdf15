"""Reads saved questions: `.rq` files with a header that a clinician can read.

    # title: How many patients died?
    # reading: One paragraph that says what is counted, and what is not.
    # parameter event ?eventClass class TherapyEvent: a kind of event, such as withdrawal
    # column event: the kind of event

A parameter is NAME, ?VARIABLE, KIND and for a class or value its branches, for a number its unit. The query holds it
as `VALUES ?eventClass { UNDEF }`, which takes in everything, or with a term that stands where nothing is set.
"""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from difflib import get_close_matches
from pathlib import Path
from typing import get_args

from itbkg.errors import NotFoundError, OntologyError
from itbkg.namespaces import ITB
from itbkg.questions.question import Column, Kind, Parameter, Question, slot

_LINES = (
    re.compile(r"# (?P<key>title|reading): (?P<text>\S.*)"),
    re.compile(
        rf"# (?P<key>parameter) (?P<name>[a-z]+) \?(?P<variable>[A-Za-z]+) (?P<kind>{'|'.join(get_args(Kind))})"
        r"(?P<of>(?: [A-Za-z]+)*): (?P<text>\S.*)"
    ),
    re.compile(r"# (?P<key>column) (?P<name>[A-Za-z]+): (?P<text>\S.*)"),
)
_FORMS = "'# title: ...', '# reading: ...', '# parameter NAME ?VARIABLE KIND OF: ...' or '# column NAME: ...'"


def read_questions(folder: Path) -> dict[str, Question]:
    """Read every question of a folder, by name; OntologyError where there is none, or one whose header is not whole."""
    paths = sorted(folder.glob("*.rq"))
    if not paths:
        raise OntologyError(f"{folder}: no saved question (*.rq) is here; name another corpus")
    return {path.stem: _read(path) for path in paths}


def find_question(folder: Path, name: str) -> Question:
    """Read one question; NotFoundError, with those of like name, where there is none."""
    names = sorted(path.stem for path in folder.glob("*.rq"))
    if name not in names:
        raise NotFoundError("question", name, get_close_matches(name, names, n=3, cutoff=0.5))
    return _read(folder / f"{name}.rq")


def _read(path: Path) -> Question:
    text = path.read_text("utf-8")
    header = [_line(path, line) for line in text.splitlines() if line.startswith("#")]
    said = {line["key"]: line["text"] for line in header}
    parameters = tuple(_parameter(line, text) for line in header if line["key"] == "parameter")
    columns = tuple(Column(line["name"], line["text"]) for line in header if line["key"] == "column")
    faults = [*_faults([line["key"] for line in header], parameters, columns), *_unplaced(parameters, text)]
    if faults:
        raise OntologyError(f"{path}: {'; '.join(faults)}")
    return Question(path.stem, said["title"], said["reading"], parameters, columns, text)


def _line(path: Path, line: str) -> re.Match[str]:
    found = next((match for form in _LINES if (match := form.fullmatch(line))), None)
    if found is None:
        raise OntologyError(f"{path}: '{line}' is no line of a header; write {_FORMS}")
    return found


def _parameter(line: re.Match[str], text: str) -> Parameter:
    place = slot(line["variable"]).search(text)
    default = place["term"] if place and place["term"] != "UNDEF" else ""
    kind: Kind = next(kind for kind in get_args(Kind) if kind == line["kind"])
    return Parameter(line["name"], line["variable"], kind, tuple(line["of"].split()), line["text"], default)


def _faults(keys: Sequence[str], parameters: Sequence[Parameter], columns: Sequence[Column]) -> Iterator[str]:
    """Say what is missing in a header, or stands twice."""
    for key in ("title", "reading"):
        if keys.count(key) != 1:
            yield f"it has {keys.count(key)} lines '# {key}: ...'; write one"
    if not columns:
        yield "it names no column; write '# column NAME: ...' for each"
    for names in ([parameter.name for parameter in parameters], [column.name for column in columns]):
        yield from (f"'{name}' is named {count} times" for name, count in Counter(names).items() if count > 1)


def _unplaced(parameters: Sequence[Parameter], text: str) -> Iterator[str]:
    """Say which parameters nothing binds, or what could be given for them is not known."""
    for parameter in parameters:
        terms = {place["term"] for place in slot(parameter.variable).finditer(text)}
        if len(terms) != 1:
            yield f"'VALUES ?{parameter.variable} {{ UNDEF }}' stands nowhere, or with different terms"
        strange = [branch for branch in parameter.of or ("nothing",) if branch not in ITB]
        if parameter.kind in ("class", "value") and strange:
            yield f"parameter '{parameter.name}' is of {', '.join(strange)}, which is no branch that the code knows"

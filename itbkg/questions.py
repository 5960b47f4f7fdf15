"""Saved questions: SPARQL files with a header that a clinician can read.

A header line is `# title: ...`, `# reading: ...`, `# columns: ...` or `# parameter NAME: ...`. A parameter is a
`VALUES ?variable { UNDEF }` line of the query; binding it puts the term in the place of UNDEF, which every engine
understands, and the file runs alone in any of them.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path

from itbkg.errors import NotFoundError, OntologyError, QueryRefusedError
from itbkg.store import PREFIXES

_HEADER = re.compile(r"# (?P<key>title|reading|columns|parameter (?P<name>[a-z]+)): (?P<text>\S.*)")
_IRI = re.compile(r"https?://[^<>\"{}|^`\\\x00-\x20]+")
#: The variable that a parameter binds, and the IRIs that its short form stands for.
_VARIABLES = {"case": "asked", "measurement": "kind", "treatment": "kind"}
_CASE = re.compile(r"[a-z0-9-]+/[a-z0-9-]+")


@dataclass(frozen=True, slots=True)
class Question:
    """A saved question; `parameters` maps each name to what may be given."""

    name: str
    title: str
    reading: str
    parameters: Mapping[str, str]
    columns: tuple[str, ...]
    text: str

    def bind(self, values: Mapping[str, str]) -> str:
        """Return the query with terms in the places of its parameters.

        A case may be given as `publication/id`, a class as `itb:Name`, anything as a full IRI. Raises NotFoundError
        for a parameter that the question does not have, QueryRefusedError for a value that is no IRI.
        """
        text = self.text
        for name, value in values.items():
            if name not in self.parameters:
                nearest = get_close_matches(name, self.parameters, n=3, cutoff=0.5)
                raise NotFoundError(f"parameter of '{self.name}'", name, nearest or tuple(self.parameters))
            slot = f"VALUES ?{_VARIABLES[name]} {{ UNDEF }}"
            text = text.replace(slot, slot.replace("UNDEF", f"<{term_iri(value)}>"))
        return text


def term_iri(value: str) -> str:
    """Read a term as people write it: `mohammed-2004/1`, `itb:CatheterKink` or a full IRI."""
    prefix, _, local = value.partition(":")
    if prefix in PREFIXES and re.fullmatch(r"[A-Za-z0-9_-]+", local):
        return PREFIXES[prefix] + local
    if _CASE.fullmatch(value):
        return f"https://w3id.org/itbkg/case/{value}"
    if _IRI.fullmatch(value):
        return value
    raise QueryRefusedError(
        f"'{value}' is no term; write a case like mohammed-2004/1, a class like itb:Seizure or an IRI"
    )


def read_questions(folder: Path) -> dict[str, Question]:
    """Read every question of a folder, by name; OntologyError for a file whose header is not whole."""
    return {path.stem: _read(path) for path in sorted(folder.glob("*.rq"))}


def find_question(folder: Path, name: str) -> Question:
    """Read one question; NotFoundError, with those of like name, where there is none."""
    questions = read_questions(folder)
    if name not in questions:
        raise NotFoundError("question", name, get_close_matches(name, questions, n=3, cutoff=0.5))
    return questions[name]


def _read(path: Path) -> Question:
    text = path.read_text("utf-8")
    headers = [match for match in map(_HEADER.fullmatch, text.splitlines()) if match]
    said = {match["key"]: match["text"] for match in headers if not match["name"]}
    parameters = {match["name"]: match["text"] for match in headers if match["name"]}
    lacking = {"title", "reading", "columns"} - said.keys()
    unbound = [name for name in parameters if f"VALUES ?{_VARIABLES.get(name)} {{ UNDEF }}" not in text]
    if lacking or unbound:
        raise OntologyError(f"{path}: the header lacks {sorted(lacking)}, or nothing binds {unbound}")
    return Question(path.stem, said["title"], said["reading"], parameters, tuple(said["columns"].split()), text)

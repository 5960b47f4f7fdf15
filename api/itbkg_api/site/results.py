"""Answers of the endpoint as a page shows them: what a person reads of a cell, where it leads, and in which forms."""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from itbkg.namespaces import BASE
from itbkg.store import PREFIXES
from itbkg.store.guard import Form
from itbkg_api.site.leading import page_of_iri
from itbkg_api.sparql.forms import offered

#: So many rows, and so many characters of a graph, stand on a page; the downloads have all.
ROWS, CHARACTERS = 200, 100_000
#: What each form of an answer is called, and how a file of it ends.
NAMES: Mapping[str, tuple[str, str]] = {
    "csv": ("CSV", "csv"),
    "tsv": ("TSV", "tsv"),
    "json": ("JSON", "json"),
    "xml": ("XML", "xml"),
    "turtle": ("Turtle", "ttl"),
    "ntriples": ("N-Triples", "nt"),
    "jsonld": ("JSON-LD", "jsonld"),
    "rdfxml": ("RDF/XML", "rdf"),
}
#: The id of a case, which queries call ?case.
_CASE = re.compile(r"[a-z0-9-]+/[a-z0-9-]+")
_NUMBERS = ("integer", "decimal", "double", "float")


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell in words; `leads` is the path of a page that tells more, `iri` the whole of what is abbreviated."""

    text: str
    leads: str = ""
    iri: str = ""
    is_number: bool = False
    is_bound: bool = True


@dataclass(frozen=True, slots=True)
class Shown:
    """An answer as it is shown: a table, a truth value, or a graph as text; `total` rows or characters in all."""

    form: Form
    columns: tuple[str, ...] = ()
    rows: tuple[tuple[Cell, ...], ...] = ()
    truth: bool | None = None
    text: str = ""
    total: int = 0

    @property
    def is_whole(self) -> bool:
        """Whether nothing is left out."""
        return self.total <= (len(self.rows) or len(self.text))


def form_for(form: Form | None) -> str:
    """Name the form in which the answer to a query is read here."""
    return "turtle" if form in ("CONSTRUCT", "DESCRIBE") else "json"


def downloads(form: Form) -> tuple[tuple[str, str, str], ...]:
    """List the forms in which an answer can be taken: the name of the form, what it is called, the end of its file."""
    there = {*offered(form).values()}
    return tuple((name, *told) for name, told in NAMES.items() if name in there)


def read_answer(form: Form | None, body: bytes) -> Shown:
    """Read the answer to a query of a form, in the form of `form_for`."""
    if form in ("CONSTRUCT", "DESCRIBE"):
        text = body.decode()
        return Shown(form, text=text[:CHARACTERS], total=len(text))
    document: dict[str, Any] = json.loads(body)
    if "boolean" in document:
        return Shown("ASK", truth=document["boolean"])
    columns, solutions = tuple(document["head"]["vars"]), document["results"]["bindings"]
    rows = tuple(tuple(_cell(name, row.get(name)) for name in columns) for row in solutions[:ROWS])
    return Shown("SELECT", columns, rows, total=len(solutions))


def _cell(column: str, term: Mapping[str, str] | None) -> Cell:
    if term is None:
        return Cell("", is_bound=False)
    value = term["value"]
    if term["type"] == "uri":
        return Cell(_short(value), page_of_iri(value), value)
    leads = f"/cases/{value}" if column == "case" and _CASE.fullmatch(value) else ""
    return Cell(value, leads, is_number=term.get("datatype", "").rpartition("#")[2] in _NUMBERS)


def _short(iri: str) -> str:
    """Abbreviate an IRI: by a prefix, or as what follows the address of all of ours."""
    for prefix, space in PREFIXES.items():
        if iri.startswith(space) and "/" not in iri.removeprefix(space):
            return f"{prefix}:{iri.removeprefix(space)}"
    return iri.removeprefix(BASE)

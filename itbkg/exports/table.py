"""What can be exported, in one table: command line, API and documentation are read from it.

The product `graph` is the cases and all around them, the whole or a part, in the formats that each family offers; the
others are whole documents.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path

from rdflib import Graph

from itbkg.errors import ExportFormatError
from itbkg.exports import graphs, health, rdf, tables
from itbkg.exports.format import FolderFormat, Format
from itbkg.exports.obographs import to_obographs
from itbkg.exports.rdf.documents import to_json_ld, to_rdf_xml, to_turtle


@dataclass(frozen=True, slots=True)
class Form:
    """One form of the ontology: its name, media type, the endings of its files, the usual first, and its writer."""

    name: str
    title: str
    media_type: str
    endings: tuple[str, ...]
    write: Callable[[Graph], bytes]


@dataclass(frozen=True, slots=True)
class Row:
    """A row of the table: what can be had, under which name, and what its file is. `is_folder`: of several files."""

    product: str
    name: str
    title: str
    media_type: str
    endings: tuple[str, ...]
    profile: str = ""
    is_folder: bool = False


#: The formats of the graph by name, family by family.
FORMATS: Mapping[str, Format] = {one.name: one for family in (rdf, graphs, tables, health) for one in family.FORMATS}

#: The forms of the ontology, the usual one first.
PRODUCTS: Mapping[str, tuple[Form, ...]] = {
    "ontology": (
        Form("owl", "OWL 2, RDF/XML", "application/rdf+xml", (".owl", ".rdf"), to_rdf_xml),
        Form("turtle", "OWL 2, Turtle", "text/turtle", (".ttl",), to_turtle),
        Form("jsonld", "OWL 2, JSON-LD", "application/ld+json", (".jsonld",), to_json_ld),
        Form("obographs", "OBO Graphs", "application/json", (".json",), to_obographs),
    ),
}

#: The whole table.
TABLE: tuple[Row, ...] = (
    *(
        Row(
            "graph",
            one.name,
            one.title,
            one.media_type,
            (one.ending,),
            one.profile,
            is_folder=isinstance(one, FolderFormat),
        )
        for one in FORMATS.values()
    ),
    *(
        Row(product, one.name, one.title, one.media_type, one.endings)
        for product in PRODUCTS
        for one in PRODUCTS[product]
    ),
    Row("words", "words", "the words, a page for each module", "text/markdown", (".md",), is_folder=True),
    Row("formats", "formats", "this table as a page", "text/markdown", (".md",), is_folder=True),
    Row("corpus", "corpus", "the publications, and what their cases tell", "text/markdown", (".md",), is_folder=True),
)


def find_format(name: str) -> Format:
    """Return the format of the graph with this name; ExportFormatError, the most like it first, where there is none."""
    if name in FORMATS:
        return FORMATS[name]
    alike = get_close_matches(name, FORMATS, n=1)
    raise ExportFormatError("graph", f"'{name}' is no format", [*alike, *(one for one in FORMATS if one not in alike)])


def choose_form(product: str, out: Path, name: str | None = None) -> Form:
    """Return the form with this name, or without one the form that the file's ending tells.

    Raises ExportFormatError, listing what there is, where neither does.
    """
    forms = PRODUCTS[product]
    fits = (form for form in forms if form.name == name or (name is None and out.name.endswith(form.endings)))
    found = next(fits, None)
    if found is None:
        asked = f"'{name}' is no form" if name else f"the ending of '{out.name}' tells no form"
        raise ExportFormatError(product, asked, [f"{form.name} ({', '.join(form.endings)})" for form in forms])
    return found

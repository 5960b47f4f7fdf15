"""What can be exported: each product with its forms. Command line and API choose from this table."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

from rdflib import Graph

from itbkg.errors import ExportFormatError
from itbkg.exports.obographs import to_obographs
from itbkg.exports.rdf import to_json_ld, to_rdf_xml, to_turtle


@dataclass(frozen=True, slots=True)
class Form:
    """One form of a product: its name, media type, the endings of its files, the usual first, and its writer."""

    name: str
    media_type: str
    endings: tuple[str, ...]
    write: Callable[[Graph], bytes]


#: The forms of each product, the usual one first.
PRODUCTS: Mapping[str, tuple[Form, ...]] = {
    "ontology": (
        Form("owl", "application/rdf+xml", (".owl", ".rdf"), to_rdf_xml),
        Form("turtle", "text/turtle", (".ttl",), to_turtle),
        Form("jsonld", "application/ld+json", (".jsonld",), to_json_ld),
        Form("obographs", "application/json", (".json",), to_obographs),
    ),
}


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

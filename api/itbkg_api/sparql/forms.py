"""The forms of an answer by media type, the usual one first."""

from collections.abc import Mapping

from itbkg.store.guard import Form

#: Answers to SELECT.
TABLES: Mapping[str, str] = {
    "application/sparql-results+json": "json",
    "application/sparql-results+xml": "xml",
    "text/csv": "csv",
    "text/tab-separated-values": "tsv",
    "application/json": "json",
    "application/xml": "xml",
    "text/xml": "xml",
}
#: Answers to ASK: CSV and TSV have no form for a truth value.
TRUTHS: Mapping[str, str] = {name: form for name, form in TABLES.items() if form in ("json", "xml")}
#: Answers to CONSTRUCT and DESCRIBE.
GRAPHS: Mapping[str, str] = {
    "text/turtle": "turtle",
    "application/n-triples": "ntriples",
    "application/ld+json": "jsonld",
    "application/rdf+xml": "rdfxml",
    "application/trig": "trig",
    "application/n-quads": "nquads",
    "application/json": "jsonld",
    "application/xml": "rdfxml",
    "text/plain": "ntriples",
}
#: Text that says in its media type in which letters it is written.
_WITH_CHARSET = ("text/csv", "text/tab-separated-values", "text/turtle", "text/plain", "text/xml")


def offered(form: Form | None) -> Mapping[str, str]:
    """Return what there is for a query of a form."""
    if form in ("CONSTRUCT", "DESCRIBE"):
        return GRAPHS
    return TRUTHS if form == "ASK" else TABLES


def by_name(name: str, form: Form | None) -> tuple[str, str] | None:
    """Return media type and form of an answer by the form's name; None for what is no name of one there is.

    Clients of other endpoints send such a field too, and beside it an Accept header that says the same.
    """
    return next(((media_type, one) for media_type, one in offered(form).items() if one == name), None)


def content_type(media_type: str) -> str:
    """Return the media type as it stands in the head of an answer."""
    return f"{media_type}; charset=utf-8" if media_type in _WITH_CHARSET else media_type

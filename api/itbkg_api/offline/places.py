"""Where each address of the application lies as a file, and which addresses are taken along at all.

A page without a query is taken wherever it is linked from. Choices in a query have no end; of them those are taken to
which a page without a query links. What is left is done in the browser, or needs the served pages.
"""

import hashlib
import re
from mimetypes import MimeTypes
from urllib.parse import parse_qsl, unquote

from itbkg_api.addresses import API

#: What is taken along beside the pages: what stands below these, or is one of these. Files keep their names.
_FILES = ("/static/", "/built/")
_DATA = (f"{API}/exports/", f"{API}/ontology.", f"{API}/cases/", f"{API}/charts/", *_FILES)
_LISTS = tuple(f"{API}/cases.{form}" for form in ("json", "csv", "tsv"))
#: What only a server does.
_SERVED = ("/docs", "/openapi.json", "/sparql", "/health", "/release/", "/id/", "/.well-known/", "/api/", "/metrics")
#: Endings of media types that the standard library does not know, or knows another first of.
_ENDINGS = {"text/html": ".html", "application/json": ".json", "application/ld+json": ".jsonld", "text/turtle": ".ttl"}
_SHORTEST = 8
#: Other media types by Python's own table; that of the machine would give other names elsewhere.
_TYPES = MimeTypes()


def is_page(address: str) -> bool:
    """Say whether an address is one of the pages that are walked."""
    return not address.startswith(_SERVED) and not is_data(address)


def is_data(address: str) -> bool:
    """Say whether an address is a file that pages load or offer."""
    path = address.partition("?")[0]
    return path in _LISTS or address.startswith(_DATA)


def is_taken(address: str, plain: bool) -> bool:
    """Say whether what a page links to is taken along; `plain` says that the page's own address has no query."""
    if is_data(address):
        return "?" not in address or address.startswith(f"{API}/charts/")
    return is_page(address) and (plain or "?" not in address)


def file_of(address: str, media_type: str, name: str = "") -> str:
    """Name the file of an address, by its path below the site's folder; `name` is what a download suggests."""
    path, _, query = address.partition("?")
    path = unquote(path).strip("/") or "index"
    if address.startswith(_FILES):
        return path
    if query:
        path = f"{path}/{_slug(query)}"
    if name and not query:
        return f"{path.rpartition('/')[0]}/{name}" if path.endswith(tuple(name)) else f"{path}/{name}"
    ending = _ENDINGS.get(media_type) or _TYPES.guess_extension(media_type) or ""
    return path if is_data(address) and path.endswith(ending) and "." in path else path + ending


def _slug(query: str) -> str:
    """Name a choice so that a reader can tell it, and no two have one name."""
    words = "-".join(text for _, text in parse_qsl(query))
    digest = hashlib.sha256(query.encode()).hexdigest()[:_SHORTEST]
    return f"{re.sub('[^a-z0-9]+', '-', words.lower()).strip('-')[:60]}-{digest}"

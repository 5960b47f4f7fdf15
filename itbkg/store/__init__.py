"""The graph, ready to be asked: an Oxigraph store of our own, or the SPARQL endpoint of others; its folder on disk."""

from itbkg.store.once import once
from itbkg.store.store import (
    PREFIX_LINES,
    PREFIXES,
    REBUILD,
    Bindings,
    GraphFormat,
    Store,
    Table,
    TableFormat,
    Term,
    serialize,
    verify,
    write_store,
)

__all__ = [
    "PREFIXES",
    "PREFIX_LINES",
    "REBUILD",
    "Bindings",
    "GraphFormat",
    "Store",
    "Table",
    "TableFormat",
    "Term",
    "once",
    "serialize",
    "verify",
    "write_store",
]

"""The dataset in the forms of the W3C that list statements.

N-Quads and TriG hold named graphs, and as the dataset itself each triple in the default graph too. Turtle,
N-Triples and RDF/XML hold triples: each once, and no word on the graph it is from.
"""

from collections.abc import Iterable, Iterator
from typing import BinaryIO

import pyoxigraph as ox

from itbkg.errors import SelectionError
from itbkg.exports.format import Loss, Losses
from itbkg.exports.quads import by_default_too, from_lines, without_graph
from itbkg.exports.selection import Selection
from itbkg.exports.sorting import sorted_lines
from itbkg.store import PREFIXES

#: Prefixes beside those of the store: of what our documents abbreviate.
_PREFIXES = (
    PREFIXES
    | {"unit": "https://w3id.org/itbkg/unit/", "owl": "http://www.w3.org/2002/07/owl#"}
    | {"dcterms": "http://purl.org/dc/terms/"}
)


def write_nquads(selection: Selection, file: BinaryIO) -> Losses:
    """Write N-Quads, all lines sorted.

    Of the whole graph these are the statements of the build's `dataset.nq`; a number stands as the store writes it, 39
    for 39.0: equal values have one form there (XML Schema 1.1, part 2, canonical mappings).
    """
    lines = selection.lines()
    file.writelines(sorted_lines(lines if selection.constructed else by_default_too(lines)))
    return ()


def write_ntriples(selection: Selection, file: BinaryIO) -> Losses:
    """Write N-Triples, sorted."""
    file.writelines(_triple_lines(selection))
    return _without_graphs(selection)


def write_turtle(selection: Selection, file: BinaryIO) -> Losses:
    """Write Turtle (https://www.w3.org/TR/turtle/), subject by subject."""
    _serialize(triples_once(selection), file, ox.RdfFormat.TURTLE)
    return _without_graphs(selection)


def write_rdf_xml(selection: Selection, file: BinaryIO) -> Losses:
    """Write RDF/XML (https://www.w3.org/TR/rdf-syntax-grammar/).

    Raises SelectionError for a constructed triple that XML cannot hold (section 2.3: a property is an XML name).
    """
    try:
        _serialize(triples_once(selection), file, ox.RdfFormat.RDF_XML)
    except ValueError as error:
        raise SelectionError(f"RDF/XML cannot hold a triple of this: {error}; take Turtle or N-Triples") from error
    return _without_graphs(selection)


def write_trig(selection: Selection, file: BinaryIO) -> Losses:
    """Write TriG (https://www.w3.org/TR/trig/): the default graph, then graph by graph."""
    _serialize(_dataset(selection), file, ox.RdfFormat.TRIG)
    return ()


def _serialize(statements: Iterable[ox.Quad] | Iterable[ox.Triple], file: BinaryIO, form: ox.RdfFormat) -> None:
    ox.serialize(statements, file, form, prefixes=_PREFIXES)


def _triple_lines(selection: Selection) -> Iterator[bytes]:
    lines = selection.lines()
    return sorted_lines(lines if selection.constructed else map(without_graph, lines))


def triples_once(selection: Selection) -> Iterator[ox.Triple]:
    """Yield each triple once, sorted, as the default graph holds them."""
    return (quad.triple for quad in from_lines(_triple_lines(selection)))


def _dataset(selection: Selection) -> Iterator[ox.Quad]:
    yield from from_lines(_triple_lines(selection))
    if not selection.constructed:
        yield from selection.quads()


def _without_graphs(selection: Selection) -> Losses:
    """Say that it is gone which graph a triple is from."""
    named = len(selection.graphs)
    return (Loss("named graphs: which case, document or inference a triple is from", named),) if named else ()

"""The graph, ready to be asked: an embedded Oxigraph store that nobody writes to.

In memory, or opened read-only from a build folder after its manifest has been verified.
"""

import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Literal, Self

import pyoxigraph as ox

from itbkg.errors import BuildFolderError, QuerySyntaxError
from itbkg.store.engine import GRAPHS, TABLES, Result, syntax_error
from itbkg.store.folder import hold_current
from itbkg.store.guard import Form, guard
from itbkg.store.manifest import (
    MANIFEST,
    STORE,
    STORE_SUMS,
    Manifest,
    digest_file,
    parse_manifest,
    store_sums,
)

Term = ox.NamedNode | ox.Literal | ox.BlankNode
_TYPE = ox.NamedNode("http://www.w3.org/1999/02/22-rdf-syntax-ns#type")
Bindings = dict[ox.Variable, ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple]
REBUILD = "build it again with 'itbkg build --out'"

TableFormat = Literal["json", "xml", "csv", "tsv"]
GraphFormat = Literal["turtle", "ntriples", "rdfxml", "jsonld"]


@dataclass(frozen=True, slots=True)
class Table:
    """The answer to a SELECT: rows in the query's order, a cell is None where nothing is bound."""

    columns: tuple[str, ...]
    rows: tuple[tuple[Term | None, ...], ...]

    def texts(self) -> Iterator[tuple[str, ...]]:
        """Yield the rows as plain text, an empty cell where nothing is bound."""
        for row in self.rows:
            yield tuple("" if cell is None else cell.value for cell in row)


class Store:
    """A dataset with its manifest; answers are whole or they are an error."""

    def __init__(
        self, inner: ox.Store, manifest: Manifest, held: int | None = None, folder: Path | None = None
    ) -> None:
        self._inner = inner
        self._held = held
        self._folder = folder
        self._prefixes: dict[str, str] | None = None
        self.manifest = manifest

    def with_prefixes(self) -> Self:
        """Return the same store for a person at a keyboard: our prefixes need no declaration."""
        store = type(self)(self._inner, self.manifest, self._held, self._folder)
        store._prefixes = PREFIXES
        return store

    @classmethod
    def in_memory(cls, nquads: bytes, manifest: Manifest) -> Self:
        """Load N-Quads into memory."""
        inner = ox.Store()
        inner.bulk_load(nquads, format=ox.RdfFormat.N_QUADS)
        return cls(inner, manifest)

    @classmethod
    def open(cls, out: Path) -> Self:
        """Open a build folder read-only.

        Raises BuildFolderError, with the reason, where it is missing, foreign, half written or changed.
        """
        folder, held = hold_current(out)
        try:
            manifest = verify(folder)
            inner = ox.Store.read_only(str(folder / STORE))
            _verify_counts(folder, inner, manifest)
        except OSError as error:
            os.close(held)
            raise BuildFolderError(folder, f"its store cannot be opened ({error})", REBUILD) from error
        except BuildFolderError:
            os.close(held)
            raise
        return cls(inner, manifest, held, folder)

    def kept(self, name: str) -> tuple[Path, bytes] | None:
        """Read a file that the build wrote beside the dataset; None for a store without one of that name.

        Raises BuildFolderError where it can no longer be read.
        """
        if self._folder is None or name not in self.manifest.files:
            return None
        path = self._folder / name
        try:
            return path, path.read_bytes()
        except OSError as error:
            raise BuildFolderError(path, f"it cannot be read ({error})", REBUILD) from error

    def close(self) -> None:
        """Let go of the build folder, so that a later build may remove it."""
        if self._held is not None:
            os.close(self._held)
            self._held = None

    def select(self, query: str, **iris: str) -> Table:
        """Answer a SELECT, with variables of its projection bound to IRIs by name.

        Raises QuerySyntaxError or QueryRefusedError.
        """
        solutions = self._run(query, {ox.Variable(name): ox.NamedNode(iri) for name, iri in iris.items()})
        if not isinstance(solutions, ox.QuerySolutions):
            raise QuerySyntaxError("this is no SELECT query")
        columns = tuple(variable.value for variable in solutions.variables)
        rows = tuple(tuple(_term(solution[column]) for column in columns) for solution in solutions)
        return Table(columns, rows)

    def answer(self, query: str, table: TableFormat = "json", graph: GraphFormat = "turtle") -> bytes:
        """Answer any query in the W3C result format `table`, or for CONSTRUCT and DESCRIBE in the RDF format `graph`.

        Raises QuerySyntaxError or QueryRefusedError.
        """
        result = self._run(query)
        if isinstance(result, ox.QuerySolutions | ox.QueryBoolean):
            return result.serialize(format=TABLES[table]) or b""
        return serialize(sorted(set(result), key=str), graph)

    def to_nquads(self) -> bytes:
        """Write the whole dataset."""
        return self._inner.dump(format=ox.RdfFormat.N_QUADS) or b""

    def form(self, query: str) -> Form | None:
        """Say of which form a query is, without running it; QueryRefusedError where it may not run."""
        return guard(query).form

    def graph(self, name: str, graph: GraphFormat) -> bytes:
        """Write one named graph; empty of triples where there is none of that name."""
        quads = self._inner.quads_for_pattern(None, None, None, ox.NamedNode(name))
        triples = sorted((quad.triple for quad in quads), key=str)
        return serialize(triples, graph)

    def graphs(self) -> tuple[str, ...]:
        """Name the named graphs by their IRIs, sorted; no quad is read for it."""
        return tuple(sorted(graph.value for graph in self._inner.named_graphs()))

    def instances(self, kind: str) -> tuple[str, ...]:
        """Name what the default graph says to be of a class, by IRI, sorted; memory holds the names alone."""
        found = self._inner.quads_for_pattern(None, _TYPE, ox.NamedNode(kind), ox.DefaultGraph())
        return tuple(sorted(quad.subject.value for quad in found if isinstance(quad.subject, ox.NamedNode)))

    def quads(self, name: str | None = None) -> Iterator[ox.Quad]:
        """Yield the quads of one named graph, or without a name those of the default graph, in no order."""
        graph = ox.DefaultGraph() if name is None else ox.NamedNode(name)
        return self._inner.quads_for_pattern(None, None, None, graph)

    def _run(self, query: str, bound: Bindings | None = None) -> Result:
        try:
            return self._inner.query(guard(query).text, prefixes=self._prefixes, substitutions=bound)
        except SyntaxError as error:
            raise syntax_error(error) from error


def serialize(triples: list[ox.Triple], graph: GraphFormat, prefixes: dict[str, str] | None = None) -> bytes:
    """Write triples in their order, abbreviated by our prefixes or by those given."""
    used = None if graph == "ntriples" else (prefixes or PREFIXES)
    return ox.serialize(triples, format=GRAPHS[graph], prefixes=used) or b""


#: The prefixes that are used where a document of ours abbreviates.
PREFIXES = {
    "itb": "https://w3id.org/itbkg/ont/",
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
    "skos": "http://www.w3.org/2004/02/skos/core#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
}
#: The same, as the first lines of a query.
PREFIX_LINES = "".join(f"PREFIX {name}: <{iri}>\n" for name, iri in PREFIXES.items())


def verify(folder: Path) -> Manifest:
    """Hold every file of a generation against its digests; BuildFolderError names the first that differs."""
    try:
        manifest = parse_manifest((folder / MANIFEST).read_text("utf-8"))
        sums = (folder / STORE_SUMS).read_text("utf-8")
    except OSError as error:
        raise BuildFolderError(folder, f"it cannot be read ({error})", REBUILD) from error
    except ValueError as error:
        raise BuildFolderError(folder, f"its manifest cannot be used ({error})", REBUILD) from error
    for name, digest in manifest.files.items():
        path = folder / name
        if not path.is_file() or digest_file(path) != digest:
            raise BuildFolderError(folder, f"{name} is not what the manifest says", REBUILD)
    differing = sorted({*sums.splitlines()} ^ {*store_sums(folder).splitlines()}, key=lambda line: line[64:])
    if differing:
        raise BuildFolderError(folder, f"{differing[0][64:].strip()} is not what {STORE_SUMS} says", REBUILD)
    return manifest


def _verify_counts(folder: Path, inner: ox.Store, manifest: Manifest) -> None:
    if len(inner) != manifest.quads:
        reason = f"its store holds {len(inner)} quads and not {manifest.quads}"
        raise BuildFolderError(folder, reason, REBUILD)


def _term(term: object) -> Term | None:
    if term is None or isinstance(term, ox.NamedNode | ox.Literal | ox.BlankNode):
        return term
    raise QuerySyntaxError(f"a triple term ({term}) is no value of a table")


def write_store(folder: Path, nquads: bytes) -> None:
    """Fill `store/` below a generation, and list its digests and the manifest's; it is never written to again."""
    inner = ox.Store(str(folder / STORE))
    inner.bulk_load(nquads, format=ox.RdfFormat.N_QUADS)
    inner.flush()
    inner.optimize()
    del inner
    (folder / STORE_SUMS).write_text(store_sums(folder), "utf-8")

"""A graph that another SPARQL 1.1 endpoint holds, asked as if it were ours."""

import urllib.error
import urllib.request
from collections.abc import Iterator, Sequence
from http import HTTPStatus
from typing import NoReturn, Self
from urllib.parse import urlencode, urlsplit

import pyoxigraph as ox

from itbkg.errors import QuerySyntaxError, RemoteStoreError
from itbkg.store import PREFIX_LINES, PREFIXES, Bindings, GraphFormat, Store, serialize
from itbkg.store.engine import AnswerSizeError, Result
from itbkg.store.guard import guard
from itbkg.store.manifest import FORMAT, Manifest

_TABLE, _GRAPH = "application/sparql-results+json", "application/n-triples"
_COUNTS = """PREFIX itb: <https://w3id.org/itbkg/ont/>
SELECT (COUNT(*) AS ?n) WHERE {{ {} }}"""
_INSTANCES = "SELECT DISTINCT ?one ?kind WHERE { ?one a ?kind } ORDER BY ?one"
_GRAPHS = "SELECT DISTINCT ?graph WHERE { GRAPH ?graph { ?s ?p ?o } } ORDER BY ?graph"
#: What is counted when an endpoint is opened, and the pattern that says how.
_COUNTED = {
    "triples": "?s ?p ?o",
    "cases": "?case a itb:Case",
    "publications": "{ SELECT DISTINCT ?it { ?case a itb:Case ; itb:reportedIn ?it } }",
    "guidance_documents": "{ SELECT DISTINCT ?it { ?statement itb:inDocument ?it } }",
    "guidance_statements": "?statement itb:inDocument ?it",
    "published_sources": "{ SELECT DISTINCT ?it { ?number a itb:PublishedObservation ; itb:reportedIn ?it } }",
    "published_observations": "?number a itb:PublishedObservation",
    "graphs": "{ SELECT DISTINCT ?g { GRAPH ?g { ?s ?p ?o } } }",
    "named": "GRAPH ?g { ?s ?p ?o }",
}


class RemoteStore(Store):
    """A graph behind an address; every answer is read whole and written anew, so that it has the bytes of our own."""

    def __init__(self, address: str, manifest: Manifest, seconds: float, most_bytes: int) -> None:
        super().__init__(ox.Store(), manifest)
        self._address = address
        self._seconds = seconds
        self._most = most_bytes

    @classmethod
    def connect(cls, address: str, seconds: float = 10, most_bytes: int = 16_777_216) -> Self:
        """Ask an endpoint what it holds; RemoteStoreError where it cannot be asked, or holds no case."""
        if urlsplit(address).scheme not in ("http", "https"):
            raise RemoteStoreError(address, "this is no http or https address")
        store = cls(address, _manifest(dict.fromkeys(_COUNTED, 0)), seconds, most_bytes)
        counts = {name: store._count(pattern) for name, pattern in _COUNTED.items()}
        if not counts["cases"]:
            raise RemoteStoreError(address, "it holds no case")
        store.manifest = _manifest(counts)
        return store

    def with_prefixes(self) -> Self:
        """Return the same store for a person at a keyboard: our prefixes need no declaration."""
        store = type(self)(self._address, self.manifest, self._seconds, self._most)
        store._prefixes = PREFIXES
        return store

    def graph(self, name: str, graph: GraphFormat) -> bytes:
        """Write one named graph; empty of triples where there is none of that name."""
        node = ox.NamedNode(name)
        result = self._run(f"CONSTRUCT {{ ?s ?p ?o }} WHERE {{ GRAPH {node} {{ ?s ?p ?o }} }}", of=str(node))
        return serialize(sorted(set(result), key=str), graph)  # type: ignore[arg-type] # a CONSTRUCT gives triples

    def graphs(self) -> tuple[str, ...]:
        """Name the named graphs by their IRIs, sorted."""
        return tuple(iri for (iri,) in self.select(_GRAPHS).texts())

    def instances(self, kind: str) -> tuple[str, ...]:
        """Name what the default graph says to be of a class, by IRI, sorted."""
        return tuple(iri for iri, _ in self.select(_INSTANCES, kind=kind).texts())

    def quads(self, name: str | None = None) -> Iterator[ox.Quad]:
        """Yield the quads of one named graph, or without a name those of the default graph, in no order.

        Raises RemoteStoreError where they are more than is read of an answer.
        """
        node = ox.DefaultGraph() if name is None else ox.NamedNode(name)
        pattern = "?s ?p ?o" if name is None else f"GRAPH {node} {{ ?s ?p ?o }}"
        result = self._run(f"CONSTRUCT {{ ?s ?p ?o }} WHERE {{ {pattern} }}", of=str(node))
        triples: set[ox.Triple] = set(result)  # type: ignore[arg-type]  # a CONSTRUCT gives triples
        for triple in triples:
            yield ox.Quad(triple.subject, triple.predicate, triple.object, node)

    def ask(self, query: str, default_graphs: Sequence[str] = (), named_graphs: Sequence[str] = ()) -> Result:
        """Send a query that has passed the guard.

        Raises QuerySyntaxError where the endpoint calls it that, AnswerSizeError for a long answer, TimeoutError,
        and RemoteStoreError for anything else that goes wrong.
        """
        is_graph = guard(query).form in ("CONSTRUCT", "DESCRIBE")
        fields = [("query", query), *(("default-graph-uri", name) for name in default_graphs)]
        fields += [("named-graph-uri", name) for name in named_graphs]
        body = self._send(urlencode(fields).encode(), _GRAPH if is_graph else _TABLE)
        try:
            if is_graph:
                return [quad.triple for quad in ox.parse(body, format=ox.RdfFormat.N_TRIPLES)]
            return ox.parse_query_results(body, format=ox.QueryResultsFormat.JSON)
        except SyntaxError as error:
            raise RemoteStoreError(self._address, f"its answer cannot be read ({error})") from error

    def _run(self, query: str, bound: Bindings | None = None, of: str = "an answer") -> Result:
        """Ask what a product needs whole: an answer that is too long, or too late, is an error of the store."""
        try:
            return self.ask((PREFIX_LINES if self._prefixes else "") + query + _values(bound or {}))
        except AnswerSizeError as error:
            said = f"{of} has more than the {self._most} bytes that are read (ITBKG_LIMIT_RESULT_BYTES)"
            raise RemoteStoreError(self._address, said) from error
        except TimeoutError as error:
            raise RemoteStoreError(self._address, f"it did not answer within {self._seconds:g} seconds") from error

    def _count(self, pattern: str) -> int:
        ((number,),) = self.select(_COUNTS.format(pattern)).texts()
        return int(number)

    def _send(self, body: bytes, accept: str) -> bytes:
        headers = {"Accept": accept, "Content-Type": "application/x-www-form-urlencoded"}
        request = urllib.request.Request(self._address, body, headers)  # noqa: S310 - http and https alone
        try:
            with urllib.request.urlopen(request, timeout=self._seconds) as response:  # noqa: S310 - as above
                answer: bytes = response.read(self._most + 1)
        except urllib.error.HTTPError as error:
            self._refuse(error)
        except OSError as error:
            if isinstance(error, TimeoutError) or isinstance(getattr(error, "reason", None), TimeoutError):
                raise TimeoutError from error
            raise RemoteStoreError(self._address, f"it cannot be reached ({error})") from error
        if len(answer) > self._most:
            raise AnswerSizeError
        return answer

    def _refuse(self, error: urllib.error.HTTPError) -> NoReturn:
        said = error.read(2_000).decode("utf-8", "replace")
        if error.code == HTTPStatus.BAD_REQUEST:
            raise QuerySyntaxError(f"not SPARQL: {said}") from error
        raise RemoteStoreError(self._address, f"it answers {error.code} {error.reason}: {said[:200]}") from error


def _values(bound: Bindings) -> str:
    """Bind variables of the projection after the query (SPARQL 1.1, section 10.2.2): one clause for all of them."""
    if not bound:
        return ""
    return f"\nVALUES ({' '.join(map(str, bound))}) {{ ({' '.join(map(str, bound.values()))}) }}"


def _manifest(counts: dict[str, int]) -> Manifest:
    """Describe what an endpoint holds; it has no digest, for it may change while it is asked."""
    known = {name: count for name, count in counts.items() if name != "named"}
    quads = counts["triples"] + counts["named"]
    return Manifest(format=FORMAT, versions={}, quads=quads, inputs={}, files={}, **known)

"""The W3C's own tests of SPARQL 1.1 queries, sent over HTTP; what the engine fails is listed and must go on failing."""

import csv
import io
from collections.abc import Iterable, Iterator
from decimal import Decimal, InvalidOperation
from pathlib import Path

import httpx2 as httpx
import pyoxigraph as ox
import pytest
from fastapi.testclient import TestClient
from rdflib import RDF, XSD, BNode, Graph, Literal, Namespace, URIRef
from rdflib.compare import isomorphic
from rdflib.term import Node

from itbkg.building import Built
from itbkg.settings import Corpus
from itbkg.store import Store
from itbkg_api.app import create_app
from tests.w3c import W3cTest, path_of, read_tests

TESTS = read_tests()
RS = Namespace("http://www.w3.org/2001/sw/DataAccess/tests/result-set#")
X = Namespace("urn:x:")
ACCEPT = {
    ".srx": "application/sparql-results+xml",
    ".srj": "application/sparql-results+json",
    ".csv": "text/csv",
    ".tsv": "text/tab-separated-values",
    ".ttl": "text/turtle",
}
NUMBERS = {XSD.integer, XSD.decimal, XSD.double, XSD.float}
#: What the engine, or a rule of ours, does otherwise than the suite wants, and why.
REFUSED = "SERVICE would call another server, and is refused"
EXPECTED_FAILURES: dict[str, str] = {
    **{f"service/service{name}": REFUSED for name in ("1", "2", "3", "4a", "5", "6", "7")},
    **{f"syntax-fed/test_{number}": REFUSED for number in (1, 2, 3)},
    "syntax-query/test_4": "the engine refuses a function that it does not know; the suite asks for syntax alone",
    "syntax-query/test_pn_bad_06": "the guard refuses the backslash (403) before the parser can call it an error (400)",
    "aggregates/agg-empty-group": "the suite has since been mended: MAX of no row is unbound in no group (rdf-tests)",
    "csv-tsv-res/tsv03": "the engine gives -3 as xsd:negativeInteger the datatype xsd:integer",
    "functions/bnode01": "the engine names a blank node by the label alone, for every row",
    "functions/strdt03": "the suite expects RDF 1.0, where a simple literal and an xsd:string were two",
    "functions/strlang03": "the suite expects RDF 1.0, where a simple literal and an xsd:string were two",
}


@pytest.fixture(scope="module")
def client(built: Built, corpus: Corpus) -> Iterator[TestClient]:
    """Serve a store that holds the data of all tests, each file as a graph of its own."""
    inner = ox.Store()
    for iri in sorted({iri for test in TESTS for iri in (*test.data, *test.graphs)}):
        inner.extend(_quads(iri))
    store = Store(inner, built.manifest)
    with TestClient(create_app(store, corpus.questions), raise_server_exceptions=False) as client:
        yield client


def _quads(iri: str) -> Iterator[ox.Quad]:
    path = path_of(iri)
    form = {".ttl": ox.RdfFormat.TURTLE, ".rdf": ox.RdfFormat.RDF_XML, ".nt": ox.RdfFormat.N_TRIPLES}[path.suffix]
    for quad in ox.parse(path.read_bytes(), format=form, base_iri=iri, rename_blank_nodes=True):
        yield ox.Quad(quad.subject, quad.predicate, quad.object, ox.NamedNode(iri))


def ask(client: TestClient, test: W3cTest) -> httpx.Response:
    """Send a test's query, with its data as the dataset."""
    fields: dict[str, str | list[str]] = {"query": f"BASE <{test.base}>\n{test.query}"}
    if test.data or test.graphs:
        fields["default-graph-uri"] = list(test.data) or ["urn:x:empty"]
        fields["named-graph-uri"] = list(test.graphs)
    elif "FROM" not in test.query:
        fields["default-graph-uri"] = ["urn:x:empty"]
    accept = ACCEPT[Path(test.result).suffix] if test.result else "*/*"
    return client.post("/sparql", data=fields, headers={"Accept": f"{accept}, text/turtle;q=0.5, */*;q=0.1"})


@pytest.mark.parametrize("test", [test for test in TESTS if "Syntax" in test.kind], ids=lambda test: test.name)
def test_syntax(client: TestClient, test: W3cTest, request: pytest.FixtureRequest) -> None:
    """A query that is SPARQL would be refused, or one that is not be answered."""
    _expect(request, test)
    status = ask(client, test).status_code
    assert status == (400 if test.kind.startswith("Negative") else 200)


@pytest.mark.parametrize("test", [test for test in TESTS if test.result], ids=lambda test: test.name)
def test_evaluation(client: TestClient, test: W3cTest, request: pytest.FixtureRequest) -> None:
    """A query would be answered with other rows than the W3C's."""
    _expect(request, test)
    assert test.result
    answer = ask(client, test)
    assert answer.status_code == 200, answer.text
    expected = path_of(test.result)
    if expected.suffix == ".csv":
        assert isomorphic(_csv(answer.text), _csv(expected.read_text("utf-8")))
    else:
        assert isomorphic(_graph(answer.content, answer.headers["content-type"]), _expected(expected, test.result))


def _expect(request: pytest.FixtureRequest, test: W3cTest) -> None:
    if test.name in EXPECTED_FAILURES:
        request.applymarker(pytest.mark.xfail(reason=EXPECTED_FAILURES[test.name], strict=True))


def test_every_expected_failure_is_a_test() -> None:
    """A misspelt name would excuse nothing, and look as if it did."""
    assert EXPECTED_FAILURES.keys() <= {test.name for test in TESTS}


def _expected(path: Path, iri: str) -> Graph:
    if path.suffix != ".ttl":
        return _graph(path.read_bytes(), ACCEPT[path.suffix])
    graph = Graph().parse(path, publicID=iri)
    results = graph.value(None, RDF.type, RS.ResultSet)
    return _rows(_result_set(graph, results)) if results is not None else _by_value(graph)


def _result_set(graph: Graph, results: Node) -> Iterator[dict[str, Node]]:
    for solution in graph.objects(results, RS.solution):
        bindings = list(graph.objects(solution, RS.binding))
        yield {str(graph.value(one, RS.variable)): graph.value(one, RS.value) or BNode() for one in bindings}


def _graph(body: bytes, media_type: str) -> Graph:
    """Read an answer as a graph, so that two can be compared whatever their blank nodes are called."""
    kind = media_type.partition(";")[0]
    if kind == "text/turtle":
        return _by_value(Graph().parse(data=body, format="turtle"))
    forms = {ACCEPT[".srx"]: "XML", ACCEPT[".srj"]: "JSON", ACCEPT[".tsv"]: "TSV"}
    results = ox.parse_query_results(body, format=getattr(ox.QueryResultsFormat, forms[kind]))
    if isinstance(results, ox.QueryBoolean):
        return _rows([{"answer": Literal(bool(results))}])
    names = [variable.value for variable in results.variables]
    return _rows({name: _term(row[name]) for name in names if row[name] is not None} for row in results)


def _csv(text: str) -> Graph:
    """Read CSV, which keeps neither datatypes nor an order of columns: numbers are compared by value."""
    rows = csv.DictReader(io.StringIO(text))
    return _rows({name: _cell(cell) for name, cell in row.items() if cell} for row in rows)


def _cell(cell: str) -> Node:
    if cell.startswith("_:"):
        return BNode(cell[2:])
    try:
        return Literal(f"{Decimal(cell).normalize():f}")
    except InvalidOperation:
        return Literal(cell)


def _rows(rows: Iterable[dict[str, Node]]) -> Graph:
    """Make a graph of rows: a blank node for each, so that the same row twice is two."""
    graph = Graph()
    for row in rows:
        node = BNode()
        graph.add((node, RDF.type, X.Row))
        for name, value in row.items():
            graph.add((node, X[name], _value(value)))
    return graph


def _by_value(graph: Graph) -> Graph:
    compared = Graph()
    for subject, predicate, value in graph:
        compared.add((subject, predicate, _value(value)))
    return compared


def _value(term: Node) -> Node:
    """Write a number in one way, its datatype kept: 1.0 and 1.00 are the same decimal."""
    if isinstance(term, Literal) and term.datatype in NUMBERS:
        try:
            return Literal(f"{Decimal(str(term)).normalize():f}", datatype=URIRef(f"{term.datatype}#value"))
        except InvalidOperation:
            return term
    return term


def _term(term: object) -> Node:
    if isinstance(term, ox.NamedNode):
        return URIRef(term.value)
    if isinstance(term, ox.BlankNode):
        return BNode(term.value)
    assert isinstance(term, ox.Literal)
    if term.language:
        return Literal(term.value, lang=term.language)
    plain = term.datatype.value == str(XSD.string)
    return Literal(term.value, datatype=None if plain else URIRef(term.datatype.value), normalize=False)

"""What a stranger's checker of the SPARQL 1.1 Protocol asks of a read-only endpoint: rules and recommendations.

A rule is what RFC 9110, the protocol, the results formats or the service description demand; a recommendation is what
they advise, or what clients have come to expect. Each row sends one request and says what must come.
"""

import csv
import io
import json
import re
import xml.etree.ElementTree as ET
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from urllib.parse import quote

from rdflib import RDF, VOID, Dataset, Graph, URIRef

from itbkg_api.sparql.description import SD
from tests.serving import get, post

COUNT, TRUE, NO = "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }", "ASK { ?s ?p ?o }", "ASK { ?s ?p ?o FILTER(false) }"
MAKE, TELL = "CONSTRUCT { ?s ?p ?o } { ?s ?p ?o } LIMIT 3", "DESCRIBE <https://w3id.org/itbkg/ont/Seizure>"
ODD = 'SELECT ("a, \\"b\\"\\té" AS ?text) (<urn:x> AS ?iri) (1 AS ?number) (?none AS ?gap) {}'
DIRECT, FORM, UPDATE = "application/sparql-query", "application/x-www-form-urlencoded", "application/sparql-update"
JSON, XML = "application/sparql-results+json", "application/sparql-results+xml"
CSV, TSV = "text/csv", "text/tab-separated-values"
TURTLE, PROBLEM = "text/turtle", "application/problem+json"
METHODS = {"GET", "HEAD", "OPTIONS", "POST"}
DOE = "https://w3id.org/itbkg/graph/case/doe-1901/1"
RESULTS = "{http://www.w3.org/2005/sparql-results#}"


@dataclass(frozen=True)
class Answer:
    """An answer as it came over the socket."""

    raw: bytes

    @cached_property
    def parts(self) -> tuple[str, list[tuple[str, str]], bytes]:
        """Return the status line, the headers in order, and the body."""
        head, _, body = self.raw.partition(b"\r\n\r\n")
        top, *lines = head.decode("latin-1").split("\r\n")
        headers = [line.partition(":") for line in lines]
        return top, [(name.lower(), value.strip()) for name, _, value in headers], body

    @property
    def status(self) -> int:
        """Return the status."""
        return int(self.parts[0].split(" ")[1])

    @property
    def body(self) -> bytes:
        """Return the body."""
        return self.parts[2]

    def header(self, name: str) -> str:
        """Return one header, its values joined; empty where there is none."""
        return ", ".join(value for known, value in self.parts[1] if known == name)

    def listed(self, name: str) -> set[str]:
        """Return the members of a header that is a list."""
        return {member.strip() for member in self.header(name).split(",") if member.strip()}

    @property
    def kind(self) -> str:
        """Return the media type without its parameters."""
        return self.header("content-type").partition(";")[0]

    @property
    def json(self) -> dict[str, object]:
        """Return the body, which is JSON."""
        document: dict[str, object] = json.loads(self.body)
        return document


Check = Callable[[Answer], bool]


def ask(query: str, *headers: str, method: str = "GET", more: str = "") -> bytes:
    """Send a query in the address."""
    return get(f"/sparql?query={quote(query, safe='')}{more}", *headers, method=method)


def form(query: str, *headers: str, target: str = "/sparql", more: str = "") -> bytes:
    """Send a query as a form."""
    return post(f"query={quote(query, safe='')}{more}".encode(), FORM, *headers, target=target)


def direct(query: str, *headers: str, target: str = "/sparql", kind: str = DIRECT) -> bytes:
    """Send a query as the body."""
    return post(query.encode(), kind, *headers, target=target)


def accept(kind: str) -> str:
    """Say what is accepted."""
    return f"Accept: {kind}"


def gives(status: int, kind: str = "") -> Check:
    """Expect a status, and a media type."""
    return lambda answer: answer.status == status and kind in ("", answer.kind)


def refuses(status: int) -> Check:
    """Expect a problem document of a status that says the same in its body, and what was the matter."""

    def check(answer: Answer) -> bool:
        return (answer.status, answer.kind, answer.json["status"]) == (status, PROBLEM, status) and bool(
            answer.json["detail"]
        )

    return check


def has(name: str, *members: str) -> Check:
    """Expect members in a header that is a list."""
    return lambda answer: set(members) <= answer.listed(name)


def number(answer: Answer) -> int:
    """Read the one number of an answer in JSON."""
    [row] = json.loads(answer.body)["results"]["bindings"]
    return int(row["n"]["value"])


def graph(kind: str) -> Check:
    """Expect triples that parse in the form that the media type names."""
    names = {
        TURTLE: "turtle",
        "application/n-triples": "nt",
        "application/ld+json": "json-ld",
        "application/rdf+xml": "xml",
        "application/trig": "trig",
        "application/n-quads": "nquads",
    }
    return lambda answer: answer.kind == kind and len(Dataset().parse(data=answer.body, format=names[kind])) > 0


def described(answer: Answer) -> Graph:
    """Read the service description."""
    return Graph().parse(data=answer.body, format="turtle")


def describes(check: Callable[[Graph, URIRef], bool]) -> Check:
    """Expect something of the service description."""

    def read(answer: Answer) -> bool:
        found = described(answer)
        [service] = found.subjects(RDF.type, SD.Service)
        return check(found, URIRef(str(service)))

    return read


def dataset(found: Graph, service: URIRef) -> URIRef:
    """Find the dataset of a service."""
    return URIRef(str(found.value(service, SD.defaultDataset)))


def xml_cells(answer: Answer) -> list[str]:
    """Name the kinds of term of a table in XML."""
    return [term.tag.removeprefix(RESULTS) for term in ET.fromstring(answer.body).iterfind(f".//{RESULTS}binding/*")]


def csv_rows(answer: Answer) -> list[list[str]]:
    """Read a table in CSV."""
    return list(csv.reader(io.StringIO(answer.body.decode(), newline="")))


DESCRIBED = get("/sparql", accept(TURTLE))
PREFLIGHT = get("/sparql", "Origin: https://example.org", "Access-Control-Request-Method: POST", method="OPTIONS")
RULES: dict[str, tuple[bytes, Check]] = {
    # --- the query operation (SPARQL 1.1 Protocol, 2.1)
    "GET answers a query": (ask(COUNT), gives(200)),
    "a form answers a query": (form(COUNT), gives(200)),
    "a body answers a query": (direct(COUNT), gives(200)),
    "a plus in the address is a blank": (get("/sparql?query=ASK+%7B%7D"), gives(200)),
    "a plus in a form is a blank": (post(b"query=ASK+%7B%7D", FORM), gives(200)),
    "a plus in a body is a plus": (direct("SELECT (1 + 1 AS ?n) {}"), lambda a: number(a) == 2),
    "parameters stand in any order": (get(f"/sparql?default-graph-uri={DOE}&query={quote(TRUE)}"), gives(200)),
    "other parameters say nothing": (ask(TRUE, more="&timeout=1&format=x"), gives(200)),
    "an empty query is none": (get("/sparql?query="), refuses(400)),
    "two queries in the address are refused": (ask(TRUE, more=f"&query={quote(TRUE)}"), refuses(400)),
    "two queries in a form are refused": (form(TRUE, more=f"&query={quote(TRUE)}"), refuses(400)),
    "a query in address and form is refused": (form(TRUE, target="/sparql?query=ASK%7B%7D"), refuses(400)),
    "a query in address and body is refused": (direct(TRUE, target="/sparql?query=ASK%7B%7D"), refuses(400)),
    "a form without a query is refused": (post(b"x=y", FORM), refuses(400)),
    "an empty form is refused": (post(b"", FORM), refuses(400)),
    "an empty body is refused": (post(b"", DIRECT), refuses(400)),
    "a form may name its letters": (post(b"query=ASK%7B%7D", f"{FORM}; charset=utf-8"), gives(200)),
    "a body may name its letters": (direct(TRUE, kind=f"{DIRECT}; charset=utf-8"), gives(200)),
    "a body in other letters is refused": (direct(TRUE, kind=f"{DIRECT}; charset=iso-8859-1"), refuses(415)),
    "a body of text/plain is refused": (direct(TRUE, kind="text/plain"), refuses(415)),
    "a body of application/json is refused": (direct(TRUE, kind="application/json"), refuses(415)),
    "a body of multipart/form-data is refused": (direct(TRUE, kind="multipart/form-data; boundary=x"), refuses(415)),
    "a body without a type is refused": (
        get("/sparql", "Content-Length: 6", method="POST") + b"ASK {}",
        refuses(415),
    ),
    "a refused type is told which are read": (direct(TRUE, kind="text/plain"), has("accept-post", DIRECT, FORM)),
    "bytes in the address that are no UTF-8 are refused": (get("/sparql?query=ASK%20%7B%7D%23%FF"), refuses(400)),
    "overlong UTF-8 in the address is refused": (get("/sparql?query=ASK%20%7B%7D%23%C0%AF"), refuses(400)),
    "half a pair of UTF-16 in the address is refused": (get("/sparql?query=ASK%7B%7D%23%ED%A0%80"), refuses(400)),
    "bytes in a form that are no UTF-8 are refused": (post(b"query=ASK%7B%7D%23%FF", FORM), refuses(400)),
    "bytes in a body that are no UTF-8 are refused": (post(b"ASK {} #\xff", DIRECT), refuses(400)),
    "letters beyond ASCII come back as they were": (
        ask('SELECT ("é漢💉" AS ?n) {}'),
        lambda a: "é漢💉" in a.body.decode(),
    ),
    "what does not parse is refused": (ask("SELECT * {"), refuses(400)),
    "what does not parse is told where": (ask("SELECT *\nWHERE { ?s ?p }"), lambda a: a.json["line"] == 2),
    "an undeclared prefix is refused": (ask("SELECT * { ?s no:such ?o }"), refuses(400)),
    "default-graph-uri chooses the default graph": (
        ask(COUNT, more=f"&default-graph-uri={quote(DOE)}"),
        lambda a: 0 < number(a) < 1_000,
    ),
    "default-graph-uri of nothing is empty": (
        ask(COUNT, more="&default-graph-uri=urn:none"),
        lambda a: number(a) == 0,
    ),
    "named-graph-uri leaves the default graph empty": (
        ask(COUNT, more=f"&named-graph-uri={quote(DOE)}"),
        lambda a: number(a) == 0,
    ),
    "named-graph-uri chooses the named graphs": (
        ask("SELECT (COUNT(DISTINCT ?g) AS ?n) { GRAPH ?g { ?s ?p ?o } }", more=f"&named-graph-uri={quote(DOE)}"),
        lambda a: number(a) == 1,
    ),
    "graphs in a form count": (form(COUNT, more="&default-graph-uri=urn:none"), lambda a: number(a) == 0),
    "graphs in the address count for a form": (
        form(COUNT, target="/sparql?default-graph-uri=urn:none"),
        lambda a: number(a) == 0,
    ),
    "graphs in the address count for a body": (
        direct(COUNT, target="/sparql?default-graph-uri=urn:none"),
        lambda a: number(a) == 0,
    ),
    "the protocol's graphs come before FROM": (
        ask("SELECT (COUNT(*) AS ?n) FROM <urn:none> { ?s ?p ?o }", more=f"&default-graph-uri={quote(DOE)}"),
        lambda a: number(a) > 0,
    ),
    "a graph that is no IRI is refused": (ask(COUNT, more="&default-graph-uri=a%20b"), refuses(400)),
    # --- updates (2.2): there are none
    "an update in a form is refused": (post(b"update=DROP%20ALL", FORM), refuses(403)),
    "an update in a body is refused": (direct("DROP ALL", kind=UPDATE), refuses(403)),
    "an update by GET is refused": (get("/sparql?update=DROP%20ALL"), refuses(403)),
    "an update as a query is refused": (direct("DROP ALL"), refuses(403)),
    "query and update at once are refused": (form(TRUE, more="&update=DROP%20ALL"), refuses(403)),
    "using-graph-uri is refused with a query": (ask(TRUE, more="&using-graph-uri=urn:x"), refuses(400)),
    # --- forms of an answer (2.1.5, 2.1.6; RFC 9110, 12)
    "SELECT as JSON": (ask(COUNT, accept(JSON)), lambda a: a.kind == JSON and number(a) > 0),
    "SELECT as XML": (ask(COUNT, accept(XML)), lambda a: a.kind == XML and xml_cells(a) == ["literal"]),
    "SELECT as CSV": (ask(COUNT, accept(CSV)), lambda a: a.kind == CSV and csv_rows(a)[0] == ["n"]),
    "SELECT as TSV": (ask(COUNT, accept(TSV)), lambda a: a.kind == TSV and a.body.startswith(b"?n\n")),
    "ASK as JSON": (ask(TRUE, accept(JSON)), lambda a: a.kind == JSON and a.json["boolean"] is True),
    "ASK as XML": (ask(NO, accept(XML)), lambda a: ET.fromstring(a.body).findtext(f"{RESULTS}boolean") == "false"),
    **{
        f"{verb} as {kind}": (ask(query, accept(kind)), graph(kind))
        for verb, query in (("CONSTRUCT", MAKE), ("DESCRIBE", TELL))
        for kind in (
            TURTLE,
            "application/n-triples",
            "application/ld+json",
            "application/rdf+xml",
            "application/trig",
            "application/n-quads",
        )
    },
    "the likelier form wins": (ask(COUNT, accept(f"{CSV};q=0.1, {XML};q=0.8, {JSON};q=0.5")), gives(200, XML)),
    "a form with q=0 is not given": (ask(COUNT, accept(f"{JSON};q=0, */*;q=0.1")), lambda a: a.kind != JSON),
    "the special comes before the general": (ask(COUNT, accept(f"*/*;q=0.9, {CSV}")), gives(200, CSV)),
    "a family of forms is read": (ask(COUNT, accept("text/*")), gives(200, CSV)),
    "names of forms are read in any case": (ask(COUNT, accept("Text/CSV")), gives(200, CSV)),
    "blanks in Accept say nothing": (ask(COUNT, accept(f" {CSV} ; q=0.2 ,  {XML} ; q=0.7 ")), gives(200, XML)),
    "no Accept takes any form": (ask(COUNT), gives(200, JSON)),
    "what cannot be given is refused": (ask(COUNT, accept("image/png")), refuses(406)),
    "a graph is not given as a table": (ask(MAKE, accept(CSV)), refuses(406)),
    "a table is not given as a graph": (ask(COUNT, accept(TURTLE)), refuses(406)),
    "a truth is not given as CSV": (ask(TRUE, accept(CSV)), refuses(406)),
    "an answer varies with Accept": (ask(COUNT), has("vary", "Accept")),
    "a refused form varies with Accept": (ask(COUNT, accept("image/png")), has("vary", "Accept")),
    "the description varies with Accept": (DESCRIBED, has("vary", "Accept")),
    "JSON has head and results": (ask(COUNT), lambda a: a.json.keys() == {"head", "results"}),
    "a gap has no binding": (ask(ODD), lambda a: b'"gap":{' not in a.body and b'"gap"' in a.body),
    "an integer has its datatype": (ask(ODD), lambda a: b"http://www.w3.org/2001/XMLSchema#integer" in a.body),
    "XML has the namespace of the results": (
        ask(ODD, accept(XML)),
        lambda a: xml_cells(a) == ["literal", "uri", "literal"],
    ),
    "CSV sets quotes as RFC 4180": (ask(ODD, accept(CSV)), lambda a: csv_rows(a)[1] == ['a, "b"\té', "urn:x", "1", ""]),
    "CSV ends lines with CR LF": (ask(ODD, accept(CSV)), lambda a: a.body.count(b"\r\n") == 2),
    "TSV writes terms as Turtle": (ask(ODD, accept(TSV)), lambda a: a.body.split(b"\t")[-3:-1] == [b"<urn:x>", b"1"]),
    # --- methods (RFC 9110, 9)
    "HEAD has no body": (ask(COUNT, method="HEAD"), lambda a: (a.status, a.body) == (200, b"")),
    "HEAD has the length of GET": (ask(COUNT, method="HEAD"), lambda a: int(a.header("content-length")) > 20),
    "HEAD of a wrong query has its status and no body": (
        ask("x", method="HEAD"),
        lambda a: (a.status, a.body) == (400, b""),
    ),
    "HEAD of the description has no body": (
        get("/sparql", method="HEAD"),
        lambda a: (a.status, a.body) == (200, b""),
    ),
    "OPTIONS says what may be done": (get("/sparql", method="OPTIONS"), lambda a: a.listed("allow") == METHODS),
    "OPTIONS has no body": (get("/sparql", method="OPTIONS"), lambda a: (a.status, a.body) == (204, b"")),
    **{
        f"{method} is refused": (ask(TRUE, method=method), refuses(405))
        for method in ("PUT", "DELETE", "PATCH", "TRACE")
    },
    **{
        f"{method} is told what may be done": (ask(TRUE, method=method), lambda a: a.listed("allow") == METHODS)
        for method in ("PUT", "DELETE", "PATCH", "TRACE")
    },
    "a method of nobody is refused": (get("/sparql", method="BREW"), lambda a: a.status in (400, 405, 501)),
    # --- what is kept (RFC 9110, 8.8 and 13; RFC 9111)
    "an answer has a strong tag": (ask(COUNT), lambda a: re.fullmatch('"[^"]+"', a.header("etag")) is not None),
    "any tag is met by *": (ask(COUNT, "If-None-Match: *"), lambda a: (a.status, a.body) == (304, b"")),
    "a 304 has tag and Vary": (
        ask(COUNT, "If-None-Match: *"),
        lambda a: a.header("etag") != "" and "Accept" in a.listed("vary"),
    ),
    "another tag gives the answer": (ask(COUNT, 'If-None-Match: "x"'), gives(200)),
    "a POST is no look into a cache": (direct(COUNT, "If-None-Match: *"), lambda a: a.status in (200, 412)),
    "a refusal has no tag": (ask("x"), lambda a: not a.header("etag")),
    # --- service description, VoID
    "the endpoint describes itself": (DESCRIBED, describes(lambda g, s: g.value(s, SD.endpoint) == s)),
    "it is named by its address": (DESCRIBED, describes(lambda _, s: str(s).endswith("/sparql"))),
    "it names its language": (DESCRIBED, describes(lambda g, s: g.value(s, SD.supportedLanguage) == SD.SPARQL11Query)),
    "it names no update": (DESCRIBED, describes(lambda g, s: (s, None, SD.SPARQL11Update) not in g)),
    "it names forms": (DESCRIBED, describes(lambda g, s: len(list(g.objects(s, SD.resultFormat))) == 10)),
    "it has a dataset with a default graph": (
        DESCRIBED,
        describes(lambda g, s: (g.value(dataset(g, s), SD.defaultGraph), RDF.type, SD.Graph) in g),
    ),
    "it has named graphs with names": (
        DESCRIBED,
        describes(lambda g, s: all(g.value(one, SD.name) for one in g.objects(dataset(g, s), SD.namedGraph))),
    ),
    "it counts the triples": (DESCRIBED, describes(lambda g, s: g.value(dataset(g, s), VOID.triples) is not None)),
    **{
        f"the description as {kind}": (get("/sparql", accept(kind)), gives(200, kind))
        for kind in ("application/rdf+xml", "application/ld+json", "application/n-triples", TURTLE)
    },
    "the description is not guessed at": (get("/sparql", accept("image/png")), refuses(406)),
    "the dataset is described at its well-known address": (
        get("/.well-known/void", accept(TURTLE)),
        gives(200, TURTLE),
    ),
    "the dataset is described at no other method": (get("/.well-known/void", method="POST"), refuses(405)),
}
RECOMMENDATIONS: dict[str, tuple[bytes, Check]] = {
    "any page may read an answer": (ask(COUNT), has("access-control-allow-origin", "*")),
    "any page may read a refusal": (ask("x"), has("access-control-allow-origin", "*")),
    "a page may ask before it posts": (PREFLIGHT, has("access-control-allow-methods", "POST")),
    "a page may name the type of its body": (PREFLIGHT, has("access-control-allow-headers", "Content-Type")),
    "a page may read the tag": (ask(COUNT), has("access-control-expose-headers", "ETag")),
    "a page's leave is kept": (PREFLIGHT, lambda a: int(a.header("access-control-max-age")) > 0),
    "an answer tells its length": (ask(COUNT), lambda a: int(a.header("content-length")) == len(a.body)),
    "a refusal tells its length": (ask("x"), lambda a: int(a.header("content-length")) == len(a.body)),
    "an answer tells the time": (ask(COUNT), lambda a: a.header("date").endswith("GMT")),
    "an answer says how it is kept": (ask(COUNT), lambda a: a.header("cache-control") != ""),
    "an answer is not guessed at": (ask(COUNT), has("x-content-type-options", "nosniff")),
    "CSV names its letters": (ask(COUNT, accept(CSV)), lambda a: "charset=utf-8" in a.header("content-type").lower()),
    "application/json gives JSON": (ask(COUNT, accept("application/json")), gives(200, "application/json")),
    "application/xml gives XML": (ask(COUNT, accept("application/xml")), gives(200, "application/xml")),
    "a browser is shown a page": (get("/sparql", accept("text/html")), gives(200, "text/html")),
    "a browser's query is answered": (ask(COUNT, accept("text/html,application/xml;q=0.9,*/*;q=0.8")), gives(200)),
    "a refusal names its kind": (ask("x"), lambda a: str(a.json["type"]).startswith("https://")),
    "SERVICE is refused": (ask("SELECT * { SERVICE <http://127.0.0.1:9/> {} }"), refuses(403)),
    "SERVICE in a string is a word": (ask('SELECT ("SERVICE" AS ?n) {}'), gives(200)),
    "limits are told": (ask(COUNT), lambda a: "seconds=" in a.header("itbkg-limits")),
    "a body too large is refused": (post(b"x" * 300_000, DIRECT), refuses(413)),
    "a slash too many is nothing": (get("/sparql/"), lambda a: a.status in (307, 404)),
}
CHECKS = RULES | RECOMMENDATIONS

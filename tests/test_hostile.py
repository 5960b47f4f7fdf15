"""A stranger who means harm: each request is refused or cut off in time, and honest ones go on being answered."""

import contextlib
import socket
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import quote

import pytest

from itbkg.building import Built, write_folder
from tests.serving import get, post, served, status, talk

HONEST = get("/sparql?query=" + quote("SELECT ?l { ?c a <https://w3id.org/itbkg/ont/Case> ; ?p ?l } ORDER BY ?l"))
LIMITS = {
    "ITBKG_LIMIT_SECONDS": "1",
    "ITBKG_LIMIT_WAIT_SECONDS": "5",
    "ITBKG_LIMIT_RESULT_BYTES": "1000000",
    "ITBKG_LIMIT_MEMORY_BYTES": "150000000",
    "ITBKG_LIMIT_HEAD_SECONDS": "2",
    "ITBKG_LIMIT_READ_SECONDS": "2",
}
#: A request may take so long: in line, at work, and over the machine's other work.
PATIENCE = 20.0
FORM, DIRECT = "application/x-www-form-urlencoded", "application/sparql-query"


def query(text: str) -> bytes:
    """Send a query as the body."""
    return post(text.encode(), DIRECT)


CROSS = ["?a ?b ?c", "?d ?e ?f", "?g ?h ?i", "?j ?k ?l", "?m ?n ?o", "?p ?q ?r"]
DOUBLING = " ".join(f"BIND(CONCAT(?x{n}, ?x{n}) AS ?x{n + 1})" for n in range(40))
NESTED = [
    ("{", "}"),
    ("(", ")"),
    ("[", "]"),
    ("{{", "}}"),
    ("!(", ")"),
    ("OPTIONAL {", "}"),
    ("FILTER NOT EXISTS {", "}"),
]

TWO, THREE = " . ".join(CROSS[:2]), " . ".join(CROSS[:3])

HEAVY: dict[str, str] = {
    **{f"cross product of {n}": "SELECT (COUNT(*) AS ?n) { " + " . ".join(CROSS[:n]) + " }" for n in (3, 4, 5, 6)},
    **{f"rows of a cross product of {n}": "SELECT * { " + " . ".join(CROSS[:n]) + " }" for n in (2, 3)},
    **{f"sorted cross product by ?{v}": f"SELECT * {{ {TWO} }} ORDER BY ?{v}" for v in "abcdef"},
    **{f"distinct cross product of ?{v}": f"SELECT DISTINCT ?{v} ?f {{ {TWO} }}" for v in "abc"},
    "grouped cross product": f"SELECT ?a (COUNT(*) AS ?n) {{ {TWO} }} GROUP BY ?a ?f",
    "concatenated cross product": f"SELECT (GROUP_CONCAT(?c) AS ?n) {{ {THREE} }}",
    "concatenated names": f"SELECT (GROUP_CONCAT(CONCAT(STR(?a), STR(?f))) AS ?n) {{ {TWO} }}",
    "doubled text": f"SELECT * {{ BIND('xxxxxxxxxxxxxxxx' AS ?x0) {DOUBLING} }}",
    "construction of a cross product": f"CONSTRUCT {{ ?a ?e ?f }} WHERE {{ {TWO} }}",
    "construction of many": f"CONSTRUCT {{ ?a ?b ?f . ?d ?b ?c . ?a ?e ?c }} WHERE {{ {TWO} }}",
    "description of everything twice": f"DESCRIBE ?a ?f {{ {TWO} }}",
    "any path both ways": "SELECT (COUNT(*) AS ?n) { ?a (!<urn:x>|!^<urn:x>)+ ?b . ?c ?d ?e }",
    "path of paths": "SELECT (COUNT(*) AS ?n) { ?a (((!<urn:x>)*)/((!<urn:y>)*))* ?b . ?c ?d ?e }",
    "optional cross products": "SELECT (COUNT(*) AS ?n) { ?a ?b ?c OPTIONAL { ?d ?e ?f } OPTIONAL { ?g ?h ?i } }",
    "minus of cross products": f"SELECT * {{ {THREE} MINUS {{ ?a ?z ?y }} }} ORDER BY ?a",
    "subquery in a cross product": f"SELECT (COUNT(*) AS ?n) {{ {{ SELECT * {{ {TWO} }} }} {CROSS[2]} }}",
    "graph cross product": "SELECT (COUNT(*) AS ?n) { GRAPH ?g { ?a ?b ?c } GRAPH ?h { ?d ?e ?f } ?j ?k ?l }",
    "regular expressions over pairs": f"SELECT (COUNT(*) AS ?n) {{ {TWO} FILTER REGEX(STR(?c), STR(?f)) }}",
    "hashes over pairs": f"SELECT (MAX(SHA512(CONCAT(STR(?a), STR(?f)))) AS ?n) {{ {TWO} }}",
}
#: What takes its time or not, but may not be answered with rows that are wrong, nor take the service down.
STRAINING: dict[str, str] = {
    **{
        f"regular expression {n}": f'SELECT ?o {{ ?s ?p ?o FILTER REGEX(STR(?o), "{pattern}") }}'
        for n, pattern in enumerate(
            ["(a+)+$", "(a|a)*b", "(.*)*x", "(.*){1,100}(.*){1,100}$", "((a{1,100}){1,100}){1,100}", "(x+x+)+y", "["]
        )
    },
    "replacement that grows": 'SELECT (REPLACE(STR(?o), "", "aaaaaaaaaaaaaaaa") AS ?x) { ?s ?p ?o }',
    "filter over a cross product": f"SELECT * {{ {THREE} FILTER(?c = ?f && ?f != ?f) }}",
    "existence over a cross product": f"ASK {{ {THREE} FILTER(?a = <urn:no-such>) }}",
    "any path": "SELECT (COUNT(*) AS ?n) { ?a (!<urn:x>)* ?b . ?b (!<urn:y>)* ?c }",
    "a huge number": "SELECT (1e308 * 1e308 AS ?x) (" + "9" * 400 + " AS ?y) {}",
    "a huge offset": "SELECT * { ?s ?p ?o } OFFSET 999999999999999999",
    "a division by zero": "SELECT (1/0 AS ?x) (0.0/0.0 AS ?y) {}",
    "a function that is none": "SELECT (<urn:f>(1) AS ?x) {}",
    "a date of the year 10^9": 'SELECT ("1000000000-01-01"^^<http://www.w3.org/2001/XMLSchema#date> + 1 AS ?x) {}',
    "surrogates in an escape": r'SELECT ("\\uD800" AS ?x) {}',
    "a value that is no date": 'SELECT (YEAR("x"^^<http://www.w3.org/2001/XMLSchema#dateTime>) AS ?x) {}',
    "random order": "SELECT ?s { ?s ?p ?o } ORDER BY RAND() LIMIT 5",
}
REFUSED: dict[str, str] = {
    **{f"service by {n}": text for n, text in enumerate([
        "SELECT * { SERVICE <http://127.0.0.1:9/> { ?s ?p ?o } }",
        "SELECT * { service <http://127.0.0.1:9/> { ?s ?p ?o } }",
        "SELECT * { SERVICE SILENT <http://127.0.0.1:9/> { ?s ?p ?o } }",
        "SELECT * { SERVICE ?s { ?s ?p ?o } }",
        "SELECT * { BIND(1 AS ?x)SERVICE<http://127.0.0.1:9/>{} }",
        "PREFIX s: <http://127.0.0.1:9/> SELECT * { SERVICE s: { ?s ?p ?o } }",
        "SELECT * { { SELECT * { SERVICE <http://127.0.0.1:9/> {} } } }",
        "CONSTRUCT { ?s ?p ?o } WHERE { SERVICE <http://127.0.0.1:9/> { ?s ?p ?o } }",
        "ASK { FILTER EXISTS { SERVICE <http://127.0.0.1:9/> { ?s ?p ?o } } }",
        "SELECT * { ?s ?p ?o . # comment\n SERVICE\n<http://127.0.0.1:9/>\n{ ?s ?p ?o } }",
    ])},
    **{f"update {word}": text for word, text in {
        "LOAD": "LOAD <file:///etc/passwd>", "LOAD INTO": "LOAD <http://127.0.0.1:9/> INTO GRAPH <urn:g>",
        "CLEAR": "CLEAR ALL", "DROP": "DROP SILENT ALL", "CREATE": "CREATE GRAPH <urn:g>",
        "INSERT DATA": "INSERT DATA { <urn:s> <urn:p> <urn:o> }",
        "DELETE DATA": "DELETE DATA { <urn:s> <urn:p> <urn:o> }",
        "DELETE WHERE": "DELETE WHERE { ?s ?p ?o }", "COPY": "COPY DEFAULT TO <urn:g>",
        "MOVE": "MOVE <urn:g> TO DEFAULT",
        "ADD": "ADD <urn:g> TO DEFAULT", "after a query": "ASK {} ; DROP ALL",
        "WITH": "WITH <urn:g> DELETE { ?s ?p ?o } INSERT { ?s ?p 1 } WHERE { ?s ?p ?o }",
    }.items()},
    **{f"{count} of {opening}": "SELECT * " + opening * count + closing * count
       for opening, closing in NESTED for count in (60, 2_000)},
    "a giant VALUES": "SELECT * { VALUES ?x { " + " ".join(map(str, range(5_000))) + " } }",
    "a giant list": "SELECT * { ?s ?p (" + " 1" * 5_000 + ") }",
    "a giant union": "SELECT * { " + " UNION ".join(["{ ?s ?p ?o }"] * 900) + " }",
    "a giant path": "SELECT * { ?s " + "/".join(["<urn:p>"] * 3_000) + " ?o }",
    "a giant chain": "SELECT * { " + " . ".join(f"?a{n} ?p{n} ?a{n + 1}" for n in range(900)) + " }",
    "a giant name": "SELECT * { ?" + "s" * 60_000 + " ?p ?o }",
    "a giant comment": "ASK {} #" + "x" * 100_000,
    "no query": "hello", "nothing": " ", "only a prefix": "PREFIX x: <urn:x>", "a string without end": "SELECT ('x",
    "two queries": "ASK {} ASK {}", "a byte order mark in the middle": "SELECT * \ufeff{ ?s ?p ?o }",
    "a bidirectional override": "SELECT \u202e* { ?s ?p ?o }", "a NUL": "SELECT * { ?s ?p \x00 }",
}  # fmt: skip
RAW: dict[str, bytes] = {
    "nothing but blank lines": b"\r\n" * 5_000 + b"x\r\n\r\n",
    "no HTTP": b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03" + b"\x00" * 200,
    "a method of its own": b"HACK / HTTP/1.1\r\nHost: x\r\n\r\n",
    "a version of its own": b"GET / HTTP/9.9\r\nHost: x\r\n\r\n",
    "a head without end": b"GET /health HTTP/1.1\r\nX: " + b"x" * 200_000,
    "ten thousand headers": b"GET /health HTTP/1.1\r\n" + b"X: y\r\n" * 20_000 + b"\r\n",
    "a giant address": b"GET /" + b"x" * 200_000 + b" HTTP/1.1\r\nHost: x\r\n\r\n",
    "a giant query in the address": get("/sparql?query=" + "a" * 60_000),
    "both lengths": b"POST /sparql HTTP/1.1\r\nHost: x\r\nContent-Type: application/sparql-query\r\n"
    b"Content-Length: 6\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\nGET /smuggled HTTP/1.1\r\n\r\n",
    "two lengths": b"POST /sparql HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\nContent-Length: 6\r\n\r\nASK {}",
    "a negative length": b"POST /sparql HTTP/1.1\r\nHost: x\r\nContent-Length: -1\r\n\r\nASK {}",
    "a length that is no number": b"POST /sparql HTTP/1.1\r\nHost: x\r\nContent-Length: ten\r\n\r\nASK {}",
    "a chunk that is none": b"POST /sparql HTTP/1.1\r\nHost: x\r\nContent-Type: application/sparql-query\r\n"
    b"Transfer-Encoding: chunked\r\n\r\nZZ\r\nASK {}\r\n0\r\n\r\n",
    "a chunk of 10^18": b"POST /sparql HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\nFFFFFFFFFFFFFFFFF\r\n",
    "an unknown coding": b"POST /sparql HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: gzip\r\n\r\nxxxx",
    "a folded header": b"GET /health HTTP/1.1\r\nHost: x\r\nX: a\r\n b\x00\r\n\r\n",
    "a header with a NUL": b"GET /health HTTP/1.1\r\nHost: x\r\nAccept: \x00\r\n\r\n",
    "a body over the limit": post(b"x" * 300_000, DIRECT),
    "a body over the limit in chunks": b"POST /sparql HTTP/1.1\r\nHost: x\r\nContent-Type: application/sparql-query\r\n"
    b"Transfer-Encoding: chunked\r\n\r\n" + (b"10000\r\n" + b"x" * 65_536 + b"\r\n") * 8 + b"0\r\n\r\n",
    "a body that breaks off": post(b"ASK {}", DIRECT)[:-3],
    "invalid UTF-8 in the body": post(b"ASK { \xc3\x28 }", DIRECT),
    "overlong UTF-8 in the form": post(b"query=%C0%AE", FORM),
    "a thousand fields": post(b"&".join([b"a=b"] * 1_000), FORM),
    "a percent sign alone": get("/sparql?query=%"),
    "a broken percent code": get("/sparql?query=%zz"),
    "a traced request": get("/sparql", method="TRACE"),
    "a connection to elsewhere": get("example.org:80", method="CONNECT"),
    "a DELETE": get("/api/v1/cases", method="DELETE"),
    "a PUT": get("/sparql", method="PUT"),
    "an Accept of 30 kB": get("/api/v1/cases", "Accept: " + ",".join(["text/x;q=0.1"] * 2_500)),
    "an Accept that is none": get("/api/v1/cases", "Accept: ;;;///"),
    "an upload of a file": post(
        b"--x\r\nContent-Disposition: form-data; name=query\r\n\r\nASK {}\r\n--x--", "multipart/form-data; boundary=x"
    ),
}  # fmt: skip
PATHS = [
    "/api/v1/cases/../../etc/passwd",
    "/api/v1/cases/..%2f..%2fetc%2fpasswd",
    "/api/v1/cases/%2e%2e/%2e%2e",
    "/api/v1/cases/doe-1901/1%00.ttl",
    "/api/v1/cases//etc/passwd",
    "/api/v1/cases/doe-1901/..%5c..%5cwindows",
    "/api/v1/terms/..%2f..%2fetc%2fpasswd",
    "/api/v1/terms/%00",
    "/api/v1/questions/..%2f..%2fpyproject",
    "/api/v1/questions/%2e%2e%2f%2e%2e%2fREADME.md",
    "/api/v1/guidance/..%2f..%2fetc",
    "/static/..%2fapp.py",
    "/static/../../app.py",
    "/static/%2e%2e/%2e%2e/app.py",
    "/nothing",
    "/api/v1/cases/doe-1901/1>%20}%20DROP%20ALL",
    "/api/v1/cases/x'%20OR%201=1/1",
    "/api/v1/terms/Seizure%3E%20%3Fp%20%3Fo%20%7D%20%23",
    "/case/doe-1901/%0d%0aSet-Cookie:%20x=y",
    "/ont/%0d%0aX:%20y",
    "/api/v1/cases/" + "a" * 5_000 + "/1",
    "/api/v1/cases/%F0%9F%92%89/1",
    "/api/v1/cases/%E2%80%AEdoe/1",
    "/api/v1/cases/doe-1901/%FF",
]


@pytest.fixture(scope="module")
def server(built: Built, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, int]]:
    """Serve the fictional graph with tight limits."""
    folder: Path = tmp_path_factory.mktemp("graph")
    write_folder(built, folder)
    with served(folder, LIMITS) as address:
        yield address


@pytest.fixture(autouse=True)
def unharmed(server: tuple[str, int]) -> Iterator[None]:
    """Hold the answer to an honest query before and after against each other, and that the server says it lives."""
    before = _honest(server)
    yield
    assert _honest(server) == before
    assert status(talk(*server, get("/health"), PATIENCE)) == 200


def _honest(server: tuple[str, int]) -> bytes:
    """Ask as a client does that is told when to ask again; the head says when, the body is what counts."""
    for _ in range(20):
        answer = talk(*server, HONEST, PATIENCE)
        if status(answer) != 503:
            assert status(answer) == 200
            return answer.partition(b"\r\n\r\n")[2]
        time.sleep(0.5)
    raise AssertionError("an honest query was not answered")


@pytest.mark.parametrize("name", HEAVY)
def test_a_heavy_query_meets_a_limit(server: tuple[str, int], name: str) -> None:
    """One query would keep the service busy for everybody, or be answered in part."""
    before = time.monotonic()
    answer = talk(*server, query(HEAVY[name]), PATIENCE)
    assert status(answer) in (400, 403, 422, 503), answer[:200]
    assert b"application/problem+json" in answer
    assert time.monotonic() - before < PATIENCE


@pytest.mark.parametrize("name", STRAINING)
def test_a_straining_query_is_answered_or_refused(server: tuple[str, int], name: str) -> None:
    """An odd value would take a worker down without a word, or make a fault of the server."""
    answer = talk(*server, query(STRAINING[name]), PATIENCE)
    assert status(answer) in (200, 400, 403, 422, 503), answer[:200]


@pytest.mark.parametrize("name", REFUSED)
def test_what_may_not_be_asked_is_refused(server: tuple[str, int], name: str) -> None:
    """A query would call out, change something, or break the engine's stack."""
    answer = talk(*server, query(REFUSED[name]), PATIENCE)
    assert status(answer) in (400, 403, 422), answer[:200]
    assert b"application/problem+json" in answer


@pytest.mark.parametrize("name", RAW)
def test_a_broken_request_is_refused_or_cut_off(server: tuple[str, int], name: str) -> None:
    """A request that is none would hang, be taken for another, or show how the server failed."""
    answer = talk(*server, RAW[name], PATIENCE)
    assert status(answer) in (None, *range(400, 500)), answer[:200]
    assert b"Traceback" not in answer
    assert answer.count(b"HTTP/1.1 ") <= 1


@pytest.mark.parametrize("path", PATHS)
def test_a_path_leads_out_of_nothing(server: tuple[str, int], path: str) -> None:
    """A name in the address would reach the file system, a query or the head of the answer."""
    answer = talk(*server, get(path), PATIENCE)
    assert status(answer) in (303, 400, 404, 422), answer[:200]
    assert b"root:" not in answer
    assert b"[build-system]" not in answer
    assert b"\r\nset-cookie" not in answer.partition(b"\r\n\r\n")[0].lower()


@pytest.mark.parametrize("graph", ["http://127.0.0.1:{}/", "file:///etc/passwd"])
def test_nothing_is_fetched(server: tuple[str, int], graph: str) -> None:
    """A graph that a query names would be read from the network, or from a file of the server."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        listener.settimeout(0.5)
        name = graph.format(listener.getsockname()[1])
        asked = [f"SELECT * FROM <{name}> {{ ?s ?p ?o }}", f"SELECT * {{ GRAPH <{name}> {{ ?s ?p ?o }} }}"]
        for text in asked:
            answer = talk(*server, query(text), PATIENCE)
            assert status(answer) == 200
            assert b'"bindings":[]' in answer
        with pytest.raises(TimeoutError):
            listener.accept()


def _slowly(server: tuple[str, int], sent: bytes, wait: float) -> bytes:
    """Send byte by byte until the server has enough of it."""
    with socket.create_connection(server, timeout=PATIENCE) as connection:
        with contextlib.suppress(BrokenPipeError, ConnectionResetError):
            for byte in sent:
                connection.sendall(bytes([byte]))
                time.sleep(wait)
        with contextlib.suppress(ConnectionResetError):
            return connection.recv(65_536)
    return b""


@pytest.mark.parametrize(
    ("sent", "expected"),
    [(HONEST, {408, None}), (post(b"ASK {}" + b" " * 500, DIRECT), {408, None})],
    ids=["head", "whole request"],
)
def test_a_slow_client_is_cut_off(server: tuple[str, int], sent: bytes, expected: set[int | None]) -> None:
    """A client that sends a byte now and then would hold a connection for ever."""
    before = time.monotonic()
    assert status(_slowly(server, sent, 0.05)) in expected
    assert time.monotonic() - before < PATIENCE


def test_a_slow_body_is_cut_off(server: tuple[str, int]) -> None:
    """A body that never ends would hold a connection for ever."""
    head = post(b"x" * 1_000, DIRECT)[:-1_000]
    assert status(talk(*server, head + b"ASK", PATIENCE)) == 408


def test_half_open_clients_by_the_thousand_are_cut_off(server: tuple[str, int]) -> None:
    """Connections that send nothing would use up the server's descriptors."""
    waiting = [socket.create_connection(server, timeout=PATIENCE) for _ in range(1_000)]
    try:
        assert status(talk(*server, get("/health"), PATIENCE)) == 200
        time.sleep(3)
        cut = sum(_is_closed(connection) for connection in waiting)
    finally:
        for connection in waiting:
            connection.close()
    assert cut == len(waiting)


def _is_closed(connection: socket.socket) -> bool:
    connection.settimeout(PATIENCE)
    got = b"x"
    with contextlib.suppress(ConnectionResetError):
        while got:
            got = connection.recv(4_096)
    return True


def test_more_connections_than_are_held_are_told_so(built: Built, tmp_path: Path) -> None:
    """The last client to come would wait without a word, or take the server's last descriptor."""
    write_folder(built, tmp_path / "graph")
    with served(tmp_path / "graph", {"ITBKG_LIMIT_CONNECTIONS": "3"}) as address:
        waiting = [socket.create_connection(address, timeout=PATIENCE) for _ in range(3)]
        answer = talk(*address, b"", PATIENCE)
        for connection in waiting:
            connection.close()
        assert status(answer) == 503
        assert b"https://w3id.org/itbkg/problems/busy" in answer
        assert b"nosniff" in answer
        time.sleep(0.2)
        assert status(talk(*address, get("/health"), PATIENCE)) == 200


def test_health_is_told_while_everything_is_busy(server: tuple[str, int]) -> None:
    """A load balancer would take a busy service for a dead one."""
    heavy = query(HEAVY["cross product of 6"])
    clients = [threading.Thread(target=_drop, args=(server, heavy)) for _ in range(30)]
    for client in clients:
        client.start()
    try:
        waits = sorted(_timed(lambda: talk(*server, get("/health"), PATIENCE)) for _ in range(40))
    finally:
        for client in clients:
            client.join()
    assert waits[20] < 0.1


def _timed(act: Callable[[], bytes]) -> float:
    before = time.monotonic()
    assert status(act()) == 200
    return time.monotonic() - before


def _drop(server: tuple[str, int], sent: bytes) -> None:
    """Ask, and hang up before the answer."""
    with socket.create_connection(server, timeout=PATIENCE) as connection:
        connection.sendall(sent)
        time.sleep(0.3)


def test_dropped_connections_free_their_workers(server: tuple[str, int]) -> None:
    """Queries of clients that left would keep the workers from those that stayed."""
    for _ in range(20):
        _drop(server, query(HEAVY["cross product of 6"]))
    before = time.monotonic()
    _honest(server)
    assert time.monotonic() - before < 3


def test_the_suite_is_as_large_as_it_says() -> None:
    """Requests would be lost from the tables unseen."""
    assert len(HEAVY) + len(STRAINING) + len(REFUSED) + len(RAW) + len(PATHS) >= 150

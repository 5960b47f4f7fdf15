"""The short way of a GET: it says what the long way says, to the byte, and leaves to it what it cannot say."""

import asyncio
import re
import socket
import time
from collections.abc import Iterator, Sequence
from contextlib import closing, nullcontext, suppress
from urllib.parse import quote, unquote_plus

import pytest
from hypothesis import given
from hypothesis import strategies as st

from itbkg.building import Built, write_folder
from itbkg.limits import Limits
from itbkg.settings import Corpus
from itbkg.store import Store
from itbkg_api.app import create_app
from itbkg_api.sparql import ShortWay, SparqlEndpoint
from itbkg_api.sparql.description import Description
from itbkg_api.sparql.short import Said, read_value
from itbkg_api.workers import Errand, Pool
from tests.running import run
from tests.serving import get, served, status, talk

COUNT = "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }"
ENDLESS = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }"
#: What the server says in time.
PATIENCE = 20.0
#: A field that says nothing, and sends a request the long way.
LONG_WAY = "&nothing="
LIMITS = {"ITBKG_LIMIT_SECONDS": "2", "ITBKG_LIMIT_WORKERS": "1", "ITBKG_LIMIT_RESULT_BYTES": "100000"}


@pytest.fixture(scope="module")
def server(built: Built, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, int]]:
    """Serve the fictional graph by one worker."""
    folder = tmp_path_factory.mktemp("graph")
    write_folder(built, folder)
    with served(folder, LIMITS) as address:
        yield address


def fields(answer: bytes) -> tuple[bytes, list[bytes], bytes]:
    """Take an answer apart: first line, the other lines of the head but for the date, and the body."""
    head, _, body = answer.partition(b"\r\n\r\n")
    first, *lines = head.split(b"\r\n")
    return first, sorted(line for line in lines if not line.startswith(b"date:")), body


@pytest.mark.parametrize(
    ("query", "accept", "expected"),
    [
        (COUNT, "*/*", 200),
        (COUNT, "text/csv", 200),
        (COUNT, "application/sparql-results+xml;q=0.5, text/tab-separated-values", 200),
        ("ASK {}", "application/json", 200),
        ("CONSTRUCT { ?s ?p ?o } WHERE { ?s ?p ?o } LIMIT 2", "application/n-triples", 200),
        ("SELECT ('über + 100 % & = #' AS ?x) {}", "text/csv", 200),
        (COUNT, "image/png", 406),
        (COUNT, ";;;", 400),
        ("SELECT * {", "*/*", 400),
        ("SELECT * { SERVICE <http://127.0.0.1:9/> {} }", "*/*", 403),
        ("DROP ALL", "*/*", 403),
        ("SELECT * { ?a ?b ?c . ?d ?e ?f }", "*/*", 422),
        (ENDLESS, "*/*", 503),
    ],
)
def test_both_ways_say_the_same(server: tuple[str, int], query: str, accept: str, expected: int) -> None:
    """Who adds a field to the address would get other headers, another body or another error."""
    target = f"/sparql?query={quote(query)}"
    short, long = (
        talk(*server, get(address, f"Accept: {accept}"), PATIENCE) for address in (target, target + LONG_WAY)
    )
    assert status(short) == expected
    assert fields(short) == fields(long)


@pytest.mark.parametrize("asked", ["%FF", "%zz", "%", "%E2%80", "", "x&query=y"])
def test_what_cannot_be_read_goes_the_long_way(server: tuple[str, int], asked: str) -> None:
    """A request that is written wrongly would be answered, or get no words."""
    answer = talk(*server, get(f"/sparql?query={asked}"), PATIENCE)
    assert status(answer) == 400
    assert b"application/problem+json" in answer


def test_requests_in_one_breath_are_answered_in_their_order(server: tuple[str, int]) -> None:
    """A client that does not wait for one answer before it asks on would take one for another's."""
    asked = [f"/sparql?query={quote(f'SELECT ({n} AS ?n) {{}}')}" for n in range(6)]
    asked[1::2] = [target + LONG_WAY for target in asked[1::2]]
    sent = "".join(f"GET {target} HTTP/1.1\r\nHost: x\r\nAccept: text/csv\r\n\r\n" for target in asked)
    answer = talk(*server, sent.encode() + get("/health"), PATIENCE)
    assert re.findall(rb"\r\n\r\nn\r\n(\d)\r\n", answer) == [b"0", b"1", b"2", b"3", b"4", b"5"]
    assert answer.endswith(b'{"status":"ok"}')


@pytest.mark.parametrize(("headers", "stays"), [("", True), ("Connection: close\r\n", False)])
def test_a_connection_is_kept_as_the_client_wants(server: tuple[str, int], headers: str, *, stays: bool) -> None:
    """A client would wait for an end that never comes, or have to connect anew each time."""
    sent = f"GET /sparql?query={quote(COUNT)} HTTP/1.1\r\nHost: x\r\n{headers}\r\n".encode()
    with socket.create_connection(server, timeout=PATIENCE) as connection:
        for _ in range(2 if stays else 1):
            connection.sendall(sent)
            got = connection.recv(65_536)
            assert status(got) == 200
            assert (b"connection: close" in got) is not stays
        connection.settimeout(0.2 if stays else PATIENCE)
        with pytest.raises(TimeoutError) if stays else nullcontext():
            assert connection.recv(1) == b""


def test_an_old_client_is_answered(server: tuple[str, int]) -> None:
    """A client of HTTP/1.0 would be told in a version that it does not know to keep the connection."""
    answer = talk(*server, f"GET /sparql?query={quote(COUNT)} HTTP/1.0\r\n\r\n".encode(), PATIENCE)
    assert status(answer) == 200


def test_a_query_whose_client_hung_up_is_given_up(server: tuple[str, int]) -> None:
    """Whoever asks for too much and leaves would keep the worker busy for all others."""
    with closing(socket.create_connection(server, timeout=PATIENCE)) as leaving:
        leaving.sendall(f"GET /sparql?query={quote(ENDLESS + '#gone')} HTTP/1.1\r\nHost: x\r\n\r\n".encode())
        time.sleep(0.2)
    before = time.monotonic()
    answer = talk(*server, get(f"/sparql?query={quote(COUNT + '#after')}"), PATIENCE)
    assert status(answer) == 200
    assert time.monotonic() - before < 1.5


def test_what_the_short_way_takes(store: Store) -> None:
    """All would go the long way, and be right and slow; or what needs words would go the short one."""
    plain = [(b"host", b"x"), (b"accept", b"text/csv")]
    asked = b"query=" + quote(COUNT).encode()

    async def ask() -> tuple[object, Said, object, Sequence[object]]:
        pool = Pool(store, Limits(workers=1))
        way = ShortWay(SparqlEndpoint(pool, Description(pool.limits, NotImplemented, NotImplemented)), pool)
        await pool.open()
        try:
            told: asyncio.Future[Said] = asyncio.get_running_loop().create_future()
            first = way.answer(asked, plain, told.set_result)
            answer = await told
            again = way.answer(asked, plain, told.set_result)
            others = [
                way.answer(asked, [*plain, (name, b"1")], told.set_result)
                for name in (b"accept", b"if-none-match", b"content-length", b"transfer-encoding", b"expect")
            ]
            return first, answer, again, others
        finally:
            await pool.close()

    first, answer, again, others = run(ask())
    assert isinstance(first, Errand)
    assert answer[1] == f"n\r\n{store.manifest.triples}\r\n".encode()
    assert again is answer
    assert [*others] == [None] * 5


def test_a_log_has_every_request(store: Store, corpus: Corpus) -> None:
    """What goes the short way would be missing in the log."""
    assert create_app(store, corpus.questions).state.short_way
    assert create_app(store, corpus.questions, access_log=True).state.short_way is None


@given(st.text(st.sampled_from("%=+_ aAfF09zZ.~"), max_size=20))
def test_a_value_is_read_as_the_library_reads_it(text: str) -> None:
    """Some value would be taken for another than the long way takes it for."""
    with suppress(UnicodeDecodeError):
        read = read_value(text.encode())
        assert read in (None, unquote_plus(text, errors="strict"))


@given(st.text())
def test_every_text_can_be_sent(text: str) -> None:
    """Some query would go the long way for its letters."""
    assert read_value(quote(text).encode()) == text

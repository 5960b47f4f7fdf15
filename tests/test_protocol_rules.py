"""The endpoint under the eyes of a stranger's checker, over a real socket, and under those of a linter of HTTP."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from httplint import HttpRequestLinter, HttpResponseLinter, levels

from itbkg.building import Built, write_folder
from tests.protocol_rules import CHECKS, Answer
from tests.serving import get, served, talk


@pytest.fixture(scope="module")
def server(built: Built, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, int]]:
    """Serve the fictional graph."""
    folder: Path = tmp_path_factory.mktemp("graph")
    write_folder(built, folder)
    with served(folder) as address:
        yield address


@pytest.mark.parametrize("name", CHECKS)
def test_check(server: tuple[str, int], name: str) -> None:
    """A client that keeps to the rules would not be understood, or not understand."""
    sent, check = CHECKS[name]
    answer = Answer(talk(*server, sent, 10))
    assert check(answer), answer.raw[:1_000]


#: What the linter says of every 400, which it takes for the linter's own fault.
PASSED_OVER = {"STATUS_BAD_REQUEST"}
GZIP = "Accept-Encoding: gzip"
#: What stands beside the endpoint.
OTHERS = {
    **{f"GET {path}": get(path, GZIP) for path in ("/health", "/openapi.json", "/problems", "/nothing", "/cases")},
    **{f"GET {path}": get(f"/api/v1/{path}", GZIP) for path in ("cases", "cases.csv", "cases?x=1", "terms/Seizure")},
    **{f"{method} /api/v1/version": get("/api/v1/version", method=method) for method in ("HEAD", "OPTIONS", "PUT")},
    "what is there already": get("/api/v1/cases", "If-None-Match: *"),
}
SENT = {name: sent for name, (sent, _) in CHECKS.items()} | OTHERS


@pytest.mark.parametrize("name", SENT)
def test_the_linter_of_http_finds_nothing(server: tuple[str, int], name: str) -> None:
    """An answer would have a header that caches, proxies or browsers read otherwise than it is meant."""
    asked = lint_request(SENT[name])
    told = lint_answer(Answer(talk(*server, SENT[name], 10)), asked)
    faults = {type(note).__name__: note.summary for note in told.notes if note.level in (levels.BAD, levels.WARN)}
    assert faults.keys() <= PASSED_OVER, faults


def lint_request(sent: bytes) -> HttpRequestLinter:
    """Give the linter a request."""
    head, _, body = sent.partition(b"\r\n\r\n")
    top, *fields = head.split(b"\r\n")
    method, target, _ = top.split(b" ")
    asked = HttpRequestLinter()
    asked.process_request_topline(method, b"http://localhost" + target, b"1.1")
    asked.process_headers([(name, value) for name, value in (field.split(b": ", 1) for field in fields)])
    asked.feed_content(body)
    asked.finish_content(complete=True)
    return asked


def lint_answer(answer: Answer, asked: HttpRequestLinter) -> HttpResponseLinter:
    """Give the linter an answer to a request."""
    top, fields, content = answer.parts
    told = HttpResponseLinter(_related=asked)
    told.is_head_response = asked.method == "HEAD"
    told.process_response_topline(b"1.1", *top.encode().split(b" ", 2)[1:])
    told.process_headers([(name.encode("latin-1"), value.encode("latin-1")) for name, value in fields])
    told.feed_content(content)
    told.finish_content(complete=True)
    return told


def test_there_are_as_many_as_are_asked_for() -> None:
    """Rows would be lost from the tables unseen."""
    assert len(CHECKS) >= 103

"""Pages are read before anybody asks, so that the first reader does not wait."""

import asyncio
import json
import time

import pytest
from fastapi.testclient import TestClient
from starlette.types import Message, Receive, Scope, Send

from itbkg.settings import Corpus
from itbkg.store import Store
from itbkg_api.app import create_app
from itbkg_api.around.log import AccessLog
from itbkg_api.site import warming
from itbkg_api.within import get
from tests.reading_pages import BROWSER
from tests.running import run


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Note what is asked for before anybody asks."""
    paths: list[str] = []

    async def noting(_: object, address: str) -> None:
        paths.append(address)
        await asyncio.sleep(0.01)

    monkeypatch.setattr(warming, "get", noting)
    return paths


def test_a_server_reads_each_page_of_its_own_accord(store: Store, corpus: Corpus, asked: list[str]) -> None:
    """The first reader of a page would wait until it has been read, and its template compiled."""
    with TestClient(create_app(store, corpus.questions, warmed=True)) as client:
        for _ in range(200):
            if "/data" in asked:
                break
            time.sleep(0.02)
    assert {"/", "/cases", "/links", "/graph", "/guidance", "/teach", "/words", "/data"} <= {*asked}
    assert not [
        path for path in asked if "{" in path or client.get(path, headers={"Accept": BROWSER}).status_code != 200
    ]


def test_a_server_that_is_stopped_meanwhile_stops(store: Store, corpus: Corpus, asked: list[str]) -> None:
    """Who stops a server at once would wait for pages that nobody wants."""
    with TestClient(create_app(store, corpus.questions, warmed=True)):
        pass
    assert len(asked) < 8


def test_others_read_nothing_before_it_is_asked(store: Store, corpus: Corpus, asked: list[str]) -> None:
    """Who makes an application for one request would pay for all pages."""
    with TestClient(create_app(store, corpus.questions)) as client:
        assert client.get("/health").status_code == 200
    assert asked == []


def test_a_page_asked_from_within_is_the_page(store: Store, corpus: Corpus) -> None:
    """What is read ahead would be something else than readers get, and be of no use to them."""
    app = create_app(store, corpus.questions)
    reply = run(get(app, "/"))
    assert (reply.status, reply.media_type) == (200, "text/html")
    assert reply.body.decode() == TestClient(app).get("/", headers={"Accept": BROWSER}).text


def test_the_log_tells_of_requests_alone(capsys: pytest.CaptureFixture[str]) -> None:
    """An operator would count visits that nobody made."""

    async def answer(_: Scope, __: Receive, send: Send) -> None:
        start: Message = {"type": "http.response.start", "status": 200, "headers": []}
        await send(start)
        await send({"type": "http.response.body", "body": b"1"})

    logged = AccessLog(answer)
    run(get(logged, "/from-within"))
    TestClient(logged).get("/from-outside")
    lines = [json.loads(line) for line in capsys.readouterr().err.splitlines()]
    assert [line["path"] for line in lines] == ["/from-outside"]

"""Write the site: walk the pages from the first on, and put each beside the files that it needs."""

import json
from collections import deque
from dataclasses import asdict
from http import HTTPStatus
from pathlib import Path

from itbkg.exports.delivery import write_one_file
from itbkg.exports.format import Losses
from itbkg.exports.loss import loss_document
from itbkg.exports.selection import select_all
from itbkg.exports.table import FORMATS
from itbkg.limits import Limits
from itbkg.settings import Settings
from itbkg.store import Store
from itbkg.writing import write_folder_whole
from itbkg_api.addresses import API
from itbkg_api.app import create_app
from itbkg_api.exports import LossCount, LossStatement
from itbkg_api.offline import places
from itbkg_api.offline.asking import Asker
from itbkg_api.offline.finding import finder_data
from itbkg_api.offline.page import Paper
from itbkg_api.offline.rewriting import addresses
from itbkg_api.pages.islands import BUILT
from itbkg_api.within import Reply

HTML = "text/html"
#: The first page, and what no page links to by an address.
START = ("/", "/problems")
#: What the list of cases chooses by, and the export that the browser asks.
FINDER, DATASET = "data/cases.json", f"{API}/exports/nquads"
#: Seconds that one page may take: nobody waits for it.
PATIENT = 600


def write_site(store: Store, settings: Settings, out: Path) -> int:
    """Write all pages as files into a new or empty folder, and return how many pages there are.

    It is written aside and renamed when it is whole; the same graph gives the same bytes. ExportError where that fails
    or something stands there already.
    """
    return write_folder_whole(out, lambda folder: _Site(store, settings, folder).write())


class _Site:
    """One walk over the pages."""

    def __init__(self, store: Store, settings: Settings, folder: Path) -> None:
        self._store = store
        self._folder = folder
        self._app = create_app(store, settings.corpus.questions, Limits(rest_seconds=PATIENT))
        self._files: dict[str, str] = {}
        self._pages: dict[str, str] = {}

    def write(self) -> int:
        with Asker(self._app) as asker:
            self._walk(asker)
        dataset = self._files[DATASET]
        paper = Paper(self._files, dataset)
        for address, text in self._pages.items():
            self._put(self._files[address], paper.page(address, text).encode())
        for name, twin in paper.twins(self._folder, [dataset, FINDER]):
            self._put(name, twin)
        return len(self._pages)

    def _walk(self, asker: Asker) -> None:
        """Ask for all that is taken along, breadth first: so the walk is the same each time."""
        self._write_data()
        self._write_exports()
        waiting = deque((address, True) for address in START)
        seen = {*START, *self._files}
        while waiting:
            address, plain = waiting.popleft()
            for link in self._take(asker, address):
                if link not in seen and places.is_taken(link, plain):
                    seen.add(link)
                    waiting.append((link, "?" not in link))

    def _take(self, asker: Asker, address: str) -> list[str]:
        """Take one address along; return those to which it leads."""
        reply = self._ask(asker, address)
        if reply.status in (HTTPStatus.SEE_OTHER, HTTPStatus.TEMPORARY_REDIRECT):
            return []
        if reply.status != HTTPStatus.OK:
            return []
        file = places.file_of(address, reply.media_type, reply.name)
        self._files[address] = file
        if reply.media_type != HTML or address.startswith("/teach/"):
            self._put(file, reply.body)
            return []
        self._pages[address] = text = reply.body.decode()
        return list(dict.fromkeys(addresses(text)))

    def _ask(self, asker: Asker, address: str) -> Reply:
        wants_data = address.startswith(API)
        return asker.get(address, "*/*") if wants_data else asker.get(address)

    def _write_data(self) -> None:
        """Write what no page links to: the islands, and what the list of cases chooses by."""
        for path in sorted(one for one in BUILT.rglob("*") if one.is_file()):
            self._put(f"built/{path.relative_to(BUILT).as_posix()}", path.read_bytes())
        self._put(FINDER, json.dumps(finder_data(self._store), ensure_ascii=False, separators=(",", ":")).encode())

    def _write_exports(self) -> None:
        """Write every export of the whole graph, and beside it what it cannot hold."""
        selection = select_all(self._store)
        for name, form in FORMATS.items():
            address = f"{API}/exports/{name}"
            self._files[address] = file = f"{address.strip('/')}{form.ending}"
            self._put(file, b"")
            with (self._folder / file).open("wb") as stream:
                losses = write_one_file(form, selection, stream)
            self._files[f"{address}/losses"] = told = f"{address.strip('/')}-losses.json"
            self._put(told, _lost(name, len(selection.cases), losses))

    def _put(self, file: str, content: bytes) -> None:
        path = self._folder / file
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)


def _lost(name: str, cases: int, losses: Losses) -> bytes:
    """Write a loss statement as the API does."""
    counts = tuple(LossCount(**one) for one in loss_document(losses))
    return json.dumps(asdict(LossStatement(name, cases, counts)), ensure_ascii=False).encode()

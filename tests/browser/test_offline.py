"""The pages as files, in a real browser: from a folder without any server, and from the plainest of servers."""

import functools
import http.server
import re
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from itbkg.cases import Wanted, choose_cases
from itbkg.errors import ExportError
from itbkg.settings import Corpus, Settings
from itbkg.store import Store
from itbkg_api.offline import write_site
from itbkg_api.pages.islands import BUILT
from tests.browser.watching import watched


@pytest.fixture(scope="module")
def site(store: Store, corpus: Corpus, islands: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Write the pages of the fictional corpus."""
    assert islands
    out = tmp_path_factory.mktemp("site") / "out"
    assert written(store, corpus, out) > 500
    return out


def written(store: Store, corpus: Corpus, out: Path) -> int:
    """Write the pages in a thread of their own: in this one the browser's loop runs."""
    settings = Settings(corpus, out.parent / "cache", "127.0.0.1", 0)
    with ThreadPoolExecutor(1) as thread:
        return thread.submit(write_site, store, settings, out).result()


@pytest.fixture(scope="module", params=["disk", "host"])
def base(request: pytest.FixtureRequest, site: Path) -> Iterator[str]:
    """Where the pages lie: a folder, or a host that knows nothing but files."""
    if request.param == "disk":
        yield f"file://{site}"
        return
    handler = functools.partial(_Quiet, directory=str(site))
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_address[1]}"
        server.shutdown()


class _Quiet(http.server.SimpleHTTPRequestHandler):
    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - its name there
        """Say nothing."""


@pytest.fixture
def paper(browser: Browser, base: str) -> Iterator[Page]:
    """Open a page with scripts."""
    with watched(browser, base) as page:
        yield page


def test_a_script_lies_where_others_look_for_it(site: Path) -> None:
    """It would be loaded once more under another name, and each island started twice."""
    for page in (site / "index.html", site / "graph.html"):
        module = re.search(r'data-module="([^"]+)"', page.read_text("utf-8"))
        assert module
        assert Path(module[1]).suffix == ".js"
    built = {path.relative_to(BUILT) for path in BUILT.rglob("*") if path.is_file()}
    assert {path.relative_to(site / "built") for path in (site / "built" / "assets").iterdir()} == {
        path for path in built if path.parts[0] == "assets"
    }


def test_every_link_leads_to_a_file(site: Path) -> None:
    """A reader would click and find nothing, or leave the folder."""
    for page in sorted(site.rglob("*.html")):
        if page.parent.name == "teach":
            continue
        for address in re.findall(r'\s(?:href|src|data-spec)="([^"#?]*)', page.read_text("utf-8")):
            if address and not address.startswith(("https://", "http://")):
                there = (page.parent / address).resolve()
                assert there.is_file(), (page, address)
                assert there.is_relative_to(site)


def test_the_same_graph_gives_the_same_bytes(site: Path, store: Store, corpus: Corpus, tmp_path: Path) -> None:
    """Nobody could tell two sites apart from two states of the data."""
    written(store, corpus, tmp_path / "again")
    files = {path.relative_to(site) for path in site.rglob("*") if path.is_file()}
    assert files == {path.relative_to(tmp_path / "again") for path in (tmp_path / "again").rglob("*") if path.is_file()}
    assert not [one for one in sorted(files) if (site / one).read_bytes() != (tmp_path / "again" / one).read_bytes()]


def test_a_reader_walks_from_the_first_page_to_a_case(paper: Page, base: str) -> None:
    """The way from the map to the cases would end at the edge of the folder."""
    paper.goto(f"{base}/index.html")
    paper.get_by_role("link", name="Cases", exact=True).click()
    expect(paper.locator("#found strong")).to_have_text("8")
    paper.locator(".cards a").first.click()
    expect(paper.get_by_role("heading", name="Course")).to_be_visible()
    paper.get_by_role("button", name="Show the chart").click()
    expect(paper.locator("figure[data-chart=timeline] .drawing svg")).to_be_visible()


def test_the_network_is_walked_without_a_server(paper: Page, base: str) -> None:
    """The picture would lead nowhere, or the page that it leads to have lost its way on."""
    paper.goto(f"{base}/graph.html")
    paper.get_by_role("button", name="Move in the network").click()
    expect(paper.locator(".stage canvas").first).to_be_visible()
    paper.get_by_role("button", name="Back to the picture").click()
    name = paper.locator("#drawing a").first.get_attribute("data-at")
    paper.locator("#drawing a path").first.click()
    expect(paper.locator("#drawing a.picked")).to_have_attribute("data-at", str(name))
    expect(paper.locator("#nodes a[aria-current]")).to_have_attribute("data-node", str(name))
    paper.locator("#chosen ul.inline a").first.click()
    expect(paper.get_by_role("heading", name="Course")).to_be_visible()
    paper.go_back()
    paper.get_by_role("link", name="Cases", exact=True).click()
    expect(paper.locator("#found strong")).to_have_text("8")


def test_cases_are_chosen_without_a_server(paper: Page, base: str, store: Store) -> None:
    """More than one condition would choose nothing, or other cases than the server chooses."""
    paper.goto(f"{base}/cases.html?event=withdrawal&outcome=death")
    chosen = choose_cases(store, Wanted({"event": ("withdrawal",), "outcome": ("death",)}))
    expect(paper.locator("#found strong")).to_have_text(str(chosen.total))
    shown = [link.get_attribute("href") for link in paper.locator(".cards a").all()]
    assert shown == [f"cases/{row.id}.html" for row in chosen.rows]
    paper.locator(".chips a").first.click()
    expect(paper.locator(".chips li")).to_have_count(2)


def test_a_query_is_answered_in_the_browser(paper: Page, base: str) -> None:
    """The Ask page would have nobody to ask, or every page load what only this one needs."""
    loaded: list[str] = []
    paper.on("request", lambda request: loaded.append(request.url))
    for page in ("index", "cases", "links", "graph", "ask/deaths"):
        paper.goto(f"{base}/{page}.html", wait_until="networkidle")
    assert not [one for one in loaded if re.search(r"wasm|worker|\.nq", one)]
    paper.goto(f"{base}/ask/sparql.html")
    expect(paper.locator("form.editor[data-started]")).to_be_attached()
    paper.get_by_role("button", name="Run").click()
    rows = paper.locator("#answer table tbody tr")
    expect(rows.first).to_be_visible(timeout=60_000)
    assert rows.count() > 1


def test_without_scripts_it_says_what_needs_a_server(browser: Browser, base: str) -> None:
    """A form would do nothing and not say why."""
    with watched(browser, base, scripts=False) as page:
        page.goto(f"{base}/ask/deaths.html")
        expect(page.get_by_role("table").first).to_be_visible()
        expect(page.get_by_text("serve the pages")).to_be_visible()


def test_nothing_is_written_over(site: Path, store: Store, corpus: Corpus) -> None:
    """A site that somebody has changed, or another folder, would be lost."""
    with pytest.raises(ExportError, match="already"):
        written(store, corpus, site)

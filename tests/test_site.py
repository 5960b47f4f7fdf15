"""The pages, as a reader without scripts has them: landmarks, links, and text that is never markup."""

import re
from collections.abc import Iterator
from itertools import pairwise

import pytest
from fastapi.testclient import TestClient

from itbkg.settings import Corpus
from itbkg.store import Store
from itbkg.terms import Glossary
from itbkg_api.app import create_app
from tests.reading_pages import BROWSER, Page, page_of

PAGES = [
    "/",
    "/cases",
    "/cases?event=withdrawal&finding=seizure",
    "/cases?event=withdrawal&year=1800",
    "/cases/doe-1901/1",
    "/guidance",
    "/guidance/pump-management",
    "/data",
    "/words/Seizure",
    "/words/InventedScript",
    "/words/InventedReplaced",
    "/words?q=pump",
    "/words?q=zzzqqq",
    "/words",
]


@pytest.mark.parametrize("path", PAGES)
def test_a_page_has_what_a_screen_reader_goes_by(client: TestClient, path: str) -> None:
    """Someone who does not see the page could not find the way through it."""
    page = page_of(client, path)
    names = [tag for tag, _ in page.tags]
    assert dict(page.tags)["html"]["lang"] == "en"
    assert [names.count(one) for one in ("h1", "main", "header", "footer", "title")] == [1] * 5
    assert {"href": "#main", "class": "skip"} in [held for tag, held in page.tags if tag == "a"]
    levels = [int(name[1]) for name in names if re.fullmatch("h[1-6]", name)]
    assert all(later - earlier <= 1 for earlier, later in pairwise(levels))
    asking = [held for tag, held in page.tags if tag in ("input", "select", "textarea")]
    fields = {held.get("id") for held in asking if held.get("type") != "hidden"}
    assert fields == {held.get("for") for tag, held in page.tags if tag == "label"}
    ids = [held["id"] for _, held in page.tags if "id" in held]
    assert len(ids) == len(set(ids))
    labels = {held["aria-labelledby"] for _, held in page.tags if "aria-labelledby" in held}
    assert labels <= {*ids}


@pytest.mark.parametrize("path", PAGES)
def test_a_page_loads_nothing_from_elsewhere_and_runs_nothing(client: TestClient, path: str) -> None:
    """Reading a page would tell another host, or need it."""
    answer = client.get(path, headers={"Accept": BROWSER})
    page = Page(answer.text)
    loaded = [str(held.get("href") or held.get("src")) for tag, held in page.tags if tag in ("link", "img", "script")]
    assert loaded
    assert all(one.startswith("/") and client.get(one).status_code == 200 for one in loaded)
    own = [held.get("src", "") for tag, held in page.tags if tag == "script"]
    assert all(one and one.startswith("/built/") for one in own), "a script stands in the page itself"
    assert not [tag for tag, held in page.tags if tag in ("style", "iframe") or "style" in held]
    assert "default-src 'none'" in answer.headers["content-security-policy"]


@pytest.mark.parametrize("path", PAGES)
def test_what_a_page_loads_is_kept_for_good(client: TestClient, path: str) -> None:
    """A reader would wait for the same style sheets and scripts on every page; or would keep what has changed."""
    page = page_of(client, path)
    loaded = [held.get("href") or held.get("src") for tag, held in page.tags if tag in ("link", "img", "script")]
    own = [str(one) for one in loaded if str(one).startswith(("/static/", "/built/"))]
    assert len(own) > 2
    for one in own:
        assert re.search(r"[-/][\w-]{8,}[./]", one), "its address says nothing of its content"
        assert client.get(one).headers["cache-control"] == "public, max-age=31536000, immutable"
        assert client.get(one, headers={"Accept-Encoding": "gzip"}).headers["vary"] == "Accept-Encoding"
    assert client.get("/static/page.css").headers["cache-control"] == "no-cache"


@pytest.mark.parametrize("path", PAGES)
def test_every_link_of_a_page_leads_somewhere(client: TestClient, path: str) -> None:
    """A reader would click and find nothing."""
    own = {address for address in page_of(client, path).addresses() if address.startswith("/")}
    assert own
    for address in own:
        assert client.get(address, headers={"Accept": BROWSER}).status_code in (200, 406), address
    cases = [address for address in own if address.startswith("/api/v1/cases/")]
    assert all(client.get(address).status_code == 200 for address in cases)


def test_text_of_the_graph_is_never_markup(client: TestClient) -> None:
    """A label could run a script in the reader's browser."""
    for path in (
        "/words/InventedScript",
        "/words?q=%3Cscript%3Ealert",
        "/words/InventedScript",
    ):
        answer = client.get(path, headers={"Accept": BROWSER})
        page = Page(answer.text)
        assert "<script>alert(1)</script>" in page.text
        assert {tag for tag, _ in page.tags}.isdisjoint({"img", "b"})
        assert not [held for _, held in page.tags for key in held if key.startswith("on")]
        assert not [one for one in page.addresses() if "javascript" in one]


def test_what_was_asked_stands_in_the_field_again(client: TestClient) -> None:
    """A reader would have to type it anew, or a quote in it would break out of the field."""
    page = page_of(client, "/words?q=%22%3E%3Cb%3E")
    assert [held["value"] for tag, held in page.tags if tag == "input"] == ['"><b>']
    assert "b" not in [tag for tag, _ in page.tags]


def test_the_page_tells_what_the_library_tells(client: TestClient, glossary: Glossary) -> None:
    """A part of a term would be missing on its page."""
    for name in ("Seizure", "PumpStopped", "BodyTemperature", "PreventableCause", "unit:day", "InventedSign"):
        text, term = page_of(client, f"/words/{name}").text, glossary.show(glossary.identify(name))
        texts = [term.label, term.id, term.iri, term.definition, *term.synonyms, *term.codes, *term.usage.present]
        texts += [ref.label for path in term.paths for ref in path]
        texts += [ref.label for ref in (*term.below, *term.follows_above, *term.follows_below)]
        texts += [part for one in term.mappings for part in (one.match, one.id, one.label)]
        texts += [*map(str, term.axioms or ()), *map(str, term.rules), *([str(term.bounds)] if term.bounds else [])]
        assert not [one for one in texts if one not in text]
        if term.usage.not_reported is not None:
            assert f"{term.usage.not_reported} of {term.usage.of} not reported" in text


def test_the_pages_of_a_list_hang_together(client: TestClient) -> None:
    """The reader would see the first fifty and no way on."""
    path, seen, total = "/words?q=pump", 0, client.get("/api/v1/terms?q=pump").json()["total"]
    while path:
        page = page_of(client, path)
        seen += len([tag for tag, _ in page.tags if tag == "h2"])
        assert seen <= total
        path = next((str(held["href"]) for tag, held in page.tags if held.get("rel") == "next"), "")
    assert seen == total


def contrast(one: str, other: str) -> float:
    """Compute the contrast of two colours (https://www.w3.org/TR/WCAG22/#dfn-contrast-ratio)."""

    def luminance(colour: str) -> float:
        parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
        linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
        return sum(share * part for share, part in zip((0.2126, 0.7152, 0.0722), linear, strict=True))

    darker, lighter = sorted((luminance(one), luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def palettes(style: str) -> Iterator[dict[str, str]]:
    """Yield the colours of each theme by name."""
    for block in re.findall(r":root \{([^}]*)\}", style):
        yield dict(re.findall(r"--(\w+): (#[0-9a-f]{6})", block))


def test_text_can_be_read_in_both_themes(client: TestClient) -> None:
    """Text would be too faint on its ground."""
    themes = [theme for theme in palettes(client.get("/static/tokens.css").text) if theme]
    assert len(themes) == 2
    for theme in themes:
        for ground in (theme["ground"], theme["raised"]):
            assert min(contrast(theme[name], ground) for name in ("ink", "soft", "link")) >= 4.5
            assert contrast(theme["focus"], ground) >= 3


def test_the_application_may_stand_below_a_path(opened: Store, larger: Corpus) -> None:
    """Behind a proxy that gives it a path of its own, links and redirects would leave that path."""
    client = TestClient(create_app(opened, larger.questions), root_path="/kg", follow_redirects=False)
    for path, leads in {"ont/Seizure": "words/Seizure", "case/doe-1901/1": "cases/doe-1901/1"}.items():
        assert client.get(f"/kg/{path}", headers={"Accept": BROWSER}).headers["location"] == f"/kg/{leads}"
    for path in ("/kg/words/Seizure", "/kg/words", "/kg/words?q=pump"):
        own = [one for one in page_of(client, path).addresses() if one.startswith("/")]
        assert own
        assert all(one.startswith("/kg/") for one in own)

"""Every type of page for every reader: held against axe-core's rules, at both widths, in both themes, by keyboard."""

import json
import re
from collections.abc import Collection, Mapping
from typing import Any, Literal
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Page, expect
from starlette.routing import compile_path

from itbkg.settings import Corpus
from itbkg.store import Store
from itbkg_api.addresses import API
from itbkg_api.app import create_app
from itbkg_api.site import paths
from itbkg_api.site.routing import HTML
from tests.browser.conftest import Opening
from tests.browser.kinds import FILES, PAGES
from tests.browser.watching import THEMES, WIDTHS

#: Ends when the islands of a page have started; a page without any is ready at once.
STARTED = "() => [...document.querySelectorAll('[data-island]')].every(one => 'started' in one.dataset)"
#: So many presses of the tab key at most: a page of more would keep a reader from its end.
TABS = 1500
#: What must be reached: all that can be used and seen; each gets a number, by which it is known when it has the focus.
USABLE = """() => [...document.querySelectorAll(
    'a[href], button, input:not([type=hidden]), select, textarea, summary, [tabindex="0"]')]
  .filter(one => one.checkVisibility({visibilityProperty: true, contentVisibilityAuto: true}) && !one.disabled &&
    one.tabIndex >= 0 && !(one.type === 'radio' && !one.checked))
  .map((one, number) => { one.number = number; return [number, one.outerHTML.slice(0, 120)]; })"""
#: What has the focus: its number, what it is, and whether it can be seen to have it, itself or by its label.
FOCUS = """() => {
  const one = document.activeElement, box = one.getBoundingClientRect();
  const style = getComputedStyle(one.matches('input.opener') ? one.nextElementSibling : one);
  return [one.number ?? -1, one.outerHTML.slice(0, 120),
    style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 2 && box.width > 0 && box.height > 0];
}"""


def visit(page: Page, kind: str) -> None:
    """Open a page of a type and wait for its islands."""
    answer = page.goto(PAGES[kind])
    assert answer is not None
    assert answer.status == (404 if kind == "problem" else 200)
    page.wait_for_function(STARTED)


def test_every_page_of_the_application_is_among_those_tested(store: Store, corpus: Corpus) -> None:
    """A new type of page would be forgotten by all tests here."""
    described = create_app(store, corpus.questions).openapi()["paths"]
    pages = {*paths(), *(path for path, told in described.items() if HTML in _given(told.get("get", {})))}
    visited = {urlsplit(address).path for address in PAGES.values()}
    assert len(pages) > 10
    pages = {path for path in pages - {*FILES} if not path.startswith(API)}
    assert not [path for path in pages if not any(compile_path(path)[0].match(one) for one in visited)]


def _given(told: Mapping[str, Any]) -> Collection[str]:
    """Return the media types that an operation is described to give."""
    return [*told.get("responses", {}).get("200", {}).get("content", {})]


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("kind", PAGES)
def test_axe_finds_nothing(opened_page: Opening, axe: str, kind: str, width: int) -> None:
    """A reader with a screen reader, a phone or weak eyes could not use the page, or it would scroll sideways."""
    with opened_page(width=width, expected=("status of 404",)) as page:
        visit(page, kind)
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        page.evaluate(axe)
        for theme in THEMES:
            page.emulate_media(color_scheme=theme, reduced_motion="reduce")
            found = page.evaluate("axe.run({resultTypes: ['violations']})")
            told = [(one["id"], [node["html"] for node in one["nodes"]][:5]) for one in found["violations"]]
            assert not told, (theme, json.dumps(told, indent=1))


@pytest.mark.parametrize("kind", PAGES)
def test_everything_is_reached_by_keyboard(opened_page: Opening, kind: str) -> None:
    """Who has no mouse would not come to a link, or not see where the focus is."""
    with opened_page(width=390, expected=("status of 404",)) as page:
        visit(page, kind)
        wanted = dict(page.evaluate(USABLE))
        reached: dict[int, tuple[str, bool]] = {}
        for _ in range(min(TABS, len(wanted) + 20)):
            page.keyboard.press("Tab")
            place, html, seen = page.evaluate(FOCUS)
            if html.startswith("<body"):
                break
            reached[place] = html, seen
        assert not [html for html, seen in reached.values() if not seen]
        assert not [html for place, html in wanted.items() if place not in reached]


@pytest.mark.parametrize("theme", THEMES)
def test_the_first_stop_leads_to_the_content(opened_page: Opening, theme: Literal["light", "dark"]) -> None:
    """Who goes by keyboard would walk through the head of every page again."""
    with opened_page(theme=theme) as page:
        page.goto("/cases")
        page.keyboard.press("Tab")
        skip = page.get_by_role("link", name="Skip to the content")
        assert skip.is_visible()
        page.keyboard.press("Enter")
        assert page.evaluate("document.activeElement.id") == "main"


def test_a_chart_is_shown_and_hidden_by_keyboard(opened_page: Opening) -> None:
    """The button would go with the focus on it, or what it shows could not be put away again."""
    with opened_page() as page:
        page.goto("/links")
        page.wait_for_function(STARTED)
        button = page.get_by_role("button", name="Show the chart: How many cases have row and column")
        figure = page.locator("figure[data-chart=heat]")
        button.focus()
        for word, drawn in (("Hide", 1), ("Show", 0), ("Hide", 1)):
            page.keyboard.press("Enter")
            held = page.locator(":focus")
            expect(held).to_have_text(re.compile(f"^{word} the chart"))
            expect(held).to_have_attribute("aria-expanded", str(word == "Hide").lower())
            expect(figure.locator(".drawing svg")).to_have_count(drawn)
        page.goto("/links?rows=event")
        expect(page.locator("figure[data-chart=heat] .drawing svg")).to_be_visible()
        expect(page.locator("figure[data-chart=forest] .drawing")).to_be_hidden()


def test_the_network_is_moved_and_chosen_in_by_keyboard(opened_page: Opening) -> None:
    """Who has no mouse could only look at it."""
    with opened_page() as page:
        page.goto("/graph")
        page.wait_for_function(STARTED)
        expect(page.locator("#drawing svg")).to_be_visible()
        page.get_by_role("button", name="Move in the network").press("Enter")
        expect(page.locator(".stage canvas").first).to_be_visible()
        expect(page.locator("#drawing")).to_be_hidden()
        page.get_by_role("button", name="Larger").press("Enter")
        page.locator("#nodes a").first.press("Enter")
        expect(page.locator("#nodes a[aria-current]")).to_be_focused()
        expect(page.locator("#chosen-title")).to_contain_text("of 171 cases")
        page.get_by_role("button", name="Back to the picture").press("Enter")
        expect(page.locator(".stage")).to_have_count(0)
        expect(page.locator("#drawing a.picked")).to_be_visible()

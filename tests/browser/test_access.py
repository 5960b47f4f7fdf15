"""Every type of page for every reader: held against axe-core's rules, at both widths, in both themes, by keyboard."""

import json
from typing import Literal

import pytest
from playwright.sync_api import Page

from tests.browser.conftest import Opening
from tests.browser.kinds import PAGES
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

"""With JavaScript off: everything that a page tells and asks is HTML."""

import re

from playwright.sync_api import Page, expect


def test_a_case_is_read(plain_page: Page) -> None:
    """Without scripts a case would be empty."""
    plain_page.goto("/cases/mohammed-2004/1")
    text = plain_page.locator("main").inner_text()
    for told in ("programming error", "pump stopped", "body temperature", "seizure"):
        assert told in text


def test_cases_are_filtered(plain_page: Page) -> None:
    """Without scripts the form or the facets would do nothing; what was left empty may not be asked for."""
    plain_page.goto("/cases")
    plain_page.get_by_label("Words in the story").fill("fever")
    plain_page.get_by_role("button", name="Find").click()
    plain_page.wait_for_url(re.compile(r"/cases\?text=fever(&sort=id)?$"))
    found = int(plain_page.locator("#found strong").inner_text())
    assert 0 < found < 171
    plain_page.locator("details.facet a").filter(has_text="human error").first.click()
    assert 0 < int(plain_page.locator("#found strong").inner_text()) < found


def test_a_saved_question_is_run(plain_page: Page) -> None:
    """Without scripts a question could not be asked with a setting of one's own."""
    plain_page.goto("/ask")
    plain_page.locator("main a[href='/ask/deaths']").click()
    plain_page.locator("form input[name=event]").fill("withdrawal")
    plain_page.locator("form").filter(has=plain_page.locator("input[name=event]")).get_by_role("button").first.click()
    plain_page.wait_for_url(re.compile("event=withdrawal"))
    expect(plain_page.get_by_role("table").first).to_be_visible()

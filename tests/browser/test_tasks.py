"""The main task of each page, walked as a reader walks it."""

import csv
import io
import json
import re
import zipfile
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Opening


def narrow(page: Page, *path: str) -> None:
    """Choose a class in a facet, opening the facet and what stands above."""
    facet, *above, name = path
    group = page.locator("details.facet").filter(has=page.get_by_role("heading", name=facet, exact=True))
    if group.get_attribute("open") is None:
        group.locator("> summary").click()
    for one in above:
        below = group.get_by_text(f"What is below {one}", exact=True)
        if below.locator("xpath=ancestor::details[1]").get_attribute("open") is None:
            below.locator("xpath=..").click()
    group.get_by_role("link", name=name, exact=True).first.click()


@pytest.mark.parametrize("width", [390, 1280])
def test_the_pittsburgh_case_is_found_by_facets(opened_page: Opening, width: int) -> None:
    """A reader who knows what happened would not find the case by it, or not be able to read its course."""
    with opened_page(width=width) as page:
        page.goto("/cases")
        for path in (("Cause", "human error"), ("Event", "event of too little baclofen", "withdrawal")):
            if width == 390:
                page.get_by_text("Narrow the cases").click()
            narrow(page, *path)
            page.wait_for_url(f"**/cases?*{path[-1].replace(' ', '+')}*")
        expect(page.locator("#found")).to_contain_text("of 171 cases")
        page.get_by_role("link", name=re.compile("spasticity pump, high fever")).click()
        page.wait_for_url("**/cases/mohammed-2004/1")
        expect(page.get_by_role("heading", level=1)).to_be_visible()
        course = page.get_by_role("table").filter(has_text="body temperature").first
        expect(course).to_contain_text("seizure")


def test_a_cell_of_the_map_leads_to_its_cases(browser_page: Page) -> None:
    """The number in a cell would not be the number of cases behind it."""
    browser_page.goto("/")
    row = browser_page.get_by_role("row").filter(has=browser_page.get_by_role("rowheader", name="human error"))
    cell = row.get_by_role("link", name=re.compile("unfavourable outcome|favourable outcome")).first
    number = int(re.match(r"\d+", cell.inner_text()).group())  # type: ignore[union-attr]
    cell.click()
    browser_page.wait_for_url("**/cases?cause=human+error&outcome=**")
    assert browser_page.locator(".cards > li").count() == min(number, 25)
    expect(browser_page.locator("#found strong")).to_have_text(str(number))


def test_the_state_of_a_choice_is_in_the_address(browser_page: Page) -> None:
    """A choice could not be sent to a colleague, or the way back would lose it."""
    browser_page.goto("/cases")
    browser_page.get_by_label("Words in the story").fill("fever")
    browser_page.get_by_role("button", name="Find").click()
    browser_page.wait_for_url("**/cases?text=fever*")
    found = browser_page.locator("#found").inner_text()
    browser_page.get_by_label("Order").select_option("year")
    browser_page.wait_for_url("**sort=year")
    expect(browser_page.locator("#found")).to_have_text(found)
    browser_page.go_back()
    browser_page.wait_for_url("**/cases?text=fever*")
    browser_page.get_by_role("link", name=re.compile("take this condition away")).click()
    expect(browser_page.locator("#found strong")).to_have_text("171")


@pytest.mark.parametrize("width", [390])
def test_on_a_phone_the_cases_come_before_the_filters(opened_page: Opening, width: int) -> None:
    """A reader on a phone would scroll through all filters before the first case."""
    with opened_page(width=width) as page:
        page.goto("/cases")
        first = page.locator(".cards h3").first.bounding_box()
        assert first is not None
        assert first["y"] < 600
        expect(page.get_by_label("Words in the story")).to_be_hidden()
        page.get_by_text("Narrow the cases").click()
        expect(page.get_by_label("Words in the story")).to_be_visible()


def test_three_formats_are_downloaded(browser_page: Page, tmp_path: Path) -> None:
    """A link of the data page would give nothing, or a file that its tool cannot open."""
    browser_page.goto("/data")
    files = {}
    for name in ("csv", "graphml", "fhir"):
        with browser_page.expect_download() as download:
            browser_page.get_by_role("link", name=name, exact=True).last.click()
        files[name] = tmp_path / download.value.suggested_filename
        download.value.save_as(files[name])
    with zipfile.ZipFile(files["csv"]) as tables:
        cases = csv.DictReader(io.TextIOWrapper(tables.open("cases.csv"), "utf-8"))
        assert len([*cases]) == 171
    assert files["graphml"].read_text("utf-8").startswith("<?xml")
    assert json.loads(files["fhir"].read_bytes())["resourceType"] == "Bundle"


def test_a_wrong_name_leads_to_the_nearest(opened_page: Opening) -> None:
    """A reader with an old or mistyped address would stand before a wall of JSON."""
    with opened_page(expected=("status of 404",)) as page:
        answer = page.goto("/cases/mohammed-2004/9")
        assert answer is not None
        assert answer.status == 404
        page.get_by_role("link", name="mohammed-2004/1").click()
        page.wait_for_url("**/cases/mohammed-2004/1")
        page.goto("/cases?finding=seizur&event=withdrawal")
        page.get_by_role("link", name="seizure", exact=True).click()
        page.wait_for_url("**/cases?finding=seizure&event=withdrawal")

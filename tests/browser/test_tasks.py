"""The main task of each page, walked as a reader walks it."""

import csv
import io
import json
import re
import zipfile
from pathlib import Path

import networkx as nx
import pytest
from fhir.resources.bundle import Bundle
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


def test_timeline_and_table_tell_the_same(browser_page: Page) -> None:
    """A reader would see in the picture what the table does not have, or the other way round."""
    browser_page.goto("/cases/mohammed-2004/1")
    browser_page.get_by_role("button", name="Show the chart").click()
    chart = browser_page.locator("figure[data-chart=timeline][data-drawn] .drawing svg")
    expect(chart).to_be_visible()
    drawn = chart.evaluate("""svg => [...svg.querySelectorAll("text")].map(one => [
        one.textContent, Math.round(one.getBoundingClientRect().left), getComputedStyle(one).fontWeight])""")
    left = next(place for text, place, _ in drawn if text == "programming error")
    labels = {text for text, place, weight in drawn if abs(place - left) <= 1 and weight in ("400", "normal")}
    rows = {label.removeprefix("no ") for label in labels}  # the table says "stated absent" instead
    assert len(rows) > 60
    words = "main => [...main.querySelectorAll('td, li')].map(one => one.textContent.replace(/\\s+/g, ' '))"
    told = browser_page.locator("main").evaluate(words)
    assert not [row for row in rows if not any(row in line for line in told)]
    table = browser_page.get_by_role("table", name="Course of the case, line by line")
    course = table.locator("tbody tr:not(.moment)")
    assert course.count() > 60
    assert not [line for line in course.all_inner_texts() if not any(row in line for row in rows)]
    values = [text for text, *_ in drawn if text in ("107 °F; 40.3 °C", "5250 U/L; 15878 U/L")]
    assert len(values) == 2
    for value in "; ".join(values).split("; "):
        expect(course.filter(has_text=value).first).to_be_visible()


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
        with browser_page.expect_download(timeout=60_000) as download:
            browser_page.get_by_role("link", name=name, exact=True).last.click()
        files[name] = tmp_path / download.value.suggested_filename
        download.value.save_as(files[name])
    with zipfile.ZipFile(files["csv"]) as tables:
        cases = csv.DictReader(io.TextIOWrapper(tables.open("cases.csv"), "utf-8"))
        assert len([*cases]) == 171
    network = nx.read_graphml(files["graphml"])
    assert len(network) > 171
    assert network.number_of_edges() > len(network)
    Bundle.model_validate_json(files["fhir"].read_bytes())
    assert len(json.loads(files["fhir"].read_bytes())["entry"]) > 171


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


#: In a cell of the heat map n stands above those that say: so far aside at most, and so far above.
NEAR, LINE = 3, 25


def told(page: Page) -> tuple[tuple[int, ...], list[tuple[int, int]], list[tuple[int, int]]]:
    """Read a page of links: rows, columns and cases of the sentence, and n of those that say in table and chart."""
    figure = page.locator("figure[data-chart=heat]")
    expect(figure.locator("svg")).to_be_visible()
    page.wait_for_function("() => !document.querySelector('[aria-busy=true]')")
    sentence = re.match(r"(\d+) rows? and (\d+) columns? over (\d+) case", page.locator(".sentence").inner_text())
    assert sentence
    cells = page.locator("table.map td[class*=heat-]").all_inner_texts()
    table = [re.match(r"\s*(\d+).* of (\d+)$", cell, re.DOTALL) for cell in cells]
    drawn = figure.evaluate("""figure => [...figure.querySelectorAll("text")].map(one => {
        const box = one.getBoundingClientRect();
        return [one.textContent, Math.round(box.left + box.width / 2), Math.round(box.top)]; })""")
    numbers = [(x, y, int(text)) for text, x, y in drawn if re.fullmatch(r"\d+", text)]
    chart = [
        (next(n for at, above, n in numbers if abs(at - x) <= NEAR and 0 < y - above < LINE), int(text[1:]))
        for text, x, y in drawn
        if re.fullmatch(r"/\d+", text)
    ]
    size = tuple(int(one) for one in sentence.groups())
    return size, sorted((int(one[1]), int(one[2])) if one else (0, 0) for one in table), sorted(chart)


def test_a_changed_filter_changes_sentence_table_and_chart(browser_page: Page) -> None:
    """One of the three would tell of the question before, and the reader believe it."""
    browser_page.goto("/links")
    browser_page.get_by_role("button", name="Show the chart: How many").click()
    before = told(browser_page)
    browser_page.get_by_label("Filter: only cases with").fill("event = withdrawal")
    browser_page.get_by_role("button", name="Count").click()
    browser_page.wait_for_url("**/links?*where=event*withdrawal*")
    after = told(browser_page)
    browser_page.go_back()
    expect(browser_page.locator(".sentence")).to_contain_text("over 171 cases")
    again = told(browser_page)
    for (rows, columns, _), table, chart in (before, after, again):
        assert table == chart
        assert len(table) == rows * columns
    assert before == again
    assert after[0][2] < before[0][2] == 171
    assert after[1] != before[1]


def test_a_number_of_the_map_leads_to_as_many_cases(browser_page: Page) -> None:
    """The number in a cell of the links would not be the number of cases behind it."""
    browser_page.goto("/links")
    cell = browser_page.locator("table.map td[class*=heat-] a").first
    number = int(re.match(r"\d+", cell.inner_text()).group())  # type: ignore[union-attr]
    cell.click()
    expect(browser_page.locator("#pair")).to_be_focused()
    assert browser_page.locator("#group-present + dd a").count() == number > 0


def write(page: Page, query: str) -> None:
    """Put a query into the editor in place of what stands there."""
    expect(page.locator("form.editor[data-started]")).to_be_attached()
    if page.locator("#query").is_visible():
        page.locator("#query").focus()
    field = page.get_by_role("textbox", name="Query, in SPARQL")
    field.press("ControlOrMeta+a")
    page.keyboard.insert_text(query)


def test_a_query_is_run_and_a_long_one_stopped(browser_page: Page) -> None:
    """An answer would not come, or who asked for too much have to wait for the limit."""
    browser_page.goto("/ask/sparql")
    write(browser_page, "SELECT (COUNT(DISTINCT ?case) AS ?cases) { ?case a itb:Case }")
    browser_page.get_by_role("button", name="Run").click()
    expect(browser_page.locator("#answer tbody td")).to_have_text("171")
    write(browser_page, "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }")
    browser_page.get_by_role("button", name="Run").click()
    expect(browser_page.locator(".clock")).to_contain_text(re.compile("Running"))
    browser_page.get_by_role("button", name="Stop").click()
    expect(browser_page.locator(".clock")).to_have_text(re.compile(r"Stopped after \d+\.\d s"))
    expect(browser_page.get_by_role("button", name="Run")).to_be_focused()
    write(browser_page, "ASK { ?case a itb:Case }")
    browser_page.get_by_role("button", name="Run").click()
    expect(browser_page.locator("#answer .truth")).to_have_text("Yes")


def test_an_answer_has_its_views(browser_page: Page) -> None:
    """A view would be empty, or try to put styles into the page that its policy refuses."""
    browser_page.goto("/ask/sparql")
    pairs = "?case itb:hasCause/a ?cause . FILTER(?cause = itb:HumanError)"
    write(
        browser_page, f"SELECT ?case ?cause (COUNT(*) AS ?n) {{ {pairs} }} GROUP BY ?case ?cause ORDER BY ?case LIMIT 9"
    )
    browser_page.keyboard.press("ControlOrMeta+Enter")
    answer = browser_page.locator("#answer")
    expect(answer.locator("tbody tr")).to_have_count(9)
    answer.get_by_role("button", name="Network").click()
    expect(answer.locator("canvas").first).to_be_visible()
    answer.get_by_role("button", name="Chart").click()
    expect(answer.locator(".drawing svg")).to_be_visible()
    with browser_page.expect_download() as download:
        answer.get_by_role("button", name="CSV").click()
    assert len([*csv.reader(download.value.path().read_text("utf-8").splitlines())]) == 1 + 9


def test_a_slow_query_ends_at_its_limit_and_says_so(opened_page: Opening) -> None:
    """A reader who waits would never learn that nothing comes."""
    with opened_page(expected=("status of 503", "status of 504", "status of 408")) as page:
        page.goto("/ask/sparql")
        write(page, "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }")
        page.get_by_role("button", name="Run").click()
        expect(page.get_by_role("alert")).to_contain_text(re.compile("time|seconds| s"), timeout=30_000)
        expect(page.get_by_role("button", name="Stop")).to_be_hidden()


def test_a_teaching_case_is_played(browser_page: Page) -> None:
    """An exercise could not be begun from its list, would tell no answer, or show what comes later too early."""
    browser_page.goto("/teach")
    browser_page.get_by_role("link", name=re.compile("Play ?: A young man with stiffness, seizures")).click()
    browser_page.wait_for_url("**/teach/mohammed-2004-1")
    expect(browser_page.get_by_role("heading", level=1)).to_contain_text("stiffness, seizures")
    expect(browser_page.get_by_text("pump stopped").filter(visible=True)).to_have_count(0)
    question = browser_page.locator("#question-2")
    question.get_by_label("worsened").check()
    question.get_by_role("button", name="Check").click()
    expect(question).to_contain_text("As the sources have it.")
    while browser_page.locator("#end").is_hidden():
        ways = browser_page.locator("[data-look]:visible, [data-go]:visible")
        before = ways.count()
        assert before
        ways.first.click()
    assert browser_page.get_by_text("pump stopped").filter(visible=True).count() > 0


def test_a_word_is_searched_and_its_page_opened(browser_page: Page) -> None:
    """A reader who knows a lay word would not find the class, what it means, or the cases that have it."""
    browser_page.goto("/words")
    browser_page.get_by_role("searchbox").or_(browser_page.locator("main input[name=q]")).first.fill("convulsion")
    browser_page.keyboard.press("Enter")
    browser_page.wait_for_url("**/words?q=convulsion")
    browser_page.get_by_role("link", name="seizure", exact=True).first.click()
    browser_page.wait_for_url("**/words/Seizure")
    expect(browser_page.get_by_role("heading", level=1)).to_have_text("seizure")
    expect(browser_page.get_by_text("synchronous discharge of brain cells").first).to_be_visible()
    number = int(browser_page.locator(".states .present strong").inner_text())
    assert number > 0
    browser_page.goto("/cases?finding=seizure")
    expect(browser_page.locator("#found strong")).to_have_text(str(number))


def test_a_class_of_the_picture_leads_to_its_cases(opened_page: Opening) -> None:
    """A click in the picture would do nothing; without scripts, too."""
    for scripts in (True, False):
        with opened_page(scripts=scripts) as page:
            page.goto("/graph")
            drawn = page.locator("#drawing a[data-at=CatheterCause]")
            number = re.search(r"\((\d+)\)", drawn.text_content() or "")
            assert number
            drawn.locator("path").click()
            page.wait_for_url("**/graph?*node=CatheterCause*")
            expect(page.locator("#chosen-title")).to_contain_text(f"cause at the catheter: {number[1]} of 171 cases")
            expect(page.locator("#drawing a.picked")).to_have_attribute("data-at", "CatheterCause")

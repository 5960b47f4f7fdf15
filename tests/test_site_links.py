"""The page of links: words, charts and table agree with what is counted; what cannot be counted is said."""

import json
import re
from collections.abc import Iterator
from html import unescape
from typing import Any

import pytest
from fastapi.testclient import TestClient

from itbkg.charts.style import STEPS, contrast, fill_of, ink_on
from itbkg.links import LinkTable, Pair, links
from itbkg.settings import Corpus
from itbkg.store import Store
from itbkg_api.app import create_app
from itbkg_api.site.linkmap import ROOM
from itbkg_api.site.links import EXAMPLES
from itbkg_api.site.linkwords import leading, pair_sentence, table_sentence
from tests.conftest import PROJECT

HTML = {"Accept": "text/html"}
WEB = PROJECT / "api" / "web" / "src"
TOKENS = PROJECT / "api" / "itbkg_api" / "pages" / "static" / "tokens.css"
#: The least contrast of text (WCAG 2.2, 1.4.3).
ENOUGH = 4.5


@pytest.fixture(scope="module")
def client(store: Store, corpus: Corpus) -> Iterator[TestClient]:
    """Talk to the application without a socket."""
    with TestClient(create_app(store, corpus.questions)) as talking:
        yield talking


@pytest.fixture(scope="module")
def table(store: Store) -> LinkTable:
    """Count what the page counts where nothing is asked."""
    return links(store)


def shown(client: TestClient, **asked: str | list[str]) -> str:
    """Return the page as a reader sees its letters."""
    return unescape(client.get("/links", params=asked, headers=HTML).text)


def first(table: LinkTable) -> Pair:
    """Return a pair that cases have and of which some do not say."""
    return next(pair for pair in table.pairs if pair.group.n and pair.others.of)


def test_who_asks_for_no_page_is_led_to_the_api(client: TestClient) -> None:
    """A program would have to read HTML."""
    answer = client.get("/links?rows=cause", headers={"Accept": "application/json"}, follow_redirects=False)
    assert answer.headers["location"] == "/api/v1/links?rows=cause"


def test_words_and_table_tell_what_is_counted(client: TestClient, table: LinkTable) -> None:
    """Page and API would tell other numbers."""
    page = shown(client)
    lead = leading(table.pairs)
    assert lead
    assert table_sentence(table) in page
    assert pair_sentence(lead) in page
    pairs = page[page.index('<table class="pairs">') :]
    assert pairs.count('scope="rowgroup"') == len(table.rows)
    assert pairs.count('<th scope="row">') == len(table.pairs)


def test_the_map_has_every_count_and_its_shade(client: TestClient, table: LinkTable) -> None:
    """The map would count something else than the table, say none where nothing is reported, or be shaded otherwise."""
    rows = re.findall(r"<tr><th scope=\"row\">.*?</tr>", table_of(shown(client)), re.DOTALL)
    cells = [re.findall(r'<td class="number heat-(\d)">(.*?)</td>', row) for row in rows]
    assert [len(row) for row in cells] == [len(table.columns)] * len(table.rows)
    for pair, (shade, told) in zip(table.pairs, (cell for row in cells for cell in row), strict=True):
        group, text = pair.group, re.sub(r"<span class=\"unseen\">.*?</span>|<[^>]*>", "", told)
        says = group.n + group.absent
        assert text == (f"{group.n} of {says}" if says else "not reported")
        assert STEPS[int(shade)][1] == fill_of(group.n)


def test_a_table_without_room_has_no_map(client: TestClient, store: Store) -> None:
    """A page would be as wide as all findings there are."""
    assert len(links(store, "cause", "finding@all").columns) > ROOM[1]
    page = shown(client, columns="finding@all")
    assert 'class="map"' not in page
    assert 'class="pairs"' in page


def test_a_sentence_has_n_and_of_how_many(store: Store) -> None:
    """A share would stand without its numbers, or take silence for absence."""
    pairs = links(store, "event", "finding@all").pairs
    assert any(pair.group.not_reported and pair.group.n for pair in pairs)
    for pair in pairs:
        group, said = pair.group, pair_sentence(pair)
        if group.n + group.absent:
            assert f" that say, {group.n} ha" in said
            assert said.startswith(f"Of {group.n + group.absent} case")
        if group.not_reported and group.n + group.absent:
            assert f"; {group.not_reported} more do not say" in said


def test_every_number_leads_to_its_cases(client: TestClient, table: LinkTable) -> None:
    """A reader could not look up of whom a number tells."""
    pair = first(table)
    page = shown(client, row=pair.row.key, column=pair.column.key)
    section = page[page.index('id="pair"') : page.index('id="pairs"')]
    parts = dict(re.findall(r'<dt id="([\w-]+)">.*?</dt>\n<dd>(.*?)</dd>', section, re.DOTALL))
    for name, cell in (("group", pair.group), ("others", pair.others)):
        for state, cases in (
            ("present", cell.present_cases),
            ("absent", cell.absent_cases),
            ("silent", cell.not_reported_cases),
        ):
            assert re.findall(r'href="/cases/([^"]+)"', parts[f"{name}-{state}"]) == list(cases)
    assert f"{pair.column.label}: {pair.group.n}</dt>" in section


def test_the_numbers_in_the_table_are_links_to_a_pair(client: TestClient) -> None:
    """A link would lead to another pair, or to a page that there is not."""
    page = shown(client)
    there = re.search(r'href="(/links\?[^"#]+)#group-present"', page)
    assert there
    assert 'id="pair"' in client.get(there[1], headers=HTML).text


@pytest.mark.parametrize("example", EXAMPLES, ids=[words for words, *_ in EXAMPLES])
def test_every_example_can_be_counted(client: TestClient, example: tuple[str, ...]) -> None:
    """A question to begin with would end in an error."""
    _, rows, columns, where = example
    answer = client.get("/links", params={"rows": rows, "columns": columns, "where": where}, headers=HTML)
    assert answer.status_code == 200, answer.text


def test_what_is_suggested_can_be_counted(client: TestClient) -> None:
    """A suggestion of a field would not be understood."""
    page = shown(client)
    lines, conditions = (page.split(f'<datalist id="{name}">')[1].split("</datalist>")[0] for name in LISTS)
    for text in re.findall(r'value="([^"]+)"', lines):
        assert client.get("/api/v1/links", params={"rows": text}).status_code == 200, text
    for text in re.findall(r'value="([^"]+)"', conditions):
        assert client.get("/api/v1/links", params={"where": text}).status_code == 200, text


LISTS = ("lines", "conditions")


def test_the_form_keeps_what_was_asked(client: TestClient) -> None:
    """A reader would have to write a question again to change it."""
    page = shown(client, rows=["finding", "cause=catheter kink"], columns="outcome", where="event = withdrawal")
    assert re.search(r'<option value="finding" selected>', page)
    assert 'value="cause=catheter kink"' in page
    assert 'value="event = withdrawal"' in page


def test_empty_fields_are_as_if_not_there(client: TestClient) -> None:
    """A form sends fields that nobody filled in."""
    assert table_of(shown(client, rows=["cause", ""], columns=["", "outcome"], where="")) == table_of(shown(client))


def table_of(page: str) -> str:
    """Cut the table out of a page."""
    return page[page.index("<table") : page.index("</table>")]


@pytest.mark.parametrize(
    ("asked", "status", "nearest"),
    [
        ({"rows": "caus"}, 404, "cause"),
        ({"where": "event = withdrawl"}, 404, "withdrawal"),
        ({"where": "event ="}, 400, ""),
        ({"columns": "cause@0"}, 400, ""),
        ({"row": "catheter kinck", "column": "x"}, 404, ""),
    ],
)
def test_what_cannot_be_read_is_said(client: TestClient, asked: dict[str, str], status: int, nearest: str) -> None:
    """A slip would end in a bare error, or look like a result."""
    answer = client.get("/links", params=asked, headers=HTML)
    assert answer.status_code == status
    assert answer.headers["content-type"].startswith("text/html")
    assert answer.headers["cache-control"] == "no-store"
    assert "This cannot be counted" in answer.text
    if nearest:
        there = re.search(rf'<li><a href="([^"]+)">{nearest}</a>', answer.text)
        assert there
        assert client.get(unescape(there[1]), headers=HTML).status_code == 200


def test_an_empty_cohort_is_no_error(client: TestClient) -> None:
    """That no case fulfils a filter would look like a failure, or like a share of none."""
    answer = client.get("/links", params={"where": "event = withdrawal and not event = withdrawal"}, headers=HTML)
    assert answer.status_code == 200
    assert "No case fulfils the filter" in answer.text
    assert "data-spec" not in answer.text


def test_what_is_asked_is_text_and_nothing_else(client: TestClient) -> None:
    """A filter would be run as a script."""
    answer = client.get("/links", params={"where": "<script>alert(1)</script>"}, headers=HTML)
    assert "<script>alert" not in answer.text


def test_the_sparql_on_the_page_gives_the_counts(client: TestClient, store: Store, table: LinkTable) -> None:
    """What is to be taken elsewhere would count something else."""
    page = client.get("/links", headers=HTML).text
    query = unescape(page.split("<summary>In SPARQL</summary>")[1].split("<code>")[1].split("</code>")[0])
    counts = {row[:4]: int(row[4]) for row in store.select(query).texts()}
    pair = first(table)
    assert counts[pair.row.iris[0], "present", pair.column.iris[0], "present"] == pair.group.n


def test_the_python_on_the_page_names_what_was_asked(client: TestClient) -> None:
    """Who copies it would get another table."""
    page = shown(client, rows="cause@2", where="event = withdrawal")
    assert "graph.links(rows='cause@2', columns='outcome', where='event = withdrawal')" in page


def test_dependence_is_told_on_request(real_store: Store) -> None:
    """A result that rests on one paper would look as firm as any."""
    with TestClient(create_app(real_store, Corpus(PROJECT).questions)) as client:
        tested = next(pair for pair in links(real_store).pairs if pair.not_tested is None)
        asked = {"row": tested.row.key, "column": tested.column.key}
        assert "By decade of publication" not in shown(client, **asked)
        assert "By decade of publication" in shown(client, **asked, dependence="true")


# --- charts ----------------------------------------------------------------------------------


def test_charts_and_table_have_the_same_numbers(client: TestClient, table: LinkTable) -> None:
    """The picture would tell something else than the table beside it."""
    specs = re.findall(r'data-spec="([^"]+)"', shown(client))
    assert any("/heat?" in spec for spec in specs)
    cells = client.get(next(spec for spec in specs if "/heat?" in spec)).json()["datasets"]["table"]
    drawn = {(cell["row"], cell["column"]): (cell["n"], cell["says"], cell["of"]) for cell in cells}
    for pair in table.pairs:
        group = pair.group
        assert drawn[pair.row.label, pair.column.label] == (group.n, group.n + group.absent, group.of)


SPECS = ("links/heat", "links/forest?columns=finding", "timeline/doe-1901/1", "network/chains", "network/co-occurrence",
         "network/cases", "times/interruption-to-first-symptom")  # fmt: skip


@pytest.mark.parametrize("spec", SPECS)
def test_every_colour_of_a_chart_has_a_token(client: TestClient, spec: str) -> None:
    """A chart would keep the colours of paper in the dark, where they cannot be read."""
    answer = client.get(f"/api/v1/charts/{spec}")
    assert answer.status_code == 200, answer.text
    known = dict(re.findall(r'"(#[0-9a-f]{6})": "(--[\w-]+)"', (WEB / "chart" / "colours.ts").read_text("utf-8")))
    assert {colour.lower() for colour in colours(answer.json())} <= known.keys()
    assert set(known.values()) <= themes()[0].keys()


def colours(part: Any) -> Iterator[str]:
    """Yield every colour of a specification."""
    yield from re.findall(r'"(#[0-9A-Fa-f]{6})"', json.dumps(part))


def themes() -> tuple[dict[str, str], dict[str, str]]:
    """Read the tokens of the light and of the dark theme."""
    light, dark = TOKENS.read_text("utf-8").split("@media (prefers-color-scheme: dark)")
    named = [dict(re.findall(r"(--[\w-]+): (#[0-9a-f]{6})", text)) for text in (light, dark)]
    return named[0], named[0] | named[1]


@pytest.mark.parametrize("theme", [0, 1], ids=["light", "dark"])
def test_numbers_on_the_steps_of_a_heat_map_can_be_read(theme: int) -> None:
    """A number would vanish in its cell, in one of the themes."""
    tokens = themes()[theme]
    for step, (_, fill) in enumerate(STEPS):
        ink = tokens["--ink" if ink_on(fill) == "#1a1a1a" else "--ground"]
        assert contrast(ink, tokens[f"--heat-{step}"] if step else tokens["--ground"]) >= ENOUGH, step
    for token in ("--ink", "--soft"):
        assert contrast(tokens[token], tokens["--ground"]) >= ENOUGH
        assert contrast(tokens[token], tokens["--raised"]) >= ENOUGH


@pytest.mark.parametrize(
    ("address", "status"),
    [("links/pie", 404), ("links/heat?width=10", 422), ("links/heat?wdth=900", 400), ("timeline/doe-1901/99", 404)],
)
def test_a_chart_that_cannot_be_is_a_problem(client: TestClient, address: str, status: int) -> None:
    """A program would get an empty picture and take it for an answer."""
    answer = client.get(f"/api/v1/charts/{address}")
    assert answer.status_code == status
    assert answer.headers["content-type"] == "application/problem+json"


@pytest.mark.parametrize("width", [320, 900])
def test_a_chart_is_as_wide_as_was_asked(client: TestClient, width: int) -> None:
    """On a phone a chart would have to be pushed sideways."""
    spec = client.get(f"/api/v1/charts/links/heat?width={width}").json()
    drawn = spec["padding"]["left"] + spec["width"] + spec["padding"]["right"]
    assert drawn == pytest.approx(width, abs=2)

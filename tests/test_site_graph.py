"""The page of the graph: list, drawing and table say the same; what is chosen can be taken in any format."""

import re
from collections import Counter
from collections.abc import Iterator
from html import unescape
from itertools import pairwise

import pytest
from fastapi.testclient import TestClient

from itbkg.charts.letters import width_of
from itbkg.exports import FORMATS
from itbkg.network.graph import View
from itbkg.network.layout import COLUMNS, Placed, place
from itbkg.network.views import Asked, show
from itbkg.settings import Corpus
from itbkg.store import Store
from itbkg_api.app import create_app
from tests.conftest import PROJECT

HTML = {"Accept": "text/html"}
ALL = {"least": "1", "fineness": "as told"}


@pytest.fixture(scope="module")
def client(store: Store, corpus: Corpus) -> Iterator[TestClient]:
    """Talk to the application without a socket."""
    with TestClient(create_app(store, corpus.questions)) as talking:
        yield talking


@pytest.fixture(scope="module")
def view(store: Store) -> View:
    """Merge the chains as the page does for ALL."""
    return show(store, "chains", Asked(findings=True))


@pytest.fixture(scope="module")
def real_view(real_store: Store) -> View:
    """Merge the chains of the published cases."""
    return show(real_store, "chains", Asked(depth=1, findings=True, least=2))


def shown(client: TestClient, **asked: str | list[str]) -> str:
    """Return the page as a reader sees its letters."""
    answer = client.get("/graph", params=asked, headers=HTML)
    assert answer.status_code == 200, answer.text
    return unescape(answer.text)


def names(page: str, kind: str) -> list[str]:
    """Return what the drawing is made of: nodes or links by name."""
    return re.findall(rf'data-{kind}="([^"]+)"', page)


def chosen(page: str) -> str:
    """Cut out what is said of what is chosen."""
    return page[page.index('id="chosen"') : page.index('class="edges"')]


# --- places ----------------------------------------------------------------------------------


def test_the_same_view_has_the_same_places(view: View) -> None:
    """A page would look otherwise each time it is made."""
    assert place(view) == place(view)


def test_no_two_nodes_stand_in_one_place(real_view: View) -> None:
    """Nodes would lie on each other and hide their labels."""
    placed = place(real_view)
    assert len(placed) == len(real_view.nodes)
    for one, other in pairwise(placed):
        assert one.x != other.x or other.y - one.y >= 30


def test_columns_stand_in_the_order_of_the_chain(view: View) -> None:
    """An outcome would stand before its cause."""
    at = {one.node.iri: one for one in place(view)}
    for edge in view.edges:
        if at[edge.source].column != at[edge.target].column:
            assert at[edge.source].x < at[edge.target].x, edge
    order = [COLUMNS.index(one.column) for one in place(view)]
    assert order == sorted(order)


def test_ordering_makes_links_shorter(real_view: View) -> None:
    """The order within columns would be one of numbers alone, and links cross all over."""
    placed = place(real_view)
    by_cases = sorted(placed, key=lambda one: (one.x, -one.node.n, one.node.label))
    rows = Counter[str]()
    plain: list[Placed] = []
    heights = {name: sorted(one.y for one in placed if one.column == name) for name in COLUMNS}
    for one in by_cases:
        plain.append(Placed(one.node, one.column, one.x, heights[one.column][rows[one.column]]))
        rows[one.column] += 1
    assert length(placed, real_view) < length(tuple(plain), real_view)


def length(placed: tuple[Placed, ...], view: View) -> float:
    """Add up how far links lead up or down, weighed by their cases."""
    at = {one.node.iri: one.y for one in placed}
    return sum(edge.n * abs(at[edge.source] - at[edge.target]) for edge in view.edges)


# --- the picture -----------------------------------------------------------------------------


def picture(page: str) -> str:
    """Cut the picture out of a page."""
    return page[page.index('<svg class="still') : page.index("</svg>", page.index('<svg class="still'))]


def test_the_picture_has_all_classes_and_links(client: TestClient, view: View) -> None:
    """Without scripts and on paper a class, its number or a link would be missing."""
    drawn = picture(shown(client, **ALL))
    assert Counter(names(drawn, "at")) == Counter(node.iri.rsplit("/", 1)[1] for node in view.nodes)
    assert len(names(drawn, "ends")) == len(view.edges)
    assert drawn.count("link few") == sum(edge.few for edge in view.edges)
    labels = [re.sub(r"</tspan><tspan[^>]*>", " ", text) for text in re.findall(r"<text>(.*?)</text>", drawn)]
    assert Counter(re.sub(r"<[^>]*>", "", text) for text in labels) == Counter(f"{n.label} ({n.n})" for n in view.nodes)


def test_what_is_drawn_lies_in_the_picture(client: TestClient, real_store: Store) -> None:
    """A label or a class at the edge would be cut off."""
    with TestClient(create_app(real_store, Corpus(PROJECT).questions)) as talking:
        for page in (shown(client, **ALL), shown(talking), shown(talking, **ALL)):
            drawn = picture(page)
            _, _, width, height = map(float, re.findall(r'viewBox="([^"]+)"', drawn)[0].split())
            for x, y, half in re.findall(r"translate\(([\d.]+) ([\d.]+)\) scale\(([\d.]+)\)", drawn):
                assert 0 <= float(x) - 1.15 * float(half) < float(x) + float(half) <= width
                assert 0 <= float(y) - 1.15 * float(half) < float(y) + float(half) <= height
            for x, y, text in re.findall(r'<tspan x="([\d.]+)" y="([\d.]+)">(.*?)</tspan>', drawn):
                assert float(x) + width_of(text) <= width, text
                assert 0 <= float(y) <= height


def test_the_picture_marks_what_is_chosen(client: TestClient, view: View) -> None:
    """Without scripts nobody would see in the picture what is chosen, or what it is linked with."""
    edge = view.edges[0]
    ends = [iri.rsplit("/", 1)[1] for iri in (edge.source, edge.target)]
    linked = {
        end.rsplit("/", 1)[1]
        for one in view.edges
        for end in (one.source, one.target)
        if edge.source in (one.source, one.target)
    }
    assert 'class="still"' in shown(client, **ALL)
    drawn = picture(shown(client, **ALL, node=ends[0]))
    assert 'class="still marked"' in drawn
    assert re.findall(r'data-at="([^"]+)" class="near picked"', drawn) == ends[:1]
    assert set(re.findall(r'data-at="([^"]+)" class="near', drawn)) == linked
    drawn = picture(shown(client, **ALL, link="~".join(ends)))
    assert set(re.findall(r'data-at="([^"]+)" class="near"', drawn)) == {*ends}
    assert re.findall(r'class="link[^"]* near" data-ends="([^"]+)"', drawn) == ["~".join(ends)]


# --- the page --------------------------------------------------------------------------------


def test_list_and_table_have_all_that_is_drawn(client: TestClient, view: View) -> None:
    """Who cannot see the drawing would miss a class or a link, or its numbers."""
    page = shown(client, **ALL)
    nodes, edges = names(page, "node"), names(page, "link")
    assert Counter(nodes) == Counter(node.iri.rsplit("/", 1)[1] for node in view.nodes)
    assert len(edges) == len(view.edges)
    assert {end for edge in edges for end in edge.split("~")} <= set(nodes)
    for node in view.nodes:
        assert f'{node.label}</a> <span class="count">{node.n} of {node.of}</span>' in page
    assert all(warning in page for warning in view.warnings)


def test_a_class_is_chosen_by_its_link(client: TestClient, view: View) -> None:
    """Choosing in the list would show the cases of another class."""
    node = next(one for one in view.nodes if one.kind == "cause")
    there = re.search(rf'href="([^"]+)" data-node="{node.iri.rsplit("/", 1)[1]}"', shown(client, **ALL))
    assert there
    page = unescape(client.get(there[1], headers=HTML).text)
    section = chosen(page)
    assert f"{node.label}: {node.n} of {node.of} cases" in section
    assert re.findall(r'href="/cases/([^"?]+)"', section) == list(node.cases)
    neighbours = {edge.target_label for edge in view.edges if edge.source == node.iri}
    assert all(f">{label}</a>" in section for label in neighbours)
    assert re.search(rf'data-node="{node.iri.rsplit("/", 1)[1]}"[^>]*aria-current', page)


def test_of_two_classes_the_cases_have_both(client: TestClient, view: View) -> None:
    """A choice of two would list cases that have one of them."""
    cases = {node.iri: set(node.cases) for node in view.nodes}
    two = next([one.source, one.target] for one in view.edges if cases[one.source] - cases[one.target])
    common = cases[two[0]] & cases[two[1]]
    section = chosen(shown(client, **ALL, node=[iri.rsplit("/", 1)[1] for iri in two]))
    assert set(re.findall(r'href="/cases/([^"?]+)"', section)) == common
    assert f"{len(common)} of {view.of} cases have all" in section


def test_a_link_is_chosen_with_the_cases_that_tell_it(client: TestClient, view: View) -> None:
    """A link would list cases that have both ends and tell nothing of how they hang together."""
    edge = view.edges[0]
    name = f"{edge.source.rsplit('/', 1)[1]}~{edge.target.rsplit('/', 1)[1]}"
    section = chosen(shown(client, **ALL, link=name))
    assert re.findall(r'href="/cases/([^"?]+)"', section) == list(edge.cases)


def test_what_is_chosen_goes_to_every_format(client: TestClient, view: View) -> None:
    """A format would be missing, or take along more than was chosen."""
    node = next(one for one in view.nodes if one.kind == "cause")
    section = chosen(shown(client, **ALL, node=node.iri.rsplit("/", 1)[1]))
    formats = re.findall(r'formaction="/api/v1/exports/([\w-]+)"', section)
    assert set(formats) == FORMATS.keys() - {"jsonld-context", "jsonld-frame"}
    ids = re.findall(r'name="cases" value="([^"]+)"', section)
    assert ",".join(ids).split(",") == list(node.cases)
    assert client.get("/api/v1/exports/csv", params={"cases": ids}).status_code == 200


def test_many_cases_fit_into_an_address(real_store: Store) -> None:
    """A choice of most cases could not be taken along: a parameter has an upper length."""
    with TestClient(create_app(real_store, Corpus(PROJECT).questions)) as client:
        ids = re.findall(r'name="cases" value="([^"]+)"', chosen(shown(client)))
        assert len(",".join(ids).split(",")) > 100
        assert client.get("/api/v1/exports/turtle/losses", params={"cases": ids}).status_code == 200


def test_filters_narrow_the_graph(client: TestClient, view: View) -> None:
    """A filter would stand in the form and do nothing."""
    assert len(names(shown(client, **ALL | {"least": "2"}), "link")) == sum(edge.n >= 2 for edge in view.edges)
    assert not re.search(r'data-kind="finding"', shown(client, **ALL, findings="no"))
    overdose = shown(client, **ALL, event="overdose")
    assert 0 < len(names(overdose, "link")) < len(view.edges)
    assert re.search(r'<option selected value="overdose">', overdose)


def test_a_graph_without_links_says_so(client: TestClient) -> None:
    """An empty drawing would look like a failure."""
    page = shown(client, least="500")
    assert "No such links" in page
    assert 'data-island="graph"' not in page


@pytest.mark.parametrize("asked", [{"node": "Nothing"}, {"link": "A~B"}, {"event": "nothing"}])
def test_what_is_not_there_is_not_found(client: TestClient, asked: dict[str, str]) -> None:
    """A slip in an address would show the whole graph."""
    answer = client.get("/graph", params=asked, headers=HTML)
    assert answer.status_code == 404
    assert answer.headers["content-type"].startswith("text/html")


def test_the_graph_has_its_address_beside_those_of_named_graphs(client: TestClient) -> None:
    """The page would stand in the way of the IRIs of named graphs, or they of the page."""
    assert client.get("/graph/case/doe-1901/1", follow_redirects=False).status_code == 303
    assert client.get("/graph", headers=HTML).status_code == 200

"""The property graph and what is made of it: counts, three states, who vouches for an edge, and the way back to RDF."""

import io
from collections.abc import Iterator
from itertools import groupby
from pathlib import Path

import networkx as nx
import pyoxigraph as ox
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from itbkg.errors import SelectionError
from itbkg.exports.format import FileFormat
from itbkg.exports.graphs import FORMATS
from itbkg.exports.graphs.cx2 import number
from itbkg.exports.graphs.graphml import write_graphml
from itbkg.exports.graphs.memory import from_networkx, to_networkx
from itbkg.exports.part import Arrange
from itbkg.exports.propertygraph import property_graph
from itbkg.exports.propertygraph.terms import to_id
from itbkg.exports.quads import in_order
from itbkg.exports.selection import Selection, select_all, select_cases
from itbkg.namespaces import CASE, INFERRED_GRAPH, ITB
from itbkg.store import Store

DOE = str(CASE["doe-1901/1"])
Quads = list[ox.Quad]


class Given(Selection):
    """A selection of quads that a test thought of."""

    def __init__(self, store: Store, quads: Quads) -> None:
        super().__init__(store, ())
        object.__setattr__(self, "given", quads)

    def by_graph(self, arrange: Arrange = in_order) -> Iterator[tuple[str, Iterator[ox.Quad]]]:
        """Yield them, graph by graph, as every selection does."""
        by_name = sorted(set(self.__dict__["given"]), key=lambda quad: str(quad.graph_name))
        for graph, quads in groupby(by_name, key=lambda quad: quad.graph_name):
            yield "" if graph == ox.DefaultGraph() else to_id(graph), arrange(quads)


@pytest.fixture(scope="module")
def whole(store: Store) -> Selection:
    """Select the whole fictional graph."""
    return select_all(store)


def in_graphml(selection: Selection, *, full: bool) -> "nx.MultiDiGraph[str]":
    """Write a selection as GraphML and read it with networkx."""
    out = io.BytesIO()
    write_graphml(selection, out, full=full)
    out.seek(0)
    read = nx.read_graphml(out, force_multigraph=True)
    assert isinstance(read, nx.MultiDiGraph)
    return read


def texts(quads: Iterator[ox.Quad]) -> list[str]:
    """Write quads as sorted lines; one that stands twice is two lines."""
    return sorted(map(str, quads))


def test_nodes_and_edges_are_the_things_and_triples(whole: Selection) -> None:
    """The view leaves out a thing or a triple, or has one twice."""
    quads = list(whole.quads())
    links = {quad.triple for quad in quads if isinstance(quad.object, ox.NamedNode)}
    things = {str(quad.subject) for quad in quads} | {str(triple.object) for triple in links}
    view = property_graph(whole)
    assert (view.node_count, view.edge_count, view.quads) == (len(things), len(links), len(quads))
    assert len({node.id for node in view.nodes()}) == len(things)
    assert len({edge.id for edge in view.edges()}) == len(links)


def test_two_readers_do_not_disturb_each_other(whole: Selection) -> None:
    """A writer that reads nodes while another does gets lines of the other's place, or half lines."""
    view = property_graph(whole)
    assert [one == other for one, other in zip(view.nodes(), view.nodes(), strict=True)] == [True] * view.node_count


def test_view_is_made_once_for_a_selection(whole: Selection) -> None:
    """A release of all formats takes the graph apart for each of them anew."""
    assert property_graph(whole) is property_graph(whole)


def test_absence_is_never_a_present_finding(whole: Selection, store: Store) -> None:
    """A stated absence is told as a finding, by type of edge or by state; or a finding as an absence."""
    graph = to_networkx(whole)
    edges = [(source, target, data) for source, target, data in graph.edges(data=True)]
    absent = {target for _, target, data in edges if data["type"] == "hasAbsence"}
    present = {target for _, target, data in edges if data["type"] == "hasFinding"}
    asked = "SELECT ?absence { ?case <https://w3id.org/itbkg/ont/hasAbsence> ?absence }"
    assert absent == {name for (name,) in store.select(asked).texts()}
    assert absent
    assert present
    assert not absent & present
    into = {(data["type"], data.get("state")) for _, target, data in edges if target in absent}
    assert into <= {("hasAbsence", "absent"), ("showsAbsence", "absent"), ("hasStatement", None)}
    assert {data["state"] for _, _, data in edges if data["type"] == "absentClass"} == {"absent"}


def test_edge_says_who_vouches_for_it(whole: Selection) -> None:
    """A link of a causal chain loses its certainty, its basis or its place in the report."""
    graph = to_networkx(whole)
    (link,) = graph[f"{DOE}/cause/empty-reservoir"][f"{DOE}/event/withdrawal"].values()
    assert link["type"] == "leadsTo"
    assert link["certainty"] == "certain"
    assert link["basis"] == "device interrogation | response to treatment"
    assert link["place"] == "Case, 4"
    assert link["publication"].endswith("publication/doe-1901")
    assert not link["inferred"]
    seen = [data for _, target, data in graph.out_edges(DOE, data=True) if target.endswith("increased-spasticity-0-h")]
    assert {data["place"] for data in seen if data["type"] == "hasFinding"} == {"Case, 2"}


def test_what_was_inferred_says_so(whole: Selection) -> None:
    """A fever that only follows from a measured temperature looks as if the report had stated it."""
    view = property_graph(whole)
    fever = [edge for edge in view.edges() if edge.type == "hasFinding" and "/implied/" in edge.target]
    assert fever
    assert all(edge.inferred and edge.graphs == (str(INFERRED_GRAPH),) for edge in fever)


def test_kinds_are_the_branches(whole: Selection) -> None:
    """A node is called by a class deep in the ontology, or by one that gathers branches."""
    kinds = {node.id: node.kinds for node in property_graph(whole).nodes()}
    assert kinds[f"{DOE}/finding/increased-spasticity-0-h"] == ("Finding",)
    assert kinds[f"{DOE}/cause/missed-refill"] == ("Cause",)
    assert kinds[DOE] == ("Case",)
    assert kinds[str(ITB.Finding)] == ("Class",)
    assert kinds[str(ITB.hasFinding)] == ("ObjectProperty",)


@pytest.mark.parametrize("cases", [None, (DOE,)])
def test_graphml_gives_every_quad_back(store: Store, cases: tuple[str, ...] | None) -> None:
    """Something of the graph is lost between RDF, GraphML, networkx and RDF."""
    selection = select_all(store) if cases is None else select_cases(store, cases)
    assert texts(from_networkx(in_graphml(selection, full=True))) == texts(selection.quads())


_LOCAL = st.text("abcxyz0129-._~/", min_size=1, max_size=8)
_IRI = st.builds(lambda local: ox.NamedNode(f"http://example.org/{local}"), _LOCAL) | st.sampled_from(
    [ox.NamedNode("urn:a&b'c"), ox.NamedNode(DOE), ox.NamedNode("http://example.org/ä(1)")]
)
_BLANK = st.builds(ox.BlankNode, st.from_regex(r"[a-z][a-z0-9]{0,5}", fullmatch=True))
_TEXT = st.text(max_size=20)
_DATATYPE = st.sampled_from(("string", "integer", "decimal", "double", "boolean", "date", "anyURI"))
_LITERAL = (
    st.builds(
        lambda text, name: ox.Literal(text, datatype=ox.NamedNode(f"http://www.w3.org/2001/XMLSchema#{name}")),
        *(_TEXT | st.sampled_from(("1", "007", "2.50", "INF", "-1e400", "true", "9" * 30)), _DATATYPE),
    )
    | st.builds(lambda text, language: ox.Literal(text, language=language), _TEXT, st.sampled_from(("en", "de-AT")))
    | st.builds(lambda text: ox.Literal(text, language="ar", direction=ox.BaseDirection.RTL), _TEXT)
)
_THING = _IRI | _BLANK
_TRIPLE = st.builds(ox.Triple, _THING, _IRI, _THING | _LITERAL)
_QUAD = st.builds(
    ox.Quad,
    *(_THING, _IRI | st.sampled_from([ox.NamedNode(ITB.storyOrder), ox.NamedNode(ITB.hasAbsence)])),
    *(_THING | _LITERAL | _TRIPLE, _IRI | st.just(ox.DefaultGraph())),
)


@settings(max_examples=60)
@given(quads=st.lists(_QUAD, max_size=25))
def test_any_quads_come_back_from_graphml(store: Store, quads: Quads) -> None:
    """A literal, datatype, language, direction, blank node, triple term or graph does not survive the full profile."""
    graph = in_graphml(Given(store, quads), full=True)
    assert texts(from_networkx(graph)) == sorted(set(map(str, quads)))


@settings(max_examples=30)
@given(quads=st.lists(_QUAD, max_size=25))
def test_networkx_can_write_what_it_is_given(store: Store, quads: Quads) -> None:
    """An attribute is a list, None or holds a control character, on which the writers of networkx crash."""
    for profile in ("simple", "full"):
        graph = to_networkx(Given(store, quads), "full" if profile == "full" else "simple")
        out = io.BytesIO()
        nx.write_graphml(graph, out)
        out.seek(0)
        read = nx.read_graphml(out, force_multigraph=True)
        assert (read.number_of_nodes(), read.number_of_edges()) == (len(graph), graph.number_of_edges())
        nx.write_gexf(graph, io.BytesIO())


def test_simple_profile_counts_what_it_loses(store: Store) -> None:
    """A loss is not told, or told where there is none."""
    node, note = ox.NamedNode("http://example.org/a"), ox.NamedNode("http://example.org/note")
    quads = [
        ox.Quad(node, note, ox.Literal("eins\x01", language="de"), ox.DefaultGraph()),
        ox.Quad(node, note, ox.Literal(2.5), ox.DefaultGraph()),
    ]
    losses = write_graphml(Given(store, quads), io.BytesIO(), full=False)
    assert [loss.count for loss in losses] == [2, 1, 1, 1, 1]
    assert write_graphml(Given(store, quads), io.BytesIO(), full=True) == ()
    read = in_graphml(Given(store, quads), full=False)
    assert read.nodes["http://example.org/a"]["note"] == "2.5 | eins\N{REPLACEMENT CHARACTER}"


def test_constructed_triples_are_a_graph_too(store: Store) -> None:
    """A generic graph format refuses the triples of a CONSTRUCT, or KGX, which needs cases, takes them."""
    triple = ox.Triple(ox.NamedNode("http://example.org/a"), ox.NamedNode("http://example.org/b"), ox.Literal("c"))
    selection = Selection(store, (), triples=(triple,))
    assert texts(from_networkx(to_networkx(selection, "full"))) == [str(ox.Quad(*triple))]
    kgx = next(one for one in FORMATS if one.name == "kgx-tsv")
    with pytest.raises(SelectionError, match="kgx"):
        kgx.write(selection, Path())  # type: ignore[arg-type]  # the table's type cannot tell a file from a folder


@pytest.mark.parametrize("form", FORMATS, ids=lambda form: str(form.name))
def test_same_bytes_each_time(store: Store, tmp_path: Path, form: FileFormat) -> None:
    """A writer depends on the order of a set, on a clock or on an address in memory."""
    written = []
    for name in ("one", "other"):
        folder = tmp_path / name
        folder.mkdir()
        if isinstance(form, FileFormat):
            with (folder / "file").open("wb") as out:
                form.write(select_all(store), out)
        else:
            form.write(select_all(store), folder)
        written.append({path.name: path.read_bytes() for path in folder.iterdir()})
    assert written[0] == written[1]
    assert all(written[0].values())


def test_numbers_of_cx2_do_not_agree(whole: Selection) -> None:
    """Two nodes or two edges of CX2 get one number, or one that JavaScript cannot hold."""
    view = property_graph(whole)
    for names in ([node.id for node in view.nodes()], [edge.id for edge in view.edges()]):
        numbers = {number(name) for name in names}
        assert len(numbers) == len(names)
        assert max(numbers) < 2**53

"""The graph as networks: chains merged, classes together, cases and classes, and flows; every number with its cases."""

from collections import Counter
from dataclasses import asdict
from itertools import combinations

import networkx as nx
import pytest

from itbkg.cases import Wanted, choose_cases, list_cases, tell_case
from itbkg.errors import NotFoundError, ParameterError
from itbkg.index import read_index
from itbkg.network.flows import NO_MECHANISM, NO_OUTCOME, STAGES
from itbkg.network.graph import FEW, View
from itbkg.network.views import VIEWS, Asked, ViewName, chain_flows, find_view, network, show
from itbkg.network.words import read_words
from itbkg.store import Store

NAMES = tuple(VIEWS)


def edges_of(view: View) -> dict[tuple[str, str, str], tuple[str, ...]]:
    """Return the cases of each link by its labels."""
    return {(edge.source_label, edge.relation, edge.target_label): edge.cases for edge in view.edges}


def test_chains_are_those_that_the_reports_tell(store: Store) -> None:
    """A link of a chain would be lost, or be told in a case that does not tell it."""
    told = edges_of(show(store, "chains"))
    assert told["missed refill", "led to", "empty reservoir"] == ("doe-1901/1",)
    assert told["catheter kink", "led to", "withdrawal"] == ("poe-1903/2",)
    assert told["overdose", "ended in", "death"] == ("roe-1902/2",)
    assert len(told) == 13


def test_second_tellings_and_retracted_reports_do_not_count(store: Store) -> None:
    """A person would count twice, or a retracted report count at all."""
    view = show(store, "chains")
    assert (view.told, view.of) == (5, 6)
    assert not {"moe-1904/1", "voe-1905/1"} & {case for edge in view.edges for case in edge.cases}
    assert any("2 of 8 cases are left out" in warning for warning in view.warnings)


def test_the_middle_is_counted_in_each_case_by_itself(store: Store) -> None:
    """A class would seem to stand between two others in a chain that no case has."""
    nodes = {node.label: node for node in show(store, "chains").nodes}
    assert nodes["empty reservoir"].middle == 1
    assert nodes["missed refill"].middle == 0
    assert nodes["overdose"].middle == 3
    assert {node.kind for node in nodes.values()} == {"cause", "event", "outcome"}


def test_the_middle_is_what_the_paths_of_the_cases_say(real_store: Store) -> None:
    """A cause that is first in one case and second in another would be in the middle of both."""
    view = show(real_store, "chains")
    paths = {row.id: row.causal_paths for row in list_cases(real_store)}
    causes = [node for node in view.nodes if node.kind == "cause"]
    for node in causes:
        told = [case for case in node.cases if any(node.label in path[1:-1] for path in paths[case])]
        assert node.middle == len(told)
    assert {node.middle == node.n for node in causes} == {True, False}


def test_a_depth_lifts_classes_below_their_branch(store: Store) -> None:
    """A group of causes would lack cases of what lies below it, or a link lead from a group to itself."""
    view = show(store, "chains", Asked(depth=1))
    told = edges_of(view)
    assert told["cause at the reservoir", "led to", "overdose"] == ("poe-1903/1", "roe-1902/2")
    assert told["cause at the reservoir", "led to", "event of too little baclofen"] == ("doe-1901/1",)
    assert all(edge.source != edge.target for edge in view.edges)


def test_findings_are_added_when_asked_for(store: Store) -> None:
    """What an event showed as would be missing, or be taken for a cause."""
    view = show(store, "chains", Asked(findings=True))
    assert edges_of(view)["withdrawal", "showed", "increased spasticity"] == ("doe-1901/1", "poe-1903/2")
    assert {node.label: node.kind for node in view.nodes}["increased spasticity"] == "finding"


def test_classes_together_leave_out_what_goes_together_by_definition(store: Store) -> None:
    """Hyperthermia would be found with fever, above which nothing lies but it."""
    view = show(store, "co-occurrence")
    together = {(edge.source_label, edge.target_label): edge for edge in view.edges}
    pair = together["fever", "increased spasticity"]
    assert (pair.n, pair.either, pair.share) == (2, 2, 1.0)
    assert together["coma", "hypotension"].share == pytest.approx(1 / 3)
    words = read_words(store)
    assert not [edge for edge in view.edges if words.related(edge.source, edge.target)]
    assert not any({"fever", "hyperthermia"} == set(ends) for ends in together)


def test_cases_and_classes_are_two_sides(store: Store) -> None:
    """A class would be linked to a class, or a case to a case, and networkx misread the sides."""
    made = network(store, "cases")
    sides = nx.get_node_attributes(made, "bipartite")
    assert nx.is_bipartite(made)
    assert all(sides[source] != sides[target] for source, target in made.edges)
    assert {made.nodes[node]["label"] for node, side in sides.items() if side == 0} == {
        *("doe-1901/1", "poe-1903/1", "poe-1903/2", "roe-1902/1", "roe-1902/2"),
    }


@pytest.mark.parametrize("name", NAMES)
def test_every_number_opens_to_its_cases(real_store: Store, name: ViewName) -> None:
    """A number would not be the number of the cases that are named for it, or these not be cases."""
    view = show(real_store, name, Asked(findings=name == "chains"))
    known = {row.id for row in list_cases(real_store)}
    assert view.nodes
    assert view.edges
    for edge in view.edges:
        assert edge.n == len(edge.cases) == len(set(edge.cases)) <= view.told <= view.of
        assert known.issuperset(edge.cases)
    for node in view.nodes:
        assert known.issuperset(node.cases)
        assert node.n == (len(node.cases) if node.kind != "case" else node.degree)


@pytest.mark.parametrize("name", NAMES)
def test_the_measures_are_those_of_the_links(real_store: Store, name: ViewName) -> None:
    """Degree or strength would be of another graph than the one that is shown."""
    view = show(real_store, name)
    degree, strength = Counter[str](), Counter[str]()
    for edge in view.edges:
        for end in (edge.source, edge.target):
            degree[end] += 1
            strength[end] += edge.n
    assert {node.iri: (node.degree, node.strength) for node in view.nodes} == {
        iri: (degree[iri], strength[iri]) for iri in degree
    }


def test_what_rests_on_few_is_marked_and_said(real_store: Store) -> None:
    """A link that one publication made would look like any other."""
    view = show(real_store, "chains")
    few = [edge for edge in view.edges if edge.n < FEW]
    assert few == [edge for edge in view.edges if edge.few]
    assert f"{len(few)} of {len(view.edges)} links rest on fewer than {FEW} cases" in " ".join(view.warnings)
    assert f"{view.of - view.told} of {view.of} cases report no cause" in " ".join(view.warnings)


def test_pairs_are_the_cases_that_the_index_has_in_both(real_store: Store) -> None:
    """The network would count otherwise than every other door."""
    column, index = read_index(real_store).column("finding"), read_index(real_store)
    view = show(real_store, "co-occurrence", Asked(least=5))
    ids = {row.iri: row.id for row in list_cases(real_store)}
    kept = {case for node in show(real_store, "cases").nodes if node.kind == "case" for case in node.cases}
    assert view.edges
    for edge in view.edges:
        both = {ids[case] for case in index.names(column.present(edge.source) & column.present(edge.target))}
        assert set(edge.cases) == both & kept


def test_fewer_than_asked_for_are_left_out(real_store: Store) -> None:
    """A link below the number would stay, or a class without links."""
    whole, thick = show(real_store, "chains"), show(real_store, "chains", Asked(least=3))
    assert thick.edges == tuple(edge for edge in whole.edges if edge.n >= 3)
    linked = {end for edge in thick.edges for end in (edge.source, edge.target)}
    assert {node.iri for node in thick.nodes} == linked


def test_chosen_cases_alone_are_looked_at(real_store: Store) -> None:
    """A filter would be passed over."""
    chosen = choose_cases(real_store, Wanted({"event": ("overdose",)}))
    view = show(real_store, "chains", Asked(chosen.rows))
    overdoses = {row.id for row in list_cases(real_store) if "overdose" in row.events}
    assert {case for edge in view.edges for case in edge.cases} <= overdoses
    assert show(real_store, "cases", Asked(chosen.rows[:2])).of == 2


def test_flows_go_through_all_stages_of_each_case(real_store: Store) -> None:
    """A case would get lost between two stages, or what is not reported look like an answer."""
    told = chain_flows(real_store)
    by_stage = {
        stage: {case for flow in told.flows if flow.stage == stage for case in flow.cases} for stage in STAGES[:3]
    }
    assert len({frozenset(cases) for cases in by_stage.values()}) == 1
    assert len(by_stage["cause"]) == told.told < told.of
    silent = {case for flow in told.flows if flow.target == NO_OUTCOME for case in flow.cases}
    assert silent
    assert told.told == show(real_store, "chains").told
    for case in sorted(silent)[:3]:
        assert not tell_case(real_store, case).outcomes
    assert any(flow.source == NO_MECHANISM for flow in told.flows)


@pytest.mark.parametrize("name", NAMES)
def test_the_same_graph_gives_the_same_rows(store: Store, name: ViewName) -> None:
    """Two runs would differ, and no difference of two outputs mean anything."""
    assert asdict(show(store, name)) == asdict(show(store, name))
    for one, other in combinations(show(store, name).edges, 2):
        assert (one.n, one.source, one.target) != (other.n, other.source, other.target)


def test_an_empty_cohort_is_an_answer(store: Store) -> None:
    """A filter that nothing fulfils would fail, or be answered with what none of no cases reports."""
    for name in NAMES:
        view = show(store, name, Asked(()))
        assert (view.nodes, view.edges, view.told, view.of) == ((), (), 0, 0)
        assert any("nothing to count" in warning for warning in view.warnings)
        assert not any("report no cause" in warning for warning in view.warnings)


def test_what_there_is_not_is_named_with_what_there_is(store: Store) -> None:
    """A slip in a name would end in an empty answer."""
    with pytest.raises(NotFoundError, match="co-occurrence"):
        find_view("cooccurrence")
    with pytest.raises(ParameterError, match="did you mean 'finding'"):
        show(store, "cases", Asked(fields=("findings",)))
    with pytest.raises(ParameterError, match="there is event, cause"):
        show(store, "cases", Asked(fields=("xyzzy",)))
    with pytest.raises(ParameterError, match="1 or more"):
        show(store, "chains", Asked(depth=0))

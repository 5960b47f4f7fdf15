"""The networks over many cases, ready for a door: chains, classes that come together, cases and their classes."""

from collections.abc import Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from typing import Literal

import networkx as nx

from itbkg.cases import CaseRow
from itbkg.errors import NotFoundError, ParameterError
from itbkg.index import read_index
from itbkg.network.cohort import Cohort, read_cohort
from itbkg.network.flows import Flow, flows
from itbkg.network.graph import CHOSEN_FEW, View, view
from itbkg.network.held import Holding, read_holdings
from itbkg.network.merged import merged_chains, untold
from itbkg.network.together import case_classes, co_occurrence, unreported
from itbkg.network.words import Words, read_words
from itbkg.store import Store

ViewName = Literal["chains", "co-occurrence", "cases"]
#: The views, each with what it shows.
VIEWS: dict[ViewName, str] = {
    "chains": "causal chains over all cases, merged: cause, mechanism, event, outcome",
    "co-occurrence": "which classes cases have together",
    "cases": "which case has which class",
}
#: The fields of a view of classes, where none are named.
FIELDS = ("finding",)


#: What is said of a network over no case.
NOBODY = "No case fulfils what was asked: there is nothing to count."


@dataclass(frozen=True, slots=True)
class Asked:
    """What a view is to show.

    `cases` are those that were chosen; without, all. `fields` are those of the classes, for all views but the chains;
    `depth` lifts the classes of the chains to so many levels below their branch, `findings` adds to them what the event
    showed as; links told in fewer than `least` cases are left out, and so are classes without a link.
    """

    cases: Sequence[CaseRow] | None = None
    fields: Sequence[str] = FIELDS
    depth: int | None = None
    findings: bool = False
    least: int = 1


def network(store: Store, name: ViewName, asked: Asked | None = None) -> "nx.Graph[str]":
    """Return a view as a graph of networkx, with the ids of the cases on every node and edge.

    `graph["warnings"]` of it says what must be known beside its numbers. Raises what `show` raises.
    """
    given = asked or Asked()
    _check(given)
    cohort, words = read_cohort(store, given.cases), read_words(store)
    if name == "chains":
        made: nx.Graph[str] = _chains(store, cohort, words, given)
        said = untold(made.graph["told"], made.graph["of"])
    else:
        holdings = read_holdings(store, read_index(store), cohort, words, given.fields or FIELDS)
        made = _classes(name, holdings, cohort, words, given.least)
        said = unreported(made, holdings)
    made.graph["warnings"] = (said if cohort.rows else NOBODY, *cohort.warnings)
    return made


def show(store: Store, name: ViewName, asked: Asked | None = None) -> View:
    """Return a view as rows.

    Raises ParameterError for a field, depth or number of cases that there is not.
    """
    made = network(store, name, asked)
    return view(made, made.graph["warnings"])


@dataclass(frozen=True, slots=True)
class Flows:
    """The chains as flows: `told` of `of` cases name a cause; `warnings` must stand beside the numbers."""

    told: int
    of: int
    flows: tuple[Flow, ...]
    warnings: tuple[str, ...]


def chain_flows(store: Store, asked: Asked | None = None) -> Flows:
    """Return the chains as flows through four stages, at depth 1 where none is given; raises what `show` raises."""
    given = asked or Asked()
    _check(given)
    cohort, words = read_cohort(store, given.cases), read_words(store)
    found = flows(store, cohort, words, given.depth or 1)
    told = len({case for flow in found for case in flow.cases})
    kept = tuple(flow for flow in found if flow.n >= given.least)
    return Flows(told, len(cohort.rows), kept, (*cohort.warnings, CHOSEN_FEW))


def find_view(name: str) -> ViewName:
    """Return the view of a name; NotFoundError, naming all, for one that there is not."""
    known = next((one for one in VIEWS if one == name.replace("_", "-")), None)
    if known is None:
        raise NotFoundError("view of the network", name, get_close_matches(name, VIEWS, n=1, cutoff=0.5) or [*VIEWS])
    return known


def _check(asked: Asked) -> None:
    for name, number in (("depth", asked.depth), ("least", asked.least)):
        if number is not None and number < 1:
            error = ParameterError(f"{number} is too small; give 1 or more")
            error.parameter = name
            raise error


def _chains(store: Store, cohort: Cohort, words: Words, asked: Asked) -> "nx.DiGraph[str]":
    chain = merged_chains(store, cohort, words, asked.depth, findings=asked.findings)
    thin = [(source, target) for source, target, held in chain.edges(data=True) if len(held["cases"]) < asked.least]
    chain.remove_edges_from(thin)
    chain.remove_nodes_from([iri for iri in chain if chain.degree(iri) == 0])
    return chain


def _classes(name: ViewName, holdings: Sequence[Holding], cohort: Cohort, words: Words, least: int) -> "nx.Graph[str]":
    make = co_occurrence if name == "co-occurrence" else case_classes
    return make(holdings, cohort, words, least)

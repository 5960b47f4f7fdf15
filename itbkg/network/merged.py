"""The causal chains of all cases in one graph: what led to what, what it showed as, how it ended, and the cases."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

import networkx as nx

from itbkg.network.cohort import Cohort
from itbkg.network.words import Words
from itbkg.store import PREFIX_LINES, Store

#: What a report states of two links of its chain; what it tells of its event; how the case ended.
LED_TO, SHOWED, ENDED_IN = "led to", "showed", "ended in"

_CHAIN = f"""{PREFIX_LINES}
SELECT ?case ?from ?to WHERE {{ GRAPH ?graph {{
  ?case itb:hasCausalAssertion ?link . ?link itb:assertedCause/a ?from ; itb:assertedEffect/a ?to .
}} }}
"""
_ENDS = f"""{PREFIX_LINES}
SELECT ?case ?from ?to WHERE {{ GRAPH ?graph {{ ?case itb:hasEvent/a ?from ; itb:hasOutcome/a ?to }} }}
"""
_SHOWN = f"""{PREFIX_LINES}
SELECT ?case ?from ?to WHERE {{ GRAPH ?graph {{ ?case itb:hasEvent/a ?from ; itb:hasFinding/a ?to }} }}
"""


@dataclass(frozen=True, slots=True, order=True)
class Told:
    """One link of one case, by IRIs of the case and of the classes."""

    case: str
    source: str
    relation: str
    target: str


def read_links(store: Store, cohort: Cohort, words: Words, depth: int | None, *, findings: bool) -> tuple[Told, ...]:
    """Read every link of the cohort's cases, its classes lifted to a depth below their branch.

    A link whose two ends become one class is left out. `findings` adds what the event showed as.
    """
    asked = {LED_TO: _CHAIN, ENDED_IN: _ENDS} | ({SHOWED: _SHOWN} if findings else {})
    found = set[Told]()
    for relation, query in asked.items():
        for case, source, target in store.select(query).texts():
            if case in cohort.ids:
                lifted = ((a, b) for a in words.lifted(source, depth) for b in words.lifted(target, depth) if a != b)
                found.update(Told(case, a, relation, b) for a, b in lifted)
    return tuple(sorted(found))


def merged_chains(
    store: Store, cohort: Cohort, words: Words, depth: int | None = None, *, findings: bool = False
) -> "nx.DiGraph[str]":
    """Merge the chains of the cohort: a node is a class, a link is told in the cases that it names.

    A node is a `cause`, or the `event`, `finding` or `outcome` to which the chain leads. Causes and events are linked
    as the reports state it; from event to finding and outcome a link says only that one case has both.
    """
    links = read_links(store, cohort, words, depth, findings=findings)
    chain: nx.DiGraph[str] = nx.DiGraph(name="chains", title=_TITLE, told=_told(links), of=len(cohort.ids))
    for (source, relation, target), cases in _merged(links).items():
        chain.add_edge(source, target, relation=relation, cases=cohort.named(cases))
    middle = _in_the_middle(links)
    for iri in chain:
        having = {link.case for link in links if iri in (link.source, link.target)}
        attributes = {"label": words.labels.get(iri, iri), "kind": _kind(chain, iri), "cases": cohort.named(having)}
        chain.nodes[iri].update(attributes, middle=len(middle.get(iri, ())))
    return chain


def untold(links_told: int, of: int) -> str:
    """Say how many cases tell no chain: not reported is not the same as without a cause."""
    return f"{of - links_told} of {of} cases report no cause; they are not in the chains."


_TITLE = "Causal chains of the reported cases, merged"


def _told(links: tuple[Told, ...]) -> int:
    return len({link.case for link in links if link.relation == LED_TO})


def _merged(links: tuple[Told, ...]) -> dict[tuple[str, str, str], set[str]]:
    merged: defaultdict[tuple[str, str, str], set[str]] = defaultdict(set)
    for link in links:
        merged[link.source, link.relation, link.target].add(link.case)
    return dict(sorted(merged.items()))


def _kind(chain: "nx.DiGraph[str]", iri: str) -> str:
    """Say what a node is by its links: only causes lead to, only events end in or show as something."""
    leading = {held["relation"] for _, _, held in chain.out_edges(iri, data=True)}
    reached = {held["relation"] for _, _, held in chain.in_edges(iri, data=True)}
    return next(kind for kind, holds in _kinds(leading, reached) if holds)


def _kinds(leading: set[str], reached: set[str]) -> Iterator[tuple[str, bool]]:
    yield "cause", LED_TO in leading
    yield "outcome", ENDED_IN in reached
    yield "finding", SHOWED in reached
    yield "event", True


def _in_the_middle(links: tuple[Told, ...]) -> dict[str, set[str]]:
    """Return for each class the cases in whose own chain it stands between two others."""
    sources: defaultdict[str, set[str]] = defaultdict(set)
    targets: defaultdict[str, set[str]] = defaultdict(set)
    for link in links:
        sources[link.source].add(link.case)
        targets[link.target].add(link.case)
    return {iri: sources[iri] & cases for iri, cases in targets.items() if iri in sources}

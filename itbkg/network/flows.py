"""The chains of cases as flows through four columns: first cause, mechanism, event, outcome."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

import networkx as nx

from itbkg.network.cohort import Cohort
from itbkg.network.merged import ENDED_IN, LED_TO, Told, read_links
from itbkg.network.words import Words
from itbkg.store import Store

#: The columns, from left to right.
STAGES = ("cause", "mechanism", "event", "outcome")
NO_MECHANISM, NO_OUTCOME = "no other kind of step told", "outcome not reported"


@dataclass(frozen=True, slots=True)
class Flow:
    """What `n` of `of` cases tell: from a class of one stage to a class of the next; `cases` by id.

    `mechanism` is the last cause before the event. A case with several causes or outcomes is in several flows.
    """

    stage: str
    source: str
    next_stage: str
    target: str
    n: int
    of: int
    cases: tuple[str, ...]


def flows(store: Store, cohort: Cohort, words: Words, depth: int | None = 1) -> tuple[Flow, ...]:
    """Return the flows of the cases that name a cause, classes lifted to a depth; `of` counts these cases."""
    by_case: defaultdict[str, list[Told]] = defaultdict(list)
    for link in read_links(store, cohort, words, depth, findings=False):
        by_case[link.case].append(link)
    told = {case: links for case, links in by_case.items() if any(link.relation == LED_TO for link in links)}
    cases: defaultdict[tuple[int, str, str], set[str]] = defaultdict(set)
    for case, links in sorted(told.items()):
        for steps in _ways(links, words.labels):
            for stage, (source, target) in enumerate(pairwise(steps)):
                cases[stage, source, target].add(case)
    return tuple(_flow(key, cohort.named(having), len(told)) for key, having in sorted(cases.items()))


def _flow(key: tuple[int, str, str], cases: tuple[str, ...], of: int) -> Flow:
    stage, source, target = key
    return Flow(STAGES[stage], source, STAGES[stage + 1], target, len(cases), of, cases)


def _ways(links: Sequence[Told], labels: Mapping[str, str]) -> Iterator[tuple[str, ...]]:
    """Yield the labels of every way of one case: first cause, last cause before the event, event, outcome."""
    chain: nx.DiGraph[str] = nx.DiGraph()
    chain.add_edges_from((link.source, link.target) for link in links if link.relation == LED_TO)
    firsts = [node for node in chain if chain.in_degree(node) == 0]
    ends = [node for node in chain if chain.out_degree(node) == 0]
    outcomes = defaultdict[str, list[str]](list)
    for link in links:
        if link.relation == ENDED_IN:
            outcomes[link.source].append(labels[link.target])
    for first in firsts:
        for path in nx.all_simple_paths(chain, first, ends):
            mechanism = labels[path[-2]] if len(path) > 2 else NO_MECHANISM  # noqa: PLR2004 - cause and event
            for outcome in outcomes[path[-1]] or [NO_OUTCOME]:
                yield labels[first], mechanism, labels[path[-1]], outcome

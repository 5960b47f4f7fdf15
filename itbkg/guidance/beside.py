"""What a case did, beside what is advised for its events."""

from collections import defaultdict
from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass
from difflib import get_close_matches

from itbkg.cases.listing import list_cases
from itbkg.cases.rows import named_rows, number, whole
from itbkg.errors import NotFoundError
from itbkg.store import PREFIX_LINES, Store, once

#: What is advised for each class of event; the same for every case.
_ADVICE = f"""{PREFIX_LINES}
SELECT DISTINCT ?event ?document ?step ?statement ?advice ?condition ?sense ?class ?act WHERE {{
  ?statement itb:concernsClass ?event ; a itb:Recommendation ; rdfs:label ?advice .
  ?event rdfs:subClassOf itb:TherapyEvent .
  ?statement itb:inDocument/rdfs:label ?document .
  VALUES (?property ?sense) {{ (itb:advisesClass "advised") (itb:advisesAgainstClass "advised against") }}
  VALUES ?branch {{ itb:Treatment itb:Investigation }}
  ?statement ?property ?class .
  ?class rdfs:subClassOf ?branch ; rdfs:label ?act .
  OPTIONAL {{ ?statement itb:step ?step }}
  OPTIONAL {{ ?statement itb:condition ?condition }}
}} ORDER BY ?document (!BOUND(?step)) ?step ?statement ?sense ?act ?class ?event
"""
_EVENTS = f"{PREFIX_LINES} SELECT DISTINCT ?case ?event WHERE {{ ?case itb:hasEvent/a ?event }} ORDER BY ?event"
_DENIED = f"""{PREFIX_LINES}
SELECT DISTINCT ?case ?class WHERE {{
  ?case itb:hasAbsence ?absence . ?absence itb:absentClass ?class ; itb:statedAt ?place .
}} ORDER BY ?class
"""
_DONE = f"""{PREFIX_LINES}
SELECT DISTINCT ?case ?class ?done ?label ?earliest ?latest ?place WHERE {{
  VALUES ?relation {{ itb:hasTreatment itb:hasInvestigation }} ?case ?relation ?done .
  ?done a ?class ; rdfs:label ?label ; itb:statedAt/rdfs:label ?place .
  OPTIONAL {{ ?done itb:earliestHours ?earliest }}
  OPTIONAL {{ ?done itb:latestHours ?latest }}
}} ORDER BY ?earliest ?done ?place ?class ?latest ?label
"""


@dataclass(frozen=True, slots=True)
class Deed:
    """An act that the course of a case tells; hours count from the case's clock zero."""

    iri: str
    label: str
    earliest_hours: float | None
    latest_hours: float | None
    place: str


@dataclass(frozen=True, slots=True)
class Beside:
    """One advised act beside a case: `state` is done, stated as not done, or not reported.

    What is not reported may have been done or not. `sense` is advised, or advised against under the `condition`.
    """

    document: str
    step: int | None
    advice: str
    condition: str
    sense: str
    act: str
    state: str
    deeds: tuple[Deed, ...]


def beside_guidance(store: Store, case: str) -> tuple[Beside, ...]:
    """Lay what a case (`publication/case`) did beside every treatment and investigation advised for its events.

    NotFoundError, with ids of like spelling, where there is no such case.
    """
    known = {row.id: row.iri for row in list_cases(store)}
    if case not in known:
        raise NotFoundError("case", case, get_close_matches(case, known, n=3, cutoff=0.5))
    iri = known[case]
    events = {row["event"] for row in named_rows(store, _EVENTS, case=iri)}
    denied = {row["class"] for row in named_rows(store, _DENIED, case=iri)}
    done = named_rows(store, _DONE, case=iri)
    return tuple(
        _beside(act, reach.classes, done, denied)
        for act, reach in _advised_acts(store).items()
        if events & reach.events
    )


@dataclass(frozen=True, slots=True)
class _Reach:
    """For which classes of events an act is advised, and which classes of what was done are it."""

    events: frozenset[str]
    classes: frozenset[str]


#: Document, step, statement, advice, condition, sense and act.
_Act = tuple[str, ...]


@once
def _advised_acts(store: Store) -> Mapping[_Act, _Reach]:
    """Read every act that is advised for any event, in the order in which it is told."""
    events: defaultdict[_Act, set[str]] = defaultdict(set)
    classes: defaultdict[_Act, set[str]] = defaultdict(set)
    for row in named_rows(store, _ADVICE):
        act = tuple(row[name] for name in ("document", "step", "statement", "advice", "condition", "sense", "act"))
        events[act].add(row["event"])
        classes[act].add(row["class"])
    return {act: _Reach(frozenset(events[act]), frozenset(classes[act])) for act in events}


def _beside(act: _Act, classes: Set[str], done: Sequence[Mapping[str, str]], denied: Set[str]) -> Beside:
    document, step, _, advice, condition, sense, label = act
    deeds = tuple(dict.fromkeys(_deed(row) for row in done if row["class"] in classes))
    state = "done" if deeds else "stated as not done" if denied & classes else "not reported"
    return Beside(document, whole(step), advice, condition, sense, label, state, deeds)


def _deed(row: Mapping[str, str]) -> Deed:
    return Deed(row["done"], row["label"], number(row["earliest"]), number(row["latest"]), row["place"])

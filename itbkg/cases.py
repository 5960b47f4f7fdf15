"""The cases of a graph, and one case as it is told: patient, course, causes, outcomes, each with its place."""

from collections.abc import Iterator
from dataclasses import dataclass
from difflib import get_close_matches

from itbkg.errors import NotFoundError
from itbkg.network import causal_chain, causal_paths
from itbkg.store import Store

_PREFIXES = """
PREFIX itb: <https://w3id.org/itbkg/ont/>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
"""

_CASES = f"""{_PREFIXES}
SELECT ?case ?id ?title (GROUP_CONCAT(?event; separator=", ") AS ?events) ?year ?reading WHERE {{
  {{ SELECT ?case ?event WHERE {{ ?case itb:hasEvent/rdfs:label ?event }} ORDER BY ?case ?event }}
  ?case a itb:Case ; rdfs:label ?id ; itb:title ?title ; itb:reportedIn ?publication .
  ?publication itb:readAs/rdfs:label ?reading .
  OPTIONAL {{ ?publication itb:year ?year }}
}} GROUP BY ?case ?id ?title ?year ?reading ORDER BY ?id
"""

_HEAD = f"""{_PREFIXES}
SELECT ?case ?id ?title ?narrative ?clock ?episodes ?citation ?byline ?year ?journal ?doi ?pmid ?address ?reading
       ?review ?cited ?secondary ?note ?sex ?age ?ageMinimum ?ageMaximum ?therapyDose ?concentration ?pump
       ?monthsSinceImplant WHERE {{
  ?case rdfs:label ?id ; itb:title ?title ; itb:narrative ?narrative ; itb:reportedIn ?publication ;
        itb:hasPatient ?patient .
  ?publication itb:title ?citation ; itb:readAs/rdfs:label ?reading ; itb:reviewStatus/rdfs:label ?review ;
               itb:citationStatus/rdfs:label ?cited .
  OPTIONAL {{ ?case itb:clock/rdfs:label ?clock }}
  OPTIONAL {{ ?case itb:episodes ?episodes }}
  OPTIONAL {{ ?publication itb:byline ?byline }}
  OPTIONAL {{ ?publication itb:year ?year }}
  OPTIONAL {{ ?publication itb:journal ?journal }}
  OPTIONAL {{ ?publication itb:doi ?doi }}
  OPTIONAL {{ ?publication itb:pmid ?pmid }}
  OPTIONAL {{ ?publication itb:webAddress ?address }}
  OPTIONAL {{ ?publication itb:secondarySource ?secondary }}
  OPTIONAL {{ ?publication itb:note ?note }}
  OPTIONAL {{ ?patient itb:sex/rdfs:label ?sex }}
  OPTIONAL {{ ?patient itb:ageText ?age }}
  OPTIONAL {{ ?patient itb:ageMinimum ?ageMinimum }}
  OPTIONAL {{ ?patient itb:ageMaximum ?ageMaximum }}
  OPTIONAL {{
    ?case itb:hasTherapy ?therapy .
    OPTIONAL {{ ?therapy itb:valueText ?therapyDose }}
    OPTIONAL {{ ?therapy itb:concentrationText ?concentration }}
    OPTIONAL {{ ?therapy itb:pumpModel/rdfs:label ?pump }}
    OPTIONAL {{ ?therapy itb:hoursSinceImplant ?hours . BIND(ROUND(?hours / 730.5) AS ?monthsSinceImplant) }}
  }}
}}
"""

_EVENTS = f"""{_PREFIXES}
SELECT ?case ?label WHERE {{
  ?case itb:hasEvent/rdfs:label ?label .
}} ORDER BY ?label
"""

_CIRCUMSTANCES = f"""{_PREFIXES}
SELECT ?case ?label WHERE {{
  ?case itb:circumstance ?label .
}} ORDER BY ?label
"""

_CONDITIONS = f"""{_PREFIXES}
SELECT ?case ?label WHERE {{
  ?case itb:hasPatient/itb:hasCondition/rdfs:label ?label .
}} ORDER BY ?label
"""

_COURSE = f"""{_PREFIXES}
SELECT ?case ?order ?statement ?kind ?label ?earliest ?latest ?hospitalDay ?value ?reference ?interval ?route
       ?severity ?became ?detail ?printed ?discrepancy ?impliedBy ?place WHERE {{
  ?case ?property ?statement .
  VALUES (?property ?kind) {{
    (itb:hasFinding "finding") (itb:hasAbsence "absent") (itb:hasMeasurement "measurement")
    (itb:hasTreatment "treatment") (itb:hasInvestigation "investigation") (itb:considered "considered")
    (itb:hasDelay "delay") (itb:hasOutcome "outcome")
  }}
  ?statement rdfs:label ?label ; itb:statedAt/rdfs:label ?place .
  OPTIONAL {{ ?statement itb:storyOrder ?order }}
  OPTIONAL {{ ?statement itb:earliestHours ?earliest }}
  OPTIONAL {{ ?statement itb:latestHours ?latest }}
  OPTIONAL {{ ?statement itb:hospitalDay ?hospitalDay }}
  OPTIONAL {{ ?statement itb:valueText ?value }}
  OPTIONAL {{ ?statement itb:referenceText ?reference }}
  OPTIONAL {{ ?statement itb:interval ?interval }}
  OPTIONAL {{ ?statement itb:route/rdfs:label ?route }}
  OPTIONAL {{ ?statement itb:severity/rdfs:label ?severity }}
  OPTIONAL {{ ?statement itb:became/rdfs:label ?became }}
  OPTIONAL {{ ?statement itb:detail ?detail }}
  OPTIONAL {{ ?statement itb:printedText ?printed }}
  OPTIONAL {{ ?statement itb:discrepancy ?discrepancy }}
  OPTIONAL {{ ?statement itb:impliedBy/rdfs:label ?impliedBy }}
}} ORDER BY ?order ?kind ?statement
"""

_RESPONSES = f"""{_PREFIXES}
SELECT ?case ?statement ?finding ?response WHERE {{
  ?case itb:hasTreatment ?statement .
  ?statement itb:hasResponse ?change .
  ?change rdfs:label ?response ; itb:aboutClass/rdfs:label ?finding .
}} ORDER BY ?statement ?finding
"""

_SHOWN = f"""{_PREFIXES}
SELECT ?case ?statement ?shown WHERE {{
  ?case itb:hasInvestigation ?statement .
  ?statement itb:shows/rdfs:label ?shown .
}} ORDER BY ?statement ?shown
"""

_LINKS = f"""{_PREFIXES}
SELECT ?case ?cause ?effect ?certainty ?basis ?detail ?place WHERE {{
  ?case itb:hasCausalAssertion ?link .
  ?link itb:assertedCause/rdfs:label ?cause ; itb:assertedEffect/rdfs:label ?effect ;
        itb:certainty/rdfs:label ?certainty ; itb:basis/rdfs:label ?basis ; itb:statedAt/rdfs:label ?place .
  OPTIONAL {{ ?link itb:detail ?detail }}
}} ORDER BY ?cause ?effect ?basis
"""


@dataclass(frozen=True, slots=True)
class CaseRow:
    """A case in a list."""

    id: str
    iri: str
    title: str
    events: str
    year: int | None
    read_as: str


@dataclass(frozen=True, slots=True)
class Reference:
    """The publication that tells a case."""

    title: str
    authors: str
    year: int | None
    journal: str
    doi: str
    pmid: str
    address: str
    citation: str
    read_as: str
    secondary_source: str
    review: str
    note: str


@dataclass(frozen=True, slots=True)
class PatientAccount:
    """The patient and the therapy before the event; None or empty where the report does not say."""

    sex: str
    age: str
    age_minimum_years: float | None
    age_maximum_years: float | None
    conditions: tuple[str, ...]
    therapy_dose: str
    concentration: str
    pump: str
    months_since_implant: float | None


@dataclass(frozen=True, slots=True)
class Entry:
    """One statement of the course or an outcome; hours are counted from the case's clock zero.

    `order` is None for a finding that the report does not state and a measurement implies. `responses` maps a
    finding to how it responded to the treatment; `shows` lists what an investigation found or found absent.
    """

    iri: str
    kind: str
    label: str
    order: int | None
    earliest_hours: float | None
    latest_hours: float | None
    hospital_day: int | None
    value: str
    reference_range: str
    interval: str
    route: str
    severity: str
    became: str
    detail: str
    printed: str
    discrepancy: str
    implied_by: str
    place: str
    responses: tuple[tuple[str, str], ...]
    shows: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Link:
    """One link of the causal chain, with its evidence."""

    cause: str
    effect: str
    certainty: str
    basis: tuple[str, ...]
    detail: str
    place: str


@dataclass(frozen=True, slots=True)
class CaseAccount:
    """A whole case as a reader wants it."""

    id: str
    iri: str
    title: str
    narrative: str
    events: tuple[str, ...]
    episodes: int | None
    circumstances: tuple[str, ...]
    clock: str
    reference: Reference
    patient: PatientAccount
    course: tuple[Entry, ...]
    implied: tuple[Entry, ...]
    causal_paths: tuple[tuple[str, ...], ...]
    causes: tuple[Link, ...]
    outcomes: tuple[Entry, ...]


def list_cases(store: Store) -> tuple[CaseRow, ...]:
    """List all cases in id order."""
    return tuple(
        CaseRow(case_id, iri, title, events, int(year) if year else None, reading)
        for iri, case_id, title, events, year, reading in store.select(_CASES).texts()
    )


def tell_case(store: Store, case: str) -> CaseAccount:
    """Tell the case with the id `publication/case`; NotFoundError, with ids of like spelling, where there is none."""
    known = {row.id: row.iri for row in list_cases(store)}
    if case not in known:
        raise NotFoundError("case", case, get_close_matches(case, known, n=3, cutoff=0.5))
    iri = known[case]
    head = _named(store, _HEAD, iri)[0]
    entries = tuple(_entries(store, iri))
    return CaseAccount(
        id=case,
        iri=iri,
        title=head["title"],
        narrative=head["narrative"],
        events=_labels(store, _EVENTS, iri),
        episodes=int(head["episodes"]) if head["episodes"] else None,
        circumstances=_labels(store, _CIRCUMSTANCES, iri),
        clock=head["clock"],
        reference=_reference(head),
        patient=_patient(store, iri, head),
        course=tuple(entry for entry in entries if entry.order is not None and entry.kind != "outcome"),
        implied=tuple(entry for entry in entries if entry.order is None),
        causal_paths=tuple(tuple(path) for path in causal_paths(causal_chain(store, iri))),
        causes=tuple(_links(store, iri)),
        outcomes=tuple(entry for entry in entries if entry.kind == "outcome"),
    )


def _named(store: Store, query: str, case: str) -> list[dict[str, str]]:
    table = store.select(query, case=case)
    return [dict(zip(table.columns, row, strict=True)) for row in table.texts()]


def _labels(store: Store, query: str, case: str) -> tuple[str, ...]:
    return tuple(row["label"] for row in _named(store, query, case))


def _reference(head: dict[str, str]) -> Reference:
    return Reference(
        title=head["citation"],
        authors=head["byline"],
        year=int(head["year"]) if head["year"] else None,
        journal=head["journal"],
        doi=head["doi"],
        pmid=head["pmid"],
        address=head["address"],
        citation=head["cited"],
        read_as=head["reading"],
        secondary_source=head["secondary"],
        review=head["review"],
        note=head["note"],
    )


def _patient(store: Store, case: str, head: dict[str, str]) -> PatientAccount:
    return PatientAccount(
        sex=head["sex"],
        age=head["age"],
        age_minimum_years=_number(head["ageMinimum"]),
        age_maximum_years=_number(head["ageMaximum"]),
        conditions=_labels(store, _CONDITIONS, case),
        therapy_dose=head["therapyDose"],
        concentration=head["concentration"],
        pump=head["pump"],
        months_since_implant=_number(head["monthsSinceImplant"]),
    )


def _entries(store: Store, case: str) -> Iterator[Entry]:
    responses: dict[str, list[tuple[str, str]]] = {}
    for row in _named(store, _RESPONSES, case):
        responses.setdefault(row["statement"], []).append((row["finding"], row["response"]))
    shown: dict[str, list[str]] = {}
    for row in _named(store, _SHOWN, case):
        shown.setdefault(row["statement"], []).append(row["shown"])
    for row in _named(store, _COURSE, case):
        yield Entry(
            iri=row["statement"],
            kind=row["kind"],
            label=row["label"],
            order=int(row["order"]) if row["order"] else None,
            earliest_hours=_number(row["earliest"]),
            latest_hours=_number(row["latest"]),
            hospital_day=int(row["hospitalDay"]) if row["hospitalDay"] else None,
            value=row["value"],
            reference_range=row["reference"],
            interval=row["interval"],
            route=row["route"],
            severity=row["severity"],
            became=row["became"],
            detail=row["detail"],
            printed=row["printed"],
            discrepancy=row["discrepancy"],
            implied_by=row["impliedBy"],
            place=row["place"],
            responses=tuple(responses.get(row["statement"], ())),
            shows=tuple(shown.get(row["statement"], ())),
        )


def _links(store: Store, case: str) -> Iterator[Link]:
    bases: dict[tuple[str, ...], list[str]] = {}
    for row in _named(store, _LINKS, case):
        key = (row["cause"], row["effect"], row["certainty"], row["detail"], row["place"])
        bases.setdefault(key, []).append(row["basis"])
    for (cause, effect, certainty, detail, place), basis in bases.items():
        yield Link(cause, effect, certainty, tuple(basis), detail, place)


def _number(text: str) -> float | None:
    return float(text) if text else None

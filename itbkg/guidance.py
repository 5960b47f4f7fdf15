"""Guidance in a graph: the documents, what they advise in a situation, and what a case did beside what is advised."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from difflib import get_close_matches

from itbkg.errors import NotFoundError
from itbkg.store import PREFIX_LINES, Store

_DOCUMENTS = f"""{PREFIX_LINES}
SELECT ?document ?id ?title ?kind ?publisher ?byline ?year ?address ?reading ?statements WHERE {{
  {{ SELECT ?document (COUNT(?statement) AS ?statements) WHERE {{ ?statement itb:inDocument ?document }}
     GROUP BY ?document }}
  ?document rdfs:label ?id ; itb:title ?title ; itb:readAs/rdfs:label ?reading ; a ?class .
  ?class rdfs:subClassOf itb:GuidanceDocument ; rdfs:label ?kind .
  FILTER NOT EXISTS {{ ?document a ?narrower . ?narrower rdfs:subClassOf ?class }}
  OPTIONAL {{ ?document itb:publisher ?publisher }}
  OPTIONAL {{ ?document itb:byline ?byline }}
  OPTIONAL {{ ?document itb:year ?year }}
  OPTIONAL {{ ?document itb:webAddress ?address }}
}} ORDER BY ?id
"""

_STATEMENTS = f"""{PREFIX_LINES}
SELECT ?asked ?statement ?document ?kind ?label ?step ?condition ?dose ?interval ?route ?within ?numerator
       ?denominator ?percent ?population ?detail ?discrepancy ?place WHERE {{
  {{ ?statement itb:inDocument ?asked }} UNION {{
    ?asked rdfs:subClassOf? ?concerned .
    ?statement itb:concernsClass ?concerned ; a itb:Recommendation .
  }}
  VALUES ?top {{
    itb:Recommendation itb:AlarmMeaning itb:Indication itb:Contraindication itb:Warning itb:Precaution
    itb:TreatmentGoal itb:RiskGroup itb:AdverseReactionStatement itb:SignsStatement itb:LookAlikeStatement
  }}
  ?statement a ?top ; rdfs:label ?label ; itb:inDocument/rdfs:label ?document ; itb:statedAt/rdfs:label ?place .
  ?top rdfs:label ?kind .
  OPTIONAL {{ ?statement itb:step ?step }}
  OPTIONAL {{ ?statement itb:condition ?condition }}
  OPTIONAL {{ ?statement itb:doseText ?dose }}
  OPTIONAL {{ ?statement itb:interval ?interval }}
  OPTIONAL {{ ?statement itb:route/rdfs:label ?route }}
  OPTIONAL {{ ?statement itb:actWithinHours ?within }}
  OPTIONAL {{ ?statement itb:numerator ?numerator }}
  OPTIONAL {{ ?statement itb:denominator ?denominator }}
  OPTIONAL {{ ?statement itb:percent ?percent }}
  OPTIONAL {{ ?statement itb:population ?population }}
  OPTIONAL {{ ?statement itb:detail ?detail }}
  OPTIONAL {{ ?statement itb:discrepancy ?discrepancy }}
}} ORDER BY ?document ?kind (!BOUND(?step)) ?step ?statement
"""

_NAMES = f"""{PREFIX_LINES}
SELECT ?statement ?property ?label WHERE {{
  ?statement itb:inDocument ?document ; ?property ?thing .
  VALUES ?property {{ itb:concernsClass itb:advisesClass itb:advisesAgainstClass itb:consequenceClass itb:actor }}
  ?thing rdfs:label ?label .
}} ORDER BY ?statement ?property ?label
"""

_SITUATIONS = f"""{PREFIX_LINES}
SELECT DISTINCT ?name ?class WHERE {{
  ?statement itb:concernsClass ?concerned .
  ?class rdfs:subClassOf? ?concerned ; rdfs:label|skos:altLabel ?name .
}} ORDER BY ?name ?class
"""

_CASES = f"""{PREFIX_LINES}
SELECT ?id ?case {{ ?case a itb:Case ; rdfs:label ?id }} ORDER BY ?id
"""

_BESIDE = f"""{PREFIX_LINES}
SELECT DISTINCT ?case ?document ?step ?statement ?advice ?condition ?sense ?act ?done ?label ?earliest ?latest ?place
       ?denied WHERE {{
  ?case itb:hasEvent/a ?event .
  ?event rdfs:subClassOf itb:TherapyEvent .
  ?statement itb:concernsClass ?event ; a itb:Recommendation ; rdfs:label ?advice .
  ?statement itb:inDocument/rdfs:label ?document .
  VALUES (?property ?sense) {{ (itb:advisesClass "advised") (itb:advisesAgainstClass "advised against") }}
  VALUES ?branch {{ itb:Treatment itb:Investigation }}
  ?statement ?property ?class .
  ?class rdfs:subClassOf ?branch ; rdfs:label ?act .
  OPTIONAL {{ ?statement itb:step ?step }}
  OPTIONAL {{ ?statement itb:condition ?condition }}
  OPTIONAL {{ ?case itb:hasAbsence ?absence . ?absence itb:absentClass ?class ; itb:statedAt/rdfs:label ?denied }}
  OPTIONAL {{
    ?case itb:hasTreatment|itb:hasInvestigation ?done .
    ?done a ?class ; rdfs:label ?label ; itb:statedAt/rdfs:label ?place .
    OPTIONAL {{ ?done itb:earliestHours ?earliest }}
    OPTIONAL {{ ?done itb:latestHours ?latest }}
  }}
}} ORDER BY ?document (!BOUND(?step)) ?step ?statement ?sense ?act ?earliest ?done ?place ?denied
"""


@dataclass(frozen=True, slots=True)
class DocumentRow:
    """A guidance document in a list; a text is empty, and the year None, where it is not known."""

    id: str
    iri: str
    title: str
    kind: str
    publisher: str
    authors: str
    year: int | None
    url: str
    read_as: str
    statements: int


@dataclass(frozen=True, slots=True)
class Statement:
    """One statement of a document; what the document does not say is empty or None.

    `concerns` names what it is about, the sign or effect that it names included; `within_hours` 0 is at once.
    `percent` is as printed and never computed.
    """

    iri: str
    document: str
    kind: str
    label: str
    step: int | None
    concerns: tuple[str, ...]
    condition: str
    advises: tuple[str, ...]
    advises_against: tuple[str, ...]
    dose: str
    interval: str
    route: str
    actors: tuple[str, ...]
    within_hours: float | None
    consequences: tuple[str, ...]
    numerator: int | None
    denominator: int | None
    percent: float | None
    population: str
    detail: str
    discrepancy: str
    place: str


@dataclass(frozen=True, slots=True)
class Document:
    """A document with its statements."""

    about: DocumentRow
    statements: tuple[Statement, ...]


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


def list_documents(store: Store) -> tuple[DocumentRow, ...]:
    """List the guidance documents in id order."""
    return tuple(
        DocumentRow(
            id=row["id"],
            iri=row["document"],
            title=row["title"],
            kind=row["kind"],
            publisher=row["publisher"],
            authors=row["byline"],
            year=_whole(row["year"]),
            url=row["address"],
            read_as=row["reading"],
            statements=int(row["statements"]),
        )
        for row in _rows(store, _DOCUMENTS)
    )


def tell_document(store: Store, document: str) -> Document:
    """Tell a document by its id; NotFoundError, with ids of like spelling, where there is none."""
    known = {row.id: row for row in list_documents(store)}
    if document not in known:
        raise NotFoundError("guidance document", document, get_close_matches(document, known, n=3, cutoff=0.5))
    return Document(known[document], tuple(_statements(store, known[document].iri)))


def recommendations_for(store: Store, situation: str) -> tuple[Statement, ...]:
    """List what all documents advise for an event, alarm, cause, finding or condition, in the order of their steps.

    `situation` is a label or synonym; advice for a wider class holds for the narrower. NotFoundError, with names of
    like spelling, where no advice is about anything of that name.
    """
    known = {row["name"].casefold(): row["class"] for row in _rows(store, _SITUATIONS)}
    name = " ".join(situation.casefold().split())
    if name not in known:
        raise NotFoundError("situation with advice", situation, get_close_matches(name, known, n=3, cutoff=0.6))
    return tuple(_statements(store, known[name]))


def beside_guidance(store: Store, case: str) -> tuple[Beside, ...]:
    """Lay what a case (`publication/case`) did beside every treatment and investigation advised for its events.

    NotFoundError, with ids of like spelling, where there is no such case.
    """
    known = {row["id"]: row["case"] for row in _rows(store, _CASES)}
    if case not in known:
        raise NotFoundError("case", case, get_close_matches(case, known, n=3, cutoff=0.5))
    groups: defaultdict[tuple[str, ...], list[dict[str, str]]] = defaultdict(list)
    for row in _rows(store, _BESIDE, case=known[case]):
        key = ("document", "step", "statement", "advice", "condition", "sense", "act")
        groups[tuple(row[name] for name in key)].append(row)
    return tuple(_beside(key, rows) for key, rows in groups.items())


def _beside(key: tuple[str, ...], rows: list[dict[str, str]]) -> Beside:
    document, step, _, advice, condition, sense, act = key
    deeds = tuple(dict.fromkeys(_deed(row) for row in rows if row["done"]))
    denied = any(row["denied"] for row in rows)
    state = "done" if deeds else "stated as not done" if denied else "not reported"
    return Beside(document, _whole(step), advice, condition, sense, act, state, deeds)


def _deed(row: Mapping[str, str]) -> Deed:
    return Deed(row["done"], row["label"], _number(row["earliest"]), _number(row["latest"]), row["place"])


def _statements(store: Store, asked: str) -> Iterator[Statement]:
    """Yield the statements of a document, or the recommendations for a class, by its IRI."""
    names: defaultdict[str, defaultdict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    for row in _rows(store, _NAMES):
        names[row["statement"]][row["property"].rsplit("/", 1)[-1]].append(row["label"])
    for row in {row["statement"]: row for row in _rows(store, _STATEMENTS, asked=asked)}.values():
        yield _statement(row, names[row["statement"]])


def _statement(row: Mapping[str, str], names: Mapping[str, list[str]]) -> Statement:
    return Statement(
        iri=row["statement"],
        document=row["document"],
        kind=row["kind"],
        label=row["label"],
        step=_whole(row["step"]),
        concerns=tuple(names.get("concernsClass", ())),
        condition=row["condition"],
        advises=tuple(names.get("advisesClass", ())),
        advises_against=tuple(names.get("advisesAgainstClass", ())),
        dose=row["dose"],
        interval=row["interval"],
        route=row["route"],
        actors=tuple(names.get("actor", ())),
        within_hours=_number(row["within"]),
        consequences=tuple(names.get("consequenceClass", ())),
        numerator=_whole(row["numerator"]),
        denominator=_whole(row["denominator"]),
        percent=_number(row["percent"]),
        population=row["population"],
        detail=row["detail"],
        discrepancy=row["discrepancy"],
        place=row["place"],
    )


def _rows(store: Store, query: str, **iris: str) -> list[dict[str, str]]:
    table = store.select(query, **iris)
    return [dict(zip(table.columns, row, strict=True)) for row in table.texts()]


def _whole(text: str) -> int | None:
    return int(text) if text else None


def _number(text: str) -> float | None:
    return float(text) if text else None

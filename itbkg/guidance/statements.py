"""The statements of guidance documents: what is advised, warned of, indicated and known."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from itbkg.cases.rows import named_rows, number, whole
from itbkg.store import PREFIX_LINES, Store, once

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


def read_statements(store: Store, asked: str) -> Iterator[Statement]:
    """Yield the statements of a document, or the recommendations for a class, by its IRI."""
    names = _names(store)
    for row in {row["statement"]: row for row in named_rows(store, _STATEMENTS, asked=asked)}.values():
        yield _statement(row, names.get(row["statement"], {}))


@once
def _names(store: Store) -> Mapping[str, Mapping[str, list[str]]]:
    """Read the labels of what each statement names, by the property that names it."""
    names: defaultdict[str, defaultdict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    for row in named_rows(store, _NAMES):
        names[row["statement"]][row["property"].rsplit("/", 1)[-1]].append(row["label"])
    return names


def _statement(row: Mapping[str, str], names: Mapping[str, list[str]]) -> Statement:
    return Statement(
        iri=row["statement"],
        document=row["document"],
        kind=row["kind"],
        label=row["label"],
        step=whole(row["step"]),
        concerns=tuple(names.get("concernsClass", ())),
        condition=row["condition"],
        advises=tuple(names.get("advisesClass", ())),
        advises_against=tuple(names.get("advisesAgainstClass", ())),
        dose=row["dose"],
        interval=row["interval"],
        route=row["route"],
        actors=tuple(names.get("actor", ())),
        within_hours=number(row["within"]),
        consequences=tuple(names.get("consequenceClass", ())),
        numerator=whole(row["numerator"]),
        denominator=whole(row["denominator"]),
        percent=number(row["percent"]),
        population=row["population"],
        detail=row["detail"],
        discrepancy=row["discrepancy"],
        place=row["place"],
    )

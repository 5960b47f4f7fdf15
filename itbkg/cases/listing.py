"""The cases of a graph as rows of a list."""

from collections.abc import Sequence
from dataclasses import dataclass

from itbkg.cases.names import id_order
from itbkg.cases.rows import gathered, named_rows, number, whole
from itbkg.network import causal_chains, causal_paths
from itbkg.store import PREFIX_LINES, Store, once

_IDS = f"""{PREFIX_LINES}
SELECT ?id ?case WHERE {{ ?case a itb:Case ; rdfs:label ?id }} ORDER BY ?id
"""

_CASES = f"""{PREFIX_LINES}
SELECT ?case ?id ?title ?sex ?age ?ageMinimum ?ageMaximum ?publication ?year ?reading ?review ?cited ?status WHERE {{
  ?case a itb:Case ; rdfs:label ?id ; itb:title ?title ; itb:reportedIn ?source ; itb:hasPatient ?patient .
  ?source rdfs:label ?publication ; itb:readAs/rdfs:label ?reading ; itb:reviewStatus/rdfs:label ?review ;
          itb:citationStatus/rdfs:label ?cited .
  OPTIONAL {{ ?patient itb:sex/rdfs:label ?sex }}
  OPTIONAL {{ ?patient itb:ageText ?age }}
  OPTIONAL {{ ?patient itb:ageMinimum ?ageMinimum }}
  OPTIONAL {{ ?patient itb:ageMaximum ?ageMaximum }}
  OPTIONAL {{ ?source itb:year ?year }}
  OPTIONAL {{ ?source itb:publicationStatus/rdfs:label ?status }}
}} ORDER BY ?id
"""

_EVENTS = f"{PREFIX_LINES} SELECT ?case ?label WHERE {{ ?case itb:hasEvent/rdfs:label ?label }} ORDER BY ?case ?label"
_OUTCOMES = f"""{PREFIX_LINES}
SELECT ?case ?label WHERE {{
  ?case itb:hasOutcome ?outcome . ?outcome rdfs:label ?label ; itb:storyOrder ?order
}} ORDER BY ?case ?order ?label
"""
_AGAIN = f"{PREFIX_LINES} SELECT ?case ?id WHERE {{ ?case itb:samePatientAs/rdfs:label ?id }} ORDER BY ?case ?id"
_TOLD = f"{PREFIX_LINES} SELECT ?case ?id WHERE {{ ?case ^itb:samePatientAs/rdfs:label ?id }} ORDER BY ?case ?id"


@dataclass(frozen=True, slots=True)
class CaseRow:
    """A case in a list; what its report does not say is empty or None.

    `causal_paths` are the ways from each first cause to the event, `causes` all causes on them. `same_patient_as` names
    the cases that this one tells again, `told_again_in` those that tell this one again. `status` says that the
    publication was retracted, corrected or questioned. `age` is as the record writes it in UCUM units, its bounds are
    in years.
    """

    id: str
    iri: str
    title: str
    sex: str
    age: str
    age_minimum_years: float | None
    age_maximum_years: float | None
    events: tuple[str, ...]
    causes: tuple[str, ...]
    causal_paths: tuple[tuple[str, ...], ...]
    outcomes: tuple[str, ...]
    publication: str
    year: int | None
    read_as: str
    review: str
    citation: str
    status: str
    same_patient_as: tuple[str, ...]
    told_again_in: tuple[str, ...]


def case_ids(store: Store) -> dict[str, str]:
    """Return the IRI of each case by its id."""
    return {row["id"]: row["case"] for row in named_rows(store, _IDS)}


@once
def list_cases(store: Store) -> tuple[CaseRow, ...]:
    """List all cases in id order, the numbers in an id counted: `doe-1901/2` before `doe-1901/10`."""
    chains = {case: causal_paths(chain) for case, chain in causal_chains(store).items()}
    several = {name: gathered(store, query) for name, query in _SEVERAL.items()}
    rows = [
        CaseRow(
            id=row["id"],
            iri=(iri := row["case"]),
            title=row["title"],
            sex=row["sex"],
            age=row["age"],
            age_minimum_years=number(row["ageMinimum"]),
            age_maximum_years=number(row["ageMaximum"]),
            events=several["events"].get(iri, ()),
            causes=_causes(paths := chains.get(iri, [])),
            causal_paths=tuple(map(tuple, paths)),
            outcomes=several["outcomes"].get(iri, ()),
            publication=row["publication"],
            year=whole(row["year"]),
            read_as=row["reading"],
            review=row["review"],
            citation=row["cited"],
            status=row["status"],
            same_patient_as=several["again"].get(iri, ()),
            told_again_in=several["told"].get(iri, ()),
        )
        for row in named_rows(store, _CASES)
    ]
    return tuple(sorted(rows, key=lambda row: id_order(row.id)))


_SEVERAL = {"events": _EVENTS, "outcomes": _OUTCOMES, "again": _AGAIN, "told": _TOLD}


def _causes(paths: Sequence[Sequence[str]]) -> tuple[str, ...]:
    """Name all causes, the first ones first; the end of a path is the event."""
    return tuple(dict.fromkeys(label for path in paths for label in path[:-1]))

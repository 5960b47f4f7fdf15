"""Cases to teach from: the corpus ordered by how much there is in a case, and which of them has what is wanted."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from itbkg.errors import NotFoundError, ParameterError
from itbkg.store import PREFIX_LINES
from itbkg.teaching.drafting import missing_in
from itbkg.teaching.making import Workshop

_HELD = f"""{PREFIX_LINES}
SELECT ?case ?full (COUNT(DISTINCT ?statement) AS ?statements) (COUNT(DISTINCT ?thought) AS ?thoughts)
       (COUNT(DISTINCT ?test) AS ?tests) (COUNT(DISTINCT ?step) AS ?steps) WHERE {{
  ?iri a itb:Case ; rdfs:label ?case ; itb:reportedIn ?publication ; itb:hasCause ?cause ; itb:hasOutcome ?outcome .
  BIND(EXISTS {{ ?publication itb:readAs itb:FullText }} AS ?full)
  FILTER NOT EXISTS {{ ?publication itb:publicationStatus itb:RetractedPublication }}
  FILTER NOT EXISTS {{ ?iri itb:samePatientAs ?other }}
  ?iri itb:hasFinding|itb:hasMeasurement|itb:hasTreatment|itb:hasInvestigation|itb:considered ?statement .
  OPTIONAL {{ ?iri itb:considered ?thought }}
  OPTIONAL {{ ?iri itb:hasInvestigation ?test . ?test itb:shows ?shown . ?shown a itb:Cause }}
  OPTIONAL {{
    ?iri itb:hasEvent/a ?event .
    ?step itb:concernsClass ?event ; a itb:Recommendation ; itb:step ?number .
  }}
}} GROUP BY ?case ?full ORDER BY DESC(?full) DESC(?statements) ?case
"""


@dataclass(frozen=True, slots=True)
class Wish:
    """What a case is wanted to have; nothing where anything will do."""

    objective: str = ""
    cause: str = ""
    outcome: str = ""


#: For each objective, what a case needs so that it can be reached with it.
OBJECTIVES: Mapping[str, Callable[[Mapping[str, str]], bool]] = {
    "first-thoughts": lambda row: int(row["thoughts"]) > 0,
    "next-step": lambda row: int(row["tests"]) > 0,
    "order": lambda row: int(row["steps"]) > 0,
    "sources": lambda _row: True,
}


def pick_case(workshop: Workshop, wish: Wish) -> str:
    """Choose the case with most to teach from that has what is wanted: full texts first, then by its statements.

    Raises ParameterError for an objective that there is not, UnknownWordError for a word that is not known and
    NotFoundError where no case that holds enough has all of it.
    """
    for case in suitable_cases(workshop, wish):
        if not missing_in(workshop.desk.account(case)):
            return case
    asked = ", ".join(part for part in (wish.objective, wish.cause, wish.outcome) if part) or "anything"
    raise NotFoundError("case with enough to teach", asked)


def suitable_cases(workshop: Workshop, wish: Wish) -> Iterator[str]:
    """Yield the cases that have what is wanted, those with most to teach from first; raises as `pick_case` does."""
    if wish.objective and wish.objective not in OBJECTIVES:
        raise ParameterError(f"'{wish.objective}' is no objective; there is {', '.join(OBJECTIVES)}")
    kept = [
        _reporting(workshop, branch, word)
        for branch, word in (("cause", wish.cause), ("outcome", wish.outcome))
        if word
    ]
    table = workshop.store.select(_HELD)
    for row in (dict(zip(table.columns, cells, strict=True)) for cells in table.texts()):
        if all(row["case"] in cases for cases in kept) and OBJECTIVES[wish.objective or "sources"](row):
            yield row["case"]


def _reporting(workshop: Workshop, branch: str, word: str) -> set[str]:
    term = workshop.words.find(branch, word)
    return {row["case"] for row in workshop.desk.rows("reports-of", thing=term.iri)}

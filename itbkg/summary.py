"""What a graph holds in all, and how far it can be trusted: every count with the count that it is of."""

from collections.abc import Mapping
from dataclasses import dataclass

from rdflib import RDF, RDFS, URIRef

from itbkg.namespaces import ITB
from itbkg.store import Store, once


@dataclass(frozen=True, slots=True)
class Share:
    """So many of so many."""

    n: int
    of: int

    def __str__(self) -> str:
        return f"{self.n} of {self.of}"


@dataclass(frozen=True, slots=True)
class Standing:
    """How far one kind of publications can be trusted, by the labels of the ontology's values.

    `review` says how far their records were checked, `citation` whether what is cited was seen, `status` what became of
    them since they appeared, `reading` what was read of them. A value that none has is there too.
    """

    publications: int
    review: Mapping[str, Share]
    citation: Mapping[str, Share]
    status: Mapping[str, Share]
    reading: Mapping[str, Share]


@dataclass(frozen=True, slots=True)
class Summary:
    """The counts of a graph.

    `patients` counts the cases that tell no other one again; `statements` are those of the reports, without what only
    follows from a measured value, `placed` those of them with a place in the source. `causes` and `outcomes` count what
    is stated, `not_reported` the cases that tell nothing of a thing, neither that it was nor that it was absent.
    """

    cases: int
    patients: int
    statements: int
    placed: Share
    causes: int
    outcomes: int
    not_reported: Mapping[str, Share]
    case_reports: Standing
    sources_of_numbers: Standing
    guidance_documents: Standing


def _path(*steps: URIRef) -> str:
    return "/".join(step.n3() for step in steps)


_STATED = (
    f"?case a {ITB.Case.n3()} ; {ITB.hasStatement.n3()} ?one . FILTER NOT EXISTS {{ ?one {ITB.impliedBy.n3()} ?by }}"
)
_FINDINGS = f"{ITB.hasFinding.n3()}|{ITB.hasAbsence.n3()}"
_TIMES = f"{ITB.hasStatement.n3()}/({ITB.earliestHours.n3()}|{ITB.latestHours.n3()})"

#: What a case can tell, with the way from the case to where it would stand.
_TOLD: Mapping[str, str] = {
    "age": _path(ITB.hasPatient, ITB.ageText),
    "sex": _path(ITB.hasPatient, ITB.sex),
    "underlying condition": _path(ITB.hasPatient, ITB.hasCondition),
    "time since implantation": _path(ITB.hasTherapy, ITB.hoursSinceImplant),
    "dose before the event": _path(ITB.hasTherapy, ITB.valueText),
    "concentration": _path(ITB.hasTherapy, ITB.concentrationText),
    "model of the pump": _path(ITB.hasTherapy, ITB.pumpModel),
    "any time": _TIMES,
    "finding, present or absent": _FINDINGS,
    "measurement": _path(ITB.hasMeasurement),
    "investigation": _path(ITB.hasInvestigation),
    "diagnosis considered": _path(ITB.considered),
    "treatment": _path(ITB.hasTreatment),
    "response to treatment": _path(ITB.hasTreatment, ITB.hasResponse),
    "delay": _path(ITB.hasDelay),
    "cause": _path(ITB.hasCausalAssertion),
    "outcome": _path(ITB.hasOutcome),
}

#: The kinds of publication: what is told in each.
_CASE_REPORTS = f"?told a {ITB.Case.n3()} ; {ITB.reportedIn.n3()} ?publication"
_NUMBERS = f"?told a {ITB.PublishedObservation.n3()} ; {ITB.reportedIn.n3()} ?publication"
_GUIDANCE = f"?told {ITB.inDocument.n3()} ?publication"


@once
def summarize(store: Store) -> Summary:
    """Count what a graph holds."""
    statements = _count(store, "one", _STATED)
    return Summary(
        cases=_count(store, "case", f"?case a {ITB.Case.n3()}"),
        patients=_count(store, "case", f"?case a {ITB.Case.n3()} {_without(ITB.samePatientAs.n3())}"),
        statements=statements,
        placed=Share(_count(store, "one", f"{_STATED} ?one {ITB.statedAt.n3()} ?place"), statements),
        causes=_count(store, "one", f"?case {ITB.hasCausalAssertion.n3()} ?one"),
        outcomes=_count(store, "one", f"?case {ITB.hasOutcome.n3()} ?one"),
        not_reported=_not_reported(store),
        case_reports=case_reports(store),
        sources_of_numbers=_standing(store, _NUMBERS),
        guidance_documents=_standing(store, _GUIDANCE),
    )


def case_reports(store: Store) -> Standing:
    """Count how far the publications with cases can be trusted."""
    return _standing(store, _CASE_REPORTS)


def shares_text(shares: Mapping[str, Share]) -> str:
    """Write shares in a line: 'checked 1 of 9, entered 8 of 9'."""
    return ", ".join(f"{what} {share}" for what, share in shares.items())


def _not_reported(store: Store) -> dict[str, Share]:
    cases = _count(store, "case", f"?case a {ITB.Case.n3()}")
    untold = {what: _count(store, "case", f"?case a {ITB.Case.n3()} {_without(way)}") for what, way in _TOLD.items()}
    return {what: Share(n, cases) for what, n in untold.items()}


def _without(way: str) -> str:
    """Leave out the cases from which a way leads somewhere; a finding that is only implied is not told."""
    return f"FILTER NOT EXISTS {{ ?case {way} ?told FILTER NOT EXISTS {{ ?told {ITB.impliedBy.n3()} ?by }} }}"


def _standing(store: Store, told: str) -> Standing:
    publications = _count(store, "publication", told)
    return Standing(
        publications,
        review=_values(store, told, ITB.reviewStatus, ITB.ReviewStatus, publications),
        citation=_values(store, told, ITB.citationStatus, ITB.CitationStatus, publications),
        status=_values(store, told, ITB.publicationStatus, ITB.PublicationStatus, publications),
        reading=_values(store, told, ITB.readAs, ITB.Reading, publications),
    )


def _values(store: Store, told: str, relation: URIRef, kind: URIRef, of: int) -> dict[str, Share]:
    query = f"""SELECT ?label (COUNT(DISTINCT ?publication) AS ?n) {{
      ?value {RDF.type.n3()} {kind.n3()} ; {RDFS.label.n3()} ?label
      OPTIONAL {{ {told} . ?publication {relation.n3()} ?value }}
    }} GROUP BY ?value ?label ORDER BY ?label ?value"""
    return {label: Share(int(n), of) for label, n in store.select(query).texts()}


def _count(store: Store, what: str, pattern: str) -> int:
    rows = store.select(f"SELECT (COUNT(DISTINCT ?{what}) AS ?n) {{ {pattern} }}").texts()
    return int(next(iter(rows))[0])

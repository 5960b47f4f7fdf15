"""The associations of the cases, from the edges of the property graph: one for each statement, with its source.

A case has a phenotype for each finding, negated where the report says that it was absent; a disease for its event and
for each underlying condition; and each link of its causal chain is an association between classes that names the case.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import groupby

from itbkg.exports.graphs.biolink import ASSOCIATIONS, CAUSES, Association, Classes, Row, curie
from itbkg.exports.propertygraph import Edge, Node, PropertyGraph
from itbkg.namespaces import CASE, ITB

_STATED, _ABSENT, _LEADS_TO = str(ITB.statedClass), str(ITB.absentClass), str(ITB.leadsTo)
_HAS_ABSENCE, _REPORTED_IN = str(ITB.hasAbsence), str(ITB.reportedIn)
_PMID, _PMCID, _DOI = str(ITB.pmid), str(ITB.pmcid), str(ITB.doi)
#: The ids of a publication, in Biolink's order of precedence.
_PUBLICATION_IDS = ((_PMID, "PMID:"), (_DOI, "doi:"), (_PMCID, "PMC:"))
SOURCE = "infores:itbkg"


def publication_id(node: Node) -> str:
    """Return the id under which a publication is known: PMID, DOI, PMCID, or our own."""
    for predicate, prefix in _PUBLICATION_IDS:
        for value in node.values.get(predicate, ()):
            return prefix + value.text.removeprefix("PMC") if predicate == _PMCID else prefix + value.text
    return curie(node.id)


def associations(view: PropertyGraph, classes: Classes, publications: Mapping[str, str]) -> Iterator[Row]:
    """Yield a row for each association, case by case; one case is held at a time."""
    for case, edges in groupby(view.edges(), key=lambda edge: case_of(edge.source)):
        if case:
            yield from _Case(case, list(edges), classes, publications).rows()


def case_of(iri: str) -> str:
    """Name the case that something belongs to; empty where it belongs to none."""
    if not iri.startswith(CASE):
        return ""
    return CASE + "/".join(iri.removeprefix(CASE).split("/")[:2])


@dataclass(frozen=True, slots=True)
class _Case:
    iri: str
    edges: list[Edge]
    classes: Classes
    publications: Mapping[str, str]

    def rows(self) -> Iterator[Row]:
        stated = self._classes()
        told_in = sorted({edge.target for edge in self.edges if edge.predicate == _REPORTED_IN})
        for edge in self.edges:
            about = stated.get(edge.target, ())
            if edge.predicate == _LEADS_TO:
                for cause in stated[edge.source]:
                    yield from (self._row(edge, CAUSES, (cause, effect), told_in) for effect in about)
            elif association := ASSOCIATIONS.get(edge.predicate):
                yield from (self._row(edge, association, ("", one), told_in) for one in about)

    def _classes(self) -> Mapping[str, list[str]]:
        """Return the classes that each statement names; what only follows from an absence is left to the reader."""
        named: defaultdict[str, list[str]] = defaultdict(list)
        for edge in self.edges:
            if edge.predicate == _STATED or (edge.predicate == _ABSENT and not edge.inferred):
                named[edge.source].append(edge.target)
        return named

    def _row(self, edge: Edge, kind: Association, ends: tuple[str, str], told_in: list[str]) -> Row:
        cause, about = ends
        statement = edge.told.statements[0] if cause else edge.target
        told = edge.told.publications or told_in
        return {
            "id": curie(statement),
            "category": [kind.name],
            "subject": self.classes.id_of(cause) if cause else curie(self.iri),
            "predicate": kind.predicate,
            "object": self.classes.id_of(about),
            "negated": edge.predicate == _HAS_ABSENCE,
            "publications": [self.publications.get(one, curie(one)) for one in told],
            "primary_knowledge_source": SOURCE,
            "knowledge_level": "logical_entailment" if edge.inferred else "knowledge_assertion",
            "agent_type": "automated_agent" if edge.inferred else "manual_agent",
            "has_confidence_level": " ".join(edge.told.certainty),
            "original_predicate": curie(edge.predicate),
            "original_object": curie(about),
            "case": curie(self.iri),
            "place": edge.told.places,
            "basis": edge.told.basis,
        }

"""Age groups: spans of years that the ontology names."""

from dataclasses import dataclass
from decimal import Decimal

from rdflib import RDF, Graph, Literal, URIRef

from itbkg.errors import OntologyError
from itbkg.namespaces import ITB


@dataclass(frozen=True, slots=True, order=True)
class AgeGroup:
    """A span of ages in years: from `start`, and younger than `end`."""

    iri: URIRef
    start: Decimal
    end: Decimal

    def holds(self, low: Decimal | None, high: Decimal | None, *, below: bool) -> bool:
        """Say whether every age from `low` to `high` lies in the span; None is an open end.

        `below` says that `high` itself is not reached, as in an age given as `<18 a`. An age of 17 is any time before
        the eighteenth birthday, and 17 < 18 is all that is asked.
        """
        starts = (low if low is not None else Decimal(0)) >= self.start
        open_ended = high is None and low is not None and self.end > LONGEST_LIFE
        return starts and (open_ended or (high is not None and (high < self.end or (below and high == self.end))))


#: No one has lived longer, in years: a group that ends above it is open.
LONGEST_LIFE = 130


def read_age_groups(ontology: Graph) -> tuple[AgeGroup, ...]:
    """Read the age groups, in IRI order; OntologyError for one without its bounds."""
    groups = (iri for iri in ontology.subjects(RDF.type, ITB.AgeGroup) if isinstance(iri, URIRef))
    return tuple(sorted(_read(ontology, iri) for iri in groups))


def _read(ontology: Graph, iri: URIRef) -> AgeGroup:
    bounds = [ontology.value(iri, bound) for bound in (ITB.fromYears, ITB.belowYears)]
    if not all(isinstance(bound, Literal) for bound in bounds):
        raise OntologyError(f"age group <{iri}> lacks itb:fromYears or itb:belowYears")
    start, end = (Decimal(str(bound)) for bound in bounds)
    return AgeGroup(iri, start, end)

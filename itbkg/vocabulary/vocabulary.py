"""The whole vocabulary, read once from the ontology's folder and handed to what needs it."""

from functools import cached_property
from pathlib import Path

from rdflib import Graph, Literal, URIRef

from itbkg.namespaces import ITB
from itbkg.vocabulary.ages import AgeGroup, read_age_groups
from itbkg.vocabulary.measures import (
    DelayRule,
    Measure,
    ThresholdRule,
    read_delay_rules,
    read_measures,
    read_rules,
)
from itbkg.vocabulary.ontology import read_ontology
from itbkg.vocabulary.units import Units
from itbkg.vocabulary.words import Words


class Vocabulary:
    """Words, units and measurements of one ontology; `graph` holds all its triples."""

    def __init__(self, graph: Graph) -> None:
        self.graph = graph
        self.words = Words(graph)

    @classmethod
    def read(cls, folder: Path) -> "Vocabulary":
        """Read the modules in `folder`; OntologyError where one cannot be used."""
        return cls(read_ontology(folder))

    @cached_property
    def units(self) -> Units:
        """The units of measure."""
        return Units(self.graph)

    @cached_property
    def measures(self) -> dict[URIRef, Measure]:
        """Kinds of measurement by class."""
        return read_measures(self.graph)

    @cached_property
    def rules(self) -> tuple[ThresholdRule, ...]:
        """The threshold rules, in IRI order."""
        return read_rules(self.graph)

    @cached_property
    def delay_rules(self) -> tuple[DelayRule, ...]:
        """The delay rules, in IRI order."""
        return read_delay_rules(self.graph)

    def class_of_value(self, value: URIRef) -> URIRef | None:
        """Return the class of the statements that have a value, where the ontology names one."""
        implied = self.graph.value(value, ITB.impliesClass)
        return implied if isinstance(implied, URIRef) else None

    @cached_property
    def age_groups(self) -> tuple[AgeGroup, ...]:
        """The age groups, in IRI order."""
        return read_age_groups(self.graph)

    def starts_hospital_days(self, clock: URIRef) -> bool:
        """Say whether a clock zero falls on hospital day 1."""
        return (clock, ITB.startsHospitalDays, Literal(True)) in self.graph

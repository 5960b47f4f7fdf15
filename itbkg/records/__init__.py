"""A record as its curator writes it: frozen models with no knowledge of the ontology or of RDF."""

from itbkg.records.case import Case, CauseLink, OutcomeLine, Patient, Therapy
from itbkg.records.guidance import Document, Guidance, GuidanceLine
from itbkg.records.lines import (
    Absence,
    Considered,
    DelayLine,
    FindingLine,
    InvestigationLine,
    Line,
    MeasurementLine,
    TreatmentLine,
)
from itbkg.records.parts import Sourced, Timed
from itbkg.records.place import Place
from itbkg.records.publication import Publication, Report
from itbkg.records.published import Observation, Overlap, Overlaps, Published, Source
from itbkg.records.quantity import Quantity
from itbkg.records.words import Word

__all__ = [
    "Absence",
    "Case",
    "CauseLink",
    "Considered",
    "DelayLine",
    "Document",
    "FindingLine",
    "Guidance",
    "GuidanceLine",
    "InvestigationLine",
    "Line",
    "MeasurementLine",
    "Observation",
    "OutcomeLine",
    "Overlap",
    "Overlaps",
    "Patient",
    "Place",
    "Publication",
    "Published",
    "Quantity",
    "Report",
    "Source",
    "Sourced",
    "Therapy",
    "Timed",
    "TreatmentLine",
    "Word",
]

"""A record as its curator writes it: frozen models with no knowledge of the ontology or of RDF."""

from itbkg.records.guidance import Document, Guidance, GuidanceLine
from itbkg.records.model import (
    Absence,
    Case,
    CauseLink,
    Considered,
    DelayLine,
    FindingLine,
    InvestigationLine,
    Line,
    MeasurementLine,
    OutcomeLine,
    Patient,
    Publication,
    Report,
    Sourced,
    Therapy,
    Timed,
    TreatmentLine,
    Word,
)
from itbkg.records.place import Place
from itbkg.records.published import Observation, Overlap, Overlaps, Published, Source
from itbkg.records.quantity import Quantity

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

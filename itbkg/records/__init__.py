"""A record as its curator writes it: frozen models with no knowledge of the ontology or of RDF."""

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
from itbkg.records.quantity import Quantity

__all__ = [
    "Absence",
    "Case",
    "CauseLink",
    "Considered",
    "DelayLine",
    "FindingLine",
    "InvestigationLine",
    "Line",
    "MeasurementLine",
    "OutcomeLine",
    "Patient",
    "Place",
    "Publication",
    "Quantity",
    "Report",
    "Sourced",
    "Therapy",
    "Timed",
    "TreatmentLine",
    "Word",
]

"""The structure's names, each once, in closed namespaces: a misspelt name fails where it stands.

Medicine is not named here; its words are looked up in the ontology (see `itbkg.vocabulary`).
"""

from rdflib import Namespace, URIRef
from rdflib.namespace import DefinedNamespace

BASE = "https://w3id.org/itbkg/"

#: Ids minted from records: cases, publications and the graphs that hold them.
CASE = Namespace(BASE + "case/")
PUBLICATION = Namespace(BASE + "publication/")
GRAPH = Namespace(BASE + "graph/")
UNIT = Namespace(BASE + "unit/")

#: The graphs of the dataset beside one per case.
ONTOLOGY_GRAPH = URIRef(GRAPH + "ontology")
INFERRED_GRAPH = URIRef(GRAPH + "inferred")


class ITB(DefinedNamespace):
    """Terms of `ontology/core.ttl` that the code relies on; their meaning stands there."""

    _NS = Namespace(BASE + "ont/")
    _fail = True

    # classes
    AbsenceStatement: URIRef
    Basis: URIRef
    Case: URIRef
    CausalAssertion: URIRef
    Cause: URIRef
    Certainty: URIRef
    Clock: URIRef
    Delay: URIRef
    Diagnosis: URIRef
    DiagnosisStatus: URIRef
    Finding: URIRef
    Investigation: URIRef
    Measurement: URIRef
    Outcome: URIRef
    Patient: URIRef
    Place: URIRef
    Publication: URIRef
    Reading: URIRef
    ReviewStatus: URIRef
    Route: URIRef
    Severity: URIRef
    Sex: URIRef
    Statement: URIRef
    Therapy: URIRef
    TherapyEvent: URIRef
    ThresholdRule: URIRef
    Treatment: URIRef
    TreatmentResponse: URIRef
    UnderlyingCondition: URIRef
    Unit: URIRef
    Value: URIRef

    # object properties
    affectsPart: URIRef
    assertedCause: URIRef
    assertedEffect: URIRef
    basis: URIRef
    became: URIRef
    certainty: URIRef
    clock: URIRef
    considered: URIRef
    hasAbsence: URIRef
    hasCausalAssertion: URIRef
    hasCause: URIRef
    hasCondition: URIRef
    hasDelay: URIRef
    hasEvent: URIRef
    hasFinding: URIRef
    hasInvestigation: URIRef
    hasMeasurement: URIRef
    hasOutcome: URIRef
    hasPatient: URIRef
    hasResponse: URIRef
    hasStatement: URIRef
    hasTherapy: URIRef
    hasTreatment: URIRef
    impliedBy: URIRef
    leadsTo: URIRef
    placeIn: URIRef
    preventedBy: URIRef
    readAs: URIRef
    reportedIn: URIRef
    responseOf: URIRef
    reviewStatus: URIRef
    route: URIRef
    severity: URIRef
    sex: URIRef
    shows: URIRef
    statedAt: URIRef
    unit: URIRef

    # datatype properties
    ageMaximum: URIRef
    ageMinimum: URIRef
    byline: URIRef
    canonicalMaximum: URIRef
    canonicalMinimum: URIRef
    comparator: URIRef
    detail: URIRef
    dimension: URIRef
    discrepancy: URIRef
    doi: URIRef
    earliestHours: URIRef
    factor: URIRef
    hospitalDay: URIRef
    hoursSinceImplant: URIRef
    interval: URIRef
    journal: URIRef
    latestHours: URIRef
    maximumValue: URIRef
    minimumValue: URIRef
    offset: URIRef
    paragraph: URIRef
    pmid: URIRef
    printedText: URIRef
    referenceHigh: URIRef
    referenceLow: URIRef
    referenceText: URIRef
    section: URIRef
    storyOrder: URIRef
    title: URIRef
    valueText: URIRef
    year: URIRef

    # annotation properties
    aboutClass: URIRef
    aboveRangeImplies: URIRef
    absentClass: URIRef
    adultsOnly: URIRef
    atLeast: URIRef
    below: URIRef
    belowRangeImplies: URIRef
    byRule: URIRef
    canonicalUnit: URIRef
    impliesFinding: URIRef
    ofMeasurement: URIRef
    plausibleMaximum: URIRef
    plausibleMinimum: URIRef
    possibleClass: URIRef
    startsHospitalDays: URIRef
    statedClass: URIRef

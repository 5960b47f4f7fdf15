"""The structure's names, each once, in closed namespaces: a misspelt name fails where it stands.

Medicine is not named here; its words are looked up in the ontology (see `itbkg.vocabulary`).
"""

from rdflib import Namespace, URIRef
from rdflib.namespace import DefinedNamespace

BASE = "https://w3id.org/itbkg/"

#: Ids minted from records: cases, publications and the graphs that hold them.
CASE = Namespace(BASE + "case/")
COHORT = Namespace(BASE + "cohort/")
GUIDANCE = Namespace(BASE + "guidance/")
PUBLICATION = Namespace(BASE + "publication/")
PUBLISHED = Namespace(BASE + "published/")
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
    Actor: URIRef
    AdverseReactionStatement: URIRef
    AgeGroup: URIRef
    Alarm: URIRef
    AlarmMeaning: URIRef
    Approach: URIRef
    Basis: URIRef
    Case: URIRef
    CausalAssertion: URIRef
    Cause: URIRef
    Certainty: URIRef
    CitationStatus: URIRef
    Clock: URIRef
    Cohort: URIRef
    Contraindication: URIRef
    Delay: URIRef
    DelayRule: URIRef
    Diagnosis: URIRef
    DiagnosisStatus: URIRef
    Finding: URIRef
    GuidanceDocument: URIRef
    GuidanceStatement: URIRef
    Indication: URIRef
    Investigation: URIRef
    LookAlikeStatement: URIRef
    Measurement: URIRef
    Outcome: URIRef
    Patient: URIRef
    Place: URIRef
    Precaution: URIRef
    PreventiveMeasure: URIRef
    Publication: URIRef
    PublicationStatus: URIRef
    PublishedObservation: URIRef
    PumpModel: URIRef
    Reading: URIRef
    Recommendation: URIRef
    RejectedDiagnosis: URIRef
    ReviewStatus: URIRef
    RiskGroup: URIRef
    Route: URIRef
    Severity: URIRef
    Sex: URIRef
    SignsStatement: URIRef
    Statement: URIRef
    Therapy: URIRef
    TherapyEvent: URIRef
    ThresholdRule: URIRef
    TimeSpan: URIRef
    Treatment: URIRef
    TreatmentGoal: URIRef
    TreatmentResponse: URIRef
    UnderlyingCondition: URIRef
    Unit: URIRef
    Value: URIRef
    Warning: URIRef

    # object properties
    actor: URIRef
    adviceOf: URIRef
    affectsPart: URIRef
    ageGroup: URIRef
    approach: URIRef
    assertedCause: URIRef
    assertedEffect: URIRef
    basis: URIRef
    became: URIRef
    certainty: URIRef
    citationStatus: URIRef
    clock: URIRef
    cohort: URIRef
    considered: URIRef
    distinctFrom: URIRef
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
    inDocument: URIRef
    leadsTo: URIRef
    overlapsWith: URIRef
    placeIn: URIRef
    publicationStatus: URIRef
    pumpModel: URIRef
    readAs: URIRef
    reportedIn: URIRef
    responseOf: URIRef
    reviewStatus: URIRef
    route: URIRef
    samePatientAs: URIRef
    severity: URIRef
    sex: URIRef
    shows: URIRef
    statedAt: URIRef
    unit: URIRef

    # datatype properties
    actWithinHours: URIRef
    ageMaximum: URIRef
    ageMinimum: URIRef
    ageText: URIRef
    byline: URIRef
    canonicalMaximum: URIRef
    canonicalMinimum: URIRef
    circumstance: URIRef
    comparator: URIRef
    concentrationMaximum: URIRef
    concentrationMinimum: URIRef
    concentrationText: URIRef
    condition: URIRef
    denominator: URIRef
    detail: URIRef
    dimension: URIRef
    discrepancy: URIRef
    doi: URIRef
    doseText: URIRef
    earliestHours: URIRef
    episodes: URIRef
    factor: URIRef
    hospitalDay: URIRef
    hoursSinceImplant: URIRef
    interval: URIRef
    issue: URIRef
    journal: URIRef
    latestHours: URIRef
    licence: URIRef
    maximumValue: URIRef
    measure: URIRef
    minimumValue: URIRef
    narrative: URIRef
    note: URIRef
    numerator: URIRef
    offset: URIRef
    pages: URIRef
    paragraph: URIRef
    percent: URIRef
    period: URIRef
    pmcid: URIRef
    pmid: URIRef
    population: URIRef
    printedText: URIRef
    publisher: URIRef
    referenceHigh: URIRef
    referenceLow: URIRef
    referenceText: URIRef
    secondarySource: URIRef
    section: URIRef
    step: URIRef
    storyOrder: URIRef
    title: URIRef
    valueText: URIRef
    volume: URIRef
    webAddress: URIRef
    year: URIRef

    # annotation properties
    aboutClass: URIRef
    aboveRangeImplies: URIRef
    absentClass: URIRef
    adultsOnly: URIRef
    advisesAgainstClass: URIRef
    advisesClass: URIRef
    alongClass: URIRef
    amongClass: URIRef
    answersApart: URIRef
    atLeast: URIRef
    below: URIRef
    belowRangeImplies: URIRef
    belowYears: URIRef
    byRule: URIRef
    canonicalUnit: URIRef
    concernsClass: URIRef
    consequenceClass: URIRef
    countsClass: URIRef
    endsWatchClass: URIRef
    endsWithClass: URIRef
    fromYears: URIRef
    impliedClass: URIRef
    impliesClass: URIRef
    impliesFinding: URIRef
    ofDelay: URIRef
    ofMeasurement: URIRef
    plausibleMaximum: URIRef
    plausibleMinimum: URIRef
    possibleClass: URIRef
    startsAtClock: URIRef
    startsHospitalDays: URIRef
    startsWithClass: URIRef
    statedByClass: URIRef
    statedClass: URIRef
    timedInClass: URIRef

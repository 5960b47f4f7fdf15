"""The tables of what happened: findings in three states, measurements, treatments, investigations, causes, outcomes."""

from collections.abc import Iterator

from rdflib import RDF, RDFS

from itbkg.exports.tables.cases import TO_CASE
from itbkg.exports.tables.columns import (
    CASE_ID,
    QUANTITY,
    SOURCE,
    STATEMENT_ID,
    TIME,
    below,
    label,
    link,
    number,
    of,
    parent,
    term,
    text,
)
from itbkg.exports.tables.facts import Facts
from itbkg.exports.tables.lexicon import Lexicon, curie
from itbkg.exports.tables.table import Column, Row, Table
from itbkg.namespaces import ITB

PRESENT, ABSENT, BOTH, UNREPORTED = "present", "stated absent", "present and stated absent", "not reported"


def _terms(name: str) -> dict[str, tuple[str, str]]:
    return {**TO_CASE, f"{name}_class": ("terms", "term_id")}


def _findings(facts: Facts, words: Lexicon) -> Iterator[Row]:
    """Take a row for each finding and each absence, those that a measured value implies included."""
    stated = (*facts.all(facts.about, str(ITB.hasFinding)), *facts.all(facts.about, str(ITB.hasAbsence)))
    yield from (Row(facts, words, node, facts.about) for node in (*stated, *facts.about_inferred(str(ITB.impliedBy))))


def _stated_finding(row: Row) -> str:
    """Name the class of a finding, or the one that is stated absent."""
    return row.facts.any(row.node, str(ITB.statedClass)) or row.facts.one(row.node, str(ITB.absentClass))


def _state(row: Row) -> str:
    return ABSENT if row.facts.one(row.node, str(ITB.absentClass)) else PRESENT


FINDINGS = Table(
    "findings",
    "Findings, present and stated absent",
    "A row for each statement that a finding was present or was absent. A finding of which a case has no row here, nor "
    "of a class above or below it, is not reported, which is neither: the table finding_states says so for each class.",
    (
        CASE_ID,
        STATEMENT_ID,
        Column("state", "string", "Whether the report says that it was there or that it was not.", _state,
               values=(PRESENT, ABSENT), required=True, reads=(ITB.hasFinding, ITB.hasAbsence)),
        Column("finding", "string", "The finding.", lambda row: row.words.label(_stated_finding(row)), required=True,
               reads=(ITB.statedClass, ITB.absentClass)),
        Column("finding_class", "string", "The class of that: a term_id of the table terms.",
               lambda row: curie(_stated_finding(row)), required=True),
        label("severity", ITB.severity, "How marked it was, in the report's judgement.", ITB.Severity),
        Column("implied", "boolean", "True where no sentence states it and a measured value implies it.",
               lambda row: bool(row.facts.any(row.node, str(ITB.impliedBy))), required=True),
        link("implied_by", ITB.impliedBy, "The measurement that implies it: a statement_id of measurements."),
        *term("rule", ITB.byRule, "The rule that implies it, or the kind of measurement whose printed range does."),
        *TIME,
        *SOURCE,
    ),
    ("statement_id",),
    _findings,
    {**_terms("finding"), "implied_by": ("measurements", "statement_id")},
)  # fmt: skip

MEASUREMENTS = Table(
    "measurements",
    "Measurements",
    "A row for each measured quantity, with the report's own reference range.",
    (
        CASE_ID,
        STATEMENT_ID,
        *term("measurement", ITB.statedClass, "What was measured.", required=True),
        *QUANTITY,
        number("canonical_minimum", ITB.canonicalMinimum, "The minimum in the canonical unit."),
        number("canonical_maximum", ITB.canonicalMaximum, "The maximum in the canonical unit."),
        Column("canonical_unit", "string", "Unit in which measurements of this class are compared, as a UCUM code.",
               lambda row: row.words.facts.one(row.facts.one(row.node, str(ITB.statedClass)), str(ITB.canonicalUnit))
               or None),
        text("reference_text", ITB.referenceText, "The report's own reference range, with the unit as printed."),
        number("reference_low", ITB.referenceLow, "Lower end of that range, in the unit of the reference text."),
        number("reference_high", ITB.referenceHigh, "Upper end of that range, in the unit of the reference text."),
        *TIME,
        *SOURCE,
    ),
    ("statement_id",),
    of(ITB.hasMeasurement),
    _terms("measurement"),
)  # fmt: skip

POSSIBLE = Table(
    "possible_measurements",
    "What a measurement may be",
    "A row for each kind that a measurement may be of, where the report contradicts itself and does not settle which.",
    (
        CASE_ID,
        parent("statement_id", "The measurement."),
        Column("possible", "string", "The kind.", lambda row: row.words.label(row.node), required=True,
               reads=(ITB.possibleClass,)),
        Column("possible_class", "string", "The class of that: a term_id of the table terms.",
               lambda row: curie(row.node), required=True),
    ),
    ("statement_id", "possible_class"),
    below((ITB.hasMeasurement,), ITB.possibleClass),
    {**_terms("possible"), "statement_id": ("measurements", "statement_id")},
)  # fmt: skip

TREATMENTS = Table(
    "treatments",
    "Treatments",
    "A row for each thing that was done for the patient or the device.",
    (
        CASE_ID,
        STATEMENT_ID,
        *term("treatment", ITB.statedClass, "What was done.", required=True),
        *QUANTITY,
        text("dose_interval", ITB.interval, "Time between doses, as the record writes it in UCUM units."),
        label("route", ITB.route, "Way by which a drug entered the body.", ITB.Route),
        label("approach", ITB.approach, "How a procedure reached its site.", ITB.Approach),
        *TIME,
        *SOURCE,
    ),
    ("statement_id",),
    of(ITB.hasTreatment),
    _terms("treatment"),
)

RESPONSES = Table(
    "responses",
    "Responses to treatments",
    "A row for each finding, or event as a whole, and how it responded to a treatment or to the therapy before the "
    "event.",
    (
        CASE_ID,
        Column("response_id", "string", "The response.", STATEMENT_ID.read, required=True),
        parent("treatment_id", "The treatment, or the therapy before the event: a statement_id of one of the two."),
        *term("response", ITB.statedClass, "How it responded.", required=True),
        *term("about", ITB.aboutClass, "What responded."),
        link("finding_id", ITB.responseOf, "The very finding, where one stands earlier in the course."),
        *SOURCE[:2],
    ),
    ("response_id",),
    below((ITB.hasTreatment, ITB.hasTherapy), ITB.hasResponse),
    {**_terms("response"), "about_class": ("terms", "term_id"), "finding_id": ("findings", "statement_id")},
)

INVESTIGATIONS = Table(
    "investigations",
    "Investigations",
    "A row for each test, imaging study or inspection.",
    (CASE_ID, STATEMENT_ID, *term("investigation", ITB.statedClass, "What was done.", required=True), *TIME, *SOURCE),
    ("statement_id",),
    of(ITB.hasInvestigation),
    _terms("investigation"),
)

RESULTS = Table(
    "investigation_results",
    "What investigations showed",
    "A row for each thing that an investigation showed, or showed to be absent.",
    (
        CASE_ID,
        parent("statement_id", "The investigation."),
        Column("shown_id", "string", "What it showed: a statement_id of findings or of causes.", STATEMENT_ID.read,
               required=True, reads=(ITB.shows,)),
        Column("shown", "string", "What that is called.",
               lambda row: row.facts.one(row.node, str(RDFS.label)) or None),
    ),
    ("statement_id", "shown_id"),
    below((ITB.hasInvestigation,), ITB.shows),
    {**TO_CASE, "statement_id": ("investigations", "statement_id")},
)  # fmt: skip

CONSIDERED = Table(
    "considered",
    "Considered diagnoses",
    "A row for each diagnosis that was thought of, whether or not it proved right.",
    (
        CASE_ID,
        STATEMENT_ID,
        *term("diagnosis", ITB.statedClass, "The diagnosis.", required=True),
        label("became", ITB.became, "What became of it; missing where the report does not say.", ITB.DiagnosisStatus),
        *TIME,
        *SOURCE,
    ),
    ("statement_id",),
    of(ITB.considered),
    _terms("diagnosis"),
)

DELAYS = Table(
    "delays",
    "Delays",
    "A row for each stretch of time that a report states.",
    (
        CASE_ID,
        STATEMENT_ID,
        *term("delay", ITB.statedClass, "Until what it lasted.", required=True),
        *QUANTITY,
        number("minimum_hours", ITB.canonicalMinimum, "Shortest length that the report allows.", "h"),
        number("maximum_hours", ITB.canonicalMaximum, "Longest length that the report allows.", "h"),
        *term("implied", ITB.impliedClass, "What a delay of that length is called, by a rule."),
        *TIME,
        *SOURCE,
    ),
    ("statement_id",),
    of(ITB.hasDelay),
    _terms("delay"),
)

CAUSES = Table(
    "causes",
    "Causes",
    "A row for each link of the chain that led to an event; how the links hang together stands in causal_links.",
    (CASE_ID, STATEMENT_ID, *term("cause", ITB.statedClass, "The cause.", required=True)),
    ("statement_id",),
    of(ITB.hasCause),
    _terms("cause"),
)

LINKS = Table(
    "causal_links",
    "Causal links",
    "A row for each statement that a cause led to another cause or to an event, with how sure it is.",
    (
        CASE_ID,
        STATEMENT_ID,
        link("cause_id", ITB.assertedCause, "What led: a statement_id of causes.", required=True),
        link("effect_id", ITB.assertedEffect, "To what: a statement_id of causes or of events.", required=True),
        label("certainty", ITB.certainty, "How sure it is.", ITB.Certainty),
        *SOURCE,
    ),
    ("statement_id",),
    of(ITB.hasCausalAssertion),
    {**TO_CASE, "cause_id": ("causes", "statement_id")},
)

BASES = Table(
    "causal_bases",
    "On what causal links rest",
    "A row for each kind of observation on which a causal link rests.",
    (
        CASE_ID,
        parent("statement_id", "The causal link."),
        Column("basis", "string", "The kind of observation.", lambda row: row.words.label(row.node), required=True,
               values=ITB.Basis, reads=(ITB.basis,)),
    ),
    ("statement_id", "basis"),
    below((ITB.hasCausalAssertion,), ITB.basis),
    {**TO_CASE, "statement_id": ("causal_links", "statement_id")},
)  # fmt: skip

OUTCOMES = Table(
    "outcomes",
    "Outcomes",
    "A row for each state in which an event left the patient.",
    (CASE_ID, STATEMENT_ID, *term("outcome", ITB.statedClass, "The outcome.", required=True), *TIME, *SOURCE),
    ("statement_id",),
    of(ITB.hasOutcome),
    _terms("outcome"),
)

COURSE_TABLES = (
    *(FINDINGS, MEASUREMENTS, POSSIBLE, TREATMENTS, RESPONSES, INVESTIGATIONS, RESULTS, CONSIDERED, DELAYS),
    *(CAUSES, LINKS, BASES, OUTCOMES),
)
#: Properties that the shape of these tables holds, or that say again what other cells say.
SHAPE = (
    *(ITB.hasFinding, ITB.hasAbsence, ITB.hasMeasurement, ITB.hasTreatment, ITB.hasResponse, ITB.hasInvestigation),
    *(ITB.considered, ITB.hasDelay, ITB.hasCause, ITB.hasCausalAssertion, ITB.hasOutcome, ITB.leadsTo, RDF.type),
)

"""The tables of what was thought and what led to what: considered diagnoses, delays, causes, links, outcomes."""

from itbkg.exports.tables.cases import TO_CASE, joined_terms
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
)
from itbkg.exports.tables.table import Column, Table
from itbkg.namespaces import ITB

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
    joined_terms("diagnosis"),
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
    joined_terms("delay"),
)

CAUSES = Table(
    "causes",
    "Causes",
    "A row for each link of the chain that led to an event; how the links hang together stands in causal_links.",
    (CASE_ID, STATEMENT_ID, *term("cause", ITB.statedClass, "The cause.", required=True)),
    ("statement_id",),
    of(ITB.hasCause),
    joined_terms("cause"),
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
    joined_terms("outcome"),
)

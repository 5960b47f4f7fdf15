"""The tables of what was done: treatments and how things responded, investigations and what they showed."""

from rdflib import RDFS

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
    of,
    parent,
    term,
    text,
)
from itbkg.exports.tables.table import Column, Table
from itbkg.namespaces import ITB

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
    joined_terms("treatment"),
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
    {**joined_terms("response"), "about_class": ("terms", "term_id"), "finding_id": ("findings", "statement_id")},
)

INVESTIGATIONS = Table(
    "investigations",
    "Investigations",
    "A row for each test, imaging study or inspection.",
    (CASE_ID, STATEMENT_ID, *term("investigation", ITB.statedClass, "What was done.", required=True), *TIME, *SOURCE),
    ("statement_id",),
    of(ITB.hasInvestigation),
    joined_terms("investigation"),
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

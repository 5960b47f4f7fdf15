"""The tables of what was seen and measured: findings in three states, measurements."""

from collections.abc import Iterator

from itbkg.exports.tables.cases import joined_terms
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
    {**joined_terms("finding"), "implied_by": ("measurements", "statement_id")},
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
    joined_terms("measurement"),
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
    {**joined_terms("possible"), "statement_id": ("measurements", "statement_id")},
)  # fmt: skip

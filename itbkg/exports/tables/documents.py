"""The tables of guidance and of published numbers; they go out with the whole graph alone."""

from collections.abc import Iterator
from dataclasses import replace

from rdflib import RDF, RDFS

from itbkg.exports.tables.cases import REPORT
from itbkg.exports.tables.columns import QUANTITY, SOURCE, label, link, number, own, parent, short, term, text, whole
from itbkg.exports.tables.facts import Facts
from itbkg.exports.tables.lexicon import Lexicon, curie
from itbkg.exports.tables.table import Column, Row, Table
from itbkg.namespaces import ITB

#: What a guidance statement says of a class, by the property that says it.
GUIDED = {
    str(ITB.concernsClass): "concerns",
    str(ITB.advisesClass): "advises",
    str(ITB.advisesAgainstClass): "advises against",
    str(ITB.consequenceClass): "consequence",
}
#: What a published number counts, by the property that says it.
COUNTED = {str(ITB.countsClass): "counts", str(ITB.alongClass): "along", str(ITB.amongClass): "among"}

STATEMENT_ID = own("statement_id", "The statement; its IRI is https://w3id.org/itbkg/guidance/ and this.")
NUMBER_ID = own("number_id", "The number; its IRI is https://w3id.org/itbkg/published/ and this.")


def _documents(facts: Facts, words: Lexicon) -> Iterator[Row]:
    documents = {node for one in facts.subjects(str(ITB.inDocument)) for node in facts.all(one, str(ITB.inDocument))}
    yield from (Row(facts, words, node) for node in sorted(documents))


def _statements(facts: Facts, words: Lexicon) -> Iterator[Row]:
    yield from (Row(facts, words, node) for node in facts.subjects(str(ITB.inDocument)))


def _sources(facts: Facts, words: Lexicon) -> Iterator[Row]:
    numbers = facts.subjects(str(ITB.measure))
    yield from (Row(facts, words, iri) for iri in sorted({facts.one(node, str(ITB.reportedIn)) for node in numbers}))


def _numbers(facts: Facts, words: Lexicon) -> Iterator[Row]:
    yield from (Row(facts, words, node) for node in facts.subjects(str(ITB.measure)))


def _overlaps(facts: Facts, words: Lexicon) -> Iterator[Row]:
    for node in facts.subjects(str(ITB.overlapsWith)):
        yield from (Row(facts, words, other, node) for other in facts.all(node, str(ITB.overlapsWith)))


def _actors(facts: Facts, words: Lexicon) -> Iterator[Row]:
    for node in facts.subjects(str(ITB.actor)):
        yield from (Row(facts, words, actor, node) for actor in facts.all(node, str(ITB.actor)))


def _named(table: str, key: Column, roles: dict[str, str], about: str, of: str) -> Table:
    """Make the table of the classes that statements of a table name, a row for each class and sense."""
    owner = parent(key.name, key.about)

    def rows(facts: Facts, words: Lexicon) -> Iterator[Row]:
        for predicate in roles:
            for node in facts.subjects(predicate):
                yield from (Row(facts, words, f"{predicate} {value}", node) for value in facts.all(node, predicate))

    def role(row: Row) -> str:
        return roles[row.node.partition(" ")[0]]

    def named(row: Row) -> str:
        return row.node.partition(" ")[2]

    columns = (
        owner,
        Column("role", "string", "In what sense the class is named.", role, values=(*roles.values(),), required=True,
               reads=tuple(roles)),
        Column("term", "string", "The class.", lambda row: row.words.label(named(row)), required=True),
        Column("term_class", "string", "The class of that: a term_id of the table terms.",
               lambda row: curie(named(row)), required=True),
    )  # fmt: skip
    joins = {key.name: (of, key.name), "term_class": ("terms", "term_id")}
    return Table(table, about, f"{about}: a row for each.", columns, (key.name, "role", "term_class"), rows, joins)


GUIDANCE_DOCUMENTS = Table(
    "guidance_documents",
    "Guidance documents",
    "A row for each document that advises.",
    (
        own("document_id", "The document; its IRI is https://w3id.org/itbkg/guidance/ and this."),
        Column("kind", "string", "Kind of document.",
               lambda row: row.words.label(row.facts.one(row.node, str(RDF.type))), required=True, reads=(RDF.type,)),
        *REPORT,
        text("publisher", ITB.publisher, "Who issues it."),
        link("advice_of", ITB.adviceOf, "The publication whose advice it holds, where that tells cases or numbers."),
    ),
    ("document_id",),
    _documents,
)  # fmt: skip

GUIDANCE = Table(
    "guidance_statements",
    "Guidance statements",
    "A row for each statement of a document that advises. They tell what documents say, and are no advice of ours.",
    (
        STATEMENT_ID,
        link("document_id", ITB.inDocument, "The document.", required=True),
        *term("kind", ITB.statedClass, "What kind of statement it is.", required=True),
        replace(text("label", RDFS.label, "What it is called."), required=True),
        text("condition", ITB.condition, "When it holds."),
        whole("step", ITB.step, "Place in the order that the document gives, from 1; alternatives share one."),
        number("act_within_hours", ITB.actWithinHours, "How soon to act; 0 where the document says at once.", "h"),
        text("dose_text", ITB.doseText, "Dose as the record writes it."),
        *QUANTITY,
        text("dose_interval", ITB.interval, "Time between doses or soundings, as the record writes it."),
        label("route", ITB.route, "Way by which a drug enters the body.", ITB.Route),
        whole("numerator", ITB.numerator, "How many were counted, where the document gives it."),
        whole("denominator", ITB.denominator, "How many were looked at, where the document gives it."),
        number("percent", ITB.percent, "Percentage that the document prints; never computed.", "%"),
        text("population", ITB.population, "Who or what was looked at."),
        *SOURCE,
    ),
    ("statement_id",),
    _statements,
    {"document_id": ("guidance_documents", "document_id"), "kind_class": ("terms", "term_id")},
)

ACTORS = Table(
    "guidance_actors",
    "Who is to act",
    "A row for each person or role that a guidance statement asks to act.",
    (
        parent("statement_id", "The statement."),
        Column("actor", "string", "Who.", lambda row: row.words.label(row.node), required=True, values=ITB.Actor,
               reads=(ITB.actor,)),
    ),
    ("statement_id", "actor"),
    _actors,
    {"statement_id": ("guidance_statements", "statement_id")},
)  # fmt: skip

SOURCES = Table(
    "number_sources",
    "Sources of published numbers",
    "A row for each publication that gives numbers of groups. One that tells cases is cited in publications.",
    (own("source_id", "The publication; its IRI is https://w3id.org/itbkg/publication/ and this."), *REPORT),
    ("source_id",),
    _sources,
)

NUMBERS = Table(
    "published_numbers",
    "Published numbers",
    "A row for each number that a publication gives for a group. Numbers of one cohort, or of cohorts that overlap, "
    "are never to be added.",
    (
        NUMBER_ID,
        link("source_id", ITB.reportedIn, "The publication.", required=True),
        link("cohort", ITB.cohort, "The group in which it was counted.", required=True),
        text("measure", ITB.measure, "What was counted or measured."),
        whole("numerator", ITB.numerator, "How many were counted."),
        whole("denominator", ITB.denominator, "How many were looked at."),
        number("percent", ITB.percent, "Percentage that the source prints; never computed.", "%"),
        *QUANTITY,
        text("population", ITB.population, "Who or what was looked at."),
        text("period", ITB.period, "Years of observation."),
        *SOURCE,
    ),
    ("number_id",),
    _numbers,
    {"source_id": ("number_sources", "source_id")},
)

OVERLAPS = Table(
    "cohort_overlaps",
    "Cohorts that overlap",
    "A row for each pair of cohorts that are known or thought to share persons or events, stated both ways.",
    (
        parent("cohort", "The one."),
        Column("other_cohort", "string", "The other.", lambda row: short(row.node), required=True,
               reads=(ITB.overlapsWith,)),
        Column("because", "string", "What speaks for it; of a cohort in several overlaps, all that is said.",
               lambda row: "; ".join(row.facts.all(row.parent, str(ITB.note))) or None, reads=(ITB.note,)),
    ),
    ("cohort", "other_cohort"),
    _overlaps,
)  # fmt: skip

GUIDANCE_TABLES = (
    *(GUIDANCE_DOCUMENTS, GUIDANCE, ACTORS),
    _named("guidance_terms", STATEMENT_ID, GUIDED, "Classes that guidance statements name", "guidance_statements"),
)
NUMBER_TABLES = (
    *(SOURCES, NUMBERS, OVERLAPS),
    _named("number_terms", NUMBER_ID, COUNTED, "Classes that published numbers count", "published_numbers"),
)

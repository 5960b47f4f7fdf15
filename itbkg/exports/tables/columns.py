"""The columns that many tables share, and how each kind of cell is read off the facts."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace

from rdflib import RDFS, URIRef

from itbkg.exports.tables.facts import Facts
from itbkg.exports.tables.lexicon import Lexicon, curie
from itbkg.exports.tables.table import Cell, Column, Row
from itbkg.namespaces import CASE, COHORT, GUIDANCE, ITB, PUBLICATION, PUBLISHED

#: Where the ids of things begin, in their IRIs.
NAMESPACES = tuple(map(str, (CASE, PUBLICATION, GUIDANCE, PUBLISHED, COHORT)))


def short(iri: str) -> str:
    """Name a thing by its IRI without what all IRIs of its kind begin with."""
    return next((iri.removeprefix(start) for start in NAMESPACES if iri.startswith(start)), curie(iri))


def text(name: str, predicate: URIRef, about: str, values: str | tuple[str, ...] = ()) -> Column:
    """Hold a text as it is recorded."""
    return Column(name, "string", about, _one(predicate, lambda found, _: found), values=values, reads=(predicate,))


def number(name: str, predicate: URIRef, about: str, unit: str = "") -> Column:
    """Hold a number."""
    return Column(name, "number", about, _one(predicate, lambda found, _: float(found)), unit, reads=(predicate,))


def whole(name: str, predicate: URIRef, about: str) -> Column:
    """Hold a whole number."""
    return Column(name, "integer", about, _one(predicate, lambda found, _: int(found)), reads=(predicate,))


def label(name: str, predicate: URIRef, about: str, values: str = "") -> Column:
    """Hold the label of the term that a property leads to."""
    read = _one(predicate, lambda found, words: words.label(found))
    return Column(name, "string", about, read, values=values or (), reads=(predicate,))


def term(name: str, predicate: URIRef, about: str, *, required: bool = False) -> tuple[Column, Column]:
    """Hold the label of a class, and beside it its CURIE, which is a `term_id` of the table of terms."""
    return (
        replace(label(name, predicate, about), required=required),
        Column(
            f"{name}_class", "string", f"The class of that: a term_id of the table terms ({name}).",
            _one(predicate, lambda found, _: curie(found)), required=required, reads=(predicate,),
        ),
    )  # fmt: skip


def link(name: str, predicate: URIRef, about: str, *, required: bool = False) -> Column:
    """Hold the id of what a property leads to."""
    return Column(
        name, "string", about, _one(predicate, lambda found, _: short(found)), required=required, reads=(predicate,)
    )


def own(name: str, about: str) -> Column:
    """Hold the id of the row's own thing."""
    return Column(name, "string", about, lambda row: short(row.node), required=True)


def parent(name: str, about: str) -> Column:
    """Hold the id of what the row's thing hangs on."""
    return Column(name, "string", about, lambda row: short(row.parent), required=True)


def unit(name: str, about: str) -> Column:
    """Hold the UCUM code of a statement's unit."""
    return Column(name, "string", about, _one(ITB.unit, lambda found, words: words.code(found)), reads=(ITB.unit,))


def _one(predicate: URIRef, make: Callable[[str, Lexicon], Cell]) -> Callable[[Row], Cell]:
    def read(row: Row) -> Cell:
        found = row.facts.any(row.node, str(predicate))
        return make(found, row.words) if found else None

    return read


def of(*predicates: URIRef) -> Callable[[Facts, Lexicon], Iterator[Row]]:
    """Take a row for each thing that a property of the case leads to, inferred ones too."""

    def rows(facts: Facts, words: Lexicon) -> Iterator[Row]:
        for node in _nodes(facts, (facts.about,), predicates):
            yield Row(facts, words, node, facts.about)

    return rows


def below(first: Iterable[URIRef], second: URIRef) -> Callable[[Facts, Lexicon], Iterator[Row]]:
    """Take a row for each pair: a thing of the case, and what a property of that leads to."""
    ways = tuple(first)

    def rows(facts: Facts, words: Lexicon) -> Iterator[Row]:
        for node in _nodes(facts, (facts.about,), ways):
            yield from (Row(facts, words, value, node) for value in facts.both(node, str(second)))

    return rows


def itself(facts: Facts, words: Lexicon) -> Iterator[Row]:
    """Take one row: the case."""
    yield Row(facts, words, facts.about, facts.about)


def _nodes(facts: Facts, starts: Iterable[str], predicates: Iterable[URIRef]) -> Iterator[str]:
    for predicate in predicates:
        for start in starts:
            yield from facts.all(start, str(predicate))


CASE_ID = Column(
    "case_id", "string", "The case: publication and number of the case in it.",
    lambda row: short(row.facts.about), required=True,
)  # fmt: skip
STATEMENT_ID = own("statement_id", "The statement; its IRI is https://w3id.org/itbkg/case/ and this.")
ORDER = whole("story_order", ITB.storyOrder, "Place in the course as the record tells it, from 1.")
TIME = (
    ORDER,
    number("earliest_hours", ITB.earliestHours, "Earliest time, counted from clock zero of the case.", "h"),
    number("latest_hours", ITB.latestHours, "Latest time, counted from clock zero of the case.", "h"),
    whole("hospital_day", ITB.hospitalDay, "Day of the hospital stay as the report counts it; admission is 1."),
)
QUANTITY = (
    text("value_text", ITB.valueText, "Value and unit as the record writes them, trailing zeros kept."),
    text("comparator", ITB.comparator, "Which bound the report gives; missing where it gives the value itself.",
         ("<", "<=", ">", ">=")),
    number("minimum_value", ITB.minimumValue, "Lowest value that the report allows, in the unit beside it."),
    number("maximum_value", ITB.maximumValue, "Highest value that the report allows, in the unit beside it."),
    unit("unit", "Unit of the values before it, as a UCUM code."),
)  # fmt: skip


def _place(row: Row) -> str:
    return row.facts.any(row.node, str(ITB.statedAt))


SOURCE = (
    Column("section", "string", "Heading of the publication under which it stands.",
           lambda row: row.facts.one(_place(row), str(ITB.section)) or None, reads=(ITB.statedAt, ITB.section)),
    Column("paragraph", "integer", "Paragraph under that heading, from 1.",
           lambda row: int(found) if (found := row.facts.one(_place(row), str(ITB.paragraph))) else None,
           reads=(ITB.paragraph,)),
    text("detail", ITB.detail, "A short addition in the curator's words."),
    text("printed_text", ITB.printedText, "Figure, unit or name as printed, where the record reads it otherwise."),
    text("discrepancy", ITB.discrepancy, "What is wrong or contradictory in the report here."),
)  # fmt: skip
NAME = text("label", RDFS.label, "What it is called.")

"""The tables of what a case is: publication, case, patient, therapy, events, and which cases belong together."""

from collections.abc import Iterator

from rdflib import RDFS

from itbkg.exports.tables.columns import (
    CASE_ID,
    QUANTITY,
    SOURCE,
    STATEMENT_ID,
    below,
    itself,
    label,
    link,
    number,
    of,
    own,
    short,
    term,
    text,
    whole,
)
from itbkg.exports.tables.facts import Facts
from itbkg.exports.tables.lexicon import Lexicon
from itbkg.exports.tables.table import Column, Row, Table
from itbkg.namespaces import ITB

TO_CASE = {"case_id": ("cases", "case_id")}


def joined_terms(name: str) -> dict[str, tuple[str, str]]:
    """Join a table to the cases, and a class of it to the table of terms."""
    return {**TO_CASE, f"{name}_class": ("terms", "term_id")}


#: How to find a publication and how it was read: of those that tell cases, and of documents that advise.
REPORT = (
    text("title", ITB.title, "Title as printed."),
    text("authors", ITB.byline, "Authors in their printed order, with commas between them."),
    whole("year", ITB.year, "Year in which it appeared."),
    text("journal", ITB.journal, "Journal."),
    text("volume", ITB.volume, "Volume."),
    text("issue", ITB.issue, "Issue."),
    text("pages", ITB.pages, "Pages, or the number of the article."),
    text("doi", ITB.doi, "Digital Object Identifier."),
    text("pmid", ITB.pmid, "PubMed identifier."),
    text("pmcid", ITB.pmcid, "PubMed Central identifier."),
    text("web_address", ITB.webAddress, "Where it can be read."),
    text("licence", ITB.licence, "Licence of the publication, as its page states it."),
    label("read_as", ITB.readAs, "How much of it was read to make the record.", ITB.Reading),
    text("secondary_source", ITB.secondarySource, "Whose account was read, where it was not the report's own."),
    label("citation_status", ITB.citationStatus, "Whether all of the citation was seen on a page.", ITB.CitationStatus),
    label("publication_status", ITB.publicationStatus, "What became of it since it appeared.", ITB.PublicationStatus),
    label("review_status", ITB.reviewStatus, "Whether a second reading confirmed the record.", ITB.ReviewStatus),
    text("note", ITB.note, "What a reader should know of the source and of its reading."),
)

PUBLICATIONS = Table(
    "publications",
    "Publications that tell cases",
    "A row for each publication that tells a case of the table cases.",
    (own("publication_id", "The publication; its IRI is https://w3id.org/itbkg/publication/ and this."), *REPORT),
    ("publication_id",),
    of(ITB.reportedIn),
)

CASES = Table(
    "cases",
    "Cases",
    "A row for each case: one patient's event of therapy as one publication tells it.",
    (
        CASE_ID,
        link("publication_id", ITB.reportedIn, "The publication that tells it.", required=True),
        text("title", ITB.title, "A short line that does not give the cause away."),
        text("narrative", ITB.narrative, "The story in the curator's words, saying only what is recorded."),
        label("clock", ITB.clock, "The moment from which times of the case are counted; missing where it tells none.",
              ITB.Clock),
        whole("episodes", ITB.episodes, "How often the event came back, where several episodes are told as one."),
    ),
    ("case_id",),
    itself,
    {"publication_id": ("publications", "publication_id")},
)  # fmt: skip

PATIENTS = Table(
    "patients",
    "Patients",
    "A row for each case: its patient. One person may be the patient of several cases: see case_relations.",
    (
        CASE_ID,
        label("sex", ITB.sex, "Sex as the report gives it.", ITB.Sex),
        text("age_text", ITB.ageText, "Age as the record writes it; all above 89 years are one class."),
        number("age_minimum_years", ITB.ageMinimum, "Youngest age that the report allows.", "a"),
        number("age_maximum_years", ITB.ageMaximum, "Oldest age that the report allows.", "a"),
        *SOURCE,
    ),
    ("case_id",),
    of(ITB.hasPatient),
    TO_CASE,
)

AGE_GROUPS = Table(
    "age_groups",
    "Age groups of patients",
    "A row for each age group in which all ages lie that the report allows for the patient of a case.",
    (
        CASE_ID,
        Column("age_group", "string", "Name of the group.", lambda row: row.words.label(row.node), required=True,
               values=ITB.AgeGroup, reads=(ITB.ageGroup,)),
    ),
    ("case_id", "age_group"),
    below((ITB.hasPatient,), ITB.ageGroup),
    TO_CASE,
)  # fmt: skip

CONDITIONS = Table(
    "conditions",
    "Underlying conditions",
    "A row for each condition of a patient from before the event; what is not listed is not reported.",
    (CASE_ID, STATEMENT_ID, *term("condition", ITB.statedClass, "The condition.", required=True), *SOURCE[:2]),
    ("statement_id",),
    below((ITB.hasPatient,), ITB.hasCondition),
    {**TO_CASE, "condition_class": ("terms", "term_id")},
)

THERAPIES = Table(
    "therapies",
    "Therapy before the event",
    "A row for each case whose report tells how intrathecal baclofen therapy stood before the event.",
    (
        CASE_ID,
        STATEMENT_ID,
        *QUANTITY,
        number("canonical_minimum", ITB.canonicalMinimum, "Lowest dose in the unit of the name.", "ug/d"),
        number("canonical_maximum", ITB.canonicalMaximum, "Highest dose in the unit of the name.", "ug/d"),
        text("concentration_text", ITB.concentrationText, "Concentration of the drug in the reservoir as recorded."),
        number("concentration_minimum", ITB.concentrationMinimum, "Lowest concentration that is allowed.", "ug/mL"),
        number("concentration_maximum", ITB.concentrationMaximum, "Highest concentration that is allowed.", "ug/mL"),
        label("pump_model", ITB.pumpModel, "Model of the pump.", ITB.PumpModel),
        number("hours_since_implant", ITB.hoursSinceImplant, "Time from implantation to clock zero.", "h"),
        *SOURCE,
    ),
    ("case_id",),
    of(ITB.hasTherapy),
    TO_CASE,
)

EVENTS = Table(
    "events",
    "Events of therapy",
    "A row for each event of therapy that a case tells.",
    (CASE_ID, STATEMENT_ID, *term("event", ITB.statedClass, "The event.", required=True), *SOURCE[:2]),
    ("statement_id",),
    of(ITB.hasEvent),
    {**TO_CASE, "event_class": ("terms", "term_id")},
)


def _relations(facts: Facts, words: Lexicon) -> Iterator[Row]:
    """Take a row for each case named by another, with the property by which it is named."""
    for predicate in (ITB.samePatientAs, ITB.distinctFrom):
        for other in facts.all(facts.about, str(predicate)):
            yield Row(facts, words, other, str(predicate))


RELATIONS = Table(
    "case_relations",
    "Which cases belong together",
    "A row for each other case that a record names: of the same person, or one that looks alike and is of another.",
    (
        CASE_ID,
        Column("relation", "string", "How the other case is related.", lambda row: row.words.label(row.parent),
               required=True, reads=(ITB.samePatientAs, ITB.distinctFrom),
               values=("same patient as", "distinct from")),
        Column("other_case_id", "string", "The other case; it need not be among those exported.",
               lambda row: short(row.node), required=True),
    ),
    ("case_id", "relation", "other_case_id"),
    _relations,
    TO_CASE,
)  # fmt: skip

CIRCUMSTANCES = Table(
    "circumstances",
    "Circumstances",
    "A row for each circumstance that stood around the event without being its mechanism.",
    (CASE_ID, Column("circumstance", "string", "In the curator's words.", lambda row: row.node, required=True,
                     reads=(ITB.circumstance,))),
    ("case_id", "circumstance"),
    of(ITB.circumstance),
    TO_CASE,
)  # fmt: skip

CASE_TABLES = (*(PUBLICATIONS, CASES, PATIENTS, AGE_GROUPS, CONDITIONS, THERAPIES, EVENTS, RELATIONS, CIRCUMSTANCES),)
#: Properties that the shape of the tables itself holds, or that say again what other cells say.
SHAPE = (RDFS.label, ITB.hasPatient, ITB.hasTherapy, ITB.hasEvent, ITB.hasCondition, ITB.reportedIn, ITB.placeIn)

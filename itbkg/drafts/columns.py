"""The columns of the case table: a sheet on which each row is one line of a record, in the record's own order."""

from dataclasses import dataclass

from itbkg.records.lines import LINE_KINDS


@dataclass(frozen=True, slots=True)
class SheetColumn:
    """A column of the sheet: its name, what to write, and an example of how."""

    name: str
    about: str
    form: str = "text"


COLUMNS = (
    SheetColumn("file", "Name of the draft: first author and year. Empty: as in the row above.", "doe-1901"),
    SheetColumn("case", "Number of the case in the report. Empty: as in the row above.", "1"),
    SheetColumn("line", "What the row states: one of the kinds below.", "kind"),
    SheetColumn("word", "What it states: a word of the ontology, or the key of a report, case, patient or therapy. "
                        "Diagnoses that were thought of together stand in one cell.", "word, or words with ; between"),
    SheetColumn("value", "Measured value, dose, length of a delay, or what the key holds.", "number and UCUM unit"),
    SheetColumn("at", "Time from the clock of the case.", "0..48 h"),
    SheetColumn("hospital_day", "Hospital day as the report counts it; the day of admission is 1.", "whole number"),
    SheetColumn("where", "Heading and paragraph of the report.", "Case presentation, 2"),
    SheetColumn("severity", "Of a finding.", "word"),
    SheetColumn("normal", "Of a measurement: the report's own range.", "25..235 U/L"),
    SheetColumn("may_be", "Of a measurement: the kinds that it may be of.", "words with ; between"),
    SheetColumn("every", "Of a treatment: time between doses.", "6 h"),
    SheetColumn("route", "Of a treatment.", "word"),
    SheetColumn("approach", "Of a treatment.", "word"),
    SheetColumn("response", "Of a treatment: how findings responded.", "word: word; word: word"),
    SheetColumn("effect", "Of a treatment: how the event as a whole responded.", "word"),
    SheetColumn("shows", "Of an investigation: findings, or causes that stand below.", "words with ; between"),
    SheetColumn("excludes", "Of an investigation: findings that it showed to be absent.", "words with ; between"),
    SheetColumn("became", "Of considered diagnoses.", "word"),
    SheetColumn("leads_to", "Of a cause: the next cause, or the event.", "word"),
    SheetColumn("certainty", "Of a cause.", "word"),
    SheetColumn("basis", "Of a cause: on what it rests.", "words with ; between"),
    SheetColumn("detail", "A short addition in your own words."),
    SheetColumn("printed", "Figure, unit or name as printed, where it is read otherwise."),
    SheetColumn("discrepancy", "What is wrong or contradictory in the report here."),
    SheetColumn("id", "Only where two rows would bear one name.", "a-z, 0-9 and hyphens"),
)  # fmt: skip

#: Rows whose `word` is a key and whose `value` is what it holds; a key with several values may have several rows.
KEYED = ("report", "case", "patient", "therapy")
#: Where the `value` of a line stands in the record.
VALUES = {"measurement": "value", "treatment": "dose", "delay": "lasted"}
#: Rows that are lines of the course, and those of the other lists of a case.
COURSE = tuple(LINE_KINDS)
LISTS = {"cause": "causes", "outcome": "outcomes"}
KINDS = (*KEYED, *COURSE, *LISTS)
#: Cells that hold several words, with semicolons between them.
SEVERAL = frozenset({"may_be", "shows", "excludes", "basis"})
#: Cells that hold words and what they became: `word: word; word: word`.
PAIRS = frozenset({"response", "benefit"})
#: Keys with several values; those whose values are words may stand in one cell.
LISTED = frozenset({"authors", "conditions", "also", "distinct_from"})
#: A key with several values that are texts: each has a row of its own.
REPEATED = frozenset({"circumstances"})
#: Keys and cells that hold whole numbers.
NUMBERS = frozenset({"year", "episodes", "hospital_day"})

"""The three states of every finding in every case, as one wide table: present, stated absent, not reported."""

from collections.abc import Callable

from itbkg.exports.tables.cases import TO_CASE
from itbkg.exports.tables.columns import CASE_ID, itself
from itbkg.exports.tables.findings import ABSENT, BOTH, PRESENT, UNREPORTED
from itbkg.exports.tables.lexicon import TERMS, Lexicon
from itbkg.exports.tables.table import Cell, Column, Row, Table
from itbkg.namespaces import ITB


def states_table(words: Lexicon) -> Table:
    """Make the table: a row for each case and a column for each class of finding that the ontology has.

    A finding counts for its class and all classes above it; an absence for its class and all classes below it.
    """
    classes = words.below(str(ITB.Finding))
    return Table(
        "finding_states",
        "Findings by case, in three states",
        "A row for each case and a column for each class of finding: whether the case has it (or one below it), states "
        "that it was absent, or does not report it. The last is not the second.",
        (CASE_ID, *(_column(iri, words) for iri in classes)),
        ("case_id",),
        itself,
        TO_CASE,
    )


def _column(iri: str, words: Lexicon) -> Column:
    return Column(
        iri.removeprefix(TERMS),
        "string",
        f"State of: {words.label(iri)}.",
        _reader(iri),
        values=(PRESENT, ABSENT, BOTH, UNREPORTED),
        required=True,
    )


def _reader(iri: str) -> Callable[[Row], Cell]:
    def read(row: Row) -> str:
        present, absent = row.facts.present, row.facts.absent
        if iri in present:
            return BOTH if iri in absent else PRESENT
        return ABSENT if iri in absent else UNREPORTED

    return read

"""Lists of cases and publications, and counts, as the cells of a table."""

from collections.abc import Iterable, Iterator

from itbkg.cases.account import Reference
from itbkg.cases.facets import Facets
from itbkg.cases.listing import CaseRow
from itbkg.cases.publications import PublicationRow
from itbkg.sheet import Cell

CASE_COLUMNS = (
    *("id", "year", "title", "sex", "age", "age_minimum_years", "age_maximum_years", "events", "causes", "outcomes"),
    *("read_as", "review", "citation", "status", "same_patient_as", "told_again_in", "iri"),
)
FACET_COLUMNS = ("term", "present", "absent", "not_reported", "of", "iri")
_REFERENCE = (
    *("id", "title", "authors", "year", "journal", "volume", "issue", "pages", "doi", "pmid", "pmcid", "address"),
    *("read_as", "review", "citation", "status"),
)
PUBLICATION_COLUMNS = (*_REFERENCE, "cases")


def case_cells(rows: Iterable[CaseRow]) -> Iterator[tuple[Cell, ...]]:
    """Yield the cells of CASE_COLUMNS; several values stand in one cell with semicolons between them."""
    return (_cells(row, CASE_COLUMNS) for row in rows)


def facet_cells(facets: Facets) -> Iterator[tuple[Cell, ...]]:
    """Yield the cells of FACET_COLUMNS; `of` is the number of cases that were counted."""
    for one in facets.counts:
        yield one.label, one.present, one.absent, one.not_reported, facets.total, one.iri


def publication_cells(rows: Iterable[PublicationRow]) -> Iterator[tuple[Cell, ...]]:
    """Yield the cells of PUBLICATION_COLUMNS."""
    for row in rows:
        yield (*_cells(row.reference, _REFERENCE), *_cells(row, ("cases",)))


def _cells(told: CaseRow | Reference | PublicationRow, columns: Iterable[str]) -> tuple[Cell, ...]:
    values = (getattr(told, column) for column in columns)
    return tuple("; ".join(value) if isinstance(value, tuple) else value for value in values)

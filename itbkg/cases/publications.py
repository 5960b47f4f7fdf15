"""The publications that tell cases: how to find each, how it was read, and its cases."""

from collections.abc import Mapping
from dataclasses import dataclass

from itbkg.cases.account import Reference
from itbkg.cases.listing import CaseRow, list_cases
from itbkg.cases.names import nearest
from itbkg.cases.queries import PUBLICATIONS
from itbkg.cases.rows import named_rows, whole
from itbkg.errors import NotFoundError
from itbkg.store import Store


@dataclass(frozen=True, slots=True)
class PublicationAccount:
    """A publication with the cases that it tells."""

    reference: Reference
    cases: tuple[CaseRow, ...]

    def row(self) -> "PublicationRow":
        """Return it as a list has it."""
        return PublicationRow(self.reference, tuple(row.id for row in self.cases))


@dataclass(frozen=True, slots=True)
class PublicationRow:
    """A publication in a list, with the ids of its cases."""

    reference: Reference
    cases: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PublicationList:
    """Publications in id order, `total` in all, of which these are those from `offset` on."""

    total: int
    offset: int
    publications: tuple[PublicationRow, ...]


def list_publications(store: Store) -> tuple[PublicationAccount, ...]:
    """List the publications that tell cases, in id order."""
    cases = list_cases(store)
    return tuple(
        PublicationAccount(reference, tuple(row for row in cases if row.publication == reference.id))
        for reference in (read_reference(row) for row in named_rows(store, PUBLICATIONS))
    )


def tell_publication(store: Store, publication: str) -> PublicationAccount:
    """Tell the publication with an id; NotFoundError, with ids of like spelling, where there is none."""
    known = {told.reference.id: told for told in list_publications(store)}
    if publication not in known:
        raise NotFoundError("publication", publication, nearest(publication, known))
    return known[publication]


def read_reference(row: Mapping[str, str]) -> Reference:
    """Make a reference of a row of PUBLICATIONS."""
    return Reference(
        id=row["id"],
        iri=row["publication"],
        title=row["title"],
        authors=row["byline"],
        year=whole(row["year"]),
        journal=row["journal"],
        volume=row["volume"],
        issue=row["issue"],
        pages=row["pages"],
        doi=row["doi"],
        pmid=row["pmid"],
        pmcid=row["pmcid"],
        address=row["address"],
        licence=row["licence"],
        citation=row["cited"],
        status=row["status"],
        read_as=row["reading"],
        secondary_source=row["secondary"],
        review=row["review"],
        note=row["note"],
    )

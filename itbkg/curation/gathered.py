"""All records of a corpus together, and the publications that they are of."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from itbkg.records import Guidance, Overlap, Overlaps, Publication, Published, Report


@dataclass(frozen=True, slots=True)
class Records:
    """Everything that a corpus states, each record by its id (the file's stem), in id order."""

    cases: dict[str, Publication] = field(default_factory=dict)
    guidance: dict[str, Guidance] = field(default_factory=dict)
    published: dict[str, Published] = field(default_factory=dict)
    overlaps: dict[str, Overlaps] = field(default_factory=dict)

    @property
    def all_overlaps(self) -> tuple[Overlap, ...]:
        """The overlaps of all files, in the order of the files."""
        return tuple(overlap for record in self.overlaps.values() for overlap in record.overlaps)


@dataclass(frozen=True, slots=True)
class Printed:
    """A publication as one record cites it.

    `kind` and `record` name the file, `head` the top key under which it cites. Records with the same `paper` are of one
    publication: cases and numbers by the same file name, guidance by `advice_of`.
    """

    kind: str
    record: str
    head: str
    paper: str
    report: Report

    @property
    def file(self) -> str:
        """The file, as it is named in a message."""
        return f"{self.kind}/{self.record}"


def printed(records: Records) -> Iterator[Printed]:
    """Yield every citation of the corpus: of cases, then of numbers, then of guidance."""
    for name, told in records.cases.items():
        yield Printed("cases", name, "report", name, told.report)
    for name, counted in records.published.items():
        yield Printed("published", name, "source", name, counted.source)
    for name, advice in records.guidance.items():
        yield Printed("guidance", name, "document", advice.document.advice_of or f"guidance/{name}", advice.document)

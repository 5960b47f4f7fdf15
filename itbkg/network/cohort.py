"""The cases over which a network is laid: each person once, retracted reports left out."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from itbkg.cases import CaseRow, list_cases
from itbkg.cases.counted import counted_cases
from itbkg.cases.names import id_order
from itbkg.store import Store


@dataclass(frozen=True)
class Cohort:
    """Cases that count, in id order; `told` is how many there were before second tellings and retracted ones went."""

    rows: Sequence[CaseRow]
    told: int

    @cached_property
    def ids(self) -> Mapping[str, str]:
        """The ids by IRI."""
        return {row.iri: row.id for row in self.rows}

    @property
    def warnings(self) -> tuple[str, ...]:
        """Say how many were left out, if any were."""
        left = self.told - len(self.rows)
        said = f"{left} of {self.told} cases are left out: second tellings of a patient, and retracted reports."
        return (said,) if left else ()

    def named(self, iris: Iterable[str]) -> tuple[str, ...]:
        """Return the ids of those of the cases that count, in id order."""
        return tuple(sorted({self.ids[iri] for iri in iris if iri in self.ids}, key=id_order))


def read_cohort(store: Store, cases: Sequence[CaseRow] | None = None) -> Cohort:
    """Keep of the chosen cases, or of all, those that count: each person once, no retracted report.

    A person counts by the case that tells no other again, and is left out where that one is not chosen.
    """
    rows = list_cases(store)
    chosen = {row.iri for row in (rows if cases is None else cases)}
    return Cohort(tuple(row for row in counted_cases(store, rows) if row.iri in chosen), len(chosen))

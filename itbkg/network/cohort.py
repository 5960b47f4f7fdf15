"""The cases over which a network is laid: each person once, retracted reports left out."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from itbkg.cases import CaseRow, Wanted, choose_cases, list_cases
from itbkg.cases.names import id_order
from itbkg.cases.counted import counted_cases
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


def read_cohort(store: Store, wanted: Wanted | None = None, only: Collection[str] | None = None) -> Cohort:
    """Choose the cases that fulfil all conditions, each person once and without retracted reports.

    `only` keeps the cases of these ids. A person counts by the case that tells no other again, and is left out where
    that one is not chosen. Raises what `choose_cases` raises.
    """
    rows = list_cases(store)
    chosen = [row for row in (choose_cases(store, wanted).rows if wanted else rows) if only is None or row.id in only]
    among = {row.iri for row in chosen}
    return Cohort(tuple(row for row in counted_cases(store, rows) if row.iri in among), len(chosen))

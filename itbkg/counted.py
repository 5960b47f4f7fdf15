"""The cases that count: each person once, and no retracted report."""

from collections.abc import Sequence

from itbkg.cases import CaseRow
from itbkg.cases.persons import first_tellings
from itbkg.store import PREFIX_LINES, Store

_RETRACTED = f"""{PREFIX_LINES}
SELECT ?case WHERE {{ ?case itb:reportedIn/itb:publicationStatus itb:RetractedPublication }}
"""


def counted_cases(store: Store, rows: Sequence[CaseRow]) -> tuple[CaseRow, ...]:
    """Return those of the cases that count, in their order; of several that tell of one person, the first telling."""
    retracted = {case for (case,) in store.select(_RETRACTED).texts()}
    kept = [row for row in rows if row.iri not in retracted]
    firsts = first_tellings(kept)
    return tuple(row for row in kept if firsts[row.id] == row.id)

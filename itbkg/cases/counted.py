"""The cases that count: each person once, and no retracted report."""

from collections.abc import Sequence

from itbkg.cases.listing import CaseRow
from itbkg.store import PREFIX_LINES, Store, once

#: The rule, as the first lines of a group pattern in SPARQL: of several cases that tell of one person, the one counts
#: that tells no other again; where that one is retracted, one that tells it again.
COUNTED = """?case a itb:Case .
    FILTER NOT EXISTS { ?case itb:reportedIn/itb:publicationStatus itb:RetractedPublication }
    FILTER NOT EXISTS {
      ?case itb:samePatientAs ?first . ?first a itb:Case .
      FILTER NOT EXISTS { ?first itb:reportedIn/itb:publicationStatus itb:RetractedPublication }
    }"""


@once
def counted(store: Store) -> frozenset[str]:
    """Return the IRIs of the cases that count."""
    return frozenset(case for (case,) in store.select(f"{PREFIX_LINES}SELECT ?case WHERE {{ {COUNTED} }}").texts())


def counted_cases(store: Store, rows: Sequence[CaseRow]) -> tuple[CaseRow, ...]:
    """Return those of the cases that count, in their order."""
    iris = counted(store)
    return tuple(row for row in rows if row.iri in iris)

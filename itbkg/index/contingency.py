"""Count cases by two fields at once: every term of one against every term of the other, in three states each."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from itbkg.index.bits import Bits
from itbkg.index.column import Column

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

#: The states along the last two axes of the counts. Together they are all cases, and no case is in two.
STATES = ("present", "absent", "not reported")


@dataclass(frozen=True, eq=False, slots=True)
class Contingency:
    """The counts of `total` cases: `counts[row, column, state of row, state of column]`, states in the order of STATES.

    A case that has a term at one time and states it absent at another counts as present: the term was there.
    """

    rows: tuple[str, ...]
    columns: tuple[str, ...]
    total: int
    counts: "NDArray[np.int64]"


def count_pairs(
    rows: Column, columns: Column, within: Bits, row_terms: tuple[str, ...], column_terms: tuple[str, ...]
) -> Contingency:
    """Count the cases of a cohort by every pair of a row's and a column's term.

    Only what is present or absent in both is counted; what is not reported follows from that and from the totals. The
    cohort is taken of the rows alone, for a pair lies within it where one of the two does.
    """
    import numpy as np  # noqa: PLC0415 - it takes longer to import than all cases of a corpus to count

    across = [[one & within for one in _states(rows, term)] for term in row_terms]
    down = [_states(columns, term) for term in column_terms]
    counts = np.zeros((len(across), len(down), 3, 3), np.int64)
    for row, states in enumerate(across):
        for state, one in enumerate(states):
            if one:
                counts[row, :, state, :2] = [[one.overlap(two) if two else 0 for two in others] for others in down]
    row_sums = np.array([[len(one) for one in states] for states in across], np.int64).reshape(-1, 1, 2)
    column_sums = np.array([[one.overlap(within) for one in others] for others in down], np.int64).reshape(1, -1, 2)
    counts[:, :, :2, 2] = row_sums - counts[:, :, :2, :2].sum(axis=3)
    counts[:, :, 2, :2] = column_sums - counts[:, :, :2, :2].sum(axis=2)
    counts[:, :, 2, 2] = len(within) - counts.sum(axis=(2, 3))
    return Contingency(row_terms, column_terms, len(within), counts)


def _states(column: Column, term: str) -> tuple[Bits, Bits]:
    """Return the cases with a term, and those that state it absent and never have it."""
    return column.present(term), column.absent(term) - column.present(term)

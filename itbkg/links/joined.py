"""The sets of cases behind a pair of a row and a column."""

from dataclasses import dataclass, field

from itbkg.index import Bits
from itbkg.links.categories import Line
from itbkg.links.cells import Sets


@dataclass(frozen=True, slots=True)
class Joined:
    """The sets of a pair within a cohort."""

    row: Line
    column: Line
    group: Sets
    others: Sets
    row_both: Bits = field(repr=False)
    row_not_reported: int

    @classmethod
    def of(cls, row: Line, column: Line, within: Bits) -> "Joined":
        """Join the sets of a row and a column."""
        having, lacking = row.states.present & within, row.states.absent & within
        return cls(
            row=row,
            column=column,
            group=Sets.of(having, column.states),
            others=Sets.of(lacking, column.states),
            row_both=row.states.both & within,
            row_not_reported=len(within) - len(having) - len(lacking),
        )

    @property
    def counts(self) -> tuple[int, int, int, int]:
        """The table of two by two: with and without the column, in the group and in the others."""
        return (
            len(self.group.present),
            len(self.group.absent),
            len(self.others.present),
            len(self.others.absent),
        )

    @property
    def counted(self) -> Bits:
        """The cases in the table of two by two."""
        return self.group.present | self.group.absent | self.others.present | self.others.absent

    def only(self, bits: Bits) -> tuple[int, int, int, int]:
        """Return the table of two by two of those cases that are in a set."""
        group, others = self.group.within(bits), self.others.within(bits)
        return len(group.present), len(group.absent), len(others.present), len(others.absent)

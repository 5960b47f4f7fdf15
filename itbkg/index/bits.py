"""Sets of cases as compressed bits: a case is its position.

Roaring bitmaps (Lemire et al., Software: Practice and Experience 2018, doi:10.1002/spe.2560): of 65,536 positions a
rare class keeps a list, a common one bits, and an unbroken run its two ends. `benchmarks/index.py` holds them against
plain bits.
"""

from collections.abc import Iterable, Iterator
from typing import Self

from pyroaring import BitMap, FrozenBitMap


class Bits:
    """An immutable set of the positions 0 to `size` - 1; `~` is what is not in it.

    Two sets go together only where they are of one size: `&`, `|`, `-` and `overlap` raise ValueError otherwise.
    """

    __slots__ = ("_kept", "size")

    def __init__(self, positions: Iterable[int], size: int) -> None:
        """Take positions in any order; ValueError for one that is outside."""
        self._kept = positions if isinstance(positions, FrozenBitMap) else _gather(positions)
        self.size = size
        if self._kept and self._kept.max() >= size:
            raise ValueError(f"position {self._kept.max()} is outside of {size} positions")

    @classmethod
    def none(cls, size: int) -> Self:
        """Return the empty set."""
        return cls((), size)

    @classmethod
    def full(cls, size: int) -> Self:
        """Return the set of all positions."""
        return cls(range(size), size)

    @classmethod
    def union(cls, sets: Iterable["Bits"], size: int) -> Self:
        """Return what is in any of several sets; of none, the empty set."""
        kept = [one._fitting(size) for one in sets]
        return cls(FrozenBitMap.union(*kept) if kept else (), size)

    @classmethod
    def from_bytes(cls, written: bytes, size: int) -> Self:
        """Read what `to_bytes` wrote; ValueError for anything else."""
        if not written:
            raise ValueError("a set is missing")
        return cls(FrozenBitMap.deserialize(written), size)

    def to_bytes(self) -> bytes:
        """Write the set in Roaring's portable format (github.com/RoaringBitmap/RoaringFormatSpec).

        Equal sets give equal bytes: by which operations a set was made leaves its trace in memory, and none here.
        """
        anew = BitMap(self._kept.to_array())
        anew.run_optimize()
        return anew.serialize()

    @property
    def nbytes(self) -> int:
        """The bytes that the positions take in memory, with 16 for each block of 65,536 and 100 for the objects."""
        told = self._kept.get_statistics()
        blocks = told["n_bytes_array_containers"] + told["n_bytes_run_containers"] + told["n_bytes_bitset_containers"]
        return blocks + 16 * told["n_containers"] + 100

    def overlap(self, other: "Bits") -> int:
        """Count what is in both, without making the set."""
        return self._kept.intersection_cardinality(other._fitting(self.size))

    def __and__(self, other: "Bits") -> Self:
        return type(self)(self._kept & other._fitting(self.size), self.size)

    def __or__(self, other: "Bits") -> Self:
        return type(self)(self._kept | other._fitting(self.size), self.size)

    def __sub__(self, other: "Bits") -> Self:
        return type(self)(self._kept - other._fitting(self.size), self.size)

    def __invert__(self) -> Self:
        return type(self)(self._kept.flip(0, self.size), self.size)

    def __len__(self) -> int:
        return len(self._kept)

    def __iter__(self) -> Iterator[int]:
        return iter(self._kept)

    def __contains__(self, position: object) -> bool:
        return isinstance(position, int) and 0 <= position < self.size and position in self._kept

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Bits) and self.size == other.size and self._kept == other._kept

    def __hash__(self) -> int:
        return hash((self.size, self._kept))

    def __repr__(self) -> str:
        return f"Bits({len(self)} of {self.size})"

    def _fitting(self, size: int) -> FrozenBitMap:
        if size != self.size:
            raise ValueError(f"a set of {self.size} cases does not go with one of {size}: they are of two indexes")
        return self._kept


def _gather(positions: Iterable[int]) -> FrozenBitMap:
    try:
        return FrozenBitMap(positions)
    except OverflowError as error:
        raise ValueError(f"a position is below 0 or beyond 32 bits ({error})") from error

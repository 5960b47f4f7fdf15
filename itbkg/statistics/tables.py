"""Exact tests of a table of two by two, against all tables that have its margins."""

from dataclasses import dataclass
from math import comb


@dataclass(frozen=True, slots=True)
class Tables:
    """All tables with the margins of one: `ways[k]` ways lead to the table whose first count is `lowest + k`.

    The ways are those of the hypergeometric distribution as whole numbers: nothing is rounded,
    and tables of equal probability are equal. `observed` is the place of the table that was seen.
    """

    lowest: int
    observed: int
    ways: tuple[int, ...]


def fisher(a: int, b: int, c: int, d: int) -> float:
    """Return the two-sided exact p-value: the probability of all tables that are no more probable than this one.

    Fisher RA. The logic of inductive inference. J R Stat Soc 1935;98:39-82; the two-sided form is that of R's
    `fisher.test`. It is 1 where the margins allow but one table. ValueError for a negative count.
    """
    rarer, alike, total = _weighed(tables(a, b, c, d))
    return (rarer + alike) / total


def mid_p(a: int, b: int, c: int, d: int) -> float:
    """Return the two-sided mid-p: the probability of all less probable tables, and half that of the equally probable.

    Lancaster HO. Significance tests in discrete distributions. J Am Stat Assoc 1961;56:223-234, on Fisher's two-sided
    test as in Fagerland MW, Lydersen S, Laake P. Statistical analysis of contingency tables, 2017, section 4.4. (The
    other mid-p in use, of epitools and OpenEpi, doubles the smaller one-sided one.) ValueError for a negative count.
    """
    rarer, alike, total = _weighed(tables(a, b, c, d))
    return (2 * rarer + alike) / (2 * total)


def tables(a: int, b: int, c: int, d: int) -> Tables:
    """Return all tables with the margins of this one; ValueError for a negative count."""
    if min(a, b, c, d) < 0:
        raise ValueError(f"counts are not below zero: {a}, {b}, {c}, {d}")
    row, column = a + b, a + c
    lowest, highest = max(0, a - d), min(row, column)
    ways = [comb(row, lowest) * comb(c + d, column - lowest)]
    for first in range(lowest, highest):
        # C(row, k) C(c + d, column - k): each from the one before, without remainder.
        ways.append(ways[-1] * (row - first) * (column - first) // ((first + 1) * (d - a + first + 1)))
    return Tables(lowest, a - lowest, tuple(ways))


def _weighed(every: Tables) -> tuple[int, int, int]:
    """Count the ways to the tables less probable than the observed, to those as probable, and to all."""
    seen = every.ways[every.observed]
    rarer = sum(ways for ways in every.ways if ways < seen)
    return rarer, seen * every.ways.count(seen), sum(every.ways)

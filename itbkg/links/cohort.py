"""The cases that a table is about: those that fulfil the filter, each person once, no retracted report."""

from dataclasses import dataclass, field

from itbkg.index import Bits
from itbkg.links.data import CaseData
from itbkg.links.filters import Filters
from itbkg.links.parsing import parse_where


@dataclass(frozen=True, slots=True)
class Cohort:
    """`total` cases that fulfil the filter `where`, `of` all cases of the graph.

    Who is told of in several cases counts once, by the case that tells no other again; where that one is retracted, by
    one that tells it again. `told_again` lists the cases left out for that, `retracted` those of retracted
    publications, both among the cases that fulfil the filter.
    """

    where: str
    total: int
    of: int
    told_again: tuple[str, ...]
    retracted: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Chosen:
    """A cohort with its set of cases."""

    cohort: Cohort
    bits: Bits = field(repr=False)


def choose(data: CaseData, filters: Filters, where: str) -> Chosen:
    """Choose the cohort of a filter; ParameterError or NotFoundError where it cannot be read."""
    fulfilling = filters.cases(parse_where(where))
    kept, retracted = fulfilling & data.counted, fulfilling & data.retracted
    again = fulfilling - kept - retracted
    cohort = Cohort(where, len(kept), data.size, ids(data, again), ids(data, retracted))
    return Chosen(cohort, kept)


def ids(data: CaseData, bits: Bits) -> tuple[str, ...]:
    """Name the cases of a set by their ids, in the order of the index."""
    return tuple(data.sources[position].id for position in bits)

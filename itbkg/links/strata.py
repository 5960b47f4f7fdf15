"""Whether a result holds without one publication, in each way of reading and in each decade."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from itbkg.index import FIELDS, Bits
from itbkg.links.data import CaseData
from itbkg.links.joined import Joined
from itbkg.statistics import fisher, risk_difference

#: A p-value under this is read as a result here: the usual convention, and no more than that.
LEVEL = 0.05


@dataclass(frozen=True, slots=True)
class Stratum:
    """The table of two by two of some of the cases: those of a reading or decade, or those left without a publication.

    `with_column` of `group` cases with the row have the column, and `others_with_column` of `others` without it; only
    cases that say of both are counted. Difference and Fisher's p are None where a side is empty.
    """

    name: str
    with_column: int
    group: int
    others_with_column: int
    others: int
    difference: float | None
    fisher: float | None


@dataclass(frozen=True, slots=True)
class LeftOut:
    """What a pair looks like without a publication that gives `cases` of its cases.

    `turns` says that the result is another one; `reading` says how.
    """

    publication: str
    cases: int
    rest: Stratum
    turns: bool
    reading: str


@dataclass(frozen=True, slots=True)
class Dependence:
    """On what a pair depends: without each publication, by what was read of the report, and by decade."""

    left_out: tuple[LeftOut, ...]
    by_read_as: tuple[Stratum, ...]
    by_decade: tuple[Stratum, ...]


def depend(data: CaseData, joined: Joined) -> Dependence:
    """Look at a pair without each publication, by reading and by decade; what turns the result stands first."""
    left = sorted(leave_out(data, joined), key=lambda one: (not one.turns, -one.cases, one.publication))
    return Dependence(tuple(left), tuple(_by_reading(data, joined)), tuple(_by_decade(data, joined)))


def leave_out(data: CaseData, joined: Joined) -> Iterator[LeftOut]:
    """Yield the pair without each publication that gives cases to it, by publication."""
    whole = _stratum("all", joined.counts)
    for publication, cases in sorted(_by_publication(data, joined.counted).items()):
        rest = _stratum(publication, joined.only(joined.counted - cases))
        reading = _turn(whole, rest)
        yield LeftOut(publication, len(cases), rest, bool(reading), reading or "the same")


def turning(data: CaseData, joined: Joined) -> list[LeftOut]:
    """Return the publications without which a result is another; none where there was no result at `LEVEL`."""
    p = fisher(*joined.counts)
    return [left for left in leave_out(data, joined) if left.turns] if p < LEVEL else []


def _turn(whole: Stratum, rest: Stratum) -> str:
    """Say how a result turns; empty where it does not, or where there was none."""
    if whole.fisher is None or whole.fisher >= LEVEL or whole.difference is None:
        return ""
    if rest.difference is None or rest.fisher is None:
        return "nothing is left to compare"
    if rest.difference * whole.difference <= 0:
        return "the difference is gone or goes the other way"
    return f"p rises from {whole.fisher:.2g} to {rest.fisher:.2g}" if rest.fisher >= LEVEL else ""


def _by_publication(data: CaseData, counted: Bits) -> Mapping[str, Bits]:
    found: defaultdict[str, list[int]] = defaultdict(list)
    for case in counted:
        found[data.sources[case].publication].append(case)
    return {publication: data.bits(cases) for publication, cases in found.items()}


def _by_reading(data: CaseData, joined: Joined) -> Iterator[Stratum]:
    column, labels = data.column(FIELDS["read_as"]), data.labels(FIELDS["read_as"])
    for term in sorted(column.terms, key=labels.__getitem__):
        if column.present(term).overlap(joined.counted):
            yield _stratum(labels[term], joined.only(column.present(term)))


def _by_decade(data: CaseData, joined: Joined) -> Iterator[Stratum]:
    found: defaultdict[str, list[int]] = defaultdict(list)
    for case in joined.counted:
        year = data.sources[case].year
        found["year not known" if year is None else f"{year - year % 10}s"].append(case)
    for decade, cases in sorted(found.items()):
        yield _stratum(decade, joined.only(data.bits(cases)))


def _stratum(name: str, counts: tuple[int, int, int, int]) -> Stratum:
    a, b, c, d = counts
    compared = a + b and c + d
    return Stratum(
        name=name,
        with_column=a,
        group=a + b,
        others_with_column=c,
        others=c + d,
        difference=risk_difference(*counts).value,
        fisher=fisher(*counts) if compared else None,
    )

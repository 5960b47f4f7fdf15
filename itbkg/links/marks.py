"""What a reader must know of a pair before trusting its numbers, each with the cases that it is about."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from itertools import combinations

from itbkg.index import Bits
from itbkg.links.cohort import ids
from itbkg.links.data import CaseData
from itbkg.links.joined import Joined
from itbkg.links.related import Relations
from itbkg.links.strata import turning
from itbkg.statistics import LEAST_CASES


class Code(StrEnum):
    """What a mark says.

    `contradiction`: a case tells row or column as present and as absent. `told-again`: a case that counts is told again
    elsewhere, and that telling is not counted. `may-be-one`: two cases that count look like one patient. `one-paper`:
    all cases with row and column are of one publication. `rests-on-paper`: without one publication the result is
    another. `overlap`: cases with row and column are of publications whose cohorts share people or may.
    """

    CONTRADICTION = "contradiction"
    TOLD_AGAIN = "told-again"
    MAY_BE_ONE = "may-be-one"
    ONE_PAPER = "one-paper"
    RESTS_ON_PAPER = "rests-on-paper"
    OVERLAP = "overlap"


@dataclass(frozen=True, slots=True)
class Mark:
    """One thing to know: what it is, in words, and of which cases or publications."""

    code: Code
    text: str
    cases: tuple[str, ...]
    publications: tuple[str, ...]


def mark_pair(data: CaseData, relations: Relations, joined: Joined, *, tested: bool) -> tuple[Mark, ...]:
    """Return the marks of a pair, in the order of the codes."""
    told = (
        *_contradictions(data, joined),
        *_repeats(data, relations, joined),
        *_papers(data, joined, tested=tested),
        *_overlaps(data, relations, joined),
    )
    return tuple(sorted(told, key=lambda mark: [*Code].index(mark.code)))


def _contradictions(data: CaseData, joined: Joined) -> Iterator[Mark]:
    """Yield what says both, in the row or in the column."""
    column = joined.group.both | joined.others.both
    for bits, category in ((joined.row_both, joined.row.category), (column, joined.column.category)):
        if bits:
            cases = ids(data, bits)
            text = f"{_list(cases)}: '{category.label}' is told as present and as absent, and counts as present"
            yield Mark(Code.CONTRADICTION, text, cases, ())


def _repeats(data: CaseData, relations: Relations, joined: Joined) -> Iterator[Mark]:
    """Yield who is told of twice, among the cases that are compared."""
    counted = joined.counted
    for again, first in data.tellings:
        if first in counted:
            cases = (data.sources[first].id, data.sources[again].id)
            yield Mark(Code.TOLD_AGAIN, f"{cases[0]} is told again in {cases[1]}; the patient counts once", cases, ())
    for pair in relations.alike:
        if pair.one in counted and pair.other in counted:
            cases = (data.sources[pair.one].id, data.sources[pair.other].id)
            text = f"{cases[0]} and {cases[1]} agree in sex, age, event and causes: one patient may count twice"
            yield Mark(Code.MAY_BE_ONE, text, cases, ())


def _papers(data: CaseData, joined: Joined, *, tested: bool) -> Iterator[Mark]:
    """Yield the publication from which all comes, and those without which the result is another."""
    papers = _publications(data, joined.group.present)
    if len(papers) == 1 and len(joined.group.present) >= LEAST_CASES:
        text = f"all {len(joined.group.present)} cases with both are of one publication, {papers[0]}"
        yield Mark(Code.ONE_PAPER, text, ids(data, joined.group.present), papers)
    turning_papers = turning(data, joined) if tested else []
    if turning_papers:
        names = tuple(left.publication for left in turning_papers)
        how = "; ".join(f"{left.publication}: {left.reading}" for left in turning_papers[:3])
        several = "" if len(names) == 1 else f" (so of {len(names)} publications, each by itself)"
        yield Mark(Code.RESTS_ON_PAPER, f"without one publication it is another result{several}; {how}", (), names)


def _overlaps(data: CaseData, relations: Relations, joined: Joined) -> Iterator[Mark]:
    for pair in combinations(_publications(data, joined.group.present), 2):
        if frozenset(pair) in relations.overlaps:
            yield Mark(Code.OVERLAP, f"the cohorts of {pair[0]} and {pair[1]} are known to overlap", (), pair)


def _publications(data: CaseData, bits: Bits) -> tuple[str, ...]:
    return tuple(sorted({data.sources[case].publication for case in bits}))


def _list(cases: Iterable[str]) -> str:
    return ", ".join(cases)

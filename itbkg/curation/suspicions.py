"""What may be told twice: cases, publications and cohorts that are alike, for a curator to look at.

Alike is no proof: none of these is a problem of a record. A pair of cases that was looked at is declared, in one of
them, by `same_patient_as` or `distinct_from`; a pair of cohorts by an overlap.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import combinations

from itbkg.curation.gathered import Printed, Records, printed
from itbkg.curation.likeness import Ages, Told, similar_titles, surnames, told_cases, years_near
from itbkg.records import Source
from itbkg.vocabulary import Vocabulary


@dataclass(frozen=True, slots=True, order=True)
class Suspicion:
    """Two of one sort (case, publication or cohort) that may be one, and why."""

    sort: str
    one: str
    other: str
    because: str


def find_overlaps(records: Records, vocabulary: Vocabulary) -> list[Suspicion]:
    """Return every suspicion about the records, in order."""
    return sorted({*_cases(records, vocabulary), *_publications(records), *_cohorts(records)})


def alike(one: Told, other: Told) -> bool:
    """Say whether two cases of different publications agree in event, cause, sex and age as far as these are told."""
    same = one.sex is not None and one.sex == other.sex and one.events & other.events and one.causes & other.causes
    return bool(same) and one.publication != other.publication and _ages_near(one.ages, other.ages)


def shared_surnames(one: Told, other: Told) -> frozenset[str]:
    """Return the surnames that are among the authors of both."""
    return frozenset(surnames(one.report.authors)) & frozenset(surnames(other.report.authors))


def _cases(records: Records, vocabulary: Vocabulary) -> Iterator[Suspicion]:
    for one, other in combinations(told_cases(records, vocabulary), 2):
        if alike(one, other) and not one.declared(other):
            shared = shared_surnames(one, other)
            near = one.report.year and other.report.year and years_near(one.report.year, other.report.year)
            if shared or near:
                reason = f"an author ({', '.join(sorted(shared))})" if shared else "years within two"
                yield Suspicion(
                    "case", one.name, other.name, f"same event, cause and sex, ages within a year, {reason}"
                )


def _ages_near(one: Ages | None, other: Ages | None) -> bool:
    """Say whether two ages, each known to about a year, are no more than a year apart."""
    if one is None or other is None or max(one[1] - one[0], other[1] - other[0]) > 1:
        return False
    return max(one[0], other[0]) - min(one[1], other[1]) <= 1


def _publications(records: Records) -> Iterator[Suspicion]:
    for one, other in combinations(_papers(records), 2):
        first, second = (surnames(paper.report.authors[:1]) for paper in (one, other))
        near = years_near(one.report.year, other.report.year)
        if first and first == second and near and similar_titles(one.report.title, other.report.title):
            yield Suspicion("publication", one.file, other.file, "same first author, similar titles, years within two")


def _papers(records: Records) -> Iterator[Printed]:
    """Yield one citation of each publication."""
    seen: set[str] = set()
    for citation in printed(records):
        if citation.paper not in seen:
            yield citation
        seen.add(citation.paper)


def _cohorts(records: Records) -> Iterator[Suspicion]:
    """Compare the cohorts of sources that share authors, but those that are known to overlap."""
    known = [frozenset(overlap.cohorts) for overlap in records.all_overlaps]
    sources = [
        (record.source.cohort or name, record.source, surnames(record.source.authors))
        for name, record in records.published.items()
    ]
    for (one, first, authors), (other, second, others) in combinations(sources, 2):
        looked_at = one == other or any({one, other} <= overlap for overlap in known)
        if not looked_at and _one_team(authors, others) and _same_time(first, second):
            names = ", ".join(sorted({*authors} & {*others}))
            because = f"authors in common ({names}), observed at the same time"
            yield Suspicion("cohort", min(one, other), max(one, other), because)


def _one_team(authors: tuple[str, ...], others: tuple[str, ...]) -> bool:
    """Say whether the first author of one wrote the other too, or two authors wrote both."""
    return bool({*authors[:1]} & {*others} or {*others[:1]} & {*authors}) or len({*authors} & {*others}) > 1


def _same_time(one: Source, other: Source) -> bool:
    """Say whether the periods of two groups meet; without both periods, whether they were published close together."""
    if one.period is None or other.period is None:
        return years_near(one.year, other.year)
    (first, last), (start, end) = _period(one.period), _period(other.period)
    return first <= end and start <= last


def _period(text: str) -> tuple[int, int]:
    first, _, last = text.partition("..")
    return int(first), int(last or first)

"""Checks that published numbers make sense: something is stated, shares fit counts, names and periods are in order."""

from collections.abc import Iterator

from itbkg.curation.found import Found, check_names, problem_at
from itbkg.curation.nodes import Node
from itbkg.curation.shares import check_share
from itbkg.errors import Problem
from itbkg.naming import observation_name
from itbkg.records import Observation, Overlaps, Published
from itbkg.vocabulary import Vocabulary


def check_published(record: Published, root: Node, name: str, vocabulary: Vocabulary) -> Iterator[Problem]:
    """Yield every problem with the meaning of a record of published numbers that has the right form."""
    del vocabulary
    for found in _all(record):
        yield problem_at(found, root, name)


def check_overlaps(record: Overlaps, root: Node, name: str, vocabulary: Vocabulary) -> Iterator[Problem]:
    """Yield a problem for each overlap that names a cohort twice."""
    del vocabulary
    for index, overlap in enumerate(record.overlaps):
        twice = sorted({cohort for cohort in overlap.cohorts if overlap.cohorts.count(cohort) > 1})
        for cohort in twice:
            found = Found(("overlaps", index, "cohorts"), f"'{cohort}' stands here twice.", "Name each cohort once.")
            yield problem_at(found, root, name)


def _all(record: Published) -> Iterator[Found]:
    yield from (Found(("source", key), message, mend) for key, message, mend in _period(record.source.period))
    for index, line in enumerate(record.observations):
        for key, message, mend in _observation(line):
            yield Found(("observations", index, key), message, mend)
    named = ((("observations", index), observation_name(line)) for index, line in enumerate(record.observations))
    yield from check_names(named)


def _observation(line: Observation) -> Iterator[tuple[str, str, str]]:
    if line.n is None and line.value is None and line.detail is None:
        yield "measure", "no number and no result is given.", "Give 'n', 'value' or, for a result in words, 'detail'."
    if not line.discrepancy:
        yield from check_share(line.n, line.of, line.value)
    yield from _period(line.period)


def _period(period: str | None) -> Iterator[tuple[str, str, str]]:
    first, _, last = (period or "").partition("..")
    if last and last <= first:
        yield "period", f"'{period}' does not run forward.", "Write one year, or the first and the last."

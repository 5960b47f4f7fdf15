"""Checks that a guidance record makes sense: times, percentages, names, and no act both advised and advised against."""

from collections.abc import Iterator

from itbkg.curation.found import Found, check_names, problem_at
from itbkg.curation.nodes import Node
from itbkg.curation.shares import check_share
from itbkg.errors import Problem
from itbkg.naming import statement_names
from itbkg.records import Guidance, GuidanceLine
from itbkg.records.guidance import AdverseReaction, Advice
from itbkg.vocabulary import Vocabulary

_ACTS = ("Treatment", "Investigation", "PreventiveMeasure", "Cause")


def check_guidance(record: Guidance, root: Node, name: str, vocabulary: Vocabulary) -> Iterator[Problem]:
    """Yield every problem with the meaning of a guidance record that has the right form."""
    for index, line in enumerate(record.statements):
        for key, message, mend in _line(line, vocabulary):
            yield problem_at(Found(("statements", index, key), message, mend), root, name)
    named = (
        (("statements", index), own) for index, line in enumerate(record.statements) for own, _ in statement_names(line)
    )
    yield from (problem_at(found, root, name) for found in check_names(named))


def _line(line: GuidanceLine, vocabulary: Vocabulary) -> Iterator[tuple[str, str, str]]:
    if isinstance(line, Advice):
        yield from _times(line, vocabulary)
        yield from _acts(line, vocabulary)
    if isinstance(line, AdverseReaction):
        yield from _percentage(line)


def _times(line: Advice, vocabulary: Vocabulary) -> Iterator[tuple[str, str, str]]:
    for key in ("every", "within"):
        quantity = getattr(line, key)
        if quantity and not vocabulary.units.compatible(quantity.unit, "h"):
            yield key, f"'{quantity.unit}' is no unit of time.", "Use h, d, wk, mo or a."
    if line.within and line.within.maximum is None:
        yield "within", f"'{line.within.text}' has no end.", "Give the time by which to act, such as '90 d'."


def _acts(line: Advice, vocabulary: Vocabulary) -> Iterator[tuple[str, str, str]]:
    advised = {vocabulary.words.resolve(word, _ACTS) for word in line.do}
    for word in line.avoid:
        if vocabulary.words.resolve(word, _ACTS) in advised:
            yield "avoid", f"'{word}' is advised and advised against in one line.", "Make two statements of it."


def _percentage(line: AdverseReaction) -> Iterator[tuple[str, str, str]]:
    if line.percent and line.percent.unit != "%":
        yield "percent", f"'{line.percent.unit}' is no percentage.", "Write it like '34.7 %'."
    if not line.discrepancy:
        yield from check_share(line.n, line.of, line.percent)
    numbers = (line.percent, line.n, line.of)
    if len(line.names) > 1 and any(number is not None for number in numbers):
        yield "names", "a frequency is given for several effects at once.", "Write a line for each of them."

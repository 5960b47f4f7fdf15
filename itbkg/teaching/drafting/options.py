"""Options of a drafted question: what is right, and what the graph offers beside it, most often reported first."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

from itbkg.teaching.asking import Desk, Row
from itbkg.teaching.words import Term, Words

_MOST = 7
_WRONG = 4


def words_of(words: Words, branch: str, labels: Iterable[str]) -> list[Term]:
    """Find the classes that bear these labels; what the branch does not know is left out."""
    found = (words.find(branch, label) for label in labels if words.knows(branch, label))
    return list(dict.fromkeys(found))


def often_reported(rows: Sequence[Row], column: str, of: str = "case") -> list[str]:
    """List what stands in a column, what most cases have first, then by the alphabet."""
    counts: Counter[str] = Counter(word for word, _ in {(row[column], row[of]) for row in rows if row[column]})
    return sorted(counts, key=lambda word: (-counts[word], word))


def beside(words: Words, right: Sequence[Term], others: Iterable[Term]) -> list[Term]:
    """Choose wrong options: such as are neither above nor below a right one or each other, in their order."""
    chosen: list[Term] = []
    for term in others:
        if not any(words.related(term, one) for one in (*right, *chosen)):
            chosen.append(term)
    return chosen[: max(min(_WRONG, _MOST - len(right)), 2)]


def nearest_first(words: Words, branch: str, right: Sequence[Term], reported: Sequence[str]) -> list[Term]:
    """List reported classes, those first that lie nearest to a right one in the ontology."""
    known = words_of(words, branch, reported)
    return sorted(known, key=lambda term: -max((words.nearness(term, one) for one in right), default=0))


def choices(*groups: Sequence[Term]) -> list[dict[str, str]]:
    """Write options in the order of the alphabet, so that their place says nothing."""
    return [{"word": label} for label in sorted({term.short for group in groups for term in group})]


def unit_for(desk: Desk, unit: str, preferred: Mapping[str, str], kind: str) -> str | None:
    """Choose a unit to convert into: that in which a kind is compared, or for a rate a day that of an hour."""
    wanted = preferred.get(kind, "")
    if wanted and wanted != unit:
        return wanted
    hourly = f"{unit.removesuffix('/d')}/h"
    return hourly if unit.endswith("/d") and hourly in desk.units else None

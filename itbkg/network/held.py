"""Which cases of a cohort have which class, as the index says; of each field the classes that stand for themselves."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches

from itbkg.errors import ParameterError, did_you_mean
from itbkg.index import CaseIndex, Field, find_field
from itbkg.network.cohort import Cohort
from itbkg.network.words import BRANCHES, Words
from itbkg.store import PREFIX_LINES, Store


@dataclass(frozen=True, slots=True)
class Holding:
    """One field: by class the cohort's cases that have it or a class below, as IRIs.

    `own` are the classes that a record names itself, and those that only follow, such as fever from a measured value,
    where no class below them does; the others only gather.
    """

    field: str
    present: Mapping[str, frozenset[str]]
    own: frozenset[str]


def read_holdings(
    store: Store, index: CaseIndex, cohort: Cohort, words: Words, fields: Sequence[str]
) -> tuple[Holding, ...]:
    """Read some fields; ParameterError for one that is no field of classes."""
    return tuple(_holding(store, index, cohort, words, class_field(name)) for name in fields)


def field_names(text: str) -> tuple[str, ...]:
    """Read the names of fields with commas between them, each once."""
    return tuple(dict.fromkeys(name.strip() for name in text.split(",") if name.strip()))


def class_field(name: str) -> Field:
    """Return a field whose terms are classes of what a case tells; ParameterError, naming all, for any other."""
    if name.replace("-", "_") not in BRANCHES:
        near = get_close_matches(name, BRANCHES, n=3, cutoff=0.5)
        there_is = did_you_mean(near) or "; there is " + ", ".join(BRANCHES)
        raise ParameterError(f"'{name}' is no field of a network{there_is}")
    return find_field(name)


def _holding(store: Store, index: CaseIndex, cohort: Cohort, words: Words, field: Field) -> Holding:
    within, column = index.bits(cohort.ids), index.column(field.name)
    kept = {term: bits & within for term, bits in column.presents.items()}
    present = {term: frozenset(index.names(bits)) for term, bits in kept.items() if bits and term in words.labels}
    return Holding(field.name, present, frozenset(_own(store, field, words, present)))


def _own(store: Store, field: Field, words: Words, present: Mapping[str, frozenset[str]]) -> set[str]:
    query = (
        f"{PREFIX_LINES} SELECT DISTINCT ?case ?term WHERE {{ GRAPH ?graph {{ ?case a itb:Case . {field.pattern} }} }}"
    )
    named = {term for _, term in store.select(query).texts()}
    gathering = {above for term in present for above in words.above.get(term, ())}
    return {term for term in present if term in named or term not in gathering} - {BRANCHES[field.name]}

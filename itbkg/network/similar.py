"""Which cases are like a case: by the classes that they share, the rare ones counting more, with three states kept.

How two cases are compared, and after whom, stands in `itbkg.network.scale`.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from itbkg.cases import CaseRow, list_cases
from itbkg.cases.names import id_order, nearest
from itbkg.cases.persons import first_tellings
from itbkg.errors import NotFoundError
from itbkg.index import read_index
from itbkg.network.cohort import read_cohort
from itbkg.network.held import class_field
from itbkg.network.scale import Likeness, Profile, Scale
from itbkg.network.words import BRANCHES, read_words
from itbkg.store import Store, once


@dataclass(frozen=True, slots=True)
class SimilarCases:
    """The cases like one, the most like first: `total` others share any class, out of `of` that were compared.

    `same_patient` names the cases of the same person, which are not compared. `classes` is what the case asked about
    has, in all. `warnings` must stand beside the numbers.
    """

    id: str
    iri: str
    title: str
    fields: tuple[str, ...]
    classes: int
    same_patient: tuple[str, ...]
    total: int
    of: int
    cases: tuple[Likeness, ...]
    warnings: tuple[str, ...]


#: Of how few classes a comparison is said to stand on little.
_FEW_CLASSES = 5


def similar_cases(store: Store, case: str, fields: Sequence[str] = (), limit: int | None = 10) -> SimilarCases:
    """Compare a case with the cohort's others, which tell of other people, by all fields of classes or by some.

    Raises NotFoundError, with ids of like spelling, where there is no such case, and ParameterError for a field that
    there is not.
    """
    names = tuple(class_field(field).name for field in fields) or tuple(BRANCHES)
    rows = {row.id: row for row in list_cases(store)}
    if case not in rows:
        raise NotFoundError("case", case, nearest(case, rows))
    firsts = first_tellings(tuple(rows.values()))
    scale = _scale(store, names, firsts[case])
    others = [row for row in scale.rows if row.id != firsts[case]]
    asked = scale.profile(rows[case])
    ranked = sorted(_ranked(scale, asked, others), key=lambda one: (-one[0], id_order(one[1].id)))
    return SimilarCases(
        id=case,
        iri=rows[case].iri,
        title=rows[case].title,
        fields=names,
        classes=len(asked.present),
        same_patient=tuple(one for one in rows if firsts[one] == firsts[case] and one != case),
        total=len(ranked),
        of=len(others),
        cases=tuple(scale.compare(asked, row) for _, row in ranked[:limit]),
        warnings=tuple(_warnings(asked, len(others))),
    )


def _ranked(scale: Scale, asked: Profile, others: Iterable[CaseRow]) -> Iterable[tuple[float, CaseRow]]:
    """Yield the cases that share any class, each with the lower bound of its likeness."""
    for row in others:
        low, _ = scale.likeness(asked, scale.profile(row))
        if low > 0:
            yield low, row


def _scale(store: Store, fields: tuple[str, ...], first: str) -> Scale:
    """Make the scale of the cohort, and of the case with the id `first` where that is not of it."""
    cohort = read_cohort(store).rows
    known = any(row.id == first for row in cohort)
    if known and fields == tuple(BRANCHES):
        return _usual_scale(store)
    return Scale(read_index(store), read_words(store), fields, cohort if known else [*_named(store, first), *cohort])


@once
def _usual_scale(store: Store) -> Scale:
    """Make the scale of the cohort by all fields, which nearly all ask for."""
    return Scale(read_index(store), read_words(store), tuple(BRANCHES), read_cohort(store).rows)


def _named(store: Store, case: str) -> list[CaseRow]:
    return [row for row in list_cases(store) if row.id == case]


def _warnings(asked: Profile, others: int) -> Iterable[str]:
    if len(asked.present) < _FEW_CLASSES:
        yield f"The report names {len(asked.present)} classes here: too little to tell likeness from chance."
    yield f"Weights come from {others + 1} reported cases, a chosen few; a class that one case has weighs most."
    yield "A likeness of what was reported is none of what happened: its upper bound says how much is not reported."

"""Similar cases: by shared classes, the rare ones counting more, with what is not reported kept apart."""

from itertools import pairwise
from math import log

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from itbkg.cases import list_cases
from itbkg.errors import NotFoundError, ParameterError
from itbkg.index import CaseIndex, read_index
from itbkg.network.scale import Shared
from itbkg.network.similar import SimilarCases, similar_cases
from itbkg.network.words import read_words
from itbkg.store import Store


def labels(rows: tuple[Shared, ...]) -> set[str]:
    """Return the labels of some classes."""
    return {row.label for row in rows}


def like(found: SimilarCases, case: str) -> dict[str, set[str]]:
    """Return what a case has with the one that was asked about, by list."""
    one = next(one for one in found.cases if one.id == case)
    names = ("shared", "absent_in_both", "contradicted", "only_asked", "only_this")
    return {name: labels(getattr(one, name)) for name in names}


@pytest.fixture(scope="module")
def index(store: Store) -> CaseIndex:
    """Read the index once."""
    return read_index(store)


def test_what_two_cases_share_and_what_differs(store: Store) -> None:
    """A stated absence would be taken for silence, or silence for a difference."""
    told = like(similar_cases(store, "doe-1901/1"), "poe-1903/2")
    assert {"fever", "increased spasticity", "withdrawal", "oral baclofen"} <= told["shared"]
    assert told["contradicted"] == {"seizure"}
    assert "elevated creatine kinase" in told["only_asked"]
    assert "catheter kink" in told["only_this"]


def test_what_both_deny_is_told_and_not_counted(store: Store) -> None:
    """Two cases without seizures would look like two of which nobody says anything."""
    told = like(similar_cases(store, "doe-1901/1"), "poe-1903/1")
    assert told["absent_in_both"] == {"seizure"}
    assert "seizure" not in told["shared"]


def test_the_likeness_is_simgic(store: Store, index: CaseIndex) -> None:
    """The number would not be the one that the docstring cites: shared over all weight, of -ln(n/N)."""
    rows = {row.id: row for row in list_cases(store)}
    counted = index.bits(rows[case].iri for case in COUNTED)
    column, words = index.column("cause"), read_words(store)
    below = [t for t in column.terms if "https://w3id.org/itbkg/ont/Cause" in words.above.get(t, ())]
    weight = {term: -log(max(len(column.present(term) & counted), 1) / len(COUNTED)) for term in below}
    place = {case: index.cases.index(rows[case].iri) for case in ("doe-1901/1", "roe-1902/2")}
    one, other = ({t for t in below if place[case] in column.present(t)} for case in place)
    expected = sum(weight[t] for t in one & other) / sum(weight[t] for t in one | other)
    found = {like.id: like for like in similar_cases(store, "doe-1901/1", ["cause"]).cases}
    assert found["roe-1902/2"].low == pytest.approx(expected, rel=1e-12)


COUNTED = ("doe-1901/1", "poe-1903/1", "poe-1903/2", "roe-1902/1", "roe-1902/2", "voe-1905/2")


def test_a_rare_class_weighs_more(real_store: Store) -> None:
    """What every case has would count as much as what two have."""
    found = similar_cases(real_store, "mohammed-2004/1", limit=None)
    shared = {one.label: one for like in found.cases for one in like.shared}
    by_number = sorted(shared.values(), key=lambda one: one.n)
    assert all(one.weight >= other.weight for one, other in pairwise(by_number))
    assert len({one.n for one in by_number}) > 5


def test_likeness_is_the_same_from_both_sides(real_store: Store) -> None:
    """Which case is asked about would change how like it is."""
    ahead = {one.id: one for one in similar_cases(real_store, "mohammed-2004/1", limit=None).cases}
    for case in ("cardoso-2014/1", "alden-2002/1"):
        back = {one.id: one for one in similar_cases(real_store, case, limit=None).cases}["mohammed-2004/1"]
        assert back.low == pytest.approx(ahead[case].low)
        assert back.high == pytest.approx(ahead[case].high)
        assert labels(back.only_this) == labels(ahead[case].only_asked)


@settings(max_examples=20)
@given(st.sampled_from(COUNTED), st.sets(st.sampled_from(("event", "cause", "finding", "treatment", "outcome"))))
def test_bounds_hold_whatever_is_compared(store: Store, case: str, fields: set[str]) -> None:
    """The lower bound would pass the upper, or either leave 0 to 1; a list hold what another holds."""
    for one in similar_cases(store, case, sorted(fields), None).cases:
        assert 0 < one.low <= one.high <= 1 + 1e-12
        assert (one.high < 1 - 1e-9) == any(row.weight > 0 for row in one.contradicted)
        lists = (one.shared, one.absent_in_both, one.contradicted, one.only_asked, one.only_this)
        assert sum(map(len, lists)) == len({row.iri for rows in lists for row in rows})


def test_a_person_is_not_compared_with_itself(store: Store) -> None:
    """The second telling of a patient would be the most similar case, and a retracted report among them."""
    found = similar_cases(store, "poe-1903/2", limit=None)
    assert found.same_patient == ("voe-1905/1",)
    assert not {"voe-1905/1", "poe-1903/2", "moe-1904/1"} & {one.id for one in found.cases}
    assert found.of == len(COUNTED) - 1


def test_no_gathering_class_is_shared(real_store: Store) -> None:
    """Two cases would be alike because both have a finding."""
    found = similar_cases(real_store, "mohammed-2004/1", limit=None)
    assert not {"statement", "finding", "cause", "treatment", "outcome"} & {
        label for one in found.cases for label in labels(one.shared)
    }


def test_little_to_compare_is_said(store: Store) -> None:
    """A likeness of two classes would look like one of forty."""
    assert "too little" in similar_cases(store, "doe-1901/1", ["condition"]).warnings[0]


def test_unknown_names_come_with_the_nearest(store: Store) -> None:
    """A slip would end in an empty list."""
    with pytest.raises(NotFoundError, match="did you mean 'doe-1901/1'"):
        similar_cases(store, "doe-1901/11")
    with pytest.raises(ParameterError, match="'finding'"):
        similar_cases(store, "doe-1901/1", ["findngs"])

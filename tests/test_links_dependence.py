"""What depends on what: planted second tellings, one-paper effects, contradictions and overlaps are pointed out."""

from dataclasses import replace

import pytest

from itbkg.links import Code, Mark, Pair, links
from itbkg.store import Store
from tests.planting import Planted, Report, plant

KINK, STALL = "catheter kink", "motor stall"
DIED, WELL = ("death",), ("recovery",)
TWIN = Planted(sex="male", age="31 a", causes=[KINK], outcomes=DIED, findings=["fever"])


@pytest.fixture(scope="module")
def planted(tmp_path_factory: pytest.TempPathFactory) -> Store:
    """Plant an effect that is one paper's, a patient told twice, one who may be, a contradiction and an overlap."""
    reports = {
        "one-paper": Report([Planted(causes=[KINK], outcomes=DIED)] * 5, 1991, "full text"),
        "first-telling": Report([TWIN], 1992),
        "second-telling": Report([replace(TWIN, same_patient_as="first-telling/1")], 1993),
        "undeclared-telling": Report([replace(TWIN, findings=())], 2003),
        "another-man": Report([replace(TWIN, distinct_from=["first-telling/1", "undeclared-telling/1"])], 1994),
        "contradiction": Report([Planted(causes=[STALL], outcomes=WELL, findings=["seizure"], absences=["seizure"])]),
        "withdrawn": Report([Planted(causes=[KINK], outcomes=DIED)], 1995, status="retracted"),
        "told-of-withdrawn": Report([Planted(causes=[STALL], outcomes=WELL, same_patient_as="withdrawn/1")], 1996),
    }
    reports |= {
        f"stall-{number}": Report([Planted(causes=[STALL], outcomes=WELL, findings=["fever"])], 1970 + 10 * number)
        for number in range(1, 5)
    }
    overlaps = [("one-paper", "first-telling"), ("stall-1", "stall-2")]
    return plant(tmp_path_factory.mktemp("dependence"), reports, overlaps)


def pair_of(store: Store, row: str, column: str, where: str = "") -> Pair:
    """Count one pair, with what it depends on."""
    (pair,) = links(store, row, column, where, dependence=True).pairs
    return pair


def marked(pair: Pair, code: Code) -> tuple[Mark, ...]:
    """Return the marks of a kind."""
    return tuple(mark for mark in pair.marks if mark.code is code)


def test_a_patient_told_twice_counts_once_and_is_pointed_out(planted: Store) -> None:
    """The second telling would be a second death."""
    pair = pair_of(planted, f"cause={KINK}", "outcome=death")
    assert "second-telling/1" not in pair.group.present_cases
    assert [mark.cases for mark in marked(pair, Code.TOLD_AGAIN)] == [("first-telling/1", "second-telling/1")]


def test_a_second_telling_of_a_retracted_report_counts(planted: Store) -> None:
    """A person would be lost because the report that told first was retracted."""
    cohort = links(planted).cohort
    assert cohort.told_again == ("second-telling/1",)
    assert cohort.retracted == ("withdrawn/1",)
    assert "told-of-withdrawn/1" in pair_of(planted, f"cause={STALL}", "outcome=recovery").group.present_cases


def test_a_duplicate_that_nobody_declared_is_pointed_out(planted: Store) -> None:
    """One patient in two papers would count twice without a word; or two who are known to be two be suspected."""
    (mark,) = marked(pair_of(planted, f"cause={KINK}", "outcome=death"), Code.MAY_BE_ONE)
    assert set(mark.cases) == {"first-telling/1", "undeclared-telling/1"}


def test_an_effect_of_one_paper_is_pointed_out(planted: Store) -> None:
    """A result would be told as of many cases, when it is of one publication."""
    alone = pair_of(planted, f"cause={KINK}", "outcome=death", "not finding = fever and not sex = male")
    assert [mark.publications for mark in marked(alone, Code.ONE_PAPER)] == [("one-paper",)]
    two = pair_of(planted, f"cause={KINK}", "outcome=death", "not finding = fever")
    assert len({case.split("/")[0] for case in two.group.present_cases}) == 2
    assert not marked(two, Code.ONE_PAPER)


def test_a_result_that_rests_on_one_paper_is_pointed_out(planted: Store) -> None:
    """A result that vanishes without a publication would look as firm as any other."""
    pair = pair_of(planted, f"cause={KINK}", "outcome=death", "not sex = male")
    assert pair.fisher is not None
    assert pair.fisher < 0.05
    (mark,) = marked(pair, Code.RESTS_ON_PAPER)
    assert mark.publications == ("one-paper",)
    assert pair.dependence is not None
    (turning,) = [left for left in pair.dependence.left_out if left.turns]
    assert (turning.publication, turning.cases, turning.reading) == ("one-paper", 5, "nothing is left to compare")
    assert (turning.rest.group, turning.rest.others) == (0, pair.others.of)


def test_a_result_that_turns_round_is_said_to(tmp_path_factory: pytest.TempPathFactory) -> None:
    """A difference that goes the other way without one paper would be told as a p that rises, or not at all."""
    reports = {
        "deaths": Report([Planted(causes=[KINK], outcomes=DIED)] * 6, 1990),
        "kink-1": Report([Planted(causes=[KINK], outcomes=WELL)], 1991),
        "stall-1": Report([Planted(causes=[STALL], outcomes=DIED)], 1992),
        "stall-2": Report([Planted(causes=[STALL], outcomes=WELL)] * 5, 1993),
    }
    store = plant(tmp_path_factory.mktemp("turning"), reports)
    told = pair_of(store, f"cause={KINK}", "outcome=death").dependence
    assert told is not None
    readings = {left.publication: left.reading for left in told.left_out if left.turns}
    assert readings["deaths"] == "the difference is gone or goes the other way"


def test_a_firm_result_is_not_said_to_rest_on_a_paper(planted: Store) -> None:
    """Every result would bear the mark, so that it said nothing."""
    pair = pair_of(planted, f"cause={KINK}", "outcome=death")
    assert pair.fisher is not None
    assert pair.fisher < 0.05
    assert not [mark for mark in marked(pair, Code.RESTS_ON_PAPER) if "one-paper" not in mark.publications]


def test_a_contradiction_is_pointed_out(planted: Store) -> None:
    """A case that tells seizures and their absence would pass as one that tells them."""
    for row, column in (("finding=seizure", "outcome=recovery"), (f"cause={STALL}", "finding=seizure")):
        (mark,) = marked(pair_of(planted, row, column), Code.CONTRADICTION)
        assert mark.cases == ("contradiction/1",)
        assert "seizure" in mark.text
    pair = pair_of(planted, f"cause={STALL}", "finding=seizure")
    assert pair.group.present_cases == pair.group.both_cases == ("contradiction/1",)
    assert pair.group.absent == 0
    assert links(planted, where="finding != seizure and finding = seizure").cohort.total == 1


def test_overlapping_cohorts_are_pointed_out(planted: Store) -> None:
    """Publications that share patients would pass as independent."""
    pair = pair_of(planted, f"cause={KINK}", "outcome=death")
    assert [mark.publications for mark in marked(pair, Code.OVERLAP)] == [("first-telling", "one-paper")]


def test_a_pair_is_told_by_reading_and_by_decade(planted: Store) -> None:
    """What was read, or when it was written, would not be seen to make the result."""
    told = pair_of(planted, f"cause={KINK}", "outcome=death").dependence
    assert told is not None
    readings = {stratum.name: (stratum.with_column, stratum.group, stratum.others) for stratum in told.by_read_as}
    assert readings == {"abstract": (3, 3, 6), "full text": (5, 5, 0)}
    decades = {stratum.name: (stratum.group, stratum.others) for stratum in told.by_decade}
    assert decades == {"1980s": (0, 1), "1990s": (7, 3), "2000s": (1, 1), "2010s": (0, 1)}
    assert [stratum.difference for stratum in told.by_decade if stratum.name == "1980s"] == [None]
    assert {left.publication for left in told.left_out} >= {"one-paper", "stall-1"}

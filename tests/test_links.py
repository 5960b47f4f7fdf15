"""What a table of links counts: states, grounds, bounds, tests and the reasons for none, on planted cases."""

import math
from dataclasses import replace
from decimal import Decimal

import pytest

from itbkg.cases import Wanted, choose_cases
from itbkg.errors import NotFoundError, ParameterError
from itbkg.links import LinkTable, Pair, Reason, case_data, links
from itbkg.links.cohort import choose
from itbkg.links.filters import Filters
from itbkg.links.spans import _window
from itbkg.links.words import Words
from itbkg.store import Store
from itbkg.timing import CaseTime
from tests.planting import Planted, Report, plant

KINK, STALL = "catheter kink", "motor stall"


@pytest.fixture(scope="module")
def planted(tmp_path_factory: pytest.TempPathFactory) -> Store:
    """Plant cases whose table of two by two is known: with a kink 4 of 5 died, with a stall 1 of 4."""
    reports = {f"kink-{year}": Report([_told(KINK, "death")], year) for year in range(1981, 1985)}
    for name, values in {"kink-1981": ("90 /min", "120 /min"), "kink-1982": ("90 /min",), "kink-1983": UNSURE}.items():
        measured = [("heart rate", value) for value in values]
        reports[name] = Report([replace(_told(KINK, "death"), measured=measured)], int(name[-4:]))
    reports |= {
        "kink-1985": Report([_told(KINK, "recovery")], 1985, "full text"),
        "kink-1986": Report([Planted(causes=[KINK], findings=["fever"])], 1986),
        "stall-1991": Report([_told(STALL, "death")], 1991),
    }
    reports |= {f"stall-{year}": Report([_told(STALL, "recovery")], year) for year in range(1992, 1995)}
    reports["silent-2001"] = Report([Planted(outcomes=["death"], absences=["seizure"], measured=CK_HIGH)], 2001)
    reports["silent-2002"] = Report([Planted(findings=["seizure"], measured=CK_LOW, treatments=TREATED)], None)
    return plant(tmp_path_factory.mktemp("links"), reports)


UNSURE = ("90 /min", "80..110 /min")
TREATED = [("oral baclofen", "unchanged"), ("lorazepam", "improved")]
CK_HIGH, CK_LOW = [("creatine kinase", "2000 U/L")], [("creatine kinase", "500..1500 U/L")]


def _told(cause: str, outcome: str) -> Planted:
    return Planted(causes=[cause], outcomes=[outcome])


def one(table: LinkTable) -> Pair:
    """Return the only pair of a table."""
    (pair,) = table.pairs
    return pair


def kink_and_death(store: Store, where: str = "") -> Pair:
    """Count kinks against death."""
    return one(links(store, f"cause={KINK}", "outcome=death", where))


# --- what is counted ------------------------------------------------------------------------


def test_a_pair_is_counted_by_hand(planted: Store) -> None:
    """A case would be counted on the wrong side, silence as absence, or a bound be computed otherwise."""
    pair = kink_and_death(planted)
    group, others = pair.group, pair.others
    assert (group.n, group.absent, group.not_reported, group.of) == (4, 1, 1, 6)
    assert group.risk == 4 / 5
    assert (group.bound_low, group.bound_high) == (4 / 6, 5 / 6)
    assert (others.n, others.absent, others.not_reported, others.of) == (1, 3, 0, 4)
    assert pair.row_not_reported == 2
    assert pair.difference == pytest.approx(4 / 5 - 1 / 4)
    # Fisher's exact test of 4 1 / 1 3: (45 + 5 + ...) by hand, C(5,a)C(4,5-a)/C(9,5) for a = 1..5.
    ways = {a: math.comb(5, a) * math.comb(4, 5 - a) for a in range(1, 6)}
    assert pair.fisher == pytest.approx(
        sum(way for way in ways.values() if way <= ways[4]) / math.comb(9, 5), abs=1e-12
    )
    assert pair.mid_p is not None
    assert pair.fisher is not None
    assert pair.mid_p < pair.fisher == pair.adjusted


def test_every_number_opens_to_its_cases(real_store: Store) -> None:
    """A count and the cases behind it would be two different things."""
    for pair in links(real_store, "cause", "outcome").pairs:
        for cell in (pair.group, pair.others):
            told = (cell.present_cases, cell.absent_cases, cell.not_reported_cases)
            assert tuple(map(len, told)) == (cell.n, cell.absent, cell.not_reported)
            assert len({case for cases in told for case in cases}) == cell.of


def test_the_key_of_a_row_chooses_its_cases(real_store: Store) -> None:
    """A reader who takes the key of a row for a filter would get other cases than the row shows."""
    table = links(
        real_store, ["cause@all", "age_group", "decade", "delay", "creatine kinase > 300 U/L"], "outcome=death"
    )
    for pair in table.pairs:
        assert links(real_store, "sex", "outcome", pair.row.key).cohort.total == pair.group.of, pair.row.key


def test_an_absent_finding_is_stated_and_nothing_else(planted: Store) -> None:
    """A report that is silent on seizures would be counted as one without."""
    pair = one(links(planted, "finding=seizure", "outcome=death"))
    assert pair.row.ground == "stated absent"
    assert (pair.group.of, pair.others.of, pair.row_not_reported) == (1, 1, 10)


def test_ages_and_years_are_absent_by_another_value(store: Store) -> None:
    """An age from 16 to 18 would be counted as no child, or a case without an age as of another one."""
    table = links(store, "age_group", "event=overdose")
    for pair in table.pairs:
        assert pair.row.ground == "another value"
        assert pair.group.of + pair.others.of + pair.row_not_reported == table.cohort.total
    adult, child = table.pair("18 years and over", "overdose"), table.pair("2 to 11 years", "overdose")
    assert not {*adult.group.present_cases} & {*child.group.present_cases}
    assert {*adult.group.present_cases} <= {*child.others.present_cases}


def test_a_threshold_takes_any_unit_that_converts(planted: Store, store: Store) -> None:
    """A window across the threshold would count as above it, or a unit would not be converted."""
    pair = one(links(planted, "creatine kinase > 1000 U/L", "event=withdrawal"))
    assert (pair.group.of, pair.others.of, pair.row_not_reported) == (1, 0, 11)
    pair = one(links(planted, "creatine kinase > 1500 U/L", "event=withdrawal"))
    assert (pair.group.of, pair.others.of) == (1, 1)
    pair = one(links(planted, "creatine kinase >= 500 U/L", "event=withdrawal"))
    assert pair.group.of == 2
    fever = one(links(store, "body temperature > 101 [degF]", "event=withdrawal"))
    assert (fever.group.of, fever.row_not_reported) == (2, 4)


def test_levels_follow_the_tree(real_store: Store) -> None:
    """A level of the hierarchy would be skipped, or a class stand on two."""
    levels = [{row.label for row in links(real_store, text, "event").rows} for text in ("cause", "cause@2", "cause@3")]
    assert "cause at the catheter" in levels[0]
    assert "catheter malfunction" in levels[1]
    assert not levels[0] & levels[1]
    assert not levels[1] & levels[2]
    below = {row.label for row in links(real_store, "cause:cause at the catheter", "event").rows}
    assert "catheter malfunction" in below <= levels[1]
    assert set().union(*levels) <= {row.label for row in links(real_store, "cause@all", "event").rows}


def test_what_a_definition_gathers_is_a_variable_of_its_own(real_store: Store) -> None:
    """A cause would be told among the branches of the tree and once more by what defines it, or could not be asked."""
    branches = {row.label for row in links(real_store, "cause", "event").rows}
    defined = {row.label for row in links(real_store, "cause@defined", "event").rows}
    assert {"human error", "preventable cause", "delivery stopped", "catheter-related cause"} <= defined
    assert not branches & defined
    assert not defined & {row.label for row in links(real_store, "cause@all", "event").rows}
    below = {row.label for row in links(real_store, "cause:human error", "event").rows}
    assert {"programming error", "refill error"} <= below
    assert "pocket fill" not in below  # it lies below the refill error
    assert {row.label for row in links(real_store, "cause:delivery deficit", "event").rows} >= {"delivery stopped"}


def test_who_went_home_is_not_said_to_have_died_or_not(tmp_path_factory: pytest.TempPathFactory) -> None:
    """Where a patient lives would count as an answer to whether she recovered, or her recovery as one to where."""
    home, well, dead = (Planted(outcomes=list(told)) for told in (HOME, ("recovery",), ("death",)))
    both = Planted(outcomes=[*HOME, "recovery"])
    told = {name: Report([case], 2000) for name, case in (("a-1", home), ("b-1", well), ("c-1", dead), ("d-1", both))}
    store = plant(tmp_path_factory.mktemp("apart"), told)
    counts = {one.label: (one.n, one.absent, one.not_reported) for one in links(store, "outcome", "event").rows}
    assert counts["favourable outcome"] == (2, 1, 1)
    assert counts["place of care after the event"] == (2, 0, 2)
    table = links(store, ["outcome=discharged home", "outcome=living in a nursing home"], "event")
    assert [(row.n, row.absent, row.not_reported) for row in table.rows] == [(2, 0, 2), (0, 2, 2)]
    assert links(store, where="outcome != death").cohort.total == 2
    assert links(store, where="outcome = death not reported").cohort.total == 1


HOME = ("discharged home",)


def test_rows_and_columns_tell_their_own_counts(real_store: Store) -> None:
    """The line of all cases above a table would be of other cases than the cohort."""
    table = links(real_store, "cause", "outcome", "event = withdrawal")
    for line in (*table.rows, *table.columns):
        assert line.n + line.absent + line.not_reported == table.cohort.total
    for pair in table.pairs:
        assert (pair.row.n, pair.row.absent, pair.row.not_reported) == (
            pair.group.of,
            pair.others.of,
            pair.row_not_reported,
        )
        silent = table.cohort.total - pair.column.n - pair.column.absent
        assert pair.column.not_reported == silent >= pair.group.not_reported + pair.others.not_reported


def test_responses_can_be_of_one_treatment(planted: Store) -> None:
    """A response to another treatment of the same case would be counted for this one."""
    told = {
        name: {row.label for row in links(planted, f"{name}@all", "event").rows}
        for name in ("response", "response to oral baclofen", "response to lorazepam")
    }
    assert told["response to oral baclofen"] == {"lack of benefit", "unchanged"}
    assert told["response to lorazepam"] == {"benefit", "improved response"}
    assert told["response"] == told["response to oral baclofen"] | told["response to lorazepam"]


def test_a_stretch_of_time_is_a_variable(store: Store) -> None:
    """The times of `itbkg times` could not be asked for here."""
    pair = one(links(store, "interruption-to-diagnosis < 1000 h", "event=withdrawal"))
    assert pair.group.of + pair.others.of + pair.row_not_reported == links(store).cohort.total


def test_a_threshold_is_passed_by_one_value_and_failed_by_all(planted: Store) -> None:
    """A case with one low value and one that may be high would be said not to have passed."""
    pair = one(links(planted, "heart rate > 100 /min", "event=withdrawal"))
    told = (pair.group.present_cases, pair.others.present_cases)
    assert told == (("kink-1981/1",), ("kink-1982/1",))


@pytest.mark.parametrize(("comparison", "passes"), [("<", 0), ("<=", 1), (">", 0), (">=", 1)])
def test_a_value_on_the_threshold_is_on_one_side(planted: Store, comparison: str, passes: int) -> None:
    """A value that is the threshold itself would be told as passing it and as not, a contradiction of its report."""
    where = "creatine kinase >= 2000 U/L and creatine kinase <= 2000 U/L"
    pair = one(links(planted, "event=withdrawal", f"creatine kinase {comparison} 2000 U/L", where))
    assert (pair.group.n, pair.group.absent, pair.group.both_cases) == (passes, 1 - passes, ())


def test_a_time_that_had_not_ended_is_open_above() -> None:
    """A case that was watched for two days without the end would pass for one that ended then."""
    censored = _window(CaseTime("doe-1901/1", event=False, earliest=48, latest=48, basis="course"))
    ended = _window(CaseTime("doe-1901/1", event=True, earliest=24, latest=48, basis="course"))
    hours = [Decimal(limit) for limit in (24, 48, 72)]
    assert [censored.surely("<", limit) for limit in hours] == [False, False, False]
    assert [censored.surely(">=", limit) for limit in hours] == [True, True, False]
    assert [ended.surely("<", limit) for limit in hours] == [False, False, True]


# --- who is counted -------------------------------------------------------------------------


def test_a_person_counts_once_and_a_retracted_report_not(store: Store) -> None:
    """A patient told twice would be two deaths, or a retracted report a case."""
    cohort = links(store).cohort
    assert cohort.told_again == ("voe-1905/1",)
    assert cohort.retracted == ("moe-1904/1",)
    assert cohort.total == cohort.of - 2


@pytest.mark.parametrize(
    ("where", "wanted"),
    [
        ("event = withdrawal", {"event": "withdrawal"}),
        ("finding = seizure, fever", {"finding": "seizure, fever"}),
        ("finding != seizure", {"absent": "seizure"}),
        ("finding = seizure not reported", {"not_reported": "seizure"}),
        ("cause = catheter-related cause and sex = male", {"cause": "catheter-related cause", "sex": "male"}),
        ("not read_as = abstract and not status = retracted", {"without": "abstract, retracted"}),
        ("treatment = oral baclofen and year = 1971..1972", {"treatment": "oral baclofen", "year": "1971..1972"}),
    ],
)
def test_filters_choose_what_the_cases_command_chooses(store: Store, where: str, wanted: dict[str, str]) -> None:
    """One word would mean two things, here and in `itbkg cases`."""
    year = wanted.pop("year", "")
    chosen = choose_cases(store, Wanted({name: (word,) for name, word in wanted.items()}, year))
    data = case_data(store)
    found = choose(data, Filters(data, Words(data)), where).cohort
    assert found.total + len(found.told_again) + len(found.retracted) == chosen.total
    assert {*found.told_again, *found.retracted} <= {row.id for row in chosen.rows}


def test_an_empty_cohort_is_an_answer(store: Store) -> None:
    """Nobody to count would be an error, or a division by zero."""
    for rows, columns in (
        ("cause", "outcome"),
        ("finding=seizure", "outcome=death"),
        ("creatine kinase > 1 U/L", "sex"),
    ):
        table = links(store, rows, columns, "sex = female and sex = male", dependence=True)
        assert (table.cohort.total, table.pairs, table.tested) == (0, (), 0)


# --- what is tested -------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("rows", "columns", "reason"),
    [
        ("cause=catheter kink", "cause=cause at the catheter", Reason.IMPLIED),
        ("cause=human error", "cause=human error", Reason.IMPLIED),
        ("body temperature > 39 Cel", "finding=fever", Reason.IMPLIED),
        ("cause=motor stall", "cause=catheter kink", Reason.ONE_VARIABLE),
        ("sex=female", "sex=male", Reason.ONE_VARIABLE),
        ("decade=1980s", "year=1985", Reason.ONE_VARIABLE),
        ("finding=seizure", "finding=fever", Reason.NO_VARIATION),
        ("cause=motor stall", "outcome=death", Reason.TOO_FEW),
    ],
)
def test_a_pair_that_is_not_tested_says_why(planted: Store, rows: str, columns: str, reason: Reason) -> None:
    """A pair that goes together by definition would be a discovery, or the reason be another one."""
    pair = one(links(planted, rows, columns))
    assert pair.not_tested is reason
    assert (pair.fisher, pair.mid_p, pair.adjusted) == (None, None, None)


def test_only_tested_pairs_are_adjusted_for(planted: Store) -> None:
    """Pairs that could not be tested would make the adjustment harder, or a pair be tested twice."""
    table = links(planted, ["cause=catheter kink", "outcome=death"], ["outcome=death", "cause=catheter kink"])
    reasons = [pair.not_tested for pair in table.pairs]
    assert reasons == [None, Reason.IMPLIED, Reason.IMPLIED, Reason.TOLD_ABOVE]
    assert table.tested == 1


def test_a_cell_under_three_has_no_p_value(real_store: Store) -> None:
    """Two cases would be given a p-value."""
    for pair in links(real_store, "cause@all", "outcome@all").pairs:
        assert pair.fisher is None or pair.group.n >= 3


# --- what is not known ----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("asked", "parameter", "nearest"),
    [
        ({"rows": "caus"}, "rows", "cause"),
        ({"columns": "outcom=death"}, "columns", "outcome"),
        ({"rows": "seizure"}, "rows", "finding=seizure"),
        ({"rows": "finding=seizur"}, "rows", "seizure"),
        ({"rows": "cause:catheter kinc"}, "rows", "catheter kink"),
        ({"where": "evnt = withdrawal"}, "where", "event"),
        ({"where": "event = withdrawel"}, "where", "withdrawal"),
        ({"rows": "creatine kinas > 3 U/L"}, "rows", "creatine kinase"),
        ({"rows": "creatine kinase > 3 u/l"}, "rows", "U/L"),
        ({"rows": "interruption-to-diagnos < 3 h"}, "rows", "interruption-to-diagnosis"),
        ({"rows": "response to oral baclofn"}, "rows", "oral baclofen"),
        ({"rows": "age"}, "rows", "age_group"),
        ({"rows": "diagnosis"}, "rows", "considered"),
        ({"rows": "xyz"}, "rows", "outcome"),
        ({"rows": "sex=unicorn"}, "rows", "female"),
        ({"where": "age_group = methuselah"}, "where", "under 18 years"),
        ({"rows": "body temperature > 40 degrees"}, "rows", "Cel"),
        ({"rows": "delay to diagnosis < 2 days"}, "rows", "d"),
        ({"rows": "fever < 24 h"}, "rows", "time of finding=fever"),
    ],
)
def test_what_is_not_known_names_the_nearest(store: Store, asked: dict[str, str], parameter: str, nearest: str) -> None:
    """A slip of the finger would be answered without what was meant, or without where it stands."""
    with pytest.raises(NotFoundError) as caught:
        links(store, **asked)  # type: ignore[arg-type] # texts all
    assert nearest in caught.value.nearest
    assert caught.value.parameter == parameter


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ({"rows": "creatine kinase > 3 mg"}, "measured in U/L"),
        ({"rows": "delay to diagnosis > 3 mg"}, "no unit of time"),
        ({"rows": "time of sex=male < 3 h"}, "has no times of its own"),
        ({"rows": "time of cause=no such cause < 3 h"}, "the variable cause has no times of its own"),
        ({"rows": "delay to diagnosis > -1 h"}, "nothing lasts -1 h"),
        ({"rows": "interruption-to-diagnosis < -2 d"}, "nothing lasts -2 d"),
        ({"rows": "year > 2010"}, "year = 2010"),
        ({"rows": "cause@defind"}, "no level 'defind'.*@defined"),
        ({"rows": "=seizure"}, "names no variable"),
        ({"where": "finding == seizure"}, "several signs"),
        ({"rows": "sex@2"}, "has values and no classes"),
        ({"rows": "year:1990"}, "has no classes"),
        ({"rows": "year=199"}, "no year and no range"),
        ({"rows": "year=2000..1990"}, "runs backwards"),
        ({"rows": "decade=1995"}, "no decade"),
        ({"rows": "finding=fever,"}, "an empty word"),
        ({"rows": []}, "no variable is given"),
    ],
)
def test_what_cannot_be_asked_is_refused(store: Store, asked: dict[str, str], said: str) -> None:
    """What means nothing would be counted."""
    with pytest.raises(ParameterError, match=said):
        links(store, **asked)  # type: ignore[arg-type] # texts all


def test_a_table_too_large_to_read_is_refused(real_store: Store) -> None:
    """A table of all findings by all findings would hold a server for minutes."""
    with pytest.raises(ParameterError, match="make more than 10000 pairs"):
        links(real_store, "finding@all", "finding@all")


def test_one_store_is_read_once(store: Store) -> None:
    """Each table would read all words and cases of the graph anew."""
    assert case_data(store) is case_data(store)

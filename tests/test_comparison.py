"""Published numbers beside the graph's: what is counted, what is not compared, and why the two may differ."""

import csv
import io
import json
from dataclasses import replace
from pathlib import Path

import pytest
from fastapi.testclient import TestClient
from typer.testing import CliRunner, Result

from itbkg.building import Built, write_folder
from itbkg.cli.app import app, main
from itbkg.comparison import Agreement, NotCompared, compare_numbers, compare_one
from itbkg.comparison.counting import Known
from itbkg.comparison.reasons import agreement
from itbkg.errors import NotFoundError
from itbkg.links import choose_where
from itbkg.published import list_numbers
from itbkg.questions import answer, read_questions
from itbkg.settings import Corpus
from itbkg.statistics import bounds, risk
from itbkg.store import Store
from itbkg_api.app import create_app

COFFEY = "coffey-2002/deaths-among-reported-withdrawal-cases"
YOE = "yoe-1907/deaths-among-people-in-withdrawal"


@pytest.fixture(scope="module")
def folder(built: Built, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Write the fictional graph into a folder."""
    out = tmp_path_factory.mktemp("graph")
    write_folder(built, out)
    return out


# --- what is counted -------------------------------------------------------------------------


def test_the_graph_counts_each_person_once(store: Store) -> None:
    """A second telling or a retracted report would be a death."""
    one = compare_one(store, YOE)
    assert one.theirs == risk(1, 8)
    assert one.ours.group == ("doe-1901/1", "poe-1903/2")
    assert (one.ours.present, one.ours.absent, one.ours.not_reported, one.ours.of) == (1, 1, 0, 2)
    assert one.ours.cases == ("poe-1903/2",)
    assert one.ours.risk == risk(1, 2)
    assert one.agreement is Agreement.WITHIN


@pytest.mark.parametrize("n", [0, 2])
def test_a_share_at_the_end_of_the_interval_is_within_it(store: Store, n: int) -> None:
    """None of the patients here and none there, or all and all, would be told as different numbers."""
    one = compare_one(store, YOE)
    ours, theirs = replace(one.ours, risk=risk(n, 2)), replace(one.published, numerator=n, denominator=2)
    assert agreement(theirs, ours) is Agreement.WITHIN


def test_what_is_not_compared_has_a_reason(store: Store) -> None:
    """Numbers would drop out without a word, or be held against cases that are no sample of them."""
    found = compare_numbers(store)
    assert (found.total, found.of, found.cases) == (1, 7, 6)
    assert {left.reason: left.numbers for left in found.left_out} == {NotCompared.NO_SHARE: 4, NotCompared.NO_GROUP: 2}
    assert found.total + sum(left.numbers for left in found.left_out) == found.of


@pytest.mark.parametrize(
    ("one", "other", "either", "both"),
    [
        (("yes", "yes"), "yes", "yes", "yes"),
        (("yes", "no"), "", "yes", "no"),
        (("yes", "unsaid"), "", "yes", "unsaid"),
        (("no", "no"), "", "no", "no"),
        (("no", "unsaid"), "", "unsaid", "no"),
        (("unsaid", "unsaid"), "", "unsaid", "unsaid"),
    ],
)
def test_three_states_are_joined_as_kleene_says(one: tuple[str, str], other: str, either: str, both: str) -> None:
    """What one report does not say would become a no, in numbers of several classes. Kleene SC, 1952, section 64."""
    assert other in ("", either)
    for left, right in (one, one[::-1]):
        first, second = _known(left), _known(right)
        assert _state(first | second) == either
        assert _state(first & second) == both


def _known(state: str) -> Known:
    case = frozenset({"case"})
    return Known(case if state == "yes" else frozenset(), case if state == "no" else frozenset())


def _state(known: Known) -> str:
    return "yes" if known.present else "no" if known.absent else "unsaid"


# --- the published corpus --------------------------------------------------------------------


def test_six_deaths_in_27_withdrawals_stand_beside_the_graphs(real_store: Store) -> None:
    """Coffey 2002's number, of which everybody speaks, would be compared with nothing, or with other cases."""
    one = compare_one(real_store, COFFEY)
    assert (one.published.numerator, one.published.denominator) == (6, 27)
    assert one.theirs is not None
    assert (round(one.theirs.low or 0, 4), round(one.theirs.high or 0, 4)) == (0.1061, 0.4076)  # by hand, Wilson 1927
    assert one.published.source_title.startswith("Abrupt withdrawal from intrathecal baclofen")
    assert one.ours.of == one.ours.present + one.ours.absent + one.ours.not_reported
    assert one.ours.bounds == bounds(one.ours.present, one.ours.absent, one.ours.not_reported)
    # 22 % lies above the interval of the cases that say (2 to 19 %); as many do not say, it may be theirs.
    assert one.agreement is Agreement.IN_BOUNDS
    assert "withdrawal-literature-to-2004" in one.shared.cohorts
    assert any(why.startswith("Reporting bias") for why in one.why)
    assert any("withdrawal-literature-to-2004" in why and "not to be added" in why for why in one.why)


def test_what_must_come_together_is_counted_together(real_store: Store) -> None:
    """A number of patients who had both would be held against cases that had either."""
    found = [one for one in compare_numbers(real_store).comparisons if one.published.along and one.ours.present]
    assert found
    for one in found:
        both = [f"treatment = '{label}'" for label in (*one.published.counts, *one.published.along)]
        having = {row.id for row in choose_where(real_store, " and ".join(both)).rows}
        assert set(one.ours.cases) == having & set(one.ours.group)


def test_the_graphs_deaths_are_those_of_the_saved_question(real_store: Store, real_corpus: Corpus) -> None:
    """Two doors of one graph would give two numbers of deaths."""
    question = read_questions(real_corpus.questions)["deaths"]
    rows = answer(real_store, question, {"event": "withdrawal"}).document()["rows"]
    row = next(row for row in rows if row["event"] == "withdrawal")
    ours = compare_one(real_store, COFFEY).ours
    assert (ours.present, ours.of) == (row["n"], row["N"])


@pytest.fixture(scope="session")
def real_corpus() -> Corpus:
    """Name the published corpus."""
    return Corpus(Path(__file__).resolve().parents[1])


def test_every_comparison_of_the_corpus_adds_up(real_store: Store) -> None:
    """A count would not fit its cases, an interval not hold its share, or a reason be wanting."""
    found = compare_numbers(real_store)
    assert found.total >= 50
    assert found.of == len(list_numbers(real_store))
    for one in found.comparisons:
        ours = one.ours
        assert (ours.present, ours.of) == (len(ours.cases), len(ours.group))
        assert set(ours.cases) <= set(ours.group)
        assert set(one.shared.cases) <= set(ours.group)
        assert one.why
        assert (one.agreement is None) == (ours.risk.of == 0)
        if ours.risk.share is not None and ours.bounds.low is not None and ours.bounds.high is not None:
            assert ours.bounds.low <= ours.risk.share <= ours.bounds.high
        assert ours.of or one.why == ("The graph holds no case of this group.",)


def test_cases_that_a_source_tells_itself_are_called_shared(real_store: Store) -> None:
    """A reader would take a source that is compared with its own cases for a confirmation."""
    found = compare_numbers(real_store, "delhaas-1991")
    assert found.comparisons
    for one in found.comparisons:
        assert any(case.startswith("delhaas-1991/") for case in one.shared.cases)
        assert any(case in why for why in one.why for case in one.shared.cases)


# --- the doors -------------------------------------------------------------------------------


def run(*given: str, graph: Path) -> Result:
    """Run the command on the folder."""
    return CliRunner().invoke(app, ["compare", *given, "--graph", str(graph)])


def test_the_terminal_tells_a_number_with_its_reasons(folder: Path) -> None:
    """A reader would see two numbers and no reason, or no cases."""
    done = run(YOE, graph=folder)
    assert done.exit_code == 0, done.output
    assert "published  1 of 8, 12 % (2 % to 47 %)" in done.output
    assert "graph      1 of 2 that report it, 50 % (9 % to 91 %)\n" in done.output
    assert "Reporting bias" in done.output
    assert "Cases with it: poe-1903/2" in done.output


def test_the_list_names_what_opens_a_number(folder: Path) -> None:
    """A reader of the list could not open a number to its reasons and cases."""
    assert run(graph=folder).output.startswith(f"{YOE}\n")


def test_the_table_says_what_is_left_out(folder: Path) -> None:
    """One number of seven would look like all that there are."""
    done = run(graph=folder)
    assert "1 of 7 published numbers are compared with 6 cases of the graph" in done.output
    assert "not compared, 4: it is no share" in done.output
    assert "no such number can be compared" in run("--words", "nothing of the kind", graph=folder).output


def test_both_doors_give_the_same(folder: Path, store: Store, corpus: Corpus) -> None:
    """Somebody would get other numbers over the network than on the terminal."""
    client = TestClient(create_app(store, corpus.questions))
    assert (
        client.get("/api/v1/comparison").json()["comparisons"]
        == json.loads(run("--json", graph=folder).stdout)["comparisons"]
    )
    assert client.get(f"/api/v1/comparison/{YOE}").json() == json.loads(run(YOE, "--json", graph=folder).stdout)
    rows = list(csv.DictReader(io.StringIO(client.get("/api/v1/comparison.csv").text)))
    assert rows == list(csv.DictReader(io.StringIO(run("--csv", graph=folder).stdout)))
    assert (rows[0]["published_n"], rows[0]["graph_present"], rows[0]["cases"]) == ("1", "1", "poe-1903/2")


def test_a_page_of_comparisons_leads_to_the_next(store: Store, corpus: Corpus) -> None:
    """A client would never come to the end, or miss the rest."""
    answered = TestClient(create_app(store, corpus.questions)).get(
        "/api/v1/comparison", params={"limit": 1, "offset": 1}
    )
    assert (answered.json()["total"], answered.json()["comparisons"]) == (1, [])
    assert 'rel="prev"' in answered.headers["link"]


def test_a_slip_comes_with_what_is_like_it(
    folder: Path, store: Store, corpus: Corpus, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """A slip in an id would be a riddle."""
    with pytest.raises(NotFoundError, match=YOE):
        compare_one(store, "yoe-1907/deaths-among-people-in-withdrawl")
    with pytest.raises(NotFoundError, match=YOE):
        compare_one(store, "yoe-1907")
    with pytest.raises(NotFoundError, match="doe-1901"):
        compare_numbers(store, "doe-190")
    problem = TestClient(create_app(store, corpus.questions)).get("/api/v1/comparison/yoe-1907/deaths")
    assert (problem.status_code, problem.headers["content-type"]) == (404, "application/problem+json")
    monkeypatch.setattr("sys.argv", ["itbkg", "compare", "yoe-1907", "--graph", str(folder)])
    with pytest.raises(SystemExit) as ended:
        main()
    assert ended.value.code == 4
    assert YOE in capsys.readouterr().err

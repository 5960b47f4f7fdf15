"""Time to event: what each case tells, how windows and censoring are read, groups, and the doors."""

import csv
import io
import json
import os
from pathlib import Path

import pytest
from fastapi.testclient import TestClient
from typer.testing import CliRunner, Result

from itbkg.building import build, write_folder
from itbkg.cases import CaseRow, Wanted, choose_cases
from itbkg.cli.app import app, main
from itbkg.errors import ItbkgError, NotFoundError, ParameterError, UnknownWordError
from itbkg.settings import Corpus
from itbkg.statistics import NotTested
from itbkg.store import Store
from itbkg.timing import RULES, CaseTime, Rule, Times, find_span, list_spans, measure_times, read_spans
from itbkg.timing.groups import group_cases
from itbkg_api.app import create_app
from tests.conftest import fictional_corpus

ONSET = "interruption-to-first-symptom"
NARRATIVE = " ".join(
    ["An invented person with a pump fell ill in this invented case, of which only times are told."] * 4
)
HEAD = """format: 1
report:
  title: Invented times
  year: 1976
  journal: Journal of Invented Cases
  citation: verified
  read_as: full text
  review: entered
cases:
"""
#: Case number, clock zero, event, sex, and the lines of its course and outcomes.
CASES = [
    (1, "interruption", "withdrawal", "male", ["{finding: seizure, at: 10..20 h, where: C}",
                                               "{finding: fever, at: 5..40 h, where: C}"], []),
    (2, "interruption", "withdrawal", "female", ["{treatment: cooling, where: C}"],
     ["{outcome: withdrawal avoided, at: 90..96 h, where: C}"]),
    (3, "admission", "withdrawal", "male", ["{finding: fever, at: -48..-24 h, where: C}",
                                            "{finding: seizure, at: 0 h, where: C}",
                                            "{treatment: pump restart, at: 0..12 h, where: C}"], []),
    (4, "interruption", "withdrawal", "male", ["{delay: onset interval, lasted: '>=30 h', where: C}"], []),
    (5, "interruption", "underdose", "female", ["{delay: onset interval, lasted: '<24 h', where: C}"], []),
    (6, "interruption", "underdose", "female", ["{finding: fever, at: -5..-1 h, where: C}",
                                                "{finding: seizure, at: 8 h, where: C}"], []),
    (7, "interruption", "underdose", "female", ["{finding: fever, at: 10 h, where: C}",
                                                "{delay: onset interval, lasted: 12 h, where: C}"], []),
    (8, "interruption", "withdrawal", "male", ["{finding: fever, at: 24 h, where: C}"],
     ["{outcome: recovery with sequelae, at: 100 h, where: C}", "{outcome: recovery, at: 200 h, where: C}"]),
    (9, "", "withdrawal", "male", ["{finding: fever, where: C}"], ["{outcome: recovery, where: C}"]),
    (10, "admission", "withdrawal", "male", ["{finding: fever, at: 0 h, where: C}"],
     ["{outcome: permanent impairment, at: 50 h, where: C}"]),
    (11, "first symptom", "overdose", "female", ["{finding: coma, at: 0 h, where: C}"],
     ["{outcome: permanent impairment, at: 50 h, where: C}", "{outcome: death, at: 60..70 h, where: C}"]),
]  # fmt: skip


def record() -> str:
    """Write the cases as a record."""
    cases = []
    for number, clock, event, sex, course, outcomes in CASES:
        lines = [f'  - id: "{number}"', "    title: Invented times", f"    narrative: {NARRATIVE}"]
        lines += [f"    patient: {{sex: {sex}, where: C}}", f"    event: {event}", "    event_where: C"]
        lines += [f"    clock: {clock}"] if clock else []
        lines += ["    course:", *(f"      - {line}" for line in course)]
        lines += ["    outcomes:", *(f"      - {line}" for line in outcomes)] if outcomes else []
        cases.append("\n".join(lines))
    return HEAD + "\n".join(cases) + "\n"


@pytest.fixture(scope="module")
def corpus(tmp_path_factory: pytest.TempPathFactory) -> Corpus:
    """Put a record of invented times beside the fictional ones."""
    made = fictional_corpus(tmp_path_factory.mktemp("times"))
    (made.cases / "toe-1908.yaml").write_text(record(), "utf-8")
    return made


@pytest.fixture(scope="module")
def folder(corpus: Corpus, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Build it into a folder."""
    out = tmp_path_factory.mktemp("built") / "graph"
    write_folder(build(corpus), out)
    return out


@pytest.fixture(scope="module")
def store(folder: Path) -> Store:
    """Open it."""
    return Store.open(folder)


def told(measured: Times) -> dict[str, CaseTime]:
    """Give the times of the invented record by case number."""
    cases = measured.groups[0].cases
    return {one.case.removeprefix("toe-1908/"): one for one in cases if one.case.startswith("toe-1908/")}


def chosen(store: Store, **words: str) -> tuple[CaseRow, ...]:
    """Choose cases by words."""
    return choose_cases(store, Wanted({name: (word,) for name, word in words.items()})).rows


# --- what cases tell -------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("case", "event", "earliest", "latest", "basis"),
    [
        ("1", True, 5, 20, "course"),  # the first of two findings: not before 5, and by 20 one was there
        ("2", False, 90, 96, "course"),  # told not to have come
        ("4", False, 30, 30, "stated"),  # at least so long
        ("5", True, 0, 24, "stated"),
        ("6", True, 8, 8, "course"),  # what was there before is not of the event
        ("7", True, 12, 12, "stated"),  # the report's own length goes before
        ("8", True, 24, 24, "course"),
    ],
)
def test_a_time_is_read_by_the_stated_rule(
    store: Store, case: str, event: bool, earliest: float, latest: float, basis: str
) -> None:
    """A window, a bound or a censoring would be read otherwise than the documentation says."""
    found = told(measure_times(store, ONSET))[case]
    assert (found.event, found.earliest, found.latest, found.basis) == (event, earliest, latest, basis)


def test_what_is_not_reported_is_counted_and_named(store: Store) -> None:
    """Cases without a time would drop out without a word, and with them N."""
    measured = measure_times(store, ONSET)
    whole = measured.groups[0]
    assert set(told(measured)) == {"1", "2", "4", "5", "6", "7", "8"}
    assert {"toe-1908/3", "toe-1908/9", "toe-1908/10", "doe-1901/1"} == set(whole.untold)
    assert "toe-1908/11" not in whole.untold  # an overdose is not looked for
    assert whole.of == measured.of == whole.events + whole.censored + whole.not_reported == 12
    assert (whole.events, whole.censored, whole.not_reported) == (6, 2, 4)


def test_second_tellings_and_retracted_reports_have_no_part(store: Store) -> None:
    """A person would be counted twice, or a death that was taken back be counted at all."""
    measured = measure_times(store, ONSET)
    cases = {one.case for one in measured.groups[0].cases} | set(measured.groups[0].untold)
    assert not cases & {"moe-1904/1", "voe-1905/1"}
    assert measured.left_out == 2


def test_a_start_before_clock_zero_is_taken_from_the_course(store: Store) -> None:
    """The first symptom would be taken for one on admission, and the delay be told too short."""
    found = told(measure_times(store, "first-symptom-to-restored-delivery"))
    assert (found["3"].earliest, found["3"].latest) == (24, 60)
    assert "10" not in told(measure_times(store, "first-symptom-to-recovery"))


def test_an_end_goes_before_what_would_censor_it(store: Store) -> None:
    """A recovery would be lost because it was not there at first."""
    found = told(measure_times(store, "interruption-to-recovery"))["8"]
    assert (found.event, found.earliest) == (True, 200)


def test_the_last_word_that_it_had_not_come_censors(store: Store) -> None:
    """A case would be watched for a shorter time than its report tells."""
    found = told(measure_times(store, "first-symptom-to-recovery"))["11"]
    assert (found.event, found.earliest, found.latest) == (False, 60, 70)


def test_windows_give_a_curve_by_each_rule(store: Store) -> None:
    """A reader could not see how much the reading of windows matters."""
    whole = measure_times(store, ONSET).groups[0]
    times = {rule: [step.time for step in whole.curves[rule].steps] for rule in RULES}
    assert times[Rule.EARLIEST][:3] == [0, 5, 8]
    assert times[Rule.MIDPOINT][:3] == [8, 12, 12.5]
    assert times[Rule.LATEST][:3] == [8, 12, 20]
    assert {curve.events for curve in whole.curves.values()} == {6}
    assert {curve.n for curve in whole.curves.values()} == {8}
    first = whole.curves[Rule.MIDPOINT].steps[1]
    assert (first.at_risk, first.events) == (7, 2)
    assert first.share == pytest.approx(5 / 8)


# --- groups and choices ----------------------------------------------------------------------


def test_groups_are_tested_where_they_are_large_enough(store: Store) -> None:
    """A test would be made of one case against two."""
    measured = measure_times(store, ONSET, "event=withdrawal,underdose")
    assert [group.label for group in measured.groups] == ["all", "withdrawal", "underdose"]
    assert measured.test is not None
    # poe-1903/2 is of both events: its group would be two.
    assert measured.test.in_several == ("poe-1903/2",)
    result = measured.test.tests[Rule.MIDPOINT]
    assert [(one.name, one.n, one.observed) for one in result.groups] == [("withdrawal", 4, 2), ("underdose", 3, 3)]
    assert result.p is not None
    assert measured.test.not_tested is None


def test_groups_that_are_too_small_say_so(store: Store) -> None:
    """A reader would take a missing p-value for an oversight."""
    test = measure_times(store, ONSET, "sex", chosen(store, event="withdrawal")).test
    assert test is not None
    assert (test.tests, test.not_tested, test.too_few) == ({}, NotTested.TOO_FEW_CASES, ("female",))


def test_a_field_makes_groups_of_its_uppermost_classes(store: Store) -> None:
    """A group would stand beside one that holds it."""
    labels = [group.label for group in measure_times(store, "first-symptom-to-recovery", "event").groups]
    assert labels == ["all", "event of too little baclofen", "other event", "overdose"]


def test_groups_of_causes_are_the_branches_of_the_tree(real_store: Store) -> None:
    """A case would be in a group by its place and in another by a definition, and so be in no test."""
    labels = {group.label for group in measure_times(real_store, "first-symptom-to-recovery", "cause").groups}
    assert "cause at the pump" in labels
    assert not labels & {"human error", "pump-related cause", "delivery stopped"}


def test_words_with_commas_are_groups(store: Store) -> None:
    """Alternatives would be one group, or a word given twice be two."""
    labels = [group.label for group in group_cases(store, "event=withdrawal, overdose, withdrawal")]
    assert labels == ["withdrawal", "overdose"]


def test_an_empty_choice_is_an_answer(store: Store) -> None:
    """A cohort without cases would be an error or a division by zero."""
    measured = measure_times(store, ONSET, "sex", chosen(store, condition="stroke"))
    assert (measured.of, measured.groups[0].curves[Rule.MIDPOINT].steps) == (0, ())
    assert list_spans(store, chosen(store, condition="stroke", event="withdrawal")).spans[0].of == 0


@pytest.mark.parametrize(
    ("span", "by", "error", "hint"),
    [
        ("interuption-to-first-symptom", "", NotFoundError, ONSET),
        ("", "", NotFoundError, "did you mean"),
        (ONSET, "evnt", ParameterError, "event"),
        (ONSET, "event=witdrawal", UnknownWordError, "withdrawal"),
        (ONSET, "event=withdrawal,", ParameterError, "empty word"),
    ],
)
def test_what_there_is_not_comes_with_what_there_is(
    store: Store, span: str, by: str, error: type[ItbkgError], hint: str
) -> None:
    """A slip would be a riddle."""
    with pytest.raises(error, match=hint):
        measure_times(store, span, by)


def test_spans_are_found_by_name_and_label(store: Store) -> None:
    """A person would have to know how a name is spelt here."""
    assert find_span(store, "Interruption to first symptom") == find_span(store, ONSET)
    assert len({span.name for span in read_spans(store)}) == len(read_spans(store))


def test_the_four_stretches_from_the_interruption_are_there(real_store: Store) -> None:
    """A stretch that is asked for would be lost from the ontology."""
    listed = {one.name: one for one in list_spans(real_store).spans}
    ends = ("first-symptom", "diagnosis", "restored-delivery", "recovery")
    assert {f"interruption-to-{end}" for end in ends} <= set(listed)
    assert listed[ONSET].events >= 10
    assert all(one.of == one.events + one.censored + one.not_reported for one in listed.values())


# --- the doors -------------------------------------------------------------------------------


def run(*given: str, graph: Path) -> Result:
    """Run the command on the folder."""
    return CliRunner(env=dict(os.environ)).invoke(app, ["times", *given, "--graph", str(graph)])


def test_the_table_names_every_case(folder: Path) -> None:
    """A clinician could not open a number to its cases."""
    done = run(ONSET, "--by", "event=withdrawal,underdose", graph=folder)
    assert done.exit_code == 0, done.output
    assert "Looked for in 12 cases; 2 second tellings or retracted reports left out." in done.output
    assert "toe-1908/5, toe-1908/7" in done.output
    assert "log-rank, latest: chi-square" in done.output
    assert "in several groups: poe-1903/2" in done.output


def test_the_csv_holds_every_step(folder: Path, store: Store) -> None:
    """A spreadsheet would lack a group, a rule or a case."""
    done = run(ONSET, "--csv", graph=folder)
    rows = list(csv.DictReader(io.StringIO(done.stdout)))
    assert {row["rule"] for row in rows} == {"earliest", "midpoint", "latest"}
    cases = {case for row in rows for case in row["cases"].split("; ")}
    assert cases == {one.case for one in measure_times(store, ONSET).groups[0].cases}


def test_the_json_of_both_doors_is_one(folder: Path, store: Store, corpus: Corpus) -> None:
    """Somebody would get other numbers over the network than on the terminal."""
    client = TestClient(create_app(store, corpus.questions))
    served = client.get(f"/api/v1/times/{ONSET}", params={"by": "sex", "event": "withdrawal", "level": 0.9})
    printed = run(ONSET, "--by", "sex", "--where", "event=withdrawal", "--level", "0.9", "--json", graph=folder)
    assert served.json() == json.loads(printed.stdout)
    assert client.get("/api/v1/times").json() == json.loads(run("--json", graph=folder).stdout)


def test_the_api_gives_tables_and_problems(store: Store, corpus: Corpus) -> None:
    """A client would get a page of an error, or no table."""
    client = TestClient(create_app(store, corpus.questions))
    for path in ("times", f"times/{ONSET}"):
        assert client.get(f"/api/v1/{path}.csv").text.startswith("span,")
        assert client.get(f"/api/v1/{path}", headers={"Accept": "text/tab-separated-values"}).text.startswith("span\t")
    slip = client.get("/api/v1/times/interuption-to-recovery")
    assert (slip.status_code, slip.headers["content-type"]) == (404, "application/problem+json")
    assert slip.json()["nearest"] == ["interruption-to-recovery"]
    assert client.get(f"/api/v1/times/{ONSET}", params={"by": "evnt"}).status_code == 400
    assert client.get(f"/api/v1/times/{ONSET}", params={"event": "witdrawal"}).json()["parameter"] == "event"


@pytest.mark.parametrize(
    ("given", "code", "said"),
    [
        (["nothing-to-nowhere"], 4, "is no known time span"),
        ([ONSET, "--where", "evnt=withdrawal"], 4, "did you mean 'event'"),
        ([ONSET, "--where", "withdrawal"], 2, "is no condition"),
        ([ONSET, "--rule", "middle"], 2, "midpoint"),
        ([ONSET, "--by", "event=witdrawal"], 4, "withdrawal"),
    ],
)
def test_a_slip_on_the_command_line_is_named(
    folder: Path,
    given: list[str],
    code: int,
    said: str,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """A person would get a traceback, or the wrong exit code."""
    monkeypatch.setattr("sys.argv", ["itbkg", "times", *given, "--graph", str(folder)])
    with pytest.raises(SystemExit) as ended:
        main()
    assert ended.value.code == code
    assert said in capsys.readouterr().err

"""The charts: valid Vega-Lite that draws, with the numbers of their tables, legible to everyone, the same each time."""

import importlib.util
import json
import re
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft7Validator

from itbkg.cases import tell_case
from itbkg.charts import Chart, to_png, to_svg, write_chart
from itbkg.charts.flowing import FlowRow
from itbkg.charts.forest import RiskRow, forest
from itbkg.charts.heat import HeatCell, heat_map
from itbkg.charts.letters import broken, shortened, width_of
from itbkg.charts.of_links import find_link_chart, links_forest, links_heat
from itbkg.charts.of_network import network_chart
from itbkg.charts.of_times import times_chart
from itbkg.charts.rendering import to_json
from itbkg.charts.sankey import sankey
from itbkg.charts.style import PAPER, SERIES, STEPS, contrast, fill_of, ink_on
from itbkg.charts.survival import kaplan_meier_chart
from itbkg.charts.timeline import timeline
from itbkg.charts.upset import set_rows, upset
from itbkg.charts.words import Words
from itbkg.errors import ExportFormatError, MissingExtraError, NotFoundError, ParameterError
from itbkg.links import LinkTable, links
from itbkg.network.views import Asked
from itbkg.statistics import Curve, kaplan_meier
from itbkg.store import Store
from itbkg.timing import Rule, measure_times

WORDS = Words("example", "So many: 3 of 9 cases", "n = these; N = those", ("A chosen few.",))
PHONE, PAGE = 390, 1200
SVG = "{http://www.w3.org/2000/svg}"
CURVES = {
    "early": kaplan_meier([1, 2, 2, 5], [True, True, False, True]),
    "late": kaplan_meier([30, 48, 60], [True, False, True]),
}


@pytest.fixture(scope="session")
def schema() -> Draft7Validator:
    """Read the JSON Schema of Vega-Lite that Altair brings; Altair itself is not imported."""
    found = importlib.util.find_spec("altair")
    assert found
    assert found.submodule_search_locations
    path = Path(found.submodule_search_locations[0]) / "vegalite" / "v6" / "schema" / "vega-lite-schema.json"
    return Draft7Validator(json.loads(path.read_text("utf-8")))


@pytest.fixture(scope="session")
def table(real_store: Store) -> LinkTable:
    """Count causes against outcomes in the whole corpus."""
    return links(real_store)


def made(store: Store, table: LinkTable, width: int) -> Iterator[Chart[Any]]:
    """Make every kind of chart out of the corpus."""
    yield links_heat(table, width)
    yield links_forest(table, width)
    yield links_forest(links(store, "cause", "outcome=death"), width)
    yield times_chart(measure_times(store, "interruption-to-first-symptom", "event"), Rule.MIDPOINT, width)
    for case in ("mohammed-2004/1", "alden-2002/1"):
        yield timeline(tell_case(store, case), width)
    yield network_chart(store, "chains", Asked(), width)
    yield network_chart(store, "co-occurrence", Asked(), width)
    yield network_chart(store, "cases", Asked(), width)


@pytest.fixture(scope="session", params=(PHONE, PAGE))
def charts(request: pytest.FixtureRequest, real_store: Store, table: LinkTable) -> tuple[int, list[Chart[Any]]]:
    """Make all charts, for a phone and for a page."""
    return request.param, list(made(real_store, table, request.param))


@pytest.fixture(scope="session")
def drawings(charts: tuple[int, list[Chart[Any]]]) -> list[tuple[Chart[Any], str]]:
    """Draw them all."""
    return [(chart, to_svg(chart)) for chart in charts[1]]


def texts(svg: str) -> list[str]:
    """Return every text of a drawing."""
    return ["".join(node.itertext()) for node in ET.fromstring(svg).iter(f"{SVG}text")]


def walk(node: object) -> Iterator[tuple[str, object]]:
    """Yield every key of a specification with its value."""
    if isinstance(node, dict):
        for key, value in node.items():
            yield key, value
            yield from walk(value)
    elif isinstance(node, list):
        for value in node:
            yield from walk(value)


# --- every chart -----------------------------------------------------------------------------


def test_every_specification_is_vega_lite(charts: tuple[int, list[Chart[Any]]], schema: Draft7Validator) -> None:
    """A tool that reads Vega-Lite would refuse a chart."""
    for chart in charts[1]:
        spec = chart.spec | {"datasets": {name: rows[:2] for name, rows in chart.spec["datasets"].items()}}
        schema.validate(spec)


def test_every_chart_has_the_width_that_was_asked_for(
    charts: tuple[int, list[Chart[Any]]], drawings: list[tuple[Chart[Any], str]]
) -> None:
    """A chart would not fit the phone or the page for which it was laid out."""
    for _, svg in drawings:
        assert ET.fromstring(svg).get("width") == str(charts[0])


def test_the_data_are_those_of_the_table(charts: tuple[int, list[Chart[Any]]]) -> None:
    """A chart would draw other numbers than its table has."""
    for chart in charts[1]:
        drawn = chart.spec["datasets"]["table"]
        rows = list(chart.rows)[: len(drawn)]
        assert len(rows) == len(drawn) > 0
        for row, record in zip(rows, drawn, strict=True):
            for column in chart.columns:
                value = getattr(row, column)
                assert record[column] == (list(value) if isinstance(value, tuple) else value)


def test_the_table_is_a_sheet(charts: tuple[int, list[Chart[Any]]]) -> None:
    """The table of a chart could not be opened beside it."""
    for chart in charts[1]:
        lines = chart.to_csv().splitlines()
        assert lines[0] == ",".join(chart.columns)
        assert len(lines) == len(chart.rows) + 1


def test_the_drawing_says_title_and_numbers(drawings: list[tuple[Chart[Any], str]]) -> None:
    """A chart would be drawn without its words: what n and N are would be a riddle."""
    for chart, svg in drawings:
        said = "".join(texts(svg)).replace(" ", "")  # a line that is broken loses the blank
        assert chart.title.replace(" ", "") in said
        heading = chart.spec["title"]
        assert re.search(
            r"\b[0-9]+ of [0-9]+\b|N = [0-9]|N = cases", " ".join([*heading["text"], *heading["subtitle"]])
        )


def test_the_drawing_has_its_labels(drawings: list[tuple[Chart[Any], str]]) -> None:
    """A row or bar would stand there without a name."""
    for chart, svg in drawings:
        said = set(texts(svg))
        for name in ("labels", "rows", "columns", "heads", "key", "risk"):
            for record in chart.spec["datasets"].get(name, []):
                assert record["text"].strip() in said


def test_the_drawing_is_an_image_with_words_for_who_cannot_see_it(drawings: list[tuple[Chart[Any], str]]) -> None:
    """A screen reader would read hundreds of marks, or nothing."""
    for chart, svg in drawings:
        root = ET.fromstring(svg)
        named = {node.get("id"): node.text for node in root if node.tag in (f"{SVG}title", f"{SVG}desc")}
        assert root.get("role") == "img"
        assert [named[name] for name in (root.get("aria-labelledby") or "").split()] == [chart.title, chart.description]
        assert len(chart.description) > 40


def test_nothing_is_loaded_from_elsewhere(drawings: list[tuple[Chart[Any], str]]) -> None:
    """A drawing would ask another server for a part of itself."""
    for chart, svg in drawings:
        assert not re.search(r"(?:href|src)=|url\(http|@import", svg)
        assert "url" not in {key for key, _ in walk({**chart.spec, "datasets": {}})}


def test_no_text_is_small(charts: tuple[int, list[Chart[Any]]]) -> None:
    """On a phone a text could not be read."""
    for chart in charts[1]:
        sizes = [value for key, value in walk({**chart.spec, "datasets": {}}) if key.lower().endswith("fontsize")]
        assert min(size for size in sizes if isinstance(size, int)) >= 12


def test_texts_stay_on_the_paper(charts: tuple[int, list[Chart[Any]]]) -> None:
    """A label would be cut off at the edge."""
    for chart in charts[1]:
        left, inner = chart.spec["padding"]["left"], chart.spec["width"]
        right = left + inner + chart.spec["padding"]["right"]
        for name, side in (("rows", "right"), ("labels", "")):
            for record in chart.spec["datasets"].get(name, []):
                ends = width_of(record["text"])
                ends = ends if (side or record.get("side", "left")) == "right" else -ends
                x = left + record["x"]
                assert min(x, x - ends) >= -2, record
                assert max(x, x - ends) <= right + 14, record


def test_a_chart_is_the_same_in_another_process() -> None:
    """Two runs would differ, and no difference of two drawings mean anything."""
    code = (
        "from itbkg.charts import to_svg; from tests.test_charts import CURVES, WORDS; import hashlib\n"
        "from itbkg.charts.survival import kaplan_meier_chart\n"
        "print(hashlib.sha256(to_svg(kaplan_meier_chart(CURVES, WORDS)).encode()).hexdigest())"
    )
    runs = [
        subprocess.run(
            [sys.executable, "-c", code],
            capture_output=True,
            text=True,
            check=True,
            env={"PYTHONHASHSEED": seed},
            cwd=Path(__file__).resolve().parents[1],
        ).stdout
        for seed in ("1", "2")
    ]
    assert runs[0] == runs[1] != ""


# --- how charts look -------------------------------------------------------------------------


def test_numbers_stand_out_on_every_step() -> None:
    """A number on a dark cell could not be read (WCAG 2.2, 1.4.3)."""
    for _, fill in STEPS:
        assert contrast(ink_on(fill), fill) >= 4.5


def test_steps_go_from_light_to_dark() -> None:
    """Printed in black and white, more cases would look like fewer."""
    darkness = [contrast(PAPER, fill) for _, fill in STEPS]
    assert darkness == sorted(darkness)
    assert all(after - before > 0.1 for before, after in pairwise(darkness))
    assert [fill_of(count) for count in (0, 2, 3, 10, 11, 500)] == [STEPS[at][1] for at in (0, 1, 2, 3, 4, 4)]


def test_no_series_differs_by_colour_alone() -> None:
    """Two curves could not be told apart without colours."""
    for part in range(3):
        assert len({series[part] for series in SERIES}) == len(SERIES)


def test_contrast_is_that_of_the_guidelines() -> None:
    """The contrast would be computed otherwise than WCAG does: black on white is 21."""
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#767676", "#ffffff") == pytest.approx(4.54, abs=0.01)


def test_texts_break_and_shorten() -> None:
    """A label would be wider than its room, or lose words."""
    text = "cause in cerebrospinal fluid or anatomy"
    assert " ".join(broken(text, 90)) == text
    assert max(map(width_of, broken(text, 110))) <= 110
    assert width_of(shortened(text, 100)) <= 100
    assert shortened(text, 1000) == text


# --- heat map and forest plot ----------------------------------------------------------------


def test_the_heat_map_has_the_counts_of_the_table(table: LinkTable) -> None:
    """A cell would show another number than `itbkg links` prints."""
    chart = links_heat(table)
    pairs = {(pair.row.label, pair.column.label): pair.group for pair in table.pairs}
    for cell in chart.rows:
        group = pairs[cell.row, cell.column]
        assert (cell.n, cell.says, cell.of) == (group.n, group.n + group.absent, group.of)
        assert cell.cases == group.present_cases
    assert len(chart.rows) == len(pairs)


def test_a_cell_is_filled_by_its_count() -> None:
    """A dark cell would have few cases."""
    cells = [HeatCell("a", str(n), n, 20, 20, ()) for n in (0, 1, 3, 7, 20)]
    chart = heat_map(cells, WORDS)
    assert [one["fill"] for one in chart.spec["datasets"]["table"]] == [fill for _, fill in STEPS]
    assert {"0", "1", "3", "7", "20", "/20"} <= set(texts(to_svg(chart)))


def test_the_forest_has_risks_intervals_and_bounds(table: LinkTable) -> None:
    """What is not reported would be left out of a picture of risks."""
    chart = links_forest(table)
    assert {row.label for row in chart.rows} == {
        f"{pair.row.label}: {pair.column.label}" for pair in table.pairs if pair.not_tested is None
    }
    for row in chart.rows:
        assert row.bound_low is not None
        assert row.risk is not None
        assert row.bound_high is not None
        assert row.bound_low <= row.risk + 1e-12
        assert row.risk <= row.bound_high + 1e-12
        assert row.n + row.absent + row.not_reported == row.of
    fields = {encoding.get("field") for _, encoding in walk(chart.spec["layer"]) if isinstance(encoding, dict)}
    assert {"risk", "risk_low", "risk_high", "bound_low", "bound_high"} <= fields


def test_where_no_case_says_there_is_no_square() -> None:
    """A risk of 0 would be drawn where nothing is known."""
    chart = forest([RiskRow("a", 0, 0, 3, 3, None, None, None, 0.0, 1.0, ())], WORDS)
    assert "none of 3 says" in texts(to_svg(chart))
    assert len(re.findall('aria-roledescription="point"', to_svg(chart))) == 0


def test_letters_of_markup_stay_letters() -> None:
    """A label could close the drawing and run a script in the page."""
    nasty = """<script>alert("&'")</script>"""
    words = Words("x", f"{nasty} 1 of 1", nasty, (nasty,))
    svg = to_svg(heat_map([HeatCell(nasty, nasty, 1, 1, 1, ())], words, PAGE))
    assert "<script" not in svg
    assert nasty in "".join(texts(svg))


def test_pairs_are_counted_unless_one_class_lies_above_the_other(store: Store) -> None:
    """A pair that goes together by definition would be drawn as one that no case has."""
    chart = network_chart(store, "co-occurrence", Asked())
    drawn = {frozenset((cell.row, cell.column.rpartition(" (N")[0])): cell.n for cell in chart.rows}
    assert drawn[frozenset(("fever", "increased spasticity"))] == 2
    assert drawn[frozenset(("coma", "fever"))] == 0
    assert frozenset(("fever", "hyperthermia")) not in drawn


# --- Kaplan-Meier ----------------------------------------------------------------------------


def test_the_curve_is_that_of_the_statistics() -> None:
    """A step would stand elsewhere than the estimate."""
    chart = kaplan_meier_chart(CURVES, WORDS)
    for group, curve in CURVES.items():
        rows = [row for row in chart.rows if row.group == group]
        assert [(r.hours, r.at_risk, r.events, r.censored, r.share, r.low, r.high) for r in rows] == [
            (s.time, s.at_risk, s.events, s.censored, s.share, s.low, s.high) for s in curve.steps
        ]


def test_the_interval_is_drawn_until_the_next_step() -> None:
    """The interval would end where the curve goes on, when its last step has none."""
    chart = kaplan_meier_chart({"all": kaplan_meier([12, 24, 48], [True, True, True])}, WORDS)
    corners = [one for one in chart.spec["datasets"]["lines"] if one["low"] is not None]
    assert [corner["time"] for corner in corners] == [12, 24, 48]
    assert corners[-1]["low"] == corners[-2]["low"]


def test_the_numbers_at_risk_are_those_before_each_tick() -> None:
    """The row below the axis would count who is no longer followed."""
    records = kaplan_meier_chart(CURVES, WORDS).spec["datasets"]["risk"]
    numbers = [record["text"] for record in records if record["side"] == "center"]
    ticks = [0, 12, 24, 36, 48, 60]
    assert numbers == [str(curve.at_risk(tick)) for curve in CURVES.values() for tick in ticks]


def test_the_axis_is_told_in_the_unit_that_suits_it() -> None:
    """Numbers at risk after two days would be those after two hours."""
    curve = kaplan_meier([24, 240, 480], [True, False, True])
    chart = kaplan_meier_chart({"all": curve}, WORDS)
    numbers = [record["text"] for record in chart.spec["datasets"]["risk"] if record["side"] == "center"]
    assert numbers == [str(curve.at_risk(tick * 24)) for tick in (0, 3, 6, 9, 12, 15, 18, 21)]
    assert "days" in texts(to_svg(chart))
    assert [record["time"] for record in chart.spec["datasets"]["table"]] == [1, 10, 20]


def test_censored_cases_have_a_mark() -> None:
    """Who is no longer followed would look like who had the event."""
    svg = to_svg(kaplan_meier_chart(CURVES, WORDS))
    assert svg.count('aria-roledescription="point"') == 2


def test_more_curves_than_can_be_told_apart_are_refused() -> None:
    """An eighth curve would look like the first."""
    with pytest.raises(ParameterError, match="7 at most"):
        kaplan_meier_chart({str(number): CURVES["early"] for number in range(8)}, WORDS)


def test_no_time_at_all_is_an_answer() -> None:
    """A group in which no case tells a time would end in a division by zero."""
    empty: dict[str, Curve] = {}
    assert to_svg(kaplan_meier_chart(empty, WORDS)).startswith("<svg")
    assert to_svg(kaplan_meier_chart({"none": kaplan_meier([], [])}, WORDS)).startswith("<svg")
    assert to_svg(heat_map([], WORDS)).startswith("<svg")
    assert to_svg(forest([], WORDS)).startswith("<svg")
    assert to_svg(upset({}, [], WORDS)).startswith("<svg")
    assert to_svg(sankey([], ["a", "b"], WORDS)).startswith("<svg")


# --- timeline, UpSet, Sankey -----------------------------------------------------------------


def test_the_timeline_has_every_statement_and_every_cause(real_store: Store) -> None:
    """Something that the report tells would not be drawn."""
    account = tell_case(real_store, "mohammed-2004/1")
    chart = timeline(account)
    counts = Counter(row.lane for row in chart.rows)
    entries = Counter(entry.kind for entry in (*account.course, *account.implied, *account.outcomes))
    assert {lane: count for lane, count in counts.items() if lane != "cause"} == dict(entries)
    assert [row.row for row in chart.rows if row.lane == "cause"] == ["programming error", "pump stopped"]


def test_what_has_no_time_stands_before_the_axis(real_store: Store) -> None:
    """A statement without a time would be put at a moment that the report does not give."""
    chart = timeline(tell_case(real_store, "mohammed-2004/1"))
    axis = min(record["x"] for record in chart.spec["datasets"]["grid"] if record["rule"])
    for record in chart.spec["datasets"]["table"]:
        untold = record["earliest_hours"] is None and record["latest_hours"] is None
        assert (record["x2"] < axis) == untold


def test_times_stand_in_their_order(real_store: Store) -> None:
    """What came later would stand further left."""
    records = timeline(tell_case(real_store, "mohammed-2004/1")).spec["datasets"]["table"]
    timed = sorted((r["earliest_hours"], r["x"]) for r in records if r["earliest_hours"] is not None)
    assert [x for _, x in timed] == sorted(x for _, x in timed)


@given(st.lists(st.sets(st.sampled_from("abcd")), max_size=12))
def test_each_case_stands_in_one_set(having: list[set[str]]) -> None:
    """A case would be in two columns, or in none."""
    everyone = [f"case-{number}" for number in range(len(having))]
    sets = {
        label: frozenset(case for case, has in zip(everyone, having, strict=True) if label in has) for label in "abcd"
    }
    rows = set_rows(sets, everyone)
    assert sorted(case for row in rows for case in row.cases) == sorted(everyone)
    for row in rows:
        assert row.n == len(row.cases)
        assert all((case in sets[label]) == (label in row.members) for case in row.cases for label in "abcd")


def test_sets_that_are_not_drawn_are_counted() -> None:
    """Cases would vanish from a narrow chart without a word."""
    everyone = [f"{number}" for number in range(1, 64)]
    sets = {str(bit): frozenset(one for one in everyone if int(one) >> bit & 1) for bit in range(6)}
    chart = upset(sets, [*everyone, "0"], WORDS, PHONE)
    shown = sum(record["n"] for record in chart.spec["datasets"]["table"])
    said = " ".join(texts(to_svg(chart)))
    hidden = re.search(r"Not drawn: (\d+) more sets, of (\d+) cases", said)
    assert hidden
    assert shown + int(hidden[2]) + 1 == 64
    assert "Not drawn: 1 cases that report none of these." in said


FLOWS = [
    FlowRow("from", "a", "to", "x", 3, 5, untold=False, cases=("1", "2", "3")),
    FlowRow("from", "a", "to", "y", 1, 5, untold=False, cases=("1",)),
    FlowRow("from", "b", "to", "not reported", 2, 5, untold=True, cases=("4", "5")),
]


def test_a_ribbon_is_as_wide_as_its_cases() -> None:
    """A narrow ribbon would have more cases than a wide one."""
    records = sankey(FLOWS, ("from", "to"), WORDS).spec["datasets"]["ribbons"]
    widths = {record["ribbon"]: round(record["y2"] - record["y"], 1) for record in records}
    assert sorted(widths.values()) == [4, 8, 12]


def test_a_bar_counts_a_case_once() -> None:
    """A case with two outcomes would be two cases of its cause."""
    said = texts(to_svg(sankey(FLOWS, ("from", "to"), WORDS)))
    assert {"a (3)", "b (2)", "x (3)", "y (1)", "not reported (2)"} <= set(said)


def test_classes_beyond_the_most_are_put_together() -> None:
    """Classes would be dropped where there is no room for all."""
    rows = [FlowRow("from", f"c{n}", "to", "x", 1, 9, untold=False, cases=(str(n),)) for n in range(9)]
    chart = sankey(rows, ("from", "to"), WORDS, most=3)
    assert "others: 6 classes (6)" in texts(to_svg(chart))
    assert len(chart.rows) == 9


# --- files -----------------------------------------------------------------------------------


def test_a_chart_is_written_as_its_ending_says(tmp_path: Path) -> None:
    """A file would hold another form than its name says."""
    chart = kaplan_meier_chart(CURVES, WORDS)
    for name, begins in (("a.svg", b"<svg"), ("a.PNG", b"\x89PNG"), ("a.json", b"{")):
        write_chart(chart, tmp_path / name)
        assert (tmp_path / name).read_bytes().startswith(begins)
    assert json.loads((tmp_path / "a.json").read_bytes()) == json.loads(to_json(chart))
    for name in ("a.gif", "a"):
        with pytest.raises(ExportFormatError, match=r"\.svg, \.png, \.json"):
            write_chart(chart, tmp_path / name)


def test_a_png_has_the_pixels_that_were_asked_for() -> None:
    """A picture would be blurred on a fine screen."""
    png = to_png(kaplan_meier_chart(CURVES, WORDS, PHONE), scale=3)
    assert int.from_bytes(png[16:20]) == 3 * PHONE


def test_without_vl_convert_one_is_told_how_to_get_it(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """The plain installation would end in a stack trace; the specification needs nothing."""
    monkeypatch.setitem(sys.modules, "vl_convert", None)
    chart = kaplan_meier_chart(CURVES, WORDS)
    with pytest.raises(MissingExtraError, match=r"pip install 'itbkg\[charts\]'"):
        write_chart(chart, tmp_path / "a.svg")
    write_chart(chart, tmp_path / "a.json")
    assert [path.name for path in tmp_path.iterdir()] == ["a.json"]


@pytest.mark.parametrize("width", [0, 319, 2401])
def test_a_width_that_cannot_be_is_refused(width: int) -> None:
    """A chart without room would be drawn."""
    with pytest.raises(ParameterError, match="320 to 2400"):
        kaplan_meier_chart(CURVES, WORDS, width)


def test_a_kind_of_chart_that_there_is_not() -> None:
    """A slip would draw something else."""
    with pytest.raises(NotFoundError, match="'heat' or 'forest'"):
        find_link_chart("pie")

"""A record or all its problems: each with file, line, field, what is wrong and how to mend it."""

from pathlib import Path

import pytest

from itbkg.curation import read_publication, read_publications, record_paths
from itbkg.errors import Problem, RecordError
from itbkg.vocabulary import Vocabulary
from tests.conftest import FICTIONAL

VALID = (FICTIONAL / "doe-1901.yaml").read_text("utf-8")

#: What is replaced in the valid record, by what, the text whose line is at fault, field, message and mend.
Break = tuple[str, str, str, str, str, str]

WORDS_AND_VALUES: dict[str, Break] = {
    "misspelt word": (
        "cause: missed refill", "cause: cathter kink", "cause: cathter kink", "cases[1].causes[1].cause",
        "'cathter kink' is no known cause; did you mean 'catheter kink'", "",
    ),
    "word of another branch": (
        "absent: seizure", "absent: oral baclofen", "absent: oral", "cases[1].course[2].absent",
        "'oral baclofen' is no known finding", "",
    ),
    "word like no other": (
        "absent: seizure", "absent: qqqqqq", "absent: qqqqqq", "cases[1].course[2].absent",
        "'qqqqqq' is no known finding; use one that the ontology lists, or add it there.", "",
    ),
    "misspelt response": (
        ": unchanged}", ": unchangd}", "unchangd", "cases[1].course[3].response.increased spasticity",
        "'unchangd' is no known treatment response; did you mean 'unchanged'", "",
    ),
    "impossible unit": (
        "dose: 20 mg", "dose: 20 mcg/d", "dose: 20 mcg/d", "cases[1].course[3].dose",
        "'mcg/d' is no known UCUM unit; did you mean 'ug/d'?", "",
    ),
    "unit of another quantity": (
        "39.0 Cel", "39.0 mg", "39.0 mg", "cases[1].course[4].value",
        "'mg' is no unit of body temperature.", "Give it in a unit that converts to Cel.",
    ),
    "implausible value": (
        "39.0 Cel", "390 Cel", "390 Cel", "cases[1].course[4].value",
        "390 Cel is outside what is possible for body temperature (10.0 to 47.0 Cel).",
        "Look at the report again: number, decimal point, unit.",
    ),
    "range in another unit": (
        "25..235 U/L", "25..235 mg/dL", "25..235 mg/dL", "cases[1].course[6].normal",
        "the range is in mg/dL, the value in U/L.",
        "Correct it, or say under 'discrepancy' that the report prints it so.",
    ),
    "number without a unit": (
        "lasted: 12 h", "lasted: 12", "lasted: 12", "cases[1].course[8].lasted",
        "'12' is no value with a unit; write it like '40.3 Cel', '<0.02 ug/mL' or '5..6 mg/dL'.", "",
    ),
    "duration in no unit of time": (
        "lasted: 12 h", "lasted: 12 mg", "lasted: 12 mg", "cases[1].course[8].lasted",
        "'mg' is no unit of time.", "Use h, d, wk, mo or a.",
    ),
    "group of measurements": (
        "measurement: creatine kinase", "measurement: vital sign", "vital sign", "cases[1].course[6].measurement",
        "'vital sign' groups several kinds of measurement.",
        "Name one kind of it, or give its class a canonical unit in the ontology.",
    ),
}  # fmt: skip

FORM: dict[str, Break] = {
    "unknown key": (
        "severity: severe", "severty: severe", "severty", "cases[1].course[1].severty",
        "'severty' is no known key here; did you mean 'severity'", "Rename or remove it.",
    ),
    "misspelt kind of line": (
        "{absent: seizure", "{abscent: seizure", "abscent", "cases[1].course[2]",
        "this line says none of finding, absent, measurement,", "Begin it with the one that it states.",
    ),
    "missing field": (
        "    event: withdrawal\n", "", '- id: "1"', "cases[1].event", "'event' is missing.", "Add it.",
    ),
    "missing place": (
        ', where: "Case, 3"}\n      - {considered', "}\n      - {considered", "39.0 Cel", "cases[1].course[4].where",
        "'where' is missing.", "Add it.",
    ),
    "missing place of a block": (
        "      where: Case, 1\n    therapy:", "    therapy:", "patient:", "cases[1].patient.where",
        "'where' is missing.", "Add it.",
    ),
    "no place": (
        'at: 0..6 h, where: "Case, 2"', 'at: 0..6 h, where: "page; 2"', "page; 2", "cases[1].course[2].where",
        "'page; 2' is no place in a report; write heading and paragraph, like 'Case presentation, 2'.", "",
    ),
    "empty list": (
        "basis: author's opinion", "basis: []", "basis: []", "cases[1].causes[1].basis",
        "the list is empty.", "Give at least 1.",
    ),
    "year without sense": (
        "year: 1971", "year: 1871", "year: 1871", "report.year", "1871 is too low.", "Give at least 1970.",
    ),
    "format of the future": (
        "format: 1", "format: 2", "format: 2", "format", "'2' is not allowed.", "Write 1.",
    ),
    "id that is no id": (
        '- id: "1"', '- id: "A 1"', "A 1", "cases[1].id", "'A 1' has not the right form.", "It must match ",
    ),
}  # fmt: skip

YAML: dict[str, Break] = {
    "bad YAML": (
        "authors: [Doe J]", "authors: [Doe J", "year", "", "not YAML: ", "Mend the YAML: look for a missing quote",
    ),
    "duplicate key": (
        "year: 1971", "year: 1971\n  year: 1972", "year: 1972", "report.year",
        "'year' is written twice here.", "Keep one of them.",
    ),
    "anchor": (
        "severity: severe", "severity: &s severe", "&s", "",
        "anchors and aliases (& and *) are not allowed.", "Write the value out.",
    ),
    "alias": (
        "sex: female", "sex: *s", "*s", "", "anchors and aliases (& and *) are not allowed.", "Write the value out.",
    ),
    "tag": (
        "journal: J", "journal: !!str J", "!!str", "", "YAML tags (!) are not allowed.", "Put the value in quotes.",
    ),
    "second document": (
        "cases:", "---\ncases:", "format", "",
        "2 YAML documents in this file.", "Write one record into one file.",
    ),
    "control character": (
        "A woman", "A\x07 woman", "woman", "", "the character U+0007 is not allowed.", "Remove it",
    ),
    "bidirectional character": (
        "A woman", "A\u202e woman", "woman", "", "the character U+202E is not allowed.", "Remove it",
    ),
    "text that is not NFC": (
        "A woman", "Rene\u0301", "Rene", "", "not in Unicode form NFC.", "Type the accented letters anew.",
    ),
}  # fmt: skip

SENSE: dict[str, Break] = {
    "age that could be recognised": (
        "age: 40 a", "age: 91 a", "age: 91 a", "cases[1].patient.age",
        "'91 a' would tell an age above 89 years.", "Write '>89 a'.",
    ),
    "dose without its time": (
        "dose: 200 ug/d\n      benefit", "dose: 200 ug\n      benefit", "dose: 200 ug", "cases[1].therapy.dose",
        "'ug' does not convert to ug/d.", "Give it in ug/d.",
    ),
    "concentration in no unit of concentration": (
        "dose: 200 ug/d\n      benefit", "concentration: 2000 ug\n      benefit", "concentration: 2000",
        "cases[1].therapy.concentration", "'ug' does not convert to ug/mL.", "Give it in ug/mL.",
    ),
    "times without a clock": (
        "    clock: first symptom\n", "", '- id: "1"', "cases[1]",
        "times are given, but not what they are counted from.", "Say under 'clock' from which moment they count",
    ),
    "times out of order": (
        "at: 14 h", "at: -3 h", "treatment: restoration", "cases[1].course[9]",
        "this ends -3 h after clock zero, but a line above it begins only at 12 h.",
        "Put the lines in the order of events, or mend the time.",
    ),
    "both times": (
        "at: 12 h, shows", "at: 12 h, hospital_day: 1, shows", "hospital_day", "cases[1].course[7].at",
        "both 'at' and 'hospital_day' are given.", "Keep the one that the report gives.",
    ),
    "two lines of one name": (
        "- {absent: seizure", '- {finding: increased spasticity, at: 0 h, where: X}\n      - {absent: seizure',
        "where: X", "cases[1].course[2]", "an earlier line already states 'finding/increased-spasticity-0-h'.",
        "Remove one, or tell them apart with an 'id'.",
    ),
    "shown cause in no link": (
        "shows: empty reservoir", "shows: catheter kink", "catheter kink", "cases[1].course[7].shows",
        "'catheter kink' is shown here but stands in no link of the causes.", "Add the link under 'causes'.",
    ),
    "chain that ends nowhere": (
        "leads_to: withdrawal", "leads_to: pump stopped", "- cause: empty", "cases[1].causes[2]",
        "'empty reservoir' leads to 'pump stopped', which leads nowhere.",
        "Add a link with 'cause: pump stopped' that leads on to 'withdrawal'.",
    ),
    "circular chain": (
        "leads_to: withdrawal", "leads_to: missed refill", "- cause: missed", "cases[1].causes[1]",
        "'missed refill' leads to 'empty reservoir', and from there back to itself.",
        "Break the circle: a cause comes before its effect.",
    ),
    "link that stands twice": (
        "- cause: empty", "- {cause: missed refill, leads_to: empty reservoir, certainty: certain, basis: exclusion,"
        " where: X}\n      - cause: empty", "where: X", "cases[1].causes[2]",
        "'missed refill' leads to 'empty reservoir' stands here twice.", "Keep one, with all its bases.",
    ),
}  # fmt: skip

BREAKS = WORDS_AND_VALUES | FORM | YAML | SENSE


def problems_of(path: Path, vocabulary: Vocabulary) -> tuple[Problem, ...]:
    """Read a record that must fail and return what is wrong with it."""
    with pytest.raises(RecordError) as caught:
        read_publication(path, vocabulary)
    return caught.value.problems


def write(folder: Path, text: str, name: str = "doe-1901.yaml") -> Path:
    """Write a record as UTF-8."""
    path = folder / name
    path.write_text(text, "utf-8")
    return path


@pytest.mark.parametrize("broken", BREAKS.values(), ids=BREAKS.keys())
def test_a_broken_record_says_where_and_how_to_mend(broken: Break, tmp_path: Path, vocabulary: Vocabulary) -> None:
    """A curator would hunt for the mistake if file, line, field, message or mend were off."""
    old, new, at, field, message, mend = broken
    assert old in VALID
    text = VALID.replace(old, new, 1)
    line = text[: text.index(at)].count("\n") + 1
    path = write(tmp_path, text)
    found = [problem for problem in problems_of(path, vocabulary) if problem.message.startswith(message)]
    assert [(problem.path, problem.line, problem.field) for problem in found] == [(str(path), line, field)]
    assert found[0].mend.startswith(mend)


@pytest.mark.parametrize("broken", BREAKS.values(), ids=BREAKS.keys())
def test_every_problem_ends_as_a_sentence(broken: Break, tmp_path: Path, vocabulary: Vocabulary) -> None:
    """A message such as 'did you mean this?.' or one without an end would look like a fault of ours."""
    path = write(tmp_path, VALID.replace(broken[0], broken[1], 1))
    for problem in problems_of(path, vocabulary):
        assert problem.message[-1] in ".?"
        assert problem.message[-2] not in ".?"


def test_all_problems_are_listed_in_one_round(tmp_path: Path, vocabulary: Vocabulary) -> None:
    """A curator would have to run the check once per mistake."""
    chosen = ("misspelt word", "unknown key", "missing place", "times out of order", "empty list", "year without sense")
    text = VALID
    for name in chosen[:-2]:
        text = text.replace(BREAKS[name][0], BREAKS[name][1], 1)
    text = text.replace("[device interrogation, response to treatment]", "[]").replace("1971", "1871")
    fields = [problem.field for problem in problems_of(write(tmp_path, text), vocabulary)]
    expected = ["report.year", "cases[1].course[1].severty", "cases[1].course[4].where", "cases[1].course[9]"]
    assert fields == [*expected, "cases[1].causes[1].cause", "cases[1].causes[2].basis"]


def test_a_valid_record_has_no_problem(vocabulary: Vocabulary) -> None:
    """The checks would refuse what a curator may write."""
    record = read_publication(FICTIONAL / "doe-1901.yaml", vocabulary)
    assert (record.report.year, len(record.cases), len(record.cases[0].course)) == (1971, 1, 9)


@pytest.mark.parametrize("name", ["Doe 1901.yaml", "doe-1901.yml", "doe_1901.yaml"])
def test_a_file_name_must_be_an_id(name: str, tmp_path: Path, vocabulary: Vocabulary) -> None:
    """A name with blanks or capitals would end up in IRIs."""
    [problem] = problems_of(write(tmp_path, VALID, name), vocabulary)
    assert (problem.line, problem.message) == (1, f"'{name}' is no name for a record.")
    assert "'doe-1901.yaml'" in problem.mend


def test_a_file_that_is_not_utf8_says_its_line(tmp_path: Path, vocabulary: Vocabulary) -> None:
    """A file in an old encoding would end in a traceback."""
    path = tmp_path / "doe-1901.yaml"
    path.write_bytes(b"format: 1\ntitle: \xff\n")
    [problem] = problems_of(path, vocabulary)
    assert (problem.line, problem.message, problem.mend) == (2, "not UTF-8.", "Save the file as UTF-8.")


def test_a_huge_file_is_refused_unread(tmp_path: Path, vocabulary: Vocabulary) -> None:
    """A record from outside could eat the memory."""
    [problem] = problems_of(write(tmp_path, "#" * 1_000_001), vocabulary)
    assert problem.message == "larger than 1000000 bytes."


def test_deep_nesting_is_refused(tmp_path: Path, vocabulary: Vocabulary) -> None:
    """A record from outside could exhaust the stack."""
    found = problems_of(write(tmp_path, "a: " + "[" * 30 + "]" * 30), vocabulary)
    assert any("deep" in problem.message for problem in found)


def test_a_missing_file_is_a_problem_and_no_traceback(tmp_path: Path, vocabulary: Vocabulary) -> None:
    """A mistyped path would end in a traceback."""
    [problem] = problems_of(tmp_path / "gone.yaml", vocabulary)
    assert problem.message == "cannot be read: No such file or directory."


@pytest.mark.parametrize("text", ["", "- a\n", "just words\n", "cases: 3\n", "cases: [null]\n", "a: {b: {c: d}}\n"])
def test_any_yaml_gives_problems_and_no_traceback(text: str, tmp_path: Path, vocabulary: Vocabulary) -> None:
    """A file of another kind would end in a traceback."""
    assert problems_of(write(tmp_path, text), vocabulary)


def test_a_second_case_of_one_id_is_refused(tmp_path: Path, vocabulary: Vocabulary) -> None:
    """Two cases would be merged into one."""
    text = (FICTIONAL / "roe-1902.yaml").read_text("utf-8").replace('- id: "2"', '- id: "1"')
    [problem] = problems_of(write(tmp_path, text), vocabulary)
    assert (problem.field, problem.message) == ("cases[2].id", "a second case has the id '1'.")


def test_problems_of_many_files_come_together_in_order(tmp_path: Path, vocabulary: Vocabulary) -> None:
    """The first broken file would hide those after it."""
    paths = [write(tmp_path, VALID.replace("1971", "1871"), name) for name in ("b-2.yaml", "a-1.yaml")]
    with pytest.raises(RecordError) as caught:
        read_publications(paths, vocabulary)
    assert [Path(problem.path).name for problem in caught.value.problems] == ["a-1.yaml", "b-2.yaml"]


def test_progress_counts_every_file(vocabulary: Vocabulary) -> None:
    """A progress bar would stop short of its end."""
    seen: list[tuple[str, int, int]] = []
    read_publications(FICTIONAL.glob("*.yaml"), vocabulary, lambda path, done, of: seen.append((path.stem, done, of)))
    stems = sorted(path.stem for path in FICTIONAL.glob("*.yaml"))
    assert seen == [(stem, number, len(stems)) for number, stem in enumerate(stems, 1)]


def test_a_folder_without_records_is_an_error(tmp_path: Path) -> None:
    """A mistyped folder would count as a folder without problems."""
    with pytest.raises(RecordError, match=r"no record \(\*\.yaml\) in this folder"):
        record_paths([tmp_path])
    assert record_paths([FICTIONAL]) == sorted(FICTIONAL.rglob("*.yaml"))


@pytest.mark.parametrize("words", [1, 59, 201])
def test_a_narrative_is_a_story_and_not_the_report(words: int, tmp_path: Path, vocabulary: Vocabulary) -> None:
    """A case would be told in a phrase, or the report copied out."""
    start, end = VALID.index("    narrative:"), VALID.index("    patient:")
    path = tmp_path / "doe-1901.yaml"
    path.write_text(f"{VALID[:start]}    narrative: {' '.join(['word'] * words)}\n{VALID[end:]}", "utf-8")
    with pytest.raises(RecordError) as caught:
        read_publication(path, vocabulary)
    (problem,) = caught.value.problems
    assert (problem.field, problem.message) == ("cases[1].narrative", f"the narrative has {words} words.")

"""One publication, one patient, once: what is certain is refused, what is likely is listed, what is neither passes."""

import json
import os
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
import yaml

from itbkg.curation import Suspicion, find_overlaps, read_records
from itbkg.errors import RecordError
from itbkg.vocabulary import Vocabulary

NARRATIVE = " ".join(["An invented patient, of whom nothing else is told, was unwell."] * 6)


def case(**changes: Any) -> dict[str, Any]:
    """Make a case; a change of None leaves the key out."""
    made = {
        "id": "1",
        "title": "An invented case",
        "narrative": NARRATIVE,
        "patient": {"age": "40 a", "sex": "female", "where": "Case"},
        "event": "withdrawal",
        "event_where": "Case",
        "course": [{"finding": "seizure", "where": "Case"}],
        "causes": [
            {
                "cause": "catheter kink",
                "leads_to": "withdrawal",
                "certainty": "certain",
                "basis": "contrast study",
                "where": "Case",
            }
        ],
    }
    return {key: value for key, value in (made | changes).items() if value is not None}


def paper(*cases: Mapping[str, Any], **report: Any) -> dict[str, Any]:
    """Make a record of cases; a change of the report of None leaves the key out."""
    made = {
        "title": "An invented kink of a catheter",
        "authors": ["Doe J"],
        "year": 1971,
        "citation": "verified",
        "read_as": "abstract",
        "review": "entered",
    }
    head = {key: value for key, value in (made | report).items() if value is not None}
    return {"format": 1, "report": head, "cases": list(cases) or [case()]}


def numbers(**source: Any) -> dict[str, Any]:
    """Make a record of published numbers."""
    head = paper(**{"title": "Numbers of invented patients", "authors": ["Roe R"]} | source)["report"]
    return {"format": 1, "source": head, "observations": [{"measure": "patients", "n": 3, "where": "Table"}]}


def advice(**document: Any) -> dict[str, Any]:
    """Make a record of guidance."""
    head = paper(**{"title": "Advice on invented patients", "authors": ["Moe M"]} | document)["report"]
    line = {"risk_group": "children", "where": "Groups"}
    return {"format": 1, "document": head | {"kind": "clinical guideline"} | document, "statements": [line]}


#: A record that has nothing to do with `paper()`.
OTHER = paper(
    case(patient={"age": "8 a", "sex": "male", "where": "Case"}),
    title="Something else altogether",
    authors=["Poe P"],
    year=1990,
)


class Corpus:
    """Record files by name (`cases/doe-1901`), read together."""

    def __init__(self, root: Path, vocabulary: Vocabulary) -> None:
        self.root, self.vocabulary = root, vocabulary

    def write(self, files: Mapping[str, Mapping[str, Any]]) -> list[Path]:
        """Write the files."""
        paths = [self.root / f"{name}.yaml" for name in files]
        for path, record in zip(paths, files.values(), strict=True):
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(yaml.safe_dump(record, sort_keys=False, allow_unicode=True), "utf-8")
        return paths

    def problems(self, files: Mapping[str, Mapping[str, Any]], *, complete: bool = True) -> list[tuple[str, str]]:
        """Return the field and message of each problem, by the file that it stands in."""
        try:
            read_records(self.write(files), self.vocabulary, complete=complete)
        except RecordError as error:
            lines = {problem.path: Path(problem.path).read_text("utf-8").splitlines() for problem in error.problems}
            for one in error.problems:
                key = one.field.rsplit(".", 1)[-1].split("[")[0]
                assert key in lines[one.path][one.line - 1] or key == "cases"
                assert one.mend
            return [(f"{Path(one.path).stem} {one.field}", one.message) for one in error.problems]
        return []

    def suspicions(self, files: Mapping[str, Mapping[str, Any]]) -> list[Suspicion]:
        """Return what looks told twice."""
        return find_overlaps(read_records(self.write(files), self.vocabulary), self.vocabulary)


@pytest.fixture
def corpus(tmp_path: Path, vocabulary: Vocabulary) -> Corpus:
    """Give an empty folder to write records into."""
    return Corpus(tmp_path, vocabulary)


@pytest.mark.parametrize(
    ("key", "one", "other"),
    [
        ("doi", "10.1000/ABC", "10.1000/abc"),
        ("pmid", "123456", "123456"),
        ("pmcid", "PMC123456", "PMC123456"),
    ],
)
def test_one_identifier_in_two_files_is_refused(key: str, one: str, other: str, corpus: Corpus) -> None:
    """One publication would be counted twice."""
    files = {
        "cases/doe-1971": paper(**{key: one}),
        "cases/poe-1990": OTHER | {"report": OTHER["report"] | {key: other}},
    }
    assert corpus.problems(files) == [
        (f"poe-1990 report.{key}", f"{key.upper()} {other} is that of cases/doe-1971 too.")
    ]
    files = {"cases/doe-1971": paper(**{key: one}), "published/poe-1990": numbers(**{key: other})}
    assert corpus.problems(files) == [
        (f"poe-1990 source.{key}", f"{key.upper()} {other} is that of cases/doe-1971 too.")
    ]
    files = {"published/poe-1990": numbers(**{key: one}), "guidance/moe-1980": advice(**{key: other})}
    assert corpus.problems(files) == [
        (f"moe-1980 document.{key}", f"{key.upper()} {other} is that of published/poe-1990 too.")
    ]


def test_files_of_one_publication_may_share_its_identifiers(corpus: Corpus) -> None:
    """A paper with cases, numbers and advice could not be recorded."""
    files = {
        "cases/doe-1971": paper(doi="10.1000/abc"),
        "published/doe-1971": numbers(doi="10.1000/ABC", title="An invented kink of a catheter"),
        "guidance/doe-advice": advice(doi="10.1000/abc", advice_of="doe-1971"),
        "cases/poe-1990": OTHER,
    }
    assert corpus.problems(files) == []


def test_files_of_one_publication_may_not_contradict_each_other(corpus: Corpus) -> None:
    """One paper would go under two identifiers."""
    files = {
        "cases/doe-1971": paper(doi="10.1000/abc", pmid="123"),
        "published/doe-1971": numbers(doi="10.1000/xyz"),
        "guidance/doe-advice": advice(pmid="124", advice_of="doe-1971"),
    }
    assert corpus.problems(files) == [
        ("doe-advice document.pmid", "PMID 124 is not the one of cases/doe-1971, 123."),
        ("doe-1971 source.doi", "DOI 10.1000/xyz is not the one of cases/doe-1971, 10.1000/abc."),
    ]


@pytest.mark.parametrize(
    ("title", "authors", "refused"),
    [
        ("An invented kink of a catheter", ["Doe J"], True),
        ("AN INVENTED  kink: of a Catheter.", ["Doe JK", "Roe R"], True),
        ("An invénted kink of a catheter", None, True),
        ("An invented kink of a catheter", ["Poe P"], False),
        ("An invented kink of two catheters", ["Doe J"], False),
    ],
)
def test_one_title_in_two_files(title: str, authors: list[str] | None, *, refused: bool, corpus: Corpus) -> None:
    """One publication would be counted twice, or two that bear one title could not both be recorded."""
    there = {
        "cases/doe-1971": paper(),
        "cases/poe-1990": paper(OTHER["cases"][0], title=title, authors=authors, year=1990),
    }
    said = [("poe-1990 report.title", "the title is that of cases/doe-1971 too.")]
    assert corpus.problems(there) == (said if refused else [])


def test_one_patient_undeclared_is_refused(corpus: Corpus) -> None:
    """One person would be counted twice."""
    files = {"cases/doe-1971": paper(), "cases/doe-1972": paper(title="The catheter of an invented woman", year=1972)}
    message = "event, causes, sex, age and an author are those of doe-1971/1."
    assert corpus.problems(files) == [("doe-1972 cases[1]", message)]


SAME = "doe-1971/1"


@pytest.mark.parametrize(
    ("change", "report"),
    [
        ({"same_patient_as": SAME}, {}),
        ({"distinct_from": [SAME]}, {}),
        ({"patient": {"age": "41 a", "sex": "female", "where": "Case"}}, {}),
        ({"patient": {"age": "40 a", "sex": "male", "where": "Case"}}, {}),
        ({"patient": {"age": "40 a", "where": "Case"}}, {}),
        ({"patient": {"sex": "female", "where": "Case"}}, {}),
        ({"causes": None}, {}),
        ({}, {"authors": ["Poe P"]}),
        ({}, {"authors": None}),
        ({}, {"year": 1974}),
    ],
)
def test_two_patients_or_one_that_is_declared_pass(
    change: dict[str, Any], report: dict[str, Any], corpus: Corpus
) -> None:
    """A curator would have to declare what is plain."""
    other = paper(case(**change), **{"title": "The catheter of an invented woman", "year": 1972} | report)
    assert corpus.problems({"cases/doe-1971": paper(), "cases/doe-1972": other}) == []


def test_cases_of_one_publication_are_of_different_patients(corpus: Corpus) -> None:
    """The second of two like cases in one report would be refused."""
    assert corpus.problems({"cases/doe-1971": paper(case(), case(id="2"))}) == []


@pytest.mark.parametrize(
    ("first", "second", "expected"),
    [
        ({"same_patient_as": "doe-1971/2"}, {}, ("cases[1].same_patient_as", "there is no case 'doe-1971/2'.")),
        ({"same_patient_as": "zoe-1999/1"}, {}, ("cases[1].same_patient_as", "there is no case 'zoe-1999/1'.")),
        ({"distinct_from": ["zoe-1999/1"]}, {}, ("cases[1].distinct_from", "there is no case 'zoe-1999/1'.")),
        ({"same_patient_as": "poe-1990/1"}, {}, ("cases[1].same_patient_as", "the case names itself.")),
        ({"distinct_from": ["poe-1990/1"]}, {}, ("cases[1].distinct_from", "the case names itself.")),
        (
            {"same_patient_as": SAME, "distinct_from": [SAME]},
            {},
            ("cases[1].same_patient_as", "'doe-1971/1' is said to be another patient too."),
        ),
        (
            {"same_patient_as": SAME},
            {"distinct_from": ["poe-1990/1"]},
            ("cases[1].same_patient_as", "'doe-1971/1' is said to be another patient too."),
        ),
    ],
)
def test_what_a_case_says_of_others_leads_somewhere(
    first: dict[str, Any], second: dict[str, Any], expected: tuple[str, str], corpus: Corpus
) -> None:
    """A misspelt name would leave one person counted twice."""
    field, message = expected
    other = paper(OTHER["cases"][0] | first, title="Something else", authors=["Poe P"], year=1990)
    files = {"cases/doe-1971": paper(case(**second)), "cases/poe-1990": other}
    assert corpus.problems(files) == [(f"poe-1990 {field}", message)]


def test_a_chain_of_tellings_counts_one_person_once(corpus: Corpus) -> None:
    """Of three tellings two would be counted, or none: exactly one may say nothing of the others."""
    names = ("doe-1971", "poe-1990", "roe-1999")

    def tellings(*same: str | None) -> dict[str, dict[str, Any]]:
        cases = [case(same_patient_as=one, patient={"where": "Case"}) for one in same]
        papers = (
            paper(one, title=f"Telling {number}") for number, one in zip(("one", "two", "three"), cases, strict=True)
        )
        return {f"cases/{name}": made for name, made in zip(names, papers, strict=True)}

    assert corpus.problems(tellings(None, "doe-1971/1", "doe-1971/1")) == []
    assert [field for field, _ in corpus.problems(tellings(None, "doe-1971/1", "poe-1990/1"))] == [
        "roe-1999 cases[1].same_patient_as"
    ]
    assert len(corpus.problems(tellings("poe-1990/1", "roe-1999/1", "doe-1971/1"))) == 3


def test_a_part_of_a_corpus_may_name_what_it_does_not_hold(corpus: Corpus) -> None:
    """A curator could not validate the one file that is being written."""
    told = {"cases/doe-1971": paper(case(same_patient_as="zoe-1999/1"))}
    assert corpus.problems(told, complete=False) == []
    assert len(corpus.problems(told)) == 1
    there = {"cases/zoe-1999": OTHER, "cases/doe-1971": paper(case(same_patient_as="zoe-1999/2"))}
    assert corpus.problems(there, complete=False) == [
        ("doe-1971 cases[1].same_patient_as", "there is no case 'zoe-1999/2'.")
    ]
    broken = {"cases/zoe-1999": paper(case(severity="severe"), title="Broken")}
    assert [field for field, _ in corpus.problems(told | broken)] == ["zoe-1999 cases[1].severity"]


def test_advice_and_overlaps_are_of_what_is_there(corpus: Corpus) -> None:
    """Advice would belong to no publication, an overlap would hold for nothing."""
    overlap = {"cohorts": ["roe-1980", "doe-1971", "a-cohort", "misspelt"], "certainty": "certain", "because": "Told"}
    files = {
        "cases/doe-1971": paper(),
        "published/roe-1980": numbers(cohort="a-cohort"),
        "published/overlaps": {"format": 1, "overlaps": [overlap]},
        "guidance/moe-1980": advice(advice_of="zoe-1999"),
    }
    assert corpus.problems(files) == [
        ("moe-1980 document.advice_of", "there is no record 'zoe-1999'."),
        ("overlaps overlaps[1].cohorts", "there is no cohort 'misspelt'."),
    ]
    assert corpus.problems(files, complete=False) == []


@pytest.mark.parametrize(
    ("change", "report", "listed"),
    [
        ({}, {}, True),
        ({"patient": {"age": "41 a", "sex": "female", "where": "Case"}}, {}, True),
        ({"patient": {"age": "480 mo", "sex": "female", "where": "Case"}}, {}, True),
        ({}, {"authors": ["Poe P", "Doe JK"], "year": 1990}, True),
        ({"distinct_from": [SAME]}, {}, False),
        ({"same_patient_as": SAME}, {}, False),
        ({"patient": {"age": "42 a", "sex": "female", "where": "Case"}}, {}, False),
        ({"patient": {"age": "30..50 a", "sex": "female", "where": "Case"}}, {}, False),
        ({"patient": {"age": ">=18 a", "sex": "female", "where": "Case"}}, {}, False),
        ({"patient": {"sex": "female", "where": "Case"}}, {}, False),
        ({"patient": {"age": "40 a", "sex": "male", "where": "Case"}}, {}, False),
        ({"patient": {"age": "40 a", "where": "Case"}}, {}, False),
        ({"causes": None}, {}, False),
        ({}, {"year": 1975}, False),
        ({}, {"year": None}, False),
    ],
)
def test_cases_that_may_be_of_one_patient_are_listed(
    change: dict[str, Any], report: dict[str, Any], *, listed: bool, corpus: Corpus
) -> None:
    """A person who is told of twice would go unseen, or the list would be too long to be read."""
    other = paper(case(**change), **{"title": "Something else altogether", "authors": ["Poe P"], "year": 1972} | report)
    found = corpus.suspicions({"cases/doe-1971": paper(), "cases/poe-1990": other})
    assert [(one.sort, one.one, one.other) for one in found] == ([("case", SAME, "poe-1990/1")] if listed else [])
    assert all("same event, cause and sex" in one.because for one in found)


def test_other_events_and_causes_are_not_alike(corpus: Corpus) -> None:
    """Everybody of one age would be listed."""
    link = case()["causes"][0]
    others = (
        case(causes=[link | {"cause": "catheter leak"}]),
        case(event="overdose", causes=[link | {"cause": "programming error", "leads_to": "overdose"}]),
    )
    for other in others:
        files = {"cases/doe-1971": paper(), "cases/poe-1972": paper(other, title="Else", authors=["Poe P"])}
        assert corpus.suspicions(files) == []


@pytest.mark.parametrize(
    ("report", "listed"),
    [
        ({"title": "Invented kink of the catheter: a report", "year": 1972}, True),
        ({"title": "Refills of invented pumps", "year": 1972}, False),
        ({"title": "A kink of an invented catheter", "year": 1973}, True),
        ({"title": "A kink of an invented catheter", "year": None}, True),
        ({"title": "A kink of an invented catheter", "year": 1974}, False),
        ({"title": "A kink of an invented catheter", "year": 1972, "authors": ["Poe P", "Doe J"]}, False),
        ({"title": "A kink of an invented catheter", "year": 1972, "authors": None}, False),
    ],
)
def test_publications_that_may_be_one_are_listed(report: dict[str, Any], *, listed: bool, corpus: Corpus) -> None:
    """An abstract and the article that came of it would be two publications."""
    files = {"cases/doe-1971": paper(), "cases/doe-other": paper(OTHER["cases"][0], **report)}
    found = corpus.suspicions(files)
    expected = [("publication", "cases/doe-1971", "cases/doe-other")] if listed else []
    assert [(one.sort, one.one, one.other) for one in found] == expected


@pytest.mark.parametrize(
    ("change", "listed"),
    [
        ({"period": "1968..1970"}, True),
        ({"period": "1970"}, True),
        ({"period": "1971..1975"}, False),
        ({}, True),
        ({"year": 1990}, False),
        ({"year": None}, True),
        ({"authors": ["Voe V", "Roe R"]}, True),
        ({"authors": ["Voe V", "Soe S"]}, False),
        ({"authors": ["Voe V", "Soe S", "Toe T"]}, True),
        ({"authors": ["Voe V"]}, False),
        ({"authors": None}, False),
        ({"cohort": "the-cohort"}, False),
        ({"cohort": "known"}, False),
    ],
)
def test_cohorts_that_may_overlap_are_listed(change: dict[str, Any], *, listed: bool, corpus: Corpus) -> None:
    """Patients would be added up twice."""
    authors = ["Roe R", "Soe S", "Toe T"]
    first = numbers(authors=authors, cohort="the-cohort", **({"period": "1960..1970"} if "period" in change else {}))
    overlap = {"cohorts": ["the-cohort", "known"], "certainty": "certain", "because": "Told"}
    files = {
        "published/roe-1971": first,
        "published/roe-1972": numbers(**{"title": "Counts", "authors": authors, "year": 1972} | change),
        "published/overlaps": {"format": 1, "overlaps": [overlap]},
    }
    found = [one for one in corpus.suspicions(files) if one.sort == "cohort"]
    assert [(one.one, one.other) for one in found] == ([("roe-1972", "the-cohort")] if listed else [])


def test_two_sources_of_one_cohort_are_no_overlap(corpus: Corpus) -> None:
    """What is declared by one name would be listed all the same."""
    first, second = (numbers(title=title, cohort="the-cohort") for title in ("Counts", "Other counts"))
    assert corpus.suspicions({"published/roe-1971": first, "published/roe-1972": second}) == []


def run(root: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Run itbkg over a corpus."""
    command = [
        sys.executable,
        "-c",
        "import sys; sys.argv[0] = 'itbkg'; from itbkg.cli import main; main()",
        *arguments,
    ]
    environment = os.environ | {"ITBKG_CORPUS": str(root), "ITBKG_CACHE": str(root / "cache")}
    return subprocess.run(command, capture_output=True, text=True, env=environment, check=False, timeout=120)


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """Give a corpus with the project's ontology and no record."""
    (tmp_path / "ontology").symlink_to(Path(__file__).resolve().parents[1] / "ontology", target_is_directory=True)
    return tmp_path


def test_the_build_refuses_and_the_check_lists(root: Path, vocabulary: Vocabulary) -> None:
    """What reading finds would not reach the curator."""
    corpus = Corpus(root / "data", vocabulary)
    alike = paper(title="Something else altogether", authors=["Poe P"], year=1972)
    corpus.write({"cases/doe-1971": paper(case(same_patient_as="zoe-1999/1")), "cases/poe-1972": alike})
    refused = run(root, "build")
    assert refused.returncode == 3
    assert "there is no case 'zoe-1999/1'" in refused.stderr
    assert run(root, "validate", str(root / "data")).returncode == 3
    assert run(root, "validate", str(root / "data" / "cases" / "doe-1971.yaml")).returncode == 0
    corpus.write({"cases/doe-1971": paper()})
    checked = run(root, "check", "--only", "alike-cases", "--json")
    assert checked.returncode == 0
    (check,) = json.loads(checked.stdout)["checks"]
    assert (check["kind"], check["result"]) == ("report", "to look at")
    assert [(one["case"], one["found"]) for one in check["findings"]] == [("doe-1971/1", "poe-1972/1")]

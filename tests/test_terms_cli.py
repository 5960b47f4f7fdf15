"""`itbkg terms` over the fictional corpus, from the arguments to what is printed."""

import json
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from itbkg.building import build_folder
from itbkg.cli import main
from itbkg.settings import Corpus
from itbkg.terms import Found, TermAccount
from tests.extended import extend


class Done(NamedTuple):
    """What a command printed, and its exit code."""

    out: str
    told: str
    code: int


Run = Callable[..., Done]


@pytest.fixture(scope="module")
def surroundings(corpus: Corpus, tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """Set the corpus with the added words and a cache of its own."""
    larger = extend(corpus, tmp_path_factory.mktemp("extended"))
    return {"ITBKG_CORPUS": str(larger.root), "ITBKG_CACHE": str(tmp_path_factory.mktemp("cache"))}


@pytest.fixture(scope="module")
def known() -> dict[tuple[str, ...], Done]:
    """Keep what was printed, by arguments: each run opens the graph anew."""
    return {}


@pytest.fixture
def terms(
    surroundings: dict[str, str],
    known: dict[tuple[str, ...], Done],
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> Run:
    """Run the command with arguments, once for the same ones unless `anew`."""
    for name, value in surroundings.items():
        monkeypatch.setenv(name, value)

    def run(*arguments: str, anew: bool = False) -> Done:
        if arguments in known and not anew:
            return known[arguments]
        monkeypatch.setattr(sys, "argv", ["itbkg", "terms", *arguments])
        with pytest.raises(SystemExit) as ended:
            main()
        out, told = capsys.readouterr()
        known[arguments] = Done(out, told, int(ended.value.code or 0))
        return known[arguments]

    return run


def test_without_a_word_the_branches_are_listed(terms: Run) -> None:
    """Nobody would know what there is to search."""
    done = terms()
    rows = [line.split() for line in done.out.splitlines()[2:]]
    listed = json.loads(terms("--json").out)
    assert done.code == 0
    assert [row[-3] for row in rows] == [branch["name"] for branch in listed]
    assert ["route", "Route", "1"] in [row[:3] for row in rows]


def test_the_help_names_every_option(terms: Run) -> None:
    """Nobody would know that there is a tree."""
    shown = terms("--help").out
    assert not [option for option in ("--tree", "--depth", "--search", "--graph", "--json") if option not in shown]


def test_a_name_shows_the_term(terms: Run) -> None:
    """A part of what is known of a term would not be told."""
    shown = terms("fever").out
    assert shown.startswith("fever  [class]\nITBKG:0002101  Fever  https://w3id.org/itbkg/ont/Fever\n")
    assert "Synonyms    febrile" in shown
    assert "statement › finding › " in shown
    assert "exact  HP:0001945  Fever" in shown
    assert "body temperature at least 38 Cel implies fever" in shown
    assert "not for treatment decisions" in shown


@pytest.mark.parametrize("asked", ["ITBKG:0002101", "HP:0001945", "PYREXIA"])
def test_every_name_of_a_term_shows_it(terms: Run, asked: str) -> None:
    """An identifier or synonym would end in a list."""
    assert terms(asked).out.startswith("fever  [class]")


def test_the_three_states_are_told_with_n_and_of_how_many(terms: Run) -> None:
    """Not reported would be read as absent, or a number stand without its whole."""
    usage = json.loads(terms("fever", "--json").out)["usage"]
    shown, of = terms("fever").out, usage["of"]
    assert f"present in {len(usage['present'])} of {of}\n" in shown
    assert f"stated absent in {len(usage['absent'])} of {of}: " in shown
    assert f"not reported in {usage['not_reported']} of {of}\n" in shown
    assert "stated as this term in" in shown
    assert "following from what is stated" in shown


def test_what_is_no_finding_has_no_absence(terms: Run) -> None:
    """A cause that is not told would be counted as not reported, as if it could be stated absent."""
    shown = terms("CatheterKink").out
    assert "used in " in shown
    assert "absent" not in shown


def test_axioms_are_told_in_words(terms: Run) -> None:
    """The axioms stand in the ontology's files alone, and the command would not read them."""
    assert "affects part: pump (from cause at the pump)" in terms("pump stopped").out


def test_a_replaced_word_says_what_to_use(terms: Run) -> None:
    """A curator would go on with a word that is no longer in use."""
    shown = terms("invented relic").out
    assert shown.startswith("invented relic (no longer in use)  [class]")
    assert "Use instead invented sign" in shown


def test_part_of_a_name_lists_what_is_found(terms: Run) -> None:
    """The list would be cut, or its order another than the library's."""
    listed, found = terms("pump st"), json.loads(terms("pump st", "--json").out)
    assert found["exact"] == ""
    assert len(listed.out.splitlines()) == found["total"] + 2
    assert listed.out.splitlines()[2].startswith(found["terms"][0]["label"])
    assert "found by" in listed.out.splitlines()[0]


def test_search_lists_even_what_is_named(terms: Run) -> None:
    """What else a word finds could not be seen."""
    shown, listed = terms("seizure"), terms("seizure", "--search")
    more = len(listed.out.splitlines()) - 3
    assert f"Found besides: {more}" in shown.told
    assert "label: seizure" in listed.out


def test_json_is_one_document_with_every_field(terms: Run) -> None:
    """A script would have to guess what it got."""

    def fields(kind: Any) -> set[str]:
        return set(kind.__slots__)

    assert json.loads(terms("seizure", "--json").out).keys() == fields(TermAccount)
    assert json.loads(terms("pump st", "--json").out).keys() == fields(Found)
    assert json.loads(terms("--tree", "Route", "--json").out)["tops"][0]["name"] == "Route"


def test_nothing_found_ends_with_4_and_what_is_like_it(terms: Run) -> None:
    """A script would take nothing for an answer, or a person be left alone."""
    done = terms("qqqqzzzz")
    assert (done.out, done.code) == ("", 4)
    assert done.told == "itbkg: 'qqqqzzzz' is no known term\n"
    tree = terms("--tree", "cathter kinc")
    assert (tree.code, "did you mean 'catheter kink'" in tree.told) == (4, True)


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("x" * 10_000,), "10000 characters"),
        (("pump\x07",), "U+0007"),
        ((" ",), "empty"),
        (("--depth", "2"), "--depth"),
        (("--tree", "--depth", "-1"), "--depth"),
        (("--tree", "pump removal"), "several classes"),
    ],
)
def test_what_cannot_be_asked_ends_with_2_and_says_why(terms: Run, arguments: tuple[str, ...], said: str) -> None:
    """Wrong usage would look like a failure of the program."""
    done = terms(*arguments)
    assert (done.out, done.code) == ("", 2)
    assert said in done.told


def test_the_tree_is_drawn_with_counts_and_other_parents(terms: Run) -> None:
    """A class would stand without its number, or look like two."""
    drawn = terms("--tree", "InventedTwin").out
    assert drawn.splitlines()[:3] == [
        "invented twin (0)",
        "├── invented fourth (0)",
        "└── invented triplet (0)  also below invented sign",
    ]
    seizure = terms("--tree", "Seizure").out
    usage = json.loads(terms("Seizure", "--json").out)["usage"]
    assert seizure.startswith(f"seizure ({len(usage['present'])}, absent {len(usage['absent'])})")
    assert f"out of {usage['of']}" in seizure


def test_the_tree_is_cut_where_asked_and_says_so(terms: Run) -> None:
    """A cut tree would look whole, or two runs would differ."""
    whole, cut = terms("--tree", "Cause").out, terms("--tree", "Cause", "--depth", "1").out
    assert whole == terms("--tree", "Cause", anew=True).out
    assert len(cut.splitlines()) < len(whole.splitlines())
    assert "below" in cut
    assert "│" not in cut


def test_a_graph_of_another_ontology_says_that_its_axioms_are_not_known(
    terms: Run, corpus: Corpus, tmp_path: Path
) -> None:
    """A graph would be explained by files that it was not built from."""
    build_folder(corpus, tmp_path / "graph")
    shown = terms("pump stopped", "--graph", str(tmp_path / "graph")).out
    assert "not known: the graph was built from another version" in shown

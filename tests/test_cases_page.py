"""The page on the corpus: made from the graph, one line for each publication, and committed as made."""

from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import pytest
from markdown_it import MarkdownIt

from itbkg.building import build_in_memory
from itbkg.cases import Reference, count_cases, list_publications, tell_publication
from itbkg.exports import corpus as product
from itbkg.exports import make_corpus, write_corpus
from itbkg.settings import packaged_corpus
from itbkg.store import Store
from itbkg.summary import summarize
from tests.conftest import PROJECT

PAGE = PROJECT / "docs" / "corpus.md"
MEND = "make it anew: scripts/docs, or 'itbkg export corpus docs'"


@pytest.fixture(scope="module")
def page(store: Store) -> str:
    """Make the page of the fictional corpus."""
    return make_corpus(store)


def tables(text: str) -> Iterator[list[list[str]]]:
    """Read the tables of a page as a Markdown reader does: rows of cells as a person sees them."""
    rows: list[list[str]] = []
    for before, token in pairwise(MarkdownIt("commonmark").enable("table").parse(text)):
        if token.type == "tr_open":
            rows.append([])
        elif before.type in ("th_open", "td_open"):
            shown = (" / " if child.type == "html_inline" else child.content for child in token.children or ())
            rows[-1].append("".join(shown))
        elif token.type == "table_close":
            yield rows
            rows = []


def test_the_committed_page_is_fresh() -> None:
    """The documentation would tell of a corpus as it was."""
    assert PAGE.read_text("utf-8") == make_corpus(build_in_memory(packaged_corpus())), MEND


def test_the_readme_leads_to_it() -> None:
    """Nobody would find the page."""
    assert "(docs/corpus.md)" in (PROJECT / "README.md").read_text("utf-8")


def test_every_publication_has_one_line(page: str, store: Store) -> None:
    """A publication would be left out, or a sign in its title break the table."""
    (*_, listed) = tables(page)
    assert [row[0] for row in listed[1:]] == [one.reference.id for one in list_publications(store)]
    assert {len(row) for row in listed} == {7}


def test_a_line_says_what_was_read_and_what_happened(page: str) -> None:
    """A reader could not tell a retracted report, a second telling or an outcome that nobody reported."""
    (*_, listed) = tables(page)
    rows = {row[0]: row[1:] for row in listed}
    assert rows["moe-1904"] == [
        "Moe M. A withdrawn report of an invented death. Journal of Invented Cases 1972",
        "abstract",
        "entered; citation partly verified; retracted",
        "withdrawal",
        "catheter disconnection",
        "death",
    ]
    assert rows["voe-1905"][3:] == [
        "1: withdrawal; the same patient as poe-1903/2 / 2: other event",
        "1: catheter kink / 2: not reported",
        "1: death / 2: not reported",
    ]
    assert rows["roe-1902"][0].startswith("Roe R et al. Two invented overdoses.")


def test_the_map_counts_three_states(page: str, store: Store) -> None:
    """What is not reported would count as absent, or a number stand without what it is out of."""
    found = list(tables(page))
    kinds, findings = found[0], found[1]
    untold = {
        what: (str(share.of - share.n), str(share.n), str(share.of))
        for what, share in summarize(store).not_reported.items()
    }
    assert {row[0]: tuple(row[1:]) for row in kinds[1:]} == untold
    counted = {one.label: one for one in count_cases(store, "finding").counts}
    assert len(findings) > 4
    for label, *numbers in findings[1:]:
        one = counted[label]
        assert [int(number) for number in numbers] == [one.present, one.absent, one.not_reported, 8]


@pytest.mark.parametrize(
    ("doi", "pmid", "address", "expected"),
    [
        ("10.1/a(b)", "1", "https://x.org/", "https://doi.org/10.1/a%28b%29"),
        ("", "1", "https://x.org/", "https://pubmed.ncbi.nlm.nih.gov/1/"),
        ("", "", "https://x.org/a b|c", "https://x.org/a%20b%7Cc"),
    ],
)
def test_a_title_leads_to_the_publication(
    store: Store, monkeypatch: pytest.MonkeyPatch, doi: str, pmid: str, address: str, expected: str
) -> None:
    """A link would break at a bracket, or lead to an index where there is the publication itself."""
    told = tell_publication(store, "doe-1901")
    changed: Reference = replace(told.reference, doi=doi, pmid=pmid, address=address, title="A [sign] | of *it*")
    monkeypatch.setattr(product, "list_publications", lambda _: (replace(told, reference=changed),))
    text = make_corpus(store)
    (*_, listed) = tables(text)
    assert f"]({expected})" in text
    assert listed[1][1] == "Doe J. A [sign] | of *it*. Journal of Invented Cases 1971"


def test_writing_makes_the_folder(store: Store, page: str, tmp_path: Path) -> None:
    """Who names a new folder would see a trace."""
    assert write_corpus(store, tmp_path / "new" / "docs") == [Path("corpus.md")]
    assert (tmp_path / "new" / "docs" / "corpus.md").read_text("utf-8") == page

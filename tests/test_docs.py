"""The pages of the words: made from the ontology, whole, with links that lead somewhere, and committed as made."""

import re
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from rdflib import OWL, RDF, Literal, URIRef

from itbkg.errors import ExportError
from itbkg.exports import make_pages, write_words
from itbkg.namespaces import BASE
from itbkg.vocabulary import Vocabulary
from tests.conftest import PROJECT

DOCS = PROJECT / "docs"
MEND = "make them anew: scripts/docs"
HEADER = """\
@prefix itb: <https://w3id.org/itbkg/ont/> . @prefix owl: <http://www.w3.org/2002/07/owl#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> . @prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix dcterms: <http://purl.org/dc/terms/> .
"""
CORE = f"""# A module.
# Its second line.
{HEADER}
# not of its beginning
itb:Part a owl:Class ; dcterms:identifier "ITBKG:2" ; rdfs:label "part | of <it>" ; skos:definition "A *part*." .
itb:Cause a owl:Class ; dcterms:identifier "ITBKG:1" ; rdfs:label "cause" .
itb:affects a owl:ObjectProperty ; rdfs:label "affects" .
"""
OTHER = f"""# Another.
{HEADER}
itb:Old a owl:Class ; rdfs:label "old" ; owl:deprecated true ; dcterms:isReplacedBy itb:PartCause .
itb:PartCause a owl:Class ; rdfs:label "part cause" ; skos:altLabel "b" , "a" ;
    rdfs:subClassOf itb:Cause , [ a owl:Restriction ; owl:onProperty itb:affects ; owl:someValuesFrom itb:Part ] ;
    dcterms:source <https://doi.org/10.1000/(x)> .
itb:Defined a owl:Class ; rdfs:label "defined" ; owl:equivalentClass [ a owl:Class ; owl:intersectionOf ( itb:Cause
    [ a owl:Restriction ; owl:onProperty itb:affects ; owl:someValuesFrom
        [ a owl:Class ; owl:intersectionOf ( itb:Part itb:Cause ) ] ] ) ] .
itb:one a itb:Part ; rdfs:label "one" ; skos:notation "1" .
"""
MAPPINGS = f"""{HEADER}
itb:PartCause skos:closeMatch <http://purl.obolibrary.org/obo/HP_1> .
<http://purl.obolibrary.org/obo/HP_1> skos:notation "HP:1" ; skos:prefLabel "Cause in part" .
"""


@pytest.fixture(scope="module")
def pages() -> dict[Path, str]:
    """Make the pages of the project's ontology."""
    return make_pages(PROJECT / "ontology")


@pytest.fixture
def ontology(tmp_path: Path) -> Path:
    """Write a small ontology of three modules."""
    folder = tmp_path / "ontology"
    folder.mkdir()
    for name, text in (("core", CORE), ("other", OTHER), ("mappings", MAPPINGS)):
        (folder / f"{name}.ttl").write_text(text, "utf-8")
    return folder


def test_the_committed_pages_are_fresh(pages: dict[Path, str]) -> None:
    """The documentation would tell of words as they were."""
    stale = [str(page) for page, text in pages.items() if not _is(DOCS / page, text)]
    gone = [path.name for path in (DOCS / "words").glob("*.md") if path.relative_to(DOCS) not in pages]
    assert not stale, MEND
    assert not gone, MEND


def _is(path: Path, text: str) -> bool:
    return path.is_file() and path.read_text("utf-8") == text


def test_the_readme_leads_to_them() -> None:
    """Nobody would find the words."""
    assert "(docs/words.md)" in (PROJECT / "README.md").read_text("utf-8")


def test_every_class_stands_in_one_row(pages: dict[Path, str], vocabulary: Vocabulary) -> None:
    """A class would be left out, or be listed twice."""
    declared = {node for node in vocabulary.graph.subjects(RDF.type, OWL.Class) if isinstance(node, URIRef)}
    names = [name for text in pages.values() for name in re.findall(r'<a id="([^"]+)"', text)]
    rows = [name for name in names if URIRef(f"{BASE}ont/{name}") in declared]
    assert sorted(rows) == sorted(node.rsplit("/", 1)[-1] for node in declared)


def tables(text: str) -> Iterator[list[list[str]]]:
    """Read the tables of a page as a Markdown reader does: rows of cells, each cell as the text that a person sees."""
    rows: list[list[str]] = []
    tokens = MarkdownIt("commonmark").enable("table").parse(text)
    for before, token in pairwise(tokens):
        if token.type == "tr_open":
            rows.append([])
        elif before.type in ("th_open", "td_open"):
            rows[-1].append("".join(child.content for child in token.children or () if child.type != "html_inline"))
        elif token.type == "table_close":
            yield rows
            rows = []


def test_every_row_has_six_cells_and_every_word_a_row(pages: dict[Path, str]) -> None:
    """A sign in a label would break the table."""
    for page, text in pages.items():
        read = [row for table in tables(text) for row in table[1:]]
        assert {len(row) for row in read} == {8 if page == Path("words.md") else 6}
        assert page == Path("words.md") or len(read) == text.count("<a id=")


LABELS = st.text(st.characters(exclude_categories=("Cc", "Cs", "Zl", "Zp")), min_size=1).filter(
    lambda text: text.split()
)


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(label=LABELS, definition=LABELS)
@example(label="a &lt; b", definition="a | b")
def test_any_text_is_shown_as_it_is(label: str, definition: str, tmp_path: Path) -> None:
    """A sign in a text would be read as Markdown and not be seen."""
    words = f"rdfs:label {Literal(label).n3()} ; skos:definition {Literal(definition).n3()}"
    (tmp_path / "core.ttl").write_text(f"{HEADER} itb:Part a owl:Class ; {words} .", "utf-8")
    (table,) = tables(make_pages(tmp_path)[Path("words/core.md")])
    assert table[1][1:4] == [" ".join(label.split()) + "Part", "", " ".join(definition.split())]


def test_every_link_between_pages_leads_somewhere(pages: dict[Path, str]) -> None:
    """A reader would follow a link to nothing."""
    anchors = {page: set(re.findall(r'<a id="([^"]+)"', text)) for page, text in pages.items()}
    followed = 0
    for page, text in pages.items():
        for target in re.findall(r"\]\((?!https?:)([^)]*)\)", text):
            name, _, anchor = target.partition("#")
            there = Path(*(part for part in (page.parent / name).parts)) if name else page
            there = Path("words.md") if there == Path("words/../words.md") else there
            assert there in pages
            assert not anchor or anchor in anchors[there]
            followed += 1
    assert followed > 900


def test_the_index_adds_up(pages: dict[Path, str]) -> None:
    """A count of the whole would not be that of its modules."""
    rows = [line.strip("| ").split(" | ") for line in pages[Path("words.md")].splitlines() if line.startswith("| [")]
    totals = re.search(r"\| \*\*all\*\* \|  \| (.*) \|", pages[Path("words.md")])
    assert totals
    assert [sum(int(row[column]) for row in rows) for column in range(2, 8)] == [int(n) for n in totals[1].split(" | ")]


def test_a_module_is_shown_as_it_is(ontology: Path) -> None:
    """A cell would be empty or wrong."""
    pages = make_pages(ontology)
    assert set(pages) == {Path("words.md"), Path("words/core.md"), Path("words/other.md")}
    assert "| [core](words/core.md) | A module. Its second line. | 2 | 0 | 1 | 1 | 0 | 0 |" in pages[Path("words.md")]
    assert "| **all** |  | 5 | 1 | 1 | 1 | 2 | 1 |" in pages[Path("words.md")]
    assert pages[Path("words/core.md")].splitlines()[11:14] == [
        "| --- | --- | --- | --- | --- | --- |",
        '| ITBKG:1 | <a id="Cause"></a>**cause**<br>`Cause` |  |  |  |  |',
        r'| ITBKG:2 | <a id="Part"></a>**part \| of \<it\>**<br>`Part` |  | A \*part\*. |  |  |',
    ]
    assert pages[Path("words/other.md")].splitlines()[12:15] == [
        '|  | <a id="Defined"></a>**defined**<br>`Defined` '
        r"| = cause and \[affects: (part \| of \<it\> and cause)\] |  |  |  |",
        '|  | <a id="Old"></a>**old** (deprecated)<br>`Old` |  | Replaced by [part cause](#PartCause). |  |  |',
        '|  | <a id="PartCause"></a>**part cause**<br>`PartCause` '
        r"| \[affects: part \| of \<it\>\]<br>[cause](core.md#Cause) "
        "| [[1](https://doi.org/10.1000/%28x%29)] | a; b "
        "| close [HP:1](http://purl.obolibrary.org/obo/HP_1) Cause in part |",
    ]
    assert (
        r'| `1` | <a id="one"></a>**one**<br>`one` | [part \| of \<it\>](core.md#Part) |  |  |  |'
        in pages[Path("words/other.md")]
    )


def test_writing_removes_its_own_old_pages_and_no_others(ontology: Path, tmp_path: Path) -> None:
    """The page of a module that is no more would stay, or somebody's own page would be lost."""
    out = tmp_path / "docs"
    write_words(ontology, out)
    (out / "words" / "mine.md").write_text("mine", "utf-8")
    (ontology / "other.ttl").unlink()
    (ontology / "mappings.ttl").unlink()
    assert write_words(ontology, out) == [Path("words.md"), Path("words/core.md")]
    assert sorted(path.name for path in out.rglob("*.md")) == ["core.md", "mine.md", "words.md"]


def test_a_folder_that_cannot_be_made_is_named(ontology: Path, tmp_path: Path) -> None:
    """The user would see a trace."""
    (tmp_path / "file").write_text("", "utf-8")
    with pytest.raises(ExportError, match="file/words: not written: Not a directory"):
        write_words(ontology, tmp_path / "file")

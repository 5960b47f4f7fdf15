"""The report: one file with everything in it, escaped, accessible, the same each time; as PDF too."""

import io
import json
import re
import subprocess
import sys
from collections import Counter
from html.parser import HTMLParser
from pathlib import Path

import pytest
from pypdf import PdfReader

from itbkg.building import Built, write_folder
from itbkg.errors import ExportFormatError, MissingExtraError, NotFoundError
from itbkg.links import links
from itbkg.report import Report, Wish, make_report, to_html, write_report
from itbkg.report.writing import SAFETY, to_pdf
from itbkg.store import Store

ITBKG = [sys.executable, "-c", "import sys; sys.argv[0] = 'itbkg'; from itbkg.cli import main; main()"]


class Page(HTMLParser):
    """Reads a page: its elements with attributes, and its text."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.words: list[str] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Keep an element."""
        self.elements.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        """Keep a text."""
        self.words.append(data)

    def all(self, tag: str) -> list[dict[str, str | None]]:
        """Return the attributes of the elements with a tag."""
        return [attributes for name, attributes in self.elements if name == tag]

    @property
    def text(self) -> str:
        """All text, runs of blanks as one."""
        return " ".join(" ".join(self.words).split())


@pytest.fixture(scope="module")
def report(store: Store) -> Report:
    """Gather a report on the fictional cases."""
    return make_report(store, Wish())


@pytest.fixture(scope="module")
def html(report: Report) -> str:
    """Write it as HTML."""
    return to_html(report)


@pytest.fixture(scope="module")
def page(html: str) -> Page:
    """Read it."""
    return Page(html)


def test_every_part_is_there(page: Page) -> None:
    """A reader would miss how the answer came about, or what it rests on."""
    parts = {attributes["id"]: True for attributes in page.all("h2")}
    assert list(parts) == ["question", "method", "answer", "charts", "cases", "references", "versions"]
    assert SAFETY == "For research and teaching, never treatment advice."
    assert page.text.count(SAFETY) >= 2


def test_the_numbers_are_those_of_links(store: Store, report: Report, page: Page) -> None:
    """The report would tell other numbers than `itbkg links`."""
    table = links(store)
    assert report.table == table
    for pair in table.pairs:
        if pair.group.n:
            assert f"{pair.group.n} of {pair.group.n + pair.group.absent}" in page.text
    assert f"{table.cohort.total} of {table.cohort.of} in the graph" in page.text
    assert f"over the {table.tested} pairs that were tested of {len(table.pairs)}" in page.text


def test_every_number_opens_to_its_cases_and_these_to_their_source(page: Page) -> None:
    """A link within the page would lead nowhere, or a case have no source."""
    ids = Counter(attributes["id"] for _, attributes in page.elements if "id" in attributes)
    assert max(ids.values()) == 1
    targets = {str(link["href"])[1:] for link in page.all("a") if str(link["href"]).startswith("#")}
    assert targets <= set(ids)
    assert {"case-doe-1901/1", "ref-doe-1901"} <= targets
    for attributes in (attributes for _, attributes in page.elements):
        for name in (attributes.get("aria-labelledby") or "").split():
            assert name in ids


def test_only_counted_cases_are_told(report: Report, page: Page) -> None:
    """A second telling or a retracted report would be listed as a case of the answer."""
    assert [row.id for row in report.cases] == [
        *("doe-1901/1", "poe-1903/1", "poe-1903/2", "roe-1902/1", "roe-1902/2", "voe-1905/2")
    ]
    assert {reference.id for reference in report.references} == {row.publication for row in report.cases}
    assert "voe-1905/1" in page.text  # named as left out


def test_nothing_is_asked_of_another_server(html: str, page: Page) -> None:
    """Opening the report would tell somebody that it was opened."""
    loading = {"script", "link", "img", "iframe", "object", "embed", "base", "form", "image", "use", "video", "audio"}
    assert not loading & {tag for tag, _ in page.elements}
    assert not [attributes for _, attributes in page.elements if {"src", "srcset", "xlink:href"} & attributes.keys()]
    assert not re.search(r"url\(|@import|@font-face", html)
    policy = next(one["content"] for one in page.all("meta") if one.get("http-equiv") == "Content-Security-Policy")
    assert str(policy).startswith("default-src 'none'")


def test_it_can_be_walked_and_read_aloud(page: Page) -> None:
    """Who reads by ear or keyboard would find no way through."""
    tags = Counter(tag for tag, _ in page.elements)
    assert [tags[tag] for tag in ("header", "nav", "main", "footer", "h1")] == [1] * 5
    assert page.all("html")[0]["lang"] == "en"
    assert tags["caption"] == tags["table"] == 1
    scopes = Counter(attributes.get("scope") for attributes in page.all("th"))
    assert scopes["col"] == 9
    assert scopes["row"] == sum(1 for tag, _ in page.elements if tag == "tr") - 1
    figures = [one for one in page.all("svg") if one.get("role") == "img"]
    assert len(figures) == 2 * tags["figure"] == 2 * tags["figcaption"] > 0
    assert not page.all("svg")[0].keys() & {"onload"}


def test_everything_is_escaped(store: Store) -> None:
    """A title or a filter from outside could run in the reader's browser."""
    nasty = """<script>alert("&'")</script>"""
    wish = Wish(title=nasty, where='outcome = "recovery"')
    page = Page(to_html(make_report(store, wish)))
    assert not page.all("script")
    assert nasty in page.text
    assert 'where outcome = "recovery"' in page.text


def test_nobody_is_a_clear_answer(store: Store) -> None:
    """An empty cohort would end in an error, or in a table of zeros."""
    page = Page(to_html(make_report(store, Wish(where="year = 1800"))))
    assert "No case fulfils the filter: there is nothing to count." in page.text
    assert not page.all("table")
    assert not page.all("figure")


def test_a_slip_is_named(store: Store) -> None:
    """A misspelt variable would make an empty report."""
    with pytest.raises(NotFoundError, match="cause"):
        make_report(store, Wish(rows=("cuase",)))


def test_the_same_question_gives_the_same_bytes(store: Store, html: str) -> None:
    """A report could not be compared with an earlier one."""
    assert to_html(make_report(store, Wish())) == html
    assert not re.search(r"20[0-9]{2}-[0-9]{2}-[0-9]{2}T", html)


def test_it_can_be_printed_as_pdf(report: Report) -> None:
    """The PDF would lack text, tags, language or the warning on its pages, or differ from run to run."""
    written = to_pdf(report)
    pdf = PdfReader(io.BytesIO(written))
    assert pdf.metadata
    assert pdf.metadata.title == report.title
    assert str(pdf.root_object["/Lang"]) == "en"
    assert "/StructTreeRoot" in pdf.root_object
    assert all(SAFETY in page.extract_text() for page in pdf.pages)
    assert "doe-1901/1" in "".join(page.extract_text() for page in pdf.pages)


def test_the_pdf_is_the_same_each_time(store: Store) -> None:
    """A PDF could not be compared with an earlier one: it would hold a date or a random number."""
    short = make_report(store, Wish(where="event = overdose"), charts=False)
    assert to_pdf(short) == to_pdf(short)


def test_without_the_extras_one_is_told_how_to_get_them(
    store: Store, report: Report, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The plain installation would end in a stack trace; without charts HTML needs nothing."""
    monkeypatch.setitem(sys.modules, "vl_convert", None)
    monkeypatch.setitem(sys.modules, "weasyprint", None)
    with pytest.raises(MissingExtraError, match=r"itbkg\[charts\]"):
        to_html(report)
    with pytest.raises(MissingExtraError, match=r"itbkg\[pdf\]"):
        to_pdf(report)
    assert "<svg" not in to_html(make_report(store, Wish(), charts=False))


def test_another_ending_is_refused(report: Report, tmp_path: Path) -> None:
    """A file would hold another form than its name says."""
    with pytest.raises(ExportFormatError, match=r"\.html, \.pdf"):
        write_report(report, tmp_path / "report.docx")
    assert not list(tmp_path.iterdir())


def test_the_command_writes_it(built: Built, tmp_path: Path) -> None:
    """A user would get no file, or not what was asked."""
    write_folder(built, tmp_path / "graph")
    out = tmp_path / "report.html"
    wish = ["--columns", "outcome=death", "--where", "event = overdose", "--title", "Deaths", "--json"]
    command = [*ITBKG, "report", str(out), *wish, "--graph", str(tmp_path / "graph")]
    done = subprocess.run(command, capture_output=True, text=True, check=True, timeout=120)
    said = json.loads(done.stdout)
    assert (said["cases"], said["of"], said["bytes"]) == (3, 8, out.stat().st_size)
    page = Page(out.read_text("utf-8"))
    assert "Deaths" in page.text
    assert "event = overdose" in page.text

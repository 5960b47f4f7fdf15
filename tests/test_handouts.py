"""Handout, guide and Markdown: what is in them and what is not, tagged, within the page, text that stays text."""

import html
import io
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from itertools import combinations, pairwise
from pathlib import Path

import pytest
from markdown_it import MarkdownIt
from pypdf import PdfReader

from itbkg.errors import ExportFormatError, MissingExtraError
from itbkg.pdf import to_pdf
from itbkg.reasoning.hermit import find_java
from itbkg.teaching.formats import FORMATS, named
from itbkg.teaching.formats.handout import guide_html, handout_html
from itbkg.teaching.formats.markdown import escaped, to_markdown
from itbkg.teaching.lesson import Lesson
from tests.made_lesson import HOSTILE, made_lesson
from tests.npm_consumers import npm_consumer
from tests.programs import program

PRINTED = ("handout-pdf", "guide-pdf")
#: Points: A4, and the least that a printer leaves white.
WIDTH, HEIGHT, WHITE = 595.3, 841.9, 14

Word = tuple[float, float, float, float, str]


def written(name: str, lesson: Lesson | None = None) -> bytes:
    """Write a lesson in a form."""
    file = io.BytesIO()
    FORMATS[name].write(lesson or made_lesson(), file)
    return file.getvalue()


def crowded() -> Lesson:
    """Make a lesson with words longer than a line and texts longer than a page is wide."""
    lesson = made_lesson()
    long = "Pneumonoultramicroscopicsilicovolcanoconiosis" * 6
    first, *rest = lesson.stages[1].questions[0].options
    question = replace(lesson.stages[1].questions[0], options=(replace(first, text=long, feedback=long), *rest))
    fact = replace(lesson.stages[0].facts[2], text=long, time=long[:60], place=long)
    stages = (replace(lesson.stages[0], facts=(fact,)), replace(lesson.stages[1], questions=(question,)))
    return replace(lesson, stages=(*stages, *lesson.stages[2:]), title=f"{lesson.title}: {long}")


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Write every printed form of the lesson, and of the crowded one, into a folder."""
    root = tmp_path_factory.mktemp("printed")
    for kind, lesson in (("plain", made_lesson()), ("crowded", crowded())):
        for name in ("html", "handout-html", "guide-html", *PRINTED):
            (root / f"{kind}-{name}{FORMATS[name].ending}").write_bytes(written(name, lesson))
    return root


def run(*command: str | Path) -> str:
    """Run a program and return what it prints."""
    done = subprocess.run(list(map(str, command)), capture_output=True, text=True, timeout=240, check=False)
    assert done.returncode == 0, done.stdout[-2000:] + done.stderr[-4000:]
    return done.stdout


def words(path: Path) -> Iterator[list[Word]]:
    """Return the words of each page with their boxes, in points from the upper left."""
    box = re.compile(r'<word xMin="([\d.-]+)" yMin="([\d.-]+)" xMax="([\d.-]+)" yMax="([\d.-]+)">(.*?)</word>')
    program("pdfinfo")
    for page in run("pdftotext", "-bbox", path, "-").split("<page ")[1:]:
        yield [(float(a), float(b), float(c), float(d), text) for a, b, c, d, text in box.findall(page)]


def hold_within_the_page(path: Path) -> None:
    """Assert that no word leaves the page or lies over another."""
    count = 0
    for page in words(path):
        count += len(page)
        out = [word for word in page if word[0] < WHITE or word[2] > WIDTH - WHITE or word[3] > HEIGHT - WHITE]
        assert not out
        over = [(one[4], other[4]) for one, other in combinations(page, 2) if _overlap(one, other)]
        assert not over
    assert count > 300


def _overlap(one: Word, other: Word) -> bool:
    """Say whether two boxes share more than a third of the smaller in both directions."""
    across = min(one[2], other[2]) - max(one[0], other[0])
    down = min(one[3], other[3]) - max(one[1], other[1])
    return (
        across > min(one[2] - one[0], other[2] - other[0]) / 3 and down > min(one[3] - one[1], other[3] - other[1]) / 3
    )


@pytest.mark.parametrize("name", PRINTED)
def test_a_pdf_is_tagged(folder: Path, name: str) -> None:
    """Who reads by ear would get letters without headings, tables or language; or the file tell when it was made."""
    path = folder / f"plain-{name}.pdf"
    program("pdfinfo")
    told = dict(line.split(":", 1) for line in run("pdfinfo", path).splitlines())
    assert told["Tagged"].strip() == "yes"
    assert told["Title"].strip().startswith("A young man with fever and stiff limbs: ")
    assert "CreationDate" not in told
    tags = set(re.findall(r"^\s*(\w+)", run("pdfinfo", "-struct", path), re.MULTILINE))
    assert {"Document", "H1", "H2", "Table", "Caption", "TH", "TD", "L", "LI", "P"} <= tags
    catalog = PdfReader(path).root_object
    assert str(catalog["/Lang"]) == "en"
    metadata = catalog["/Metadata"]
    assert b"pdfuaid:part" in metadata.get_data()  # type: ignore[attr-defined]


@pytest.mark.parametrize("kind", ["plain", "crowded"])
@pytest.mark.parametrize("name", PRINTED)
def test_no_text_leaves_the_page_or_lies_over_another(folder: Path, kind: str, name: str) -> None:
    """A long word would run out of the paper, or over its neighbour."""
    hold_within_the_page(folder / f"{kind}-{name}.pdf")


def test_a_published_case_stays_within_the_page(lesson: Lesson, tmp_path: Path) -> None:
    """Texts of real records would run out of the paper."""
    for name in PRINTED:
        (tmp_path / f"{name}.pdf").write_bytes(written(name, lesson))
        hold_within_the_page(tmp_path / f"{name}.pdf")


def test_an_office_prints_the_pages_too(folder: Path, tmp_path: Path) -> None:
    """Who opens handout and guide in LibreOffice would find text outside the page, or none."""
    profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    sources = [folder / "plain-handout-html.html", folder / "plain-guide-html.html"]
    office = (program("soffice"), profile, "--headless", "--convert-to", "pdf:writer_web_pdf_Export", "--outdir")
    run(*office, tmp_path, *sources)
    for source in sources:
        made = tmp_path / f"{source.stem}.pdf"
        hold_within_the_page(made)
        assert "Looking back" in " ".join(word[4] for page in words(made) for word in page)
        run(program("pdftoppm"), "-r", "30", "-png", made, tmp_path / source.stem)
        assert list(tmp_path.glob(f"{source.stem}*.png"))


def test_what_follows_a_question_begins_a_page(folder: Path) -> None:
    """A learner would see the next part, and with it the answer, before turning the page."""
    pages = [page.extract_text() for page in PdfReader(folder / "plain-handout-pdf.pdf").pages]
    stages = made_lesson().stages
    found = [next(place for place, text in enumerate(pages) if stage.title in text) for stage in stages]
    asked = next(place for place, text in enumerate(pages) if "Question 1 of 5" in text)
    assert [later > before for before, later in pairwise(found)] == [bool(stage.questions) for stage in stages[:-1]]
    assert found[1] <= asked < found[2]
    assert "J Made Up Med" in pages[-1]
    assert not [text for text in pages[:-1] if "J Made Up Med" in text]


def test_the_handout_holds_no_answer_and_the_guide_all(folder: Path) -> None:
    """Learners would be handed the key, or facilitators miss it."""
    handout, guide = ((folder / f"plain-{name}-html.html").read_text("utf-8") for name in ("handout", "guide"))
    lesson = made_lesson()
    asked = [question for stage in lesson.stages for question in stage.questions]
    options = [option for question in asked for option in question.options]
    secret = [option.feedback for option in options] + [option.harm for option in options if option.harm]
    secret += [note for stage in lesson.stages for note in stage.notes]
    secret += [question.explanation for question in asked if question.explanation]
    secret += [asked[2].answer, asked[4].answer, "doe-1901/1, roe-1902/2", "Right answer"]
    for text in secret:
        assert html.escape(text) not in handout
        assert html.escape(text) in guide
    for text in (*(option.text for option in options), *(question.prompt for question in asked)):
        assert html.escape(text, quote=False) in html.unescape(handout).replace("&", "&amp;").replace(
            "<", "&lt;"
        ).replace(">", "&gt;")
    for text in (lesson.safety, lesson.licence, *lesson.provenance, *lesson.objectives, "intermediate", "30 minutes"):
        assert text in handout
        assert text in guide
    assert "the page's source holds everything" in html.unescape(guide)


def test_every_page_is_valid_html(folder: Path) -> None:
    """A browser or a reader would have to guess what is meant."""
    java = find_java()
    assert java is not None, "no Java; install the project's extra 'test'"
    jar = npm_consumer("vnu", "vnu-jar@26.9.27") / "node_modules/vnu-jar/build/dist/vnu.jar"
    pages = sorted(folder.glob("*.html"))
    assert len(pages) == 6
    done = subprocess.run([str(java), "-jar", str(jar), *map(str, pages)], capture_output=True, text=True, check=False)
    assert not done.stderr


def test_the_same_lesson_gives_the_same_bytes() -> None:
    """A file would differ from one writing to the next: by a date, a chance or the order of a set."""
    script = (
        "import sys; from itbkg.teaching.formats import FORMATS; from tests.made_lesson import made_lesson;"
        "FORMATS[sys.argv[1]].write(made_lesson(), sys.stdout.buffer)"
    )
    for name in ("handout-pdf", "guide-html", "md"):
        command = [sys.executable, "-c", script, name]
        environment = {**os.environ, "PYTHONHASHSEED": "7"}
        again = subprocess.run(command, capture_output=True, check=True, env=environment, cwd=Path(__file__).parents[1])
        assert again.stdout == written(name)


def test_without_its_libraries_one_is_told_how_to_get_them(monkeypatch: pytest.MonkeyPatch) -> None:
    """The plain installation would end in a stack trace."""
    monkeypatch.setitem(sys.modules, "weasyprint", None)
    with pytest.raises(MissingExtraError, match=r"a handout as PDF needs weasyprint.*itbkg\[pdf\]"):
        written("handout-pdf")


def test_without_pango_one_is_told_how_to_get_it(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """WeasyPrint is there, and the library of the system that it draws with is not: pip would not help."""
    (tmp_path / "weasyprint.py").write_text("raise OSError('cannot load library libpango-1.0-0')", "utf-8")
    monkeypatch.delitem(sys.modules, "weasyprint", raising=False)
    monkeypatch.syspath_prepend(tmp_path)
    with pytest.raises(MissingExtraError, match=r"needs Pango, .*apt install libpango-1"):
        written("guide-pdf")


def test_a_pdf_loads_nothing() -> None:
    """Making a PDF would read a file of this machine, or tell a server that it is made."""
    with pytest.raises(ValueError, match="a test loads nothing"):
        to_pdf("<title>x</title><style>@import 'file:///etc/passwd';</style>", "a test")


def test_markdown_holds_everything_as_text() -> None:
    """A text would become a tag, a link or an emphasis; or an answer stand before its question."""
    lesson = made_lesson()
    tokens = MarkdownIt("commonmark").enable("table").parse(to_markdown(lesson))
    inside = [child for token in tokens for child in token.children or ()]
    links = [child.attrs["href"] for child in inside if child.type == "link_open"]
    assert links == ["https://doi.example/10.0/1"]
    assert not {token.type for token in (*tokens, *inside)} & {"html_block", "html_inline", "code_inline", "image"}
    texts = ["".join(child.content for child in token.children or ()) for token in tokens if token.type == "inline"]
    assert sum(HOSTILE in text for text in texts) == 3
    answers = texts.index("Answers")
    assert not [text for text in texts[:answers] if "of 99 cases" in text or "41.7" in text]
    for said in (*lesson.provenance, lesson.licence, lesson.safety, "the patient may die of it", "step 2", "Note on"):
        assert [text for text in texts if said in text] or said == "Note on"


@pytest.mark.parametrize(
    "text", ["# head", "- item", "+ item", "1. item", "12) item", "=== x", "> quote", "    code", "---", "$x$", "&lt;"]
)
def test_no_text_begins_a_block(text: str) -> None:
    """A fact that begins with a number or a dash would become a list."""
    tokens = MarkdownIt("commonmark").parse(f"before\n\n{escaped(text)}\n\nafter")
    assert [token.type for token in tokens] == ["paragraph_open", "inline", "paragraph_close"] * 3
    assert tokens[4].children is not None
    assert "".join(child.content for child in tokens[4].children) == " ".join(text.split())


def test_the_forms_are_known_without_being_read() -> None:
    """The command line would wait for every library before it can name a form."""
    script = (
        "import sys; from itbkg.teaching.formats import FORMATS; print(*FORMATS);"
        "assert not {'jinja2', 'weasyprint', 'pydantic'} & set(sys.modules)"
    )
    names = run(sys.executable, "-c", script).split()
    assert {"html", "handout-html", "guide-html", "handout-pdf", "guide-pdf", "md"} <= set(names)
    for name in ("html", "handout-html", "guide-html", *PRINTED, "md"):
        assert FORMATS[name].name == name
        assert FORMATS[name].ending in (".html", ".pdf", ".md")


def test_a_missing_program_is_told_or_fails(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where everything must be tested, a test would be skipped without anybody seeing it."""
    monkeypatch.setenv("ITBKG_TESTS", "complete")
    with pytest.raises(pytest.fail.Exception, match="no-such-program is not on this machine"):
        program("no-such-program")
    monkeypatch.delenv("ITBKG_TESTS")
    with pytest.raises(pytest.skip.Exception, match="scripts/programs installs it"):
        program("no-such-program")


def test_a_form_that_is_not_there_is_told_with_those_that_are() -> None:
    """A misspelt form would end in a stack trace."""
    assert named("md") == FORMATS["md"]
    with pytest.raises(ExportFormatError, match=r"'word'.*handout-pdf"):
        named("word")


def test_pages_of_the_made_lesson_are_written_by_the_functions(folder: Path) -> None:
    """The table of forms would write another thing than the functions that others call."""
    assert (folder / "plain-handout-html.html").read_text("utf-8") == handout_html(made_lesson())
    assert (folder / "plain-guide-html.html").read_text("utf-8") == guide_html(made_lesson())

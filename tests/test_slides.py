"""Slides drawn by LibreOffice and read back by python-pptx: nothing overflows, nothing is lost, all can be heard."""

import io
import re
import subprocess
import sys
import zipfile
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pptx import Presentation

from itbkg.errors import MissingExtraError
from itbkg.teaching.formats import FORMATS
from itbkg.teaching.formats.quiz import clean
from itbkg.teaching.formats.slidechart import charts
from itbkg.teaching.formats.slidedraw import BODY, HEIGHT, SAFETY, TITLE, WIDTH, Box
from itbkg.teaching.formats.slidefit import Line, height, pages
from itbkg.teaching.lesson import Lesson
from tests.full_lesson import full_lesson, squash, told
from tests.made_lesson import fact, made_lesson
from tests.programs import program

#: What no estimate by the letter gets right by chance: wide letters, no spaces, other scripts, long titles.
WIDE = ("W" * 700, "腰椎穿刺" * 90, "🧠" * 120, "Ærøskøbing Ωμέγα Дозировка " * 40, "i" * 900, "MAN WITH A PUMP " * 60)
#: Letters may reach over the line that they stand on by so many points.
REACH = 3.0


@dataclass(frozen=True)
class Word:
    """A word where LibreOffice put it on a page, in points from the upper left corner."""

    text: str
    left: float
    top: float
    right: float
    bottom: float

    def inside(self, box: Box) -> bool:
        """Say whether the word stands in a box."""
        across = box.left - REACH <= self.left and self.right <= box.left + box.width + REACH
        return across and box.top - REACH <= self.top and self.bottom <= box.top + box.height + REACH


def wide_lesson() -> Lesson:
    """Make the full lesson with texts that are hard to fit."""
    lesson = full_lesson()
    first = replace(
        lesson.stages[0],
        title="A very long title of a part that goes on " * 9,
        facts=(*lesson.stages[0].facts, *(fact("finding", text) for text in WIDE)),
    )
    return replace(lesson, stages=(first, *lesson.stages[1:]))


def slides_of(lesson: Lesson) -> bytes:
    """Write slides."""
    file = io.BytesIO()
    FORMATS["pptx"].write(lesson, file)
    return file.getvalue()


def read(lesson: Lesson) -> list[Any]:
    """Read slides back."""
    return list(Presentation(io.BytesIO(slides_of(lesson))).slides)


def text_of_slide(slide: Any) -> str:
    """Return the text of a slide, in the order in which a screen reader reads it."""
    return squash(" ".join(shape.text_frame.text for shape in slide.shapes if shape.has_text_frame).replace("\v", " "))


def draw(lesson: Lesson, folder: Path) -> list[list[Word]]:
    """Have LibreOffice draw the slides, and return the words of each page with their places."""
    path = folder / "case.pptx"
    path.write_bytes(slides_of(lesson))
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    office = [program("soffice"), "--headless", profile, "--convert-to", "pdf", "--outdir", str(folder), str(path)]
    subprocess.run(office, check=True, capture_output=True, timeout=180)
    places = [program("pdftotext"), "-bbox", str(folder / "case.pdf"), str(folder / "case.html")]
    subprocess.run(places, check=True, capture_output=True, timeout=60)
    found = ET.fromstring(re.sub(r"[\x00-\x08\x0b\x0c\x0e-\x1f]", "", (folder / "case.html").read_text("utf-8")))
    space = found.tag.removesuffix("html")
    drawn = list(found.iter(f"{space}page"))
    sizes = {(round(float(page.get("width", 0))), round(float(page.get("height", 0)))) for page in drawn}
    assert sizes == {(WIDTH, HEIGHT)}
    return [[_word(word) for word in page.iter(f"{space}word")] for page in drawn]


def _word(word: ET.Element) -> Word:
    left, top, right, bottom = (float(word.get(side, "nan")) for side in ("xMin", "yMin", "xMax", "yMax"))
    return Word(word.text or "", left, top, right, bottom)


@pytest.fixture(scope="module")
def drawn(tmp_path_factory: pytest.TempPathFactory) -> list[list[Word]]:
    """Draw the lesson that is hard to fit, once."""
    return draw(wide_lesson(), tmp_path_factory.mktemp("slides"))


def test_nothing_overflows(drawn: list[list[Word]]) -> None:
    """Text runs out of its box: over the title, the safety line, or the edge of the slide."""
    assert len(drawn) == len(read(wide_lesson()))
    over = [(number, word) for number, page in enumerate(drawn, start=1) for word in page if not _placed(word)]
    assert not over


def test_the_pittsburgh_slides_do_not_overflow(lesson: Lesson, tmp_path: Path) -> None:
    """A real case has a title, a fact or a reason that runs out of its box."""
    drawn = draw(lesson, tmp_path)
    assert not [(number, word) for number, page in enumerate(drawn, start=1) for word in page if not _placed(word)]


def test_the_safety_line_stands_alone_on_every_slide(drawn: list[list[Word]]) -> None:
    """A slide is without it, or the text above runs into it."""
    for page in drawn:
        assert squash(" ".join(word.text for word in page if word.inside(SAFETY))) == squash(full_lesson().safety)


def test_everything_arrives() -> None:
    """A fact, an answer, a reason, a count, a harm or a source stands on no slide."""
    slides = read(full_lesson())
    bodies = _bare("".join(shape.text_frame.text for slide in slides for shape in _bodies(slide)))
    bare = bodies + _bare(" ".join(map(text_of_slide, slides)))
    assert not [one for one in told(full_lesson()) if _bare(clean(one)) not in bare]


def test_each_slide_has_a_title_of_its_own() -> None:
    """A screen reader's list of slides has a nameless one, or two of one name; or reads the title after the text."""
    slides = read(wide_lesson())
    titles = [slide.shapes.title.text_frame.text for slide in slides]
    assert all(title.strip() for title in titles)
    assert len(set(titles)) == len(titles)
    for slide in slides:
        assert slide.shapes[0].shape_id == slide.shapes.title.shape_id
        assert slide.shapes[-1].text_frame.text == full_lesson().safety


def test_the_answer_stands_on_the_next_slide() -> None:
    """A question shows its answer, or its answer stands elsewhere."""
    slides = read(made_lesson())
    titles = [slide.shapes.title.text_frame.text for slide in slides]
    for number in range(1, 6):
        place = titles.index(f"Question {number}")
        assert titles[place + 1].startswith(f"Answer to question {number}")
        assert "Reported for" not in text_of_slide(slides[place])
        assert "Answer" not in text_of_slide(slides[place])


def test_notes_are_for_the_speaker() -> None:
    """The facilitator's notes, sources or places in the report are lost, or stand on the slides."""
    slides = read(made_lesson())
    notes = squash(" ".join(slide.notes_slide.notes_text_frame.text for slide in slides))
    shown = " ".join(map(text_of_slide, slides))
    for stage in made_lesson().stages:
        assert all(note in notes and note not in shown for note in stage.notes)
    assert "Sources: poe-1903/1" in notes
    assert "Case presentation, 2" in notes
    assert all(made_lesson().safety in slide.notes_slide.notes_text_frame.text for slide in slides)


def test_charts_are_native_and_said_in_words() -> None:
    """A chart is a picture, lacks a unit or alternative text, or shows other values than the lesson's."""
    frames = [shape for slide in read(full_lesson()) for shape in slide.shapes if shape.has_chart]
    assert len(frames) == 2
    temperature = frames[0]
    assert [axis.axis_title.text_frame.text for axis in _axes(temperature.chart)] == [
        "Hours from first symptom",
        "body temperature (°C)",
    ]
    series = temperature.chart.plots[0].series[0]
    assert list(series.iter_values()) == [41.1, 41.7, 38.2, 37.4]
    words = temperature._element.nvGraphicFramePr.cNvPr.get("descr")
    assert "41.7 Cel at 6 h; 38.2 Cel at 24 h" in words
    assert all(frame._element.nvGraphicFramePr.cNvPr.get("descr") for frame in frames)


def test_charts_show_what_is_known_so_far() -> None:
    """A chart gives a later value away, or is drawn of one value, or of one without a time."""
    stages = full_lesson().stages
    assert [[chart.label for chart in charts(stages[: end + 1], "first symptom")] for end in range(len(stages))] == [
        [],
        [],
        ["body temperature", "creatine kinase"],
        [],
        [],
        [],
        [],
    ]
    assert charts(stages[:3], "first symptom")[1].points == ((0, 5250), (24, 40250))


def test_danger_is_said_and_not_only_shown() -> None:
    """What is dangerous is told by colour alone."""
    text = " ".join(map(text_of_slide, read(made_lesson())))
    assert "Dangerous: Wait until the morning" in text
    assert "Harm: Withdrawal goes on, and the patient may die of it." in text


def test_bytes_are_always_the_same() -> None:
    """Two files of one lesson differ, or tell when they were written; so may the workbook inside a chart."""
    assert slides_of(full_lesson()) == slides_of(full_lesson())
    with zipfile.ZipFile(io.BytesIO(slides_of(full_lesson()))) as archive:
        books = [archive.read(name) for name in archive.namelist() if name.endswith(".xlsx")]
        assert {one.date_time for one in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        assert not re.search(rb"20[12]\d-\d\d-\d\dT", archive.read("docProps/core.xml"))
    assert books
    for book in books:
        with zipfile.ZipFile(io.BytesIO(book)) as archive:
            assert not re.search(rb"20\d\d-\d\d-\d\dT", archive.read("docProps/core.xml"))


@pytest.mark.parametrize(("name", "module"), [("pptx", "slidedraw"), ("anki", "ankideck")])
def test_without_the_library_the_extra_is_named(name: str, module: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Somebody without the extra reads of an import that failed, and not what to install."""
    monkeypatch.setitem(sys.modules, f"itbkg.teaching.formats.{module}", None)
    with pytest.raises(MissingExtraError, match=r"itbkg\[teaching\]"):
        FORMATS[name].write(made_lesson(), io.BytesIO())


LINES = st.builds(Line, st.text(max_size=900), st.text(max_size=20), st.sampled_from((0, 1)))


@given(st.lists(st.lists(LINES, min_size=1, max_size=4).map(tuple), max_size=8))
def test_pages_hold_all_text_and_none_is_too_full(blocks: list[tuple[Line, ...]]) -> None:
    """A page is fuller than a slide, or a letter is lost where text is divided."""
    divided = pages(blocks, BODY.width, BODY.height)
    for page in divided:
        assert sum(height(line, BODY.width) for line in page) <= BODY.height
    whole = "".join(line.lead + line.text for block in blocks for line in block)
    assert _bare("".join(line.lead + line.text for page in divided for line in page)) == _bare(whole)


def _placed(word: Word) -> bool:
    return any(word.inside(box) for box in (TITLE, BODY, SAFETY))


def _axes(chart: Any) -> tuple[Any, Any]:
    return chart.category_axis, chart.value_axis


def _bodies(slide: Any) -> list[Any]:
    """Return what stands between title and safety line."""
    return [shape for shape in list(slide.shapes)[1:-1] if shape.has_text_frame]


def _bare(text: str) -> str:
    """Leave out white space: a text that goes on on the next slide is cut at it."""
    return "".join(text.split())

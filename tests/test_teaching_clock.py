"""From which moment times count: told in every form, and not before it may be told."""

import io
import json
import sqlite3
import zipfile
from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path

import pytest
from pptx import Presentation
from pypdf import PdfReader

from itbkg.store import Store
from itbkg.teaching.clocks import telling_stage
from itbkg.teaching.formats import FORMATS
from itbkg.teaching.formats.shown import clock_line
from itbkg.teaching.lesson import Lesson
from tests.full_lesson import squash, text_of
from tests.made_lesson import made_lesson

TOLD = "Times count from first symptom (0 h)"


def _slides(content: bytes) -> str:
    slides = Presentation(io.BytesIO(content)).slides
    return " ".join(shape.text_frame.text for slide in slides for shape in slide.shapes if shape.has_text_frame)


def _pdf(content: bytes) -> str:
    return " ".join(page.extract_text() for page in PdfReader(io.BytesIO(content)).pages)


def _members(content: bytes) -> str:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return " ".join(archive.read(name).decode() for name in archive.namelist())


def _h5p(content: bytes) -> str:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return json.dumps(json.loads(archive.read("content/content.json")), ensure_ascii=False)


def _anki(content: bytes, folder: Path) -> str:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        archive.extract("collection.anki2", folder)
    rows = sqlite3.connect(folder / "collection.anki2").execute("SELECT flds FROM notes").fetchall()
    return " ".join(fields for (fields,) in rows)


READERS: Mapping[str, Callable[[bytes], str]] = {
    "pptx": _slides,
    "handout-pdf": _pdf,
    "guide-pdf": _pdf,
    "h5p": _h5p,
    "qti": _members,
}


@pytest.mark.parametrize("name", list(FORMATS))
def test_every_form_tells_from_when_times_count(name: str, tmp_path: Path) -> None:
    """A reader would see '24 h' and not know after what."""
    file = io.BytesIO()
    FORMATS[name].write(made_lesson(), file)
    content = file.getvalue()
    text = _anki(content, tmp_path) if name == "anki" else READERS.get(name, bytes.decode)(content)
    plain = squash(text.replace("\\", "").replace("&#58;", ":"))
    assert TOLD in plain or TOLD in text_of(plain), name


def test_a_clock_that_says_too_much_is_told_with_the_event() -> None:
    """'Hours from the interruption of delivery' would stand under the first finding."""
    lesson = replace(made_lesson(), clock="interruption of delivery", clock_stage="found")
    timed = {stage.id: clock_line(lesson, stage) for stage in lesson.stages}
    assert timed["arrival"].startswith("Times count from a moment that part 4 names (0 h)")
    assert "interruption of delivery" in timed["found"]
    assert timed["thoughts"] == ""
    assert "interruption of delivery" in clock_line(lesson)


def test_hospital_days_are_explained(lesson: Lesson) -> None:
    """'day 1' would be taken for the day after admission, or told where no such time is."""
    looking = next(stage for stage in lesson.stages if stage.id == "looking")
    story = next(stage for stage in lesson.stages if stage.id == "story")
    assert clock_line(lesson, looking) == "Day 1 is the first day in hospital."
    assert clock_line(lesson, story).startswith("Times count from ICU admission (0 h)")


def test_the_ontology_says_which_clocks_are_seen(real_store: Store) -> None:
    """An admission would be kept back, or an interruption told at once."""
    stages = made_lesson().stages
    stages = (*stages[:4], replace(stages[4], facts=(replace(stages[3].facts[0], kind="event"),)))
    for clock in ("admission", "ICU admission", "first symptom"):
        assert telling_stage(real_store, clock, stages) == "arrival"
    for clock in ("interruption of delivery", "trigger"):
        assert telling_stage(real_store, clock, stages) == "care"


def test_no_lesson_tells_its_clock_too_early(lessons: tuple[Lesson, ...]) -> None:
    """The zero of the times would be named before the event is."""
    for lesson in lessons:
        ids = [stage.id for stage in lesson.stages]
        assert lesson.clock_stage in ids
        if lesson.clock == "trigger":
            assert ids.index(lesson.clock_stage) > 0

"""Moodle XML held against what Moodle's import asks for."""

from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given

from itbkg.teaching.formats.moodle import to_moodle
from itbkg.teaching.lesson import Lesson
from tests.full_lesson import full_lesson, squash, text_of
from tests.quizzes import HOSTILE, check_form, hostile_question, seen, with_questions

#: The weights that Moodle knows (question/engine/bank.php, `question_bank::fraction_options_full`).
WEIGHTS = {100, 90, 83.33333, 80, 75, 70, 66.66667, 60, 50, 40, 33.33333, 30, 25, 20, 16.66667, 14.28571, 12.5}
WEIGHTS |= {11.11111, 10, 5, 0}


def moodle_text(lesson: Lesson, _: Path) -> str:
    """Return all text of a Moodle file as its reader does: XML, then HTML."""
    return squash(" ".join(text_of(node.text or "") for node in ET.fromstring(to_moodle([lesson])).iter()))


def test_moodle_structure() -> None:
    """A question lacks what Moodle's import asks of its type, or bears a weight that Moodle does not know."""
    quiz = ET.fromstring(to_moodle([full_lesson()]))
    assert quiz.tag == "quiz"
    kinds = [question.get("type") for question in quiz]
    assert kinds[0] == "category"
    assert {"description", "multichoice", "numerical", "matching", "essay"} == set(kinds[1:])
    for question in quiz[1:]:
        for path in ("name/text", "questiontext/text", "generalfeedback/text", "defaultgrade", "idnumber"):
            assert question.find(path) is not None, path
        assert question.find("questiontext").get("format") == "html"  # type: ignore[union-attr]
    numbers = [question.findtext("idnumber") for question in quiz[1:]]
    assert len(set(numbers)) == len(numbers)
    assert "doe-1901-1 examine" in numbers


def test_moodle_weights() -> None:
    """Right options do not add up to all, or a wrong one is taken for right."""
    quiz = ET.fromstring(to_moodle([full_lesson()]))
    for question in (one for one in quiz if one.get("type") == "multichoice"):
        weights = [float(answer.get("fraction", "")) for answer in question.iter("answer")]
        assert {abs(round(weight, 5)) for weight in weights} <= WEIGHTS
        assert sum(weight for weight in weights if weight > 0) == pytest.approx(100, abs=1e-4)
        assert (question.findtext("single") == "true") == ("-" not in "".join(map(str, weights)))
        assert all(answer.findtext("feedback/text") for answer in question.iter("answer"))


def test_moodle_numbers_and_pairs() -> None:
    """The tolerance is lost, or an option of an order stands at another step."""
    quiz = {one.findtext("idnumber"): one for one in ET.fromstring(to_moodle([full_lesson()]))}
    number = quiz["doe-1901-1 convert"].find("answer")
    assert number is not None
    assert (number.findtext("text"), number.findtext("tolerance"), number.get("fraction")) == ("41.7", "0.1", "100")
    pairs = {one.findtext("text"): one.findtext("answer/text") for one in quiz["doe-1901-1 partly"].iter("subquestion")}
    assert pairs == {"First": "Step 1", "Second": "Step 2", "Never": "Not among the steps"}
    assert "That the pump stopped" in (quiz["doe-1901-1 say"].findtext("graderinfo/text") or "")


@given(texts=HOSTILE)
def test_moodle_keeps_any_text(texts: list[str]) -> None:
    """A character breaks the XML, becomes markup, or comes out as another."""
    asked = [hostile_question(number, text) for number, text in enumerate(texts)]
    quiz = ET.fromstring(to_moodle([with_questions(asked)]))
    found = [one for one in quiz if one.get("type") == "multichoice"]
    for question, one in zip(asked, found, strict=True):
        assert text_of(one.findtext("questiontext/text") or "") == seen(question.prompt)
        read = {text_of(answer.findtext("text") or "") for answer in one.iter("answer")}
        assert read == {seen(option.text) for option in question.options}


def test_moodle_owes_what_every_form_owes(tmp_path: Path) -> None:
    """Bytes differ, something is lost on the way, or notes for the facilitator reach the learners."""
    check_form("moodle-xml", moodle_text, tmp_path)

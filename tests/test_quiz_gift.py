"""GIFT read back by a parser of others."""

import json
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from hypothesis import example, given, settings

from itbkg.teaching.formats.gift import to_gift
from itbkg.teaching.lesson import Lesson, QuestionKind
from tests.full_lesson import full_lesson, squash, text_of
from tests.npm_consumers import npm_consumer, run_node
from tests.quizzes import HOSTILE, check_form, hostile_question, seen, strings, with_questions

GIFT_SCRIPT = """
const {parse} = require('gift-pegjs');
console.log(JSON.stringify(parse(require('fs').readFileSync(process.argv[2], 'utf8'))));
"""


@cache
def _gift() -> Path:
    return npm_consumer("gift", "gift-pegjs@1.0.2")


def parsed_gift(lesson: Lesson, folder: Path) -> list[dict[str, Any]]:
    """Read GIFT by a parser that is not ours."""
    path = folder / "case.gift"
    path.write_text(to_gift(lesson), "utf-8", newline="\n")
    questions: list[dict[str, Any]] = json.loads(run_node(_gift(), GIFT_SCRIPT, path))
    return questions


def gift_text(lesson: Lesson, folder: Path) -> str:
    """Return all text of a GIFT file, read by its parser."""
    return squash(" ".join(text_of(one) for one in strings(parsed_gift(lesson, folder))))


def test_gift_types_and_weights(tmp_path: Path) -> None:
    """A question becomes another kind, or its key another."""
    questions = {one["title"].split()[-1]: one for one in parsed_gift(full_lesson(), tmp_path) if one.get("title")}
    kinds = {
        name: questions[name]["type"] for name in ("arrival", "first-thought", "examine", "convert", "steps", "say")
    }
    assert list(kinds.values()) == ["Description", "MC", "MC", "Numerical", "Matching", "Essay"]
    single = questions["first-thought"]["choices"]
    assert [choice["text"]["text"] for choice in single if choice["isCorrect"]] == [
        "Withdrawal of intrathecal baclofen"
    ]
    assert sorted(choice["weight"] for choice in questions["examine"]["choices"]) == [-100, 50, 50]
    number = questions["convert"]["choices"]
    assert (number["number"], number["range"]) == (41.7, 0.1) if isinstance(number, dict) else number
    pairs = {pair["subquestion"]["text"]: pair["subanswer"] for pair in questions["steps"]["matchPairs"]}
    assert pairs["Repair the pump"] == "Step 3"
    assert pairs["Give baclofen by mouth"] == pairs["Give intrathecal baclofen again"] == "Step 2"
    assert "may die of it" in str([choice["feedback"] for choice in questions["examine"]["choices"]])


@settings(max_examples=12)
@example(texts=["%50%", "%-100%x", "[html]", "[plain]{", "-> b", "::c::", "\\", "\\\\n", "=", "~x"])
@given(texts=HOSTILE)
def test_gift_keeps_any_text(texts: list[str], tmp_path_factory: pytest.TempPathFactory) -> None:
    """A character ends an answer, begins a weight or a comment, or comes out as another."""
    kinds: tuple[QuestionKind, ...] = ("single", "several", "order")
    asked = [hostile_question(number, text, kinds[number % 3]) for number, text in enumerate(texts)]
    read = parsed_gift(with_questions(asked), tmp_path_factory.mktemp("gift"))
    found = [one for one in read if one["type"] in ("MC", "Matching")]
    assert len(found) == len(asked)
    for question, one in zip(asked, found, strict=True):
        assert text_of(one["stem"]["text"]).startswith(seen(question.prompt))
        parts = one["choices"] if one["type"] == "MC" else one["matchPairs"]
        texts_read = {text_of((part.get("text") or part.get("subquestion"))["text"]) for part in parts}
        assert texts_read == {seen(option.text) for option in question.options}
        everything = squash(" ".join(map(text_of, strings(one))))
        assert seen(question.explanation) in everything
        assert all(seen(option.feedback) in everything for option in question.options)


def test_gift_owes_what_every_form_owes(tmp_path: Path) -> None:
    """Bytes differ, something is lost on the way, or notes for the facilitator reach the learners."""
    check_form("gift", gift_text, tmp_path)

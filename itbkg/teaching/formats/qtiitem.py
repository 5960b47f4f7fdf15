"""The items of a QTI package: a part of the story, or a question with its scoring and feedback."""

from xml.etree import ElementTree as ET

from itbkg.teaching.formats.qtikinds import kind_of
from itbkg.teaching.formats.qtiscoring import declare_outcomes, declare_response, process
from itbkg.teaching.formats.qtiwords import add, add_html, identifier, root, step_identifier
from itbkg.teaching.formats.quiz import (
    NO_STEP,
    clean,
    closing,
    feedback_named,
    how,
    paragraphs,
    to_html,
)
from itbkg.teaching.formats.shown import choices, key, printed_unit
from itbkg.teaching.lesson import Lesson, Question


def story_item(lesson: Lesson, unique: str, title: str, html: str) -> ET.Element:
    """Write a part of the story as an item that asks nothing."""
    item = _begin(unique, title)
    body = add(item, "qti-item-body")
    add_html(body, f"{html}{_safety(lesson, html)}")
    return item


def question_item(lesson: Lesson, unique: str, question: Question) -> ET.Element:
    """Write a question as an item."""
    item = _begin(unique, _title(question))
    declare_response(item, question)
    declare_outcomes(item, question)
    body = add(item, "qti-item-body")
    _ASKED[kind_of(question)](body, question)
    add_html(add(body, "div"), paragraphs([lesson.safety]))
    process(item, question)
    _feedback(item, question)
    return item


def _begin(unique: str, title: str) -> ET.Element:
    attributes = {"identifier": unique, "title": clean(title)}
    return root("qti-assessment-item", {**attributes, "adaptive": "false", "time-dependent": "false"})


def _title(question: Question) -> str:
    return question.prompt.split("\n")[0] or question.id


def _safety(lesson: Lesson, html: str) -> str:
    """Add the safety line where the story does not bear it already."""
    line = paragraphs([lesson.safety])
    return "" if line in html else line


def _prompt(above: ET.Element, question: Question) -> None:
    add_html(add(above, "qti-prompt"), paragraphs((question.prompt, how(question))))


def _choice(body: ET.Element, question: Question) -> None:
    most = "1" if question.kind == "single" else "0"
    interaction = add(body, "qti-choice-interaction", response_identifier="RESPONSE", max_choices=most, shuffle="false")
    _prompt(interaction, question)
    _simple_choices(interaction, question)


def _order(body: ET.Element, question: Question) -> None:
    interaction = add(body, "qti-order-interaction", response_identifier="RESPONSE", shuffle="false")
    _prompt(interaction, question)
    _simple_choices(interaction, question)


def _simple_choices(above: ET.Element, question: Question) -> None:
    for choice in choices(question):
        one = add(above, "qti-simple-choice", identifier=identifier("option", choice.option.id))
        add_html(one, to_html(choice.option.text))


def _match(body: ET.Element, question: Question) -> None:
    count = len(question.options)
    interaction = add(
        body, "qti-match-interaction", response_identifier="RESPONSE", max_associations=str(count), shuffle="false"
    )
    _prompt(interaction, question)
    left, right = add(interaction, "qti-simple-match-set"), add(interaction, "qti-simple-match-set")
    for choice in choices(question):
        unique = identifier("option", choice.option.id)
        one = add(left, "qti-simple-associable-choice", identifier=unique, match_max="1")
        add_html(one, to_html(choice.option.text))
    for rank in _steps(question):
        one = add(right, "qti-simple-associable-choice", identifier=step_identifier(rank), match_max=str(count))
        one.text = NO_STEP if rank is None else f"Step {rank}"


def _steps(question: Question) -> tuple[int | None, ...]:
    """Offer as many steps as there are options, so that their number does not tell that two share one."""
    ranks = [option.rank for option in question.options]
    steps = range(1, max(len(ranks), *(rank or 0 for rank in ranks)) + 1)
    return (*steps, None) if None in ranks else tuple(steps)


def _entry(body: ET.Element, question: Question) -> None:
    add_html(add(body, "div"), paragraphs((question.prompt, how(question))))
    line = add(body, "p", "Answer: ")
    field = add(line, "qti-text-entry-interaction", response_identifier="RESPONSE", expected_length="12")
    field.tail = f" {printed_unit(question.unit)}" if question.unit else None


def _extended(body: ET.Element, question: Question) -> None:
    interaction = add(body, "qti-extended-text-interaction", response_identifier="RESPONSE", expected_lines="5")
    _prompt(interaction, question)
    if question.options:
        add_html(add(body, "div"), paragraphs(f"{one.letter}. {one.option.text}" for one in choices(question)))


_ASKED = {"choice": _choice, "order": _order, "match": _match, "number": _entry, "text": _extended}


def _feedback(item: ET.Element, question: Question) -> None:
    """Tell each chosen option's feedback, and of other questions all of it, then the answer."""
    chosen = kind_of(question) == "choice"
    for option in question.options if chosen else ():
        _modal(item, "FEEDBACK", identifier("option", option.id), feedback_named(question, option))
    rest = () if chosen else key(question)
    lines = (*closing(question), *(line for choice in rest for line in feedback_named(question, choice.option)))
    _modal(item, "TOLD", "answer", lines)


def _modal(item: ET.Element, outcome: str, unique: str, lines: tuple[str, ...]) -> None:
    modal = add(item, "qti-modal-feedback", outcome_identifier=outcome, identifier=unique, show_hide="show")
    add_html(add(modal, "qti-content-body"), paragraphs(lines))

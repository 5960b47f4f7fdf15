"""Declarations and response processing of a QTI item: what is right, what it scores, and which feedback is shown."""

from xml.etree import ElementTree as ET

from itbkg.teaching.formats.qtikinds import QtiKind, kind_of
from itbkg.teaching.formats.qtiwords import add, identifier, step_identifier
from itbkg.teaching.formats.quiz import plain_number
from itbkg.teaching.formats.shown import key
from itbkg.teaching.lesson import Question

#: Cardinality and base type of the response to each interaction.
_RESPONSES: dict[QtiKind, tuple[str, str]] = {
    "choice": ("multiple", "identifier"),
    "order": ("ordered", "identifier"),
    "match": ("multiple", "directedPair"),
    "number": ("single", "float"),
    "text": ("single", "string"),
}


#: What FEEDBACK and TOLD hold before there is a response: players fail over lists without a value.
_NOTHING = "nothing"


def declare_response(item: ET.Element, question: Question) -> None:
    """Declare the response with what is right, and what each choice scores where there may be several."""
    declaration = add(
        item,
        "qti-response-declaration",
        identifier="RESPONSE",
        cardinality=_cardinality(question),
        base_type=_RESPONSES[kind_of(question)][1],
    )
    if values := _right(question):
        correct = add(declaration, "qti-correct-response")
        for value in values:
            add(correct, "qti-value", value)
    if _mapped(question):
        _map(declaration, question)


def declare_outcomes(item: ET.Element, question: Question) -> None:
    """Declare the score, its highest value, and which feedback is shown."""
    human = {"external_scored": "human"} if kind_of(question) == "text" else {}
    for name, value in (("SCORE", "0"), ("MAXSCORE", "1")):
        more = human if name == "SCORE" else {}
        outcome = add(item, "qti-outcome-declaration", identifier=name, cardinality="single", base_type="float", **more)
        add(add(outcome, "qti-default-value"), "qti-value", value)
    chosen = _cardinality(question) if kind_of(question) == "choice" else "single"
    for name, cardinality in (("FEEDBACK", chosen), ("TOLD", "single")):
        told = add(item, "qti-outcome-declaration", identifier=name, cardinality=cardinality, base_type="identifier")
        add(add(told, "qti-default-value"), "qti-value", _NOTHING)


def process(item: ET.Element, question: Question) -> None:
    """Score the response and show the feedback, once there is one."""
    processing = add(item, "qti-response-processing")
    given = _if(processing, "qti-not")
    add(add(given[0], "qti-is-null"), "qti-variable", identifier="RESPONSE")
    if kind_of(question) != "text":
        _score(given, question)
    if kind_of(question) == "choice":
        add(add(given, "qti-set-outcome-value", identifier="FEEDBACK"), "qti-variable", identifier="RESPONSE")
    _set(given, "TOLD", "identifier", "answer")


def _score(given: ET.Element, question: Question) -> None:
    if _mapped(question):
        add(add(given, "qti-set-outcome-value", identifier="SCORE"), "qti-map-response", identifier="RESPONSE")
        return
    scored = _if(given, "qti-match" if kind_of(question) != "number" else "qti-equal")
    if kind_of(question) == "number":
        scored[0].attrib.update(_tolerance(question))
    add(scored[0], "qti-variable", identifier="RESPONSE")
    add(scored[0], "qti-correct", identifier="RESPONSE")
    _set(scored, "SCORE", "float", "1")


def _tolerance(question: Question) -> dict[str, str]:
    if not question.tolerance:
        return {"tolerance-mode": "exact"}
    allowed = plain_number(question.tolerance)
    return {"tolerance-mode": "absolute", "tolerance": f"{allowed} {allowed}"}


def _if(above: ET.Element, condition: str) -> ET.Element:
    """Begin a condition; its first child is the expression, which is still empty."""
    begun = add(add(above, "qti-response-condition"), "qti-response-if")
    add(begun, condition)
    return begun


def _set(above: ET.Element, outcome: str, base_type: str, value: str) -> None:
    add(add(above, "qti-set-outcome-value", identifier=outcome), "qti-base-value", value, base_type=base_type)


def _cardinality(question: Question) -> str:
    return "single" if question.kind == "single" and question.options else _RESPONSES[kind_of(question)][0]


def _mapped(question: Question) -> bool:
    """Say whether each choice scores for itself."""
    return kind_of(question) == "match" or (kind_of(question) == "choice" and question.kind == "several")


def _right(question: Question) -> list[str]:
    kind = kind_of(question)
    if kind == "number":
        return [plain_number(question.number or 0.0)]
    if kind == "choice":
        return [identifier("option", option.id) for option in question.options if option.correct]
    if kind == "order":
        return [identifier("option", choice.option.id) for choice in key(question)]
    return [pair for pair, _ in _pairs(question)] if kind == "match" else []


def _pairs(question: Question) -> list[tuple[str, float]]:
    each = 1 / len(question.options)
    named = ((identifier("option", option.id), step_identifier(option.rank)) for option in question.options)
    return [(f"{left} {right}", each) for left, right in named]


def _map(declaration: ET.Element, question: Question) -> None:
    """Score each right choice a share of one, and take off a share for each wrong one; nothing below zero."""
    mapping = add(declaration, "qti-mapping", lower_bound="0", upper_bound="1", default_value="0")
    for name, share in _pairs(question) if kind_of(question) == "match" else _shares(question):
        add(mapping, "qti-map-entry", map_key=name, mapped_value=f"{share:.6g}")


def _shares(question: Question) -> list[tuple[str, float]]:
    right = sum(option.correct for option in question.options)
    wrong = len(question.options) - right
    return [
        (identifier("option", option.id), 1 / right if option.correct else -1 / wrong) for option in question.options
    ]

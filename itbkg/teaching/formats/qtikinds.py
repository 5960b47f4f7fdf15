"""Which interaction of QTI a question becomes."""

from typing import Literal

from itbkg.teaching.lesson import Question

QtiKind = Literal["choice", "order", "match", "number", "text"]


def kind_of(question: Question) -> QtiKind:
    """Name the interaction; what lacks what its own needs, such as options, is answered in free text."""
    if question.kind == "numeric" and question.number is not None:
        return "number"
    if question.kind in ("single", "several") and question.options:
        return "choice"
    if question.kind == "order" and question.options:
        ranks = {option.rank for option in question.options} - {None}
        return "order" if len(ranks) == len(question.options) else "match"
    return "text"

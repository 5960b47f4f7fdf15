"""Saved questions: what each asks and takes, and its answer from a graph."""

from itbkg.questions.answer import Answer, answer, bound_query
from itbkg.questions.binding import set_once, suggestions
from itbkg.questions.question import Parameter, Question
from itbkg.questions.reading import find_question, read_questions

__all__ = [
    "Answer",
    "Parameter",
    "Question",
    "answer",
    "bound_query",
    "find_question",
    "read_questions",
    "set_once",
    "suggestions",
]

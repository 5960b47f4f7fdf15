"""Answers to saved questions, kept for those who ask the same again: some take longer than a page may."""

from collections.abc import Mapping
from typing import Annotated

from fastapi import Depends, Request

from itbkg.questions import Answer, Question, answer, bound_query
from itbkg.store import Store
from itbkg_api.kept import Kept
from itbkg_api.parts import StorePart

#: So many bytes of answers are kept, and what a cell takes on the average.
_MOST, _CELL = 64_000_000, 60


class Answers:
    """Asks a graph saved questions; of one without a digest, which may change, nothing is kept."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._kept: Kept[Answer] = Kept(_MOST)

    def ask(self, question: Question, given: Mapping[str, str]) -> Answer:
        """Answer a question; raises what `answer` raises."""
        if not self._store.manifest.digest:
            return answer(self._store, question, given)
        key = (question.name, bound_query(self._store, question, given), *sorted(given.items()))
        return self._kept.recall(key, lambda: answer(self._store, question, given), _size)


def _size(told: Answer) -> int:
    return _CELL * len(told.rows) * len(told.columns)


def _answers(request: Request, store: StorePart) -> Answers:
    state = request.app.state
    if not hasattr(state, "answers"):
        state.answers = Answers(store)
    answers: Answers = state.answers
    return answers


AnswersPart = Annotated[Answers, Depends(_answers)]

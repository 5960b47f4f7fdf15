"""Answers to saved questions, kept for those who ask the same again: some take longer than a page may."""

from collections.abc import Mapping
from threading import Lock
from typing import Annotated

from fastapi import Depends, Request

from itbkg.questions import Answer, Question, answer, bound_query
from itbkg.store import Store
from itbkg_api.parts import StorePart
from itbkg_api.sparql.kept import Kept

#: So many bytes of answers are kept, and what a cell takes on the average.
_MOST, _CELL = 64_000_000, 60


class Answers:
    """Asks a graph saved questions; of one without a digest, which may change, nothing is kept."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._kept: Kept[Answer] = Kept(_MOST)
        self._lock = Lock()

    def ask(self, question: Question, given: Mapping[str, str]) -> Answer:
        """Answer a question; raises what `answer` raises."""
        key = (question.name, bound_query(self._store, question, given), *sorted(given.items()))
        with self._lock:
            known = self._kept.get(key)
        if known is None:
            known = answer(self._store, question, given)
            self._keep(key, known)
        return known

    def _keep(self, key: tuple[object, ...], new: Answer) -> None:
        if self._store.manifest.digest:
            with self._lock:
                self._kept.put(key, new, _CELL * len(new.rows) * len(new.columns))


def _answers(request: Request, store: StorePart) -> Answers:
    state = request.app.state
    if not hasattr(state, "answers"):
        state.answers = Answers(store)
    answers: Answers = state.answers
    return answers


AnswersPart = Annotated[Answers, Depends(_answers)]

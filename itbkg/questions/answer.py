"""The answer to a saved question, as plain values with plain names."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from itbkg.questions.binding import find_terms
from itbkg.questions.question import Question
from itbkg.store import Store, Term

#: A cell: empty where the graph says nothing.
Cell = str | int | float | None


@dataclass(frozen=True, slots=True)
class Answer:
    """A question with what was set, its rows in the question's order, and the SPARQL that gave them."""

    question: Question
    bound: Mapping[str, str | None]
    columns: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]
    query: str

    def document(self) -> dict[str, Any]:
        """Return the answer as it is written in JSON, a row as an object."""
        return {
            "question": self.question.name,
            "title": self.question.title,
            "reading": self.question.reading,
            "parameters": dict(self.bound),
            "columns": {column.name: column.meaning for column in self.question.columns},
            "rows": [dict(zip(self.columns, row, strict=True)) for row in self.rows],
        }


def bound_query(store: Store, question: Question, given: Mapping[str, str]) -> str:
    """Return the question's SPARQL with what is set in its place; raises what `find_terms` raises."""
    return question.bind(find_terms(store, question, given))


def answer(store: Store, question: Question, given: Mapping[str, str]) -> Answer:
    """Ask a graph a saved question; raises ParameterError and NotFoundError as `find_terms` does."""
    query = bound_query(store, question, given)
    table = store.select(query)
    bound = {one.name: given.get(one.name) or one.default or None for one in question.parameters}
    return Answer(question, bound, table.columns, tuple(tuple(map(_cell, row)) for row in table.rows), query)


def _cell(term: Term | None) -> Cell:
    if term is None:
        return None
    datatype = getattr(term, "datatype", None)
    if datatype is None or datatype.value.rpartition("#")[2] not in ("integer", "decimal"):
        return term.value
    number = float(term.value)
    return int(number) if number.is_integer() else number

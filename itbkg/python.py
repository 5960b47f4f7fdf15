"""The door for Python: `itbkg.open()` gives a graph that answers in typed rows.

    import itbkg

    graph = itbkg.open()
    table = graph.links(rows="cause", columns="outcome", where="event = withdrawal")
    table.pairs[0].group.n, table.pairs[0].group.of, table.pairs[0].group.present_cases
    table.to_pandas()

For research and teaching, not for treatment decisions.
"""

import os
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from itbkg.building.opening import open_graph
from itbkg.cases import CaseAccount, Chosen, Wanted, tell_case
from itbkg.cases.filters import WORDS
from itbkg.errors import ParameterError
from itbkg.links import CaseData, LinkTable, choose_where, link_query, links
from itbkg.questions import Answer, Question, answer, find_question, read_questions
from itbkg.settings import Settings, read_settings
from itbkg.store import Store, Table

#: What chooses cases beside the words of WORDS.
_MORE = ("year", "text", "distinct_patients")


class Graph:
    """A graph that is ready to be asked; nothing in it can be changed."""

    def __init__(self, store: Store, settings: Settings) -> None:
        self.store = store
        self._settings = settings
        self._data = CaseData(store)

    def links(
        self,
        rows: str | Iterable[str] = "cause",
        columns: str | Iterable[str] = "outcome",
        where: str = "",
        *,
        dependence: bool = False,
    ) -> LinkTable:
        """Count rows against columns over the cases of a filter; `itbkg.links.links` tells what it takes and raises."""
        return links(self._data, rows, columns, where, dependence=dependence)

    def links_sparql(
        self, rows: str | Iterable[str] = "cause", columns: str | Iterable[str] = "outcome", where: str = ""
    ) -> str:
        """Return the SPARQL that gives the counts of such a table; raises what `links` raises."""
        return link_query(self._data, rows, columns, where)

    def cases(self, where: str = "", *, sort: str = "id", **conditions: str | int | bool | Sequence[str]) -> Chosen:
        """Choose the cases that fulfil a filter and all conditions, as `itbkg cases` does.

        `cases("event = withdrawal and year = 2004")` are those of `cases(event="withdrawal", year=2004)`.
        A condition takes a text, or several that must all hold; `year` is 2004 or `2000..2010`, `distinct_patients` is
        True or False. Raises ParameterError for a condition that there is not and for what it does not take, and
        UnknownWordError for a word that is not known.
        """
        unknown = sorted(conditions.keys() - {*WORDS, *_MORE})
        if unknown:
            raise ParameterError(f"'{unknown[0]}' is no condition; there is {', '.join((*WORDS, *_MORE))}")
        return choose_where(self.store, where, _wanted(conditions), sort)

    def case(self, name: str) -> CaseAccount:
        """Tell the case with the id `publication/case`; NotFoundError, with ids like it, where there is none."""
        return tell_case(self.store, name)

    def select(self, sparql: str) -> Table:
        """Answer a SELECT; our prefixes need no declaration. Raises QuerySyntaxError and QueryRefusedError."""
        return self.store.with_prefixes().select(sparql)

    def questions(self) -> Mapping[str, Question]:
        """Return the saved questions, by name."""
        return read_questions(self._settings.corpus.questions)

    def ask(self, question: str, **parameters: str) -> Answer:
        """Ask a saved question: `ask("deaths", event="withdrawal")`.

        Raises NotFoundError for a question or word that is not known, and ParameterError for a parameter.
        """
        return answer(self.store, find_question(self._settings.corpus.questions, question), parameters)

    def close(self) -> None:
        """Let go of the build folder, so that a later build may remove it."""
        self.store.close()


def open(graph: str | Path | None = None, environment: Mapping[str, str] | None = None) -> Graph:  # noqa: A001
    """Open a folder made by `itbkg build --out`, or without one the packaged corpus, which is built once and kept.

    Settings come from `environment`, which is the process's own unless it is given. Raises SettingsError,
    BuildFolderError and what a build raises.
    """
    settings = read_settings(os.environ if environment is None else environment)
    return Graph(open_graph(settings, None if graph is None else Path(graph)), settings)


def _wanted(conditions: Mapping[str, str | int | bool | Sequence[str]]) -> Wanted:
    given = {name: _texts(value) for name, value in conditions.items() if name not in ("year", "distinct_patients")}
    nothing = dict.fromkeys((*WORDS, "text"))
    year, once = str(conditions.get("year", "")), bool(conditions.get("distinct_patients", False))
    return Wanted.of({**nothing, **given, "year": year, "distinct_patients": once})


def _texts(value: str | int | bool | Sequence[str]) -> tuple[str, ...]:
    if isinstance(value, int):
        raise ParameterError(f"{value} is no word; give a text, or several")
    return (value,) if isinstance(value, str) else tuple(value)

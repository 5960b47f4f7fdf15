"""`itbkg ask`."""

from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path

from itbkg.building.opening import open_graph
from itbkg.cli.layout import prose
from itbkg.cli.output import SAFETY, note, progress, say, say_json, say_table, settings
from itbkg.cli.querying import say_rows, say_standard
from itbkg.errors import ParameterError
from itbkg.questions import Parameter, Question, answer, bound_query, find_question, read_questions, set_once
from itbkg.settings import Settings


def run(
    name: str | None, pairs: Sequence[str], graph: Path | None, *, as_json: bool, as_csv: bool, as_sparql: bool
) -> None:
    """Answer one saved question, or list them."""
    known = settings()
    if name is None:
        _list(known, as_json=as_json)
        return
    question, given = find_question(known.corpus.questions, name), set_once(map(_pair, pairs))
    with progress() as bar:
        store = open_graph(known, graph, bar)
    if as_json:
        say_json(answer(store, question, given).document())
    elif as_sparql:
        say(bound_query(store, question, given).rstrip("\n"))
    elif as_csv:
        say_standard(store, bound_query(store, question, given), as_csv=True)
    else:
        table = store.select(bound_query(store, question, given))
        _head(question, given)
        say_rows(table)
    note(SAFETY)


def _pair(given: str) -> tuple[str, str]:
    name, sign, value = given.partition("=")
    if not sign:
        raise ParameterError(f"'{given}' sets nothing; write --set NAME=VALUE, such as case=mohammed-2004/1")
    return name, value


def _head(question: Question, given: dict[str, str]) -> None:
    values = (f"{one.name} = {given.get(one.name) or one.default or 'any'}" for one in question.parameters)
    say("\n".join([question.title, prose(question.reading), ", ".join(values), ""]))


def _list(known: Settings, *, as_json: bool) -> None:
    questions = read_questions(known.corpus.questions)
    if as_json:
        say_json([asdict(question) for question in questions.values()])
        return
    rows = [(name, question.title, _takes(question.parameters)) for name, question in questions.items()]
    say_table(("name", "question", "parameters"), rows)


def _takes(parameters: Sequence[Parameter]) -> str:
    return ", ".join(f"{one.name}={one.default}" if one.default else one.name for one in parameters)

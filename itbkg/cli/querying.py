"""`itbkg query`."""

import sys
from pathlib import Path

from itbkg.cli.output import progress, say, say_table, settings
from itbkg.errors import NotFoundError, QueryRefusedError
from itbkg.opening import open_graph
from itbkg.questions import find_question, read_questions
from itbkg.settings import Settings
from itbkg.store import Store


def run(asked: str | None, parameters: list[str], graph: Path | None, *, as_json: bool, as_csv: bool) -> None:
    """Answer one query, or list the saved questions."""
    if asked is None:
        _list_questions(settings())
        return
    text = _text(asked, parameters, settings())
    with progress() as bar:
        store = open_graph(settings(), graph, bar).with_prefixes()
    if as_json or as_csv or store.form(text) != "SELECT":
        answer = store.answer(text, table="csv" if as_csv else "json")
        say(answer.decode("utf-8").rstrip("\n"))
    else:
        _say_rows(store, text)


def _text(asked: str, parameters: list[str], known: Settings) -> str:
    """Find out what was asked: standard input, a file, a question's name, or the query itself."""
    if asked == "-":
        return sys.stdin.read()
    if asked.endswith(".rq") and Path(asked).is_file():
        return Path(asked).read_text("utf-8")
    if any(letter in asked for letter in "{ \n"):
        return asked
    return find_question(known.corpus.questions, asked).bind(dict(_pair(given) for given in parameters))


def _pair(given: str) -> tuple[str, str]:
    name, sign, value = given.partition("=")
    if not sign:
        raise QueryRefusedError(f"'{given}' sets nothing; write --set NAME=VALUE, such as case=mohammed-2004/1")
    return name, value


def _say_rows(store: Store, text: str) -> None:
    table = store.select(text)
    if not table.rows:
        say("no rows: the query ran and nothing in the graph matches it")
        return
    say_table(table.columns, list(table.texts()))


def _list_questions(known: Settings) -> None:
    questions = read_questions(known.corpus.questions)
    if not questions:
        raise NotFoundError("saved question in", str(known.corpus.questions))
    say_table(("name", "question"), [(name, question.title) for name, question in questions.items()])

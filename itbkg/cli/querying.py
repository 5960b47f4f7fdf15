"""`itbkg query`."""

import re
import sys
from pathlib import Path

from itbkg.building.opening import open_graph
from itbkg.cli.output import progress, say, say_table, settings
from itbkg.errors import QuerySyntaxError
from itbkg.store import Store, Table

#: A single word is no SPARQL: it looks like the name of a saved question.
_NAME = re.compile(r"[a-z0-9-]+")


def run(asked: str, graph: Path | None, *, as_json: bool, as_csv: bool) -> None:
    """Answer one SPARQL query."""
    text = _text(asked)
    with progress() as bar:
        store = open_graph(settings(), graph, bar).with_prefixes()
    if as_json or as_csv or store.form(text) != "SELECT":
        say_standard(store, text, as_csv=as_csv)
    else:
        say_rows(store.select(text))


def say_standard(store: Store, query: str, *, as_csv: bool) -> None:
    """Print an answer in the W3C's CSV or JSON, or as Turtle."""
    answer = store.answer(query, table="csv" if as_csv else "json")
    say(answer.decode("utf-8").rstrip("\n"))


def say_rows(table: Table) -> None:
    """Print a table, or that it is empty."""
    if not table.rows:
        say("no rows: the query ran and nothing in the graph matches it")
        return
    say_table(table.columns, list(table.texts()))


def _text(asked: str) -> str:
    """Find out what was asked: standard input, a file, or the query itself."""
    if asked == "-":
        return sys.stdin.read()
    if asked.endswith(".rq") and Path(asked).is_file():
        return Path(asked).read_text("utf-8")
    if _NAME.fullmatch(asked):
        raise QuerySyntaxError(f"'{asked}' is not SPARQL; a saved question is asked with 'itbkg ask {asked}'")
    return asked

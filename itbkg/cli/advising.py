"""`itbkg guidance`."""

from collections.abc import Iterator, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

from itbkg.building.opening import open_graph
from itbkg.cli.output import SAFETY, note, progress, say, say_json, say_table, settings
from itbkg.errors import QueryRefusedError
from itbkg.guidance import (
    Beside,
    Statement,
    beside_guidance,
    list_documents,
    recommendations_for,
    tell_document,
)
from itbkg.store import Store


def run(document: str | None, situation: str | None, case: str | None, graph: Path | None, *, as_json: bool) -> None:
    """List the documents, tell one, list what is advised for a situation, or lay a case beside the advice."""
    if sum(given is not None for given in (document, situation, case)) > 1:
        raise QueryRefusedError("a document, --for and --case ask for different things; give one of them")
    with progress() as bar:
        store = open_graph(settings(), graph, bar)
    if situation is not None:
        _say(_plain(found := recommendations_for(store, situation)), _statements(found), as_json=as_json)
    elif case is not None:
        laid = beside_guidance(store, case)
        _say(_plain(laid), _laid(laid), as_json=as_json)
    elif document is not None:
        told = tell_document(store, document)
        head = [f"{told.about.id}  {told.about.title}", f"({told.about.kind}, read: {told.about.read_as})", ""]
        _say(asdict(told), [*head, *_statements(told.statements)], as_json=as_json)
    else:
        _list(store, as_json=as_json)


def _list(store: Store, *, as_json: bool) -> None:
    rows = list_documents(store)
    if as_json:
        say_json(_plain(rows))
        return
    table = [(row.id, row.kind, str(row.year or ""), str(row.statements), row.title) for row in rows]
    say_table(("document", "kind", "year", "statements", "title"), table)
    note(SAFETY)


def _plain(rows: Sequence[Any]) -> list[dict[str, Any]]:
    return [asdict(row) for row in rows]


def _say(document: Any, lines: Sequence[str] | Iterator[str], *, as_json: bool) -> None:
    if as_json:
        say_json(document)
        return
    say("\n".join(lines) or "nothing is advised here")
    note(SAFETY)


def _statements(statements: Sequence[Statement]) -> Iterator[str]:
    for one in statements:
        step = f"step {one.step}" if one.step is not None else ""
        yield f"{one.document:>24}  {step:>7}  {one.kind}: {one.label}  [{one.place}]"
        yield from (f"{'':35}  {line}" for line in _particulars(one) if line)


def _particulars(one: Statement) -> Iterator[str]:
    yield f"about {', '.join(one.concerns)}" if one.concerns else ""
    yield f"when: {one.condition}" if one.condition else ""
    yield f"do: {', '.join(part for part in (*one.advises, one.dose, one.route) if part)}" if one.advises else ""
    yield f"leave: {', '.join(one.advises_against)}" if one.advises_against else ""
    yield f"by {', '.join(one.actors)}{_soon(one.within_hours)}" if one.actors else ""
    yield f"can lead to {', '.join(one.consequences)}" if one.consequences else ""
    yield f"in {one.percent:g} % ({one.population or 'population not stated'})" if one.percent is not None else ""
    yield one.detail
    yield one.discrepancy


def _soon(hours: float | None) -> str:
    if hours is None:
        return ""
    return ", at once" if hours == 0 else f", within {hours:g} h"


def _laid(laid: Sequence[Beside]) -> Iterator[str]:
    for one in laid:
        step = f"step {one.step}" if one.step is not None else ""
        yield f"{one.document:>24}  {step:>7}  {one.sense}: {one.act}: {one.state}"
        if one.condition:
            yield f"{'':35}  when: {one.condition}"
        yield from (f"{'':35}  {deed.label}, {_when(deed.earliest_hours)}  [{deed.place}]" for deed in one.deeds)
    yield "What is not reported may have been done or not."


def _when(hours: float | None) -> str:
    return "time not reported" if hours is None else f"from {hours:g} h"

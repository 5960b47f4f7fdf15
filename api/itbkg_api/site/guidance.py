"""The pages of guidance: steps in an emergency, alarms, an index by kind of statement, and each document whole."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from itertools import groupby
from typing import Annotated

from fastapi import Query, Request, Response

from itbkg.errors import NotFoundError
from itbkg.guidance import DocumentRow, Statement, list_alarms, list_documents, recommendations_for, tell_document
from itbkg.index import case_index, find_field, labels_of
from itbkg.store import Store, once
from itbkg_api.parts import StorePart
from itbkg_api.site.fields import touches_by_label
from itbkg_api.site.routing import page, page_router

router = page_router()


@dataclass(frozen=True, slots=True)
class Advice:
    """What one document advises for an event: its steps in their order, and what it advises in none."""

    document: DocumentRow
    steps: tuple[tuple[int, tuple[Statement, ...]], ...]
    more: tuple[Statement, ...]

    @property
    def total(self) -> int:
        """The number of statements."""
        return sum(len(rows) for _, rows in self.steps) + len(self.more)


@dataclass(frozen=True, slots=True)
class Situation:
    """An event with the advice of each document for it, those with steps first, and what says most."""

    label: str
    advice: tuple[Advice, ...]


@router.get("/guidance")
def guidance(
    request: Request,
    store: StorePart,
    kind: Annotated[str, Query(description="A kind of statement, such as contraindication.")] = "",
) -> Response:
    """Show what is advised for each event, what the alarms mean, and the documents; or all statements of a kind."""
    told = {"documents": _documents(store), "counts": touches_by_label(store), "kinds": _kinds(store)}
    if not kind:
        return page(request, store, "guidance.html", situations=_situations(store), alarms=list(_alarms(store)), **told)
    kinds = _kinds(store)
    if kind not in kinds:
        raise NotFoundError("kind of statement", kind, get_close_matches(kind, kinds, n=3, cutoff=0.5))
    return page(request, store, "guidance_kind.html", kind=kind, statements=kinds[kind], **told)


@router.get("/guidance/{document}")
def one_document(document: str, request: Request, store: StorePart) -> Response:
    """Show a document with its statements by kind; NotFoundError, with ids like it, where there is none."""
    told = _told(store, document)
    kinds = [(kind, list(rows)) for kind, rows in groupby(told.statements, key=lambda one: one.kind)]
    counts = touches_by_label(store)
    return page(request, store, "document.html", document=told.about, kinds=kinds, counts=counts)


_alarms = once(list_alarms)
_told = once(tell_document)


@once
def _documents(store: Store) -> Mapping[str, DocumentRow]:
    return {row.id: row for row in list_documents(store)}


@once
def _kinds(store: Store) -> Mapping[str, tuple[Statement, ...]]:
    """Gather the statements of all documents by kind: those that most documents make first."""
    kinds: dict[str, list[Statement]] = {}
    for document in _documents(store):
        for one in _told(store, document).statements:
            kinds.setdefault(one.kind, []).append(one)
    ordered = sorted(kinds.items(), key=lambda pair: (-len(pair[1]), pair[0]))
    return {kind: tuple(sorted(rows, key=_by_label)) for kind, rows in ordered}


def _by_label(one: Statement) -> tuple[str, str, str]:
    return one.label.casefold(), one.document, one.iri


@once
def _situations(store: Store) -> tuple[Situation, ...]:
    """Gather what is advised for each event that any advice is about."""
    return tuple(_situation(store, label) for label in _events_with_advice(store))


def _situation(store: Store, label: str) -> Situation:
    rows = recommendations_for(store, label)
    told = [_advice(store, name, tuple(some)) for name, some in groupby(rows, key=lambda one: one.document)]
    return Situation(label, tuple(sorted(told, key=lambda one: (not one.steps, -one.total, one.document.id))))


def _advice(store: Store, document: str, rows: Sequence[Statement]) -> Advice:
    stepped = sorted((one for one in rows if one.step), key=lambda one: one.step or 0)
    steps = tuple((step or 0, tuple(some)) for step, some in groupby(stepped, key=lambda one: one.step))
    return Advice(_documents(store)[document], steps, tuple(one for one in rows if not one.step))


@once
def _events_with_advice(store: Store) -> tuple[str, ...]:
    """Name the events for which anything is advised, what most cases have first."""
    column, labels = case_index(store).column("event"), labels_of(store, find_field("event"))
    terms = sorted(labels.keys() & {*column.terms}, key=lambda term: (-len(column.present(term)), labels[term]))
    advised = set(_advised(one for rows in _kinds(store).values() for one in rows))
    return tuple(labels[term] for term in terms if labels[term] in advised)


def _advised(statements: Iterable[Statement]) -> Iterator[str]:
    """Name what advice is about."""
    for one in statements:
        if one.advises or one.advises_against:
            yield from one.concerns

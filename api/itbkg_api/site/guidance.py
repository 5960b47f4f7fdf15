"""The pages of guidance: steps in an emergency, alarms, and each document with all that it states."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby

from fastapi import Request, Response

from itbkg.guidance import Statement, list_alarms, list_documents, recommendations_for, tell_document
from itbkg.index import case_index, find_field, labels_of
from itbkg.store import Store, once
from itbkg_api.parts import StorePart
from itbkg_api.site.routing import page, page_router

router = page_router()

#: The fields in which a case touches what a statement is about.
_TOUCHING = ("event", "cause", "finding", "treatment", "investigation", "condition")
#: A term, the field in which cases have it, and how many do.
Touch = tuple[str, str, int]
#: An event, and the advice of each document for it.
Situation = tuple[str, list[tuple[str, Sequence[Statement]]]]


@router.get("/guidance")
def guidance(request: Request, store: StorePart) -> Response:
    """Show what is advised for each event, what the alarms mean, and the documents."""
    return page(
        request,
        store,
        "guidance.html",
        situations=_situations(store),
        alarms=_alarms(store),
        documents=_documents(store),
        counts=_counts(store),
    )


@router.get("/guidance/{document}")
def one_document(document: str, request: Request, store: StorePart) -> Response:
    """Show a document with its statements by kind; NotFoundError, with ids like it, where there is none."""
    told = tell_document(store, document)
    kinds = [(kind, list(rows)) for kind, rows in groupby(told.statements, key=lambda one: one.kind)]
    return page(request, store, "document.html", document=told.about, kinds=kinds, counts=_counts(store))


def _by_document(advice: Iterable[Statement]) -> list[tuple[str, Sequence[Statement]]]:
    return [(document, list(rows)) for document, rows in groupby(advice, key=lambda one: one.document)]


_alarms = once(list_alarms)
_documents = once(list_documents)


@once
def _situations(store: Store) -> list[Situation]:
    """Gather what is advised for each event that any advice is about."""
    events = _events_with_advice(store)
    return [(label, _by_document(recommendations_for(store, label))) for label in events]


@once
def _events_with_advice(store: Store) -> tuple[str, ...]:
    """Name the events for which anything is advised, what most cases have first."""
    column, labels = case_index(store).column("event"), labels_of(store, find_field("event"))
    terms = sorted(labels.keys() & {*column.terms}, key=lambda term: (-len(column.present(term)), labels[term]))
    advised = {about for row in list_documents(store) for about in _advised(store, row.id)}
    return tuple(labels[term] for term in terms if labels[term] in advised)


def _advised(store: Store, document: str) -> Iterator[str]:
    """Name what the advice of a document is about."""
    for one in tell_document(store, document).statements:
        if one.advises or one.advises_against:
            yield from one.concerns


@once
def _counts(store: Store) -> dict[str, Touch]:
    """Say of each label of a class how many cases have it, and in which field."""
    index = case_index(store)
    found: dict[str, Touch] = {}
    for name in _TOUCHING:
        column, labels = index.column(name), labels_of(store, find_field(name))
        for term in column.terms:
            if term in labels and (n := len(column.present(term))):
                found.setdefault(labels[term], (labels[term], name, n))
    return found
